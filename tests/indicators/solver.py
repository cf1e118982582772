"""An attacker with pencil and paper: tries to compute suppressed counts from everything that is published.

Knows the published counts and totals, that a suppressed count is at least 1, and (worse than real) which counts did not
change between two editions. Tries exact elimination, then narrowing of the smallest and largest possible value.
"""

from fractions import Fraction
from itertools import product

Equation = tuple[dict, Fraction]  # coefficients by unknown, and the value


def equations(table, hidden, name=""):
    """Return what a publication says: for every shown count or total, and for every total that can be summed."""
    inner = [(row, column) for row, column in table.counts if table.total not in (row, column)]
    said = []
    for cell, count in table.counts.items():
        row, column = cell
        parts = [c for c in inner if row in (c[0], table.total) and column in (c[1], table.total)]
        if cell not in hidden:
            said.append(({(name, part): Fraction(1) for part in parts}, Fraction(count)))
        elif cell not in inner:
            said.append(({(name, cell): Fraction(-1)} | {(name, part): Fraction(1) for part in parts}, Fraction(0)))
    return said


def determined(said: list[Equation]) -> dict:
    """Return every unknown that elimination fixes, with its value."""
    pivots: dict = {}
    for coefficients, value in said:
        row, right = dict(coefficients), value
        for unknown in list(pivots):
            if row.get(unknown):
                factor = row[unknown]
                other, other_right = pivots[unknown]
                for key, number in other.items():
                    row[key] = row.get(key, Fraction(0)) - factor * number
                right -= factor * other_right
        row = {key: number for key, number in row.items() if number}
        if not row:
            continue
        chosen = next(iter(row))
        scale = row[chosen]
        row, right = {key: number / scale for key, number in row.items()}, right / scale
        for unknown, (other, other_right) in pivots.items():
            if factor := other.get(chosen):
                merged = {
                    key: other.get(key, Fraction(0)) - factor * row.get(key, Fraction(0)) for key in {*other, *row}
                }
                pivots[unknown] = ({k: n for k, n in merged.items() if n}, other_right - factor * right)
        pivots[chosen] = (row, right)
    return {unknown: right for unknown, (row, right) in pivots.items() if len(row) == 1}


def narrowed(table, hidden) -> dict:
    """Return (smallest, largest) of each hidden cell after narrowing; the largest may be None: no bound."""
    low = dict.fromkeys(hidden, 1)
    high: dict = dict.fromkeys(hidden)
    for cell, count in table.counts.items():
        if cell not in hidden:
            low[cell] = high[cell] = count
    lines = [[((row, c), c != table.total) for c in table.columns] for row in table.rows]
    lines += [[((r, column), r != table.total) for r in table.rows] for column in table.columns]
    for _round in range(60):
        for line in lines:
            total = next(cell for cell, part in line if not part)
            parts = [cell for cell, part in line if part]
            least = sum(low[part] for part in parts)
            highs = [high[part] for part in parts]
            low[total] = max(low[total], least)
            if None not in highs:
                high[total] = min(sum(highs), high[total] if high[total] is not None else sum(highs))
            for part in parts:
                if high[total] is not None:
                    most = high[total] - (least - low[part])
                    high[part] = most if high[part] is None else min(high[part], most)
                if all(high[other] is not None for other in parts if other != part):
                    others = sum(high[other] for other in parts if other != part)
                    low[part] = max(low[part], low[total] - others)
    return {cell: (low[cell], high[cell]) for cell in hidden}


def tables_like(table, hidden, reach=1):
    """Yield every table that prints the same, with inner cells at most `reach` away: for small tables only."""
    inner = [cell for cell in table.counts if table.total not in cell]
    free = [cell for cell in inner if cell in hidden]
    for steps in product(range(-reach, reach + 1), repeat=len(free)):
        counts = dict(table.counts)
        for cell, step in zip(free, steps, strict=True):
            row, column = cell
            for place in {cell, (row, table.total), (table.total, column), (table.total, table.total)}:
                counts[place] += step
        if all(counts[cell] >= 1 if cell in hidden else counts[cell] == table.counts[cell] for cell in counts):
            yield counts


def linked_equations(kinds, closed, wanted):
    """Return what tables that are published together say, with how many units there are of each kind as unknowns.

    Each hidden count in `wanted` is an unknown of its own, so that elimination tells whether it is fixed.
    """
    counts = {count for kind in kinds for count in kind}
    said = []
    for count in sorted(counts):
        parts = {kind: Fraction(1) for kind in kinds if count in kind}
        if count[:2] not in closed.figures:
            said.append((parts, Fraction(sum(kinds[kind] for kind in parts))))
        elif count in wanted:
            said.append((parts | {count: Fraction(-1)}, Fraction(0)))
    return said


def worlds_like(kinds, closed, smallest, most=20_000):
    """Yield the counts of every world that prints the same, of the kinds there are; None when there are too many.

    A figure that is listed counts at least 1; a count that is hidden because it is small stays small.
    """
    counts = sorted({count for kind in kinds for count in kind})
    real = {count: sum(number for kind, number in kinds.items() if count in kind) for count in counts}
    shown = [count for count in counts if count[:2] not in closed.figures]
    ordered = list(kinds)
    highest = max(real.values(), default=0) + 1
    tried = 0

    def fill(place, left, numbers):
        nonlocal tried
        tried += 1
        if tried > most:
            return
        if place == len(ordered):
            if not any(left.values()):
                yield numbers
            return
        here = [count for count in shown if count in ordered[place]]
        for number in range(min([left[count] for count in here], default=highest) + 1):
            after = dict(left)
            for count in here:
                after[count] -= number
            yield from fill(place + 1, after, [*numbers, number])

    found = []
    for numbers in fill(0, {count: real[count] for count in shown}, []):
        world = {
            count: sum(n for kind, n in zip(ordered, numbers, strict=True) if count in kind) for count in counts
        }  # fmt: skip
        listed = {count[:2] for count in counts if count[0] not in closed.tables}
        if any(sum(world[count] for count in counts if count[:2] == figure) < 1 for figure in listed):
            continue
        small = [count for count in counts if 0 < real[count] < smallest and count[0] not in closed.tables]
        if all(0 < world[count] < smallest for count in small):
            found.append(world)
    return None if tried > most else found
