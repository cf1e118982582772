"""The figures of the chain on the cast, against a count by hand over the database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rondom.allocations.extract import allocations, waits
from rondom.allocations.models import Allocation
from rondom.core.keys import pseudonym
from rondom.dossiers.models import Case
from rondom.entry.models import AdviceCount, Concern, Referral
from rondom.facts import schema
from rondom.indicators import snapshot
from rondom.indicators.declared import indicators
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from rondom.people.enums import AddressKind, FactSource
from rondom.people.models import Address
from rondom.plans.models import FamilyPlan, PlanMeeting
from rondom.privacy.destruction import copies
from tests.crisis.conftest import BY

duckdb = pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]
YEAR = Period.read("2026")
IN_2026 = ("2026-01-01", "2026-12-31")


@pytest.fixture
def made(cast, at):
    return snapshot.make(by=BY, at=at)


@pytest.fixture
def facts(made):
    with snapshot.opened(snapshot.scopes()) as found:
        yield found


def number(facts, key, period=YEAR):
    return measured(facts, indicators[key], period).total.number


def split(facts, key, by, period=YEAR):
    return {row.group[0]: row.number for row in measured(facts, indicators[key], period, [by]).figures}


def test_every_indicator_can_be_asked_in_every_split_it_offers(facts):
    assert len(indicators) >= 40
    for each in indicators.values():
        for by in ((), *((group,) for group in each.groups)):
            measured(facts, each, YEAR, by)


def test_what_came_in_and_what_was_planned(facts):
    assert number(facts, "worries") == Concern.objects.filter(received_at__year=2026).count() > 0
    assert number(facts, "advice_given") == AdviceCount.objects.count() == 1
    assert number(facts, "referrals") == Referral.objects.count() > 0
    kinds = Referral.objects.values_list("kind", flat=True)
    assert split(facts, "referrals", "kind") == {kind: list(kinds).count(kind) for kind in set(kinds)}
    assert number(facts, "plans_agreed") == FamilyPlan.objects.filter(agreed_on__year=2026).count() > 0
    assert number(facts, "plan_meetings") == PlanMeeting.objects.filter(meeting__held_at__isnull=False).count()


def test_help_by_what_runs_on_the_last_day_and_by_what_ran_in_the_year(facts):
    begun = Allocation.objects.filter(started_on__lte=YEAR.last)
    running = begun.filter(stopped_on=None)
    assert number(facts, "orders") == Allocation.objects.filter(ordered_on__range=IN_2026).count()
    assert number(facts, "youths_with_help_at_end") == len(set(running.values_list("dossier__youth", flat=True))) > 0
    during = begun.exclude(stopped_on__lt=YEAR.starts)
    assert number(facts, "youths_with_help") == len(set(during.values_list("dossier__youth", flat=True)))
    per_youth = measured(facts, indicators["orders_per_youth"], YEAR).total
    assert per_youth.value == pytest.approx(during.count() / per_youth.number)


def test_an_age_is_that_on_the_last_day_also_from_a_month_of_birth_alone(facts):
    born = {
        row.dossier.youth_id: row.dossier.youth.born_on for row in Allocation.objects.filter(started_on__isnull=False)
    }
    ages = [
        YEAR.last.year - day.year - ((YEAR.last.month, YEAR.last.day) < (day.month, day.day)) for day in born.values()
    ]
    groups = {"0-3": range(4), "4-11": range(4, 12), "12-17": range(12, 18), "18+": range(18, 99)}
    wanted = {name: sum(age in years for age in ages) for name, years in groups.items()}
    assert split(facts, "youths_with_help", "age_group") == {name: count for name, count in wanted.items() if count}


def test_no_wijk_and_no_provider_of_a_youth_whose_whereabouts_are_secret(cast, at):
    child = Allocation.objects.filter(provider__isnull=False, started_on__isnull=False).first().dossier.youth
    Address.objects.filter(person=child).delete()
    home = Address.objects.create(
        municipality="GM0303", person=child, kind=AddressKind.REGISTERED, lines="Dorpsstraat 1", district="WK030300",
        place_municipality="GM0303", source=FactSource.REGISTER, starts=dt.date(2020, 1, 1),
    )  # fmt: skip

    def told():
        own = [row for row in allocations(at=at) if row.youth_key == pseudonym("youth", child.pk)]
        return {row.district for row in own}, {row.provider for row in own}

    assert told()[0] == {"WK030300"}
    assert told()[1] - {""}
    Address.objects.filter(pk=home.pk).update(secret=True)
    assert told() == ({""}, {""})


def test_nothing_that_names_somebody_is_in_a_snapshot(made, cast):
    words = {str(person.pk) for person in cast.person.values()} | {str(case.pk) for case in Case.objects.all()}
    words |= {person.family_name for person in cast.person.values() if len(person.family_name) > 3}
    with snapshot.opened(snapshot.scopes()) as found:
        for name, table in schema.tables.items():
            columns = snapshot.columns(table)
            text = " ".join(str(row) for row in found.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall())
            assert not [word for word in words if word in text], name


def test_one_youth_has_one_pseudonym_in_all_tables_of_a_snapshot(facts):
    orders = facts.execute("SELECT DISTINCT youth_key FROM allocation").fetchall()
    waits = facts.execute("SELECT DISTINCT youth_key FROM wait").fetchall()
    assert waits and set(waits) <= set(orders)


def test_a_snapshot_that_is_being_made_while_a_dossier_is_destroyed_is_never_used(made, at, monkeypatch):
    whole = snapshot.SOURCES["wait"]

    def destroyed_meanwhile(moment):
        monkeypatch.setattr(snapshot, "available", lambda: False)  # nothing is made anew here
        snapshot.forget()
        yield from whole(moment)

    monkeypatch.setitem(snapshot.SOURCES, "wait", destroyed_meanwhile)
    monkeypatch.setattr(snapshot, "require", lambda: None)
    with pytest.raises(FileNotFoundError):
        snapshot.make(by=BY, at=at + dt.timedelta(days=1))
    assert snapshot.generations() == []


def test_the_norms_of_a_place_are_read_once_whatever_the_number_of_waits(cast, at):
    with CaptureQueriesContext(connection) as asked:
        rows = list(waits(at=at))
    assert len(rows) > len({row.municipality for row in rows}) * 3
    assert len([q for q in asked if "waiting_norm_intake_days" in q["sql"]]) == len({row.municipality for row in rows})


def test_after_a_destruction_every_snapshot_goes_and_one_without_it_is_made(made, monkeypatch):
    AdviceCount.objects.all().delete()
    snapshot.forget()
    with snapshot.opened(snapshot.scopes()) as found:
        assert number(found, "advice_given") == 0
    monkeypatch.setattr(snapshot, "available", lambda: False)
    snapshot.forget()
    assert snapshot.generations() == []
    assert dict(copies)["indicators.snapshot"] is snapshot.forget
