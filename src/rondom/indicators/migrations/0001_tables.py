"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("indicators", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FigureImport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("layout", models.CharField(max_length=40, verbose_name="layout")),
                ("file_name", models.CharField(max_length=120, verbose_name="file")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("table", models.CharField(max_length=120, verbose_name="table")),
                ("licence", models.CharField(max_length=120, verbose_name="licence")),
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
                        name="indicators_import_ended_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=40, verbose_name="measure")),
                ("place", models.CharField(max_length=8, verbose_name="place")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("period", models.CharField(max_length=6, verbose_name="period")),
                ("group", models.CharField(blank=True, max_length=40, verbose_name="group")),
                ("column", models.CharField(max_length=60, verbose_name="column")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="value")),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="indicators.figureimport",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["measure", "period", "place"], name="indicators_figure_place"),
                    models.Index(fields=["place", "period"], name="indicators_figure_of_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "measure", "place", "period", "group"), name="indicators_figure_once_in_import"
                    )
                ],
            },
        ),
    ]
