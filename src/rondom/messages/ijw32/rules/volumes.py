"""How much of an assignment may be claimed, per product period and in all (reference 14.3 to 14.5).

Where the standard gives no formula (frequencies 1, 4 and 6; an assignment without end) the reference marks the
reading that is used here as inferred.
"""

import datetime as dt
from typing import Any

from rondom.messages.knowing import PIECES_OF_OUTPUT

DAILY, WEEKLY, MONTHLY, TOTAL = "1", "2", "4", "6"
MINUTES, HOURS = "01", "04"
DAYS = 7


def fits_period(line: Any, assigned: Any) -> bool:
    """Tell whether a line fits what is assigned for its product period (TR321); without a volume everything does."""
    how_much = assigned.Omvang
    if how_much is None:
        return True
    most = how_much.Volume * times_in(line.ProductPeriode.Begindatum, line.ProductPeriode.Einddatum, assigned)
    return in_unit(line, assigned) <= in_smallest(most, how_much.Eenheid)


def most_in_all(assigned: Any) -> int | None:
    """Return what is assigned in all (TR322), None when nothing bounds it; without an end only a total does."""
    how_much = assigned.Omvang
    if how_much is None:
        return None
    if how_much.Frequentie == TOTAL:
        times = 1
    elif assigned.Einddatum is None:
        return None
    else:
        times = times_in(assigned.Ingangsdatum, assigned.Einddatum, assigned)
    return in_smallest(how_much.Volume * times, how_much.Eenheid)


def in_smallest(volume: int, unit: str) -> int:
    """Return a volume in minutes when the unit is hours, else as it is."""
    return volume * 60 if unit == HOURS else volume


def in_unit(line: Any, assigned: Any) -> int:
    """Return the volume of a line as comparable with its assignment: hours and minutes become minutes."""
    volume: int = line.GeleverdVolume
    return volume * 60 if assigned.Omvang.Eenheid == HOURS and line.Eenheid == HOURS else volume


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
    start, stop = first.toordinal(), last.toordinal()
    if assigned.Omvang.Eenheid not in PIECES_OF_OUTPUT:
        return _week(stop) - _week(start) + 1
    sundays = stop // DAYS - (start - 1) // DAYS
    if assigned.Einddatum is not None and (end := assigned.Einddatum.toordinal()) % DAYS:
        last_sunday = end - end % DAYS
        broken_week = last_sunday if last_sunday >= assigned.Ingangsdatum.toordinal() else end  # no Sunday: inferred
        sundays += start <= broken_week <= stop
    return sundays


def _week(day: int) -> int:
    """Return the week of a day; day 1 of the calendar is a Monday, so the Sundays divide by seven."""
    return (day - 1) // DAYS
