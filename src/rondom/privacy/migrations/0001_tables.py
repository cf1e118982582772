"""The tables of the room, made at once."""

import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("privacy", "0001_initial"),
        ("privacy", "0002_sight_index"),
        ("privacy", "0003_destruction_by_two"),
        ("privacy", "0004_consent_of_an_institution"),
        ("privacy", "0005_what_a_reporter_may_hear"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OwnRelative",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("staff", models.UUIDField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("self", "this is me"),
                            ("family", "my family or household"),
                            ("near", "a friend or neighbor"),
                        ],
                        max_length=10,
                        verbose_name="who is this to you",
                    ),
                ),
                (
                    "key",
                    rondom.core.fields.EncryptedTextField(
                        editable=True,
                        purpose="relative",
                        verbose_name="BSN, or family name, date of birth and postcode",
                    ),
                ),
                ("person", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatedGround",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("case", models.UUIDField(db_index=True)),
                ("staff", models.UUIDField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("call", "the family or a partner calls while the coordinator is away"),
                            ("consult", "the coordinator asked me for advice"),
                            ("meeting", "I take part in a meeting about this family"),
                            ("quality", "I check this file for quality, as agreed in the team"),
                        ],
                        max_length=20,
                        verbose_name="why",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in your own words")),
                ("until", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                ("person", models.UUIDField(db_index=True)),
                ("given_by", models.UUIDField(null=True)),
                ("given_by_organisation", models.CharField(blank=True, default="", max_length=160)),
                ("purpose", models.CharField(max_length=200, verbose_name="what for")),
                ("parties", models.CharField(max_length=200, verbose_name="with whom")),
                ("data", models.CharField(max_length=200, verbose_name="which information")),
                ("points_to_place", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="privacy_consent_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_by__isnull", False), ("given_by_organisation", "")),
                            models.Q(
                                ("given_by__isnull", True), models.Q(("given_by_organisation", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="privacy_consent_one_giver",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("dossier", models.UUIDField(db_index=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("retention", "the retention period has passed"),
                            ("request", "the youth or those with authority asked for it"),
                            ("mistake", "opened by mistake"),
                        ],
                        max_length=40,
                        verbose_name="reason",
                    ),
                ),
                (
                    "requester",
                    models.CharField(
                        blank=True,
                        choices=[("youth", "the young person"), ("authority", "those with authority")],
                        max_length=10,
                        verbose_name="who asks it",
                    ),
                ),
                ("received_on", models.DateField(null=True, verbose_name="received on")),
                ("balancing", models.TextField(blank=True, verbose_name="weighing")),
                ("due_on", models.DateField(null=True)),
                ("explanation", models.JSONField(default=dict)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField(default=rondom.core.clock.now)),
                ("approved_by", models.UUIDField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("refused_reason", models.CharField(blank=True, max_length=200)),
                ("refused_by", models.UUIDField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_destruction_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="privacy_destruction_done_is_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("refused_reason", "")),
                        fields=("dossier",),
                        name="privacy_destruction_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("staff", models.UUIDField(db_index=True)),
                ("dossier", models.UUIDField()),
                ("case", models.UUIDField(db_index=True, null=True)),
                ("reason", models.TextField(verbose_name="reason")),
                ("ends_at", models.DateTimeField()),
                ("review_due_at", models.DateTimeField()),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "there was good reason"), ("unjustified", "there was no good reason")],
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True), ("verdict", "")),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_emergency_reviewed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(("reviewed_by", models.F("staff")), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_emergency_reviewed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("municipality", models.CharField(max_length=6)),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("case", "case"),
                            ("dossier", "dossier"),
                            ("person", "person"),
                            ("concern", "question or worry"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("principal", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "works with this family"),
                            ("cover", "covers for a colleague"),
                            ("team", "the team this family is with"),
                            ("stated_ground", "opened with a stated reason"),
                            ("emergency", "emergency access"),
                            ("organisation", "the organisation that pays"),
                            ("self", "it is about this person"),
                            ("authority", "has parental authority"),
                            ("reported", "asked this, or shared this worry"),
                            ("whereabouts", "may see a secret address"),
                            ("barrier", "closed: relative, or own file"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ground", models.CharField(max_length=60)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("event", models.UUIDField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["principal", "subject_kind", "kind", "subject", "starts_at", "ends_at"],
                        name="privacy_relation_sight",
                    ),
                    models.Index(fields=["subject", "principal"], name="privacy_rel_subject_af59ac_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"
                        ),
                        name="privacy_relation_period",
                    )
                ],
            },
        ),
    ]
