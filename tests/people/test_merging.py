"""Doubles: who is proposed, what a merge moves, what stays, and that undoing brings it back."""

import datetime as dt

import pytest
from django.db import models

from rondom.core import clock
from rondom.core.errors import BadInput, Stale, VoidByLaw
from rondom.core.models import Event
from rondom.demo.cast import test_bsn as a_bsn
from rondom.dossiers.models import CaseAdult, Note
from rondom.people import actions, merging
from rondom.people.duplicates import alike, open_candidates
from rondom.people.enums import ContactKind, DuplicateReason, KinshipKind, TieStrength
from rondom.people.models import Address, Kinship, NetworkTie, Person
from rondom.people.search import search
from rondom.people.whereabouts import is_secret

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def wim(cast):
    return cast.principal("wim")


@pytest.fixture
def sanne(cast):
    return cast.principal("sanne")


def register(by, at, like, **more):
    known = {
        "called": like.called,
        "first_names": like.called,
        "family_name": like.family_name,
        "born_on": like.born_on,
    }
    return actions.register_person(by=by, at=at, **(known | more))


def pairs(wim):
    return {frozenset((c.one_id, c.other_id)): c for c in open_candidates(wim)}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, DuplicateReason.SAME_BIRTH),
        ({"called": "Myrjam", "first_names": "Myrjam"}, DuplicateReason.SAME_BIRTH),
        ({"family_name": "Visser-de Wit"}, DuplicateReason.SAME_BIRTH),
        ({"family_name": "VÍSSER"}, DuplicateReason.SAME_BIRTH),
        ({"family_name": "Jansen"}, None),
        ({"called": "Sophie", "first_names": "Sophie"}, None),
        ({"born_on": dt.date(1970, 1, 1)}, None),
    ],
)
def test_who_is_proposed_as_double(cast, at, wim, sanne, more, reason):
    mirjam = cast.person["mirjam"]
    other = register(sanne, at, mirjam, **more)
    found = pairs(wim).get(frozenset((mirjam.pk, other.pk)))
    assert (found.reason if found else None) == reason


def test_turned_digits_of_a_birth_date_are_seen(cast, at, wim, sanne):
    one = actions.register_person(by=sanne, at=at, called="Ayla", family_name="Demirci", born_on=dt.date(2014, 3, 12))
    two = actions.register_person(by=sanne, at=at, called="Ayla", family_name="Demirci", born_on=dt.date(2014, 3, 21))
    assert pairs(wim)[frozenset((one.pk, two.pk))].reason == DuplicateReason.TURNED_BIRTH


def test_twins_are_two_persons_when_they_are_brother_and_sister(cast, at, wim, sanne):
    one = actions.register_person(by=sanne, at=at, called="Jan", family_name="Prins", born_on=dt.date(2014, 3, 12))
    two = actions.register_person(by=sanne, at=at, called="Jana", family_name="Prins", born_on=dt.date(2014, 3, 12))
    actions.record_kinship(by=sanne, at=at, person=one, other=two, kind=KinshipKind.SIBLING)
    from rondom.people.duplicates import doubles_of

    assert doubles_of(one) == []


def test_names_that_are_alike():
    assert alike("El Amrani", "el-amrani") and alike("Jansen", "Janssen") and alike("Yılmaz", "Yilmaz")
    assert not alike("Visser", "Bakker") and not alike("", "Visser")


def test_the_pair_ruled_different_is_not_proposed_again(cast, at, wim, sanne):
    other = register(sanne, at, cast.person["mirjam"])
    candidate = pairs(wim)[frozenset((cast.person["mirjam"].pk, other.pk))]
    merging.rule_different(by=wim, at=at, candidate=candidate, opened_version=candidate.version)
    actions.correct_person(by=sanne, at=at, person=other, changes={"called": "Mir"}, opened_version=other.version)
    assert candidate.pk not in {c.pk for c in open_candidates(wim)}
    assert not open_candidates(cast.principal("karin"))


def rich(cast, at, sanne):
    """A second row of grandmother, with a bit of everything."""
    double = register(sanne, at, cast.person["oma_visser"], interpreter="Fries")
    case = cast.case["visser"]
    CaseAdult.objects.create(municipality="GM0303", case=case, person=double, part="oma", starts=clock.today(at))
    actions.add_contact_point(by=sanne, at=at, person=double, kind=ContactKind.PHONE, value="0612345678")
    actions.add_tie(by=sanne, at=at, person=double, label="Koor", strength=TieStrength.STRONG)
    actions.move(by=sanne, at=at, person=double, lines="Elders 1\n8251 AA Dronten", starts=clock.today(at))
    actions.record_kinship(by=sanne, at=at, person=double, other=cast.person["mirjam"], kind=KinshipKind.PARENT)
    actions.record_kinship(by=sanne, at=at, person=double, other=cast.person["peter"], kind=KinshipKind.OTHER)
    note = Note.objects.create(
        municipality="GM0303",
        case=case,
        written_by=cast.staff["sanne"],
        happened_at=at,
        channel="phone",
        text="Oma belde",
    )
    note.noteconcern_set.create(person=double)
    return double


def world():
    """Every row that points to a person, as it stands."""
    rows = {}
    for model, column in merging.columns():
        for key, person in model._default_manager.values_list("pk", column):
            rows[model._meta.label, str(key), column] = person
    return rows


def test_a_merge_moves_everything_and_undoing_brings_it_back(cast, at, wim, sanne):
    oma, double = cast.person["oma_visser"], rich(cast, at, sanne)
    before, persons = world(), list(Person.objects.order_by("pk").values("pk", *actions.persons.IDENTITY))
    shown = merging.preview(oma, double, by=wim, at=at)
    assert world() == before
    assert shown.filled == ["interpreter"] and sum(shown.moves.values()) >= 5 and not shown.refused
    merge = merging.merge_persons(
        by=wim, at=at, kept=oma, gone=double, reason="Zelfde vrouw", opened_version=double.version
    )
    after = world()
    still = [key for key, person in after.items() if person == double.pk]
    assert {label for label, _, _ in still} == {"dossiers.CaseAdult", "people.Kinship"}  # said twice: stayed behind
    assert NetworkTie.objects.get(label="Koor").person == oma
    assert [p.pk for p in search(sanne, "truus visser", at=at)] == [oma.pk]
    oma.refresh_from_db()
    assert oma.interpreter == "Fries"
    merging.undo_merge(by=wim, at=at, merge=merge, opened_version=merge.version)
    assert world() == before
    assert list(Person.objects.order_by("pk").values("pk", *actions.persons.IDENTITY)) == persons
    assert {p.pk for p in search(sanne, "truus visser", at=at)} >= {oma.pk}
    assert Event.objects.filter(kind__in=["people.merged", "people.merge_undone"]).count() == 2
    with pytest.raises(BadInput):
        merging.undo_merge(by=wim, at=at, merge=merge, opened_version=merge.version)


def test_what_was_added_after_the_merge_stays_with_the_kept_one(cast, at, wim, sanne):
    oma, double = cast.person["oma_visser"], rich(cast, at, sanne)
    merge = merging.merge_persons(by=wim, at=at, kept=oma, gone=double, reason="Zelfde", opened_version=double.version)
    tie = actions.add_tie(by=sanne, at=at, person=oma, label="Breiclub", strength=TieStrength.WEAK)
    merging.undo_merge(by=wim, at=at, merge=merge, opened_version=merge.version)
    tie.refresh_from_db()
    assert tie.person == oma


def test_a_bsn_goes_along_and_comes_back(cast, at, wim, sanne):
    one = actions.register_person(by=sanne, at=at, called="Ada", family_name="Prins", born_on=dt.date(1980, 1, 2))
    two = register(sanne, at, one, bsn=a_bsn(700), bsn_source="declared")
    merge = merging.merge_persons(by=wim, at=at, kept=one, gone=two, reason="Zelfde", opened_version=two.version)
    one.refresh_from_db()
    assert one.bsn == a_bsn(700)
    merging.undo_merge(by=wim, at=at, merge=merge, opened_version=merge.version)
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.bsn, two.bsn) == (None, a_bsn(700))


def test_two_bsn_are_two_persons(cast, at, wim, sanne):
    double = register(sanne, at, cast.person["mirjam"], bsn=a_bsn(701), bsn_source="declared")
    with pytest.raises(VoidByLaw):
        merging.merge_persons(
            by=wim, at=at, kept=cast.person["mirjam"], gone=double, reason="x", opened_version=double.version
        )
    assert merging.preview(cast.person["mirjam"], double, by=wim, at=at).refused


def test_secrecy_is_never_lost(cast, at, wim, sanne):
    double = register(sanne, at, cast.person["oma_visser"])
    actions.move(by=sanne, at=at, person=double, lines="Geheim 1", starts=clock.today(at), secret=True)
    actions.move(by=sanne, at=at, person=cast.person["oma_visser"], lines="Open 1", starts=clock.today(at))
    merge = merging.merge_persons(
        by=wim, at=at, kept=cast.person["oma_visser"], gone=double, reason="Zelfde", opened_version=double.version
    )
    assert is_secret(cast.person["oma_visser"].pk)
    merging.undo_merge(by=wim, at=at, merge=merge, opened_version=merge.version)
    assert is_secret(cast.person["oma_visser"].pk) and is_secret(double.pk)
    assert Address.objects.filter(person=double, ends=None).count() == 1


def test_two_stewards_do_not_merge_one_pair_twice(cast, at, wim, sanne):
    double = register(sanne, at, cast.person["oma_visser"])
    again = Person.objects.get(pk=double.pk)
    oma = cast.person["oma_visser"]
    merging.merge_persons(by=wim, at=at, kept=oma, gone=double, reason="Zelfde", opened_version=double.version)
    with pytest.raises((BadInput, Stale)):
        merging.merge_persons(by=wim, at=at, kept=oma, gone=again, reason="Zelfde", opened_version=again.version)


def test_every_foreign_key_to_a_person_moves():
    named = {(model, column) for model, column in merging.columns()}
    for relation in Person._meta.related_objects:
        if relation.related_model._meta.label not in merging.OWN and not relation.many_to_many:
            assert (relation.related_model, relation.field.name) in named
    assert all(isinstance(model._meta.get_field(column), models.Field) for model, column in named)
    assert (Kinship, "other") in named
