"""Clocks: good until the end of the day, standing still while suspended, resting with who must act."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput
from rondom.dossiers import actions
from rondom.dossiers.enums import Channel, ClockState
from rondom.dossiers.queries import clocks_for

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
WHY = actions.Why(rule="Acht weken na ontvangst", article="Awb 4:13", counted="56 dagen vanaf 1 oktober 2026")


def start(cast, at, due_day, case="visser", rests_with="sanne"):
    return actions.start_clock(
        by=cast.principal("sanne"), at=at, case=cast.case[case], kind="agreement", title="Besluit", due=due_day,
        why=WHY, rests_with=cast.staff[rests_with],
    )  # fmt: skip


def test_a_day_is_good_until_its_end_in_amsterdam(cast, at):
    row = start(cast, at, dt.date(2026, 11, 24))
    assert row.due_at == dt.datetime(2026, 11, 24, 23, 0, tzinfo=dt.UTC)
    assert row.due_on == dt.date(2026, 11, 24)
    assert row.explanation == {
        "rule": "Acht weken na ontvangst", "article": "Awb 4:13", "counted": "56 dagen vanaf 1 oktober 2026",
    }  # fmt: skip


def test_a_suspended_clock_is_due_later_by_the_days_it_rested(cast, at):
    row = start(cast, at, dt.date(2026, 12, 1))
    actions.suspend_clock(by=cast.principal("sanne"), at=at, row=row, reason="wacht op ouders")
    later = at + dt.timedelta(days=4, hours=-2)
    actions.resume_clock(by=cast.principal("sanne"), at=later, row=row)
    assert (row.due_on, row.state, row.reason) == (dt.date(2026, 12, 5), ClockState.RUNNING, "")


def test_a_met_clock_asks_nothing_any_more_and_cannot_be_met_twice(cast, at):
    row = start(cast, at, dt.date(2026, 12, 1))
    actions.meet_clock(by=cast.principal("sanne"), at=at, row=row)
    assert not clocks_for(cast.principal("sanne"), at=at).filter(pk=row.pk).exists()
    with pytest.raises(BadInput):
        actions.meet_clock(by=cast.principal("sanne"), at=at, row=row)


def test_stopping_asks_a_reason(cast, at):
    row = start(cast, at, dt.date(2026, 12, 1))
    with pytest.raises(BadInput):
        actions.stop_clock(by=cast.principal("sanne"), at=at, row=row, reason=" ")
    actions.stop_clock(by=cast.principal("sanne"), at=at, row=row, reason="aanvraag ingetrokken")
    assert (row.state, row.reason, row.ended_at) == (ClockState.STOPPED, "aanvraag ingetrokken", at)


def test_a_clock_is_seen_by_who_must_act_only(cast, at):
    row = start(cast, at, dt.date(2026, 12, 1))
    assert [c.pk for c in clocks_for(cast.principal("sanne"), at=at).filter(pk=row.pk)] == [row.pk]
    for other in ("mark", "fatima", "karin", "rob"):
        assert not clocks_for(cast.principal(other), at=at).filter(pk=row.pk).exists()


def test_a_call_back_is_a_clock_made_from_a_note(cast, at):
    note = actions.write_note(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], author=cast.staff["sanne"],
        text="Wil weten wanneer de gezinsvoogd komt.", concerns=[cast.person["lot"]], channel=Channel.PHONE,
        happened_at=at, said_by="moeder",
    )  # fmt: skip
    row = actions.ask_call_back(
        by=cast.principal("sanne"), at=at, note=note, day=dt.date(2026, 11, 25), rests_with=cast.staff["sanne"],
        person=cast.person["mirjam"],
    )  # fmt: skip
    assert (row.kind, row.title, row.subject) == ("call_back", "Bel Mirjam Visser terug", cast.person["mirjam"].pk)
    with pytest.raises(BadInput):
        actions.ask_call_back(
            by=cast.principal("sanne"), at=at, note=note, day=dt.date(2026, 11, 23), rests_with=cast.staff["sanne"]
        )
