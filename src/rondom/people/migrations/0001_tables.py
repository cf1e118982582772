"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_one_bsn_index"),
        ("people", "0003_secrecy_reasons"),
        ("people", "0004_elsewhere_answer"),
        ("people", "0005_residence_finding"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("remark", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("first_names", models.CharField(blank=True, max_length=120, verbose_name="first names")),
                ("called", models.CharField(blank=True, max_length=60, verbose_name="called")),
                ("name_prefix", models.CharField(blank=True, max_length=20, verbose_name="prefix")),
                ("family_name", models.CharField(blank=True, max_length=120, verbose_name="family name")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected on")),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "sex",
                    models.CharField(
                        choices=[("0", "unknown"), ("1", "male"), ("2", "female"), ("9", "not specified")],
                        default="0",
                        max_length=1,
                        verbose_name="sex",
                    ),
                ),
                (
                    "bsn",
                    rondom.core.fields.EncryptedTextField(
                        blank=True, editable=True, null=True, purpose="bsn", verbose_name="BSN"
                    ),
                ),
                ("bsn_index", models.BinaryField(max_length=16, null=True)),
                (
                    "bsn_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                        verbose_name="source of BSN",
                    ),
                ),
                ("interpreter", models.CharField(blank=True, max_length=40, verbose_name="interpreter")),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "born_on"], name="people_pers_municip_8db64f_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("bsn_index__isnull", False)),
                        fields=("municipality", "bsn_index"),
                        name="people_person_one_per_bsn",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkTie",
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
                ("label", models.CharField(max_length=80, verbose_name="who or what")),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("strong", "strong"),
                            ("ordinary", "ordinary"),
                            ("weak", "weak"),
                            ("tense", "tense"),
                            ("broken", "no contact"),
                        ],
                        max_length=10,
                    ),
                ),
                ("can_do", models.CharField(blank=True, max_length=200, verbose_name="what they can do")),
                ("points_to_place", models.BooleanField(default=False, verbose_name="points to where someone lives")),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tied_to",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_networktie_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("moved", models.JSONField(default=list)),
                ("filled", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=200, verbose_name="why these are one person")),
                ("merged_by", models.UUIDField()),
                ("merged_at", models.DateTimeField()),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merged_by", to="people.person"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                            ("supervision", "supervision order (OTS)"),
                            ("provisional_supervision", "provisional supervision order (VOTS)"),
                            ("out_of_home", "out-of-home placement authorization"),
                            ("secure", "authorization for secure youth care"),
                            ("probation", "youth probation"),
                        ],
                        max_length=30,
                    ),
                ),
                ("body", models.CharField(max_length=120, verbose_name="certified institution")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_measure_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownElsewhereRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                (
                    "key_kind",
                    models.CharField(
                        choices=[("bsn", "BSN"), ("name_birth_postcode", "family name, date of birth and postcode")],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="why do you ask?")),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contacted", "I got in touch with my colleague"),
                            ("not_contacted", "I did not get in touch: there was no good reason to share"),
                        ],
                        max_length=20,
                        verbose_name="what was done",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["asked_by", "asked_at"], name="people_know_asked_b_7c0ff0_idx")],
            },
        ),
        migrations.CreateModel(
            name="Kinship",
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
                            ("parent", "parent of"),
                            ("step_parent", "step-parent of"),
                            ("foster_parent", "foster parent of"),
                            ("partner", "partner of"),
                            ("ex_partner", "ex-partner of"),
                            ("sibling", "brother or sister of"),
                            ("grandparent", "grandparent of"),
                            ("other", "other relative of"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kin_of", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kin", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "other", "kind"), name="people_kinship_once"),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True), name="people_kinship_not_self"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdMember",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("adult", "adult"),
                            ("child", "child"),
                            ("part_time_child", "child, part of the week"),
                            ("foster_child", "foster child"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="people.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="households", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_householdmember_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateCandidate",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("same_birth", "same date of birth, names alike"),
                            ("turned_birth", "same name, digits of the date of birth turned"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "ruling",
                    models.CharField(
                        choices=[("open", "not looked at"), ("same", "one person"), ("different", "two persons")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ruled_by", models.UUIDField(null=True)),
                ("ruled_at", models.DateTimeField(null=True)),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "ruling"], name="people_dupl_municip_01573a_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="people_duplicate_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="people_duplicate_pair_ordered"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                ("kind", models.CharField(choices=[("phone", "phone"), ("email", "e-mail")], max_length=10)),
                (
                    "value",
                    rondom.core.fields.EncryptedTextField(
                        editable=True, purpose="contact", verbose_name="number or address"
                    ),
                ),
                ("value_index", models.BinaryField(max_length=16)),
                (
                    "safety",
                    models.CharField(
                        choices=[("safe", "safe to use"), ("ask", "ask first"), ("unsafe", "do not use")],
                        default="ask",
                        max_length=10,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=120, verbose_name="remark")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contact_points", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["municipality", "value_index"], name="people_cont_municip_74aa9b_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_contactpoint_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Authority",
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
                ("holder_organisation", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joint", "joint authority of both parents"),
                            ("sole", "authority of one parent"),
                            ("with_partner", "joint authority of a parent and another person"),
                            ("guardian", "guardianship of a person"),
                            ("guardian_gi", "guardianship of a certified institution"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authority", to="people.person"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authority_over",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_authority_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder__isnull", False), ("holder_organisation", "")),
                            models.Q(("holder__isnull", True), models.Q(("holder_organisation", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="people_authority_one_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
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
                            ("registered", "registered address"),
                            ("stay", "place of stay"),
                            ("post", "postal address"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "lines",
                    rondom.core.fields.EncryptedTextField(editable=True, purpose="whereabouts", verbose_name="address"),
                ),
                ("place_municipality", models.CharField(blank=True, max_length=6)),
                ("district", models.CharField(blank=True, max_length=8)),
                ("secret", models.BooleanField(default=False, verbose_name="secret")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                ("in_investigation", models.BooleanField(default=False, verbose_name="under investigation")),
                ("postcode_index", models.BinaryField(max_length=16, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_address_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("person", "kind"),
                        name="people_address_one_open_per_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representation",
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
                        choices=[("curator", "curator"), ("mentor", "mentor"), ("proxy", "written proxy")],
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "population register"),
                            ("derived", "derived by law"),
                            ("declared", "declared by a person"),
                            ("court", "court order"),
                            ("unknown", "unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represented_by", to="people.person"
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="represents", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_representation_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidenceFinding",
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
                ("place", models.CharField(max_length=6, verbose_name="responsible municipality")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("law", "it follows from the law and the facts that are known"),
                            ("register", "looked up in the population register"),
                            ("agreed", "agreed with the other municipality"),
                            ("ruling", "advice of the disputes committee for the social domain"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.CharField(max_length=200, verbose_name="what shows it")),
                ("provisional", models.BooleanField(default=False, verbose_name="provisional")),
                ("rules", models.JSONField(default=list)),
                ("explanation", models.TextField(blank=True)),
                ("found_by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residence_findings",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="people_residencefinding_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("municipality", models.CharField(max_length=6)),
                ("token", models.CharField(max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["municipality", "token"],
                        name="people_token_begins",
                        opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecrecyReason",
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
                    "act",
                    models.CharField(
                        choices=[
                            ("kept", "made secret"),
                            ("lifted", "made ordinary again"),
                            ("right", "a colleague may see it for a time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="why")),
                ("said_by", models.UUIDField()),
                ("said_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="secrecy_reasons", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
