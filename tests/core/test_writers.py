"""Audit records are numbered without gaps, whatever is rolled back and however many threads write."""

import datetime as dt
import threading

import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError

from rondom.core import sealing
from rondom.core.events import look, record
from rondom.core.models import Event, Look
from rondom.core.principals import machine

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
BY = machine("test")


def numbers(model) -> dict:
    found = {}
    for writer, number in model.objects.order_by("number").values_list("writer", "writer_number"):
        found.setdefault(writer, []).append(number)
    return found


def gapless(model) -> bool:
    return all(ns == list(range(1, len(ns) + 1)) for ns in numbers(model).values())


def findings() -> list[str]:
    return [f for chain in sealing.CHAINS for f in sealing.verify(chain).broken]


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_a_rolled_back_event_leaves_no_gap():
    with transaction.atomic():
        record(BY, "test.one", at=AT)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(BY, "test.lost", at=AT)
        _ = 1 / 0
    with transaction.atomic():
        record(BY, "test.two", at=AT)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(BY, "test.lost_in_a_part", at=AT)
            _ = 1 / 0
        record(BY, "test.three", at=AT)
    assert list(Event.objects.order_by("number").values_list("kind", flat=True)) == [
        "test.one", "test.two", "test.three",
    ]  # fmt: skip
    assert gapless(Event)
    assert findings() == []


def test_an_event_outside_a_transaction_is_a_mistake(transactional_db):
    with pytest.raises(TransactionManagementError):
        record(BY, "test.one", at=AT)


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_a_look_that_could_not_be_written_leaves_no_gap(monkeypatch):
    look(BY, "test.seen", at=AT)
    with monkeypatch.context() as patched:
        patched.setattr("rondom.core.events.LookSubject.objects.bulk_create", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look(BY, "test.not_seen", at=AT)
    look(BY, "test.seen", at=AT)
    assert Look.objects.count() == 2
    assert gapless(Look)
    assert findings() == []


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_a_look_cannot_be_undone_by_what_fails_around_it():
    with pytest.raises(RuntimeError), transaction.atomic(using="looks"):
        look(BY, "test.seen", at=AT)


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_threads_write_and_fail_at_the_same_time_without_gaps():
    def work(seed: int) -> None:
        try:
            for turn in range(8):
                look(BY, "test.seen", at=AT)
                with transaction.atomic():
                    record(BY, "test.done", at=AT)
                    if (turn + seed) % 3 == 0:
                        transaction.set_rollback(True)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Look.objects.count() == 32
    assert gapless(Look)
    assert gapless(Event)
    sealing.seal_all(at=AT)
    assert findings() == []
