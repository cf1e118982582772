"""How much an order comes to at most over its whole period: pure (iJw IV076, IV077, IV078; frequencies of WMO757).

Effort-based help per week counts the weeks of the calendar (Monday first) that share a day with the period;
output-based help counts Sundays, and the last broken week as one. Per month: months that share a day with the period.
"""

import datetime as dt

from rondom.allocations.enums import Frequency
from rondom.law.money import euros
from rondom.providers.enums import EURO_UNIT

WEEK, SUNDAY = 7, 6


def in_words(volume: int | None, budget: int | None, unit: str) -> str:
    """Return how much was ordered without its unit: "60", or money as "9.750,00 euro"; "" when nothing was said."""
    if budget is not None:
        return euros(budget)
    if volume is None:
        return ""
    return euros(volume) if unit == EURO_UNIT else str(volume)


def at_most(
    volume: int | None, frequency: str, starts: dt.date, ends: dt.date | None, *, output: bool = False
) -> int | None:
    """Return the largest volume of the whole period; None when no volume or no end was agreed."""
    if volume is None:
        return None
    if frequency == Frequency.TOTAL:
        return volume
    if ends is None:
        return None
    last = ends - dt.timedelta(days=1)
    times = {
        Frequency.DAY: (ends - starts).days,
        Frequency.WEEK: _sundays(starts, last) if output else _weeks(starts, last),
        Frequency.MONTH: (last.year - starts.year) * 12 + last.month - starts.month + 1,
    }
    return volume * times[Frequency(frequency)]


def _weeks(first: dt.date, last: dt.date) -> int:
    monday = first - dt.timedelta(days=first.weekday())
    return (last - monday).days // WEEK + 1


def _sundays(first: dt.date, last: dt.date) -> int:
    to_sunday = (SUNDAY - first.weekday()) % WEEK
    days = (last - first).days - to_sunday
    whole = days // WEEK + 1 if days >= 0 else 0
    return whole + (last.weekday() != SUNDAY)
