"""The role of the front office, also where a mandate names a role."""

from django.db import migrations, models

from rondom.accounts.enums import Role


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        migrations.AlterField(
            "mandate", "role", models.CharField("in the role of", max_length=40, choices=Role.choices, blank=True)
        )
    ]
