"""The eleven worked cases of the standard, played from both ends over the watched folder (iJw 3.2, official cases).

Each test is named after its case and says which messages it holds. The pages of the back office are looked at too.
What a claim adds to cases 2, 5, 7 and 10 (a JW323 and its JW325 against order and contract) waits for claims in the
case: claims are read, checked and answered on levels 1 and 2 (tests/messages), and booked against no order yet.
"""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations.enums import AllocationState, ChangeReason, Frequency, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.exchange import requests, standing
from rondom.exchange.enums import Proposal, Refusal, State
from rondom.exchange.models import Delivery, Message, ProviderRequest
from rondom.messages.ijw32 import types as t
from rondom.people.actions import find_residence
from rondom.people.enums import ResidenceSource
from rondom.providers.enums import Funding
from tests.allocations.test_changes import awarded, change
from tests.allocations.test_orders import DAY
from tests.exchange.agreeing import SAMEN_STERK, agreed, ordered
from tests.exchange.asking import asks, asks_change, days, forget_messages, wants, went_out
from tests.exchange.ends import Ends
from tests.exchange.playing import exchanged, newest, number_of, products, start, stop, tells
from tests.messages import samples
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SAMEN_STERK_AGB = "73730004"


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    forget_messages()
    return Ends(tmp_path, at)


@pytest.fixture
def today(at):
    return clock.today(at)


@pytest.fixture
def esra(cast):
    return cast.person["esra"]


@pytest.fixture
def rob(cast):
    return {"by": cast.principal("rob"), "answered_by": cast.staff["rob"]}


def page_of(row: Allocation) -> str:
    """Return the page of an order as the back office reads it."""
    return sign_in("rob").get(reverse("allocations:order", args=[row.pk])).content.decode()


def began(cast, ends, today, *, days=8, **more) -> Allocation:
    """Return help that was ordered and of which the provider reported the start."""
    row = awarded(cast, ends.at, starts=today - days * DAY, **more)
    assert exchanged(ends) == ["JW301", "JW302"]
    report = tells(ends, row, start(row, today - (days - 1) * DAY))
    row.refresh_from_db()
    assert (report.state, row.started_on) == (State.ACCEPTED, today - (days - 1) * DAY)
    assert exchanged(ends) == ["JW306"]
    return row


def test_worked_case_1_help_is_stretched_under_its_number_and_needs_no_new_start(cast, ends, today):
    """JW301 for three hours a week (minutes here, as the contract counts), JW305, and a JW301 with a later last day."""
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


def test_worked_case_2_a_fixed_sum_per_month_that_ends_after_its_stop(cast, ends, today):
    """JW301 for 3.820 euro a month, JW305, JW307, and a JW301 with an earlier last day. Its claim waits: see below."""
    product = agreed(cast, ends, "43", "43A16", "83", funding=Funding.OUTPUT)
    row = ordered(
        cast, ends, product, starts=today - 8 * DAY, ends=today + 60 * DAY, volume=382_000, frequency=Frequency.MONTH
    )
    assert exchanged(ends) == ["JW301", "JW302"]
    (said,) = products(newest(row))
    assert (said.Product.Code, said.Budget) == ("43A16", None)
    assert (said.Omvang.Volume, said.Omvang.Eenheid, said.Omvang.Frequentie) == (382_000, "83", "4")
    assert "3.820,00 euro per maand" in page_of(row)
    tells(ends, row, start(row, today - 7 * DAY))
    tells(ends, row, stop(row, today - 7 * DAY, today - DAY, "33"))
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == ("stopped", today - DAY)
    exchanged(ends)
    asked = {"decision": "2026-63", "decided_on": today}
    change(cast, ends.at + dt.timedelta(minutes=2), row, ChangeReason.PROVIDER_ASKED, ends=today, because=asked)
    assert exchanged(ends) == ["JW301", "JW302"]
    (said,) = products(newest(row))
    assert (said.ToewijzingNummer, said.Einddatum, said.RedenWijziging) == (number_of(row), today - DAY, "12")
    assert newest(row).state == State.ACCEPTED


def test_worked_case_3_stopped_for_a_while_resumed_and_then_for_good(cast, ends, today):
    """JW305, JW307 with reason 20, and a JW307 that is not temporary: no deletion in between."""
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


def test_worked_case_4_a_wrong_reason_is_taken_back_and_told_again_in_one_message(cast, ends, today):
    """One JW307 with the old class to delete and the new one to deliver."""
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


def test_worked_case_5_a_trajectory_is_a_sum_for_the_whole_period(cast, ends, today):
    """JW301 for 9.750 euro in all, JW305. Its two claims wait: see below."""
    product = agreed(cast, ends, "50", "50A09", "83", funding=Funding.OUTPUT)
    with pytest.raises(BadInput, match="laatste dag"):
        ordered(cast, ends, product, starts=today, volume=975_000, frequency=Frequency.TOTAL)
    row = ordered(cast, ends, product, starts=today, ends=today + 200 * DAY, volume=975_000, frequency=Frequency.TOTAL)
    assert exchanged(ends) == ["JW301", "JW302"]
    (said,) = products(newest(row))
    assert (said.Product.Code, said.Omvang.Volume, said.Omvang.Eenheid, said.Omvang.Frequentie) == (
        "50A09", 975_000, "83", "6",
    )  # fmt: skip
    assert tells(ends, row, start(row, today)).state == State.ACCEPTED
    assert "9.750,00 euro in de hele periode" in page_of(row)


def test_worked_case_6_task_based_help_has_no_number_and_is_found_by_its_product(cast, ends, today):
    """Only JW305 and JW307, without ToewijzingNummer, of product 44A47."""
    product = agreed(cast, ends, "44", "44A47", contract=SAMEN_STERK, funding=Funding.TASK)
    row = ordered(cast, ends, product, starts=today - 6 * DAY)
    assert exchanged(ends) == []
    report = tells(ends, row, start(row, today - 5 * DAY, numbered=False), agb=SAMEN_STERK_AGB)
    row.refresh_from_db()
    assert (row.state, row.started_on) == (AllocationState.STARTED, today - 5 * DAY)
    assert (report.state, report.deliveries.get().allocation) == (State.ACCEPTED, row)
    tells(ends, row, stop(row, today - 5 * DAY, today, "31", numbered=False), agb=SAMEN_STERK_AGB)
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == ("stopped", today)
    assert "die bestellen we niet met een bericht" in page_of(row)


def test_worked_case_7_a_kind_of_help_of_which_the_provider_chooses_the_product(cast, ends, today):
    """JW301 with category 54, without code and Omvang; JW305 with the category. Its claim waits: see below."""
    agreed(cast, ends, "54", "54A01", "01")
    row = ordered(cast, ends, agreed(cast, ends, "54"), starts=today - 3 * DAY)
    assert exchanged(ends) == ["JW301", "JW302"]
    (said,) = products(newest(row))
    assert (said.Product.Categorie, said.Product.Code) == ("54", None)
    assert (said.Omvang, said.Budget, said.Einddatum, newest(row).state) == (None, None, None, State.ACCEPTED)
    report = tells(ends, row, start(row, today - 2 * DAY))
    row.refresh_from_db()
    assert (report.state, report.deliveries.get().code, row.started_on) == (State.ACCEPTED, "", today - 2 * DAY)
    assert "(categorie 54)" in page_of(row)
    tells(ends, row, stop(row, today - 2 * DAY, today, "31"))
    row.refresh_from_db()
    assert (row.state, row.stop_reason) == ("stopped", StopReason.AS_PLANNED)


def test_worked_case_8_one_product_ordered_the_other_refused(ends, esra, rob):
    """JW315 with two products: a JW301 with the reference of the one, a JW319 with that of the other."""
    other = t.CDT_Product(Categorie="54", Code="54D01")
    first, second = asks(ends, esra, wants(ends, "V-1"), wants(ends, "V-2", Product=other))
    assert [(row.proposal, row.proposed_reason) for row in (first, second)] == [("grant", ""), ("refuse", "4")]
    requests.grant(at=ends.at, request=first, **rob)
    requests.refuse(at=ends.at, request=second, reason=Refusal.NOT_IN_CONTRACT, **rob)
    (no,) = went_out(ends, "JW319")
    assert (no.Antwoord.ReferentieAanbieder, no.Antwoord.VerzoekAntwoord, no.Antwoord.RedenAfwijzingVerzoek) == (
        "V-2", "1", "4",
    )  # fmt: skip
    assert sorted(ends.carry()) == ["JW301", "JW316", "JW319"]
    assert sorted(one.answer.partition("-")[0] for one in ends.provider()) == ["", "JW302", "JW320"]
    ends.carry()
    ends.work()
    assert set(Message.objects.filter(answers__in=(first.message,)).values_list("name", "state")) == {
        ("JW316", "sent"), ("JW301", "accepted"), ("JW319", "accepted"),
    }  # fmt: skip
    second.refresh_from_db()
    assert (second.decide, second.decision) == (False, None)  # who gives it, not whether: no decision
    assert asks(ends, esra, wants(ends, "V-3"))[0].reference == "V-3"  # both ended: they may ask again


def test_worked_case_9_another_municipality_is_responsible(ends, cast, esra, rob):
    """JW315, and a JW319 with reason 8 and the responsible municipality, where the provider asks again."""
    (row,) = asks(ends, esra, wants(ends))
    for place, ours in (("", True), ("GM0303", True), ("GM0995", False)):
        with pytest.raises(BadInput):
            requests.refuse(at=ends.at, request=row, reason=Refusal.RESIDENCE, place=place, agreed=ours, **rob)
        row.refresh_from_db()
    find_residence(
        by=rob["by"], at=ends.at, person=esra, place="GM0995", starts=days(ends, -30),
        source=ResidenceSource.REGISTER, evidence="BRP, en Lelystad is akkoord",
    )  # fmt: skip
    found = requests.weighed(ProviderRequest.objects.get(pk=row.pk), rob["by"], at=ends.at)
    assert (found.proposal, found.reason, found.place) == (Proposal.REFUSE, Refusal.RESIDENCE, "GM0995")
    requests.refuse(
        at=ends.at, request=row, reason=Refusal.RESIDENCE, place="GM0995", agreed=True, words="naar Lelystad", **rob
    )
    (no,) = went_out(ends, "JW319")
    assert (no.Antwoord.RedenAfwijzingVerzoek, no.Antwoord.Woonplaatsbeginsel.Gemeente) == ("8", "0995")
    ends.carry()
    ends.provider()
    ends.carry()
    ends.work()
    assert Message.objects.get(name="JW319").state == State.ACCEPTED


def test_worked_case_10_a_free_choice_within_a_budget(cast, ends, today):
    """JW301 without Product, with Budget and last day; JW305 without Product. Its claim waits: see below."""
    row = ordered(cast, ends, agreed(cast, ends), starts=today - 3 * DAY, ends=today + 300 * DAY, budget=6_000_000)
    assert exchanged(ends) == ["JW301", "JW302"]
    (said,) = products(newest(row))
    assert (said.Product, said.Omvang, said.Budget) == (None, None, 6_000_000)
    assert (said.Einddatum, newest(row).state) == (row.last_day, State.ACCEPTED)
    report = tells(ends, row, start(row, today - 2 * DAY))
    row.refresh_from_db()
    assert (report.state, report.deliveries.get().category, row.state) == (State.ACCEPTED, "", "started")
    seen = page_of(row)
    assert "60.000,00 euro" in seen
    assert "JW305" in seen


def test_worked_case_11_more_hours_from_a_later_day_end_one_and_begin_another(ends, cast, esra, rob, today):
    """JW317 with one unchanged and one to change: one JW301 with both and the new one, each with its reference."""
    agreed(cast, ends, "41", "41A03", "16")
    care = wants(
        ends, "V-2", "41A03", ToewijzingIngangsdatum=days(ends, -30),
        Omvang=t.CDT_Omvang(Volume=2, Eenheid="16", Frequentie="2"),
    )  # fmt: skip
    for request in asks(ends, esra, wants(ends, "V-1", ToewijzingIngangsdatum=days(ends, -30)), care):
        requests.grant(at=ends.at, request=request, **rob)
    assert set(exchanged(ends) + exchanged(ends)) == {"JW301", "JW302", "JW316"}  # the second waits for an answer
    running, stays = Allocation.objects.filter(dossier__youth=esra).order_by("-product__code")
    number, began = number_of(running), days(ends, -20)
    assert tells(ends, running, start(running, began)).state == State.ACCEPTED
    ends.at += dt.timedelta(hours=1)
    more = samples.changed(
        number, GewensteIngangsdatum=days(ends, 14), Einddatum=running.last_day,
        Omvang=t.CDT_Omvang(Volume=180, Eenheid="01", Frequentie="2"),
    )  # fmt: skip
    row = asks_change(ends, esra, stay=(number_of(stays),), change=(more,))
    assert row.proposal == Proposal.GRANT
    requests.grant(at=ends.at, request=row, **rob)
    running.refresh_from_db()
    assert (running.last_day, row.allocation.volume, row.allocation.follows) == (days(ends, 13), 180, running)
    said = {one.ToewijzingNummer: one for one in products(newest(running))}
    old, new, same = said[number], said[number_of(row.allocation)], said[number_of(stays)]
    assert (old.RedenWijziging, old.Einddatum) == ("12", days(ends, 13))
    assert (new.RedenWijziging, new.Ingangsdatum, new.Omvang.Volume) == (None, days(ends, 14), 180)
    assert (same.RedenWijziging, same.Einddatum) == (None, stays.last_day)
    assert {one.ReferentieAanbieder for one in said.values()} == {"W-1"}
    assert "JW318" in exchanged(ends)
    ends.at += dt.timedelta(days=15)
    stopped = tells(ends, running, stop(running, began, days(ends, -2), "37"))
    started = tells(ends, row.allocation, start(row.allocation, days(ends, -1)))
    assert (stopped.state, started.state) == (State.ACCEPTED, State.ACCEPTED)
    running.refresh_from_db()
    row.allocation.refresh_from_db()
    assert (running.state, running.stop_reason, row.allocation.state) == ("stopped", StopReason.CHANGED, "started")
