"""How much of an assignment may be claimed, per product period and in all (reference 14.3 to 14.5).

Where the standard gives no formula (frequencies 1, 4 and 6; an assignment without end) the reference marks the
reading that is used here as inferred.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rondom.messages.knowing import PIECES_OF_OUTPUT

DAILY, WEEKLY, MONTHLY, TOTAL = "1", "2", "4", "6"
MINUTES, HOURS = "01", "04"
ONE_DAY = dt.timedelta(days=1)
SUNDAY = 7


def fits_period(line: Any, assigned: Any) -> bool:
    """Tell whether a line fits what is assigned for its product period (TR321); without a volume everything does."""
    how_much = assigned.Omvang
    if how_much is None:
        return True
    most = how_much.Volume * times_in(line.ProductPeriode.Begindatum, line.ProductPeriode.Einddatum, assigned)
    return in_unit(line, how_much.Eenheid) <= in_smallest(most, how_much.Eenheid)


def fits_assignment(lines: Sequence[Any], assigned: Any) -> bool:
    """Tell whether lines together fit what is assigned in all (TR322); without an end only a total is bounded."""
    how_much = assigned.Omvang
    if how_much is None:
        return True
    if how_much.Frequentie == TOTAL:
        most = how_much.Volume
    elif assigned.Einddatum is None:
        return True
    else:
        most = how_much.Volume * times_in(assigned.Ingangsdatum, assigned.Einddatum, assigned)
    return sum(in_unit(line, how_much.Eenheid) for line in lines) <= in_smallest(most, how_much.Eenheid)


def fits_budget(lines: Sequence[Any], assigned: Any) -> bool:
    """Tell whether the amounts of lines together fit the budget (TR369)."""
    return assigned.Budget is None or sum(line.IngediendBedrag.Bedrag for line in lines) <= assigned.Budget


def in_smallest(volume: int, unit: str) -> int:
    """Return a volume in minutes when the unit is hours, else as it is."""
    return volume * 60 if unit == HOURS else volume


def in_unit(line: Any, unit: str) -> int:
    """Return the volume of a line as comparable with an assignment in a unit: hours and minutes become minutes."""
    volume: int = line.GeleverdVolume
    return volume * 60 if unit == HOURS and line.Eenheid == HOURS else volume


def times_in(first: dt.date, last: dt.date, assigned: Any) -> int:
    """Return how many times the volume may be delivered in a period (reference 14.4); both days belong to it."""
    frequency = assigned.Omvang.Frequentie
    if frequency == DAILY:
        return (last - first).days + 1
    if frequency == MONTHLY:
        return (last.year - first.year) * 12 + last.month - first.month + 1
    if frequency == WEEKLY:
        return weeks_in(first, last, assigned)
    return 1


def weeks_in(first: dt.date, last: dt.date, assigned: Any) -> int:
    """Return the weeks of a period: for effort those it touches, for output its Sundays and the last broken week."""
    if assigned.Omvang.Eenheid not in PIECES_OF_OUTPUT:
        return (_monday(last) - _monday(first)).days // 7 + 1
    sundays = ((last - first).days + first.isoweekday()) // 7
    end = assigned.Einddatum
    if end is not None and end.isoweekday() != SUNDAY:
        last_sunday = end - ONE_DAY * end.isoweekday()
        broken_week = last_sunday if last_sunday >= assigned.Ingangsdatum else end  # no Sunday at all: inferred
        sundays += first <= broken_week <= last
    return sundays


def _monday(day: dt.date) -> dt.date:
    return day - ONE_DAY * (day.isoweekday() - 1)
