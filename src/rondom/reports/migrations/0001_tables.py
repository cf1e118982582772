"""The tables of the room, made at once."""

import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("reports", "0001_initial"), ("reports", "0002_closed_flag")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ClosedFlag",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("report", models.CharField(max_length=40, verbose_name="report")),
                ("scope", models.CharField(max_length=60, verbose_name="scope")),
                ("period", models.CharField(blank=True, max_length=20, verbose_name="period")),
                ("flag", models.CharField(max_length=200, verbose_name="flag")),
                ("left", models.CharField(max_length=40)),
                ("right", models.CharField(max_length=40)),
                ("note", models.CharField(max_length=500, verbose_name="what was found")),
                ("name", models.CharField(max_length=120, verbose_name="who looked")),
                ("closed_by", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["report", "scope", "period"], name="reports_clo_report_8466ff_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="reports_flag_closed_with_note_and_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("report", models.CharField(max_length=40, verbose_name="report")),
                ("scope", models.CharField(max_length=60, verbose_name="scope")),
                ("period", models.CharField(max_length=20, verbose_name="period")),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("content", models.TextField()),
                ("public", models.TextField()),
                ("definition", models.TextField()),
                ("digest", models.CharField(max_length=64, verbose_name="mark")),
                ("frozen_by", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "scope", "period", "number"), name="reports_edition_number_once"
                    )
                ],
            },
        ),
    ]
