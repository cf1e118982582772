"""In time before 18: a date to make a plan for afterwards, once, where the municipality chose the age."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.dossiers import queries as dossiers
from rondom.dossiers.models import Clock
from rondom.people.models import Person
from rondom.plans import future
from rondom.reference import actions as reference

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


def choose(cast, at, name, months):
    began = at - 3 * DAY
    reference.propose(
        by=cast.principal("tom", at=began), at=began, name=name, scope="GM0303", value=str(months),
        source="Uitvoeringsregels jeugdhulp", starts=clock.today(at), seen=None,
    )  # fmt: skip


def born(cast, name, day):
    Person.objects.filter(pk=cast.person[name].pk).update(born_on=day)


def made(kind="plans.future"):
    return {(row.subject, row.due_on) for row in Clock.objects.filter(kind=kind)}


def test_without_a_choice_no_date_is_made(cast, at):
    assert future.remind(at=at) == 0


# months before today that somebody was born -> a date or none (198 months: sixteen and a half)
@pytest.mark.parametrize(
    ("birth", "expected"),
    [(dt.date(2010, 5, 24), True), (dt.date(2010, 5, 25), False), (dt.date(2008, 11, 25), True),
     (dt.date(2008, 11, 24), False)],
)  # fmt: skip
def test_who_reached_the_age_and_is_not_18_gets_a_date_once(cast, at, birth, expected):
    choose(cast, at, "future_plan_months", 198)
    for other in ("daan", "esra"):
        born(cast, other, dt.date(2015, 1, 1))
    born(cast, "lot", birth)
    assert future.remind(at=at) == (1 if expected else 0)
    assert made() == ({(cast.dossier["lot"].pk, clock.today(at))} if expected else set())
    assert future.remind(at=at + DAY) == (0 if expected or birth < dt.date(2009, 1, 1) else 1)


def test_it_rests_with_who_coordinates_and_stays_hidden_with_the_dossier(cast, at):
    choose(cast, at, "future_review_months", 190)
    born(cast, "esra", dt.date(2015, 1, 1))
    future.remind(at=at)
    row = Clock.objects.get(kind="plans.future_again", subject=cast.dossier["daan"].pk)
    assert (row.rests_with, row.title) == (cast.staff["sanne"], "Opnieuw kijken naar na 18: Daan")
    assert row in dossiers.clocks_for(cast.principal("sanne"), at=at)
    assert row not in dossiers.clocks_for(cast.principal("fatima"), at=at)
