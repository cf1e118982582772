"""Messages and the dossiers they are about."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.models import Record
from rondom.dossiers.models import YOUTH_HELP, Dossier
from rondom.exchange.enums import Direction, State, Trouble


class Message(Record):
    """One message as it was sent or received: what routing needs, and where its content lies.

    `sender` and `receiver` are those who really sent and received it: the four digits of a municipality or the eight
    of a provider. `identification` is its own (of a return message: IdentificatieRetour) and `dated_on` its own day;
    both are empty while a message cannot be read. A return message points with `answers` to what it answers. `digest`
    is the SHA-256 of the content in clear: the same content is one row, however often it came. The content never
    changes; where the message stands does.
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
        personal = ("identification", "dated_on", "at", "sent_at", "digest", "answers", "reason")


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
