"""Policy makers: a role and a kind of organisation of their own, away from whoever works with families."""

from django.db import migrations, models

KINDS = [
    ("local_team", "local team organisation"), ("back_office", "back office of the municipality"),
    ("purchase", "regional purchase organisation"), ("crisis_desk", "crisis desk"),
    ("policy", "policy of the municipality"),
]
ROLES = [
    ("case_worker", "youth and family worker"), ("team_lead", "team lead"),
    ("process_coordinator", "process coordinator"), ("back_office", "back office worker"),
    ("data_steward", "data steward"), ("privacy_officer", "privacy officer"),
    ("functional_administrator", "functional administrator"), ("policy_maker", "policy maker"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_looked_at_again")]

    operations = [
        migrations.AlterField("organisation", "kind", models.CharField("kind", max_length=20, choices=KINDS)),
        migrations.AlterField("roleassignment", "role", models.CharField("role", max_length=40, choices=ROLES)),
        migrations.AlterField("roleaward", "role", models.CharField("role", max_length=40, choices=ROLES)),
    ]
