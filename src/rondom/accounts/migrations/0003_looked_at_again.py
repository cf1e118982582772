"""When somebody last said that a role or a team is still needed, and who."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_signing_in")]

    operations = [
        migrations.AddField("teammembership", "confirmed_on", models.DateField(null=True)),
        migrations.AddField("teammembership", "confirmed_by", models.UUIDField(null=True)),
        migrations.AddField("roleassignment", "confirmed_on", models.DateField(null=True)),
        migrations.AddField("roleassignment", "confirmed_by", models.UUIDField(null=True)),
    ]
