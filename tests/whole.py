"""The cast with the chapters that only a demonstration tells, for tests that import this fixture in place of `cast`."""

import pytest

from rondom.core import clock
from tests.snapshot import cast_at


@pytest.fixture
def cast(db, at):
    """The whole cast at the moment of the test, with the clock standing still."""
    with clock.standing_at(at):
        yield cast_at(at, whole=True)
