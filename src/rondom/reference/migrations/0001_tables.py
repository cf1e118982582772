"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("reference", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("key", models.CharField(max_length=36, primary_key=True, serialize=False, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("standard", models.CharField(blank=True, max_length=20, verbose_name="name in the standard")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("licence", models.CharField(max_length=120, verbose_name="licence")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
            ],
        ),
        migrations.CreateModel(
            name="AreaLink",
            fields=[
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "district"),
                            ("municipality", "municipality"),
                            ("youth_region", "youth region"),
                            ("province", "province"),
                        ],
                        max_length=20,
                    ),
                ),
                ("area", models.CharField(max_length=40, verbose_name="area")),
                (
                    "whole_kind",
                    models.CharField(
                        choices=[
                            ("district", "district"),
                            ("municipality", "municipality"),
                            ("youth_region", "youth region"),
                            ("province", "province"),
                        ],
                        max_length=20,
                    ),
                ),
                ("whole", models.CharField(max_length=40, verbose_name="part of")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["whole_kind", "whole"], name="reference_a_whole_k_f1d5a9_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="reference_arealink_period",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "area", "whole_kind", "starts"), name="reference_area_one_start"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("kind", "area", "whole_kind"),
                        name="reference_area_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalWord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("key", models.CharField(max_length=40)),
                ("scope", models.CharField(max_length=120, verbose_name="scope")),
                ("singular", models.CharField(max_length=60, verbose_name="singular")),
                ("plural", models.CharField(max_length=60, verbose_name="plural")),
                (
                    "article",
                    models.CharField(choices=[("de", "de"), ("het", "het")], max_length=3, verbose_name="article"),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="reference_localword_period",
                    ),
                    models.UniqueConstraint(fields=("key", "scope", "starts"), name="reference_word_one_start"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("key", "scope"),
                        name="reference_word_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParameterChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="parameter")),
                ("scope", models.CharField(blank=True, max_length=120, verbose_name="scope")),
                ("value", models.JSONField(verbose_name="value")),
                ("starts", models.DateField(verbose_name="from")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("seen", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("retracted", "withdrawn by the proposer"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by", models.UUIDField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("state", "proposed"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reference_change_decided_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("name", "scope"),
                        name="reference_change_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=200, verbose_name="meaning")),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="reference.codelist"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="reference_code_period",
                    ),
                    models.UniqueConstraint(fields=("list", "code", "starts"), name="reference_code_one_start"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("list", "code"),
                        name="reference_code_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("name", models.CharField(max_length=60, verbose_name="parameter")),
                ("scope", models.CharField(blank=True, max_length=120, verbose_name="scope")),
                ("value", models.JSONField(verbose_name="value")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                ("entered_by", models.UUIDField()),
                ("approved_by", models.UUIDField(null=True)),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reference.parameter",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="reference_parameter_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="reference_parameter_has_source"
                    ),
                    models.UniqueConstraint(fields=("name", "scope", "starts"), name="reference_parameter_one_start"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("name", "scope"),
                        name="reference_parameter_one_open",
                    ),
                ],
            },
        ),
    ]
