"""Notes and meetings: changed within the day, corrected later, nobody at the table without a ground."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput, NotAllowed, Stale, Unwise, VoidByLaw
from rondom.dossiers import actions
from rondom.dossiers.enums import Channel, MeetingGround
from rondom.dossiers.models import Dossier
from rondom.dossiers.queries import clocks_in_sight, meetings_for, notes_for, part_is_hidden
from rondom.privacy.enums import SubjectKind
from rondom.privacy.models import Relation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def note(cast, at, about="lot", text="Gebeld met moeder"):
    return actions.write_note(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], author=cast.staff["sanne"], text=text,
        concerns=[cast.person[about]], channel=Channel.PHONE, happened_at=at,
    )  # fmt: skip


def test_your_own_note_can_be_changed_on_its_day(cast, at):
    row = note(cast, at)
    actions.change_note(
        by=cast.principal("sanne"), at=at, note=row, changes={"text": "Gebeld met vader"}, opened_version=1
    )
    assert (row.text, row.version) == ("Gebeld met vader", 2)
    with pytest.raises(Stale):
        actions.change_note(by=cast.principal("sanne"), at=at, note=row, changes={"text": "x"}, opened_version=1)


def test_somebody_elses_note_is_never_changed(cast, at):
    with pytest.raises(NotAllowed):
        actions.change_note(by=cast.principal("mark"), at=at, note=note(cast, at), changes={}, opened_version=1)


def test_after_its_day_a_note_is_corrected_by_a_new_one(cast, at):
    row, next_day = note(cast, at), at + dt.timedelta(days=1)
    with pytest.raises(Unwise):
        actions.change_note(
            by=cast.principal("sanne"), at=next_day, note=row, changes={"text": "anders"}, opened_version=1
        )
    better = actions.correct_note(
        by=cast.principal("sanne"), at=next_day, note=row, author=cast.staff["sanne"], text="Het was oma."
    )
    assert (better.corrects, list(better.concerns.all()), row.text) == (row, [cast.person["lot"]], "Gebeld met moeder")


def test_nobody_sits_at_the_table_without_a_ground(cast, at):
    school = actions.Invited("", outside="Juf Anja, De Wilgen")
    with pytest.raises(VoidByLaw):
        actions.plan_meeting(
            by=cast.principal("sanne"), at=at, case=cast.case["visser"], planned_at=at + dt.timedelta(hours=5),
            purpose="Samen kijken hoe het gaat", invited=[school],
        )  # fmt: skip
    assert not meetings_for(cast.principal("sanne"), at=at).filter(purpose="Samen kijken hoe het gaat").exists()


def test_a_meeting_is_planned_held_and_fixed_after_the_day(cast, at):
    by, later = cast.principal("sanne"), at + dt.timedelta(hours=6)
    agreed = actions.give_consent(
        by=by, at=at, person=cast.person["lot"], givers=[str(cast.person["mirjam"].pk)], purpose="over school praten",
        parties="Juf Anja, De Wilgen", data="de afspraken over school",
    )  # fmt: skip
    meeting = actions.plan_meeting(
        by=by, at=at, case=cast.case["visser"], planned_at=at + dt.timedelta(hours=5), purpose="Planbijeenkomst",
        invited=[
            actions.Invited(MeetingGround.CONCERNED, person=cast.person["mirjam"]),
            actions.Invited(MeetingGround.CONSENT, outside="Juf Anja, De Wilgen", consent=agreed[0].pk),
        ],
    )  # fmt: skip
    mother = meeting.participants.get(person=cast.person["mirjam"])
    actions.hold_meeting(
        by=by, at=later, meeting=meeting, came={mother.pk}, agreed="Oma haalt Lot op.", opened_version=1
    )
    assert dict(meeting.participants.values_list("outside", "came")) == {"": True, "Juf Anja, De Wilgen": False}
    assert (meeting.held_at, meeting.agreed) == (at + dt.timedelta(hours=5), "Oma haalt Lot op.")
    with pytest.raises(BadInput):
        actions.hold_meeting(
            by=by, at=later + dt.timedelta(days=1), meeting=meeting, came=set(), agreed="anders", opened_version=2
        )


def test_a_cancelled_meeting_keeps_its_reason(cast, at):
    by = cast.principal("sanne")
    meeting = actions.plan_meeting(
        by=by, at=at, case=cast.case["visser"], planned_at=at + dt.timedelta(days=1), purpose="Gesprek"
    )
    with pytest.raises(BadInput):
        actions.cancel_meeting(by=by, at=at, meeting=meeting, reason="")
    actions.cancel_meeting(by=by, at=at, meeting=meeting, reason="moeder is ziek")
    with pytest.raises(BadInput):
        actions.hold_meeting(by=by, at=at, meeting=meeting, came=set(), agreed="x", opened_version=meeting.version)


def test_what_is_about_a_kept_dossier_is_kept_with_it(cast, at):
    by, case = cast.principal("sanne"), cast.case["visser"]
    about_lot, about_daan = note(cast, at), note(cast, at, about="daan")
    meeting = actions.plan_meeting(
        by=by, at=at, case=case, planned_at=at + dt.timedelta(days=1), purpose="Gesprek",
        invited=[actions.Invited(MeetingGround.CONCERNED, person=cast.person["daan"])],
    )  # fmt: skip
    row = actions.start_clock(
        by=by, at=at, case=case, kind="agreement", title="Bellen", due=dt.date(2026, 12, 1),
        why=actions.Why("Afgesproken"), rests_with=cast.staff["sanne"], about=cast.person["daan"],
    )  # fmt: skip
    assert not part_is_hidden(case, by, at=at)
    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject_kind=SubjectKind.DOSSIER, subject=kept.pk).update(ends_at=at)
    assert part_is_hidden(case, by, at=at)
    found = set(notes_for(by, at=at).filter(case=case).values_list("pk", flat=True))
    assert (about_lot.pk in found, about_daan.pk in found) == (True, False)
    assert not meetings_for(by, at=at).filter(pk=meeting.pk).exists()
    assert not clocks_in_sight(by, at=at).filter(pk=row.pk).exists()
