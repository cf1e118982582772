"""Who asked something or shared a worry may hear of it: a relation with that worry, and nothing else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_consent_of_an_institution")]

    operations = [
        migrations.AlterField(
            "relation",
            "subject_kind",
            models.CharField(
                max_length=10,
                choices=[
                    ("case", "case"), ("dossier", "dossier"), ("person", "person"), ("concern", "question or worry"),
                ],
            ),
        ),
        migrations.AlterField(
            "relation",
            "kind",
            models.CharField(
                max_length=20,
                choices=[
                    ("assigned", "works with this family"), ("cover", "covers for a colleague"),
                    ("team", "the team this family is with"), ("stated_ground", "opened with a stated reason"),
                    ("emergency", "emergency access"), ("organisation", "the organisation that pays"),
                    ("self", "it is about this person"), ("authority", "has parental authority"),
                    ("reported", "asked this, or shared this worry"), ("whereabouts", "may see a secret address"),
                    ("barrier", "closed: relative, or own file"),
                ],
            ),
        ),
    ]  # fmt: skip
