"""The one place that asks the time. Doors call it; actions, rules and queries get the moment as an argument.

A demonstration or a test can stand still on a chosen moment (RONDOM_NOW or `standing_at`).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_standing: ContextVar[dt.datetime | None] = ContextVar("standing", default=None)


def now() -> dt.datetime:
    """Return this moment, aware, in UTC."""
    return _standing.get() or dt.datetime.now(dt.UTC)


def today(at: dt.datetime | None = None) -> dt.date:
    """Return the calendar day in Amsterdam at a moment (default: now)."""
    return (at or now()).astimezone(AMSTERDAM).date()


@contextmanager
def standing_at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand still, for tests and worked examples."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)
