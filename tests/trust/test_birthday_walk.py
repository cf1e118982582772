"""The birthday walk: who sees a dossier on the day before, on, and after the 12th, 16th and 18th birthday.

Also the day authority ends, and what happens when nobody's night job ran.
"""

import datetime as dt

import pytest
from django.db.models import Q

from rondom.core import clock
from rondom.core.models import Event
from rondom.core.principals import Principal, machine
from rondom.dossiers.queries import dossiers_for
from rondom.dossiers.resident_sight import recompute
from rondom.law.person import birthday
from rondom.people.actions import correct_person, end_authority, record_authority, record_representation
from rondom.people.models import Authority, Person
from rondom.privacy.actions import relate
from rondom.privacy.enums import Sight
from rondom.privacy.models import Relation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
BY = machine("test", "GM0303")


def moment(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clock.AMSTERDAM)


def sees(person: Person, child: str, cast, at: dt.datetime) -> bool:
    by = Principal(key=person.pk, kind="resident", role="resident", municipality="GM0303", person=person.pk)
    return dossiers_for(by, at=at, sight=Sight.RESIDENT).filter(pk=cast.dossier[child].pk).exists()


def night(at: dt.datetime):
    """The nightly job, a minute after midnight of that day."""
    return recompute(at=moment(clock.today(at), 0) + dt.timedelta(minutes=1))


def test_today_follows_age_and_authority(cast, at):
    who = cast.person
    expected = {
        ("mirjam", "lot"): True, ("peter", "lot"): True, ("karim", "lot"): False, ("karim", "sem"): False,
        ("mirjam", "daan"): False, ("peter", "daan"): False, ("daan", "daan"): True, ("lot", "lot"): False,
        ("oma_visser", "lot"): False, ("mirjam", "finn"): False, ("emine", "esra"): False, ("esra", "esra"): True,
        ("rob_kuiper", "roos"): True, ("peter", "roos"): False,
    }  # fmt: skip
    assert {pair: sees(who[pair[0]], pair[1], cast, at) for pair in expected} == expected


@pytest.mark.parametrize("leap", [False, True], ids=["", "29 February"])
@pytest.mark.parametrize("jobs_run", [True, False], ids=["", "the night job stands still"])
def test_at_every_birthday_sight_turns_on_the_day_itself(cast, at, leap, jobs_run):
    lot, peter = cast.person["lot"], cast.person["peter"]
    if leap:
        correct_person(by=BY, at=at, person=lot, changes={"born_on": dt.date(2020, 2, 29)}, opened_version=lot.version)
        lot.refresh_from_db()
    for age, before, after in ((12, (True, False), (True, True)), (16, (True, True), (False, True))):
        day = birthday(lot.born_on, age)
        for date, wanted in ((day - dt.timedelta(days=1), before), (day, after), (day + dt.timedelta(days=1), after)):
            if jobs_run:
                assert night(moment(date)).unexplained == 0
            parent, child = sees(peter, "lot", cast, moment(date)), sees(lot, "lot", cast, moment(date))
            assert parent is wanted[0], f"parent at {date}"
            if jobs_run:  # what begins needs the job; what ends does not
                assert child is wanted[1], f"child at {date}"


def test_the_first_second_of_the_16th_birthday_is_the_youths_alone(cast):
    lot, peter = cast.person["lot"], cast.person["peter"]
    midnight = moment(birthday(lot.born_on, 16), 0)
    assert sees(peter, "lot", cast, midnight - dt.timedelta(seconds=1))
    assert not sees(peter, "lot", cast, midnight)


def test_a_curator_sees_from_the_18th_birthday(cast, at):
    daan, oma = cast.person["daan"], cast.person["oma_visser"]
    record_representation(
        by=BY, at=at, person=daan, representative=oma, kind="curator", starts=clock.today(at), source="court"
    )
    day = birthday(daan.born_on, 18)
    for date, wanted in ((day - dt.timedelta(days=1), False), (day, True), (day + dt.timedelta(days=1), True)):
        night(moment(date))
        assert sees(oma, "daan", cast, moment(date)) is wanted
        assert sees(daan, "daan", cast, moment(date))


def test_authority_that_ends_is_sight_that_ends_on_that_day(cast, at):
    row = Authority.objects.get(child=cast.person["lot"], holder=cast.person["peter"])
    day = clock.today(at) + dt.timedelta(days=10)
    end_authority(by=BY, at=at, authority=row, ends=day, source="court", opened_version=row.version)
    for date, wanted in ((day - dt.timedelta(days=1), True), (day, False), (day + dt.timedelta(days=1), False)):
        assert sees(cast.person["peter"], "lot", cast, moment(date)) is wanted
    assert sees(cast.person["mirjam"], "lot", cast, moment(day))


def test_authority_that_begins_opens_at_once(cast, at):
    sem, karim = cast.person["sem"], cast.person["karim"]
    assert not sees(karim, "sem", cast, at)
    sole = Authority.objects.get(child=sem)
    end_authority(by=BY, at=at, authority=sole, ends=clock.today(at), source="court", opened_version=sole.version)
    for holder in (karim, cast.person["mirjam"]):
        record_authority(by=BY, at=at, child=sem, holder=holder, kind="joint", source="court", starts=clock.today(at))
    later = at + dt.timedelta(minutes=1)
    assert sees(karim, "sem", cast, later)


def test_a_corrected_birth_date_moves_the_day_without_a_night_between(cast, at):
    lot = cast.person["lot"]
    at = at + dt.timedelta(minutes=1)
    sixteen = clock.today(at).replace(year=clock.today(at).year - 16)
    correct_person(by=BY, at=at, person=lot, changes={"born_on": sixteen}, opened_version=lot.version)
    later = at + dt.timedelta(minutes=1)
    assert not sees(cast.person["peter"], "lot", cast, later)
    assert sees(lot, "lot", cast, later)


def test_a_quiet_night_changes_nothing_and_says_nothing(cast, at):
    night(at)
    before = Relation.objects.count(), Event.objects.count()
    outcome = recompute(at=at + dt.timedelta(days=1))
    assert (outcome.started, outcome.ended, outcome.unexplained) == (0, 0, 0)
    assert (Relation.objects.count(), Event.objects.count()) == (before[0], before[1] + 1)


def test_a_sight_that_nobody_had_reason_for_is_taken_away_and_told(cast, at, caplog):
    night(at)
    karim = cast.person["karim"]
    relate(
        by=BY, at=at, subject_kind="dossier", subject=cast.dossier["sem"].pk, principal=karim.pk, kind="authority",
        ground="Jw 7.3.15: authority", municipality="GM0303",
    )  # fmt: skip
    outcome = recompute(at=at + dt.timedelta(days=1))
    assert outcome.unexplained == 1
    assert not sees(karim, "sem", cast, at + dt.timedelta(days=1, minutes=1))
    told = Event.objects.get(kind="dossiers.sight_differed")
    assert set(told.subjects.values_list("subject", flat=True)) == {cast.dossier["sem"].pk, karim.pk}
    assert "1 differences" in caplog.text
    assert "Karim" not in caplog.text


def test_a_parent_whose_sight_was_cut_off_by_mistake_is_given_back_and_told(cast, at):
    night(at)
    with_peter = Q(principal=cast.person["peter"].pk, subject=cast.dossier["lot"].pk)
    Relation.objects.filter(with_peter).update(ends_at=at)
    outcome = recompute(at=at + dt.timedelta(days=1))
    assert (outcome.started, outcome.unexplained) == (1, 1)
