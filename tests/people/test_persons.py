"""Registering and correcting persons, BSN, contact points, ties."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.errors import BadInput, Stale
from rondom.demo.cast import test_bsn as a_bsn
from rondom.people import actions, queries
from rondom.people.enums import ContactKind, ContactSafety, FactSource, TieStrength
from rondom.people.models import Person, SearchToken

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def sanne(cast):
    return cast.principal("sanne")


def test_an_unborn_child_needs_no_name(cast, at, sanne):
    child = actions.register_person(by=sanne, at=at, expected_on=clock.today(at) + dt.timedelta(days=90))
    assert child.is_unborn
    assert child.short_name


def test_a_birth_gives_the_unborn_child_its_name_and_search_words(cast, at, sanne):
    baby = cast.person["baby_yilmaz"]
    day = clock.today(at)
    actions.correct_person(
        by=sanne, at=at, person=baby, changes={"called": "Elif", "born_on": day}, opened_version=baby.version
    )
    assert not baby.is_unborn
    assert set(SearchToken.objects.filter(person=baby).values_list("token", flat=True)) == {"elif", "yilmaz"}


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"called": "Lot", "born_on": dt.date(2027, 1, 1)},
        {"called": "Lot", "born_on": dt.date(1890, 1, 1)},
        {"expected_on": dt.date(2028, 1, 1)},
        {"called": "Lot", "sex": "x"},
    ],
)
def test_what_cannot_be_true_is_refused(cast, at, sanne, known):
    before = Person.objects.count()
    with pytest.raises(BadInput):
        actions.register_person(by=sanne, at=at, **known)
    assert Person.objects.count() == before


def test_a_refused_correction_leaves_the_person_as_it_was(cast, at, sanne):
    lot = cast.person["lot"]
    born = lot.born_on
    with pytest.raises(BadInput):
        actions.correct_person(
            by=sanne, at=at, person=lot, changes={"born_on": dt.date(2030, 1, 1)}, opened_version=lot.version
        )
    assert lot.born_on == born
    lot.refresh_from_db()
    assert lot.born_on == born


def test_the_second_of_two_correctors_is_told(cast, at, sanne):
    lot = cast.person["lot"]
    opened = lot.version
    actions.correct_person(by=sanne, at=at, person=lot, changes={"called": "Lotte"}, opened_version=opened)
    with pytest.raises(Stale):
        actions.correct_person(by=sanne, at=at, person=lot, changes={"called": "Charlotte"}, opened_version=opened)


def test_a_bsn_in_use_is_refused_without_saying_whose(cast, at, sanne):
    with pytest.raises(BadInput) as refused:
        actions.register_person(
            by=sanne, at=at, called="Iemand", bsn=cast.person["lot"].bsn, bsn_source=FactSource.REGISTER
        )
    assert "Lot" not in str(refused.value)
    assert not Person.objects.filter(called="Iemand").exists()


def test_the_same_bsn_may_be_known_in_another_municipality(cast, at):
    karin = cast.principal("karin")
    person = actions.register_person(
        by=karin, at=at, called="Lot", bsn=cast.person["lot"].bsn, bsn_source=FactSource.REGISTER
    )
    assert person.bsn_index != cast.person["lot"].bsn_index


def test_a_demonstration_takes_test_numbers_only(cast, at, sanne):
    from rondom.core.models import Installation

    Installation.objects.get_or_create(kind="demo")
    with pytest.raises(BadInput):
        actions.record_bsn(by=sanne, at=at, person=cast.person["lot"], bsn="111222333", source=FactSource.REGISTER)
    actions.record_bsn(by=sanne, at=at, person=cast.person["lot"], bsn=a_bsn(500), source=FactSource.REGISTER)


def test_a_number_is_safe_to_ring_only_when_somebody_said_so(cast, at, sanne):
    mirjam, day = actions.register_person(by=sanne, at=at, called="Tante", family_name="Visser"), clock.today(at)
    point = actions.add_contact_point(by=sanne, at=at, person=mirjam, kind=ContactKind.PHONE, value="+31 6 1234 5678")
    assert point.value == "0612345678"
    assert queries.safe_phone(mirjam, day) is None
    actions.change_contact_point(
        by=sanne, at=at, point=point, safety=ContactSafety.SAFE, remark="na zessen", opened_version=point.version
    )
    assert queries.safe_phone(mirjam, day) == point
    with pytest.raises(BadInput):
        actions.add_contact_point(by=sanne, at=at, person=mirjam, kind=ContactKind.PHONE, value="06-12345678")


@pytest.mark.parametrize(("kind", "value"), [("phone", "06 1234"), ("phone", "bel oma"), ("email", "mirjam")])
def test_a_contact_point_that_cannot_be_read_is_refused(cast, at, sanne, kind, value):
    with pytest.raises(BadInput):
        actions.add_contact_point(by=sanne, at=at, person=cast.person["mirjam"], kind=ContactKind(kind), value=value)


def test_a_tie_changes_with_its_version(cast, at, sanne):
    tie = queries.ties_of([cast.person["lot"]], clock.today(at)).get(label="Zwemclub")
    actions.change_tie(by=sanne, at=at, tie=tie, changes={"strength": TieStrength.WEAK}, opened_version=tie.version)
    with pytest.raises(BadInput):
        actions.add_tie(by=sanne, at=at, person=cast.person["lot"], label="zwemclub", strength=TieStrength.STRONG)
