"""Birthdays, and what must always hold around them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rondom.law.consent import ConsentFacts, RetentionFacts, kept_until, who_must_consent
from rondom.law.person import YouthFacts, age_on, birthday, is_youth

births = st.dates(dt.date(1998, 1, 1), dt.date(2020, 12, 31))  # the Jeugdwet began in 2015
DAY = dt.timedelta(days=1)


@given(births, st.integers(0, 40))
def test_an_age_is_reached_on_the_birthday_and_not_before(born, age):
    day = birthday(born, age)
    assert age_on(born, day) == age
    if age:
        assert age_on(born, day - DAY) == age - 1


@given(births)
def test_somebody_is_a_youth_without_more_until_the_day_before_the_18th_birthday(born):
    last = birthday(born, 18) - DAY
    assert is_youth(YouthFacts(born, last)).certain.until == last
    assert is_youth(YouthFacts(born, last + DAY)).asks == ("began_before_18",)


@given(births, st.booleans())
def test_nobody_is_a_youth_from_the_23rd_birthday_without_criminal_law(born, foster):
    facts = YouthFacts(born, birthday(born, 23), began_before_18=True, foster_care=foster)
    assert not is_youth(facts).certain.is_youth


@given(births, st.integers(0, 17))
def test_the_youth_decides_alone_exactly_from_16(born, age):
    if birthday(born, age) < dt.date(2015, 1, 1):
        return
    needed = who_must_consent(ConsentFacts(born, birthday(born, age), authority=("ouder",))).certain
    assert needed.youth is (age >= 12)
    assert needed.others == (("ouder",) if age < 16 else ())


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(0, 400))
def test_a_later_change_never_shortens_retention(changed, later):
    on = dt.date(2041, 1, 1)
    first = kept_until(RetentionFacts(changed, on)).certain
    assert kept_until(RetentionFacts(changed + later * DAY, on)).certain >= first
