"""What the facts get of requests: how long providers wait for an answer, and whether it came in time."""

import datetime as dt

import pytest

from rondom.core.keys import pseudonym
from rondom.exchange import extract, requests
from rondom.exchange.enums import Refusal
from rondom.indicators import behind, snapshot
from rondom.indicators.declared import indicators
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from rondom.messages.ijw32 import types as t
from tests.crisis.conftest import BY
from tests.exchange.asking import asks, wants
from tests.exchange.test_requests import ends, esra, rob
from tests.indicators.conftest import own_folder
from tests.privacy.test_destruction import destroy

__all__ = ["ends", "esra", "own_folder", "rob"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def facts(at, **but):
    return {each.request_key: each for each in extract.requests(at=at, **but)}


def key(row):
    return pseudonym("request", row.pk)


def test_days_count_from_receipt_to_the_order_or_refusal_and_the_term_is_that_of_the_standard(ends, cast, esra, rob):
    """24 November 2026 is a Tuesday: five working days end on 1 December, eight weeks on 19 January."""
    other = t.CDT_Product(Categorie="54", Code="54D01")
    first, second = asks(ends, esra, wants(ends, "V-1"), wants(ends, "V-2", Product=other))
    requests.grant(at=ends.at, request=first, **rob)
    requests.refuse(at=ends.at + dt.timedelta(days=8), request=second, reason=Refusal.NOT_IN_CONTRACT, **rob)
    open_, looked = asks(ends, cast.person["julia"], wants(ends, "V-3"), wants(ends, "V-4", Product=other))
    requests.look_into(at=ends.at, request=looked, **rob)

    found = facts(ends.at + dt.timedelta(days=7))
    said = {
        name: (found[key(row)].state, found[key(row)].days, found[key(row)].ended, found[key(row)].in_time)
        for name, row in (("first", first), ("second", second), ("open", open_), ("looked", looked))
    }
    assert said == {
        "first": ("granted", 0, True, True),
        "second": ("refused", 8, True, False),  # one day too late
        "open": ("pending", 7, False, None),  # the last day itself
        "looked": ("looked_into", 7, False, None),
    }
    assert found[key(second)].reason == "4"
    assert [found[key(row)].looked_into for row in (open_, looked)] == [False, True]
    later = facts(ends.at + dt.timedelta(days=8))
    assert (later[key(open_)].in_time, later[key(looked)].in_time) == (False, None)
    assert facts(ends.at + dt.timedelta(days=57))[key(looked)].in_time is False
    assert facts(ends.at, youths=[cast.person["lot"].pk]) == {}


def test_of_a_secret_address_the_provider_is_not_told(ends, cast, esra):
    (secret,), (other,) = asks(ends, cast.person["sem"], wants(ends, "V-1")), asks(ends, esra, wants(ends, "V-2"))
    found = facts(ends.at)
    assert (found[key(secret)].provider, found[key(other)].provider) == ("", other.provider_code)


def test_requests_are_counted_and_go_with_the_dossier(ends, cast, esra, rob, own_folder):
    pytest.importorskip("duckdb", reason="the extra insight is not installed")
    other = t.CDT_Product(Categorie="54", Code="54D01")
    first, _second = asks(ends, esra, wants(ends, "V-1"), wants(ends, "V-2", Product=other))
    requests.grant(at=ends.at, request=first, **rob)
    year = Period.read("2026")

    def counted(name, *by):
        with snapshot.opened(["GM0303"]) as connection:
            return measured(connection, indicators[name], year, by).figures

    snapshot.make(by=BY, at=ends.at)
    assert [(row.group, row.number) for row in counted("requests", "kind")] == [(("new",), 2)]
    assert [(row.number, row.part) for row in counted("requests_in_time")] == [(1, 1)]
    assert [row.value for row in counted("wait_request")] == [0.0]
    assert [row.number for row in counted("requests_refused")] == [0]
    by, of = cast.principal("sanne"), indicators["requests"]
    assert [name for _case, name, _url in behind.families(by, of, "2026", at=ends.at)] == ["Esra (16) en baby"]
    destroy(cast, ends.at, "esra", requester="youth")
    assert facts(ends.at) == {}
    snapshot.make(by=BY, at=ends.at + dt.timedelta(hours=1))
    assert [row.number for row in counted("requests")] == [0]
