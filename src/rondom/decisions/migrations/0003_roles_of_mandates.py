"""The roles somebody can have a mandate in: there are jurists and workers of a crisis desk now."""

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
    dependencies = [("decisions", "0002_about_the_application")]

    operations = [
        migrations.AlterField(
            model_name="mandate",
            name="role",
            field=models.CharField(blank=True, choices=ROLES, max_length=40, verbose_name="in the role of"),
        )
    ]
