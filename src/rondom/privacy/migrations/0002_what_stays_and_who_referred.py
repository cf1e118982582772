"""What stayed after a destruction; what a place that referred may hear, and on whose consent it hears more."""

import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="Remainder",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("kept_from_staff", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterField(
            model_name="relation",
            name="subject_kind",
            field=models.CharField(
                choices=[
                    ("case", "case"),
                    ("dossier", "dossier"),
                    ("person", "person"),
                    ("concern", "question or worry"),
                    ("referral", "referral past our triage"),
                    ("remainder", "what stayed after a destruction"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="place",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="consent",
            name="objection",
            field=models.BooleanField(default=False),
        ),
    ]
