"""Tables that are published together: with all of them at hand, a solver computes no small count."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rondom.indicators import linked
from rondom.indicators.linked import NUMBER, PART, REST, TOTAL, Closed
from tests.indicators import solver

LIMIT = 5
FORM, AGE, WAY = ("form",), ("age",), ("way",)


def rows(*found, names=("form", "age")):
    """Return the kinds of rows: each with its group in every table, and how many there are."""
    kinds = Counter()
    for *groups, number in found:
        split = {((name,), (group,), NUMBER) for name, group in zip(names, groups, strict=True)}
        kinds[frozenset({(*TOTAL, NUMBER), *split})] += number
    return kinds


def hidden(kinds, table):
    return {group[0] for split, group in linked.closed(kinds, LIMIT).figures if split == table}


def test_a_small_count_takes_the_smallest_other_of_its_table_along():
    kinds = rows(("a", 3), ("b", 20), ("c", 30), names=("form",))
    assert linked.closed(kinds, LIMIT) == Closed(frozenset({(FORM, ("a",)), (FORM, ("b",))}))


def test_large_counts_are_shown():
    assert linked.closed(rows(("a", "x", 8), ("a", "y", 9), ("b", "x", 7)), LIMIT) == Closed()
    assert linked.closed({}, LIMIT) == Closed()


def test_what_two_tables_tell_together_is_hidden_too():
    """Everybody of 0-3 is in foster care and nobody else: by form it is hidden, so by age it must be hidden as well."""
    kinds = rows(("foster", "0-3", 7), ("day", "4-11", 2), ("home", "4-11", 20), ("home", "12-17", 30))
    alone = {"day", "foster"}  # what the table by form hides when it looks at itself
    counts = Counter({"foster": 7, "day": 2, "home": 50})
    shown_by_age = Counter({"0-3": 7, "4-11": 22, "12-17": 30})
    assert counts["day"] == shown_by_age.total() - counts["home"] - shown_by_age["0-3"]
    found = linked.closed(kinds, LIMIT)
    told = {(FORM, ("home",)), (AGE, ("0-3",))}
    assert (FORM, ("day",)) in found.figures
    assert not (alone == hidden(kinds, FORM) and told.isdisjoint(found.figures))
    assert_safe(kinds, found)


def test_a_part_of_a_group_of_another_table_is_not_told_by_what_is_left_of_it():
    """Who comes along the medical way was referred by a doctor: 8 by a GP, 2 by a specialist, 10 together."""
    kinds = rows(
        ("municipal", "own", 20), ("medical", "gp", 8), ("medical", "specialist", 2), ("gi", "gi", 7),
        ("court", "court", 6), names=("way", "referrer"),
    )  # fmt: skip
    found = linked.closed(kinds, LIMIT)
    assert (("referrer",), ("specialist",)) in found.figures
    assert (WAY, ("medical",)) in found.figures or (("referrer",), ("gp",)) in found.figures
    assert_safe(kinds, found)


def test_of_a_table_in_which_everybody_is_alone_not_even_the_rows_are_shown():
    kinds = rows(*((name, 1) for name in "abcdef"), names=("form",))
    found = linked.closed(kinds, LIMIT)
    assert found.tables == {FORM}
    assert TOTAL not in found.figures
    assert_safe(kinds, found)


def test_persons_who_are_in_several_groups_are_reckoned_with():
    both = frozenset({(*TOTAL, NUMBER), (FORM, ("a",), NUMBER), (FORM, ("b",), NUMBER)})
    one = frozenset({(*TOTAL, NUMBER), (FORM, ("a",), NUMBER)})
    found = linked.closed({both: 3, one: 20}, LIMIT)
    assert (FORM, ("b",)) in found.figures
    assert (FORM, ("a",)) not in found.figures  # everybody is in a, so that is the total, and b is not what is left
    assert_safe({both: 3, one: 20}, found)


def test_two_ways_at_once_give_way_to_what_is_published_already():
    single = rows(("a", "x", 9), ("a", "y", 6), ("b", "x", 2), ("b", "y", 12), ("c", "x", 20))
    both = Counter()
    for kind, number in single.items():
        place = {split[0]: group[0] for split, group, _which in kind if split}
        both[kind | {(("form", "age"), (place["form"], place["age"]), NUMBER)}] = number
    first = linked.closed(single, LIMIT)
    found = linked.closed(both, LIMIT, before=first, open_to=("form", "age"))
    assert {figure for figure in found.figures if len(figure[0]) < 2} == first.figures
    assert (("form", "age"), ("b", "x")) in found.figures
    assert_safe(both, found)


def assert_safe(kinds, found, limit=LIMIT):
    """No small count is shown, and by elimination none is fixed."""
    counts = Counter()
    for kind, number in kinds.items():
        for count in kind:
            counts[count] += number
    secret = {count for count, number in counts.items() if 0 < number < limit}
    assert not {count for count in secret if count[:2] not in found.figures}
    fixed = solver.determined(solver.linked_equations(kinds, found, secret)).keys() & secret
    assert not fixed, fixed
    return secret


GROUPS = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.integers(1, 12))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(found=st.lists(GROUPS, min_size=1, max_size=14), nested=st.booleans())
def test_a_solver_computes_no_small_count_from_all_tables_together(found, nested):
    """Also when one table is a coarser division of another."""
    kinds = rows(
        *((f"a{a}", f"b{b}", f"c{a // 2 if nested else c}", number) for a, b, c, number in found),
        names=("form", "age", "way"),
    )
    assert_safe(kinds, linked.closed(kinds, LIMIT))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    found=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans(), st.integers(1, 7)), min_size=1, max_size=6
    )
)
def test_of_a_share_neither_part_nor_rest_is_computed(found):
    kinds = Counter()
    for a, b, has, number in found:
        which = PART if has else REST
        kinds[frozenset({(*TOTAL, which), (FORM, (f"a{a}",), which), (AGE, (f"b{b}",), which)})] += number
    assert_safe(kinds, linked.closed(kinds, LIMIT))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(found=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(1, 6)), min_size=1, max_size=5))
def test_every_small_count_is_another_in_another_world_that_prints_the_same(found):
    """All worlds are tried, in whole numbers: what is listed is at least 1, and what is small stays below the limit."""
    kinds = rows(*((f"a{a}", f"b{b}", number) for a, b, number in found))
    closed = linked.closed(kinds, LIMIT)
    secret = assert_safe(kinds, closed)
    worlds = solver.worlds_like(kinds, closed, LIMIT)
    if worlds is None:
        return  # far too many to be told apart
    for count in secret:
        assert len({world[count] for world in worlds}) > 1, count
