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


class Hindrance(models.TextChoices):
    """Why an order cannot go out as a message: what is missing, and who puts it right."""

    NO_BSN = (
        "no_bsn",
        _("The BSN of this young person is not known here. Write it on the page of the person, then send the order."),
    )
    NO_NAME = "no_name", _("The family name is not known. Write it on the page of the person, then send the order.")
    NO_BIRTH = "no_birth", _("The date of birth is not known. Write it on the page of the person, then send the order.")
    NO_CONTACT = (
        "no_contact",
        _(
            "No address can be sent and no phone number is marked as safe. Write a whole address (street, number, "
            "postcode and place) or a safe phone number on the page of the person, then send the order."
        ),
    )
    SECRET = (
        "secret",
        _(
            "The address is secret, so it is not sent. Is there a phone number the provider may have? Mark it as safe "
            "on the page of the person, then send the order. Is there none? Agree by phone how the provider hears of "
            "it."
        ),
    )
    NO_AGB = (
        "no_agb",
        _("The provider has no AGB code on this day. Ask contract management to write it, then send the order."),
    )
    FREQUENCY = (
        "frequency",
        _("This unit cannot be ordered per day in a message. Ask the team to order it per week or per month."),
    )
    RULES = (
        "rules",
        _(
            "The message does not keep to the rules of the standard. Look at product, volume and period, then send the "
            "order. Does it stay? Call the functional administrator."
        ),
    )


class Delivered(models.TextChoices):
    """What a provider reports of help."""

    START = "start", _("start")
    STOP = "stop", _("stop")


class RequestKind(models.TextChoices):
    """What a provider asks by message."""

    NEW = "new", _("asks for an order")
    CHANGE = "change", _("asks for a change")


class RequestState(models.TextChoices):
    """How far a request is (reference 12.5): it always ends in an order or a refusal (OP344)."""

    PENDING = "pending", _("waits for an answer")
    INVESTIGATED = "looked_into", _("is being looked into")
    GRANTED = "granted", _("ordered")
    REFUSED = "refused", _("refused")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which the provider still waits for the last answer."""
        return frozenset({cls.PENDING, cls.INVESTIGATED})


class Refusal(models.TextChoices):
    """Why a request is refused (WJ759)."""

    NEW_APPLICATION = "1", _("this is no change: ask for a new order")
    BUDGET = "2", _("does not fit in the budget")
    NO_CONTRACT = "3", _("we have no contract with this provider")
    NOT_IN_CONTRACT = "4", _("does not fit in the contract")
    OTHER_MUNICIPALITY = "5", _("another municipality")
    STACKED = "6", _("this youth has this help already")
    CONTENT = "7", _("we do not find this the right help")
    RESIDENCE = "8", _("another municipality is responsible (woonplaatsbeginsel)")
    AGE = "9", _("the age limit is reached")

    @classmethod
    def about_the_help(cls) -> frozenset[str]:
        """Reasons that keep help from the youth; the others say who gives or pays it (practice 6; Awb 1:3)."""
        return frozenset({cls.BUDGET, cls.STACKED, cls.CONTENT, cls.AGE})


class Proposal(models.TextChoices):
    """Which answer is ready, after everything was looked at."""

    GRANT = "grant", _("order as asked")
    REFUSE = "refuse", _("refuse")
    CHOOSE = "choose", _("a person chooses")


class Outcome(models.TextChoices):
    """What came out of one check. Doubt stays doubt: it is never taken for yes or no."""

    YES = "yes", _("is right")
    NO = "no", _("is not right")
    DOUBT = "doubt", _("is not certain")
    UNKNOWN = "unknown", _("not known, as usual")
