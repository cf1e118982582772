"""Kinds, states and choices of applications and decisions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How an application came in."""

    POST = "post", _("by letter")
    MAIL = "mail", _("by e-mail")
    FORM = "form", _("by a form on the web")
    OFFICE = "office", _("at the office")
    TALK = "talk", _("in a talk")


class Shape(models.TextChoices):
    """In which shape something was asked: each can start the time to decide (Awb 1:3, 4:1)."""

    FORM = "form", _("on the form")
    FREE = "free", _("in own words, in writing")
    SPOKEN = "spoken", _("spoken, and written down by us")


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    RUNNING = "running", _("the time to decide runs")
    INCOMPLETE = "incomplete", _("waits for what is missing")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which a decision is still to come."""
        return frozenset({cls.RUNNING, cls.INCOMPLETE})


class StepKind(models.TextChoices):
    """What happens to the time to decide (Awb 4:5, 4:14, 4:15, 4:17)."""

    COMPLETION = "completion", _("asked to complete it")
    CONSENT = "consent_of_applicant", _("waits, with written consent of the applicant")
    APPLICANT = "delay_by_applicant", _("stood still: the delay was the applicant's")
    FORCE_MAJEURE = "force_majeure", _("stood still: beyond our control")
    POSTPONED = "postponed", _("postponed, and told in time")
    NOTICE = "notice_of_default", _("notice of default received")

    @classmethod
    def pauses(cls) -> frozenset[str]:
        """Steps during which the time stands still."""
        return frozenset({cls.COMPLETION, cls.CONSENT, cls.APPLICANT, cls.FORCE_MAJEURE})


class DecisionKind(models.TextChoices):
    """What is decided."""

    AWARD = "award", _("award")
    PART_REFUSE = "part_refuse", _("award a part")
    REFUSE = "refuse", _("refuse")
    EXTEND = "extend", _("extend")
    REVISE = "revise", _("revise")
    REVOKE = "revoke", _("revoke")
    LEAVE = "leave", _("do not treat the application")
    PENALTY = "penalty", _("set the penalty for deciding late")

    @classmethod
    def apart(cls) -> frozenset[str]:
        """Kinds about the handling of an application, not about help: begun on its own page (Awb 4:5, 4:18)."""
        return frozenset({cls.LEAVE, cls.PENALTY})

    @classmethod
    def about_help(cls) -> list[tuple[str, Any]]:
        """Kinds about help, to choose from."""
        return [(kind.value, kind.label) for kind in cls if kind not in cls.apart()]

    @classmethod
    def grants(cls) -> frozenset[str]:
        """Kinds that give help for a period."""
        return frozenset({cls.AWARD, cls.PART_REFUSE, cls.EXTEND, cls.REVISE})

    @classmethod
    def takes(cls) -> frozenset[str]:
        """Kinds in which something is refused, lowered or ended: they say why."""
        return frozenset({cls.PART_REFUSE, cls.REFUSE, cls.REVISE, cls.REVOKE})

    @classmethod
    def of_earlier(cls) -> frozenset[str]:
        """Kinds that change an earlier decision."""
        return frozenset({cls.EXTEND, cls.REVISE, cls.REVOKE})


class DecisionState(models.TextChoices):
    """A decision is prepared, waits for the second pair of eyes, is signed, and is made known."""

    CONCEPT = "concept", _("being prepared")
    ASKED = "asked", _("waits for the second pair of eyes")
    SIGNED = "signed", _("signed, not made known yet")
    KNOWN = "known", _("made known")
    DROPPED = "dropped", _("not taken")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which something is still to be done."""
        return frozenset({cls.CONCEPT, cls.ASKED, cls.SIGNED})

    @classmethod
    def taken(cls) -> frozenset[str]:
        """States of a decision that was taken."""
        return frozenset({cls.SIGNED, cls.KNOWN})


class Form(models.TextChoices):
    """In kind is the rule, a personal budget the exception (D10, N13)."""

    IN_KIND = "in_kind", _("care in kind")
    BUDGET = "budget", _("personal budget (pgb)")


class Frequency(models.TextChoices):
    """Per what the volume counts."""

    DAY = "day", _("per day")
    WEEK = "week", _("per week")
    MONTH = "month", _("per month")
    TOTAL = "total", _("in the whole period")


class Delivery(models.TextChoices):
    """How a letter reached who it is for (Awb 3:41; 2:14 for the message box)."""

    POST = "post", _("by post")
    HANDED = "handed", _("handed over")
    BOX = "box", _("in the message box, which this person uses for post of the municipality")


class NoticeKind(models.TextChoices):
    """Letters about an application on its way (Awb 4:3a, 4:5, 4:14)."""

    RECEIPT = "receipt", _("received")
    COMPLETION = "completion", _("something is missing")
    POSTPONEMENT = "postponement", _("it takes longer")
