"""An order that rests on a decision made here: what was decided can be ordered, and no more."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import actions, changing, queries
from rondom.allocations.actions import Basis, Help
from rondom.allocations.changing import Because
from rondom.allocations.enums import AllocationState, ChangeReason, Decision, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, VoidByLaw
from rondom.decisions.enums import DecisionKind, Form, Frequency
from rondom.decisions.models import Decision as Award
from rondom.providers.models import Product
from tests.decisions.conftest import desk
from tests.trust.walking import sign_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def award(desk):
    """120 minutes a week for Sem, decided and signed."""
    row = desk.prepare(desk.apply())
    desk.ask(row)
    return desk.sign(row)


def order(cast, at, award, child="sem", **more):
    said = {"product": award.product, "starts": award.starts, "ends": award.ends, "volume": 120, "frequency": "week"}
    return actions.order(
        by=cast.principal("sanne"), at=at, dossier=cast.dossier[child], case=cast.case["visser"],
        ordered_by=cast.staff["sanne"], what=Help(**(said | more)), basis=Basis.resting_on(award),
    )  # fmt: skip


def test_what_was_decided_goes_out_with_its_number_and_stays_tied_to_the_decision(cast, at, award):
    row = order(cast, at, award)
    assert (row.state, row.award, row.decision) == (AllocationState.ORDERED, award, Decision.TAKEN)
    assert (row.decision_reference, row.decided_on) == (award.number, award.decided_on)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"volume": 121}, "volume"),
        ({"ends": None}, "last_day"),
        ({"product": "45A53"}, "product"),
    ],
)
def test_more_or_other_than_was_decided_is_void(cast, at, award, more, field):
    if isinstance(more.get("product"), str):
        more = {"product": Product.objects.get(code=more["product"])}
    if "ends" in more:
        more = {"ends": award.ends + DAY}
    with pytest.raises(VoidByLaw) as refused:
        order(cast, at, award, **more)
    assert (refused.value.field, refused.value.source) == (field, "Awb 1:3")
    assert not Allocation.objects.filter(award=award).exists()


def test_less_may_be_ordered(cast, at, award):
    assert order(cast, at, award, volume=60).volume == 60


@pytest.mark.parametrize("what", ["before", "other child", "budget"])
def test_a_decision_that_gives_this_youth_no_help_in_kind_then_is_no_basis(cast, at, award, what):
    if what == "budget":
        Award.objects.filter(pk=award.pk).update(form=Form.BUDGET)
        award.refresh_from_db()
    more = {"before": {"starts": award.starts - DAY}, "other child": {"child": "lot"}}.get(what, {})
    with pytest.raises(BadInput) as refused:
        order(cast, at, award, **more)
    assert refused.value.field == "award"


def test_the_form_offers_the_decision_and_needs_no_number(cast, at, award):
    client, page = sign_in("sanne"), reverse("allocations:order_new", args=[cast.case["visser"].pk])
    shown = client.get(page).content.decode()
    assert award.number in shown
    typed = {
        "dossier": str(award.dossier_id), "product": str(award.product_id), "award": str(award.pk),
        "starts": f"{award.starts:%d-%m-%Y}", "last_day": f"{award.ends - DAY:%d-%m-%Y}", "volume": "120",
        "frequency": Frequency.WEEK, "ground": "municipal",
    }  # fmt: skip
    assert client.post(page, {k: v for k, v in typed.items() if k != "award"}).status_code == 200
    assert not Allocation.objects.filter(award=award).exists()
    assert client.post(page, typed).status_code == 302
    assert Allocation.objects.get(award=award).decision_reference == award.number


def less(desk, award, **content):
    """A decision that revises the award: 60 minutes a week."""
    row = desk.prepare(
        earlier=award,
        kind=DecisionKind.REVISE,
        **{"volume": 60, "refusal": "Het gaat beter; een uur is genoeg.", **content},
    )
    desk.ask(row, despite={row.pk: "Afgesproken met het gezin."})
    return desk.sign(row)


def shorten(cast, at, row, number, decided_on=None):
    until = row.ends - 30 * DAY
    return changing.change(
        by=cast.principal("sanne"), at=at, allocation=row, changed_by=cast.staff["sanne"],
        wish=Help(starts=row.starts, ends=until, product=row.product, volume=row.volume, frequency=row.frequency),
        because=Because(ChangeReason.SHORTER, "Het gaat goed.", number, decided_on), opened_version=row.version,
    )  # fmt: skip


def test_a_change_is_tied_to_the_decision_made_here_by_its_number_and_takes_its_date(cast, at, award, desk):
    row, newer = order(cast, at, award), less(desk, award)
    shorten(cast, at, row, newer.number)
    (kept,) = queries.changes_of(row)
    assert (kept.award, kept.decision_reference, kept.decided_on) == (newer, newer.number, newer.decided_on)


def test_a_decision_that_gives_takes_nothing_away_and_a_wrong_date_is_noticed(cast, at, award, desk):
    row = order(cast, at, award)
    other = desk.prepare(desk.apply(), volume=30)
    desk.ask(other)
    gives = desk.sign(other)
    with pytest.raises(VoidByLaw):
        shorten(cast, at, row, gives.number)
    with pytest.raises(BadInput) as refused:
        shorten(cast, at, row, gives.number, gives.decided_on - DAY)
    assert refused.value.field == "decided_on"
    with pytest.raises(VoidByLaw):
        actions.stop(
            by=cast.principal("sanne"), at=at, allocation=row, stopped_on=clock.today(at),
            reason=StopReason.MUNICIPALITY, end_decision=gives.number,
        )  # fmt: skip


def test_the_pages_let_you_choose_the_decision_of_ours(cast, at, award, desk):
    row, newer, client = order(cast, at, award), less(desk, award), sign_in("sanne")
    for page in ("change", "stop"):
        assert newer.number in client.get(reverse(f"allocations:{page}", args=[row.pk])).content.decode(), page
    client.post(
        reverse("allocations:stop", args=[row.pk]),
        {"stopped_on": "vandaag", "reason": "municipality", "ours": newer.number, "words": ""},
    )
    row.refresh_from_db()
    assert (row.end_award, row.end_decision) == (newer, newer.number)
