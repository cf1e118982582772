"""What safety gives to the facts: dated and coarse, without words of anybody."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Count, Q

from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.facts.safety import AssessmentFact, ConditionFact
from rondom.safety.models import ChildJudgement, SafetyCondition


def assessments(*, youths: Collection[UUID] | None = None) -> Iterator[AssessmentFact]:
    """Yield every judgement of a child (of these children), oldest first."""
    rows = ChildJudgement.objects.all() if youths is None else ChildJudgement.objects.filter(child__in=youths)
    rows = rows.select_related("assessment").order_by("assessment__held_on", "pk")
    for row in rows.iterator(chunk_size=500):
        made = row.assessment
        yield AssessmentFact(
            judgement_key=pseudonym("judgement", row.pk),
            case_key=pseudonym("case", row.case_id),
            youth_key=pseudonym("youth", row.child_id),
            municipality=row.municipality,
            occasion=made.occasion,
            held_on=made.held_on,
            met=row.met,
            outcome=row.outcome,
            days_to_next=(made.next_on - made.held_on).days if made.next_on else None,
        )


def conditions(*, cases: Collection[UUID] | None = None) -> Iterator[ConditionFact]:
    """Yield every agreement about safety (of these cases), oldest first."""
    every = SafetyCondition.objects.all() if cases is None else SafetyCondition.objects.filter(case__in=cases)
    rows = every.annotate(
        child_count=Count("conditionconcern", distinct=True),
        check_count=Count("checks", distinct=True),
        kept_count=Count("checks", filter=Q(checks__kept=True), distinct=True),
    ).order_by("starts_on", "pk")
    for row in rows.iterator(chunk_size=500):
        yield ConditionFact(
            condition_key=pseudonym("condition", row.pk),
            case_key=pseudonym("case", row.case_id),
            municipality=row.municipality,
            state=row.state,
            starts_on=row.starts_on,
            ended_on=clock.today(row.moved_at) if row.moved_at else None,
            children=row.child_count,
            checks=row.check_count,
            kept=row.kept_count,
        )
