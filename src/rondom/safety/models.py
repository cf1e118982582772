"""Safety assessments with a judgement per child, and agreements about safety with their checks."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.models import Record
from rondom.dossiers.models import Case
from rondom.people.models import Person
from rondom.safety import enums

SAFETY = {"purpose": "youth help", "ground": "Jw 4.1.1; Jw 4.1.7; Jw 7.3.8", "retention": "youth_help"}


class SafetyAssessment(Record):
    """Somebody assessed the safety of the children of a case on a day. Never changed: a later one takes its place.

    `instrument` is the name of the local instrument as it was chosen then. `not_spoken_because` is the reason when no
    parent was spoken. `next_on` is when one looks again; it runs as a clock about this row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_assessments")
    occasion = models.CharField(_("why now"), max_length=12, choices=enums.Occasion)
    held_on = models.DateField(_("when"))
    signal = models.CharField(_("what happened"), max_length=300, blank=True)
    instrument = models.CharField(max_length=120, blank=True)
    parents_spoken = models.CharField(_("which parents or carers were spoken"), max_length=200, blank=True)
    not_spoken_because = models.CharField(_("why not talked with them"), max_length=300, blank=True)
    next_on = models.DateField(_("when do we look again"), null=True, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="safety_assessments")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-held_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(parents_spoken="") | ~Q(not_spoken_because=""),
                name="safety_safetyassessment_talked_or_why",
            ),
        ]

    class Privacy:
        purpose, ground, retention = SAFETY.values()
        open = ("written_by",)
        personal = (
            "case", "occasion", "held_on", "signal", "instrument", "parents_spoken", "not_spoken_because", "next_on",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"occasion": "exact", "held_on": "coarse"}


class ChildJudgement(Record):
    """How safe one child is, as an assessment found it: whether it was met, what worries, what helps, who said so."""

    assessment = models.ForeignKey(SafetyAssessment, on_delete=models.PROTECT, related_name="judgements")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="child_judgements")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safety_judgements")
    met = models.CharField(_("was the child itself seen or spoken"), max_length=12, choices=enums.Met)
    not_met_because = models.CharField(_("why not seen"), max_length=300, blank=True)
    child_says = models.TextField(_("what the child says"), blank=True)
    worries = models.TextField(_("what worries us"), blank=True)
    keeps_safe = models.TextField(_("what keeps the child safe"), blank=True)
    said_by = models.CharField(_("who said so"), max_length=120)
    outcome = models.CharField(_("how safe"), max_length=12, choices=enums.Outcome)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "child"])]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["assessment", "child"], name="safety_childjudgement_once"),
            models.CheckConstraint(
                condition=~Q(met=enums.Met.NOT) | ~Q(not_met_because=""), name="safety_childjudgement_met_or_why"
            ),
        ]

    class Privacy:
        purpose, ground, retention = SAFETY.values()
        personal = (
            "assessment", "case", "child", "met", "not_met_because", "child_says", "worries", "keeps_safe", "said_by",
            "outcome",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"met": "exact", "outcome": "exact"}


class SafetyCondition(Record):
    """An agreement about safety: who does what from when until when, who checks it, for which children.

    `state` moves in `actions._move`. `moved_at` is when it was broken or ended. `check_on` is the next check; it runs
    as a clock about this row.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_conditions")
    who = models.CharField(_("who"), max_length=120)
    what = models.CharField(_("does what"), max_length=300)
    starts_on = models.DateField(_("from when"))
    until = models.DateField(_("until when"), null=True, blank=True)
    checked_by = models.CharField(_("who checks it"), max_length=120)
    check_on = models.DateField(_("when is it checked"), null=True)
    state = models.CharField(max_length=10, choices=enums.ConditionState, default=enums.ConditionState.RUNNING)
    moved_at = models.DateTimeField(null=True)
    ended_because = models.CharField(_("why it ended"), max_length=300, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="safety_conditions")
    concerns = models.ManyToManyField(Person, through="ConditionConcern", related_name="safety_conditions")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=enums.ConditionState.RUNNING, moved_at__isnull=True)
                | (~Q(state=enums.ConditionState.RUNNING) & Q(moved_at__isnull=False)),
                name="safety_safetycondition_moved_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = SAFETY.values()
        open = ("written_by",)
        personal = (
            "case", "who", "what", "starts_on", "until", "checked_by", "check_on", "state", "moved_at", "ended_because",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"state": "exact", "starts_on": "coarse", "moved_at": "coarse"}


class ConditionConcern(models.Model):
    """An agreement about safety is there for a child; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    condition = models.ForeignKey(SafetyCondition, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["condition", "person"], name="safety_conditionconcern_once")
        ]

    class Privacy:
        purpose, ground, retention = SAFETY.values()
        open = ("id",)
        personal = ("condition", "person")


class ConditionCheck(Record):
    """Somebody looked whether an agreement about safety is kept."""

    condition = models.ForeignKey(SafetyCondition, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField(_("when"))
    kept = models.BooleanField(_("kept"))
    words = models.CharField(_("what was seen or heard"), max_length=300, blank=True)
    said_by = models.CharField(_("who said so"), max_length=120)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="condition_checks")

    class Privacy:
        purpose, ground, retention = SAFETY.values()
        open = ("written_by",)
        personal = ("condition", "checked_on", "kept", "words", "said_by")
        release: ClassVar[dict[str, str]] = {"kept": "exact"}
