"""Cover ends by date; a caseload moves only with a second person."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput, NotAllowed
from rondom.dossiers import actions
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.queries import case_rows, cases_for, clocks_for, held_by, role_for
from rondom.privacy.enums import Sight

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def sees(cast, who, case, at):
    return cases_for(cast.principal(who, at), at=at).filter(pk=cast.case[case].pk).exists()


def cover(cast, at, by="els", until=dt.date(2026, 11, 30)):
    return actions.cover(
        by=cast.principal(by), at=at, team=cast.team["oost"], absent=cast.staff["mark"],
        taken_by=cast.staff["sanne"], until=until,
    )  # fmt: skip


def test_cover_gives_sight_until_its_last_day(cast, at):
    assert not sees(cast, "sanne", "de_boer", at)
    cover(cast, at)
    assert sees(cast, "sanne", "de_boer", dt.datetime(2026, 11, 30, 22, 0, tzinfo=dt.UTC))
    assert not sees(cast, "sanne", "de_boer", dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC))
    assert sees(cast, "mark", "de_boer", at)


def test_what_rests_with_the_absent_colleague_shows_at_both(cast, at):
    row = actions.start_clock(
        by=cast.principal("mark"), at=at, case=cast.case["de_boer"], kind="agreement", title="Evaluatie",
        due=dt.date(2026, 11, 25), why=actions.Why("Afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip
    cover(cast, at)
    for who in ("sanne", "mark"):
        assert clocks_for(cast.principal(who), at=at).filter(pk=row.pk).exists()


def test_cover_ends_when_the_colleague_is_back(cast, at):
    row, later = cover(cast, at), at + dt.timedelta(days=2)
    actions.end_cover(by=cast.principal("els"), at=later, row=row)
    assert not sees(cast, "sanne", "de_boer", later)


def test_only_who_directs_the_team_arranges_cover(cast, at):
    for who in ("sanne", "fatima", "rob"):
        with pytest.raises(NotAllowed):
            cover(cast, at, by=who)
    with pytest.raises(BadInput):
        cover(cast, at, until=dt.date(2027, 6, 1))


def test_a_caseload_moves_only_when_a_second_person_approves(cast, at):
    els, yasmin = cast.principal("els"), cast.principal("yasmin")
    move = actions.ask_move(
        by=els, at=at, team=cast.team["oost"], giver=cast.staff["mark"], receiver=cast.staff["sanne"],
        cases=[cast.case["de_boer"]], asked_by=cast.staff["els"], reason="Mark gaat minder werken",
    )  # fmt: skip
    assert not sees(cast, "sanne", "de_boer", at)
    for who in ("els", "sanne"):
        with pytest.raises(NotAllowed):
            actions.decide_move(by=cast.principal(who), at=at, move=move, decided_by=cast.staff[who], approve=True)
    actions.decide_move(by=yasmin, at=at, move=move, decided_by=cast.staff["yasmin"], approve=True)
    later = at + dt.timedelta(minutes=1)
    assert sees(cast, "sanne", "de_boer", later)
    held = role_for(yasmin, cast.case["de_boer"], CaseRoleKind.COORDINATION, at=later)
    assert held.staff == cast.staff["sanne"]
    offer = cast.case["de_boer"].handovers.get(kind=CaseRoleKind.SIGHT_ON_SAFETY, ended_at=None)
    assert sees(cast, "mark", "de_boer", later)  # sight on safety stays with the giver until it is accepted
    actions.accept_handover(by=cast.principal("sanne"), at=later, handover=offer)
    assert not sees(cast, "mark", "de_boer", later + dt.timedelta(minutes=1))
    with pytest.raises(BadInput):
        actions.decide_move(by=yasmin, at=later, move=move, decided_by=cast.staff["yasmin"], approve=True)


def test_list_rows_take_a_fixed_number_of_queries(cast, at, django_assert_num_queries):
    sanne = cast.principal("sanne")
    rows = case_rows(sanne, at=at)
    with django_assert_num_queries(3):
        few = list(rows.filter(pk=cast.case["visser"].pk))
    with django_assert_num_queries(3):
        more = list(rows)
    assert (len(few), len(more)) == (1, 6)


def test_rows_of_one_worker(cast, at):
    rows = held_by(case_rows(cast.principal("els"), at=at, sight=Sight.ROW), cast.staff["sanne"].pk, at=at)
    assert {row.pk for row in rows} == {cast.case["visser"].pk, cast.case["yilmaz"].pk}
