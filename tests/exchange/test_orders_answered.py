"""What a provider answers to an order, and what it reports that does not fit, over the watched folder."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations.enums import AllocationState, ChangeReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.exchange import standing
from rondom.exchange.enums import State
from rondom.exchange.models import Delivery, Message, Rejection
from rondom.exchange.ordering import send_order
from rondom.exchange.queries import content_of
from rondom.messages.answering import Signature, answer
from rondom.messages.checking import check
from rondom.messages.judging import Breach
from rondom.messages.writing import written
from tests.allocations.test_changes import awarded, change
from tests.allocations.test_orders import DAY
from tests.exchange.ends import Ends
from tests.exchange.playing import exchanged, newest, products, said, start, stop, tells
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
PRODUCT = (("Bericht", 0), ("Client", 0), ("ToegewezenProducten", 0), ("ToegewezenProduct", 1))


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    Message.objects.filter(state=State.READY).update(state=State.SENT)
    return Ends(tmp_path, at)


@pytest.fixture
def today(at):
    return clock.today(at)


def began(cast, ends, today, *, days=8, **more) -> Allocation:
    """Return help that was ordered and of which the provider reported the start."""
    row = awarded(cast, ends.at, starts=today - days * DAY, **more)
    assert exchanged(ends) == ["JW301", "JW302"]
    assert newest(row).state == State.ACCEPTED
    report = tells(ends, row, start(row, today - (days - 1) * DAY))
    assert report.state == State.ACCEPTED
    row.refresh_from_db()
    assert (row.state, row.started_on) == (AllocationState.STARTED, today - (days - 1) * DAY)
    assert exchanged(ends) == ["JW306"]
    return row


def rejected(ends, message, *rules):
    """Let the provider reject a JW301 of ours by these rules."""
    ends.work()
    for path in (ends.ours.root / "out").glob("*.xml"):
        path.unlink()  # taken away, and answered by hand
    reading = check(content_of(message)).reading
    found = [Breach(rule, PRODUCT, "") for rule in rules]
    reply = answer(reading.message, reading.content, found, Signature("R77", clock.today(ends.at)))
    ends.drop(written(*reply), "r.xml")
    ends.work()
    message.refresh_from_db()


def test_a_rejected_order_was_never_sent_and_goes_again_as_it_was(cast, ends, today):
    row = awarded(cast, ends.at)
    first = newest(row)
    rejected(ends, first, "TR381", "TR332")
    found = standing.standing_of(row)
    assert (first.state, found.repairs) == (State.REJECTED, True)
    assert {code.code for code in found.codes} == {"S329", "9332"} == set(
        Rejection.objects.filter(message=first).values_list("code", flat=True)
    )  # fmt: skip
    again = send_order(by=cast.principal("rob"), at=ends.at + dt.timedelta(hours=1), allocation=row)
    assert products(again) == products(first)
    assert said(again).Header.BerichtIdentificatie != said(first).Header.BerichtIdentificatie
    assert exchanged(ends) == ["JW301", "JW302"]
    assert not standing.standing_of(row).repairs


def test_what_the_order_cannot_follow_is_kept_in_words(cast, ends, today):
    row = began(cast, ends, today)
    unknown = tells(ends, row, start(row, today).but(ToewijzingNummer=400))
    assert (unknown.state, unknown.deliveries.count()) == (State.REJECTED, 0)  # 9019: the standard stops it before that
    ended = tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "36"))  # by the municipality, without a decision
    row.refresh_from_db()
    assert (row.state, bool(ended.deliveries.get().not_taken)) == (AllocationState.STARTED, True)
    early = awarded(cast, ends.at, starts=today - DAY, despite="Anders", frequency="month", ends=None)
    assert early.state == "waiting"  # stacked: it did not go out, so it has no number
    assert standing.standing_of(early).assignment is None


def test_what_both_ends_send_twice_changes_nothing(cast, ends, today):
    row = began(cast, ends, today)
    before = (Message.objects.count(), Delivery.objects.count(), Allocation.objects.get(pk=row.pk).version)
    for path in sorted((ends.ours.root / "kept").glob("*.xml")):
        ends.drop(path.read_bytes(), f"again-{path.name}")
    ends.work()
    assert (Message.objects.count(), Delivery.objects.count(), Allocation.objects.get(pk=row.pk).version) == before


def test_an_order_waits_for_the_answer_to_the_one_before_until_that_is_late(cast, ends, today):
    row = awarded(cast, ends.at)
    ends.work()
    first, moment = newest(row), ends.at + dt.timedelta(minutes=1)
    longer = {"decision": "2026-64", "decided_on": today}
    change(cast, moment, row, ChangeReason.LONGER, ends=row.ends + 30 * DAY, because=longer)
    second, ends.at = newest(row), moment
    ends.work()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SENT, State.READY)
    said = sign_in("rob").get(reverse("exchange:message", args=[second.pk])).content.decode()
    assert "Het wacht op het antwoord op het bericht ervoor" in said
    assert reverse("exchange:message", args=[first.pk]) in said
    ends.at += dt.timedelta(days=6)  # Friday was the last day for the answer
    ends.work()
    second.refresh_from_db()
    assert second.state == State.SENT
