"""What must always hold in each subject, for any facts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rondom.law import calendar, terms
from rondom.law.calendar import Unit
from rondom.law.consent import (
    ConsentFacts,
    Requester,
    ShareFacts,
    View,
    ViewFacts,
    may_view,
    who_must_consent,
    who_must_consent_to_sharing,
)
from rondom.law.counting import Claim, CountFacts, Exclusion, Form, unique_clients
from rondom.law.money import BudgetFacts, CeilingFacts, Test, budget_ceiling, personal_budget
from rondom.law.person import birthday
from rondom.law.procedure import ApplicationFacts, Suspension, decision_term
from rondom.law.protection import FirstContactFacts, Order, OrderFacts, gi_first_contact_by, order_term
from rondom.law.residence import PeriodFacts, RegisteredAddress, ResidenceFacts, Stay, StayKind
from rondom.law.residence import responsible_municipalities as by_period
from rondom.law.residence import responsible_municipality as on_day
from rondom.law.safety import (
    CodeOutcome,
    MatchFacts,
    ReportLifeFacts,
    SignalReport,
    WeighingFacts,
    report_life,
    reporting_code,
    signal_matches,
)
from rondom.law.terms import NamedTermFacts, named_term
from rondom.law.waiting import CrisisFacts, Step, WaitFacts, crisis_clock, wait_against_norm

Test.__test__ = False  # the three tests of a budget are no test of ours
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2023, 1, 1), dt.date(2028, 6, 1))
births = st.dates(dt.date(2009, 1, 1), dt.date(2022, 12, 31))


@pytest.mark.parametrize("key", sorted(terms.table()))
@given(start=days)
def test_a_named_term_that_the_law_covers_never_ends_on_a_free_day(key, start):
    term = terms.table()[key][-1]
    end = named_term(NamedTermFacts(key, start)).certain
    if term.backward:
        assert end.last_day < start
    else:
        assert end.last_day >= end.raw > start
        if term.term.is_covered:
            assert calendar.free_day(end.last_day) == ""
        else:
            assert end.last_day == end.raw
    later = named_term(NamedTermFacts(key, start + DAY)).certain
    assert later.last_day >= end.last_day


@given(days, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=3))
def test_a_day_stands_still_once_however_often_it_is_asked(received, plan):
    pauses = [Suspension(received + a * DAY, received + (a + b) * DAY) for a, b in plan]
    once = decision_term(ApplicationFacts(received, suspensions=tuple(pauses))).certain
    twice = decision_term(ApplicationFacts(received, suspensions=tuple(pauses * 2))).certain
    assert once == twice
    assert once.suspended <= sum(max(0, b - 1) for _, b in plan)


@given(births, st.integers(0, 17), st.booleans())
def test_sharing_asks_the_same_people_as_help(born, age, capable):
    on = birthday(born, age) if birthday(born, age).year >= 2015 else dt.date(2026, 1, 1)
    help_ = who_must_consent(ConsentFacts(born, on, authority=("a", "b"), capable=capable))
    share = who_must_consent_to_sharing(ShareFacts(born, on, authority=("a", "b"), capable=capable))
    assert share.outcome == help_.outcome


@given(births, days)
def test_new_authority_never_opens_older_documents_and_sight_of_parents_only_shrinks(born, on):
    on = max(on, born)
    if on < birthday(born, 18):
        older = may_view(ViewFacts(born, on, Requester.PARENT, authority_now=True, authority_then=False)).certain
        assert older is View.NOTHING
    order = [View.SEE, View.IN_CHILDS_INTEREST, View.WITH_CONSENT]
    seen = [
        may_view(ViewFacts(born, day, Requester.PARENT, authority_now=True, authority_then=True)).certain
        for day in (on, max(on, birthday(born, 12)), max(on, birthday(born, 16)), max(on, birthday(born, 18)))
    ]
    assert [order.index(view) for view in seen] == sorted(order.index(view) for view in seen)


moves = st.lists(st.tuples(st.integers(1, 300), st.sampled_from(["GM0034", "GM0184", "GM0303"])), max_size=4)
stays = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=3)


@given(moves, stays)
def test_the_periods_of_responsibility_are_the_answers_of_each_day_without_a_gap(moved, stayed):
    first, through = dt.date(2024, 1, 1), dt.date(2025, 6, 30)
    starts, addresses = [dt.date(2010, 1, 1)], ["GM0995"]
    for after, municipality in moved:
        starts.append(max(starts[-1], first) + after * DAY)
        addresses.append(municipality)
    registered = tuple(
        RegisteredAddress(municipality, since, until and until - DAY)
        for municipality, since, until in zip(addresses, starts, [*starts[1:], None], strict=True)
    )
    kinds = tuple(Stay(StayKind.FOSTER_CARE, first + a * DAY, first + (a + b) * DAY) for a, b in stayed)
    found = by_period(PeriodFacts(on=first, addresses=registered, stays=kinds, through=through)).certain
    assert found.periods[0].starts == first
    assert found.periods[-1].last_day == through
    for former, later in zip(found.periods, found.periods[1:], strict=False):
        assert later.starts == former.last_day + DAY
        assert later.municipality != former.municipality
    for period in found.periods:
        for day in (period.starts, period.last_day, period.starts + (period.last_day - period.starts) // 2):
            answer = on_day(ResidenceFacts(on=day, addresses=registered, stays=kinds)).certain
            assert answer.municipality == period.municipality


cents = st.integers(0, 20000)


@given(cents, cents, cents, st.integers(0, 2000), st.booleans())
def test_a_budget_is_never_above_the_price_in_kind_and_nothing_gets_lost(asked, in_kind, network, hours, informal):
    facts = CeilingFacts(dt.date(2026, 1, 1), asked, in_kind, hours, informal, network)
    found = budget_ceiling(facts).certain
    assert found.rate_cents <= min(asked, in_kind)
    assert found.granted_cents + found.own_account_cents == asked * hours


@given(st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_a_budget_needs_all_three_tests_and_names_the_first_that_fails(found):
    capable, reasoned, quality = found
    facts = BudgetFacts(dt.date(2026, 1, 1), True, True, capable, reasoned, quality)
    answer = personal_budget(facts).certain
    assert answer.granted is all(found)
    assert answer.failed == (None if all(found) else list(Test)[found.index(False)])


flags = st.sampled_from([True, False, None])


@given(flags, flags, flags, flags)
def test_unsafe_is_always_reported_and_a_no_never_waits_for_a_later_answer(unsafe, able, accepted, safe):
    day = dt.date(2026, 1, 1)
    facts = WeighingFacts(day, True, unsafe, able, accepted, day, safe)
    outcome = reporting_code(facts).outcome
    if unsafe:
        assert outcome is CodeOutcome.REPORT
    elif unsafe is None:
        assert outcome is None
    elif able is False or (able and accepted is False):
        assert outcome is CodeOutcome.REPORT


@given(days, births, st.integers(0, 3000))
def test_a_report_leaves_the_index_in_time_and_no_archive_outlives_the_23rd_birthday(reported, born, removed_after):
    reported = max(reported, born)
    grown = birthday(born, 23)
    for removal in (None, "risk_gone", "unjustified"):
        on = reported + removed_after * DAY if removal else None
        life = report_life(ReportLifeFacts(reported, born, removed_on=on, removal=removal)).certain
        assert life.leaves_on <= min(calendar.add_years(reported, 2), grown)
        assert life.archived_until is None or life.leaves_on <= life.archived_until <= grown


person = st.builds(
    SignalReport, report=st.just("r"), youth=st.sampled_from("AB"), reporter=st.sampled_from("XY"),
    address=st.sampled_from(["", "p", "q"]), address_of_institution=st.booleans(),
    parents=st.sampled_from([(), ("m",), ("m", "v")]),
)  # fmt: skip


@given(person, person)
def test_a_match_is_the_same_from_both_sides_and_names_no_youth(one, other):
    day = dt.date(2026, 1, 1)
    here = signal_matches(MatchFacts(day, one, (other,))).certain
    there = signal_matches(MatchFacts(day, other, (one,))).certain
    assert [(m.kind, m.different_youths, set(m.contacts)) for m in here] == [
        (m.kind, m.different_youths, set(m.contacts)) for m in there
    ]
    for match in here:
        assert set(match.contacts) <= {"X", "Y"}


@given(
    days, st.sampled_from([Order.SUPERVISION, Order.PROVISIONAL_SUPERVISION, Order.OUT_OF_HOME]), st.integers(0, 900)
)
def test_an_order_never_outlasts_its_maximum_and_starts_later_ends_later(starts, kind, granted):
    longest = order_term(OrderFacts(kind, starts)).certain
    given_ = order_term(OrderFacts(kind, starts, granted_until=starts + granted * DAY)).certain
    assert given_.ends_on <= longest.ends_on
    assert given_.too_long is (starts + granted * DAY > longest.ends_on)
    assert order_term(OrderFacts(kind, starts + DAY)).certain.ends_on >= longest.ends_on
    assert all(starts <= day < longest.ends_on for day in longest.warn_on)


@given(days, st.integers(-20, 20))
def test_first_contact_counts_from_the_later_of_both_days(charged, later):
    notified = charged + later * DAY
    found = gi_first_contact_by(FirstContactFacts(charged, notified)).certain
    assert found == calendar.add_working_days(max(charged, notified), 5)


moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 1, 1))  # noqa: DTZ001 - made aware below


@given(moments, st.integers(1, 100))
def test_a_crisis_clock_counts_elapsed_hours_also_when_the_clock_changes(naive, hours):
    at = naive.replace(tzinfo=dt.UTC)
    due = crisis_clock(CrisisFacts(at, norm_hours=hours)).certain
    assert due.astimezone(dt.UTC) - at == dt.timedelta(hours=hours)


@given(days, st.integers(0, 200), st.integers(1, 100))
def test_a_wait_is_within_the_norm_through_its_last_day(started, waited, norm):
    facts = WaitFacts(Step.HELP, started, started + waited * DAY, norm_days=norm)
    found = wait_against_norm(facts).certain
    assert found.days == waited
    assert (found.standing == "within_norm") is (waited <= norm)


claims = st.lists(
    st.builds(Claim, st.sampled_from("ABCD"), st.sampled_from(Form), st.sampled_from([None, *Exclusion])), max_size=8
)


@given(claims, st.randoms(use_true_random=False))
def test_counting_does_not_depend_on_the_order_and_loses_nobody(made, random):
    on = dt.date(2014, 1, 1)
    found = unique_clients(CountFacts(on, tuple(made))).certain
    shuffled = list(made)
    random.shuffle(shuffled)
    again = unique_clients(CountFacts(on, tuple(shuffled))).certain
    assert (again.unique, again.by_form) == (found.unique, found.by_form)
    assert found.unique + sum(found.excluded.values()) == found.total == len({c.client for c in made})
    assert found.unique == sum(found.by_form.values())


@given(days, st.integers(-60, 60))
def test_working_days_there_and_back(start, count):
    day = calendar.shifted(start)
    there = calendar.add_working_days(day, count)
    assert calendar.add_working_days(there, -count) == day


@given(days, st.integers(1, 12), st.sampled_from([Unit.WEEKS, Unit.MONTHS]))
def test_counting_back_lands_where_counting_on_began_or_at_a_shorter_month(start, length, unit):
    back = calendar.end_of_term(calendar.TermFacts(start, length, unit, backward=True)).certain.last_day
    again = calendar.Term(length, unit).after(back)
    assert again <= start
    assert (start - again).days <= 3
