"""Beside computed dates and persons stands why: by law, by a working rule, or set by hand."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.dossiers import actions
from rondom.dossiers.enums import ClockKind, DossierKind
from rondom.dossiers.frame import frame_of
from rondom.dossiers.opening import open_case
from rondom.dossiers.why import clock_why, kept_until, retention_why, sharing_why, sight_why, who_decides
from rondom.law.terms import NamedTermFacts, named_term
from rondom.people.queries import authority_over

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def started(cast, at, kind, due, why):
    return actions.start_clock(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], kind=kind, title="Iets doen", due=due, why=why,
        rests_with=cast.staff["sanne"],
    )  # fmt: skip


def test_a_clock_of_the_law_keeps_what_was_said_when_it_started(cast, at):
    answer = named_term(NamedTermFacts("written_plan", dt.date(2026, 12, 11)))
    row = started(cast, at, "written_plan", answer.certain.last_day, actions.Why.of_law("Gevraagd door moeder", answer))
    row.refresh_from_db()
    why = clock_why(row)
    assert row.due_on == dt.date(2026, 12, 28)
    assert why.said == ("Gevraagd door moeder", answer.explanation)
    assert "Jw 4.1.3 lid 4 (JW-44)" in why.grounds
    assert any("14 dagen" in number for number in why.numbers)


def test_a_clock_set_by_hand_says_so_and_a_working_rule_says_so(cast, at):
    by_hand = started(cast, at, ClockKind.AGREEMENT, clock.today(at), actions.Why("Afgesproken met moeder"))
    by_norm = started(cast, at, ClockKind.TAKE_OVER, clock.today(at), actions.Why("Een gezin is nooit zonder."))
    assert clock_why(by_hand).said[0] != clock_why(by_norm).said[0]
    assert clock_why(by_hand).said[1] == "Afgesproken met moeder"
    assert not clock_why(by_hand).grounds


def test_the_head_says_per_child_who_agrees_to_help(cast, at):
    by = cast.principal("sanne")
    frame = frame_of(open_case(by, cast.case["visser"].pk, at=at, page="desk.family_shown"), by, at=at)
    assert len(frame.decides.said) == len([child for child in frame.children if child.born_on])
    assert any(sentence.startswith("Lot: ") for sentence in frame.decides.said)
    assert any("CNS-" in ground for ground in frame.decides.grounds)


def test_who_decides_follows_age_and_authority_and_asks_what_is_not_known(cast, at):
    day = clock.today(at)
    lot = cast.person["lot"]
    needed = who_decides(lot, authority_over(lot, day), day).certain
    assert not needed.youth
    assert set(needed.others) == set(authority_over(lot, day).holders)
    lot.authority.all().delete()
    assert who_decides(lot, authority_over(lot, day), day).asks == ("authority",)
    assert sharing_why(lot, authority_over(lot, day), day).said[0].endswith("gezag of de voogdij heeft.")


def test_a_dossier_is_kept_twenty_years_after_its_last_change(cast, at):
    dossier = cast.dossier["lot"]
    dossier.last_change_on = dt.date(2026, 3, 15)
    assert kept_until(dossier, clock.today(at)).certain == dt.date(2046, 3, 15)


def test_a_resident_reads_why_they_see_a_dossier(cast, at):
    day = clock.today(at)
    own = sight_why(cast.dossier["esra"], cast.person["esra"].pk, day)
    parent = sight_why(cast.dossier["lot"], cast.person["mirjam"].pk, day)
    assert "eigen dossier" in own.said[0]
    assert "Ouders met gezag" in parent.said[0]


def test_of_a_registration_only_no_day_is_said(cast, at):
    dossier = cast.dossier["lot"]
    dossier.kind = DossierKind.REGISTRATION_ONLY
    answer = kept_until(dossier, clock.today(at))
    assert answer.outcome is None
    assert "selectielijst" in retention_why(dossier, clock.today(at)).said[0]
