"""What must always hold for terms of application and objection."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rondom.law import calendar
from rondom.law.engine import Value, national
from rondom.law.procedure import (
    ApplicationFacts,
    ObjectionFacts,
    PenaltyFacts,
    PublicationFacts,
    Suspension,
    decision_term,
    objection_in_time,
    objection_term,
    penalty,
)

days = st.dates(dt.date(2020, 1, 1), dt.date(2028, 6, 1))
DAY = dt.timedelta(days=1)


@given(days, st.integers(0, 60))
def test_a_later_application_never_has_an_earlier_deadline(received, later):
    first = decision_term(ApplicationFacts(received)).certain.last_day
    second = decision_term(ApplicationFacts(received + later * DAY)).certain.last_day
    assert second >= first


@given(days, st.integers(1, 20), st.integers(1, 30))
def test_asking_for_more_never_shortens_the_term(received, after, taken):
    invited = received + after * DAY
    pause = Suspension(invited, invited + taken * DAY)
    plain = decision_term(ApplicationFacts(received)).certain.last_day
    paused = decision_term(ApplicationFacts(received, suspensions=(pause,))).certain
    assert paused.last_day >= plain
    assert calendar.free_day(paused.last_day) == ""


@given(days, st.integers(-30, 200))
def test_an_extension_told_too_late_changes_nothing(received, told_after):
    plain = decision_term(ApplicationFacts(received)).certain.last_day
    named, told = plain + 21 * DAY, plain + told_after * DAY
    answer = decision_term(ApplicationFacts(received, extended_to=named, extension_told_on=told)).certain
    assert answer.last_day == (named if told <= plain else plain)


@given(days, st.integers(0, 120))
def test_an_objection_on_the_last_day_is_in_time_and_a_day_later_is_not(published, extra):
    last = objection_term(PublicationFacts(published)).certain.last_day
    assert objection_in_time(ObjectionFacts(published, received_on=last)).certain == "in_time"
    late = objection_in_time(ObjectionFacts(published, last + (extra + 1) * DAY, by_post=False)).certain
    assert late == "late_ask_why"


@given(days, st.integers(1, 40), st.integers(0, 120))
def test_the_penalty_grows_by_the_day_and_stops(ended, notice_after, asked_after):
    notice = ended + notice_after * DAY
    asked = notice + asked_after * DAY
    one = penalty(PenaltyFacts(ended, notice, as_of=asked)).certain
    next_day = penalty(PenaltyFacts(ended, notice, as_of=asked + DAY)).certain
    assert 0 <= one.euros <= next_day.euros <= 1442
    assert next_day.days - one.days in (0, 1)
    assert one.days <= 42


@given(days)
def test_the_answer_for_the_past_does_not_change_with_a_later_parameter(received):
    later = Value("decision_term_weeks", 4, dt.date(2030, 1, 1), "een latere wet")
    facts = ApplicationFacts(received)
    assert decision_term(facts, national().with_rows([later])) == decision_term(facts)


def test_a_municipality_may_have_its_own_number():
    own = Value("decision_term_weeks", 6, dt.date(2026, 1, 1), "verordening", scope="GM0303")
    facts = ApplicationFacts(dt.date(2026, 11, 2))
    assert decision_term(facts, national().with_rows([own])).certain.last_day == dt.date(2026, 12, 14)


def test_a_number_that_is_not_known_for_the_day_is_doubt_not_a_guess():
    answer = penalty(PenaltyFacts(dt.date(2015, 1, 5), dt.date(2015, 1, 12), as_of=dt.date(2015, 3, 1)))
    assert answer.outcome is None
    assert answer.doubt is not None
    assert "penalty_steps" in answer.doubt.why
