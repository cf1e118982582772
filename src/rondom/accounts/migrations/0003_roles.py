"""A jurist, and somebody at a crisis desk."""

from django.db import migrations, models

ROLES = [
    ("case_worker", "youth and family worker"),
    ("team_lead", "team lead"),
    ("process_coordinator", "process coordinator"),
    ("front_office", "front-office worker"),
    ("back_office", "back office worker"),
    ("jurist", "jurist"),
    ("data_steward", "data steward"),
    ("privacy_officer", "privacy officer"),
    ("functional_administrator", "functional administrator"),
    ("policy_maker", "policy maker"),
    ("crisis_desk", "crisis desk worker"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_provider_worker")]
    operations = [
        migrations.AlterField(
            model_name=model, name="role", field=models.CharField(choices=ROLES, max_length=40, verbose_name="role")
        )
        for model in ("roleassignment", "roleaward")
    ]
