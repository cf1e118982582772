"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("exchange", "0001_initial"), ("exchange", "0002_orders_by_message"), ("exchange", "0003_requests")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("allocations", "0001_tables"),
        ("decisions", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentNumbers",
            fields=[
                ("municipality", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(blank=True, max_length=36)),
                ("decided_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=2)),
                ("cut_to", models.DateField(null=True)),
                (
                    "hindrance",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "no_bsn",
                                "The BSN of this young person is not known here. Write it on the page of the person, then send the order.",
                            ),
                            (
                                "no_name",
                                "The family name is not known. Write it on the page of the person, then send the order.",
                            ),
                            (
                                "no_birth",
                                "The date of birth is not known. Write it on the page of the person, then send the order.",
                            ),
                            (
                                "no_contact",
                                "No address can be sent and no phone number is marked as safe. Write a whole address (street, number, postcode and place) or a safe phone number on the page of the person, then send the order.",
                            ),
                            (
                                "secret",
                                "The address is secret, so it is not sent. Is there a phone number the provider may have? Mark it as safe on the page of the person, then send the order. Is there none? Agree by phone how the provider hears of it.",
                            ),
                            (
                                "no_agb",
                                "The provider has no AGB code on this day. Ask contract management to write it, then send the order.",
                            ),
                            (
                                "frequency",
                                "This unit cannot be ordered per day in a message. Ask the team to order it per week or per month.",
                            ),
                            (
                                "rules",
                                "The message does not keep to the rules of the standard. Look at product, volume and period, then send the order. Does it stay? Call the functional administrator.",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "allocation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment",
                        to="allocations.allocation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "hindrance"], name="exchange_as_municip_65d548_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "number"), name="exchange_assignment_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("direction", models.CharField(choices=[("in", "received"), ("out", "from us")], max_length=3)),
                ("name", models.CharField(blank=True, max_length=5, verbose_name="kind")),
                ("release", models.CharField(blank=True, max_length=8, verbose_name="version")),
                ("sender", models.CharField(blank=True, max_length=8, verbose_name="sender")),
                ("receiver", models.CharField(blank=True, max_length=8, verbose_name="receiver")),
                ("identification", models.CharField(blank=True, max_length=12, verbose_name="identification")),
                ("dated_on", models.DateField(null=True, verbose_name="date of the message")),
                ("at", models.DateTimeField(verbose_name="received or made")),
                ("sent_at", models.DateTimeField(null=True)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("blob", models.UUIDField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "waits to be sent"),
                            ("sent", "sent"),
                            ("received", "received"),
                            ("waiting", "waits for the message it answers"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("dead", "got stuck"),
                            ("aside", "put aside"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_large", "the file is larger than 25 MB"),
                            ("unreadable", "this is no message that can be read"),
                            ("format", "the message is not built as the standard says"),
                            ("for_another", "the message is for another municipality"),
                            ("other_content", "we have another message with the same identification"),
                            (
                                "secret",
                                "about a youth with a secret address or a shielded dossier: never sent by itself",
                            ),
                            ("not_sent", "sending failed"),
                            ("damaged", "its content in the store is damaged"),
                        ],
                        max_length=13,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="exchange.message",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "state", "-at"], name="exchange_me_municip_bc066d_idx"),
                    models.Index(
                        fields=["municipality", "name", "sender", "identification"],
                        name="exchange_me_municip_d816f2_idx",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "direction", "digest"), name="exchange_message_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["dead", "aside"]), ("trouble", ""), _connector="OR"),
                        name="exchange_trouble_of_the_stuck",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("start", "start"), ("stop", "stop")], max_length=5)),
                ("number", models.PositiveIntegerField(null=True)),
                ("category", models.CharField(blank=True, max_length=2)),
                ("code", models.CharField(blank=True, max_length=5)),
                ("assigned_from", models.DateField(null=True)),
                ("began_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=2)),
                ("deletes", models.BooleanField(default=False)),
                (
                    "not_taken",
                    models.CharField(blank=True, max_length=300, verbose_name="why the order did not follow"),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="allocations.allocation",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="exchange.message"
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="took_back",
                        to="exchange.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "place"), name="exchange_delivery_place_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("decided_at", models.DateTimeField()),
                ("reference", models.CharField(blank=True, max_length=36)),
                ("category", models.CharField(max_length=2)),
                ("code", models.CharField(blank=True, max_length=5)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=2)),
                ("volume", models.PositiveIntegerField(null=True)),
                ("unit", models.CharField(blank=True, max_length=2)),
                ("frequency", models.CharField(blank=True, max_length=1)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="exchange.assignment"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="exchange.message"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "message"), name="exchange_version_once_per_message")
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageDossier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="dossiers.dossier")),
                ("message", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="exchange.message")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "dossier"), name="exchange_message_dossier_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="dossiers",
            field=models.ManyToManyField(
                related_name="messages", through="exchange.MessageDossier", to="dossiers.dossier"
            ),
        ),
        migrations.CreateModel(
            name="ProviderRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("new", "asks for an order"), ("change", "asks for a change")], max_length=6
                    ),
                ),
                ("provider_code", models.CharField(max_length=8)),
                ("reference", models.CharField(max_length=36, verbose_name="reference of the provider")),
                ("dated_on", models.DateField(verbose_name="date of the message")),
                ("received_on", models.DateField(verbose_name="came in on")),
                ("due_on", models.DateField(verbose_name="answer until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waits for an answer"),
                            ("looked_into", "is being looked into"),
                            ("granted", "ordered"),
                            ("refused", "refused"),
                        ],
                        default="pending",
                        max_length=11,
                    ),
                ),
                (
                    "proposal",
                    models.CharField(
                        choices=[("grant", "order as asked"), ("refuse", "refuse"), ("choose", "a person chooses")],
                        default="choose",
                        max_length=6,
                    ),
                ),
                (
                    "proposed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "this is no change: ask for a new order"),
                            ("2", "does not fit in the budget"),
                            ("3", "we have no contract with this provider"),
                            ("4", "does not fit in the contract"),
                            ("5", "another municipality"),
                            ("6", "this youth has this help already"),
                            ("7", "we do not find this the right help"),
                            ("8", "another municipality is responsible (woonplaatsbeginsel)"),
                            ("9", "the age limit is reached"),
                        ],
                        max_length=1,
                    ),
                ),
                ("checks", models.JSONField(default=list)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "this is no change: ask for a new order"),
                            ("2", "does not fit in the budget"),
                            ("3", "we have no contract with this provider"),
                            ("4", "does not fit in the contract"),
                            ("5", "another municipality"),
                            ("6", "this youth has this help already"),
                            ("7", "we do not find this the right help"),
                            ("8", "another municipality is responsible (woonplaatsbeginsel)"),
                            ("9", "the age limit is reached"),
                        ],
                        max_length=1,
                        verbose_name="why refused",
                    ),
                ),
                (
                    "other_municipality",
                    models.CharField(blank=True, max_length=6, verbose_name="responsible municipality"),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="why, for ourselves")),
                ("answered_at", models.DateTimeField(null=True)),
                ("decide", models.BooleanField(default=False)),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the decision"),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="date of the decision")),
                (
                    "allocation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="allocations.allocation",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.message"
                    ),
                ),
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
                    "clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="dossiers.dossier"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="exchange.message"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["municipality", "state", "due_on"], name="exchange_pr_municip_311c3e_idx"),
                    models.Index(fields=["dossier", "state"], name="exchange_pr_dossier_4db4dd_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "place"), name="exchange_request_once"),
                    models.UniqueConstraint(
                        fields=("municipality", "provider_code", "reference"), name="exchange_request_reference_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="exchange_request_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rejection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=4)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rejections", to="exchange.message"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code"], name="exchange_re_code_978605_idx")],
                "constraints": [models.UniqueConstraint(fields=("message", "code"), name="exchange_rejection_once")],
            },
        ),
    ]
