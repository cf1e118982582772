"""Consent may also be given by an institution that has guardianship; consents are found by person."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_destruction_by_two")]

    operations = [
        migrations.AddField(
            "consent", "given_by_organisation", models.CharField(blank=True, default="", max_length=160)
        ),
        migrations.AddField("consent", "points_to_place", models.BooleanField(default=False)),
        migrations.AlterField("consent", "given_by", models.UUIDField(null=True)),
        migrations.AlterField("consent", "person", models.UUIDField(db_index=True)),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(
                condition=Q(given_by__isnull=False, given_by_organisation="")
                | (Q(given_by__isnull=True) & ~Q(given_by_organisation="")),
                name="privacy_consent_one_giver",
            ),
        ),
    ]
