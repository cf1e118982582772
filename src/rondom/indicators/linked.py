"""Tables that are published together: no small count of one may be computed from all the others. Pure.

Every unit (a row, a person) is counted in some cells of some tables. Units that are counted in the same cells are of
one *kind*; every published count is a sum over kinds, so the tables of one figure are one linear system with the kinds
as unknowns. Who attacks it may know everything but the numbers: which kinds there are, what is published and what is
not, and the limit below which a count is not shown.

A count that is not shown is safe when there is a *witness*: another number of units per kind that prints exactly the
same, in which that count is another. A witness is a real other world, so nothing that is published tells the two apart.
Where one is missing, one more figure is not shown, the smallest that helps; when none does, more of the table, then its
rows, then other tables, and at last the total. What is hidden for the sake of another may itself be computed: it is
large.

Witnesses are looked for among moves of one unit between kinds that differ in nothing that is shown, then among a basis
of the moves that change no shown count (exact elimination). One is found when such a move, forth or back, is possible;
so it may be missed, and then more is hidden than needed, never less.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

Split = tuple[str, ...]  # by what a table is split; () is the total
Figure = tuple[Split, tuple[str, ...]]  # a table and a group of it
Count = tuple[Split, tuple[str, ...], str]  # a figure, and which of its counts: a share has two
Kinds = Mapping[frozenset[Count], int]
Row = dict[int, int | Fraction]

NUMBER, PART, REST = "number", "part", "rest"
TOTAL: Figure = ((), ())
MOST_KINDS, MOST_ELIMINATED, MOST_TRIED = 4_000, 200, 8  # more only make it slower: what is left out never moves


@dataclass(frozen=True)
class Closed:
    """What is not shown: figures, and tables of which not even the rows are."""

    figures: frozenset[Figure] = frozenset()
    tables: frozenset[Split] = frozenset()


def figure_of(count: Count) -> Figure:
    """Return the figure a count belongs to."""
    return count[:2]


def closed(kinds: Kinds, smallest: int, *, before: Closed | None = None, open_to: Split | None = None) -> Closed:
    """Return what of these tables may not be shown, so that no count of 1 up to `smallest` can be computed.

    before   what is not shown already: of tables that are published, or of this one
    open_to  the one table of which more may be hidden, beside those that are published already
    """
    system = _System.of(kinds, smallest)
    state = before or Closed()
    small = {figure_of(count) for count in system.small}
    if open_to is not None:
        small = {figure for figure in small if figure[0] == open_to}
    state = replace(state, figures=state.figures | small)
    while weak := system.weak(state, system.small):
        weakest = min(weak, key=lambda count: (system.counts[count], count))
        further = system.mildest(state, weakest, open_to)
        if further is None:
            break  # nothing of this table is shown any more; what is published already stands as it is
        state = further
    return state


@dataclass(frozen=True)
class _System:
    """The kinds with how many units they have, and the counts they add up to."""

    kinds: tuple[frozenset[Count], ...]
    numbers: tuple[int, ...]
    counts: Mapping[Count, int]
    smallest: int

    @classmethod
    def of(cls, kinds: Kinds, smallest: int) -> "_System":
        counts: Counter[Count] = Counter()
        for kind, number in kinds.items():
            for count in kind:
                counts[count] += number
        small = {count for count, number in counts.items() if 0 < number < smallest}
        found = [(kind, number) for kind, number in kinds.items() if number]
        found.sort(key=lambda each: (small.isdisjoint(each[0]), -each[1], sorted(each[0])))
        taken = sorted(found[:MOST_KINDS], key=lambda each: -each[1])
        return cls(tuple(kind for kind, _number in taken), tuple(number for _kind, number in taken), counts, smallest)

    @cached_property
    def small(self) -> set[Count]:
        """The counts that may not be known."""
        return {count for count, number in self.counts.items() if 0 < number < self.smallest}

    def weak(self, state: Closed, wanted: Collection[Count]) -> set[Count]:
        """Return which of these counts have no witness."""
        waiting = set(wanted)
        alike: dict[frozenset[Count], list[int]] = defaultdict(list)
        for place, kind in enumerate(self.kinds):
            alike[frozenset(count for count in kind if figure_of(count) not in state.figures)].append(place)
        for same in alike.values():
            self._moved(({same[0]: -1, other: 1} for other in same[1:]), state, waiting)
        if waiting:
            first = sorted(alike, key=lambda shown: waiting.isdisjoint(self.kinds[alike[shown][0]]))[:MOST_ELIMINATED]
            first.sort(key=lambda shown: alike[shown][0])
            self._moved(_moves([(alike[shown][0], shown) for shown in first]), state, waiting)
        return waiting

    def _moved(self, moves: Iterable[Mapping[int, int]], state: Closed, waiting: set[Count]) -> None:
        """Take from what waits every count that one of these moves is a witness for."""
        for move in moves:
            if not waiting:
                return
            changed = self._changed(move)
            if waiting & changed.keys() and self._possible(move, changed, state):
                waiting.difference_update(changed)

    def mildest(self, state: Closed, weakest: Count, only: Split | None) -> Closed | None:
        """Return what is hidden further to give a count a witness: the mildest that does, else a first step; or None.

        Mildest is one figure, of the same table before another, the smallest first, that has a witness itself.
        """
        table = weakest[0] if only is None else only
        shown: Counter[Figure] = Counter()
        for count, number in self.counts.items():
            if figure_of(count) not in state.figures and figure_of(count) != TOTAL:
                shown[figure_of(count)] += number
        order = sorted(
            (one for one, number in shown.items() if number), key=lambda one: (one[0] != table, shown[one], one)
        )
        figures = [figure for figure in order if only is None or figure[0] == table]
        gives = None
        for figure in figures[:MOST_TRIED]:
            each = self._without(state, figure)
            own_counts = {count for count, number in self.counts.items() if number and figure_of(count) == figure}
            weak = self.weak(each, {weakest, *own_counts})
            if not weak:
                return each
            if gives is None and weakest not in weak:
                gives = each
        return gives or next(self._steps(state, table, figures, everything=only is None), None)

    def _steps(
        self, state: Closed, table: Split, figures: Sequence[Figure], *, everything: bool
    ) -> Iterator[Closed]:  # fmt: skip
        """Yield steps further, the mildest first: a figure of the table, its rows, other tables, the total."""
        tables = sorted({count[0] for count in self.counts} - state.tables - {TOTAL[0]})
        yield from (self._without(state, figure) for figure in figures if figure[0] == table)
        yield from (self._without_rows(state, one) for one in tables if one == table)
        yield from (self._without(state, figure) for figure in figures if figure[0] != table)
        if everything:
            yield from (self._without_rows(state, one) for one in tables if one != table)
            if TOTAL not in state.figures:
                yield self._without(state, TOTAL)

    def _without(self, state: Closed, figure: Figure) -> Closed:
        return replace(state, figures=state.figures | {figure})

    def _without_rows(self, state: Closed, table: Split) -> Closed:
        own = {figure_of(count) for count in self.counts if count[0] == table}
        return Closed(state.figures | own, state.tables | {table})

    def _changed(self, move: Mapping[int, int]) -> dict[Count, int]:
        """Return the counts a move changes, and by how much."""
        changed: Counter[Count] = Counter()
        for place, step in move.items():
            for count in self.kinds[place]:
                changed[count] += step
        return {count: step for count, step in changed.items() if step}

    def _possible(self, move: Mapping[int, int], changed: Mapping[Count, int], state: Closed) -> bool:
        """Tell whether a move, forth or back, gives a world that prints the same."""
        return any(
            all(self.numbers[place] + way * step >= 0 for place, step in move.items())
            and self._prints_the_same(changed, way, state)
            for way in (1, -1)
        )

    def _prints_the_same(self, changed: Mapping[Count, int], way: int, state: Closed) -> bool:
        """A figure that is listed counts at least 1; a count that is too small to be shown stays so."""
        listed: Counter[Figure] = Counter()
        for count, step in changed.items():
            number = self.counts[count] + way * step
            if count[0] in state.tables:
                if number < 0:
                    return False
                continue
            if 0 < self.counts[count] < self.smallest and not 0 < number < self.smallest:
                return False
            listed[figure_of(count)] += way * step
        whole: Counter[Figure] = Counter()
        for which in {figure for figure, step in listed.items() if step < 0}:
            whole[which] = sum(self.counts.get((*which, part), 0) for part in (NUMBER, PART, REST))
        return all(whole[figure] + listed[figure] >= 1 for figure in whole)


def _moves(kinds: Collection[tuple[int, frozenset[Count]]]) -> Iterator[dict[int, int]]:
    """Yield a basis of the moves of units between kinds (place of a kind -> how many more) that change no shown count.

    Of each kind its place and the counts of it that are shown. Exact elimination, kind by kind: what is left of a kind
    after those before it either is new, or nothing; then the way there is such a move. Rare counts go first, so that
    little is left to do.
    """
    often = Counter(count for _place, shown in kinds for count in shown)
    order = {count: number for number, count in enumerate(sorted(often, key=lambda count: (often[count], count)))}
    known: dict[int, tuple[Row, Row]] = {}
    for place, shown in kinds:
        left: Row = {order[count]: 1 for count in shown}
        way: Row = {place: 1}
        while left:
            first = min(left)
            if first not in known:
                leading = left[first]  # stored so that it leads with 1
                known[first] = _times(left, leading), _times(way, leading)
                break
            times, (other, its_way) = left[first], known[first]
            _take(left, other, times)
            _take(way, its_way, times)
        else:
            whole = lcm(*(Fraction(step).denominator for step in way.values()))
            yield {one: int(step * whole) for one, step in way.items()}


def _times(row: Row, leading: int | Fraction) -> Row:
    """Return a row divided by its leading number; whole numbers stay whole where they can."""
    if leading in (1, -1):
        return {key: number * leading for key, number in row.items()}
    return {key: Fraction(number) / leading for key, number in row.items()}


def _take(row: Row, other: Row, times: int | Fraction) -> None:
    """Take another row so many times from a row, and leave out what becomes nought."""
    for key, number in other.items():
        found = row.get(key, 0) - times * number
        if found:
            row[key] = found
        else:
            del row[key]


def kinds_of(units: Iterable[tuple[frozenset[Count], int]]) -> Kinds:
    """Return how many units there are of each kind."""
    found: Counter[frozenset[Count]] = Counter()
    for kind, number in units:
        found[kind] += number
    return found
