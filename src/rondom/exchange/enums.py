"""Which way a message went, where it stands, and why it got stuck."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way it went."""

    IN = "in", _("received")
    OUT = "out", _("from us")


class State(models.TextChoices):
    """Where a message stands. Of a forward message, accepted and rejected is what the return message says."""

    READY = "ready", _("waits to be sent")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("received")
    WAITING = "waiting", _("waits for the message it answers")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    DEAD = "dead", _("got stuck")
    ASIDE = "aside", _("put aside")


class Trouble(models.TextChoices):
    """Why a message got stuck."""

    TOO_LARGE = "too_large", _("the file is larger than 25 MB")
    UNREADABLE = "unreadable", _("this is no message that can be read")
    FORMAT = "format", _("the message is not built as the standard says")
    FOR_ANOTHER = "for_another", _("the message is for another municipality")
    OTHER_CONTENT = "other_content", _("we have another message with the same identification")
    SECRET = "secret", _("about a youth with a secret address or a shielded dossier: never sent by itself")
    NOT_SENT = "not_sent", _("sending failed")
    DAMAGED = "damaged", _("its content in the store is damaged")


HEALTHY = ""
