"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("decisions", "0001_initial"), ("decisions", "0002_front_office")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("documents", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("entry", "0001_tables"),
        ("people", "0001_tables"),
        ("plans", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("received_on", models.DateField(verbose_name="came in on")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("post", "by letter"),
                            ("mail", "by e-mail"),
                            ("form", "by a form on the web"),
                            ("office", "at the office"),
                            ("talk", "in a talk"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("form", "on the form"),
                            ("free", "in own words, in writing"),
                            ("spoken", "spoken, and written down by us"),
                        ],
                        max_length=8,
                        verbose_name="in which shape",
                    ),
                ),
                ("asked", models.TextField(verbose_name="what is asked")),
                ("asked_extent", models.CharField(blank=True, max_length=160, verbose_name="how much is asked")),
                ("wants_budget", models.BooleanField(default=False, verbose_name="asks a personal budget")),
                ("signed", models.BooleanField(verbose_name="signed")),
                ("has_name_and_address", models.BooleanField(verbose_name="has a name and address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "the time to decide runs"),
                            ("incomplete", "waits for what is missing"),
                            ("decided", "decided"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("term_after", models.DateField(null=True)),
                ("decide_by", models.DateField(null=True)),
                ("explanation", models.JSONField(default=dict)),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="how and by whom it was withdrawn"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="people.person"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="dossiers.case"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="entry.concern",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="dossiers.dossier"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications_handled",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications_registered",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "state", "decide_by"], name="decisions_a_municip_e26a17_idx"),
                    models.Index(fields=["case", "state"], name="decisions_a_case_id_4c7f31_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_because", ""),
                                ("withdrawn_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decisions_application_withdrawn_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                        choices=[
                            ("award", "award"),
                            ("part_refuse", "award a part"),
                            ("refuse", "refuse"),
                            ("extend", "extend"),
                            ("revise", "revise"),
                            ("revoke", "revoke"),
                        ],
                        max_length=12,
                        verbose_name="what is decided",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("concept", "being prepared"),
                            ("asked", "waits for the second pair of eyes"),
                            ("signed", "signed, not made known yet"),
                            ("known", "made known"),
                            ("dropped", "not taken"),
                        ],
                        default="concept",
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=20)),
                ("help_words", models.CharField(blank=True, max_length=160, verbose_name="which help")),
                (
                    "form",
                    models.CharField(
                        choices=[("in_kind", "care in kind"), ("budget", "personal budget (pgb)")],
                        default="in_kind",
                        max_length=8,
                        verbose_name="in which form",
                    ),
                ),
                ("volume", models.PositiveIntegerField(null=True, verbose_name="how much")),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="of what")),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "per day"),
                            ("week", "per week"),
                            ("month", "per month"),
                            ("total", "in the whole period"),
                        ],
                        max_length=6,
                        verbose_name="per",
                    ),
                ),
                ("starts", models.DateField(null=True, verbose_name="first day")),
                ("ends", models.DateField(null=True)),
                ("article", models.CharField(blank=True, max_length=80, verbose_name="article of the law")),
                ("ordinance", models.CharField(blank=True, max_length=80, verbose_name="article of the ordinance")),
                ("motivation", models.TextField(blank=True, verbose_name="why this is decided")),
                ("refusal", models.TextField(blank=True, verbose_name="why not (all) that was asked")),
                ("asked_at", models.DateTimeField(null=True)),
                ("sent_back_because", models.CharField(blank=True, max_length=300)),
                ("findings", models.CharField(blank=True, max_length=200)),
                ("despite", models.CharField(blank=True, max_length=300, verbose_name="why it is right all the same")),
                ("decided_on", models.DateField(null=True)),
                ("law", models.JSONField(default=list)),
                ("published_on", models.DateField(null=True)),
                ("objection_until", models.DateField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="decisions.application",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="dossiers.case"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="dossiers.dossier"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="decisions.decision",
                    ),
                ),
                (
                    "objection_clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_prepared",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="providers.product",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_read",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_signed",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "state"], name="decisions_d_case_id_a0d3ab_idx"),
                    models.Index(fields=["dossier", "state", "starts"], name="decisions_d_dossier_c34267_idx"),
                    models.Index(fields=["reader", "state"], name="decisions_d_reader__4d8370_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("municipality", "number"),
                        name="decisions_decision_one_per_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decisions_decision_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("objection_until__isnull", False), ("published_on__isnull", False), ("state", "known")
                            ),
                            models.Q(
                                models.Q(("state", "known"), _negated=True),
                                ("objection_until__isnull", True),
                                ("published_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decisions_decision_known_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("findings", ""), models.Q(("despite", ""), _negated=True), _connector="OR"),
                        name="decisions_decision_unwise_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gt", models.F("starts")),
                            _connector="OR",
                        ),
                        name="decisions_decision_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetTest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("informed", models.BooleanField(null=True)),
                ("capable", models.BooleanField(null=True)),
                ("capable_words", models.TextField(blank=True, verbose_name="how this was found out")),
                ("reasoned", models.BooleanField(null=True)),
                ("reasoned_words", models.TextField(blank=True, verbose_name="how this was found out")),
                ("quality", models.BooleanField(null=True)),
                ("quality_words", models.TextField(blank=True, verbose_name="how this was found out")),
                ("requested_cents", models.PositiveBigIntegerField(null=True)),
                ("in_kind_cents", models.PositiveBigIntegerField(null=True)),
                ("hours", models.PositiveIntegerField(null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="decisions.decision"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DecisionGoal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("said_by", models.CharField(max_length=120)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chosen", to="decisions.decision"
                    ),
                ),
                ("goal", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="plans.goal")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("decision", "goal"), name="decisions_goal_once")],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="goals",
            field=models.ManyToManyField(related_name="decisions", through="decisions.DecisionGoal", to="plans.goal"),
        ),
        migrations.CreateModel(
            name="DecisionLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("no_address", models.BooleanField(default=False)),
                (
                    "delivery",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("post", "by post"),
                            ("handed", "handed over"),
                            ("box", "in the message box, which this person uses for post of the municipality"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("sent_on", models.DateField(null=True, verbose_name="sent or handed over on")),
                ("received_on", models.DateField(null=True, verbose_name="received on")),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision_letters", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="decisions.decision"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delivery", ""), ("sent_on__isnull", True)),
                            models.Q(models.Q(("delivery", ""), _negated=True), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decisions_letter_sent_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("question", models.TextField(blank=True, verbose_name="what the question is")),
                ("problems", models.TextField(blank=True, verbose_name="which problems there are")),
                ("help_needed", models.TextField(blank=True, verbose_name="which help is needed")),
                ("extent", models.CharField(blank=True, max_length=160, verbose_name="how much help is needed")),
                ("own_strength", models.TextField(blank=True, verbose_name="what family and network can do")),
                ("remaining_help", models.TextField(blank=True, verbose_name="which help is needed then")),
                (
                    "wishes",
                    models.TextField(blank=True, verbose_name="what the family wishes, and which choices were offered"),
                ),
                ("adviser", models.CharField(blank=True, max_length=160, verbose_name="who advised")),
                ("advice", models.TextField(blank=True, verbose_name="what the advice is")),
                ("advice_checked", models.TextField(blank=True, verbose_name="how the advice was checked")),
                ("differs", models.BooleanField(null=True)),
                ("heard_on", models.DateField(null=True, verbose_name="heard on")),
                ("heard", models.TextField(blank=True, verbose_name="what they said about it")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="inquiry", to="decisions.decision"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("case_worker", "youth and family worker"),
                            ("team_lead", "team lead"),
                            ("process_coordinator", "process coordinator"),
                            ("front_office", "front-office worker"),
                            ("back_office", "back office worker"),
                            ("data_steward", "data steward"),
                            ("privacy_officer", "privacy officer"),
                            ("functional_administrator", "functional administrator"),
                            ("policy_maker", "policy maker"),
                        ],
                        max_length=40,
                        verbose_name="in the role of",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("award", "award"),
                            ("part_refuse", "award a part"),
                            ("refuse", "refuse"),
                            ("extend", "extend"),
                            ("revise", "revise"),
                            ("revoke", "revoke"),
                        ],
                        max_length=12,
                        verbose_name="which decision",
                    ),
                ),
                ("most_cents", models.PositiveBigIntegerField(blank=True, null=True)),
                ("ground", models.CharField(max_length=160, verbose_name="by which mandate decision")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="accounts.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_recorded",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="decisions_mandate_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", ""), ("staff__isnull", False)),
                            models.Q(("staff__isnull", True), models.Q(("role", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decisions_mandate_person_or_role",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="mandate",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="decisions.mandate"
            ),
        ),
        migrations.CreateModel(
            name="TermStep",
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
                        choices=[
                            ("completion", "asked to complete it"),
                            ("consent_of_applicant", "waits, with written consent of the applicant"),
                            ("delay_by_applicant", "stood still: the delay was the applicant's"),
                            ("force_majeure", "stood still: beyond our control"),
                            ("postponed", "postponed, and told in time"),
                            ("notice_of_default", "notice of default received"),
                        ],
                        max_length=24,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("until", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("words", models.TextField(verbose_name="what is missing, or why")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="decisions.application"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="term_steps",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("kind__in", ["completion", "consent_of_applicant", "delay_by_applicant", "force_majeure"]),
                        ),
                        fields=("application",),
                        name="decisions_termstep_one_open_pause",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="Decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_on__isnull", False),
                        ("mandate__isnull", False),
                        ("signed_by__isnull", False),
                        ("state__in", ("signed", "known")),
                        models.Q(("number", ""), _negated=True),
                    ),
                    models.Q(
                        ("decided_on__isnull", True),
                        ("mandate__isnull", True),
                        ("number", ""),
                        ("signed_by__isnull", True),
                        ("state__in", ("concept", "asked", "dropped")),
                    ),
                    _connector="OR",
                ),
                name="decisions_decision_signed_whole",
            ),
        ),
    ]
