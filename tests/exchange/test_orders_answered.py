"""The worked cases of the standard that need no claim, played from both ends over the watched folder (reference 17)."""

import datetime as dt

import pytest

from rondom.allocations.enums import AllocationState, ChangeReason, StopReason
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
from tests.allocations.test_orders import DAY, order
from tests.exchange.ends import Ends
from tests.exchange.playing import number_of, products, said, start, stop, tells

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SAMEN_STERK = "73730004"
PRODUCT = (("Bericht", 0), ("Client", 0), ("ToegewezenProducten", 0), ("ToegewezenProduct", 1))


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    Message.objects.filter(state=State.READY).update(state=State.SENT)
    return Ends(tmp_path, at)


@pytest.fixture
def today(at):
    return clock.today(at)


def exchanged(ends: Ends) -> list[str]:
    """Let our post go, the provider answer, and the answers come back; return what went."""
    ends.work()
    went = ends.carry()
    ends.provider()
    went += ends.carry()
    ends.work()
    return went


def newest(row: Allocation) -> Message:
    return Message.objects.filter(versions__assignment__allocation=row).latest("at", "pk")


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


def test_case_1_help_is_stretched_under_its_number_and_needs_no_new_start(cast, ends, today):
    row = began(cast, ends, today)
    assert row.start_clock.state == "met"
    later = {"decision": "2026-61", "decided_on": today}
    change(cast, ends.at + dt.timedelta(minutes=1), row, ChangeReason.LONGER, ends=row.ends + 30 * DAY, because=later)
    assert exchanged(ends) == ["JW301", "JW302"]
    (product,) = products(newest(row))
    assert (product.ToewijzingNummer, product.RedenWijziging) == (number_of(row), "04")
    assert (product.Einddatum, newest(row).state) == (row.last_day, State.ACCEPTED)
    found = standing.standing_of(row)
    assert (found.repairs, found.start) == (False, None)


def test_case_2_an_earlier_last_day_because_the_provider_asked_and_then_its_stop(cast, ends, today):
    row = began(cast, ends, today)
    asked = {"decision": "2026-63", "decided_on": today}
    change(cast, ends.at + dt.timedelta(minutes=2), row, ChangeReason.PROVIDER_ASKED, ends=today, because=asked)
    assert exchanged(ends) == ["JW301", "JW302"]
    (product,) = products(newest(row))
    assert (product.Einddatum, product.RedenWijziging) == (today - DAY, "12")
    told = newest(row)
    tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "37"))
    row.refresh_from_db()
    assert (row.state, row.stop_reason, row.stopped_on) == ("stopped", StopReason.CHANGED, today - DAY)
    assert newest(row) == told  # a stop of the provider is not told back to it


def test_case_3_stopped_for_a_while_resumed_and_then_for_good(cast, ends, today):
    row = began(cast, ends, today)
    first = today - 7 * DAY
    tells(ends, row, stop(row, first, today - 5 * DAY, "20"))
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == (AllocationState.PAUSED, today - 5 * DAY)
    tells(ends, row, start(row, today - 3 * DAY))
    row.refresh_from_db()
    assert (row.state, row.started_on, row.resumed_on) == (AllocationState.STARTED, first, today - 3 * DAY)
    tells(ends, row, stop(row, today - 3 * DAY, today - 2 * DAY, "20"))
    tells(ends, row, stop(row, today - 3 * DAY, today - 2 * DAY, "31"))  # no deletion in between (OP377)
    row.refresh_from_db()
    assert (row.state, row.stop_reason, row.stopped_on) == ("stopped", StopReason.AS_PLANNED, today - 2 * DAY)


def test_case_4_a_wrong_reason_is_taken_back_and_told_again_in_one_message(cast, ends, today):
    row = began(cast, ends, today)
    wrong = tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "32"))
    same = stop(row, today - 7 * DAY, today - DAY, "32", deletes=True)
    right = tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "31"), same)
    row.refresh_from_db()
    assert (row.state, row.stop_reason) == ("stopped", StopReason.AS_PLANNED)
    assert Delivery.objects.get(message=wrong).taken_back_by == right
    tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "31", deletes=True))
    row.refresh_from_db()
    assert (row.state, row.started_on, row.stopped_on) == (AllocationState.STARTED, today - 7 * DAY, None)
    tells(ends, row, start(row, today - 7 * DAY, deletes=True))
    row.refresh_from_db()
    assert (row.state, row.started_on, row.start_clock.state) == (AllocationState.ORDERED, None, "running")


def test_case_6_task_based_help_has_no_number_and_is_found_by_its_product(cast, ends, today):
    row = order(cast, ends.at, starts=today - 6 * DAY)
    assert exchanged(ends) == []
    report = tells(ends, row, start(row, today - 5 * DAY, numbered=False), agb=SAMEN_STERK)
    row.refresh_from_db()
    assert (row.state, row.started_on) == (AllocationState.STARTED, today - 5 * DAY)
    assert report.deliveries.get().allocation == row
    tells(ends, row, stop(row, today - 5 * DAY, today, "31", numbered=False), agb=SAMEN_STERK)
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == ("stopped", today)


def test_case_11_other_hours_per_week_end_the_number_and_begin_another(cast, ends, today):
    row = began(cast, ends, today)
    decided = {"decision": "2026-62", "decided_on": today}
    moment = ends.at + dt.timedelta(minutes=3)
    new = change(
        cast, moment, row, ChangeReason.PROVIDER_ASKED, volume=90, starts=today + DAY, ends=row.ends, because=decided
    )
    assert exchanged(ends) == ["JW301", "JW302"]
    assert newest(row) == newest(new)
    old, other = products(newest(row))
    assert (old.ToewijzingNummer, old.Einddatum, old.RedenWijziging) == (number_of(row), today, "12")
    assert (other.ToewijzingNummer, other.Ingangsdatum, other.RedenWijziging) == (number_of(new), today + DAY, None)
    ends.at = ends.at + 2 * DAY
    tells(ends, row, stop(row, today - 7 * DAY, today, "37"))
    tells(ends, new, start(new, today + DAY))
    row.refresh_from_db()
    new.refresh_from_db()
    assert (row.state, row.stop_reason, row.stopped_on) == ("stopped", StopReason.CHANGED, today)
    assert (new.state, new.started_on) == (AllocationState.STARTED, today + DAY)


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
