"""What must always hold for days and terms, whatever the year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rondom.law import calendar
from rondom.law.calendar import Level, Term, TermFacts, Unit, end_of_term, working_days_after
from rondom.law.engine import Value, national

days = st.dates(dt.date(2014, 1, 1), dt.date(2028, 6, 1))
covered = st.sampled_from([(n, Unit.WEEKS) for n in range(1, 13)] + [(n, Unit.DAYS) for n in range(1, 91)])


@pytest.mark.parametrize(
    ("year", "friday", "ascension", "pentecost", "king"),
    [
        (2026, "04-03", "05-14", "05-25", "04-27"),
        (2027, "03-26", "05-06", "05-17", "04-27"),
        (2028, "04-14", "05-25", "06-05", "04-27"),
        (2025, "04-18", "05-29", "06-09", "04-26"),
        (2008, "03-21", "05-01", "05-12", "04-30"),
    ],
)
def test_holidays_follow_easter_and_the_king(year, friday, ascension, pentecost, king):
    named = {name: f"{day:%m-%d}" for day, name in calendar.holidays(year).items()}
    if year != 2008:
        assert named["Koningsdag"] == king
    assert (named["Goede Vrijdag"], named["Tweede Pinksterdag"]) == (friday, pentecost)
    assert named.get("Hemelvaartsdag") == ascension


@given(days, covered)
def test_a_statutory_term_never_ends_on_a_free_day(start, length):
    last = end_of_term(TermFacts(start, *length)).certain.last_day
    assert calendar.free_day(last) == ""


@given(days, covered, st.integers(1, 40))
def test_a_later_start_never_has_an_earlier_end(start, length, later):
    first = end_of_term(TermFacts(start, *length)).certain.last_day
    second = end_of_term(TermFacts(start + dt.timedelta(days=later), *length)).certain.last_day
    assert second >= first


@given(days, covered, st.integers(0, 30))
def test_suspension_never_shortens_a_term(start, length, suspended):
    plain = end_of_term(TermFacts(start, *length)).certain
    longer = end_of_term(TermFacts(start, *length, suspended_days=suspended)).certain
    assert longer.last_day >= plain.last_day
    assert longer.raw == plain.raw


@given(days, st.integers(3, 90))
def test_a_term_of_three_days_or_more_holds_two_open_days(start, length):
    last = end_of_term(TermFacts(start, length, Unit.DAYS)).certain.last_day
    within = [start + dt.timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(not calendar.free_day(day) for day in within) >= 2


@given(days, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start, count):
    last = calendar.add_working_days(start, count)
    between = [start + dt.timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(map(calendar.is_working_day, between)) == count
    assert calendar.is_working_day(last)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(-400, 400))
def test_months_keep_the_day_or_clip_to_the_last(day, count):
    moved = calendar.add_months(day, count)
    assert moved.day <= day.day
    assert moved.day == day.day or (moved + calendar.ONE_DAY).day == 1


@given(days, covered)
def test_a_later_parameter_does_not_change_an_earlier_answer(start, length):
    facts = TermFacts(start, *length)
    later = Value("equated_days", [start + dt.timedelta(days=n) for n in range(100)], dt.date(2040, 1, 1), "later")
    assert end_of_term(facts, national().with_rows([later])) == end_of_term(facts)


def test_an_unknown_year_of_equated_days_is_doubt():
    answer = end_of_term(TermFacts(dt.date(2029, 4, 2), 8, Unit.WEEKS))
    assert answer.doubt is not None
    assert "2029" in answer.doubt.why


def test_missing_facts_are_asked_for_by_name():
    answer = working_days_after(calendar.WorkingDayFacts(days=5))
    assert answer.asks == ("starts_after",)
    assert answer.explanation == "Nog nodig om dit te bepalen: de dag waarna geteld wordt."


def test_terms_of_contracts_do_not_shift():
    assert not Term(8, Unit.WEEKS, Level.CONTRACT).is_covered
