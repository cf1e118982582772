"""Ordering a kind of help, a free choice within a budget, and a sum: what each asks, and how it changes."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import changing, queries
from rondom.allocations.actions import Help
from rondom.allocations.enums import ChangeKind, ChangeReason, Decision, Frequency
from rondom.allocations.extract import allocations as facts
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, VoidByLaw
from rondom.providers.enums import Funding, ProductKind
from tests.allocations.test_changes import change
from tests.allocations.test_orders import DAY
from tests.exchange.agreeing import agreed, ordered
from tests.exchange.ends import Ends
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SIXTY = 60 * DAY
TAKEN = {"decision": "2026-81", "decided_on": dt.date(2026, 11, 24)}


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    return Ends(tmp_path, at)


@pytest.fixture
def today(at):
    return clock.today(at)


@pytest.fixture
def lines(cast, ends):
    """A kind of help, a free choice, and help that is paid as a sum, of one provider."""
    agreed(cast, ends, "41", "41A03", "16")
    return {
        "kind": agreed(cast, ends, "41"), "free": agreed(cast, ends),
        "sum": agreed(cast, ends, "50", "50A09", "83", funding=Funding.OUTPUT),
    }  # fmt: skip


# what, how -> the field that is wrong, "" when it can be ordered (iJw 3.2: CD041, CD075-CD080, CS338)
@pytest.mark.parametrize(
    ("line", "what", "wrong"),
    [
        ("kind", {}, ""), ("kind", {"budget": 100_00, "ends": SIXTY}, ""),
        ("kind", {"budget": 100_00}, "last_day"), ("kind", {"budget": 0, "ends": SIXTY}, "amount"),
        ("kind", {"volume": 3, "frequency": Frequency.WEEK, "ends": SIXTY}, "volume"),
        ("free", {"budget": 60_000_00, "ends": SIXTY}, ""), ("free", {"ends": SIXTY}, "amount"),
        ("free", {"budget": 1_000_000_00, "ends": SIXTY}, "amount"), ("free", {"budget": 100_00}, "last_day"),
        ("sum", {"volume": 9_750_00, "frequency": Frequency.TOTAL, "ends": SIXTY}, ""),
        ("sum", {"volume": 3_820_00, "frequency": Frequency.MONTH}, ""),
        ("sum", {"volume": 9_750_00, "frequency": Frequency.TOTAL}, "last_day"),
        ("sum", {"volume": 100_00, "frequency": Frequency.DAY, "ends": SIXTY}, "frequency"),
        ("sum", {"budget": 100_00, "ends": SIXTY}, "amount"), ("sum", {"ends": SIXTY}, "amount"),
    ],
)  # fmt: skip
def test_each_kind_asks_what_belongs_to_it(cast, ends, lines, today, line, what, wrong):
    if "ends" in what:
        what = what | {"ends": today + what["ends"]}
    if wrong:
        with pytest.raises(BadInput) as refused:
            ordered(cast, ends, lines[line], starts=today, **what)
        assert refused.value.field == wrong
        return
    row = ordered(cast, ends, lines[line], starts=today, **what)
    assert (row.state, row.deviations, row.budget) == ("ordered", "", what.get("budget"))
    fact = next(one for one in facts(at=ends.at) if one.ordered_on == today and one.budget == row.budget
                and one.product == row.product.code)  # fmt: skip
    assert fact.ordered_as == row.product.kind


def test_a_kind_of_help_and_what_it_holds_do_not_run_side_by_side_at_one_provider(cast, ends, lines, today):
    care = lines["kind"].lot.products.get(code="41A03")
    row = ordered(cast, ends, care, starts=today, ends=today + SIXTY, volume=2, frequency=Frequency.MONTH)
    for line, more in (("kind", {}), ("free", {"budget": 100_00, "ends": today + SIXTY})):
        with pytest.raises(BadInput, match="Hulp op maat loopt"):
            ordered(cast, ends, lines[line], starts=today, **more)
    assert ordered(cast, ends, lines["kind"], starts=row.ends).state == "ordered"


def test_without_a_product_that_can_be_given_nothing_open_can_be_ordered(cast, ends, today):
    lonely = agreed(cast, ends, "52")
    assert lonely not in queries.products_by_contract("GM0303", today)[0]
    agreed(cast, ends, "52", "52A00", "01")
    assert lonely in queries.products_by_contract("GM0303", today)[0]


def test_a_budget_changes_under_its_own_number_and_becomes_less_by_decision_only(cast, ends, lines, today):
    row = ordered(cast, ends, lines["free"], starts=today, ends=today + SIXTY, budget=500_00)
    more = {"product": row.product, "budget": 800_00}
    assert change(cast, ends.at, row, ChangeReason.LONGER, because=TAKEN, **more).pk == row.pk
    (kept,) = queries.changes_of(row)
    assert (kept.kind, kept.budget_before, kept.budget_after) == (ChangeKind.MORE, 500_00, 800_00)
    assert kept.extents == ("500,00 euro", "800,00 euro")
    less = more | {"budget": 300_00}
    with pytest.raises(VoidByLaw):
        change(cast, ends.at, row, ChangeReason.SHORTER, **less)
    with pytest.raises(BadInput) as refused:  # only when the provider agrees (iJw OP299)
        change(cast, ends.at, row, ChangeReason.SHORTER, because=TAKEN | {"decision": "2026-82"}, **less)
    assert refused.value.field == "agreed_with_provider"
    with pytest.raises(BadInput) as refused:
        change(cast, ends.at, row, ChangeReason.LONGER, because=TAKEN, **more | {"ends": None, "budget": 900_00})
    assert refused.value.field == "last_day"


def test_of_help_that_stopped_only_the_last_day_comes_earlier(cast, ends, lines, today):
    row = ordered(cast, ends, lines["kind"], starts=today - 9 * DAY)
    Allocation.objects.filter(pk=row.pk).update(
        state="stopped", started_on=row.starts, stopped_on=today - DAY, stop_reason="by_provider"
    )
    row.refresh_from_db()
    assert changing.can_be_cut(row)
    assert "De bestelling eerder laten eindigen" in said_of("joris", "allocation", row)
    for ends_ in (today - DAY, None):
        with pytest.raises(BadInput):
            change(cast, ends.at, row, ChangeReason.PROVIDER_ASKED, because=TAKEN, ends=ends_)
    change(cast, ends.at, row, ChangeReason.PROVIDER_ASKED, because=TAKEN, ends=today)
    row.refresh_from_db()
    assert (row.state, row.last_day, changing.can_be_cut(row)) == ("stopped", today - DAY, False)


def said_of(name, page, row):
    return sign_in(name).get(reverse(f"allocations:{page}", args=[row.pk])).content.decode()


def test_the_form_asks_one_thing_and_takes_money_as_people_type_it(cast, ends, lines, today):
    joris, address = sign_in("joris"), reverse("allocations:order_new", args=[cast.case["smeets"].pk])
    page = joris.get(address).content.decode()
    for kind in ProductKind:
        assert f'<optgroup label="{kind.label}">' in page
    typed = {
        "dossier": str(cast.dossier["timo"].pk), "product": str(lines["free"].pk), "starts": "vandaag",
        "last_day": "1 maart 2027", "amount": "1.250,50", "ground": "municipal", "decision": Decision.TAKEN,
        "decision_reference": "2026-80", "decided_on": "20-11-2026", "frequency": "",
    }  # fmt: skip
    wrong = joris.post(address, typed | {"volume": "3", "frequency": "week"})
    assert "laat de hoeveelheid leeg" in wrong.content.decode()
    assert joris.post(address, typed).status_code == 302
    row = Allocation.objects.get(product=lines["free"])
    assert (row.budget, row.volume, row.frequency) == (1_250_50, None, "")
    assert "hoogstens 1.250,50 euro in de hele periode" in said_of("joris", "allocation", row)
    assert "hoogstens 1.250,50 euro in de hele periode" in said_of("rob", "order", row)
    change_page = sign_in("joris").get(reverse("allocations:change", args=[row.pk])).content.decode()
    assert 'value="1250,50"' in change_page


def test_what_is_typed_as_money_is_the_volume_of_a_sum_and_else_a_budget(lines, today):
    more = {"starts": today, "last_day": today, "amount": 12}
    assert Help.typed(lines["sum"], frequency="month", **more).volume == 12_00
    assert Help.typed(lines["free"], **more).budget == 12_00
    with pytest.raises(BadInput):
        Help.typed(lines["sum"], volume=3, frequency="month", **more)
