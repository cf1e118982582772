"""Names, dates, numbers: properties that hold whatever is typed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rondom.core.bsn import passes_eleven_test, read_bsn
from rondom.people.normalising import (
    asked_words,
    name_tokens,
    phone_digits,
    plain,
    postcode_in,
    read_date,
    turned_dates,
    words,
)

TODAY = dt.date(2026, 11, 24)
days = st.dates(dt.date(1927, 1, 1), TODAY)


@given(st.text())
def test_plain_twice_is_plain_once(text):
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_case_makes_no_difference_to_words(text):
    assert words(text.upper()) == words(text.upper().swapcase()) or "ß" in text.casefold() or not text.isascii()


@given(st.lists(st.text(alphabet="abcdefgijklmnoprstuvwz", min_size=1, max_size=20), max_size=6))
def test_every_asked_word_begins_a_token_of_the_name_it_came_from(parts):
    tokens = name_tokens(*parts)
    assert all(word in tokens for word in asked_words(" ".join(parts)))


@given(days)
def test_a_date_is_read_in_every_way_it_is_typed(day):
    forms = [f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d%m%Y}", day.isoformat()]
    assert {read_date(form, today=TODAY) for form in forms} == {day}
    months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"]
    months += ["september", "oktober", "november", "december"]
    assert read_date(f"{day.day} {months[day.month - 1]} {day.year}", today=TODAY) == day
    assert read_date(f"{day.day} {months[day.month - 1][:3].upper()} {day.year}", today=TODAY) in (day, None)


@given(st.text(max_size=30))
def test_reading_never_fails(text):
    read_date(text, today=TODAY)
    phone_digits(text)
    postcode_in(text)


@given(days)
def test_turned_dates_are_other_dates_and_turn_back(day):
    for other in turned_dates(day):
        assert other != day
        assert day in turned_dates(other)


def test_years_of_two_digits_lie_in_the_past():
    assert read_date("1-2-26", today=TODAY) == dt.date(2026, 2, 1)
    assert read_date("1-2-27", today=TODAY) == dt.date(1927, 2, 1)


def test_phone_numbers_have_one_form():
    for typed in ("06 12345678", "06-1234 5678", "+31612345678", "+31 (0)6 12345678", "0031612345678"):
        assert phone_digits(typed) == "0612345678"
    assert phone_digits("+32 470 12 34 56") == "0032470123456"
    assert phone_digits("061234567") == ""
    assert phone_digits("12-3-2015") == ""
    assert phone_digits("12032015") == ""


def test_postcodes_are_found_in_an_address():
    assert postcode_in("Kombuis 4\n8251 cc Dronten") == "8251CC"
    assert postcode_in("Straat 12345 Ab") == ""
    assert postcode_in("Postbus 1") == ""


@given(st.integers(0, 8), st.integers(1, 9), st.sampled_from(["999990007", "999900006", "123456782"]))
def test_one_wrong_digit_never_passes_the_eleven_test(place, step, bsn):
    if not passes_eleven_test(bsn):
        return
    wrong = bsn[:place] + str((int(bsn[place]) + step) % 10) + bsn[place + 1 :]
    assert not passes_eleven_test(wrong)
    assert read_bsn(f" {bsn[:4]}.{bsn[4:]} ") == bsn
