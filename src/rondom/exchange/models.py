"""Messages and the dossiers they are about."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.allocations.models import Allocation
from rondom.core.models import Record
from rondom.decisions.models import Decision
from rondom.dossiers.models import YOUTH_HELP, Clock, Dossier
from rondom.exchange.enums import (
    Delivered,
    Direction,
    Hindrance,
    Proposal,
    Refusal,
    RequestKind,
    RequestState,
    State,
    Trouble,
)
from rondom.providers.models import Provider


class Message(Record):
    """One message as it was sent or received: what routing needs, and where its content lies.

    `sender` and `receiver` are those who really sent and received it: the four digits of a municipality or the eight
    of a provider. `identification` is its own (of a return message: IdentificatieRetour) and `dated_on` its own day;
    both are empty while a message cannot be read. A return message points with `answers` to what it answers. `digest`
    is the SHA-256 of the content in clear: the same content is one row, however often it came. The content never
    changes; where the message stands does. `refusal` is what the hub said when it refused to bring it.
    """

    direction = models.CharField(max_length=3, choices=Direction)
    name = models.CharField(_("kind"), max_length=5, blank=True)
    release = models.CharField(_("version"), max_length=8, blank=True)
    sender = models.CharField(_("sender"), max_length=8, blank=True)
    receiver = models.CharField(_("receiver"), max_length=8, blank=True)
    identification = models.CharField(_("identification"), max_length=12, blank=True)
    dated_on = models.DateField(_("date of the message"), null=True)
    at = models.DateTimeField(_("received or made"))
    sent_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    blob = models.UUIDField(unique=True)
    state = models.CharField(max_length=8, choices=State)
    trouble = models.CharField(max_length=13, choices=Trouble, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    handled_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    refusal = models.CharField(_("what the hub said"), max_length=300, blank=True)
    dossiers = models.ManyToManyField(Dossier, through="MessageDossier", related_name="messages")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["municipality", "state", "-at"]),
            models.Index(fields=["municipality", "name", "sender", "identification"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["municipality", "direction", "digest"], name="exchange_message_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DEAD, State.ASIDE]) | models.Q(trouble=""),
                name="exchange_trouble_of_the_stuck",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = (
            "direction", "name", "release", "sender", "receiver", "size", "blob", "state", "trouble", "attempts",
            "handled_by",
        )  # fmt: skip
        personal = ("identification", "dated_on", "at", "sent_at", "digest", "answers", "reason", "refusal")


class MessageDossier(models.Model):
    """A message is about the youth of a dossier: rights and destruction run along this line."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["message", "dossier"], name="exchange_message_dossier_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("message", "dossier")


class AssignmentNumbers(models.Model):
    """The last ToewijzingNummer given in a municipality: a number is never given twice, also after a destruction."""

    municipality = models.CharField(max_length=6, primary_key=True)
    last = models.PositiveIntegerField()

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("municipality", "last")


class Assignment(Record):
    """An order as the provider knows it by message (toewijzing): its number, and how its newest version should read.

    `number` is the ToewijzingNummer, unique per municipality, and stays the same (iJw IV066, TR332). `decided_at` is
    the moment of the newest version (IV013): of deciding, not of sending. `reason` is the RedenWijziging (JZ002) of
    that version, "" for a first one. `cut_to` is the last day as we tell it where that is not the one of the order: its
    first day when it was withdrawn, the last day of help when we stopped it. `reference` is the ReferentieAanbieder of
    the request it honours. `hindrance` is why the newest version could not go out. What did go out: `versions`.
    """

    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="assignment")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=36, blank=True)
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=2, blank=True)
    cut_to = models.DateField(null=True)
    hindrance = models.CharField(max_length=10, choices=Hindrance, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["municipality", "number"], name="exchange_assignment_number_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "hindrance"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("hindrance",)
        personal = ("allocation", "number", "reference", "decided_at", "reason", "cut_to")


class AssignmentVersion(models.Model):
    """An assignment as one JW301 said it. A message that was rejected or put aside counts as not sent (iJw OP286).

    `last_day` belongs to the period (Einddatum); None: open. `volume`, `unit` and `frequency` in the codes of the
    standard (WJ756, WMO757). Without `code` it is a kind of help, without `category` too whatever fits in `budget`, in
    cents.
    """

    id = models.BigAutoField(primary_key=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="versions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    decided_at = models.DateTimeField()
    reference = models.CharField(max_length=36, blank=True)
    category = models.CharField(max_length=2, blank=True)
    code = models.CharField(max_length=5, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    reason = models.CharField(max_length=2, blank=True)
    volume = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=2, blank=True)
    frequency = models.CharField(max_length=1, blank=True)
    budget = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["assignment", "message"], name="exchange_version_once_per_message")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id", "category", "code", "unit", "frequency")
        personal = (
            "assignment", "message", "decided_at", "reference", "first_day", "last_day", "reason", "volume", "budget",
        )  # fmt: skip


class Delivery(models.Model):
    """A start or stop that a provider reported in an accepted message (StartProduct, StopProduct).

    `number`, `category`, `code` and the days are as the message says them; task-based help has no number. `allocation`
    is the order it is about, when there is one. `taken_back_by` is the message that deleted it: it counts as never
    sent (StatusAanlevering 3). `not_taken` says in words why the order did not follow it, "" when it did.
    """

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Delivered)
    allocation = models.ForeignKey(Allocation, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    number = models.PositiveIntegerField(null=True)
    category = models.CharField(max_length=2, blank=True)
    code = models.CharField(max_length=5, blank=True)
    assigned_from = models.DateField(null=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=2, blank=True)
    deletes = models.BooleanField(default=False)
    taken_back_by = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="took_back")
    not_taken = models.CharField(_("why the order did not follow"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["message", "place"], name="exchange_delivery_place_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id", "place", "kind", "category", "code", "deletes")
        personal = (
            "message", "allocation", "number", "assigned_from", "began_on", "ended_on", "reason", "taken_back_by",
            "not_taken",
        )  # fmt: skip


class Rejection(models.Model):
    """A forward message was rejected with a return code: one row per message and code, for counting what goes wrong."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="rejections")
    code = models.CharField(max_length=4)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["message", "code"], name="exchange_rejection_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["code"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id", "code")
        personal = ("message",)


class ProviderRequest(Record):
    """What a provider asks by message for one youth: an order (JW315, one row per product) or a change (JW317, whole).

    `place` counts the requested products of a JW315 from 1; 0 is a whole JW317. What is asked stands in the message
    alone. `due_on` is the last day for the next answer: 5 working days after receipt, and once it is looked into 8
    weeks after the date of the message (OP274, OP346). `proposal`, `proposed_reason` and `checks` are what was found
    when it came in, and again when it was answered. `state` moves in `requests._move`.

    `answer` is the last JW319; `allocation` the order that grants it. `other_municipality` is who is responsible (with
    reason 8). `decision` is the draft of the decision that says less than was asked; `decide` is True while one has to
    be made and there is none; `decision_reference` and `decided_on` say which one was made.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="requests")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=RequestKind)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="requests")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="requests")
    provider_code = models.CharField(max_length=8)
    reference = models.CharField(_("reference of the provider"), max_length=36)
    dated_on = models.DateField(_("date of the message"))
    received_on = models.DateField(_("came in on"))
    due_on = models.DateField(_("answer until"))
    state = models.CharField(max_length=11, choices=RequestState, default=RequestState.PENDING)
    proposal = models.CharField(max_length=6, choices=Proposal, default=Proposal.CHOOSE)
    proposed_reason = models.CharField(max_length=1, choices=Refusal, blank=True)
    checks = models.JSONField(default=list)
    answer = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why refused"), max_length=1, choices=Refusal, blank=True)
    other_municipality = models.CharField(_("responsible municipality"), max_length=6, blank=True)
    words = models.CharField(_("why, for ourselves"), max_length=300, blank=True)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decide = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    decision_reference = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True)
    clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["municipality", "state", "due_on"]),
            models.Index(fields=["dossier", "state"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["message", "place"], name="exchange_request_once"),
            models.UniqueConstraint(
                fields=["municipality", "provider_code", "reference"], name="exchange_request_reference_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.REFUSED) & ~models.Q(reason="")
                | ~models.Q(state=RequestState.REFUSED) & models.Q(reason=""),
                name="exchange_request_refused_with_reason",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("place", "kind", "provider", "provider_code", "state", "proposal", "answered_by", "decide")
        personal = (
            "message", "dossier", "reference", "dated_on", "received_on", "due_on", "proposed_reason", "checks",
            "answer", "reason", "other_municipality", "words", "allocation", "answered_at", "decision",
            "decision_reference", "decided_on", "clock",
        )  # fmt: skip

    @property
    def open(self) -> bool:
        """Tell whether the provider still waits for the last answer."""
        return self.state in RequestState.open_states()
