"""What of an indicator may be told to everybody."""

from collections import Counter
from dataclasses import replace

import pytest

from rondom.indicators.declared import Made, indicators
from rondom.indicators.linked import NUMBER, PART, REST
from rondom.indicators.measuring import Figure, Measured
from rondom.indicators.periods import Period
from rondom.indicators.publishing import ONE_BY_ONE, Gate, gate_of, public

QUARTER = Period.read("2016Q3")


def numbers(by=("municipality",), **counts):
    figures = tuple(Figure(tuple(name.split("_")), count, None, float(count)) for name, count in counts.items())
    return Measured(indicators["crisis_lines"], QUARTER, by, "", figures)


def shares(**counts):
    figures = tuple(
        Figure((name,), number, part, 100 * part / number if number else None)
        for name, (part, number) in counts.items()
    )
    return Measured(indicators["crisis_no_help"], QUARTER, ("municipality",), "", figures)


def gated(measured, smallest=5):
    """Return the gate of these figures and their totals, as if nothing else were published."""
    tables = list(dict.fromkeys([(), *((name,) for name in measured.by), measured.by]))
    kinds = Counter()
    for each in measured.figures:
        part = each.part or 0
        parts = {NUMBER: each.number} if each.part is None else {PART: part, REST: each.number - part}
        place = dict(zip(measured.by, each.group, strict=True))
        for which, number in parts.items():
            kinds[frozenset((table, tuple(place[name] for name in table), which) for table in tables)] += number
    if measured.indicator.made in ONE_BY_ONE:
        return Gate(smallest)
    return gate_of(kinds, measured.by, smallest=smallest)


def shown(measured, smallest=5, rounding=1):
    told = public(measured, gated(measured, smallest), rounding=rounding).figures
    return {" ".join(each.group): each.value for each in told}


def test_a_small_number_is_not_shown_and_takes_the_smallest_other_along():
    assert shown(numbers(a=3, b=20, c=30, d=0)) == {"a": None, "b": None, "c": 30, "d": 0}


def test_two_who_are_alone_each_are_not_given_away_by_their_sum():
    assert shown(numbers(a=1, b=1, c=30, d=40)) == {"a": None, "b": None, "c": None, "d": 40}
    assert shown(numbers(a=1, b=2, c=30)) == {"a": None, "b": None, "c": 30}


def test_large_numbers_are_shown_as_they_are_or_rounded():
    assert shown(numbers(a=12, b=23)) == {"a": 12, "b": 23}
    assert shown(numbers(a=12, b=23), rounding=5) == {"a": 10, "b": 25}


def test_with_one_group_only_the_known_total_would_give_it_away():
    assert shown(numbers(a=3)) == {"a": None}
    assert shown(numbers(a=3, b=0)) == {"a": None, "b": 0}


def test_in_two_directions_no_row_or_column_gives_a_small_cell_back():
    found = shown(numbers(by=("municipality", "age"), a_x=1, a_y=20, b_x=30, b_y=40, c_x=50, c_y=60))
    hidden = {name for name, value in found.items() if value is None}
    assert "a x" in hidden
    for place in (0, 1):
        rows = {}
        for name in hidden:
            rows.setdefault(name.split()[place], []).append(name)
        assert all(len(names) > 1 for names in rows.values())


def test_of_a_share_neither_the_part_nor_the_rest_may_be_small():
    found = shown(shares(a=(2, 40), b=(39, 40), c=(20, 40), d=(15, 45), e=(0, 30)))
    assert found["a"] is found["b"] is None
    assert found["e"] == 0
    assert [found["c"], found["d"]].count(None) < 2


def test_a_median_is_shown_when_enough_lie_under_it():
    each = Measured(
        indicators["crisis_days_of_stay"], QUARTER, ("municipality",), "",
        (Figure(("a",), 4, None, 12.0), Figure(("b",), 5, None, 14.5)),
    )  # fmt: skip
    assert each.indicator.made is Made.MEDIAN
    assert shown(each) == {"a": None, "b": 14.5}


@pytest.mark.parametrize("measured", [numbers(a=3, b=20), shares(a=(2, 40), b=(20, 40))])
def test_of_what_is_hidden_nothing_is_left_in_the_answer(measured):
    for each in public(measured, gated(measured)).figures:
        assert each.value is not None or (each.number, each.part) == (0, None)
    assert public(replace(measured, figures=()), gated(measured)).figures == ()


def test_a_split_in_which_everybody_is_alone_has_no_rows():
    assert shown(numbers(a=1, b=1, c=1, d=1, e=1, f=1)) == {}
