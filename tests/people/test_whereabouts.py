"""The one reader of addresses: purpose, sight, secrecy, step-up, and a look every time."""

import datetime as dt

import pytest

from rondom.accounts.models import Resident
from rondom.accounts.queries import principal_of_resident
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.models import Look
from rondom.people import actions
from rondom.people.enums import AddressKind, AddressPurpose, Derived
from rondom.people.models import Address
from rondom.people.whereabouts import address_for, history_for, may_show, showable
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, SubjectKind

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
VISIT = AddressPurpose.VISIT


def read(cast, at, who, person, **more):
    return address_for(cast.person[person], by=cast.principal(who), purpose=VISIT, at=at, **more)


def test_the_worker_of_the_family_reads_an_address_and_the_look_keeps_the_purpose(cast, at):
    shown = read(cast, at, "mark", "thijs")
    assert shown.lines == ("Kombuis 4", "8251 CC Dronten")
    look = Look.objects.get()
    assert (look.kind, look.ground, look.result) == ("people.address_shown", "visit", "done")


def test_a_stranger_gets_nothing_and_the_attempt_is_recorded(cast, at):
    with pytest.raises(NotFound):
        read(cast, at, "karin", "thijs")
    assert Look.objects.get().result == "denied"


def test_without_a_purpose_there_is_no_address(cast, at):
    with pytest.raises(BadInput):
        address_for(cast.person["thijs"], by=cast.principal("mark"), purpose="", at=at)


def test_a_secret_address_is_kept_from_the_worker_who_is_told_so(cast, at):
    shown = read(cast, at, "sanne", "lot", stepped_up=True)
    assert (shown.lines, shown.hidden, bool(shown)) == ((), True, False)
    assert Look.objects.get().result == "hidden"


def test_the_right_alone_asks_a_step_up_and_with_it_shows(cast, at):
    actions.grant_whereabouts(
        by=cast.principal("els"), at=at, person=cast.person["lot"], staff=cast.staff["sanne"].pk,
        reason="Huisbezoek deze week", until=at + dt.timedelta(days=7),
    )  # fmt: skip
    assert read(cast, at, "sanne", "lot").needs_step
    assert read(cast, at, "sanne", "lot", stepped_up=True).lines[0] == "Zilvermeeuw 12"
    later = at + dt.timedelta(days=8)
    assert read(cast, later, "sanne", "lot", stepped_up=True).hidden
    actions.withdraw_whereabouts(
        by=cast.principal("els"), at=at, person=cast.person["lot"], staff=cast.staff["sanne"].pk
    )
    assert read(cast, at + dt.timedelta(seconds=1), "sanne", "lot", stepped_up=True).hidden


def test_nobody_gives_themselves_the_right_nor_for_long(cast, at):
    more = {"person": cast.person["lot"], "staff": cast.staff["sanne"].pk, "reason": "nodig"}
    with pytest.raises(NotAllowed):
        actions.grant_whereabouts(by=cast.principal("sanne"), at=at, until=at + dt.timedelta(days=1), **more)
    with pytest.raises(BadInput):
        actions.grant_whereabouts(by=cast.principal("els"), at=at, until=at + dt.timedelta(days=365), **more)


def peter_with_authority(cast, at):
    for child in ("daan", "lot"):
        relate(
            by=cast.principal("sanne"), at=at, subject_kind=SubjectKind.PERSON, subject=cast.person[child].pk,
            principal=cast.person["peter"].pk, kind=RelationKind.AUTHORITY, ground="joint authority",
            municipality="GM0303",
        )  # fmt: skip
    return principal_of_resident(Resident.objects.get(person=cast.person["peter"].pk), assurance="substantial")


def test_to_a_resident_a_secret_address_is_one_nobody_wrote_down(cast, at, sight_of_residents):
    peter = peter_with_authority(cast, at)
    shown = address_for(cast.person["lot"], by=peter, purpose=VISIT, at=at, stepped_up=True)
    Address.objects.filter(person=cast.person["lot"]).delete()
    assert shown == address_for(cast.person["lot"], by=peter, purpose=VISIT, at=at)
    assert not shown.hidden
    assert history_for(cast.person["lot"], by=peter, purpose=VISIT, at=at) == []


@pytest.fixture
def sight_of_residents():
    """Residents come through the same scope; nothing to set up, the name says what the test is about."""


def test_what_points_to_a_secret_place_is_kept_too(cast, at):
    lot, julia = cast.person["lot"].pk, cast.person["julia"].pk
    for what in Derived:
        assert not may_show(lot, by=cast.principal("sanne"), what=what, at=at)
        assert may_show(julia, by=cast.principal("mark"), what=what, at=at)
    assert showable([lot, julia], by=cast.principal("mark"), what=Derived.SCHOOL, at=at) == {julia}
    assert not may_show(lot, by=peter_with_authority(cast, at), what=Derived.SCHOOL, at=at)


def test_a_move_ends_the_old_address_on_that_day_and_keeps_the_secrecy(cast, at):
    sanne, day = cast.principal("sanne"), clock.today(at)
    new = actions.move(by=sanne, at=at, person=cast.person["lot"], lines="Zuiderzee 1\n8251 AA Dronten", starts=day)
    assert new.secret
    old = Address.objects.get(person=cast.person["lot"], ends=day)
    assert old.kind == AddressKind.REGISTERED
    with pytest.raises(BadInput):
        actions.move(by=sanne, at=at, person=cast.person["lot"], lines="Elders 2", starts=day - dt.timedelta(days=5))


def test_history_that_became_known_later_fits_between(cast, at):
    mark, thijs = cast.principal("mark"), cast.person["thijs"]
    first = Address.objects.get(person=thijs)
    actions.move(
        by=mark, at=at, person=thijs, lines="Vroeger 1\n8251 XX Dronten", starts=first.starts - dt.timedelta(days=100),
        ends=first.starts,
    )  # fmt: skip
    assert len(history_for(thijs, by=mark, purpose=VISIT, at=at)) == 2


def test_making_an_address_secret_covers_the_old_ones(cast, at):
    mark, thijs = cast.principal("mark"), cast.person["thijs"]
    actions.keep_address_secret(by=mark, at=at, person=thijs, reason="Bedreiging")
    assert read(cast, at, "mark", "thijs").hidden
    with pytest.raises(NotAllowed):
        actions.lift_address_secrecy(by=mark, at=at, person=thijs, reason="voorbij")
    actions.grant_whereabouts(
        by=cast.principal("els"), at=at, person=thijs, staff=cast.staff["mark"].pk, reason="voorbij",
        until=at + dt.timedelta(days=1),
    )  # fmt: skip
    actions.lift_address_secrecy(by=mark, at=at, person=thijs, reason="voorbij")
    assert read(cast, at, "mark", "thijs").lines


@pytest.mark.parametrize(("municipality", "district"), [("0303", ""), ("GM0303", "303"), ("GM0303", "WK017100")])
def test_codes_of_places_are_checked(cast, at, municipality, district):
    with pytest.raises(BadInput):
        actions.move(
            by=cast.principal("mark"), at=at, person=cast.person["thijs"], lines="Hier 1", starts=clock.today(at),
            place_municipality=municipality, district=district,
        )  # fmt: skip


def test_the_address_is_not_readable_in_the_database(cast):
    row = Address.objects.filter(person=cast.person["thijs"]).values_list("lines", flat=True).get()
    assert b"Kombuis" not in row.box
