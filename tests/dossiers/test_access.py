"""Opening what is not yours: a stated ground, an emergency, and what stays closed whatever happens."""

import datetime as dt

import pytest

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.models import Event
from rondom.core.principals import machine
from rondom.dossiers.actions import add_adult, add_dossier, open_dossier, open_in_emergency, open_with_ground
from rondom.dossiers.enums import DossierGround
from rondom.dossiers.queries import cases_for, dossiers_for, notes_for, persons_for
from rondom.people.enums import AddressPurpose
from rondom.people.whereabouts import address_for
from rondom.privacy.actions import (
    close_to,
    declare_relative,
    match_relative,
    open_again,
    review_emergency,
    withdraw_relative,
)
from rondom.privacy.enums import Sight
from rondom.privacy.models import Relation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
WHY = "Buurvrouw belt: kind alleen thuis, moeder neemt niet op"


def opens(cast, name, case, at) -> bool:
    return cases_for(cast.principal(name), at=at).filter(pk=cast.case[case].pk).exists()


# A stated ground


def test_a_colleague_opens_a_family_of_the_team_until_the_end_of_the_day(cast, at):
    assert not opens(cast, "mark", "visser", at)
    mark = cast.principal("mark")
    row = open_with_ground(by=mark, at=at, case=cast.case["visser"], ground="call", words="moeder belt")
    assert opens(cast, "mark", "visser", at)
    midnight = dt.datetime(2026, 11, 25, tzinfo=clock.AMSTERDAM)
    assert row.until == midnight
    assert opens(cast, "mark", "visser", midnight - dt.timedelta(seconds=1))
    assert not opens(cast, "mark", "visser", midnight)
    seen = dossiers_for(cast.principal("mark"), at=at).values_list("youth__called", flat=True)
    assert {"Daan", "Lot", "Sem", "Noor", "Finn"} <= set(seen)


def test_the_words_of_a_ground_stand_in_no_event(cast, at):
    open_with_ground(by=cast.principal("mark"), at=at, case=cast.case["visser"], ground="call", words="moeder belt")
    event = Event.objects.get(kind="privacy.ground_stated")
    assert event.ground == "call"
    assert "moeder" not in str(vars(event))


@pytest.mark.parametrize("name", ["fatima", "karin", "rob", "tom", "ineke"])
def test_who_is_not_of_the_team_cannot_state_a_ground(cast, at, name):
    with pytest.raises(NotFound):
        open_with_ground(by=cast.principal(name), at=at, case=cast.case["visser"], ground="call")


def test_a_ground_is_one_of_the_list(cast, at):
    with pytest.raises(BadInput):
        open_with_ground(by=cast.principal("mark"), at=at, case=cast.case["visser"], ground="curious")


def test_a_shielded_dossier_of_the_case_stays_closed(cast, at):
    shielded = cast.dossier["roos"]
    add_dossier(by=machine("test", "GM0303"), at=at, case=cast.case["visser"], dossier=shielded)
    open_with_ground(by=cast.principal("mark"), at=at, case=cast.case["visser"], ground="call")
    assert not dossiers_for(cast.principal("mark"), at=at).filter(pk=shielded.pk).exists()


# An emergency


def test_an_emergency_opens_one_dossier_for_an_hour(cast, at):
    by = cast.principal("fatima")
    row = open_in_emergency(by=by, at=at, dossier=cast.dossier["lot"], reason=WHY)
    assert set(dossiers_for(by, at=at).values_list("youth__called", flat=True)) == {"Roos", "Jip", "Sara", "Lot"}
    assert opens(cast, "fatima", "visser", at)
    later = at + dt.timedelta(minutes=60)
    assert dossiers_for(by, at=later - dt.timedelta(seconds=1)).filter(pk=cast.dossier["lot"].pk).exists()
    assert not dossiers_for(by, at=later).filter(pk=cast.dossier["lot"].pk).exists()
    assert not opens(cast, "fatima", "visser", later)
    assert clock.today(row.review_due_at - dt.timedelta(seconds=1)) == dt.date(2026, 12, 1)  # five working days


def test_an_emergency_shows_no_note_about_a_brother(cast, at):
    by = cast.principal("fatima")
    open_in_emergency(by=by, at=at, dossier=cast.dossier["lot"], reason=WHY)
    others = [cast.person[name] for name in ("daan", "sem", "noor", "finn")]
    assert not notes_for(by, at=at).filter(concerns__in=others).exists()


def test_an_emergency_never_shows_the_secret_address(cast, at):
    by = cast.principal("fatima")
    open_in_emergency(by=by, at=at, dossier=cast.dossier["lot"], reason=WHY)
    shown = address_for(cast.person["lot"], by=by, purpose=AddressPurpose.VISIT, at=at)
    assert not shown
    assert shown.lines == ()


@pytest.mark.parametrize("reason", ["", "spoed", "spoed spoed spoed spoed", "moet even kijken"])
def test_an_emergency_needs_a_reason_that_can_be_judged(cast, at, reason):
    with pytest.raises(BadInput):
        open_in_emergency(by=cast.principal("fatima"), at=at, dossier=cast.dossier["lot"], reason=reason)


def test_an_emergency_in_another_municipality_does_not_exist(cast, at):
    with pytest.raises(NotFound):
        open_in_emergency(by=cast.principal("karin"), at=at, dossier=cast.dossier["lot"], reason=WHY)


def test_another_person_judges_an_emergency_once(cast, at):
    row = open_in_emergency(by=cast.principal("fatima"), at=at, dossier=cast.dossier["lot"], reason=WHY)
    with pytest.raises(NotAllowed):
        review_emergency(by=cast.principal("fatima"), at=at, row=row, verdict="justified", remark="")
    with pytest.raises(BadInput):
        review_emergency(by=cast.principal("ineke"), at=at, row=row, verdict="unjustified", remark="")
    judged = review_emergency(by=cast.principal("ineke"), at=at, row=row, verdict="justified", remark="")
    assert judged.reviewed_by == cast.staff["ineke"].pk
    with pytest.raises(BadInput):
        review_emergency(by=cast.principal("ineke"), at=at, row=row, verdict="unjustified", remark="toch niet")


# Barriers


def test_a_declared_relative_closes_the_case_and_every_dossier_in_it(cast, at):
    by = cast.principal("sanne")
    assert opens(cast, "sanne", "visser", at)
    declare_relative(by=by, at=at, key="999900006", kind="family", person=cast.person["lot"].pk)
    assert not opens(cast, "sanne", "visser", at)
    assert not cases_for(by, at=at, sight=Sight.ROW).filter(pk=cast.case["visser"].pk).exists()
    assert not dossiers_for(by, at=at).filter(pk=cast.dossier["daan"].pk).exists()
    assert not persons_for(by, at=at).filter(pk=cast.person["lot"].pk).exists()
    assert opens(cast, "sanne", "yilmaz", at)


def test_an_adult_relative_closes_the_case_too(cast, at):
    declare_relative(by=cast.principal("sanne"), at=at, key="x", kind="near", person=cast.person["oma_visser"].pk)
    assert not opens(cast, "sanne", "visser", at)
    assert not dossiers_for(cast.principal("sanne"), at=at).filter(pk=cast.dossier["lot"].pk).exists()


def test_a_barrier_covers_what_is_opened_later(cast, at):
    by, machine_ = cast.principal("mark"), machine("test", "GM0303")
    declare_relative(by=by, at=at, key="x", kind="family", person=cast.person["oma_visser"].pk)
    assert opens(cast, "mark", "de_boer", at)
    add_adult(by=machine_, at=at, case=cast.case["de_boer"], person=cast.person["oma_visser"], part="oma")
    assert not opens(cast, "mark", "de_boer", at)


def test_a_barrier_outweighs_an_emergency_and_a_ground(cast, at):
    by = cast.principal("mark")
    declare_relative(by=by, at=at, key="x", kind="self", person=cast.person["mirjam"].pk)
    with pytest.raises(NotFound):
        open_in_emergency(by=by, at=at, dossier=cast.dossier["lot"], reason=WHY)
    with pytest.raises(NotFound):
        open_with_ground(by=by, at=at, case=cast.case["visser"], ground="call")


def test_somebody_who_becomes_known_later_is_closed_then(cast, at):
    row = declare_relative(by=cast.principal("sanne"), at=at, key="999900006", kind="family")
    assert row.person is None
    assert opens(cast, "sanne", "visser", at)
    match_relative(by=machine("privacy"), at=at, row=row, person=cast.person["lot"].pk)
    assert not opens(cast, "sanne", "visser", at)


def test_who_declared_a_relative_cannot_undo_it(cast, at):
    row = declare_relative(by=cast.principal("sanne"), at=at, key="x", kind="family", person=cast.person["lot"].pk)
    with pytest.raises(NotAllowed):
        withdraw_relative(by=cast.principal("sanne"), at=at, row=row)
    withdraw_relative(by=cast.principal("wim"), at=at, row=row)
    assert opens(cast, "sanne", "visser", at)


def test_a_keeper_closes_a_colleagues_family_and_opens_it_again(cast, at):
    sanne: StaffMember = cast.staff["sanne"]
    person = cast.person["esra"].pk
    with pytest.raises(NotAllowed):
        close_to(by=cast.principal("els"), at=at, person=person, staff=sanne.pk, reason="nee", municipality="GM0303")
    close_to(
        by=cast.principal("ineke"), at=at, person=person, staff=sanne.pk, reason="buurvrouw van Sanne",
        municipality="GM0303",
    )  # fmt: skip
    assert not opens(cast, "sanne", "yilmaz", at)
    open_again(by=cast.principal("wim"), at=at + dt.timedelta(minutes=1), person=person, staff=sanne.pk)
    assert opens(cast, "sanne", "yilmaz", at + dt.timedelta(minutes=2))
    assert Relation.objects.filter(kind="barrier").count() == 1


def test_a_new_dossier_of_a_relative_is_closed_from_the_start(cast, at):
    by, anna = cast.principal("sanne"), cast.person["anna"]
    declare_relative(by=by, at=at, key="x", kind="family", person=anna.pk)
    dossier = open_dossier(
        by=machine("test", "GM0303"), at=at, youth=anna, organisation=cast.organisation["jeugdteam"],
        ground=DossierGround.CASE,
    )  # fmt: skip
    add_dossier(by=machine("test", "GM0303"), at=at, case=cast.case["yilmaz"], dossier=dossier)
    assert not opens(cast, "sanne", "yilmaz", at)
