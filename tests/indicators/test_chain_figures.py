"""The figures of the chain on the cast, against a count by hand over the database."""

import datetime as dt
import random
from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rondom.allocations import actions as orders
from rondom.allocations.enums import AllocationState
from rondom.allocations.extract import allocations, trajectories, waits
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.keys import pseudonym
from rondom.dossiers.models import Case
from rondom.entry import actions as entry
from rondom.entry.enums import AskerKind, Channel, Part, ReporterKind
from rondom.entry.models import AdviceCount, Concern, Referral
from rondom.facts import coarse, schema
from rondom.indicators import snapshot
from rondom.indicators.declared import indicators
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from rondom.people import actions as people
from rondom.people.enums import AddressKind, FactSource
from rondom.people.models import Address
from rondom.plans.models import FamilyPlan, PlanMeeting
from rondom.privacy.destruction import copies
from tests.crisis.conftest import BY
from tests.indicators import drenthe

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
    assert number(facts, "advice_given") == AdviceCount.objects.count() == 2
    assert number(facts, "referrals") == Referral.objects.count() > 0
    kinds = Referral.objects.values_list("kind", flat=True)
    assert split(facts, "referrals", "kind") == {kind: list(kinds).count(kind) for kind in set(kinds)}
    assert number(facts, "plans_agreed") == FamilyPlan.objects.filter(agreed_on__year=2026).count() > 0
    assert number(facts, "plan_meetings") == PlanMeeting.objects.filter(meeting__held_at__isnull=False).count()


def test_who_reported_is_released_as_a_group_that_points_at_nobody(facts):
    kinds = [coarse.reporter_group(kind) for kind in Concern.objects.values_list("reporter_kind", flat=True)]
    assert split(facts, "worries", "reporter", Period.read("2026")) == {kind: kinds.count(kind) for kind in set(kinds)}
    assert {coarse.reporter_group(kind) for kind in ReporterKind} == {
        "family", "network", "school", "health", "safety", "other",
    }  # fmt: skip


def test_trajectories_are_what_overlapping_orders_are_together(cast, at):
    drenthe.load_forms(at)
    dossier, of, day = drenthe.youth("A", "GM0106"), drenthe.product("daghulp"), dt.date(2025, 1, 1)
    for begins, ends in ((0, 99), (50, 149), (200, 230)):  # two that overlap, and one some weeks later
        first, last = day + dt.timedelta(days=begins), day + dt.timedelta(days=ends)
        drenthe.order(
            cast, dossier, of, starts=first, started_on=first, start_told_on=first, stopped_on=last,
            state=AllocationState.STOPPED, stop_reason="as_planned",
        )  # fmt: skip
    found = list(trajectories(at=at, youths={dossier.youth_id}))
    assert [(row.orders, row.days, row.days_since_help) for row in found] == [(2, 150, None), (1, 31, 51)]
    assert {(row.help_form, row.referrer, row.province) for row in found} == {("03", "01", "drenthe")}
    snapshot.make(by=BY, at=at)
    with snapshot.opened(["GM0106"]) as facts:
        year = Period.read("2025")
        assert number(facts, "trajectories", year) == number(facts, "trajectories_begun", year) == 2
        assert measured(facts, indicators["trajectories_per_youth"], year).total.value == 2
        again = {days: _again(facts, year, days) for days in (50, 51, None)}
        assert again == {50: 0, 51: 1, None: 1}  # None: as the parameter says


def _again(facts, year, days):
    numbers = {} if days is None else {"repeat_use_days": days}
    return measured(facts, indicators["repeat_use"], year, numbers=numbers).total.part


def test_who_referred_is_who_cbs_asks_for(cast, at):
    """By the ground of the order; of a doctor, whoever wrote the newest referral."""
    said = {row.allocation_key: row.referrer for row in allocations(at=at)}
    for row in Allocation.objects.all():
        code = said[pseudonym("allocation", row.pk)]
        if row.decision == "free_offer":
            assert code == "06"
        elif row.ground != "medical":
            assert code == {"municipal": "01", "gi": "04", "court": "08"}[row.ground]
        else:
            assert code in ("", "02", "03", "05")


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


def rows_of(table):
    """Return the rows of a table of a snapshot, in order, without what is renewed."""
    released = [name for name in snapshot.columns(schema.tables[table]) if not name.endswith("_key")]
    with snapshot.opened(snapshot.scopes()) as found:
        return found.execute(f"SELECT {', '.join(released)} FROM {table}").fetchall()


def _advised(cast, at):
    entry.count_advice(
        by=cast.principal("yasmin"), at=at, organisation=cast.staff["yasmin"].organisation, channel=Channel.PHONE,
        asker=AskerKind.PARENT,
    )  # fmt: skip


def _worried(cast, at):
    entry.receive(
        by=cast.principal("sanne"), at=at, entered_by=cast.staff["sanne"], channel=Channel.PHONE,
        reporter=entry.Reporter(ReporterKind.SCHOOL, "Juf Anja", "De Wilgen"), worry="Slaapt op school.",
        talked_on=clock.today(at), persons=[entry.Named(Part.CHILD, "Pim van der Laan")],
    )  # fmt: skip


def _started(cast, at):
    row = Allocation.objects.filter(state=AllocationState.ORDERED, dossier__in=cast.dossier.values()).first()
    if row is not None:
        orders.start(
            by=cast.principal("joris"), at=at, allocation=row, started_on=clock.today(at), right_address=True,
            help_needed=True,
        )  # fmt: skip


def _moved(cast, at):
    child = Allocation.objects.filter(started_on__isnull=False).first().dossier.youth
    with suppress(BadInput):  # not twice on one day
        people.move(
            by=cast.principal("joris"), at=at, person=child, lines="Kade 2", place_municipality="GM0303",
            district="WK030301", starts=clock.today(at),
        )  # fmt: skip


@pytest.mark.slow
def test_step_by_step_it_is_row_for_row_what_a_whole_one_is(made, cast, at):
    """Whatever people do in between, in whichever room, a run that asks only what can have changed misses nothing."""
    chance = random.Random(6)
    acts = [_advised, _worried, _started, _moved]
    moment = at
    for _turn in range(6):
        moment += dt.timedelta(hours=chance.choice((1, 5, 30)))
        with clock.standing_at(moment):
            for act in chance.sample(acts, chance.randrange(3)):
                act(cast, moment)
            snapshot.make(by=BY, at=moment)
            some = {table: rows_of(table) for table in snapshot.SOURCES}
            snapshot.make(by=BY, at=moment + dt.timedelta(seconds=1), whole=True)
            every = {table: rows_of(table) for table in snapshot.SOURCES}
        assert some == every


def test_after_a_destruction_every_snapshot_goes_and_one_without_it_is_made(made, monkeypatch):
    AdviceCount.objects.all().delete()
    snapshot.forget()
    with snapshot.opened(snapshot.scopes()) as found:
        assert number(found, "advice_given") == 0
    monkeypatch.setattr(snapshot, "available", lambda: False)
    snapshot.forget()
    assert snapshot.generations() == []
    assert dict(copies)["indicators.snapshot"] is snapshot.forget
