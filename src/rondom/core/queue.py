"""The queue of background tasks, worked off one by one. The row of a task holds ids only, before and after.

django-tasks-db keeps results and tracebacks with their texts, and logs them; here neither is kept: of an error its kind
and the places in the code, of a result nothing.
"""

import logging
import traceback
from typing import Any

from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django.tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rondom.core import clock

FINISHED = ("status", "finished_at", "exception_class_path", "traceback", "return_value")


def _without_text(record: logging.LogRecord) -> bool:
    record.exc_info = record.exc_text = None
    return True


class OneTask(Worker):
    """Takes at most one task from the queue and does it; `done` tells whether there was one."""

    def __init__(self, name: str) -> None:
        self.done = False
        for logger in (logging.getLogger("django.tasks"), logging.getLogger("django_tasks_db")):
            logger.addFilter(_without_text)  # the same function once, however often it is added
            logger.setLevel(logging.ERROR)
        super().__init__(
            queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, max_tasks=1, startup_delay=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS, worker_id=name,
        )  # fmt: skip

    def run_task(self, db_task_result: Any) -> None:
        """Do the task and keep neither its result nor the text of its error."""

        def finish(error: BaseException | None) -> None:
            row: DBTaskResult = db_task_result
            row.status = TaskResultStatus.FAILED if error else TaskResultStatus.SUCCESSFUL
            row.finished_at, row.return_value = clock.now(), None
            row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}" if error else ""
            row.traceback = "".join(traceback.format_tb(error.__traceback__)) if error else ""
            row.save(update_fields=FINISHED)

        db_task_result.set_failed = finish
        db_task_result.set_successful = lambda value: finish(None)
        super().run_task(db_task_result)
        self.done = True


def work_off_one(name: str) -> bool:
    """Do one waiting task, if there is one, as the worker of this name; tell whether there was one."""
    worker = OneTask(name)
    worker.run()
    return worker.done
