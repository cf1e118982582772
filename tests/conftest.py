"""What every test can use: the fixed cast at a fixed moment."""

import datetime as dt
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from rondom.core import clock, events, guards
from tests.snapshot import cast_at

# Everywhere and always the same examples, however slow the machine; `--hypothesis-profile wander` looks for new ones.
hypothesis.settings.register_profile("rondom", deadline=None, derandomize=True)
hypothesis.settings.register_profile("wander", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("rondom")

FAULTS = Path(__file__).parent / "faults"
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


NEEDS_A_DATABASE = {"cast", "db", "transactional_db"}  # pytest-django gives its other fixtures to every test


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say what a test needs: both stores for the cast, real processes for faults, and this engine or none."""
    for item in items:
        if "cast" in getattr(item, "fixturenames", ()):  # parts of its story are looks
            own = item.get_closest_marker("django_db")
            kwargs = {**(own.kwargs if own else {}), "databases": ["default", "looks"]}
            item.add_marker(pytest.mark.django_db(**kwargs), append=False)
        if item.path.is_relative_to(FAULTS):
            item.add_marker(pytest.mark.fault)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        _leave_out_what_needs_no_database(config, items)


def _leave_out_what_needs_no_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What knows no database was tested in the first stage; the second engine changes nothing about it."""
    needs = [item for item in items if item.get_closest_marker("django_db") or _uses_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(needs)])
    items[:] = needs


def _uses_a_database(item: pytest.Item) -> bool:
    return bool(NEEDS_A_DATABASE.intersection(getattr(item, "fixturenames", ())))
