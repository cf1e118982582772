"""Work that comes back by itself: rooms register it, the worker runs it when it is due.

    schedule.every("core.seal", dt.timedelta(seconds=10), seal)
    schedule.nightly("privacy.ages", dt.time(2, 30), recompute)

A job takes the moment (`at=`), works in small steps and can be done twice without harm. When it last ran stands in
`ScheduledRun`; a worker takes a job by moving `started_at` from the value it read, so of two workers one gets it. A job
that never ran is due; one whose worker was killed is due again after its lease.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rondom.core import clock
from rondom.core.models import ScheduledRun
from rondom.core.registry import Registry

logger = logging.getLogger("rondom.schedule")
Work = Callable[..., Any]


@dataclass(frozen=True)
class Job:
    """Work to be done each `interval`, or each night after `time` (Amsterdam). One of the two is set."""

    work: Work
    interval: dt.timedelta | None = None
    time: dt.time | None = None

    @property
    def lease(self) -> dt.timedelta:
        """How long a run may take before another worker takes over."""
        return max(dt.timedelta(minutes=2), self.interval) if self.interval else dt.timedelta(hours=4)

    def is_due(self, last: dt.datetime | None, at: dt.datetime) -> bool:
        """Tell whether the job has to start, when it last started at `last`."""
        if last is None:
            return True
        if self.interval is not None:
            return at - last >= self.interval
        local = at.astimezone(clock.AMSTERDAM)
        moment = dt.datetime.combine(local.date(), self.time or dt.time(), tzinfo=clock.AMSTERDAM)
        if moment > local:
            moment = dt.datetime.combine(
                local.date() - dt.timedelta(days=1), self.time or dt.time(), tzinfo=clock.AMSTERDAM
            )
        return last < moment


SCHEDULE: Registry[Job] = Registry("schedule")


def every(name: str, interval: dt.timedelta, work: Work) -> None:
    """Register work that is done each interval, called as `work(at=moment)`."""
    SCHEDULE.register(name, Job(work, interval=interval))


def nightly(name: str, time: dt.time, work: Work) -> None:
    """Register work that is done once a night after this time in Amsterdam, called as `work(at=moment)`."""
    SCHEDULE.register(name, Job(work, time=time))


def run_due(*, at: dt.datetime) -> list[str]:
    """Run every job that is due and not taken by another worker; return their names."""
    rows = {row.name: row for row in ScheduledRun.objects.all()}
    ran = []
    for name, job in SCHEDULE:
        row = rows.get(name)
        if not job.is_due(row.started_at if row else None, at) or not _take(name, job, row, at):
            continue
        _run(name, job, at)
        ran.append(name)
    return ran


def _take(name: str, job: Job, row: ScheduledRun | None, at: dt.datetime) -> bool:
    """Take a job; False when it still runs elsewhere or another worker was first."""
    if row is None:
        _row, fresh = ScheduledRun.objects.get_or_create(name=name, defaults={"started_at": at})
        return fresh
    if row.finished_at is None and at - row.started_at < job.lease:
        return False
    taken = ScheduledRun.objects.filter(name=name, started_at=row.started_at)
    return bool(taken.update(started_at=at, finished_at=None))


def _run(name: str, job: Job, at: dt.datetime) -> None:
    result = "done"
    try:
        job.work(at=at)
    except Exception as error:  # noqa: BLE001 - one job that fails must not keep the others from running
        result = type(error).__qualname__[:60]  # its text may name a person: only its kind is kept
        logger.error("scheduled job %s failed: %s", name, result)
    ScheduledRun.objects.filter(name=name, started_at=at).update(finished_at=clock.now(), result=result)
