"""What of an indicator may leave the house: its figures through the one gate (`indicators.disclosure`).

A number below the limit is not shown, nor what would give it away. Of a share, the part and the rest are counts too:
a percentage of 20 persons of whom one has something tells as much as that one. A median or average is shown when enough
rows lie under it.
"""

import datetime as dt
from dataclasses import replace

from rondom.indicators import disclosure
from rondom.indicators.declared import Made
from rondom.indicators.measuring import Figure, Measured
from rondom.reference import queries as reference

TOTAL, PART, REST = " total", " part", " rest"  # no group is called so


def public(measured: Measured, *, smallest: int, rounding: int = 1) -> Measured:
    """Return the same figures with `value` None, and number 0, where they may not be shown; rounded when asked.

    smallest  the smallest count that may be shown
    rounding  the multiple to which counts are rounded; a percentage is made from the rounded counts
    """
    hidden = _hidden(measured, smallest)
    shown = [
        Figure(each.group, 0, None, None) if each.group in hidden else _rounded(measured.indicator.made, each, rounding)
        for each in measured.figures
    ]
    return replace(measured, figures=tuple(shown))


def limits(day: dt.date) -> dict[str, int]:
    """Return the smallest count and the rounding that hold everywhere on a day, as `public` takes them."""
    smallest, rounding = (reference.value(f"disclosure_{name}", on=day).value for name in ("smallest", "rounding"))
    return {"smallest": int(smallest), "rounding": int(rounding)}


def _hidden(measured: Measured, smallest: int) -> set[tuple[str, ...]]:
    """Return the groups that are not shown. A total is published without any split too, so it counts as known."""
    made, figures = measured.indicator.made, measured.figures
    if made in (Made.MEDIAN, Made.AVERAGE):
        return {each.group for each in figures if each.number < smallest}
    if made is Made.NUMBER and len(measured.by) != 2:
        return _of_one_row({each.group: each.number for each in figures}, smallest)
    cells: dict[tuple[str, ...], tuple[tuple[str, str, int], ...]]
    if made is Made.NUMBER:
        cells = {each.group: ((each.group[0], each.group[1], each.number),) for each in figures}
    else:
        cells = {each.group: _parts(" / ".join(each.group), each) for each in figures}
    gone = _gone({(row, column): count for each in cells.values() for row, column, count in each}, smallest)
    if any(TOTAL in cell for cell in gone) and measured.by:
        return {each.group for each in figures if each.number}
    return {group for group, each in cells.items() if any((row, column) in gone for row, column, _count in each)}


def _of_one_row(counts: dict[tuple[str, ...], int], smallest: int) -> set[tuple[str, ...]]:
    """Return what is hidden of counts of which the sum is known, when what is hidden is known to be at least 1.

    It can be computed back when it is one count alone, or when what is left of the sum is 1 for each of them.
    """
    hidden = {group for group, count in counts.items() if 0 < count < smallest}
    others = sorted((group for group, count in counts.items() if count >= smallest), key=lambda group: counts[group])
    while hidden and others and (len(hidden) == 1 or sum(counts[group] for group in hidden) == len(hidden)):
        hidden.add(others.pop(0))
    return hidden


def _parts(name: str, each: Figure) -> tuple[tuple[str, str, int], ...]:
    part = each.part or 0
    return (name, PART, part), (name, REST, each.number - part)


def _gone(counts: dict[disclosure.Cell, int], smallest: int) -> frozenset[disclosure.Cell]:
    """Ask the gate about a table with its totals, as if they were printed: who knows the total gets no cell back."""
    rows, columns = (tuple(dict.fromkeys(cell[place] for cell in counts)) for place in (0, 1))
    whole = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    whole |= {(row, TOTAL): sum(whole[row, column] for column in columns) for row in rows}
    whole |= {(TOTAL, column): sum(whole[row, column] for row in rows) for column in [*columns, TOTAL]}
    return disclosure.suppressed(disclosure.Table((*rows, TOTAL), (*columns, TOTAL), whole, TOTAL), smallest)


def _rounded(made: Made, each: Figure, rounding: int) -> Figure:
    if rounding == 1:
        return each
    number = disclosure.rounded(each.number, rounding)
    if made is Made.SHARE:
        part = disclosure.rounded(each.part or 0, rounding)
        return Figure(each.group, number, part, 100 * part / number if number else None)
    return Figure(each.group, number, None, float(number) if made is Made.NUMBER else each.value)
