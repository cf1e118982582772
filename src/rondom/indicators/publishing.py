"""What of an indicator may leave the house: its figures through the gate of tables that belong together (`linked`).

A number below the limit is not shown, nor what would give it away: in the same split, in another split of the same
figure, or in the total. Of a share, the part and the rest are counts too: a percentage of 20 persons of whom one has
something tells as much as that one. A median or average is shown when enough rows lie under it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rondom.indicators import disclosure, linked, measuring
from rondom.indicators.declared import Indicator, Made
from rondom.indicators.linked import Closed, Count, Kinds, Split
from rondom.indicators.measuring import Figure, Measured
from rondom.indicators.periods import Period
from rondom.reference import queries as reference

ONE_BY_ONE = (Made.MEDIAN, Made.AVERAGE)  # of these no count is shown


@dataclass(frozen=True)
class Gate:
    """What of one indicator in one period may not be shown, of all its splits together."""

    smallest: int
    closed: Closed = field(default_factory=Closed)

    def hides(self, measured: Measured, each: Figure) -> bool:
        """Tell whether a figure may not be shown."""
        part = each.part or 0
        counts = (each.number,) if each.part is None else (part, each.number - part)
        if any(0 < count < self.smallest for count in counts):
            return True
        return (measured.by, each.group) in self.closed.figures


def gate(
    connection: Any, indicator: Indicator, period: Period, by: Sequence[str] = (), *, smallest: int,
    numbers: Mapping[str, int] | None = None,
) -> Gate:  # fmt: skip
    """Return the gate of an indicator: of the total and all splits that are declared, as pages show them.

    `by` two groupings at once is published besides: it gives way, and leaves the others as they are.
    """
    if indicator.made in ONE_BY_ONE:
        return Gate(smallest)
    splits: list[Sequence[str]] = [(name,) for name in indicator.groups]
    found = measuring.kinds(connection, indicator, period, [*splits, by], numbers=numbers)
    return gate_of(found, tuple(by), smallest=smallest)


def gate_of(kinds: Kinds, by: Split = (), *, smallest: int) -> Gate:
    """Return the gate of tables of these kinds: the total and the single splits together, then `by` if that is two."""
    if len(by) < 2:
        return Gate(smallest, linked.closed(kinds, smallest))
    single: Counter[frozenset[Count]] = Counter()
    for kind, number in kinds.items():
        single[frozenset(count for count in kind if count[0] != by)] += number
    first = linked.closed(single, smallest)
    return Gate(smallest, linked.closed(kinds, smallest, before=first, open_to=by))


def public(measured: Measured, gate: Gate, *, rounding: int = 1) -> Measured:
    """Return the same figures with `value` None, and number 0, where they may not be shown; rounded when asked.

    No figures are left of a split in which nothing may be shown: not even which groups there are.

    rounding  the multiple to which counts are rounded; a percentage is made from the rounded counts
    """
    if measured.by in gate.closed.tables:
        return replace(measured, figures=())
    shown = [
        Figure(each.group, 0, None, None)
        if gate.hides(measured, each)
        else _rounded(measured.indicator.made, each, rounding)
        for each in measured.figures
    ]
    return replace(measured, figures=tuple(shown))


def limits(day: dt.date) -> dict[str, int]:
    """Return the smallest count that may be shown and the rounding that hold everywhere on a day."""
    smallest, rounding = (reference.value(f"disclosure_{name}", on=day).value for name in ("smallest", "rounding"))
    return {"smallest": int(smallest), "rounding": int(rounding)}


def _rounded(made: Made, each: Figure, rounding: int) -> Figure:
    if rounding == 1:
        return each
    number = disclosure.rounded(each.number, rounding)
    if made is Made.SHARE:
        part = disclosure.rounded(each.part or 0, rounding)
        return Figure(each.group, number, part, 100 * part / number if number else None)
    return Figure(each.group, number, None, float(number) if made is Made.NUMBER else each.value)
