"""May help be ordered for this? Checks that an order passes before it exists; other rooms register theirs here.

`allocations` calls `may_order` once. A check raises BadInput with a sentence that says what to do first.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.registry import Registry
from rondom.dossiers.models import Dossier
from rondom.plans.enums import ScreeningOutcome
from rondom.plans.models import Goal
from rondom.plans.queries import screened, screening_is_asked
from rondom.plans.texts import goal_digest


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to order: for whom, for which goal, and whether the municipality itself gives it.

    `individual`: a provision of the municipality (not what a doctor, court or certified institution deploys, and not a
    free offer).
    """

    dossier: Dossier
    goal: Goal | None
    individual: bool
    at: dt.datetime


checks: Registry[Callable[[Wanted], None]] = Registry("check before an order")


def may_order(*, dossier: Dossier, goal: Goal | None, individual: bool, at: dt.datetime) -> None:
    """Raise BadInput (field goal) when something must be done before help can be ordered."""
    wanted = Wanted(dossier, goal, individual, at)
    for _name, check in checks:
        check(wanted)


@checks("plans.screening")
def goal_is_screened(wanted: Wanted) -> None:
    """Where the municipality asks it, a second person found the goal clear enough, as it reads now (N63)."""
    asked = screening_is_asked(wanted.dossier.municipality, clock.today(wanted.at))
    if asked is None or not wanted.individual:
        return
    words = {"source": asked.source}
    if wanted.goal is None:
        raise BadInput(
            _("Choose the goal of the plan this help is for: a second person screens it first (%(source)s).") % words,
            field="goal",
        )
    last = screened(wanted.goal)
    if last is None:
        raise BadInput(
            _("A second person has to screen this goal first (%(source)s). Ask it on the page of the plan.") % words,
            field="goal",
        )
    if last.outcome != ScreeningOutcome.FINE:
        raise BadInput(
            _("This goal is not SMART yet: %(words)s. Improve it and have it screened again.") % {"words": last.words},
            field="goal",
        )
    if last.digest != goal_digest(wanted.goal):
        raise BadInput(_("This goal changed after it was screened. Have it screened again."), field="goal")
