"""Grounds, states and reasons of an allocation, and what can deviate in an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """Along which way this help was found (Jw 2.3, 2.6 lid 1 e and g, 3.5)."""

    MUNICIPAL = "municipal", _("by our team, with the family")
    MEDICAL = "medical", _("by a doctor")
    GI = "gi", _("by a certified institution")
    COURT = "court", _("by the court")


class Decision(models.TextChoices):
    """With a decision, or the reason why none is needed (practice 6; D24)."""

    TAKEN = "taken", _("a decision was taken")
    FREE_OFFER = "free_offer", _("no decision needed: everybody may use this help")
    MEDICAL_AS_ASKED = "medical_as_asked", _("no decision needed: a doctor referred, and this is what was asked")
    GI_DETERMINATION = "gi_determination", _("no decision needed: a certified institution determined it")
    COURT_ORDER = "court_order", _("no decision needed: the court ordered it")


FITS: dict[str, frozenset[str]] = {
    Ground.MUNICIPAL: frozenset({Decision.TAKEN, Decision.FREE_OFFER}),
    Ground.MEDICAL: frozenset({Decision.TAKEN, Decision.MEDICAL_AS_ASKED}),
    Ground.GI: frozenset({Decision.GI_DETERMINATION}),
    Ground.COURT: frozenset({Decision.COURT_ORDER}),
}
"""Which decisions can go with a ground: an individual provision by the municipality needs one (Jw 2.3; Awb 1:3)."""


class AllocationState(models.TextChoices):
    """An order waits for the back office, went out, started, stopped, or was sent back."""

    WAITING = "waiting", _("waits for the back office")
    ORDERED = "ordered", _("ordered, not started")
    STARTED = "started", _("help is given")
    STOPPED = "stopped", _("stopped")
    SENT_BACK = "sent_back", _("sent back by the back office")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which something is still to come or goes on."""
        return frozenset({cls.WAITING, cls.ORDERED, cls.STARTED})


class Frequency(models.TextChoices):
    """Per what the volume counts."""

    DAY = "day", _("per day")
    WEEK = "week", _("per week")
    MONTH = "month", _("per month")
    TOTAL = "total", _("in the whole period")


class Deviation(models.TextChoices):
    """What is unusual in an order: allowed with a reason, looked at by the back office (practice 21, 22)."""

    NO_CONTRACT = "no_contract", _("no contract holds on the first day")
    NO_RATE = "no_rate", _("no rate is agreed for the first day")
    PRICED_FREE_OFFER = "priced_free_offer", _("free offer, but the product has a price per youth")
    STACKED = "stacked", _("this youth has the same kind of help already in this period")
    NO_RESPONSIBLE = "no_responsible", _("it is not written which municipality is responsible")


class StopReason(models.TextChoices):
    """Why help stopped, or never started."""

    AS_PLANNED = "as_planned", _("as planned")
    TOGETHER = "together", _("earlier, agreed by all")
    BY_FAMILY = "by_family", _("earlier, by the family alone")
    BY_PROVIDER = "by_provider", _("earlier, by the provider alone")
    CIRCUMSTANCES = "circumstances", _("earlier, by what happened outside the help")
    MUNICIPALITY = "municipality", _("by the municipality")
    OTHER_PROVIDER = "other_provider", _("another provider goes on")
    OTHER_DOMAIN = "other_domain", _("help under another law goes on")
    WRONG_ADDRESS = "wrong_address", _("not started: this was not the right address")
    ADVICE_ENOUGH = "advice_enough", _("not started: advice was enough")
    DIED = "died", _("the youth has died")

    @classmethod
    def before_start(cls) -> frozenset[str]:
        """Reasons only for help that never started (D44)."""
        return frozenset({cls.WRONG_ADDRESS, cls.ADVICE_ENOUGH})
