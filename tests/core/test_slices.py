"""Long work goes in short transactions, each whole or not at all."""

import time

import pytest
from django.db import connection, transaction

from rondom.core import slices
from rondom.core.clock import now
from rondom.core.ids import new_id
from rondom.core.models import OnceKey


def keep(item):
    OnceKey.objects.create(key=new_id(), owner=new_id(), address=str(item), used_at=now())
    if item == 5:
        raise ValueError(item)


def kept():
    return sorted(int(address) for address in OnceKey.objects.values_list("address", flat=True))


@pytest.mark.django_db(transaction=True)
def test_items_share_a_transaction_until_its_time_is_over(monkeypatch):
    breaths = []
    clock = iter(range(100))  # every look at the clock is a second later
    monkeypatch.setattr(slices, "LONGEST", 1.5)
    monkeypatch.setattr(slices.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(slices, "breathe", lambda using: breaths.append(kept()))
    with pytest.raises(ValueError, match="5"):
        slices.in_slices(range(9), keep)
    assert breaths == [[0, 1], [0, 1, 2, 3]]
    assert kept() == [0, 1, 2, 3]  # the slice of 4 and 5 is undone, what came before is not


@pytest.mark.django_db(transaction=True)
def test_others_get_their_turn_on_sqlite_and_never_within_a_transaction(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    slices.breathe()
    with transaction.atomic():
        slices.breathe()
    assert slept == ([slices.BREATH] if connection.vendor == "sqlite" else [])
