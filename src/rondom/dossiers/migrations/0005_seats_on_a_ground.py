"""A seat at a meeting names the consent it rests on, and the reason when the law leaves room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_corrections_found")]

    operations = [
        migrations.AddField("meetingparticipant", "consent", models.UUIDField(null=True)),
        migrations.AddField(
            "meetingparticipant",
            "reason",
            models.CharField(blank=True, default="", max_length=200, verbose_name="why in spite of doubt"),
        ),
    ]
