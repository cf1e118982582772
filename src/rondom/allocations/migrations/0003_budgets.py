"""The budget of an order, and what it was and became when it changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("allocations", "0002_warm_handover"), ("providers", "0002_open_products")]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="budget",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="how much money at most, in cents"
            ),
        ),
        migrations.AddField(
            model_name="allocationchange", name="budget_before", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="allocationchange", name="budget_after", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(budget__isnull=True)
                | models.Q(budget__gt=0, volume__isnull=True, product__isnull=False, ends__isnull=False),
                name="allocations_allocation_budget_whole",
            ),
        ),
    ]
