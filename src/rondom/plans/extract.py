"""What plans give to the facts: dated, without words of anybody."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.facts.plans import EvaluationFact, PlanFact, PlanMeetingFact, ScreeningFact
from rondom.plans.enums import Doer, SignatureState
from rondom.plans.models import Evaluation, FamilyPlan, PlanGuardian, PlanLine, PlanMeeting, Screening, Writing


def plans(*, cases: Collection[UUID] | None = None) -> Iterator[PlanFact]:
    """Yield every plan (of these cases), oldest first."""
    rows = (
        _of(FamilyPlan.objects, cases)
        .annotate(
            goal_count=Count("goals", distinct=True),
            reached=Count("goals", filter=Q(goals__state="reached"), distinct=True),
            agreements_count=Count("agreements", distinct=True),
            signed_count=Count("signatures", filter=Q(signatures__state=SignatureState.SIGNED), distinct=True),
            written=Exists(Writing.objects.filter(Q(goal__plan=OuterRef("pk")) | Q(finding__plan=OuterRef("pk")))),
            team=F("case__team"),
            guarded_once=Exists(PlanGuardian.objects.filter(plan=OuterRef("pk"))),
        )
        .order_by("created_at", "pk")
    )
    counted = _lines()
    for row in rows.iterator(chunk_size=500):
        every, family, network = counted.get(row.pk, (0, 0, 0))
        yield PlanFact(
            plan_key=pseudonym("plan", row.pk),
            case_key=pseudonym("case", row.case_id),
            municipality=row.municipality,
            team=str(row.team),
            state=row.state,
            agreed_on=row.agreed_on,
            ended_on=row.ended_on,
            first_evaluation_on=row.first_evaluation_on,
            goals=row.goal_count,
            goals_reached=row.reached,
            lines=every,
            family_lines=family,
            network_lines=network,
            with_agreement=row.agreements_count > 0,
            written_by_family=row.written,
            guarded=row.guarded_once,
            signed=row.signed_count,
        )


def _lines() -> dict[UUID, tuple[int, int, int]]:
    """Return per plan how many agreements there are, of the family and of the people around it."""
    rows = PlanLine.objects.filter(dropped_on=None).order_by().values("goal__plan")
    counted = rows.annotate(
        every=Count("pk"), family=Count("pk", filter=Q(doer=Doer.FAMILY)),
        network=Count("pk", filter=Q(doer=Doer.NETWORK)),
    )  # fmt: skip
    return {row["goal__plan"]: (row["every"], row["family"], row["network"]) for row in counted}


def evaluations(*, cases: Collection[UUID] | None = None) -> Iterator[EvaluationFact]:
    """Yield every evaluation (of these cases), plan by plan, oldest first."""
    plan, agreed = None, None
    rows = (
        _of(Evaluation.objects, cases).select_related("plan", "case").order_by("plan_id", "held_on", "created_at", "pk")
    )
    for row in rows.iterator(chunk_size=500):
        if row.plan_id != plan:
            plan, agreed = row.plan_id, row.plan.first_evaluation_on
        yield EvaluationFact(
            evaluation_key=pseudonym("evaluation", row.pk),
            case_key=pseudonym("case", row.case_id),
            municipality=row.municipality,
            team=str(row.case.team_id),
            held_on=row.held_on,
            helped=row.helped,
            satisfied=row.satisfied,
            alone=row.alone,
            more_problems=row.more_problems,
            outcome=row.outcome,
            route_to=row.route_to,
            days_after_agreed_day=_days(agreed, row.held_on),
        )
        agreed = row.next_on


def meetings(*, cases: Collection[UUID] | None = None) -> Iterator[PlanMeetingFact]:
    """Yield every meeting about a plan (of these cases), oldest first."""
    rows = _of(PlanMeeting.objects, cases).select_related("meeting").order_by("meeting__planned_at", "pk")
    for row in rows.iterator(chunk_size=500):
        meeting = row.meeting
        yield PlanMeetingFact(
            meeting_key=pseudonym("meeting", row.pk),
            case_key=pseudonym("case", row.case_id),
            municipality=row.municipality,
            planned_on=clock.today(meeting.planned_at),
            held_on=clock.today(meeting.held_at) if meeting.held_at else None,
            cancelled=bool(meeting.cancelled_reason),
        )


def screenings(*, cases: Collection[UUID] | None = None) -> Iterator[ScreeningFact]:
    """Yield every screening of a goal (of these cases), oldest first."""
    for row in _of(Screening.objects, cases).order_by("asked_at", "pk").iterator(chunk_size=500):
        yield ScreeningFact(
            screening_key=pseudonym("screening", row.pk),
            case_key=pseudonym("case", row.case_id),
            municipality=row.municipality,
            asked_on=clock.today(row.asked_at),
            judged_on=clock.today(row.judged_at) if row.judged_at else None,
            outcome=row.outcome,
        )


def _of(rows: Any, cases: Collection[UUID] | None) -> Any:
    """Narrow rows that have a case to those of some cases; None: all."""
    return rows.all() if cases is None else rows.filter(case__in=cases)


def _days(begins: dt.date | None, ends: dt.date) -> int | None:
    return (ends - begins).days if begins else None
