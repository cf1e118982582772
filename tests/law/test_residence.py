"""What must always hold for chains of stays and the responsible municipality."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rondom.law.residence import RegisteredAddress, ResidenceFacts, Stay, StayKind, chain_on, responsible_municipality

START = dt.date(2022, 3, 1)
gaps = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60)), min_size=1, max_size=6)


def stays_of(plan: list[tuple[int, int]]) -> tuple[Stay, ...]:
    """Make stays from (days between, length): 0 is the same day, 1 the next day."""
    stays, last = [], START
    for between, length in plan:
        first = last + dt.timedelta(days=between)
        last = first + dt.timedelta(days=length)
        stays.append(Stay(StayKind.FOSTER_CARE, first, last))
    return tuple(stays)


@given(gaps, st.integers(0, 400))
def test_a_chain_holds_exactly_the_days_that_hang_together(plan, offset):
    stays, day = stays_of(plan), START + dt.timedelta(days=offset)
    covered = {s.starts + dt.timedelta(days=n) for s in stays for n in range((s.last_day - s.starts).days + 1)}
    first = chain_on(stays, day)
    assert (first is not None) == (day in covered)
    if first is not None:
        walked = day
        while walked - dt.timedelta(days=1) in covered:
            walked -= dt.timedelta(days=1)
        assert first == walked


@given(gaps, st.permutations(range(6)))
def test_the_order_in_which_stays_are_given_does_not_matter(plan, order):
    stays = stays_of(plan)
    shuffled = tuple(stays[i] for i in order if i < len(stays))
    day = stays[-1].last_day
    assert chain_on(shuffled, day) == chain_on(stays, day)


@given(st.dates(dt.date(2022, 4, 1), dt.date(2030, 1, 1)), st.sampled_from(["GM0034", "GM0303"]))
def test_addresses_after_the_start_of_a_chain_change_nothing(day, moved_to):
    stays = (Stay(StayKind.RESIDENTIAL, START),)
    home = RegisteredAddress("GM0184", dt.date(2015, 1, 1), dt.date(2022, 3, 31))
    moved = RegisteredAddress(moved_to, dt.date(2022, 4, 1))
    facts = ResidenceFacts(on=day, addresses=(home, moved), stays=stays)
    assert responsible_municipality(facts).certain.municipality == "GM0184"


def test_missing_addresses_are_asked_for():
    assert responsible_municipality(ResidenceFacts(on=START)).asks == ("addresses",)
