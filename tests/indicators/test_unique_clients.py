"""S09: unique clients as Drenthe prints it, from orders of help to the figure, per wijk, municipality and province."""

import datetime as dt
import random

import pytest

from rondom.allocations.enums import AllocationState, WaitReason
from rondom.allocations.models import Allocation
from rondom.indicators import snapshot
from rondom.indicators.declared import indicators
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from rondom.indicators.unique_clients import explained
from tests.crisis.conftest import BY
from tests.indicators import drenthe

pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]
YEAR = Period.read("2026")
PLACES = ("GM0106", "GM0119", "GM0114")
CLIENTS = {
    "A": [("ambulant", ""), ("ambulant", ""), ("ambulant", "")],
    "B": [("ambulant", ""), ("daghulp", "")],
    "C": [("pleegzorg", ""), ("residentieel", "")],
    "D": [("pleegzorg", ""), ("ambulant", "")],
    "E": [("residentieel", WaitReason.THROUGH_LWI)],
    "F": [("ambulant", WaitReason.OWN_WISH)],
    "G": [("ambulant", WaitReason.IN_CARE_ELSEWHERE)],
    "H": [("pleegzorg", "")],
}


@pytest.fixture
def ordered(cast, at):
    """Let these clients have help in Drenthe: one youth per name, in a wijk, with these orders."""
    drenthe.load_forms(at)
    products = {form: drenthe.product(form) for form in drenthe.CODES}

    def run(clients):
        for number, (name, claims) in enumerate(clients.items()):
            dossier = drenthe.youth(name, PLACES[number % len(PLACES)])
            for form, reason in claims:
                later = {"starts": dt.date(2026, 11, 1)} if reason == WaitReason.OWN_WISH else {}
                drenthe.order(cast, dossier, products[form], wait_reason=reason, **later)
        snapshot.make(by=BY, at=at)

    return run


def asked(key, *by, scopes=None):
    with snapshot.opened(PLACES if scopes is None else scopes) as facts:
        figures = measured(facts, indicators[key], YEAR, by).figures
    return {row.group[0] if row.group else "": row.number for row in figures}


def said(key):
    with snapshot.opened(PLACES) as facts:
        return explained(facts, indicators[key], YEAR)


def test_eight_clients_are_five_unique_ones_and_three_are_not_counted(ordered):
    ordered(CLIENTS)
    assert asked("unique_clients") == {"": 5}
    assert asked("unique_clients", "count_form") == {"residentieel": 1, "daghulp": 1, "ambulant": 2, "pleegzorg": 1}
    assert asked("unique_clients_not_counted") == {"": 3}
    assert asked("unique_clients_not_counted", "not_counted") == {
        "registered_through_lwi": 1, "wants_to_wait_over_9_weeks": 1, "in_care_elsewhere": 1,
    }  # fmt: skip
    assert asked("unique_clients_all") == {"": 8}
    assert asked("unique_clients_all", "count_form") == {
        "residentieel": 2, "daghulp": 1, "ambulant": 4, "pleegzorg": 1,
    }  # fmt: skip
    _drilled()
    _said_per_client()


def _drilled():
    """From wijk to municipality to province it stays the same five."""
    assert asked("unique_clients", "province") == {"drenthe": 5}
    places = asked("unique_clients", "municipality")
    assert set(places) <= set(PLACES)
    assert sum(places.values()) == sum(asked("unique_clients", "district").values()) == 5
    for place, number in places.items():
        assert asked("unique_clients", scopes=[place]) == {"": number}
        assert asked("unique_clients", "district", scopes=[place]) == {drenthe.WIJKEN[place]: number}


def _said_per_client():
    """The rule that is applied is shown per client."""
    found = {each.forms: each for each in said("unique_clients")}
    assert len(said("unique_clients")) == 8
    assert found["ambulant", "ambulant", "ambulant"].said == "3 keer ambulant telt als één. Telt als ambulant."
    assert found["residentieel", "pleegzorg"].form == "residentieel"
    assert "alleen de zwaarste zorgvorm telt" in found["residentieel", "pleegzorg"].said
    assert found["ambulant", "pleegzorg"].form == "ambulant"
    assert (found[("residentieel",)].form, found[("residentieel",)].exclusion) == ("", "registered_through_lwi")
    assert len(said("unique_clients_not_counted")) == 3
    assert all(each.form for each in said("unique_clients_all"))


@pytest.mark.slow
def test_the_figure_is_what_the_rule_of_law_says_of_whatever_was_ordered(ordered):
    chance = random.Random(9)
    reasons = ("", "", WaitReason.THROUGH_LWI, WaitReason.OWN_WISH, WaitReason.FOUND_RESPONSIBLE)
    forms = list(drenthe.CODES)
    claims = [(form, reason) for form in forms for reason in reasons]
    ordered({f"client {n}": [chance.choice(claims) for _ in range(chance.randint(1, 4))] for n in range(40)})
    for key in ("unique_clients", "unique_clients_all"):
        forms = [each.form for each in said(key) if each.form]
        assert asked(key, "count_form") == {form: forms.count(form) for form in set(forms)}
    codes = [each.exclusion for each in said("unique_clients_not_counted")]
    assert asked("unique_clients_not_counted", "not_counted") == {code: codes.count(code) for code in set(codes)}
    assert asked("unique_clients")[""] + len(codes) == asked("unique_clients_all")[""] == 40


def test_who_wants_to_wait_a_few_weeks_is_counted_and_an_order_that_never_went_out_is_not(ordered, at):
    ordered({"F": [("ambulant", WaitReason.OWN_WISH)], "H": [("pleegzorg", "")]})
    assert asked("unique_clients") == {"": 1}
    rows = Allocation.objects.filter(municipality__in=PLACES)
    rows.filter(wait_reason=WaitReason.OWN_WISH).update(ordered_on=dt.date(2026, 11, 1), starts=dt.date(2026, 12, 20))
    rows.filter(wait_reason="").update(state=AllocationState.WAITING)
    snapshot.make(by=BY, at=at + dt.timedelta(minutes=1), whole=True)
    assert asked("unique_clients", "count_form") == {"ambulant": 1}
