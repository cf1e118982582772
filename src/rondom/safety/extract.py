"""What safety gives to the facts: dated and coarse, without words of anybody. Read by the snapshot of a later room."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from rondom.core import clock
from rondom.safety.models import ChildJudgement, SafetyCondition


@dataclass(frozen=True)
class AssessmentFact:
    """How one child was judged. `case` and `child` are keys that the snapshot replaces by pseudonyms."""

    municipality: str
    case: str
    child: str
    occasion: str
    held_on: dt.date
    met: str
    outcome: str
    days_to_next: int | None


@dataclass(frozen=True)
class ConditionFact:
    """One agreement about safety: for how many children, how often checked, how often it was kept."""

    municipality: str
    case: str
    state: str
    starts_on: dt.date
    ended_on: dt.date | None
    children: int
    checks: int
    kept: int


def assessments() -> Iterator[AssessmentFact]:
    """Yield every judgement of a child, oldest first."""
    rows = ChildJudgement.objects.select_related("assessment").order_by("assessment__held_on", "pk")
    for row in rows.iterator(chunk_size=500):
        made = row.assessment
        again = (made.next_on - made.held_on).days if made.next_on else None
        yield AssessmentFact(
            row.municipality, str(row.case_id), str(row.child_id), made.occasion, made.held_on, row.met, row.outcome,
            again,
        )  # fmt: skip


def conditions() -> Iterator[ConditionFact]:
    """Yield every agreement about safety, oldest first."""
    rows = SafetyCondition.objects.annotate(
        child_count=Count("conditionconcern", distinct=True),
        check_count=Count("checks", distinct=True),
        kept_count=Count("checks", filter=Q(checks__kept=True), distinct=True),
    ).order_by("starts_on", "pk")
    for row in rows.iterator(chunk_size=500):
        ended = clock.today(row.moved_at) if row.moved_at else None
        yield ConditionFact(
            row.municipality, str(row.case_id), row.state, row.starts_on, ended, row.child_count, row.check_count,
            row.kept_count,
        )  # fmt: skip
