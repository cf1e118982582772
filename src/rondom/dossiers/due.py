"""When a clock for a whole day becomes late. How far off it is, is said by `core.words.clock_words(clock.due, at)`."""

import datetime as dt

from rondom.core import clock


def end_of(day: dt.date) -> dt.datetime:
    """Return the first moment after a day in Amsterdam: the moment a clock for that day becomes late."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), clock.AMSTERDAM)
