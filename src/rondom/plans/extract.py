"""What plans give to the facts: dated, without words of anybody. Read by the snapshot of a later room."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from rondom.plans.enums import Doer
from rondom.plans.models import Evaluation, FamilyPlan, PlanLine


@dataclass(frozen=True)
class PlanFact:
    """One family plan. `network_lines` of `lines` are the share of people around the family."""

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
            row.goal_count, row.reached, every, network, row.agreements_count > 0,
        )  # fmt: skip


def evaluations() -> Iterator[EvaluationFact]:
    """Yield every evaluation, oldest first."""
    for row in Evaluation.objects.order_by("held_on", "pk").iterator(chunk_size=500):
        yield EvaluationFact(
            row.municipality, str(row.case_id), row.held_on, row.helped, row.satisfied, row.alone, row.more_problems,
            row.outcome, row.route_to,
        )  # fmt: skip
