"""What becomes of safety when a dossier is destroyed: what is about the child that leaves goes, the rest stays."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rondom.dossiers.destroying import CASE, children_who_stay, linked_cases, youths
from rondom.people import destroying as people
from rondom.privacy.destruction import Doomed, follows, goes, keys_where
from rondom.safety.models import ChildJudgement, ConditionConcern, SafetyAssessment, SafetyCondition

ASSESSMENT, CONDITION = "safety.SafetyAssessment", "safety.SafetyCondition"


def _assessments(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(SafetyAssessment, "case__in", doomed.of(CASE))
    linked = linked_cases(doomed)
    others = ChildJudgement.objects.filter(child__in=children_who_stay(doomed, linked)).values("assessment")
    about = SafetyAssessment.objects.filter(case__in=linked, judgements__child__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _judgements(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(ChildJudgement, "assessment__in", doomed.of(ASSESSMENT))
    yield from keys_where(ChildJudgement, "child__in", doomed.of(people.PERSON))
    yield from keys_where(ChildJudgement, "child__in", youths(doomed), case__in=linked_cases(doomed))


def _conditions(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(SafetyCondition, "case__in", doomed.of(CASE))
    linked = linked_cases(doomed)
    others = ConditionConcern.objects.filter(person__in=children_who_stay(doomed, linked)).values("condition")
    about = SafetyCondition.objects.filter(case__in=linked, conditionconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _concerns(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(ConditionConcern, "condition__in", doomed.of(CONDITION))
    yield from keys_where(ConditionConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(ConditionConcern, "person__in", youths(doomed), condition__case__in=linked_cases(doomed))


@people.needed("safety")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    linked, leaving = linked_cases(doomed), youths(doomed)
    kept: tuple[tuple[Any, str, str], ...] = (
        (ChildJudgement.objects.filter(child__in=persons).exclude(assessment__in=doomed.of(ASSESSMENT)),
         "child", "case"),
        (ConditionConcern.objects.filter(person__in=persons).exclude(condition__in=doomed.of(CONDITION)),
         "person", "condition__case"),
    )  # fmt: skip
    for rows, who, where in kept:
        for person, case in rows.values_list(who, where):
            if person not in leaving or case not in linked:
                yield person


goes(ASSESSMENT, rows=_assessments)
goes("safety.ChildJudgement", rows=_judgements)
goes(CONDITION, rows=_conditions)
goes("safety.ConditionConcern", rows=_concerns)
follows("safety.ConditionCheck", "condition")
