"""What plans give to the facts: dated, without words of anybody. Read by the snapshot of a later room."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from rondom.core import clock
from rondom.plans.enums import Doer, SignatureState
from rondom.plans.models import Evaluation, FamilyPlan, PlanGuardian, PlanLine, PlanMeeting, Screening, Writing


@dataclass(frozen=True)
class PlanFact:
    """One family plan. `network_lines` of `lines` are the share of people around the family.

    `written_by_family`: something the family wrote itself at home stands in it (N106: familiegroepsplan). `signed`:
    the number of signatures under any version.
    """

    municipality: str
    case: str
    state: str
    agreed_on: dt.date | None
    ended_on: dt.date | None
    first_evaluation_on: dt.date | None
    goals: int
    goals_reached: int
    lines: int
    network_lines: int
    with_agreement: bool
    written_by_family: bool
    guarded: bool
    signed: int


@dataclass(frozen=True)
class PlanMeetingFact:
    """One meeting in which a family and its people make the plan (N58); `held_on` is empty while it is to come."""

    municipality: str
    case: str
    planned_on: dt.date
    held_on: dt.date | None
    cancelled: bool


@dataclass(frozen=True)
class ScreeningFact:
    """One time a second person was asked to look at a goal (N63); `outcome` is "" while it waits."""

    municipality: str
    case: str
    asked_on: dt.date
    judged_on: dt.date | None
    outcome: str


@dataclass(frozen=True)
class EvaluationFact:
    """One evaluation: its answers and its outcome."""

    municipality: str
    case: str
    held_on: dt.date
    helped: str
    satisfied: str
    alone: str
    more_problems: bool
    outcome: str
    route_to: str


def plans() -> Iterator[PlanFact]:
    """Yield every plan, oldest first. `case` is a key that the snapshot replaces by its pseudonym."""
    rows = FamilyPlan.objects.annotate(
        goal_count=Count("goals", distinct=True),
        reached=Count("goals", filter=Q(goals__state="reached"), distinct=True),
        agreements_count=Count("agreements", distinct=True),
        signed_count=Count("signatures", filter=Q(signatures__state=SignatureState.SIGNED), distinct=True),
        written=Exists(Writing.objects.filter(Q(goal__plan=OuterRef("pk")) | Q(finding__plan=OuterRef("pk")))),
        guarded_once=Exists(PlanGuardian.objects.filter(plan=OuterRef("pk"))),
    ).order_by("created_at", "pk")
    lines = PlanLine.objects.filter(dropped_on=None).order_by().values("goal__plan")
    counted = {
        row["goal__plan"]: (row["every"], row["network"])
        for row in lines.annotate(every=Count("pk"), network=Count("pk", filter=Q(doer=Doer.NETWORK)))
    }
    for row in rows.iterator(chunk_size=500):
        every, network = counted.get(row.pk, (0, 0))
        yield PlanFact(
            row.municipality, str(row.case_id), row.state, row.agreed_on, row.ended_on, row.first_evaluation_on,
            row.goal_count, row.reached, every, network, row.agreements_count > 0, row.written, row.guarded_once,
            row.signed_count,
        )  # fmt: skip


def evaluations() -> Iterator[EvaluationFact]:
    """Yield every evaluation, oldest first."""
    for row in Evaluation.objects.order_by("held_on", "pk").iterator(chunk_size=500):
        yield EvaluationFact(
            row.municipality, str(row.case_id), row.held_on, row.helped, row.satisfied, row.alone, row.more_problems,
            row.outcome, row.route_to,
        )  # fmt: skip


def meetings() -> Iterator[PlanMeetingFact]:
    """Yield every meeting about a plan, oldest first."""
    rows = PlanMeeting.objects.select_related("meeting").order_by("meeting__planned_at", "pk")
    for row in rows.iterator(chunk_size=500):
        meeting = row.meeting
        held = clock.today(meeting.held_at) if meeting.held_at else None
        yield PlanMeetingFact(
            row.municipality, str(row.case_id), clock.today(meeting.planned_at), held, bool(meeting.cancelled_reason)
        )


def screenings() -> Iterator[ScreeningFact]:
    """Yield every screening of a goal, oldest first."""
    for row in Screening.objects.order_by("asked_at", "pk").iterator(chunk_size=500):
        judged = clock.today(row.judged_at) if row.judged_at else None
        yield ScreeningFact(row.municipality, str(row.case_id), clock.today(row.asked_at), judged, row.outcome)
