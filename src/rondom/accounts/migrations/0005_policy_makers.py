"""Policy makers: a role and a kind of organisation of their own, away from whoever works with families."""

from django.db import migrations, models

from rondom.accounts.enums import Role

KINDS = [
    ("local_team", "local team organisation"), ("back_office", "back office of the municipality"),
    ("purchase", "regional purchase organisation"), ("crisis_desk", "crisis desk"),
    ("policy", "policy of the municipality"),
]
ROLES = Role.choices


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_referrers_and_askers")]

    operations = [
        migrations.AlterField("organisation", "kind", models.CharField("kind", max_length=20, choices=KINDS)),
        migrations.AlterField("roleassignment", "role", models.CharField("role", max_length=40, choices=ROLES)),
        migrations.AlterField("roleaward", "role", models.CharField("role", max_length=40, choices=ROLES)),
    ]
