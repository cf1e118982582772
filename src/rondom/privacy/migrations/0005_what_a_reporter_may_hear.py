"""Who asked something or shared a worry may hear of it: a relation with that worry, and nothing else."""

from django.db import migrations, models

from rondom.privacy.enums import RelationKind, SubjectKind


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_consent_of_an_institution")]

    operations = [
        migrations.AlterField(
            "relation", "subject_kind", models.CharField(max_length=10, choices=SubjectKind.choices)
        ),
        migrations.AlterField("relation", "kind", models.CharField(max_length=20, choices=RelationKind.choices)),
    ]
