"""The budget in a version of an assignment, and what the hub said when it refused a message."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_tables"), ("allocations", "0003_budgets")]

    operations = [
        migrations.AddField(
            model_name="assignmentversion", name="budget", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AlterField(
            model_name="assignmentversion", name="category", field=models.CharField(blank=True, max_length=2)
        ),
        migrations.AddField(
            model_name="message",
            name="refusal",
            field=models.CharField(blank=True, max_length=300, verbose_name="what the hub said"),
        ),
    ]
