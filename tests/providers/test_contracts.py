"""Contracts: periods that fit, funding forms that ask what they need, mergers and codes."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rondom.core import clock
from rondom.core.errors import BadInput, NotFound, Stale
from rondom.core.models import Look
from rondom.providers import actions, queries
from rondom.providers.enums import ContractKind, Funding, ProofKind
from rondom.providers.forms import ProductForm
from rondom.providers.models import AgbCode, Contract, Location, Product, Rate

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def rob(cast):
    return cast.principal("rob")


@pytest.fixture
def today(at):
    return clock.today(at)


@pytest.fixture
def product(cast):
    return Product.objects.select_related("lot__contract").get(code="45A04")


@pytest.fixture
def lots(cast):
    return {
        c.lots.get().funding: c.lots.get() for c in Contract.objects.filter(municipality="GM0303").order_by("number")
    }


def rate(rob, at, product, amount, starts, ends=None):
    return actions.set_rate(by=rob, at=at, product=product, amount=Decimal(amount), starts=starts, ends=ends)


def test_the_rate_of_a_day_is_the_one_agreed_for_that_day(product):
    assert queries.rate_on(product, dt.date(2026, 12, 31)) == Decimal("1.31")
    assert queries.rate_on(product, dt.date(2027, 1, 1)) == Decimal("1.37")
    assert queries.rate_on(product, dt.date(2023, 12, 31)) is None
    assert queries.rate_on(product, dt.date(2029, 1, 1)) is None


def test_a_new_rate_ends_the_open_one_on_that_day(rob, at, product):
    rate(rob, at, product, "1.50", dt.date(2028, 1, 1))
    assert Rate.objects.get(product=product, ends=dt.date(2028, 1, 1)).amount == Decimal("1.37")


@pytest.mark.parametrize(
    ("amount", "starts", "ends", "field"),
    [
        ("1.40", dt.date(2026, 6, 1), dt.date(2026, 9, 1), "starts"),
        ("1.40", dt.date(2020, 1, 1), dt.date(2021, 1, 1), "starts"),
        ("1.40", dt.date(2029, 1, 1), None, "starts"),
        ("1.40", dt.date(2028, 6, 1), dt.date(2030, 1, 1), "starts"),
        ("1.40", dt.date(2028, 6, 1), dt.date(2028, 6, 1), "ends"),
        ("0", dt.date(2028, 1, 1), None, "amount"),
        ("1.405", dt.date(2028, 1, 1), None, "amount"),
    ],
)
def test_a_rate_that_does_not_fit_is_refused_and_nothing_moves(rob, at, product, amount, starts, ends, field):
    before = list(Rate.objects.order_by("pk").values_list("starts", "ends", "amount", "version"))
    with pytest.raises(BadInput) as refused:
        rate(rob, at, product, amount, starts, ends)
    assert refused.value.field == field
    assert list(Rate.objects.order_by("pk").values_list("starts", "ends", "amount", "version")) == before


def test_a_rate_that_has_not_begun_can_be_withdrawn_and_the_former_runs_on(rob, at, product):
    coming = Rate.objects.select_related("product").get(product=product, starts=dt.date(2027, 1, 1))
    actions.withdraw_rate(by=rob, at=at, rate=coming)
    assert queries.rate_on(product, dt.date(2027, 5, 1)) == Decimal("1.31")
    with pytest.raises(BadInput):
        actions.withdraw_rate(by=rob, at=at, rate=Rate.objects.get(product=product, ends=None))


periods = st.tuples(st.integers(0, 700), st.integers(1, 200))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(periods, st.booleans()), max_size=8))
def test_whatever_is_tried_no_two_rates_of_a_product_share_a_day(_rates_world, asked):
    cast, at, product = _rates_world
    Rate.objects.filter(product=product).delete()
    first = product.lot.contract.starts
    for (start, length), closed in asked:
        starts = first + dt.timedelta(days=start)
        try:
            rate(
                cast.principal("rob"),
                at,
                product,
                "1.00",
                starts,
                starts + dt.timedelta(days=length) if closed else None,
            )
        except BadInput:
            continue
    rows = list(Rate.objects.filter(product=product).order_by("starts"))
    for one, two in pairwise(rows):
        assert one.ends is not None and one.ends <= two.starts


@pytest.fixture
def _rates_world(cast, at, product):
    return cast, at, product


def add(rob, at, lot, **more):
    given_ = {"category": "45", "code": "45A99", "name": "Hulp", "unit": "01", "result": ""} | more
    return actions.add_product(by=rob, at=at, lot=lot, **given_)


@pytest.mark.parametrize(
    ("funding", "wrong", "field"),
    [
        ("effort", {"unit": ""}, "unit"),
        ("effort", {"unit": "82"}, "unit"),
        ("effort", {"unit": "99"}, "code"),
        ("effort", {"category": "99", "code": "99A01"}, "code"),
        ("effort", {"code": "54A01"}, "code"),
        ("effort", {"code": "45-01"}, "code"),
        ("effort", {"code": "45A04"}, "code"),
        ("effort", {"name": " "}, "name"),
        ("output", {"unit": "04", "result": "klaar"}, "unit"),
        ("output", {"unit": "82", "result": ""}, "result"),
        ("task", {"unit": "01"}, "unit"),
    ],
)
def test_each_funding_form_asks_what_it_needs(rob, at, lots, product, funding, wrong, field):
    lot = product.lot if funding == "effort" else lots[funding]
    with pytest.raises(BadInput) as refused:
        add(rob, at, lot, **wrong)
    assert refused.value.field == field


def test_output_is_paid_per_result_and_task_not_per_youth(rob, at, lots):
    made = add(rob, at, lots["output"], unit="82", result="Gezin redt zich zelf")
    rate(rob, at, made, "3200", made.lot.contract.starts)
    task = add(rob, at, lots["task"], unit="")
    with pytest.raises(BadInput):
        rate(rob, at, task, "10", task.lot.contract.starts)


@pytest.mark.parametrize(("funding", "yearly"), [(Funding.TASK, None), (Funding.EFFORT, Decimal("10")), ("x", None)])
def test_a_lot_has_a_sum_when_it_is_task_based_and_else_not(rob, at, product, funding, yearly):
    with pytest.raises(BadInput):
        actions.add_lot(by=rob, at=at, contract=product.lot.contract, name="Nieuw", funding=funding, yearly_sum=yearly)


def test_a_contract_does_not_end_before_it_starts_nor_before_a_rate_in_it(rob, at, product):
    deal = product.lot.contract
    for ends in (deal.starts, deal.starts - DAY, dt.date(2026, 12, 1)):
        with pytest.raises(BadInput):
            actions.end_contract(by=rob, at=at, contract=deal, ends=ends, opened_version=deal.version)
    actions.end_contract(by=rob, at=at, contract=deal, ends=dt.date(2027, 7, 1), opened_version=deal.version)
    assert queries.rate_on(product, dt.date(2027, 7, 1)) is None
    with pytest.raises(Stale):
        actions.end_contract(by=rob, at=at, contract=deal, ends=None, opened_version=1)
    with pytest.raises(BadInput):
        actions.sign_contract(
            by=rob, at=at, provider=deal.provider, number=deal.number, kind=ContractKind.FRAMEWORK, starts=deal.starts
        )


def test_an_agb_code_reaches_one_provider_on_a_day(cast, rob, at, today):
    kompas, samen = cast.provider["kompas"], cast.provider["samen"]
    with pytest.raises(BadInput) as refused:
        actions.give_agb_code(by=rob, at=at, provider=samen, code="94940003", starts=today)
    assert kompas.name in str(refused.value)
    actions.give_agb_code(by=rob, at=at, provider=kompas, code="9494 0009", starts=today)
    assert queries.agb_on(kompas, today - DAY) == "94940003"
    assert queries.agb_on(kompas, today) == "94940009"
    actions.give_agb_code(by=rob, at=at, provider=samen, code="94940003", starts=today)
    assert queries.provider_by_agb("94940003", "GM0303", today - DAY) == kompas
    assert queries.provider_by_agb("94940003", "GM0303", today) == samen
    for wrong in ("1234567", "abcdefgh", ""):
        with pytest.raises(BadInput):
            actions.give_agb_code(by=rob, at=at, provider=samen, code=wrong, starts=today + DAY)
    assert AgbCode.objects.filter(provider=kompas).count() == 2


def test_a_new_name_leaves_the_old_one_findable(cast, rob, at, today):
    provider = cast.provider["samen"]
    actions.rename_provider(
        by=rob, at=at, provider=provider, name="Polderkracht", day=today, opened_version=provider.version
    )
    assert [p.name for p in queries.found(queries.providers_of(rob), "samen sterk")] == ["Polderkracht"]
    assert [p.name for p in queries.found(queries.providers_of(rob), "73730004")] == ["Polderkracht"]


def test_a_merger_points_to_the_successor_from_its_day(cast, rob, at, today):
    gone, kept = cast.provider["samen"], cast.provider["vuurtoren"]
    actions.merge_providers(by=rob, at=at, gone=gone, kept=kept, day=today, opened_version=gone.version)
    assert queries.successor_on(gone, today - DAY) == gone
    assert queries.successor_on(gone, today) == kept
    with pytest.raises(BadInput):
        actions.merge_providers(by=rob, at=at, gone=kept, kept=gone, day=today, opened_version=kept.version)


def test_what_ends_within_ninety_days_is_named_unless_it_is_followed(cast, rob, at, today):
    names = {c.provider.name for c in queries.ending_contracts(today)}
    assert names == {"Pleegzorg Zuiderlicht", "Stichting De Luwte"}
    assert [p.provider.name for p in queries.ending_proofs(today)] == ["Praktijk Het Kompas"]
    ending = queries.ending_contracts(today).get(provider__name="Pleegzorg Zuiderlicht")
    actions.sign_contract(
        by=rob, at=at, provider=ending.provider, number="JH-2027-001", kind=ContractKind.FRAMEWORK, starts=ending.ends
    )
    actions.record_proof(
        by=rob, at=at, provider=cast.provider["kompas"], kind=ProofKind.CERTIFICATE, seen_on=today,
        valid_until=today + dt.timedelta(days=700),
    )  # fmt: skip
    assert {c.provider.name for c in queries.ending_contracts(today)} == {"Stichting De Luwte"}
    assert not queries.ending_proofs(today)


def test_a_shielded_location_has_neither_name_nor_address_until_it_is_asked_for_with_a_look(cast, rob, at, today):
    shown = queries.locations_of(cast.provider["luwte"], today)
    assert [(s.name, s.lines, s.shielded) for s in shown] == [("", (), True)]
    location = Location.objects.get(shielded=True)
    assert queries.shielded_address(location, by=rob, purpose="placement", at=at)[0] == "Huis Waterlelie"
    assert Look.objects.get().kind == "providers.shielded_location_shown"


def test_another_municipality_sees_none_of_it(cast):
    karin = cast.principal("karin")
    hers = {provider.name for provider in queries.providers_of(karin)}
    assert hers == {"De Golfbreker jeugdhulp", "Praktijk De Wadden"}
    with pytest.raises(NotFound):
        queries.provider_for(karin, cast.provider["samen"].pk)


def test_products_that_can_be_ordered_today(cast, today):
    codes = [p.code for p in queries.products_on("GM0303", today)]
    assert codes == ["", "", "43A16", "44A09", "45A04", "45A48", "45A53", "54D01"]
    assert not queries.products_on("GM0303", today, code="99A99")


# what is left open, in which lot -> the field that is wrong, "" when it can be agreed
@pytest.mark.parametrize(
    ("funding", "said", "wrong"),
    [
        (Funding.EFFORT, {"category": "52"}, ""), (Funding.OUTPUT, {}, ""), (Funding.TASK, {"category": "52"}, "code"),
        (Funding.EFFORT, {"category": "52", "unit": "01"}, "unit"), (Funding.EFFORT, {"category": "99"}, None),
        (Funding.EFFORT, {"category": "45"}, "code"), (Funding.EFFORT, {"code": "45A09"}, None),
        (Funding.OUTPUT, {"category": "50", "code": "50A09", "unit": "83", "result": "Zelfstandig"}, ""),
        (Funding.EFFORT, {"category": "50", "code": "50A09", "unit": "83"}, "unit"),
    ],
)  # fmt: skip
def test_a_line_can_leave_the_product_or_the_kind_of_help_open(cast, rob, at, funding, said, wrong):
    contract = {Funding.EFFORT: "JH-2024-011", Funding.OUTPUT: "JH-2025-027", Funding.TASK: "JH-2026-001"}[funding]
    lot = Contract.objects.get(number=contract).lots.get()
    known = {"category": "", "code": "", "name": "Op maat"}
    if wrong == "":
        row = actions.add_product(by=rob, at=at, lot=lot, **known | said)
        assert row.kind == ("specific" if said.get("code") else "aspecific" if said else "generic")
        with pytest.raises(BadInput):
            rate(rob, at, row, "12.00", dt.date(2027, 1, 1))
        return
    with pytest.raises(BadInput) as refused:
        actions.add_product(by=rob, at=at, lot=lot, **known | said)
    assert wrong is None or refused.value.field == wrong


def test_the_form_of_a_line_asks_what_its_kind_needs(cast, today):
    def errors(**typed):
        form = ProductForm(typed | {"name": "Op maat"}, funding=Funding.EFFORT, day=today)
        return set(form.errors)

    assert errors(kind="aspecific", category="52") == set() == errors(kind="generic")
    assert errors(kind="specific") == {"category", "code"}
    assert errors(kind="aspecific", code="52A00", unit="01") == {"category", "code", "unit"}
    assert errors(kind="generic", category="52") == {"category"}
