"""An order rests on a decision that was made here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("allocations", "0003_changes_and_waits"),
        ("decisions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="award",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="allocations",
                to="decisions.decision",
            ),  # fmt: skip
        ),
    ]
