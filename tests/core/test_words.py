"""Days and hours as people say and type them."""

import datetime as dt

import pytest
from django.utils import translation

from rondom.core import words
from rondom.core.clock import AMSTERDAM

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)  # Tuesday, 10.30 in Amsterdam
TODAY = dt.date(2026, 11, 24)


def there(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (dt.date(2026, 11, 23), "1 dag te laat", "late"),
        (dt.date(2026, 11, 4), "20 dagen te laat", "late"),
        (there(24, 10), "30 minuten te laat", "late"),
        (there(24, 8), "2 uur te laat", "late"),
        (there(24, 16), "vandaag 16.00", "due"),
        (dt.date(2026, 11, 24), "vandaag", "due"),
        (dt.date(2026, 11, 25), "morgen", "due"),
        (there(25, 9, 5), "morgen 9.05", "due"),
        (dt.date(2026, 11, 26), "nog 2 dagen", "due"),
        (dt.date(2026, 11, 27), "nog 3 dagen", "due"),
        (dt.date(2026, 11, 28), "nog 4 dagen", "plain"),
        (dt.date(2026, 12, 8), "nog 14 dagen", "plain"),
        (dt.date(2026, 12, 9), "wo 9 dec", "plain"),
        (dt.date(2027, 2, 26), "vr 26 feb 2027", "plain"),
    ],
)
def test_a_deadline_is_said_in_words_with_its_tone(due, text, tone):
    with translation.override("nl"):
        assert words.clock_words(due, AT) == words.Said(text, tone)


@pytest.mark.parametrize(
    ("minutes", "text", "tone"),
    [
        (38, "nog 38 minuten", "due"),
        (1, "nog 1 minuut", "due"),
        (180, "nog 3 uur", "due"),
        (-12, "12 minuten te laat", "late"),
        (0, "0 minuten te laat", "late"),
        (-150, "2 uur te laat", "late"),
    ],
)
def test_a_clock_in_hours_counts_elapsed_time(minutes, text, tone):
    with translation.override("nl"):
        assert words.hour_words(AT + dt.timedelta(minutes=minutes), AT) == words.Said(text, tone)


def test_days_near_today_have_a_name_and_english_works_too():
    with translation.override("nl"):
        assert words.day_words(dt.date(2026, 11, 23), AT) == "gisteren"
        assert words.day_words(there(26, 15, 30), AT) == "do 26 nov 15.30"
        assert words.moment_words(there(3, 16, month=4, year=2019)) == "3 april 2019, 16.00"
    with translation.override("en"):
        assert words.clock_words(dt.date(2026, 11, 26), AT).text == "2 days left"
        assert words.day_words(there(24, 16), AT) == "today 16.00"


@pytest.mark.parametrize(
    "typed",
    [
        *("3-4-2019", "03-04-2019", "3/4/2019", "3.4.2019", "3 4 2019", "03042019", "2019-04-03", "3 april 2019"),
        *("3 apr 2019", "3 apr. 2019", "3 April 2019", " 3-4-19 ", "3-apr-2019"),
        *("wo 3 april 2019", "woensdag 3 april 2019"),
    ],
)
def test_a_day_is_read_as_people_type_it(typed):
    assert words.read_day(typed, TODAY) == dt.date(2019, 4, 3)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vandaag", TODAY),
        ("Gisteren", dt.date(2026, 11, 23)),
        ("overmorgen", dt.date(2026, 11, 26)),
        ("1-3-36", dt.date(2036, 3, 1)),
        ("1-3-37", dt.date(1937, 3, 1)),
        ("5 mrt 2020", dt.date(2020, 3, 5)),
        ("29 februari 2024", dt.date(2024, 2, 29)),
    ],
)
def test_words_and_short_years_are_understood(typed, day):
    assert words.read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "31-2-2019", "29-2-2023", "0-1-2020", "1-13-2020", "12", "april 2019", "3-4-201", "3-4-20190"],
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError):
        words.read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("16.00", (16, 0)), ("16:30", (16, 30)), ("1630", (16, 30)), ("16", (16, 0)), ("9u05", (9, 5)), ("8 uur", (8, 0))],
)
def test_a_time_is_read_as_people_type_it(typed, time):
    assert words.read_time(typed) == dt.time(*time)


@pytest.mark.parametrize("typed", ["", "24.00", "12.60", "half vijf", "16.0"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError):
        words.read_time(typed)


def test_the_hour_that_is_skipped_does_not_exist_and_the_hour_that_comes_twice_is_the_first():
    with pytest.raises(ValueError):
        words.moment_in_amsterdam(dt.date(2027, 3, 28), dt.time(2, 30))
    twice = words.moment_in_amsterdam(dt.date(2026, 10, 25), dt.time(2, 30))
    assert twice == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
