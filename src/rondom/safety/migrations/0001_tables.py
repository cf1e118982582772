"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("safety", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConditionConcern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SafetyAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("start", "the start of our work"),
                            ("evaluation", "looking back at the plan"),
                            ("signal", "a signal"),
                            ("again", "looking again, as agreed"),
                        ],
                        max_length=12,
                        verbose_name="why now",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="when")),
                ("signal", models.CharField(blank=True, max_length=300, verbose_name="what happened")),
                ("instrument", models.CharField(blank=True, max_length=120)),
                (
                    "parents_spoken",
                    models.CharField(blank=True, max_length=200, verbose_name="which parents or carers were spoken"),
                ),
                (
                    "not_spoken_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why not talked with them"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="when do we look again")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_assessments",
                        to="dossiers.case",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_assessments",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-held_on"], name="safety_safe_case_id_cbad29_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parents_spoken", ""), _negated=True),
                            models.Q(("not_spoken_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="safety_safetyassessment_talked_or_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildJudgement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                (
                    "met",
                    models.CharField(
                        choices=[
                            ("alone", "spoken, without others there"),
                            ("with_others", "spoken, with others there"),
                            ("seen", "seen, not spoken (too young, or did not want to)"),
                            ("not", "not seen"),
                        ],
                        max_length=12,
                        verbose_name="was the child itself seen or spoken",
                    ),
                ),
                ("not_met_because", models.CharField(blank=True, max_length=300, verbose_name="why not seen")),
                ("child_says", models.TextField(blank=True, verbose_name="what the child says")),
                ("worries", models.TextField(blank=True, verbose_name="what worries us")),
                ("keeps_safe", models.TextField(blank=True, verbose_name="what keeps the child safe")),
                ("said_by", models.CharField(max_length=120, verbose_name="who said so")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("safe", "safe enough"),
                            ("conditions", "safe only with agreements"),
                            ("unsafe", "unsafe now"),
                            ("unknown", "not yet known"),
                        ],
                        max_length=12,
                        verbose_name="how safe",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="child_judgements", to="dossiers.case"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_judgements",
                        to="people.person",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="safety.safetyassessment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "child"], name="safety_chil_case_id_3163f5_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "child"), name="safety_childjudgement_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met", "not"), _negated=True),
                            models.Q(("not_met_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="safety_childjudgement_met_or_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyCondition",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("who", models.CharField(max_length=120, verbose_name="who")),
                ("what", models.CharField(max_length=300, verbose_name="does what")),
                ("starts_on", models.DateField(verbose_name="from when")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until when")),
                ("checked_by", models.CharField(max_length=120, verbose_name="who checks it")),
                ("check_on", models.DateField(null=True, verbose_name="when is it checked")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "runs"), ("broken", "broken"), ("ended", "ended")],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("moved_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_conditions",
                        to="dossiers.case",
                    ),
                ),
                (
                    "concerns",
                    models.ManyToManyField(
                        related_name="safety_conditions", through="safety.ConditionConcern", to="people.person"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safety_conditions",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "state"], name="safety_safe_case_id_a5fee4_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moved_at__isnull", True), ("state", "running")),
                            models.Q(models.Q(("state", "running"), _negated=True), ("moved_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="safety_safetycondition_moved_whole",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="conditionconcern",
            name="condition",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="safety.safetycondition"),
        ),
        migrations.CreateModel(
            name="ConditionCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("checked_on", models.DateField(verbose_name="when")),
                ("kept", models.BooleanField(verbose_name="kept")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="what was seen or heard")),
                ("said_by", models.CharField(max_length=120, verbose_name="who said so")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="condition_checks",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="safety.safetycondition"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="ConditionConcern",
            constraint=models.UniqueConstraint(fields=("condition", "person"), name="safety_conditionconcern_once"),
        ),
    ]
