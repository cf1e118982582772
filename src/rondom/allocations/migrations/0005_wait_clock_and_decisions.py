"""A wait has its own day, a change or end its decision, an unusual order for a shielded child its one reader."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_looked_at_again"),
        ("allocations", "0004_allocation_award"),
        ("decisions", "0001_initial"),
        ("dossiers", "0005_seats_on_a_ground"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="wait_clock",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="end_award",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.decision"
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="shown_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.staffmember"
            ),
        ),
        migrations.AddField(
            model_name="allocationchange",
            name="award",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.decision"
            ),
        ),
    ]
