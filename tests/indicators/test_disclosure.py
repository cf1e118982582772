"""The gate: nothing small is shown, and a solver cannot compute it back, also with the previous edition beside it."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rondom.indicators.disclosure import Edition, Table, rounded, suppressed
from tests.indicators import solver

LIMIT = 5
TOTAL = "totaal"


def made(rows: list[list[int]]) -> Table:
    """Return a table with totals."""
    names = [f"r{n}" for n in range(len(rows))], [f"c{n}" for n in range(len(rows[0]))]
    counts = {(r, c): rows[i][j] for i, r in enumerate(names[0]) for j, c in enumerate(names[1])}
    counts |= {(r, TOTAL): sum(rows[i]) for i, r in enumerate(names[0])}
    counts |= {(TOTAL, c): sum(row[j] for row in rows) for j, c in enumerate(names[1])}
    counts[TOTAL, TOTAL] = sum(map(sum, rows))
    return Table((*names[0], TOTAL), (*names[1], TOTAL), counts, TOTAL)


def grids(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    number = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


def test_a_single_small_count_takes_others_along_so_that_no_subtraction_fills_it():
    table = made([[1, 20, 30], [40, 50, 60], [70, 80, 90]])
    hidden = suppressed(table, LIMIT)
    assert ("r0", "c0") in hidden
    assert len(hidden) == 4
    assert not any(TOTAL in cell for cell in hidden)


def test_a_zero_is_shown_and_a_large_table_is_shown_whole():
    table = made([[0, 20], [30, 0]])
    assert suppressed(table, LIMIT) == frozenset()


def test_one_youth_in_the_whole_table_is_hidden_with_every_total():
    table = made([[1, 0], [0, 0]])
    assert suppressed(table, LIMIT) == {("r0", "c0"), ("r0", TOTAL), (TOTAL, "c0"), (TOTAL, TOTAL)}


def test_without_printed_totals_only_what_is_small_is_hidden():
    counts = {("a", "x"): 3, ("a", "y"): 5, ("b", "x"): 0, ("b", "y"): 4}
    table = Table(("a", "b"), ("x", "y"), counts)
    assert suppressed(table, LIMIT) == {("a", "x"), ("b", "y")}


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(grid=st.integers(2, 3).flatmap(lambda rows: grids(rows, 2)))
def test_every_hidden_count_of_a_small_table_could_be_another_one(grid):
    table = made(grid)
    hidden = suppressed(table, LIMIT)
    assert all(not 0 < count < LIMIT for cell, count in table.counts.items() if cell not in hidden)
    others = list(solver.tables_like(table, hidden))
    for cell in hidden:
        assert len({counts[cell] for counts in others}) > 1, cell


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(grid=grids(4, 7))
def test_a_solver_computes_no_hidden_count_back(grid):
    table = made(grid)
    hidden = suppressed(table, LIMIT)
    found = solver.determined(solver.equations(table, hidden))
    assert not {cell for _name, cell in found} & hidden
    for cell, (low, high) in solver.narrowed(table, hidden).items():
        assert low <= table.counts[cell]
        assert high is None or low < high, cell


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    grid=grids(3, 3), changes=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-3, 3)), max_size=3)
)
def test_the_previous_edition_does_not_help_the_solver(grid, changes):
    first = made(grid)
    for row, column, step in changes:
        grid[row][column] = max(0, grid[row][column] + step)
    second = made(grid)
    before = suppressed(first, LIMIT)
    hidden = suppressed(second, LIMIT, [Edition(first.counts, before)])
    assert before <= hidden
    said = solver.equations(first, before, "first") + solver.equations(second, hidden, "second")
    for cell, count in first.counts.items():
        if TOTAL not in cell and second.counts[cell] == count:
            said.append(({("first", cell): Fraction(1), ("second", cell): Fraction(-1)}, Fraction(0)))
    found = solver.determined(said)
    for edition, kept in (("first", before), ("second", hidden)):
        lost = {cell for name, cell in found if name == edition} & kept
        lost = {cell for cell in lost if second.counts[cell] > 0}  # a zero is told as a zero
        lost -= {cell for cell in second.counts if cell not in before and first.counts[cell] == second.counts[cell]}
        assert not lost, (edition, lost)
    assert_not_narrowed(first, before, second, hidden)


def assert_not_narrowed(first, before, second, hidden):
    """A cell that was shown and did not change is known; what is left must leave more than one possible value."""
    same = {cell for cell in hidden - before if TOTAL not in cell and first.counts[cell] == second.counts[cell]}
    unknown = hidden - same
    if not all(second.counts[cell] for cell in unknown):
        return  # whoever takes a hidden zero for 1 or more finds nothing true
    public = {cell for cell in unknown - before if first.counts[cell] == second.counts[cell]}
    for cell, (low, high) in solver.narrowed(second, unknown).items():
        assert cell in public or high is None or low < high, cell


def test_a_count_that_can_only_be_one_after_a_correction_is_not_protected_by_what_was_shown_before():
    first = made([[2, 2, 50], [2, 2, 60], [70, 80, 90]])
    second = made([[1, 2, 50], [1, 2, 60], [70, 80, 90]])
    before = suppressed(first, LIMIT)
    assert before == {(row, column) for row in ("r0", "r1") for column in ("c0", "c1")}
    assert_not_narrowed(first, before, second, suppressed(second, LIMIT, [Edition(first.counts, before)]))


@settings(max_examples=30, deadline=None)
@given(grid=grids(3, 3))
def test_the_same_figures_again_are_published_the_same(grid):
    table = made(grid)
    hidden = suppressed(table, LIMIT)
    assume(hidden)
    assert suppressed(table, LIMIT, [Edition(table.counts, hidden)]) == hidden


@pytest.mark.parametrize(("count", "to", "result"), [(7, 1, 7), (7, 5, 5), (8, 5, 10), (0, 5, 0), (25, 10, 30)])
def test_rounding(count, to, result):
    assert rounded(count, to) == result
