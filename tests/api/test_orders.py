"""What a provider's system reads: what was ordered from that provider, in its period, and nothing else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rondom.allocations.actions import Basis
from rondom.allocations.enums import AllocationState, Decision, Frequency, Ground, StopReason
from rondom.allocations.models import Allocation
from rondom.api import actions
from rondom.core import clock
from rondom.core.ids import new_id
from rondom.core.models import Look
from rondom.people import actions as people
from rondom.people.models import Address
from rondom.privacy.models import Relation
from tests.allocations.test_orders import order, start, stop

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DECIDED = Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-1", dt.date(2026, 11, 20))
LATER = dt.timedelta(minutes=2)


def ids(answer):
    return [row["id"] for row in answer.json()["resultaten"]]


def sight(provider, at):
    rows = Relation.objects.filter(principal=provider.pk, ends_at=None)
    return set(rows.values_list("subject", flat=True))


def test_an_order_is_product_volume_period_and_ground_and_nothing_more(cast, at, connect):
    samen = connect("samen")
    row = order(cast, at)
    said = samen.get(f"toewijzingen/{row.pk}").json()
    assert said == {
        "id": str(row.pk), "aanbieder": "Samen Sterk Polder", "begint_op": "2026-11-24", "grond": "gemeente",
        "product": {"categorie": "45", "code": "45A48", "naam": "Kortdurende hulp"}, "staat": "besteld",
        "gewijzigd_op": said["gewijzigd_op"],
    }  # fmt: skip
    look = Look.objects.latest("number")
    assert (look.kind, look.ground) == ("allocations.order_shown", f"organisation: {actions.GROUND}")
    assert ("dossier", row.dossier_id) in set(look.subjects.values_list("kind", "subject"))


def test_an_order_with_a_volume_says_how_much_per_what(cast, at, connect):
    row = order(
        cast, at, code="45A04", basis=DECIDED, volume=120, frequency=Frequency.WEEK, despite="Zo afgesproken.",
        ends=clock.today(at) + dt.timedelta(days=90),
    )  # fmt: skip
    Allocation.objects.filter(pk=row.pk).update(state=AllocationState.ORDERED, deviations="", despite="")
    vuurtoren = connect("vuurtoren")
    said = vuurtoren.get(f"toewijzingen/{row.pk}").json()
    assert said["omvang"] == {"aantal": 120, "eenheid": "01", "per": "week"} and said["eindigt_op"] == "2027-02-21"


def test_another_providers_order_and_one_that_does_not_exist_are_the_same(cast, at, connect):
    row, vuurtoren = order(cast, at), connect("vuurtoren")
    real, fake = vuurtoren.get(f"toewijzingen/{row.pk}"), vuurtoren.get(f"toewijzingen/{cast.dossier['lot'].pk}")
    assert (real.status_code, real.content) == (404, fake.content)
    denied = Look.objects.filter(result="denied", actor=vuurtoren.row.pk)
    assert [look.object_id for look in denied] == [str(row.pk)]
    assert str(row.pk) not in ids(vuurtoren.get("toewijzingen"))


def test_sight_is_given_with_the_order_and_ends_with_the_key(cast, at, connect):
    samen = cast.provider["samen"]
    order(cast, at, child="timo")
    assert sight(samen, at) == set()  # nothing reads: nobody has sight
    key = connect("samen")
    assert cast.dossier["timo"].pk in sight(samen, at)
    actions.withdraw_key(by=cast.principal("tom"), at=at, key=key.row, withdrawn_by=cast.staff["tom"])
    assert sight(samen, at) == set()


def test_an_order_that_ended_is_read_for_a_month_and_then_the_sight_ends(cast, at, connect):
    samen, row = connect("samen"), order(cast, at)
    start(cast, at, row)
    stop(cast, at, row, StopReason.AS_PLANNED)
    assert samen.get(f"toewijzingen/{row.pk}").json()["staat"] == "gestopt"
    month = at + dt.timedelta(days=29)
    with clock.standing_at(month):
        assert samen.get(f"toewijzingen/{row.pk}").status_code == 200
    over = at + dt.timedelta(days=32)
    actions.settle_all(at=over)
    assert row.dossier_id not in sight(cast.provider["samen"], over)


def test_a_secret_address_and_a_shielded_dossier_are_told_by_a_person(cast, at, connect):
    samen, row = connect("samen"), order(cast, at)
    assert str(row.pk) in ids(samen.get("toewijzingen"))
    open_to_all = samen.get("toewijzingen?aantal=1").content
    child = row.dossier.youth
    people.move(
        by=cast.principal("joris"), at=at, person=child, lines="Ergens 1\n8250 AA Dronten", secret=True,
        place_municipality="GM0303", district="WK030301", source="register", starts=clock.today(at),
    )  # fmt: skip
    assert Address.objects.filter(person=child, secret=True).exists()
    assert str(row.pk) not in ids(samen.get("toewijzingen"))
    assert samen.get(f"toewijzingen/{row.pk}").status_code == 404
    assert b"Ergens" not in open_to_all
    Address.objects.filter(person=child).update(secret=False)
    type(row.dossier).objects.filter(pk=row.dossier_id).update(shielded=True)
    assert samen.get(f"toewijzingen/{row.pk}").status_code == 404


def test_an_order_that_waits_for_the_back_office_is_nobodys_yet(cast, at, connect):
    order(cast, at)
    row = order(cast, at, despite="Tijdelijk naast elkaar.")
    assert row.state == AllocationState.WAITING
    assert str(row.pk) not in ids(connect("samen").get("toewijzingen"))


def test_the_municipality_reads_what_it_pays(cast, at, connect):
    row = order(cast, at)
    assert str(row.pk) in ids(connect("backoffice").get("toewijzingen"))
    assert ids(connect("jeugdteam").get("toewijzingen")) == []  # the team has no relation of this kind


def test_nothing_new_is_304_and_costs_no_body(cast, at, connect):
    samen, row = connect("samen"), order(cast, at)
    first = samen.get("toewijzingen")
    same = samen.get("toewijzingen", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert connect("vuurtoren").get("toewijzingen", **{"If-None-Match": first["ETag"]}).status_code == 200
    start(cast, at + LATER, row)
    assert samen.get("toewijzingen", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_changes_come_in_order_once_and_a_minute_late(cast, at, connect):
    samen, row = connect("samen"), order(cast, at)
    Allocation.objects.filter(pk=row.pk).update(changed_at=at)
    assert str(row.pk) not in ids(samen.get("wijzigingen"))
    with clock.standing_at(at + LATER):
        seen, place = [], ""
        while True:
            part = samen.get(f"wijzigingen?aantal=1&na={place}").json()
            seen += [change["id"] for change in part["resultaten"]]
            place = part["tot_hier"]
            if not part["meer"]:
                break
        assert seen.count(str(row.pk)) == 1 and len(seen) == len(set(seen))
        assert ids(samen.get(f"wijzigingen?na={place}")) == []
    start(cast, at + LATER, row)
    with clock.standing_at(at + 3 * LATER):
        after = samen.get(f"wijzigingen?na={place}").json()
    assert [(c["soort"], c["id"]) for c in after["resultaten"]] == [("toewijzing", str(row.pk))]


def test_a_list_asks_as_many_questions_for_three_orders_as_for_one(cast, at, connect):
    samen = connect("samen")
    row = order(cast, at)
    samen.get("toewijzingen")  # the day of use is kept once

    def asked():
        with CaptureQueriesContext(connection) as found:
            count = len(ids(samen.get("toewijzingen")))
        return count, len(found)

    few, once = asked()
    for _ in range(3):
        row.pk, row._state.adding = new_id(), True
        row.save()
    assert asked() == (few + 3, once)
