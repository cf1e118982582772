"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("plans", "0001_initial"), ("plans", "0002_with_the_family"), ("plans", "0003_goal_concerned_since")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("documents", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyPlan",
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
                    "state",
                    models.CharField(
                        choices=[("concept", "concept"), ("agreed", "agreed"), ("ended", "ended")],
                        default="concept",
                        max_length=10,
                    ),
                ),
                ("going_well", models.TextField(verbose_name="what goes well")),
                (
                    "effort",
                    models.CharField(blank=True, max_length=200, verbose_name="how much help is that, from whom"),
                ),
                (
                    "duration",
                    models.CharField(blank=True, max_length=120, verbose_name="how long do we think it takes"),
                ),
                ("perspective", models.CharField(blank=True, max_length=300, verbose_name="what do we work towards")),
                (
                    "cost",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="what does the help cost, as far as we know"
                    ),
                ),
                (
                    "cannot_direct",
                    models.BooleanField(default=False, verbose_name="the parents cannot direct the plan now"),
                ),
                ("first_evaluation_on", models.DateField(blank=True, null=True, verbose_name="first evaluation")),
                ("second_because", models.CharField(blank=True, max_length=300)),
                ("no_network_because", models.CharField(blank=True, max_length=300)),
                ("without_agreement_because", models.CharField(blank=True, max_length=300)),
                ("agreed_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans_begun",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="dossiers.case"
                    ),
                ),
                (
                    "evaluation_clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "state"], name="plans_famil_case_id_88a134_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "concept"),
                            models.Q(("agreed_on__isnull", False), ("first_evaluation_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="plans_familyplan_agreed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "ended")),
                            models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="plans_familyplan_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("held_on", models.DateField(verbose_name="when")),
                (
                    "helped",
                    models.CharField(
                        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                        max_length=6,
                        verbose_name="did it help enough",
                    ),
                ),
                (
                    "satisfied",
                    models.CharField(
                        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                        max_length=6,
                        verbose_name="is the family content",
                    ),
                ),
                (
                    "alone",
                    models.CharField(
                        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                        max_length=6,
                        verbose_name="can the family go on alone",
                    ),
                ),
                ("more_problems", models.BooleanField(default=False, verbose_name="did more problems appear")),
                ("words", models.TextField(blank=True, verbose_name="what the family says")),
                ("said_by", models.CharField(blank=True, max_length=120, verbose_name="who said it")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("out", "the family goes on alone"),
                            ("down", "less help"),
                            ("continue", "go on like this"),
                            ("adapt", "change the plan"),
                            ("up", "more help, or another team beside us"),
                            ("structural", "support that stays, looked at again on a date"),
                        ],
                        max_length=12,
                        verbose_name="what now",
                    ),
                ),
                ("route_to", models.CharField(blank=True, max_length=20)),
                (
                    "despite",
                    models.CharField(blank=True, max_length=300, verbose_name="why this outcome with these answers"),
                ),
                ("next_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="dossiers.case"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evaluations", to="plans.familyplan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-held_on"], name="plans_evalu_case_id_6de56f_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_on__isnull", True), ("outcome", "out")),
                            models.Q(models.Q(("outcome", "out"), _negated=True), ("next_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="plans_evaluation_next_unless_out",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FiledPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("plan_version", models.PositiveIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filed_plans", to="dossiers.case"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filed_plan", to="documents.document"
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans_filed",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filed", to="plans.familyplan"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("domain", models.CharField(blank=True, max_length=40, verbose_name="about what")),
                (
                    "goes",
                    models.CharField(
                        choices=[("well", "goes well"), ("attention", "needs attention")],
                        max_length=10,
                        verbose_name="how does it go",
                    ),
                ),
                ("text", models.TextField(verbose_name="in their own words")),
                ("said_by", models.CharField(max_length=120, verbose_name="who said it")),
                ("said_on", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="dossiers.case"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="plans.familyplan"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="accounts.staffmember"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "created_at"], name="plans_findi_plan_id_8b7742_idx")],
            },
        ),
        migrations.CreateModel(
            name="FindingConcern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("finding", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="plans.finding")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("finding", "person"), name="plans_findingconcern_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="concerns",
            field=models.ManyToManyField(related_name="findings", through="plans.FindingConcern", to="people.person"),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("text", models.TextField(verbose_name="goal")),
                ("said_by", models.CharField(max_length=120, verbose_name="who said it")),
                (
                    "noticed_by",
                    models.CharField(blank=True, max_length=300, verbose_name="how do we notice that it works"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="when do we want it")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "we work on it"),
                            ("reached", "reached"),
                            ("partly", "partly reached"),
                            ("left", "not any more"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("concerned_since", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="dossiers.case"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="plans.familyplan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "created_at"], name="plans_goal_plan_id_61a694_idx")],
            },
        ),
        migrations.CreateModel(
            name="GoalConcern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="plans.goal")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("goal", "person"), name="plans_goalconcern_once")],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="concerns",
            field=models.ManyToManyField(related_name="goals", through="plans.GoalConcern", to="people.person"),
        ),
        migrations.CreateModel(
            name="PlanAgreement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("plan_version", models.PositiveIntegerField()),
                ("agreed_on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_agreements", to="people.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="plans.familyplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "person", "plan_version"), name="plans_planagreement_once_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanGuardian",
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
                ("outside", models.CharField(blank=True, max_length=160, verbose_name="somebody around the family")),
                ("because", models.CharField(max_length=300, verbose_name="why the parents cannot direct now")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_guardians", to="dossiers.case"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guardians", to="plans.familyplan"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans_guarded",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="plans_planguardian_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outside", ""), ("staff__isnull", False)),
                            models.Q(("staff__isnull", True), models.Q(("outside", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="plans_planguardian_one_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends", None)), fields=("plan",), name="plans_planguardian_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
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
                    "doer",
                    models.CharField(
                        choices=[
                            ("family", "the family itself"),
                            ("network", "somebody around the family"),
                            ("team", "our team"),
                            ("provider", "a provider or another professional"),
                        ],
                        max_length=10,
                        verbose_name="whose share is this",
                    ),
                ),
                ("who", models.CharField(max_length=120, verbose_name="who")),
                ("what", models.CharField(max_length=300, verbose_name="does what")),
                ("due_on", models.DateField(verbose_name="when")),
                ("done_on", models.DateField(null=True)),
                ("dropped_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_lines", to="dossiers.case"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="plans.goal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_on__isnull", True), ("dropped_on__isnull", True), _connector="OR"),
                        name="plans_planline_one_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanMeeting",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_meetings", to="dossiers.case"
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_meeting", to="dossiers.meeting"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanSignature",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("plan_version", models.PositiveIntegerField()),
                ("because", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("signed", "signed"), ("declined", "does not sign")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "signed in, on their own page"), ("paper", "on paper")],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("signed_on", models.DateField(null=True)),
                ("assurance", models.CharField(blank=True, max_length=12)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("covers", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures_asked",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_signatures", to="dossiers.case"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_signatures",
                        to="documents.document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_signatures", to="people.person"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="plans.familyplan"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "state"], name="plans_plans_person__c50215_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "person", "plan_version"), name="plans_plansignature_once_per_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plans_plansignature_signed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("plan_version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("kept_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_versions", to="dossiers.case"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="plans.finding",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.goal"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_versions",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="plans.familyplan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "plan_version"], name="plans_planv_plan_id_0061f2_idx")],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("digest", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fine", "clear enough to order help for"),
                            ("not_smart", "not SMART yet: back to the family and the worker"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="what must become better")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings_asked",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="dossiers.case"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="plans.goal"
                    ),
                ),
                (
                    "screening_clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["goal", "-asked_at"], name="plans_scree_goal_id_d17ba0_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("asked_of")), _negated=True),
                        name="plans_screening_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_at__isnull", True), ("outcome", "")),
                            models.Q(("judged_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="plans_screening_judged_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("judged_at", None)), fields=("goal",), name="plans_screening_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Writing",
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
                    "kind",
                    models.CharField(
                        choices=[("going_well", "something that goes well"), ("goal", "something I want to reach")],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(verbose_name="in your own words")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("own", "only you see it"),
                            ("shared", "shared"),
                            ("taken", "in the plan"),
                            ("left", "talked about, not in the plan"),
                        ],
                        default="own",
                        max_length=10,
                    ),
                ),
                ("shared_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="why it is not in the plan")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="written_about", to="people.person"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="writings_answered",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="writings", to="dossiers.case"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="writings", to="dossiers.dossier"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="writings",
                        to="plans.finding",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="writings",
                        to="plans.goal",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="writings", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "state"], name="plans_writi_case_id_514899_idx"),
                    models.Index(fields=["person", "created_at"], name="plans_writi_person__432a59_idx"),
                ],
            },
        ),
    ]
