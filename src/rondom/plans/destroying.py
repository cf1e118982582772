"""What becomes of a family plan when a dossier is destroyed: goals of the child that leaves go, others stay."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from rondom.dossiers.destroying import CASE, children_who_stay, linked_cases, youths
from rondom.dossiers.remaining import shared_rows
from rondom.people import destroying as people
from rondom.plans.models import (
    FamilyPlan,
    Finding,
    FindingConcern,
    Goal,
    GoalConcern,
    PlanAgreement,
    PlanSignature,
    Screening,
    Writing,
)
from rondom.privacy.destruction import ROOT, Doomed, follows, goes, keys_where

PLAN, GOAL, FINDING = "plans.FamilyPlan", "plans.Goal", "plans.Finding"


def _goals(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Goal, "plan__in", doomed.of(PLAN))
    linked = linked_cases(doomed)
    others = GoalConcern.objects.filter(person__in=children_who_stay(doomed, linked)).values("goal")
    about = Goal.objects.filter(case__in=linked, goalconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _findings(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Finding, "plan__in", doomed.of(PLAN))
    linked = linked_cases(doomed)
    others = FindingConcern.objects.filter(person__in=children_who_stay(doomed, linked)).values("finding")
    about = Finding.objects.filter(case__in=linked, findingconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _told_about(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(FindingConcern, "finding__in", doomed.of(FINDING))
    yield from keys_where(FindingConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(FindingConcern, "person__in", youths(doomed), finding__case__in=linked_cases(doomed))


def _concerns(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(GoalConcern, "goal__in", doomed.of(GOAL))
    yield from keys_where(GoalConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(GoalConcern, "person__in", youths(doomed), goal__case__in=linked_cases(doomed))


def _agreements(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(PlanAgreement, "plan__in", doomed.of(PLAN))
    yield from keys_where(PlanAgreement, "person__in", doomed.of(people.PERSON))
    yield from keys_where(PlanAgreement, "person__in", youths(doomed), plan__case__in=linked_cases(doomed))


def _signatures(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(PlanSignature, "plan__in", doomed.of(PLAN))
    yield from keys_where(PlanSignature, "person__in", doomed.of(people.PERSON))
    yield from keys_where(PlanSignature, "person__in", youths(doomed), plan__case__in=linked_cases(doomed))


def _without_paper(doomed: Doomed) -> None:
    gone = doomed.of("documents.Document")
    PlanSignature.objects.filter(document__in=gone).update(document=None, version=F("version") + 1)


def _writings(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Writing, "dossier__in", doomed.of(ROOT))
    yield from keys_where(Writing, "case__in", doomed.of(CASE))
    for column in ("person__in", "about__in"):
        yield from keys_where(Writing, column, doomed.of(people.PERSON))
        yield from keys_where(Writing, column, youths(doomed), case__in=linked_cases(doomed))


def _taken_elsewhere(doomed: Doomed) -> None:
    Writing.objects.filter(goal__in=doomed.of(GOAL)).update(goal=None, version=F("version") + 1)
    Writing.objects.filter(finding__in=doomed.of(FINDING)).update(finding=None, version=F("version") + 1)


def _screenings(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Screening, "goal__in", doomed.of(GOAL))
    yield from keys_where(Screening, "case__in", doomed.of(CASE))


def _without_screening_clock(doomed: Doomed) -> None:
    rows = Screening.objects.filter(screening_clock__in=doomed.of("dossiers.Clock"))
    rows.update(screening_clock=None, version=F("version") + 1)


def _without_clock(doomed: Doomed) -> None:
    FamilyPlan.objects.filter(evaluation_clock__in=doomed.of("dossiers.Clock")).update(
        evaluation_clock=None, version=F("version") + 1
    )


@shared_rows(GOAL)
def _shared_goals(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    about = Goal.objects.filter(case__in=linked_cases(doomed), goalconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=doomed.of(GOAL)).values_list("pk", "created_at")


@shared_rows(FINDING)
def _shared_findings(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    about = Finding.objects.filter(case__in=linked_cases(doomed), findingconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=doomed.of(FINDING)).values_list("pk", "created_at")


@people.needed("plans")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    linked, leaving = linked_cases(doomed), youths(doomed)
    kept: tuple[tuple[Any, str], ...] = (
        (GoalConcern.objects.exclude(goal__in=doomed.of(GOAL)), "goal__case"),
        (FindingConcern.objects.exclude(finding__in=doomed.of(FINDING)), "finding__case"),
        (PlanAgreement.objects.exclude(plan__in=doomed.of(PLAN)), "plan__case"),
        (PlanSignature.objects.exclude(plan__in=doomed.of(PLAN)), "plan__case"),
        (Writing.objects.exclude(pk__in=doomed.of("plans.Writing")), "case"),
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
goes(FINDING, rows=_findings)
goes("plans.FindingConcern", rows=_told_about)
goes("plans.PlanSignature", rows=_signatures, loosen=_without_paper)
goes("plans.Writing", rows=_writings, loosen=_taken_elsewhere)
goes("plans.Screening", rows=_screenings, loosen=_without_screening_clock)
follows("plans.PlanGuardian", "plan", "case")
follows("plans.Advice", "dossier", "case")
follows("plans.PlanMeeting", "meeting", "case")
follows("plans.FiledPlan", "document", "plan", "case")
follows("plans.PlanVersion", "plan", "goal", "finding", "case")
follows("plans.Evaluation", "plan", "case")
