"""Authority, households, kinship, measures: dated facts that may not contradict each other."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.errors import BadInput, Stale
from rondom.core.models import Event
from rondom.people import actions, queries
from rondom.people.enums import (
    AuthorityKind,
    FactSource,
    HouseholdPart,
    KinshipKind,
    MeasureKind,
    RepresentationKind,
)
from rondom.people.models import HouseholdMember

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def sanne(cast):
    return cast.principal("sanne")


@pytest.fixture
def today(at):
    return clock.today(at)


def authority(cast, at, child, holder, kind=AuthorityKind.SOLE, starts=None, **more):
    return actions.record_authority(
        by=cast.principal("sanne"), at=at, child=cast.person[child], holder=cast.person[holder] if holder else None,
        kind=kind, source=FactSource.REGISTER, starts=starts or clock.today(at), **more,
    )  # fmt: skip


def test_joint_authority_names_both_parents_and_is_complete(cast, today):
    picture = queries.authority_over(cast.person["lot"], today)
    assert picture.holders == ["Mirjam Visser", "Peter de Wit"]
    assert picture.complete and not picture.unknown


def test_sole_authority_beside_another_holder_is_refused_with_what_to_do(cast, at):
    with pytest.raises(BadInput) as refused:
        authority(cast, at, "lot", "karim")
    assert "Mirjam Visser" in str(refused.value)
    assert refused.value.field == "kind"


def test_a_third_holder_of_joint_authority_is_refused(cast, at):
    with pytest.raises(BadInput) as refused:
        authority(cast, at, "lot", "karim", AuthorityKind.JOINT)
    assert "Peter de Wit" in str(refused.value)


def test_the_same_holder_twice_is_refused(cast, at):
    with pytest.raises(BadInput):
        authority(cast, at, "sem", "mirjam")


def test_after_the_end_another_kind_can_begin_on_that_day(cast, at, today, sanne):
    for row in queries.authority_history(cast.person["lot"]):
        actions.end_authority(
            by=sanne, at=at, authority=row, ends=today, source=FactSource.COURT, opened_version=row.version
        )
    authority(cast, at, "lot", "mirjam", AuthorityKind.SOLE)
    assert queries.authority_over(cast.person["lot"], today).holders == ["Mirjam Visser"]
    assert queries.authority_over(cast.person["lot"], today - DAY).holders == ["Mirjam Visser", "Peter de Wit"]


def test_one_known_holder_of_two_is_shown_as_incomplete(cast, at, today):
    child = actions.register_person(by=cast.principal("sanne"), at=at, called="Puk", family_name="Visser")
    assert queries.authority_over(child, today).unknown
    cast.person["puk"] = child
    authority(cast, at, "puk", "mirjam", AuthorityKind.JOINT)
    picture = queries.authority_over(child, today)
    assert not picture.complete and not picture.unknown


def test_authority_ends_by_itself_on_the_eighteenth_birthday(cast, at, today):
    daan = cast.person["daan"]
    birthday = queries.of_age_on(daan)
    assert queries.authority_over(daan, birthday - DAY).holders
    assert queries.authority_over(daan, birthday).adult
    assert not queries.authority_over(daan, birthday).facts
    with pytest.raises(BadInput):
        authority(cast, at, "daan", "karim", starts=birthday)


def test_children_under_somebody_leave_out_who_is_of_age(cast, today):
    names = [row.child.short_name for row in queries.children_under(cast.person["peter"], today)]
    assert names == ["Daan", "Lot"]
    later = queries.of_age_on(cast.person["daan"])
    assert [row.child.short_name for row in queries.children_under(cast.person["peter"], later)] == ["Lot"]


def test_guardianship_of_an_institution_names_the_institution(cast, today, at):
    assert queries.authority_over(cast.person["finn"], today).holders == ["Jeugdbescherming Polderland (GI)"]
    with pytest.raises(BadInput):
        authority(cast, at, "roos", None, AuthorityKind.GUARDIAN_GI)


def test_two_people_ending_the_same_authority_do_not_overwrite_each_other(cast, at, today, sanne):
    row = queries.authority_history(cast.person["sem"]).get()
    actions.end_authority(by=sanne, at=at, authority=row, ends=today, source=FactSource.COURT, opened_version=1)
    with pytest.raises(Stale):
        actions.end_authority(
            by=sanne, at=at, authority=row, ends=today - DAY, source=FactSource.DECLARED, opened_version=1
        )


def test_events_name_the_fields_and_never_the_values(cast, at, sanne):
    person = actions.register_person(
        by=sanne, at=at, called="Kanarie", family_name="Vogelsang", born_on=dt.date(2015, 3, 1)
    )
    event = Event.objects.get(kind="people.person_registered", object_id=str(person.pk))
    assert event.fields == ["born_on", "called", "family_name"]
    assert "Vogelsang" not in repr(event.__dict__)


def test_a_child_may_have_two_homes_part_of_the_week(cast, today):
    homes = HouseholdMember.objects.filter(person=cast.person["julia"]).values("household").distinct()
    assert homes.count() == 2
    names = {m.person.short_name for m in queries.household_of(cast.person["julia"], today)}
    assert names == {"Julia", "Anna", "Thijs"}


def test_nobody_lives_full_time_in_two_households(cast, at, today, sanne):
    home = HouseholdMember.objects.get(person=cast.person["peter"]).household
    with pytest.raises(BadInput) as refused:
        actions.join_household(
            by=sanne, at=at, household=home, person=cast.person["lot"], part=HouseholdPart.CHILD, starts=today
        )
    assert refused.value.field == "part"
    actions.join_household(
        by=sanne, at=at, household=home, person=cast.person["lot"], part=HouseholdPart.PART_TIME_CHILD, starts=today
    )


def test_the_same_membership_twice_is_refused_and_may_begin_on_the_day_the_first_ends(cast, at, today, sanne):
    member = HouseholdMember.objects.get(person=cast.person["lot"])
    again = {"household": member.household, "person": cast.person["lot"], "part": HouseholdPart.CHILD, "starts": today}
    with pytest.raises(BadInput):
        actions.join_household(by=sanne, at=at, **again)
    actions.leave_household(by=sanne, at=at, member=member, ends=today, opened_version=member.version)
    actions.join_household(by=sanne, at=at, **again)
    assert len(queries.household_of(cast.person["lot"], today)) == 5


def test_kinship_is_read_from_both_sides(cast):
    of_lot = {kin.other.short_name: str(kin.word) for kin in queries.kin_of(cast.person["lot"])}
    assert of_lot == {"Mirjam": "parent of", "Peter": "parent of"}
    of_peter = [(kin.other.short_name, str(kin.word)) for kin in queries.kin_of(cast.person["peter"])]
    assert of_peter == [("Daan", "child of"), ("Lot", "child of"), ("Mirjam", "ex-partner of")]


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


def test_kinship_the_other_way_round_twice_and_a_parent_younger_than_the_child_are_refused(cast, at, sanne):
    def kin(one, kind, other):
        actions.record_kinship(by=sanne, at=at, person=cast.person[one], other=cast.person[other], kind=kind)

    for one, kind, other in (
        ("lot", KinshipKind.PARENT, "mirjam"),
        ("mirjam", KinshipKind.PARENT, "lot"),
        ("peter", KinshipKind.EX_PARTNER, "mirjam"),
        ("lot", KinshipKind.PARENT, "karim"),
        ("lot", KinshipKind.SIBLING, "lot"),
    ):
        with pytest.raises(BadInput):
            kin(one, kind, other)


def test_partners_who_part_become_ex_partners(cast, at, sanne):
    pair = {"person": cast.person["mirjam"], "other": cast.person["thijs"]}
    actions.record_kinship(by=sanne, at=at, kind=KinshipKind.PARTNER, **pair)
    actions.record_kinship(by=sanne, at=at, kind=KinshipKind.EX_PARTNER, **pair)
    words = [str(k.word) for k in queries.kin_of(cast.person["thijs"]) if k.other == cast.person["mirjam"]]
    assert words == ["ex-partner of"]


def test_a_measure_is_extended_from_the_day_the_old_one_ends(cast, at, sanne):
    old = queries.measure_history(cast.person["lot"]).get()
    more = {"child": cast.person["lot"], "kind": MeasureKind.SUPERVISION, "body": "Jeugdbescherming Polderland (GI)"}
    with pytest.raises(BadInput):
        actions.record_measure(by=sanne, at=at, starts=old.ends - DAY, **more)
    actions.record_measure(by=sanne, at=at, starts=old.ends, **more)
    assert [m.pk for m in queries.measures_on([cast.person["lot"]], old.ends - DAY)] == [old.pk]


def test_a_mentor_represents_somebody_from_a_day(cast, at, today, sanne):
    more = {"person": cast.person["esra"], "representative": cast.person["emine"], "kind": RepresentationKind.MENTOR}
    actions.record_representation(by=sanne, at=at, starts=today, **more)
    assert queries.representation_of(cast.person["esra"], today).get().representative == cast.person["emine"]
    with pytest.raises(BadInput):
        actions.record_representation(by=sanne, at=at, starts=today, **more)
