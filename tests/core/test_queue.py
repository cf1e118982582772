"""Background tasks leave no values behind, are taken up again when their worker dies, and go after a week."""

import datetime as dt
import uuid

import pytest
from django.tasks import task
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from rondom.core import jobs, queue

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """The worker refreshes its connection between tasks; the transaction of a test lives on this one."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@task
def tell(name: str) -> str:
    return f"{name} Visser"


@task
def fail(name: str) -> None:
    raise ValueError(f"{name} Visser cannot be found")


def waiting(function, **fields) -> DBTaskResult:
    """A row as the queue holds it; the argument is an id, as in all our tasks."""
    return DBTaskResult.objects.create(
        task_path=function.module_path, backend_name="default", run_after=get_date_max(),
        args_kwargs={"args": [str(uuid.uuid4())], "kwargs": {}}, **fields,
    )  # fmt: skip


def test_an_empty_queue_is_no_work():
    assert queue.work_off_one("w") is False


def test_a_result_is_not_kept():
    row = waiting(tell)
    assert queue.work_off_one("w") is True
    row.refresh_from_db()
    assert (row.status, row.return_value) == (TaskResultStatus.SUCCESSFUL, None)
    assert queue.work_off_one("w") is False


def test_of_an_error_kind_and_place_are_kept_without_its_words(caplog):
    row = waiting(fail)
    assert queue.work_off_one("w") is True
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == (TaskResultStatus.FAILED, "builtins.ValueError")
    assert "test_queue.py" in row.traceback
    assert "Visser cannot" not in row.traceback.replace('raise ValueError(f"{name} Visser cannot be found")', "")
    assert str(row.pk) in caplog.text
    assert "Visser" not in caplog.text


@pytest.mark.parametrize(("tries", "status"), [(1, "READY"), (2, "READY"), (3, "FAILED")])
def test_a_task_whose_worker_was_killed_is_taken_up_again_three_times_at_most(tries, status):
    lost = waiting(
        tell, status=TaskResultStatus.RUNNING, started_at=NOW - dt.timedelta(minutes=61), worker_ids=["w"] * tries
    )
    assert jobs.take_up_lost_tasks(at=NOW) == 1
    lost.refresh_from_db()
    assert lost.status == status


def test_a_task_that_runs_is_left_alone():
    waiting(tell, status=TaskResultStatus.RUNNING, started_at=NOW - dt.timedelta(minutes=59), worker_ids=["w"])
    assert jobs.take_up_lost_tasks(at=NOW) == 0


def test_finished_tasks_go_after_a_week():
    week = dt.timedelta(days=7)
    old = waiting(tell, status=TaskResultStatus.SUCCESSFUL, finished_at=NOW - week)
    failed = waiting(tell, status=TaskResultStatus.FAILED, finished_at=NOW - week)
    young = waiting(tell, status=TaskResultStatus.FAILED, finished_at=NOW - week + dt.timedelta(seconds=1))
    ready = waiting(tell)
    assert jobs.prune_tasks(at=NOW) == 2
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {young.pk, ready.pk}
    assert {old.pk, failed.pk}.isdisjoint({young.pk, ready.pk})
