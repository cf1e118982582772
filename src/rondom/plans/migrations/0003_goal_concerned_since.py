"""Since when a goal concerns exactly these people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_with_the_family")]

    operations = [migrations.AddField("goal", "concerned_since", models.DateTimeField(null=True))]
