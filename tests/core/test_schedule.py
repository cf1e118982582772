"""Scheduled work runs when due, once, and one job that fails keeps no other from running."""

import datetime as dt

import pytest

from rondom.core import schedule
from rondom.core.models import ScheduledRun
from rondom.core.registry import Registry
from rondom.core.schedule import Job

TEN = dt.timedelta(seconds=10)
EVENING = dt.datetime(2026, 11, 24, 21, 0, tzinfo=dt.UTC)  # 22.00 in Amsterdam


@pytest.fixture
def done(monkeypatch):
    """An empty schedule; jobs write their moments here."""
    monkeypatch.setattr(schedule, "SCHEDULE", Registry("schedule"))
    return []


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (EVENING - dt.timedelta(seconds=9), False),
        (EVENING - dt.timedelta(seconds=10), True),
        (EVENING - dt.timedelta(days=3), True),
    ],
)
def test_work_with_an_interval(last, due):
    assert Job(print, interval=TEN).is_due(last, EVENING) is due


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-24 21:00", True),
        ("2026-11-24 01:31", "2026-11-24 21:00", False),  # ran this night at 2.31 in Amsterdam
        ("2026-11-24 01:29", "2026-11-24 21:00", True),  # ran at 2.29: before the moment of this night
        ("2026-11-24 01:31", "2026-11-25 01:29", False),
        ("2026-11-24 01:31", "2026-11-25 01:30", True),
        ("2026-07-24 00:29", "2026-07-24 00:30", True),  # summer time: 2.30 is 0.30 UTC
        ("2026-10-24 12:00", "2026-10-25 00:30", True),  # the night the clock goes back
    ],
)
def test_nightly_work(last, now, due):
    def moment(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)

    assert Job(print, time=dt.time(2, 30)).is_due(moment(last) if last else None, moment(now)) is due


@pytest.mark.django_db
def test_work_runs_when_due_and_not_again(done):
    schedule.every("test.work", TEN, lambda *, at: done.append(at))
    assert schedule.run_due(at=EVENING) == ["test.work"]
    assert schedule.run_due(at=EVENING + TEN / 2) == []
    assert schedule.run_due(at=EVENING + TEN) == ["test.work"]
    assert done == [EVENING, EVENING + TEN]
    row = ScheduledRun.objects.get(name="test.work")
    assert (row.started_at, row.result) == (EVENING + TEN, "done")
    assert row.finished_at is not None


@pytest.mark.django_db
def test_of_two_workers_that_read_the_same_row_one_gets_the_job(done):
    schedule.every("test.work", TEN, lambda *, at: done.append(at))
    schedule.run_due(at=EVENING)
    job, seen = schedule.SCHEDULE["test.work"], ScheduledRun.objects.get(name="test.work")
    later = EVENING + TEN
    assert [schedule._take("test.work", job, seen, later), schedule._take("test.work", job, seen, later)] == [
        True,
        False,
    ]


@pytest.mark.django_db
def test_a_job_that_never_ran_is_taken_once(done):
    job = Job(print, interval=TEN)
    assert [schedule._take("test.work", job, None, EVENING), schedule._take("test.work", job, None, EVENING)] == [
        True,
        False,
    ]


@pytest.mark.django_db
def test_a_job_still_running_elsewhere_is_left_alone_until_its_lease_ends(done):
    schedule.every("test.work", TEN, lambda *, at: done.append(at))
    ScheduledRun.objects.create(name="test.work", started_at=EVENING)
    assert schedule.run_due(at=EVENING + dt.timedelta(seconds=60)) == []
    assert schedule.run_due(at=EVENING + dt.timedelta(seconds=121)) == ["test.work"]


@pytest.mark.django_db
def test_a_job_that_fails_is_named_without_its_words_and_stops_no_other(done, caplog):
    def fail(*, at):
        raise LookupError("Mirjam Visser")

    schedule.every("test.first", TEN, fail)
    schedule.every("test.second", TEN, lambda *, at: done.append(at))
    assert schedule.run_due(at=EVENING) == ["test.first", "test.second"]
    assert ScheduledRun.objects.get(name="test.first").result == "LookupError"
    assert "test.first failed: LookupError" in caplog.text
    assert "Visser" not in caplog.text
    assert done == [EVENING]
