"""What every test can use: the fixed cast at a fixed moment."""

import datetime as dt
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import TransactionTestCase

from rondom.core import clock, events, guards
from tests.snapshot import cast_at

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)  # a Tuesday, 10.30 in Amsterdam


_empty_databases = TransactionTestCase._fixture_teardown


def _lift_guards_and_empty(self) -> None:
    """A test that really commits leaves rows behind; only here may the guards be lifted to take them away."""
    names = self._databases_names(include_mirrors=False)
    with ExitStack() as stack:
        for using in names:
            stack.enter_context(guards.lifted(using))
        _empty_databases(self)
    events.begin_anew()
    for connection in (connections[using] for using in names):
        if connection.vendor == "sqlite":  # as if no number was given out: the audit looks at this
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM sqlite_sequence")


TransactionTestCase._fixture_teardown = _lift_guards_and_empty


@pytest.fixture
def at() -> dt.datetime:
    """The moment of every test."""
    return NOW


@pytest.fixture
def cast(db: None, at: dt.datetime):
    """The cast as it is at the moment of the test, with the clock standing still."""
    with clock.standing_at(at):
        yield cast_at(at)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever meets the cast works with both stores: parts of its story are looks."""
    for item in items:
        if "cast" in getattr(item, "fixturenames", ()):
            own = item.get_closest_marker("django_db")
            kwargs = {**(own.kwargs if own else {}), "databases": ["default", "looks"]}
            item.add_marker(pytest.mark.django_db(**kwargs), append=False)
