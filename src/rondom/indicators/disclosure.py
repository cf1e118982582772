"""The disclosure gate: which counts of a table may be shown. Pure; the one gate before anything is published.

A count from 1 up to the limit is suppressed, and so is whatever would give it away: in a table with printed totals a
single hole can be filled by subtraction. A zero is shown as zero, so a suppressed count is known to be at least 1.

Why it works. In a table with totals every row and every column, the totals included, adds up to zero when totals count
negative. Another table that prints the same differs from it by closed rounds through suppressed cells: +1, -1, +1, ...
A suppressed cell can therefore not be computed back exactly when such a round runs through it on which no count falls
below 1. `_round` finds the cheapest one; what it passes is suppressed too.

Earlier editions of the same table are public already, and a reader may know which cells did not change since. So what
was suppressed once stays suppressed, also when it has become zero (the zero and the change of a total would give the
old count away). A round runs either through cells that were never shown, so that every edition can move along, or
through totals and cells that changed since, so that this edition alone can. Where no round is left, nothing of the
table is shown, not even its zeros: then it says nothing that the earlier editions did not say.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, str]
Node = tuple[str, str]  # ("row" or "column", its name)
A_CELL, A_TOTAL = 1_000, 50_000  # what it costs to suppress one more; its count comes on top


@dataclass(frozen=True)
class Table:
    """Counts by (row, column). `total` is the name of the total row and column; "" when no totals are printed."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]
    total: str = ""


@dataclass(frozen=True)
class Edition:
    """An earlier edition of a table: what was counted then, and which cells were not shown."""

    counts: Mapping[Cell, int]
    suppressed: frozenset[Cell]


def suppressed(table: Table, limit: int, earlier: Sequence[Edition] = ()) -> frozenset[Cell]:
    """Return the cells that must not be shown: those below the limit, and those that would give them away."""
    small = {cell for cell, count in table.counts.items() if 0 < count < limit}
    before = {cell for edition in earlier for cell in edition.suppressed if cell in table.counts}
    hidden = small | before
    return frozenset(_closed(table, hidden, earlier) if table.total else hidden)


def _closed(table: Table, hidden: set[Cell], earlier: Sequence[Edition]) -> set[Cell]:
    """Add what is needed until a round runs through every hidden cell."""
    ways = _movable(table, hidden, earlier)
    waiting = sorted(cell for cell in hidden if not _known(table, cell, earlier))
    while waiting:
        cell = waiting.pop()
        rounds = (_round(table, cell, hidden, least) for least in ways if cell in least)
        found = next((cells for cells in rounds if cells is not None), None)
        if found is None:
            return set(table.counts)
        waiting += sorted(found - hidden)
        hidden = hidden | found
    return hidden


def _known(table: Table, cell: Cell, earlier: Sequence[Edition]) -> bool:
    """Tell whether an earlier edition shows this very count: there is nothing left to protect."""
    return any(cell not in edition.suppressed and edition.counts.get(cell) == table.counts[cell] for edition in earlier)


def _movable(table: Table, hidden: set[Cell], earlier: Sequence[Edition]) -> tuple[dict[Cell, int], ...]:
    """Return the cells a round may pass, with the least they count: once for all editions, once for this one alone."""
    possible = [cell for cell, count in table.counts.items() if count > 0 or cell in hidden]
    always = {
        cell: min([table.counts[cell], *(edition.counts.get(cell, 0) for edition in earlier)])
        for cell in possible
        if all(cell in edition.suppressed for edition in earlier)
    }
    now = {
        cell: table.counts[cell]
        for cell in possible
        if table.total in cell or all(edition.counts.get(cell) != table.counts[cell] for edition in earlier)
    }
    return (always, now) if earlier else (always,)


def _round(table: Table, cell: Cell, hidden: set[Cell], least: Mapping[Cell, int]) -> set[Cell] | None:
    """Return the cheapest closed round through a cell, as the cells it passes; None when there is none."""
    row, column = ("row", cell[0]), ("column", cell[1])
    ways = []
    if _may(table, cell, +1, least):
        ways.append(_path(table, column, row, cell, hidden, least))
    if _may(table, cell, -1, least):
        ways.append(_path(table, row, column, cell, hidden, least))
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: way[0])[1] | {cell} if found else None


def _may(table: Table, cell: Cell, step: int, least: Mapping[Cell, int]) -> bool:
    """Tell whether a step on the round (+1 or -1; for a total the other way round) leaves the count at 1 or more."""
    is_margin = (cell[0] == table.total) != (cell[1] == table.total)
    return (step == -1) == is_margin or least[cell] >= 2


def _path(
    table: Table, start: Node, goal: Node, without: Cell, hidden: set[Cell], least: Mapping[Cell, int]
) -> tuple[int, set[Cell]] | None:
    """Return (cost, cells) of the cheapest path; from a row to a column is +1 on a cell, back is -1."""
    queue: list[tuple[int, int, Node, tuple[Cell, ...]]] = [(0, 0, start, ())]
    done: set[Node] = set()
    number = 0
    while queue:
        cost, _number, node, passed = heapq.heappop(queue)
        if node == goal:
            return cost, set(passed)
        if node in done:
            continue
        done.add(node)
        step = 1 if node[0] == "row" else -1
        for cell, onward in _neighbours(table, node):
            if cell != without and cell in least and onward not in done and _may(table, cell, step, least):
                number += 1
                heapq.heappush(queue, (cost + _cost(table, cell, hidden), number, onward, (*passed, cell)))
    return None


def _neighbours(table: Table, node: Node) -> Iterable[tuple[Cell, Node]]:
    kind, name = node
    if kind == "row":
        return [((name, column), ("column", column)) for column in table.columns]
    return [((row, name), ("row", row)) for row in table.rows]


def _cost(table: Table, cell: Cell, hidden: set[Cell]) -> int:
    if cell in hidden:
        return 0
    return (A_TOTAL if table.total in cell else A_CELL) + table.counts[cell]


def rounded(count: int, to: int) -> int:
    """Round a count to the nearest multiple, halves up; 1 leaves it as it is."""
    return (2 * count + to) // (2 * to) * to if to > 1 else count
