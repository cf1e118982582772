"""What becomes of applications and decisions when a dossier is destroyed: they go with the dossier of their youth."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from rondom.decisions.models import Application, Decision, DecisionGoal, DecisionLetter
from rondom.people import destroying as people
from rondom.privacy.destruction import Doomed, follows, goes, keys_where

APPLICATION, DECISION = "decisions.Application", "decisions.Decision"


def _without_concern(doomed: Doomed) -> None:
    rows = Application.objects.filter(concern__in=doomed.of("entry.Concern"))
    rows.exclude(pk__in=doomed.of(APPLICATION)).update(concern=None, version=F("version") + 1)


def _without_goal(doomed: Doomed) -> None:
    """The words of a goal stay with the decision of a brother, also when the goal itself goes."""
    rows = DecisionGoal.objects.filter(goal__in=doomed.of("plans.Goal"))
    rows.exclude(decision__in=doomed.of(DECISION)).update(goal=None)


@people.needed("decisions")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    asked = Application.objects.filter(asked_by__in=persons).exclude(pk__in=doomed.of(APPLICATION))
    yield from asked.values_list("asked_by", flat=True)
    written = DecisionLetter.objects.filter(addressee__in=persons).exclude(decision__in=doomed.of(DECISION))
    yield from written.values_list("addressee", flat=True)


goes(
    APPLICATION, loosen=_without_concern,
    rows=lambda doomed: keys_where(Application, "dossier__in", doomed.of("dossiers.Dossier")),
)  # fmt: skip
goes(DECISION, rows=lambda doomed: keys_where(Decision, "dossier__in", doomed.of("dossiers.Dossier")))
goes(
    "decisions.DecisionGoal", loosen=_without_goal,
    rows=lambda doomed: keys_where(DecisionGoal, "decision__in", doomed.of(DECISION)),
)  # fmt: skip
follows("decisions.TermStep", "application")
follows("decisions.ApplicationLetter", "application", "document")
follows("decisions.Inquiry", "decision")
follows("decisions.BudgetTest", "decision")
follows("decisions.DecisionLetter", "decision")
