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
    """An order waits for the back office, went out, started, rests for a while, stopped, was withdrawn or sent back."""

    WAITING = "waiting", _("waits for the back office")
    ORDERED = "ordered", _("ordered, not started")
    STARTED = "started", _("help is given")
    PAUSED = "paused", _("stopped for a while")
    STOPPED = "stopped", _("stopped")
    WITHDRAWN = "withdrawn", _("withdrawn before the start")
    SENT_BACK = "sent_back", _("sent back by the back office")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which something is still to come or goes on."""
        return frozenset({cls.WAITING, cls.ORDERED, cls.STARTED, cls.PAUSED})

    @classmethod
    def running_states(cls) -> frozenset[str]:
        """States in which the provider has the order and it can still change."""
        return frozenset({cls.ORDERED, cls.STARTED, cls.PAUSED})


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
    CEILING = "ceiling", _("the sum agreed for this help has been used up")


class NoContract(models.TextChoices):
    """Why help is ordered where no contract or rate holds (practice 21): each occurs weekly and needs a mandate."""

    SINGLE_YOUTH = "single_youth", _("an agreement for this youth alone")
    BRIDGING = "bridging", _("the old agreement goes on until the new one begins")
    FRAMEWORK = "framework", _("called off under a framework agreement of the region or the country")
    SUBCONTRACTOR = "subcontractor", _("a subcontractor of a provider with a contract")
    CONTINUITY = "continuity", _("help that runs goes on with the same provider")


class StopReason(models.TextChoices):
    """Why help stopped, or never started: every reason a provider can give in iJw (JZ588), and two of our own (D44).

    A stop before the start for the reasons of D44 is a withdrawal in iJw; the room of messages translates.
    """

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
    FOR_A_WHILE = "for_a_while", _("for a while: it will go on")
    CHANGED = "changed", _("it goes on in another form, after a change")

    @classmethod
    def before_start(cls) -> frozenset[str]:
        """Reasons only for help that never started (D44)."""
        return frozenset({cls.WRONG_ADDRESS, cls.ADVICE_ENOUGH})


class ChangeReason(models.TextChoices):
    """Why an order was changed after it went out: the reasons that iJw knows (JZ002; 01 has lapsed)."""

    DIED = "died", _("the youth has died")
    CONTRACT = "contract", _("the contract changed")
    LONGER = "longer", _("looked at again: longer or more")
    SHORTER = "shorter", _("looked at again: shorter, less or otherwise")
    OTHER_DOMAIN = "other_domain", _("help under another law goes on")
    MOVED = "moved", _("moved to another municipality, that goes on with the help")
    PERSONAL_BUDGET = "personal_budget", _("a personal budget takes its place")
    OTHER_PROVIDER = "other_provider", _("another provider goes on")
    FUNDING = "funding", _("paid in another way from now on")
    BOUNDARY = "boundary", _("municipalities were put together")
    PROVIDER_ASKED = "provider_asked", _("the provider asked for it")
    SENT_WRONGLY = "sent_wrongly", _("it should never have been ordered")
    CORRECTION = "correction", _("a mistake of our own is put right")

    @classmethod
    def about_nobody(cls) -> frozenset[str]:
        """Reasons that take nothing away from anybody: no decision can be about them."""
        return frozenset({cls.DIED, cls.BOUNDARY, cls.CORRECTION, cls.SENT_WRONGLY})

    @classmethod
    def same_help(cls) -> frozenset[str]:
        """Reasons by which the same help goes on under another code, rate or contract."""
        return frozenset({cls.CONTRACT, cls.FUNDING, cls.BOUNDARY})


class ChangeKind(models.TextChoices):
    """What an act did to an order that had gone out."""

    LONGER = "longer", _("a later last day")
    SHORTER = "shorter", _("an earlier last day")
    MORE = "more", _("more")
    LESS = "less", _("less")
    FOLLOWED = "followed", _("ended, and another order follows")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def taking_away(cls) -> frozenset[str]:
        """Kinds by which somebody gets less than was ordered."""
        return frozenset({cls.SHORTER, cls.LESS})


class WaitReason(models.TextChoices):
    """Why a wait is longer, or is not measured against the norm (WT-02, DR44, DR52). It stays visible."""

    OWN_WISH = "client_wants_to_wait", _("the young person or a parent wants to wait")
    FOUND_RESPONSIBLE = "found_responsible_by_access", _("we find it right to wait longer, and say why")
    IN_CARE_ELSEWHERE = "in_care_elsewhere", _("gets help elsewhere and cannot come now")
    THROUGH_LWI = "registered_through_lwi", _("registered through a national institution")

    @classmethod
    def accepted(cls) -> frozenset[str]:
        """Reasons by which a wait over the norm is accepted; the others are not measured at all."""
        return frozenset({cls.OWN_WISH, cls.FOUND_RESPONSIBLE})


class HandoverState(models.TextChoices):
    """Where the handing over in person of a youth to who gives the help stands (warme overdracht: D6, N6)."""

    OPEN = "open", _("to be planned")
    PLANNED = "planned", _("talk planned")
    HELD = "held", _("talk held, not taken over yet")
    ACCEPTED = "accepted", _("taken over")
    ENDED = "ended", _("not needed")
    MISSED = "missed", _("help ended before it was handed over")

    @classmethod
    def over_states(cls) -> frozenset[str]:
        """States in which nobody will be handed over any more; each has its reason."""
        return frozenset({cls.ENDED, cls.MISSED})

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which our team is still the first to answer for the youth."""
        return frozenset({cls.OPEN, cls.PLANNED, cls.HELD})
