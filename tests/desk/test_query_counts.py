"""Lists take the same number of queries whatever the number of rows: 1, 3 and 50."""

import datetime as dt

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.dossiers import actions
from rondom.people.actions import register_person
from tests.trust.walking import sign_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.slow]


def more_families(cast, at, count):
    for number in range(count):
        by = cast.principal("fatima")
        child = register_person(
            by=by, at=at, municipality="GM0303", called=f"Kind{number}", family_name="Proef",
            born_on=dt.date(2015, 1, 1 + number % 28),
        )  # fmt: skip
        case = actions.take_on(by=by, at=at, team=cast.team["west"], youths=[child], coordinator=cast.staff["fatima"])
        actions.start_clock(
            by=by, at=at, case=case, kind="agreement", title="Bellen", due=dt.date(2026, 11, 24),
            why=actions.Why("Afgesproken"), rests_with=cast.staff["fatima"],
        )  # fmt: skip


def queries(client, address, **post):
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["looks"]) as looks:
        answer = client.post(address, post) if post else client.get(address)
        assert answer.status_code == 200
    return len(main) + len(looks), answer.content.decode()


def test_lists_take_the_same_number_of_queries_whatever_the_rows(cast, at):
    client = sign_in("fatima")
    asked = {
        "families": (reverse("desk:families"), {}),
        "day": (reverse("desk:day"), {}),
        "note": (reverse("desk:note"), {}),
        "search": (reverse("desk:search"), {"words": "proef"}),
    }
    more_families(cast, at, 1)
    for address, post in asked.values():
        queries(client, address, **post)  # what is read once per process
    one = {name: queries(client, address, **post)[0] for name, (address, post) in asked.items()}
    more_families(cast, at, 2)
    three = {name: queries(client, address, **post)[0] for name, (address, post) in asked.items()}
    more_families(cast, at, 50)
    fifty = {name: queries(client, address, **post) for name, (address, post) in asked.items()}
    assert one == three == {name: count for name, (count, _) in fifty.items()}
    assert fifty["families"][1].count("rondom-row__title") == 50
