"""The work of core that comes back by itself: sealing, and keeping tables of passing things short."""

import datetime as dt

from django.core.management import call_command
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rondom.core import logs, once, schedule, sealing

KEPT = dt.timedelta(days=7)
LOST = dt.timedelta(hours=1)
TRIES = 3


def seal(*, at: dt.datetime) -> None:
    """Link and sign the audit records of both stores."""
    sealing.seal_all(at=at)


def prune_tasks(*, at: dt.datetime) -> int:
    """Remove finished tasks after a week; return how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lte=at - KEPT).delete()[0]


def take_up_lost_tasks(*, at: dt.datetime) -> int:
    """Put tasks whose worker was killed back in the queue; after three tries they count as failed.

    A task is lost when it has been running for an hour. Tasks can be done twice without harm, as all work behind a
    queue must.
    """
    count = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=at - LOST):
        again = len(task.worker_ids) < TRIES
        still = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        count += still.update(
            status=TaskResultStatus.READY if again else TaskResultStatus.FAILED, finished_at=None if again else at
        )
    return count


def clear_sessions(*, at: dt.datetime) -> None:
    """Remove sessions that ended."""
    call_command("clearsessions")


def register() -> None:
    """Put the jobs of core on the schedule."""
    schedule.every("core.seal", dt.timedelta(seconds=10), seal)
    schedule.every("core.take_up_lost_tasks", dt.timedelta(minutes=5), take_up_lost_tasks)
    schedule.nightly("core.prune_tasks", dt.time(3, 0), prune_tasks)
    schedule.nightly("core.forget_once_keys", dt.time(3, 10), once.forget)
    schedule.nightly("core.forget_logs", dt.time(3, 15), logs.forget)
    schedule.nightly("core.clear_sessions", dt.time(3, 5), clear_sessions)
