"""A case is taken on with its roles, closed with a reason, opened again; sight on safety is never empty."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput, NotAllowed, Unwise, VoidByLaw
from rondom.dossiers import actions, timeline
from rondom.dossiers.enums import CaseRoleKind, Channel
from rondom.dossiers.models import Clock
from rondom.dossiers.queries import cases_for, role_for, roles_in
from rondom.privacy.enums import Sight

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SAFETY, COORDINATION = CaseRoleKind.SIGHT_ON_SAFETY, CaseRoleKind.COORDINATION


def sees(cast, who, case, at, sight=Sight.OPEN):
    return cases_for(cast.principal(who, at), at=at, sight=sight).filter(pk=cast.case[case].pk).exists()


def test_taking_on_a_family_gives_it_a_coordinator_and_sight_on_safety(cast, at):
    by = cast.principal("mark")
    child = cast.person["bram"]
    child.municipality = "GM0303"
    case = actions.take_on(by=by, at=at, team=cast.team["oost"], youths=[child], coordinator=cast.staff["mark"])
    held = {r.kind: r.staff_id for r in roles_in(case, at=at)}
    assert held == {COORDINATION: cast.staff["mark"].pk, SAFETY: cast.staff["mark"].pk}
    with pytest.raises(BadInput):
        actions.take_on(by=by, at=at, team=cast.team["oost"], youths=[child], coordinator=cast.staff["mark"])


def test_sight_on_safety_does_not_end_without_a_successor(cast, at):
    role = role_for(cast.principal("sanne"), cast.case["visser"], SAFETY, at=at)
    with pytest.raises(VoidByLaw):
        actions.end_role(by=cast.principal("sanne"), at=at, role=role)


def test_sight_on_safety_moves_outside_only_when_accepted_there(cast, at):
    by, case = cast.principal("sanne"), cast.case["visser"]
    with pytest.raises(VoidByLaw):
        actions.assign_role(by=by, at=at, case=case, kind=SAFETY, outside="Veilig Thuis Polderland")
    actions.assign_role(
        by=by, at=at, case=case, kind=SAFETY, outside="Veilig Thuis Polderland", accepted_by="mw. De Lange"
    )
    assert role_for(by, case, SAFETY, at=at).outside == "Veilig Thuis Polderland"
    assert sees(cast, "sanne", "visser", at)


def test_a_role_on_offer_stays_with_who_hands_over_until_accepted(cast, at):
    sanne, mark, case = cast.principal("sanne"), cast.principal("mark"), cast.case["visser"]
    for kind in (COORDINATION, SAFETY):
        offered = actions.offer_role(
            by=sanne, at=at, role=role_for(sanne, case, kind, at=at), to=cast.staff["mark"],
            offered_by=cast.staff["sanne"], passed_on="Bel moeder altijd eerst.", family_present=True,
        )  # fmt: skip
        assert role_for(sanne, case, kind, at=at).staff == cast.staff["sanne"]
        assert not sees(cast, "mark", "visser", at) or kind == SAFETY
        with pytest.raises(NotAllowed):
            actions.accept_handover(by=sanne, at=at, handover=offered)
        actions.accept_handover(by=mark, at=at, handover=offered)
        assert role_for(sanne, case, kind, at=at).staff == cast.staff["mark"]
    assert sees(cast, "mark", "visser", at)
    assert not sees(cast, "sanne", "visser", at)


def test_a_declined_role_stays(cast, at):
    sanne, case = cast.principal("sanne"), cast.case["visser"]
    offered = actions.offer_role(
        by=sanne, at=at, role=role_for(sanne, case, SAFETY, at=at), to=cast.staff["mark"],
        offered_by=cast.staff["sanne"], passed_on="Kan jij het overnemen?",
    )  # fmt: skip
    actions.end_handover(by=cast.principal("mark"), at=at, handover=offered)
    assert role_for(sanne, case, SAFETY, at=at).staff == cast.staff["sanne"]
    with pytest.raises(BadInput):
        actions.accept_handover(by=cast.principal("mark"), at=at, handover=offered)


def test_closing_names_what_is_open_and_asks_why_then_keeps_the_reason(cast, at):
    by, case = cast.principal("mark"), cast.case["de_boer"]
    row = actions.start_clock(
        by=by, at=at, case=case, kind="agreement", title="Evaluatie", due=dt.date(2026, 12, 1),
        why=actions.Why("Afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip
    with pytest.raises(Unwise) as refused:
        actions.close_case(by=by, at=at, case=case, reason="doelen gehaald")
    assert "5 datums lopen nog." in str(refused.value)
    actions.close_case(by=by, at=at, case=case, reason="doelen gehaald", despite="ouders willen stoppen")
    assert (case.closed_on, case.closing_reason) == (dt.date(2026, 11, 24), "doelen gehaald")
    assert Clock.objects.get(pk=row.pk).reason == "ouders willen stoppen"
    later = at + dt.timedelta(minutes=1)
    assert not sees(cast, "mark", "de_boer", later)
    assert sees(cast, "sanne", "de_boer", later, Sight.ROW)
    actions.reopen_case(
        by=cast.principal("els"), at=later, case=case, coordinator=cast.staff["mark"],
        sight_on_safety=cast.staff["mark"],
    )  # fmt: skip
    assert case.closed_on is None
    assert sees(cast, "mark", "de_boer", later)


def test_the_timeline_holds_entries_of_every_source_in_a_fixed_number_of_queries(cast, at, django_assert_num_queries):
    by, case = cast.principal("sanne"), cast.case["visser"]

    def note():
        actions.write_note(
            by=by, at=at, case=case, author=cast.staff["sanne"], text="Gebeld", concerns=[cast.person["lot"]],
            channel=Channel.PHONE, happened_at=at,
        )  # fmt: skip

    note()
    lanes = {entry.lane for entry in timeline.entries(case, by, at=at)}
    assert {"Contact", "Wie doet wat", "Dossier", "Samen"} <= lanes
    with django_assert_num_queries(21) as counted:
        timeline.entries(case, by, at=at)
    for _ in range(3):
        note()
    with django_assert_num_queries(len(counted)):
        timeline.entries(case, by, at=at)
