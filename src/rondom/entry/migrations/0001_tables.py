"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("entry", "0001_initial"),
        ("entry", "0002_every_way_in"),
        ("entry", "0003_referrals_and_forms"),
        ("entry", "0004_how_is_answered"),
        ("entry", "0005_referral_ends"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("people", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("form_key", models.UUIDField(null=True, unique=True)),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "by phone"),
                            ("mail", "by e-mail"),
                            ("post", "by letter"),
                            ("web", "with the web form"),
                            ("office", "at the office"),
                            ("meeting", "in a meeting"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("worry", models.TextField(verbose_name="what is the worry")),
                ("going_well", models.TextField(blank=True, verbose_name="what goes well")),
                ("danger_now", models.BooleanField(default=False, verbose_name="a child may be in danger now")),
                (
                    "talked_on",
                    models.DateField(null=True, verbose_name="talked with the parents or the young person on"),
                ),
                (
                    "not_talked_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why not talked with them"),
                ),
                (
                    "agreed_with_family",
                    models.CharField(blank=True, max_length=300, verbose_name="what is agreed with them"),
                ),
                (
                    "reporter_kind",
                    models.CharField(
                        choices=[
                            ("parent", "a parent or carer of the child"),
                            ("youth", "the young person"),
                            ("neighbour", "a neighbour, relative or friend"),
                            ("school", "school"),
                            ("childcare", "child care or playgroup"),
                            ("youth_health", "youth health care (JGZ)"),
                            ("general_practice", "general practice"),
                            ("youth_work", "youth work or sports club"),
                            ("housing", "housing association"),
                            ("hospital", "hospital or specialist"),
                            ("police", "police"),
                            ("veilig_thuis", "Veilig Thuis, that hands over"),
                            ("gi", "certified institution"),
                            ("other", "another professional"),
                        ],
                        max_length=20,
                        verbose_name="works in",
                    ),
                ),
                (
                    "reporter_name",
                    rondom.core.fields.EncryptedTextField(editable=True, purpose="source", verbose_name="who reports"),
                ),
                (
                    "reporter_place",
                    rondom.core.fields.EncryptedTextField(
                        blank=True, editable=True, null=True, purpose="source", verbose_name="where this person works"
                    ),
                ),
                (
                    "reporter_contact",
                    rondom.core.fields.EncryptedTextField(
                        blank=True, editable=True, null=True, purpose="source", verbose_name="how to reach this person"
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("explanation", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for triage"),
                            ("handed_out", "with a team"),
                            ("advised", "ended with advice"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("advice", models.TextField(blank=True, verbose_name="what was advised")),
                (
                    "answer_wanted",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "by phone"),
                            ("mail", "by e-mail"),
                            ("post", "by letter"),
                            ("office", "in a talk"),
                            ("page", "on their own page, after signing in"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="how they want the answer",
                    ),
                ),
                (
                    "answered_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "by phone"),
                            ("mail", "by e-mail"),
                            ("post", "by letter"),
                            ("office", "in a talk"),
                            ("page", "on their own page, after signing in"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="how the answer was given",
                    ),
                ),
                (
                    "advised_despite",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why advice is enough although there was danger"
                    ),
                ),
                ("destroy_on", models.DateField(db_index=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="dossiers.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns_decided",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns_entered",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="accounts.organisation"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for_help",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "state", "due_at"], name="entry_conce_organis_02b4e4_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="entry_concern_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", True), ("destroy_on__isnull", True), ("state", "waiting")),
                            models.Q(("case__isnull", False), ("destroy_on__isnull", True), ("state", "handed_out")),
                            models.Q(("case__isnull", True), ("destroy_on__isnull", False), ("state", "advised")),
                            _connector="OR",
                        ),
                        name="entry_concern_case_or_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("talked_on__isnull", False),
                            models.Q(("not_talked_because", ""), _negated=True),
                            ("reporter_kind__in", ["parent", "veilig_thuis", "youth"]),
                            _connector="OR",
                        ),
                        name="entry_concern_talked_or_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_by__isnull", False), ("channel", "web"), _connector="OR"),
                        name="entry_concern_entered_or_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("part", models.CharField(choices=[("child", "child"), ("adult", "adult")], max_length=5)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("what", models.CharField(blank=True, max_length=60, verbose_name="who is this to the child")),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="entry.concern"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_concerns",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpenQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("asked_on", models.DateField()),
                ("text", models.TextField(verbose_name="question")),
                ("form_key", models.UUIDField(unique=True)),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waits for an answer"), ("answered", "answered")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_on", models.DateField(null=True)),
                ("destroy_on", models.DateField(db_index=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="open_questions",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "state", "asked_on"], name="entry_openq_organis_f93430_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_by__isnull", True), ("state", "waiting")),
                            models.Q(
                                ("answered_by__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="entry_openquestion_answered_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("general_practice", "general practice"),
                            ("youth_health", "youth health care (JGZ)"),
                            ("hospital", "hospital or specialist"),
                            ("school", "school"),
                            ("childcare", "child care or playgroup"),
                            ("other", "another organisation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "name"), name="entry_partner_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerContact",
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="entry.partner"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_for",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="entry_partnercontact_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("partner",),
                        name="entry_partnercontact_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                            ("gp", "general practitioner"),
                            ("youth_doctor", "youth doctor"),
                            ("specialist", "medical specialist"),
                            ("certified_institution", "certified institution"),
                            ("judge", "court"),
                        ],
                        max_length=24,
                        verbose_name="who referred",
                    ),
                ),
                ("referrer_name", models.CharField(blank=True, max_length=120, verbose_name="name of who referred")),
                ("received_on", models.DateField(verbose_name="reached us on")),
                ("referred_on", models.DateField(null=True, verbose_name="referred on")),
                ("registered_on", models.DateField(null=True, verbose_name="registered at the provider on")),
                ("crisis", models.BooleanField(default=False, verbose_name="help began in a crisis")),
                ("valid", models.BooleanField(null=True)),
                ("explanation", models.JSONField(default=dict)),
                ("asked_on", models.DateField(null=True, verbose_name="date asked on")),
                ("ended_on", models.DateField(null=True, verbose_name="ended on")),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("help_ended", "the help has ended"),
                            ("not_begun", "the help never began"),
                            ("moved", "another municipality is responsible now"),
                            ("taken_back", "who referred took it back"),
                            ("mistake", "registered by mistake"),
                        ],
                        max_length=12,
                        verbose_name="why it ended",
                    ),
                ),
                ("ended_words", models.CharField(blank=True, max_length=300, verbose_name="in a few words")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="dossiers.dossier"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="entry.partner",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="providers.provider",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals_registered",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "received_on"], name="entry_refer_municip_c0f4da_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_because", ""), ("ended_on__isnull", True)),
                            models.Q(("ended_on__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="entry_referral_ended_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("answers", models.JSONField(default=dict)),
                ("aid", models.JSONField(default=dict)),
                ("proposed", models.CharField(max_length=120)),
                ("because", models.CharField(blank=True, max_length=300, verbose_name="why another team")),
                (
                    "concern",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team_proposal", to="entry.concern"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Triage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("answers", models.JSONField(default=dict)),
                ("aid", models.JSONField(default=dict)),
                ("kind", models.CharField(max_length=20)),
                ("route", models.CharField(max_length=20)),
                ("said", models.CharField(max_length=200)),
                ("safety_check", models.BooleanField(default=False)),
                (
                    "because",
                    models.CharField(blank=True, max_length=300, verbose_name="why otherwise than the aid says"),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "concern",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="triage", to="entry.concern"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="triages", to="accounts.staffmember"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AdviceCount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("given_on", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "by phone"),
                            ("mail", "by e-mail"),
                            ("post", "by letter"),
                            ("web", "with the web form"),
                            ("office", "at the office"),
                            ("meeting", "in a meeting"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "asker",
                    models.CharField(
                        choices=[
                            ("parent", "parent or carer"),
                            ("youth", "young person"),
                            ("professional", "professional"),
                            ("other", "somebody else"),
                            ("nameless", "somebody who gave no name"),
                        ],
                        max_length=12,
                        verbose_name="who asked",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_counts",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "given_on"], name="entry_advic_organis_d74e8f_idx")],
            },
        ),
    ]
