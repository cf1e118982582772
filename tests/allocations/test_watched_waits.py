"""A wait has somebody who looks after it and a day of its own; it goes when nobody waits any more."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import changing
from rondom.allocations.changing import Because
from rondom.allocations.enums import ChangeReason, StopReason
from rondom.allocations.waiting import is_watched, watch_wait
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.dossiers.enums import ClockState
from rondom.dossiers.queries import clocks_for
from tests.allocations.test_orders import order, start, stop
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


def watch(cast, at, row, days=7, who="joris", words="Kan Timo het volhouden?"):
    return watch_wait(
        by=cast.principal("joris"), at=at, allocation=row, watched_by=cast.staff[who],
        check_on=clock.today(at) + days * DAY, words=words,
    )  # fmt: skip


def test_the_day_lies_with_who_looks_and_the_next_one_takes_its_place(cast, at):
    row = watch(cast, at, order(cast, at))
    first = row.wait_clock
    assert (first.rests_with, first.due_on, first.subject) == (
        cast.staff["joris"], clock.today(at) + 7 * DAY, row.dossier_id,
    )  # fmt: skip
    assert first in clocks_for(cast.principal("joris"), at=at)
    watch(cast, at + 6 * DAY, row)
    first.refresh_from_db()
    assert (first.state, row.wait_clock.due_on) == (ClockState.MET, clock.today(at) + 13 * DAY)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 400}, {"words": " "}, {"who": "karin"}])
def test_what_is_no_date_no_words_or_no_colleague_of_the_team_is_refused(cast, at, wrong):
    row = order(cast, at)
    with pytest.raises(BadInput):
        watch(cast, at, row, **wrong)
    assert row.wait_clock is None


def test_nobody_looks_any_more_when_nobody_waits(cast, at):
    begun, stopped, withdrawn = (
        watch(cast, at, order(cast, at, code="", free_offer=f"Aanbod {n}")) for n in range(3)
    )  # fmt: skip
    start(cast, at, begun)
    stop(cast, at, stopped, StopReason.BY_FAMILY)
    changing.withdraw(
        by=cast.principal("joris"), at=at, allocation=withdrawn, withdrawn_by=cast.staff["joris"],
        because=Because(ChangeReason.SENT_WRONGLY),
    )  # fmt: skip
    for row in (begun, stopped, withdrawn):
        row.wait_clock.refresh_from_db()
        assert not is_watched(row)
    with pytest.raises(BadInput):
        watch(cast, at, begun)


def test_the_page_sets_the_day_and_the_list_says_who_looks(cast, at):
    row = order(cast, at)
    client = sign_in("joris")
    address = reverse("allocations:watch_wait", args=[row.pk])
    assert "Nog niemand kijkt" in client.get(reverse("allocations:allocation", args=[row.pk])).content.decode()
    answer = client.post(
        address, {"watched_by": str(cast.staff["joris"].pk), "check_on": "1-12-2026", "words": "Bel Inge."}
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Joris" in client.get(reverse("allocations:waiting")).content.decode()
    assert "1 december 2026" in client.get(reverse("allocations:allocation", args=[row.pk])).content.decode()
