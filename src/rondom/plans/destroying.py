"""What becomes of a family plan when a dossier is destroyed: goals of the child that leaves go, others stay."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from rondom.dossiers.destroying import children_who_stay, linked_cases, youths
from rondom.people import destroying as people
from rondom.plans.models import FamilyPlan, Goal, GoalConcern, PlanAgreement
from rondom.privacy.destruction import Doomed, follows, goes, keys_where

PLAN, GOAL = "plans.FamilyPlan", "plans.Goal"


def _goals(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Goal, "plan__in", doomed.of(PLAN))
    linked = linked_cases(doomed)
    others = GoalConcern.objects.filter(person__in=children_who_stay(doomed, linked)).values("goal")
    about = Goal.objects.filter(case__in=linked, goalconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _concerns(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(GoalConcern, "goal__in", doomed.of(GOAL))
    yield from keys_where(GoalConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(GoalConcern, "person__in", youths(doomed), goal__case__in=linked_cases(doomed))


def _agreements(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(PlanAgreement, "plan__in", doomed.of(PLAN))
    yield from keys_where(PlanAgreement, "person__in", doomed.of(people.PERSON))
    yield from keys_where(PlanAgreement, "person__in", youths(doomed), plan__case__in=linked_cases(doomed))


def _without_clock(doomed: Doomed) -> None:
    FamilyPlan.objects.filter(evaluation_clock__in=doomed.of("dossiers.Clock")).update(
        evaluation_clock=None, version=F("version") + 1
    )


@people.needed("plans")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    linked, leaving = linked_cases(doomed), youths(doomed)
    kept: tuple[tuple[Any, str], ...] = (
        (GoalConcern.objects.exclude(goal__in=doomed.of(GOAL)), "goal__case"),
        (PlanAgreement.objects.exclude(plan__in=doomed.of(PLAN)), "plan__case"),
    )
    for rows, of_case in kept:
        for person, case in rows.filter(person__in=persons).values_list("person", of_case):
            if person not in leaving or case not in linked:
                yield person


follows(PLAN, "case")
goes("plans.Goal", rows=_goals, loosen=_without_clock)
goes("plans.GoalConcern", rows=_concerns)
goes("plans.PlanAgreement", rows=_agreements)
follows("plans.PlanLine", "goal", "case")
follows("plans.PlanVersion", "plan", "goal", "case")
follows("plans.Evaluation", "plan", "case")
