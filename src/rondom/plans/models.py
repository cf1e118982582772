"""The family plan with its goals, lines, versions, agreements and evaluations."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.models import Record
from rondom.dossiers.models import YOUTH_HELP, Case, Clock
from rondom.people.models import Person
from rondom.plans import enums


class FamilyPlan(Record):
    """The plan of a family: what goes well first, then the goals. One that is open per case (a second asks a reason).

    `state` moves in `actions._move`. Agreed means: brought into force with the first evaluation as a running clock.
    `second_because`, `no_network_because` and `without_agreement_because` are reasons for what was unwise; they stay to
    be read.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10, choices=enums.PlanState, default=enums.PlanState.CONCEPT)
    going_well = models.TextField(_("what goes well"))
    duration = models.CharField(_("how long do we think it takes"), max_length=120, blank=True)
    first_evaluation_on = models.DateField(_("first evaluation"), null=True, blank=True)
    second_because = models.CharField(max_length=300, blank=True)
    no_network_because = models.CharField(max_length=300, blank=True)
    without_agreement_because = models.CharField(max_length=300, blank=True)
    begun_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="plans_begun")
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    evaluation_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=enums.PlanState.CONCEPT)
                | Q(agreed_on__isnull=False, first_evaluation_on__isnull=False),
                name="plans_familyplan_agreed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=enums.PlanState.ENDED, ended_on__isnull=False)
                | (~Q(state=enums.PlanState.ENDED) & Q(ended_on__isnull=True)),
                name="plans_familyplan_ended_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 2.1 g; Jw 4.1.2; Jw 7.3.8", "youth_help"
        open = ("state", "begun_by")
        personal = (
            "case", "going_well", "duration", "first_evaluation_on", "second_because", "no_network_because",
            "without_agreement_because", "agreed_on", "ended_on", "evaluation_clock",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "state": "exact", "agreed_on": "coarse", "ended_on": "coarse", "first_evaluation_on": "coarse",
        }  # fmt: skip


class Goal(Record):
    """What the family wants to reach, in its own words: whom it concerns and who said it."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="goals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    text = models.TextField(_("goal"))
    said_by = models.CharField(_("who said it"), max_length=120)
    noticed_by = models.CharField(_("how do we notice that it works"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=enums.GoalState, default=enums.GoalState.OPEN)
    concerns = models.ManyToManyField(Person, through="GoalConcern", related_name="goals")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["plan", "created_at"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("plan", "case", "text", "said_by", "noticed_by", "state")
        release: ClassVar[dict[str, str]] = {"state": "exact"}


class GoalConcern(models.Model):
    """A goal concerns a person; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["goal", "person"], name="plans_goalconcern_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("goal", "person")


class PlanLine(Record):
    """Who does what for a goal, and when: family, people around it, our team, or a provider (D49)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_lines")
    doer = models.CharField(_("whose share is this"), max_length=10, choices=enums.Doer)
    who = models.CharField(_("who"), max_length=120)
    what = models.CharField(_("does what"), max_length=300)
    due_on = models.DateField(_("when"))
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="plans_planline_one_end"
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("doer",)
        personal = ("goal", "case", "who", "what", "due_on", "done_on", "dropped_on")
        release: ClassVar[dict[str, str]] = {"doer": "exact"}


class PlanAgreement(Record):
    """Somebody of the family agreed with a version of the plan, or did not, and how we know. Signing comes later."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_agreements")
    plan_version = models.PositiveIntegerField()
    agreed_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["plan", "person", "plan_version"], name="plans_planagreement_once_per_version"
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version",)
        personal = ("plan", "person", "agreed_on")


class PlanVersion(Record):
    """An agreed plan as it read at a moment: one row per goal, so that each follows the rights of whom it concerns."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="versions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_versions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="versions")
    plan_version = models.PositiveIntegerField()
    text = models.TextField()
    kept_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="plan_versions")
    kept_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["plan", "plan_version"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version", "kept_by", "kept_at")
        personal = ("plan", "case", "goal", "text")


class Evaluation(Record):
    """People looked back at a plan: the fixed questions, what the family says, and one outcome (D46, D50, D56).

    `route_to` is where the case goes when it gets more or less help. `despite` is the reason when the outcome does not
    follow from the answers.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="evaluations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evaluations")
    held_on = models.DateField(_("when"))
    helped = models.CharField(_("did it help enough"), max_length=6, choices=enums.Answer)
    satisfied = models.CharField(_("is the family content"), max_length=6, choices=enums.Answer)
    alone = models.CharField(_("can the family go on alone"), max_length=6, choices=enums.Answer)
    more_problems = models.BooleanField(_("did more problems appear"), default=False)
    words = models.TextField(_("what the family says"), blank=True)
    said_by = models.CharField(_("who said it"), max_length=120, blank=True)
    outcome = models.CharField(_("what now"), max_length=12, choices=enums.Outcome)
    route_to = models.CharField(max_length=20, blank=True)
    despite = models.CharField(_("why this outcome with these answers"), max_length=300, blank=True)
    next_on = models.DateField(null=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="evaluations")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-held_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(outcome=enums.Outcome.OUT, next_on__isnull=True)
                | (~Q(outcome=enums.Outcome.OUT) & Q(next_on__isnull=False)),
                name="plans_evaluation_next_unless_out",
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("outcome", "route_to", "written_by")
        personal = (
            "plan", "case", "held_on", "helped", "satisfied", "alone", "more_problems", "words", "said_by", "despite",
            "next_on",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "outcome": "exact", "helped": "exact", "satisfied": "exact", "alone": "exact", "held_on": "coarse",
        }  # fmt: skip
