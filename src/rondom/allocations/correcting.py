"""Putting right what was written about the course of help: a start or stop that was told wrongly.

Who tells it are the provider's own messages (iJw IV008: a wrong start or stop is deleted and told again), so this is
no act of a person: the room of messages says how the help really went, and everything that hangs on it follows.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rondom.allocations import actions, signals
from rondom.allocations.enums import AllocationState, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.principals import Principal
from rondom.dossiers.enums import ClockState


@dataclass(frozen=True)
class Course:
    """How help went: the real first day, the day it went on after a pause, and its last day with why.

    Without a first day it has not begun; with a last day it stopped, or rests when the reason says for a while.
    """

    started_on: dt.date | None = None
    resumed_on: dt.date | None = None
    stopped_on: dt.date | None = None
    reason: StopReason | str = ""

    @property
    def state(self) -> AllocationState:
        """Where such help stands."""
        if self.started_on is None:
            return AllocationState.ORDERED
        if self.stopped_on is None:
            return AllocationState.STARTED
        return AllocationState.PAUSED if self.reason == StopReason.FOR_A_WHILE else AllocationState.STOPPED


def course_of(row: Allocation) -> Course:
    """Return how the help of an order went as it is written now."""
    return Course(row.started_on, row.resumed_on, row.stopped_on, row.stop_reason)


@action
def put_right(*, by: Principal, at: dt.datetime, allocation: Allocation, course: Course) -> Allocation:
    """Write how the help of an order really went. Help that has not begun after all is waited for again.

    Raises BadInput for a day that cannot be, or for an order that was withdrawn.
    """
    today = clock.today(at)
    days = [day for day in (course.started_on, course.resumed_on, course.stopped_on) if day]
    if any(day > today for day in days):
        raise BadInput(_("This day lies in the future."), field="started_on")
    if days and days[0] < allocation.starts:
        raise BadInput(_("This day lies before the ordered period. Order it from this day."), field="started_on")
    if course.stopped_on and course.started_on and course.stopped_on < course.started_on:
        raise BadInput(_("This day lies before the start of the help."), field="stopped_on")
    begun = course.started_on is not None
    actions._move(
        allocation, at, from_states=frozenset({*AllocationState.running_states(), AllocationState.STOPPED}),
        state=course.state, started_on=course.started_on, resumed_on=course.resumed_on, stopped_on=course.stopped_on,
        stop_reason=course.reason if course.stopped_on else "",
        stop_words=allocation.stop_words if course.stopped_on else "",
        right_address=True if begun else None, help_needed=True if begun else None,
        start_told_on=(allocation.start_told_on or today) if begun else None,
    )  # fmt: skip
    actions._tell(
        by, "allocations.help_put_right", allocation, at, "state", "started_on", "resumed_on", "stopped_on",
        "stop_reason",
    )  # fmt: skip
    if begun:
        actions._meet(by, at, allocation)
    else:
        _wait_again(by, at, allocation)
    if course.stopped_on is None and begun:
        signals.allocation_started.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _wait_again(by: Principal, at: dt.datetime, row: Allocation) -> None:
    """Let the norm for the start run again: nobody may think that this help is given."""
    if row.start_clock and row.start_clock.state in ClockState.open_states():
        return
    made = actions._start_clock(by, at, row)
    if made:
        Allocation.objects.filter(pk=row.pk).update(start_clock=made)
        row.refresh_from_db()
