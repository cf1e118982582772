"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("dossiers", "0001_initial"),
        ("dossiers", "0002_draft_anchor"),
        ("dossiers", "0003_work"),
        ("dossiers", "0004_corrections_found"),
        ("dossiers", "0005_seats_on_a_ground"),
        ("dossiers", "0006_another_subject"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closing_reason", models.CharField(blank=True, max_length=160, verbose_name="why closed")),
                (
                    "contact_rhythm_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="contact rhythm in days"),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="accounts.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["team", "closed_on"], name="dossiers_ca_team_id_a87e5c_idx")],
            },
        ),
        migrations.CreateModel(
            name="CaseAdult",
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
                ("part", models.CharField(max_length=60, verbose_name="part")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adults", to="dossiers.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="dossiers_caseadult_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseloadMove",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("reason", models.CharField(max_length=160, verbose_name="why")),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_asked",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_decided",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caseload_given",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caseload_received",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="caseload_moves", to="accounts.team"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="dossiers_caseloadmove_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)
                            ),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dossiers_caseloadmove_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRole",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("coordination", "case coordination"),
                            ("sight_on_safety", "sight on safety"),
                            ("contact", "contact person"),
                            ("treatment_lead", "treatment lead at the provider"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outside", models.CharField(blank=True, max_length=160, verbose_name="name and organisation outside")),
                ("accepted_by", models.CharField(blank=True, max_length=120, verbose_name="who accepted it there")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="dossiers.case"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_roles",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="dossiers_caserole_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outside", ""), ("staff__isnull", False)),
                            models.Q(("staff__isnull", True), models.Q(("outside", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dossiers_caserole_one_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject", models.UUIDField()),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=160, verbose_name="what")),
                ("started_at", models.DateTimeField(default=rondom.core.clock.now)),
                ("due_at", models.DateTimeField()),
                ("whole_day", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("suspended", "suspended"),
                            ("met", "met"),
                            ("stopped", "stopped"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=160)),
                ("suspended_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("explanation", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="dossiers.case"
                    ),
                ),
                (
                    "rests_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["rests_with", "state", "due_at"], name="dossiers_cl_rests_w_b3ccf3_idx"),
                    models.Index(fields=["case", "state", "due_at"], name="dossiers_cl_case_id_71ecec_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
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
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="accounts.staffmember"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="dossiers_cover_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("taken_by")), _negated=True),
                        name="dossiers_cover_not_self",
                    ),
                    models.CheckConstraint(condition=models.Q(("ends__isnull", False)), name="dossiers_cover_ends"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoveredCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.case")),
                ("cover", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.cover")),
            ],
        ),
        migrations.AddField(
            model_name="cover",
            name="cases",
            field=models.ManyToManyField(related_name="covers", through="dossiers.CoveredCase", to="dossiers.case"),
        ),
        migrations.CreateModel(
            name="Dossier",
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
                        choices=[("full", "dossier"), ("registration_only", "registration only")],
                        default="full",
                        max_length=20,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("case", "handed out to a worker"),
                            ("vt_handover", "handover by Veilig Thuis"),
                            ("gi_determination", "care determination by a certified institution"),
                            ("court", "court order"),
                            ("medical", "medical referral"),
                        ],
                        max_length=20,
                    ),
                ),
                ("law", models.CharField(default="jeugdwet", max_length=12)),
                ("responsible_municipality", models.CharField(blank=True, max_length=6)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("last_change_on", models.DateField()),
                ("legal_hold", models.CharField(blank=True, max_length=120)),
                ("shielded", models.BooleanField(default=False, verbose_name="shielded")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="accounts.organisation"
                    ),
                ),
                (
                    "youth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("youth", "organisation"), name="dossiers_dossier_one_per_youth")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDossier",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossier_links", to="dossiers.case"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case_links", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="dossiers_casedossier_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("municipality", models.CharField(default="", editable=False, max_length=6)),
                ("owner", models.UUIDField()),
                ("form", models.CharField(max_length=60)),
                ("subject", models.UUIDField()),
                (
                    "anchor_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("case", "case"),
                            ("dossier", "dossier"),
                            ("person", "person"),
                            ("concern", "question or worry"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("anchor", models.UUIDField(db_index=True, null=True)),
                ("page", models.UUIDField(null=True)),
                ("body", rondom.core.fields.EncryptedTextField(editable=True, purpose="draft")),
                ("opened_version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "form", "subject"), name="dossiers_draft_one_per_form")
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("planned_at", models.DateTimeField(verbose_name="when")),
                ("purpose", models.CharField(max_length=120, verbose_name="what for")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="where")),
                ("questions", models.TextField(blank=True, verbose_name="what we want to talk about")),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.TextField(blank=True, verbose_name="what was agreed")),
                ("cancelled_reason", models.CharField(blank=True, max_length=160)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="dossiers.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "planned_at"], name="dossiers_me_case_id_c81d8d_idx")],
            },
        ),
        migrations.CreateModel(
            name="MeetingParticipant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("outside", models.CharField(blank=True, max_length=160)),
                ("ground", models.CharField(max_length=120, verbose_name="ground to take part")),
                ("consent", models.UUIDField(null=True)),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="why in spite of doubt"),
                ),
                ("came", models.BooleanField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="dossiers.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="people.person",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MovedCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.case")),
                ("move", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.caseloadmove")),
            ],
        ),
        migrations.AddField(
            model_name="caseloadmove",
            name="cases",
            field=models.ManyToManyField(related_name="moves", through="dossiers.MovedCase", to="dossiers.case"),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("happened_at", models.DateTimeField(verbose_name="when")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "phone call"),
                            ("visit", "home visit"),
                            ("office", "conversation at the office"),
                            ("video", "video call"),
                            ("message", "message"),
                            ("consult", "consultation with a colleague or partner"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("said_by", models.CharField(blank=True, max_length=120, verbose_name="who said it")),
                (
                    "reporter",
                    rondom.core.fields.EncryptedTextField(
                        blank=True, editable=True, null=True, purpose="source", verbose_name="told in confidence by"
                    ),
                ),
                (
                    "readable_by",
                    models.CharField(
                        choices=[("family", "the family may read it"), ("team", "only those who work with the family")],
                        default="family",
                        max_length=10,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="dossiers.case"
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="dossiers.note",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="accounts.staffmember"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-happened_at"], name="dossiers_no_case_id_609731_idx"),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["corrects"],
                        name="dossiers_note_corrections",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteConcern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("note", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="dossiers.note")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("note", "person"), name="dossiers_noteconcern_once")],
            },
        ),
        migrations.AddField(
            model_name="note",
            name="concerns",
            field=models.ManyToManyField(related_name="notes", through="dossiers.NoteConcern", to="people.person"),
        ),
        migrations.CreateModel(
            name="RoleHandover",
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
                            ("coordination", "case coordination"),
                            ("sight_on_safety", "sight on safety"),
                            ("contact", "contact person"),
                            ("treatment_lead", "treatment lead at the provider"),
                        ],
                        max_length=20,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("passed_on", models.TextField(verbose_name="what your colleague must know")),
                (
                    "family_present",
                    models.BooleanField(default=False, verbose_name="the family is there when we hand over"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="dossiers.case"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_offered",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_received",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case", "kind"),
                        name="dossiers_rolehandover_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted__isnull", True), ("ended_at__isnull", True)),
                            models.Q(("accepted__isnull", False), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="dossiers_rolehandover_ended_whole",
                    ),
                ],
            },
        ),
    ]
