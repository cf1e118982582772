"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("crisis", "0001_initial"), ("crisis", "0002_withdrawn_lines")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("region", models.CharField(max_length=40, verbose_name="region")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="mark")),
                (
                    "state",
                    models.CharField(
                        choices=[("staging", "being read"), ("stored", "stored"), ("discarded", "not stored")],
                        default="staging",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("new", models.PositiveIntegerField(default=0)),
                ("corrected", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "staging")),
                            models.Q(models.Q(("state", "staging"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="crisis_import_ended_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("region", models.CharField(max_length=40, verbose_name="region")),
                ("report_id", models.CharField(max_length=40, verbose_name="number in the register")),
                ("youth_key", models.CharField(max_length=32, verbose_name="pseudonym of the youth")),
                ("generation", models.PositiveSmallIntegerField()),
                ("reported_on", models.DateField(verbose_name="reported on")),
                ("age", models.PositiveSmallIntegerField(verbose_name="age")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("ambulant", "ambulatory"),
                            ("crisisbed", "crisis bed"),
                            ("pleegzorg", "foster care"),
                            ("geen", "none"),
                        ],
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("no_help_reason", models.CharField(blank=True, max_length=40, verbose_name="reason without help")),
                ("started_on", models.DateField(null=True, verbose_name="started on")),
                ("ended_on", models.DateField(null=True, verbose_name="ended on")),
                ("follow_up", models.CharField(blank=True, max_length=40, verbose_name="follow-up")),
                ("replaced_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=200, verbose_name="why withdrawn")),
                ("withdrawn_name", models.CharField(blank=True, max_length=120, verbose_name="withdrawn by")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="crisis.registerimport"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="crisis.registerline",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["region", "report_id"], name="crisis_regi_region_208857_idx"),
                    models.Index(fields=["region", "reported_on"], name="crisis_regi_region_341aec_idx"),
                    models.Index(fields=["region", "ended_on"], name="crisis_regi_region_28e461_idx"),
                    models.Index(fields=["youth_key"], name="crisis_regi_youth_k_8494fc_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", ""), ("withdrawn_name", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                                models.Q(("withdrawn_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="crisis_line_withdrawn_whole",
                    ),
                    models.UniqueConstraint(fields=("batch", "report_id"), name="crisis_line_once_in_import"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="crisis_line_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "geen"), _negated=True),
                            models.Q(("ended_on__isnull", True), ("follow_up", ""), ("started_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="crisis_line_none_has_no_help",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("no_help_reason", ""), ("form", "geen"), _connector="OR"),
                        name="crisis_line_reason_without_help",
                    ),
                ],
            },
        ),
    ]
