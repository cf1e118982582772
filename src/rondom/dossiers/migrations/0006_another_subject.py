"""One more kind of subject a relation can be about; no draft is about it."""

from django.db import migrations, models

from rondom.privacy.enums import SubjectKind


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_seats_on_a_ground")]

    operations = [
        migrations.AlterField(
            "draft",
            "anchor_kind",
            models.CharField(max_length=10, choices=SubjectKind.choices, blank=True, default=""),
        )
    ]
