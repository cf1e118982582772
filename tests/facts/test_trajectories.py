"""When orders of help are one trajectory (CBS, Jeugdhulp 2020, ch. 2)."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rondom.facts.trajectories import merged

START = dt.date(2026, 1, 1)


@dataclass(frozen=True)
class Help:
    started_on: dt.date
    stopped_on: dt.date | None


def spell(first, last):
    return Help(START + dt.timedelta(first), None if last is None else START + dt.timedelta(last))


def days(found):
    return [[((e.started_on - START).days, e.stopped_on and (e.stopped_on - START).days) for e in one] for one in found]


def test_what_overlaps_is_one_from_the_first_day_to_the_last():
    assert days(merged([spell(5, 20), spell(0, 10), spell(15, 16)])) == [[(0, 10), (5, 20), (15, 16)]]


def test_one_shared_day_is_an_overlap_and_the_next_day_is_not():
    assert days(merged([spell(0, 10), spell(10, 12)])) == [[(0, 10), (10, 12)]]
    assert days(merged([spell(0, 10), spell(11, 12)])) == [[(0, 10)], [(11, 12)]]


def test_help_that_runs_takes_in_whatever_begins_later():
    assert days(merged([spell(3, None), spell(0, 1), spell(90, 91)])) == [[(0, 1)], [(3, None), (90, 91)]]


SPELLS = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 20))).map(
        lambda each: spell(each[0], None if each[1] is None else each[0] + each[1])
    ),
    max_size=8,
)


@given(SPELLS)
def test_every_day_of_help_lies_in_exactly_one_trajectory(spells):
    found = merged(spells)
    covered = []
    for one in found:
        last = max(each.stopped_on or START + dt.timedelta(99) for each in one)
        first = one[0].started_on
        covered += [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    assert len(covered) == len(set(covered))
    helped = {
        each.started_on + dt.timedelta(n)
        for each in spells
        for n in range(((each.stopped_on or START + dt.timedelta(99)) - each.started_on).days + 1)
    }
    assert set(covered) == helped
    assert sorted(map(id, (each for one in found for each in one))) == sorted(map(id, spells))
