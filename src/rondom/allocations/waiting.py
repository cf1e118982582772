"""Who looks after a wait: one colleague, and the day on which to look whether it can still wait.

The day is a clock of its own, about the dossier, so that it stays hidden with it. It lies with the one who looks, also
on their own day, and goes along with cover; when help begins or the order ends, it ends too.
"""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember, TeamMembership
from rondom.allocations import actions
from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import ClockState

WAITS = frozenset({AllocationState.ORDERED, AllocationState.WAITING, AllocationState.PAUSED})
LONGEST = dt.timedelta(weeks=26)


@action
def watch_wait(
    *, by: Principal, at: dt.datetime, allocation: Allocation, watched_by: StaffMember, check_on: dt.date, words: str
) -> Allocation:
    """Give a wait somebody who looks after it, and the next day on which to look; the day before it counts as looked.

    `words` says what to look at: what the family can hold on to until then. Raises BadInput when nobody waits, when the
    day cannot be, or when the colleague does not work in the team of this family.
    """
    today = clock.today(at)
    if allocation.state not in WAITS:
        raise BadInput(_("Nobody waits for this help any more, so nobody has to look after it."))
    if allocation.case is None:
        raise BadInput(_("This help is registered only: no team works with this family. Look after it at the desk."))
    if not today < check_on <= today + LONGEST:
        raise BadInput(_("Choose a day after today, within half a year."), field="check_on")
    if not words.strip():
        raise BadInput(_("Write what to look at, in a few words."), field="words")
    in_team = TeamMembership.objects.filter(on(today), team=allocation.case.team_id, staff=watched_by)
    if not in_team.exists():
        raise BadInput(_("Choose a colleague of the team that works with this family."), field="watched_by")
    actions.end_watch(by, at, allocation)
    row = dossiers.start_clock(
        by=by, at=at, case=allocation.case, kind=actions.WATCH, title=_("Look whether it can still wait"), due=check_on,
        rests_with=watched_by, about=allocation.dossier,
        why=dossiers.Why(words.strip(), counted=_("agreed on %(day)s") % {"day": date_words(today)}),
    )  # fmt: skip
    actions._move(allocation, at, from_states=WAITS, wait_clock=row)
    actions._tell(by, "allocations.wait_watched", allocation, at, "wait_clock")
    return allocation


def is_watched(row: Allocation) -> bool:
    """Tell whether somebody looks after this wait on a day to come or that has passed."""
    return row.wait_clock is not None and row.wait_clock.state in ClockState.open_states()
