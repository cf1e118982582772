"""Work of the room that comes back by itself."""

import datetime as dt

from rondom.core import clock, schedule
from rondom.core.principals import machine
from rondom.dossiers.actions.destruction import propose_due
from rondom.dossiers.resting import look_after
from rondom.dossiers.retention import past_retention


def propose_destruction(*, at: dt.datetime) -> int:
    """Propose what need no longer be kept; return how many. Two people decide, never this job."""
    if not past_retention(clock.today(at)).exists():
        return 0
    return len(propose_due(by=machine("retention"), at=at))


def register() -> None:
    """Put the jobs of the room on the schedule."""
    schedule.nightly("dossiers.propose_destruction", dt.time(2, 15), propose_destruction)
    schedule.nightly("dossiers.look_after_clocks", dt.time(0, 20), look_after)  # after the night's changes of sight
