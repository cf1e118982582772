"""Ordering help: what passes by itself, what waits, what is void; start, stop, and what the back office sees."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import actions, queries, signals
from rondom.allocations.actions import Basis, Help, Unusual
from rondom.allocations.enums import AllocationState, Decision, Deviation, Frequency, Ground, NoContract, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, Unwise, VoidByLaw
from rondom.dossiers.closing import open_matters
from rondom.dossiers.enums import ClockState
from rondom.providers.models import Contract, Product
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)
FREE = Basis(Ground.MUNICIPAL, Decision.FREE_OFFER)
DECIDED = Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-1", dt.date(2026, 11, 20))


@pytest.fixture
def heard():
    """What was announced, in order."""
    said = []

    names = ("allocation_ordered", "allocation_started", "allocation_stopped")

    def note(sender, allocation, signal, **more):
        said.append((next(name for name in names if getattr(signals, name) is signal), allocation.pk))

    for name in names:
        getattr(signals, name).connect(note)
    yield said
    for name in names:
        getattr(signals, name).disconnect(note)


def product(code):
    return Product.objects.select_related("lot__contract__provider").get(code=code)


def order(cast, at, *, code="45A48", child="timo", case="smeets", who="joris", basis=FREE, despite="", **more):
    starts = more.pop("starts", clock.today(at))
    beside = {name: more.pop(name) for name in ("unusual", "bridges", "follows") if name in more}
    what = Help(starts=starts, product=product(code) if code else None, **more)
    return actions.order(
        by=cast.principal(who), at=at, dossier=cast.dossier[child], case=cast.case[case], ordered_by=cast.staff[who],
        what=what, basis=basis, despite=despite, **beside,
    )  # fmt: skip


def start(cast, at, row, **more):
    said = {"started_on": clock.today(at), "right_address": True, "help_needed": True, **more}
    return actions.start(by=cast.principal("joris"), at=at, allocation=row, **said)


def stop(cast, at, row, reason=StopReason.AS_PLANNED, **more):
    return actions.stop(
        by=cast.principal("joris"), at=at, allocation=row, stopped_on=clock.today(at), reason=reason, **more
    )


def test_an_order_in_which_nothing_deviates_goes_out_and_its_norm_runs(cast, at, heard):
    row = order(cast, at)
    assert (row.state, row.deviations, row.provider.name) == (AllocationState.ORDERED, "", "Samen Sterk Polder")
    assert heard == [("allocation_ordered", row.pk)]
    assert row.start_clock.due_on == clock.today(at) + dt.timedelta(days=28)
    assert row.start_clock.explanation["article"] == "Inkoopafspraak"


def test_after_a_decision_letter_the_norm_of_the_region_counts_from_its_date(cast, at):
    row = order(cast, at, code="45A04", basis=DECIDED, volume=60, frequency=Frequency.MONTH)
    assert row.start_clock.due_on == dt.date(2026, 12, 4)  # F50: fourteen days after 20 November


def test_a_free_offer_needs_no_contract_and_is_not_the_back_offices_business(cast, at, heard):
    row = order(cast, at, code="", free_offer="Home-Start")
    assert (row.state, row.what, row.product) == (AllocationState.ORDERED, "Home-Start", None)
    assert not queries.orders_for(cast.principal("rob"), at=at).filter(pk=row.pk).exists()


# ground, decision -> void by law or not (practice 6)
@pytest.mark.parametrize(
    ("ground", "decision", "void"),
    [
        (Ground.MUNICIPAL, Decision.FREE_OFFER, False), (Ground.MUNICIPAL, Decision.TAKEN, False),
        (Ground.MUNICIPAL, Decision.MEDICAL_AS_ASKED, True), (Ground.MUNICIPAL, Decision.COURT_ORDER, True),
        (Ground.MEDICAL, Decision.MEDICAL_AS_ASKED, False), (Ground.MEDICAL, Decision.FREE_OFFER, True),
        (Ground.GI, Decision.GI_DETERMINATION, False), (Ground.GI, Decision.TAKEN, True),
        (Ground.COURT, Decision.COURT_ORDER, False), (Ground.COURT, Decision.GI_DETERMINATION, True),
    ],
)  # fmt: skip
def test_a_decision_or_the_right_reason_why_there_is_none(cast, at, ground, decision, void):
    taken = ("2026-1", dt.date(2026, 11, 20)) if decision == Decision.TAKEN else ("", None)
    if not void:
        assert order(cast, at, basis=Basis(ground, decision, *taken)).decision == decision
        return
    with pytest.raises(VoidByLaw) as refused:
        order(cast, at, basis=Basis(ground, decision, *taken))
    assert refused.value.source


def test_another_municipality_that_is_responsible_orders_itself(cast, at):
    with pytest.raises(VoidByLaw) as refused:
        order(cast, at, child="finn", case="visser", who="sanne")
    assert str(refused.value).startswith("Noordoostpolder is verantwoordelijk")


@pytest.mark.parametrize(
    ("deviation", "wanted"),
    [
        (Deviation.NO_CONTRACT, {"code": "44A09", "starts": dt.date(2027, 6, 1), "basis": DECIDED}),
        (Deviation.PRICED_FREE_OFFER, {"code": "45A04"}),
    ],
)
def test_what_deviates_asks_why_and_waits_for_the_back_office(cast, at, heard, deviation, wanted):
    wanted |= {"volume": 10, "frequency": Frequency.MONTH}
    with pytest.raises(Unwise) as refused:
        order(cast, at, **wanted)
    assert refused.value.field == "despite"
    no_contract = NoContract.SINGLE_YOUTH if deviation == Deviation.NO_CONTRACT else ""
    row = order(cast, at, **wanted, unusual=Unusual("Alleen deze aanbieder heeft plek.", no_contract))
    assert (row.state, row.deviations, heard) == (AllocationState.WAITING, deviation, [])
    assert row.start_clock is None
    with pytest.raises(NotAllowed):
        actions.let_through(by=cast.principal("joris"), at=at, allocation=row, let_through_by=cast.staff["joris"])
    passing = {"by": cast.principal("rob"), "at": at, "allocation": row, "let_through_by": cast.staff["rob"]}
    if no_contract:
        with pytest.raises(BadInput) as refused:
            actions.let_through(**passing)
        assert refused.value.field == "mandate"
    actions.let_through(**passing, mandate="MAND-2026-14")
    assert row.mandate == ("MAND-2026-14" if no_contract else "")
    assert (row.state, heard) == (AllocationState.ORDERED, [("allocation_ordered", row.pk)])
    assert row.start_clock.state == ClockState.RUNNING


def test_the_same_kind_of_help_twice_in_a_period_is_stacked(cast, at):
    order(cast, at)
    with pytest.raises(Unwise):
        order(cast, at)


def test_an_order_sent_back_is_on_the_day_of_the_coordinator(cast, at):
    row = Allocation.objects.get(state=AllocationState.WAITING)
    rob = cast.principal("rob")
    with pytest.raises(BadInput):
        actions.send_back(by=rob, at=at, allocation=row, let_through_by=cast.staff["rob"], reason="")
    actions.send_back(by=rob, at=at, allocation=row, let_through_by=cast.staff["rob"], reason="De datum klopt niet.")
    sent = row.case.clocks.get(title="De backoffice stuurde een bestelling terug")
    assert (sent.rests_with, sent.due_on) == (cast.staff["mark"], clock.today(at))


def test_the_two_questions_of_the_provider_come_before_the_start(cast, at, heard):
    row = order(cast, at)
    for no, field in (("right_address", "right_address"), ("help_needed", "help_needed")):
        with pytest.raises(BadInput) as refused:
            start(cast, at, row, **{no: False})
        assert refused.value.field == field
    start(cast, at, row)
    row.start_clock.refresh_from_db()
    assert (row.state, row.start_clock.state) == (AllocationState.STARTED, ClockState.MET)
    with pytest.raises(BadInput):
        start(cast, at, row)  # a second time, from another window
    assert [what for what, _ in heard] == ["allocation_ordered", "allocation_started"]


def test_help_that_stops_for_a_while_goes_on_under_the_same_order(cast, at, heard):
    row = order(cast, at - 9 * DAY, starts=clock.today(at - 9 * DAY))
    with pytest.raises(BadInput):
        stop(cast, at, row, StopReason.FOR_A_WHILE)  # it was never given
    start(cast, at - 7 * DAY, row)
    stop(cast, at - 3 * DAY, row, StopReason.FOR_A_WHILE)
    assert (row.state, row.stopped_on) == (AllocationState.PAUSED, clock.today(at - 3 * DAY))
    said = {"by": cast.principal("joris"), "at": at, "allocation": row}
    with pytest.raises(BadInput):
        actions.resume(**said, resumed_on=clock.today(at - 3 * DAY))  # help was given on that day
    actions.resume(**said, resumed_on=clock.today(at))
    assert (row.state, row.stopped_on, row.stop_reason) == (AllocationState.STARTED, None, "")
    assert (row.started_on, row.resumed_on) == (clock.today(at - 7 * DAY), clock.today(at))
    assert [what for what, _ in heard][-2:] == ["allocation_stopped", "allocation_started"]


def test_the_wrong_address_stops_help_that_never_started(cast, at, heard):
    row = order(cast, at)
    stop(cast, at, row, StopReason.WRONG_ADDRESS, words="Warm overgedragen aan de huisarts.")
    assert (row.state, row.right_address, row.started_on) == (AllocationState.STOPPED, False, None)
    row.start_clock.refresh_from_db()
    assert row.start_clock.state == ClockState.STOPPED
    assert heard[-1] == ("allocation_stopped", row.pk)


def test_the_municipality_ends_what_a_decision_gave_only_with_a_decision(cast, at):
    row = order(cast, at, code="45A04", basis=DECIDED, volume=60, frequency=Frequency.MONTH)
    start(cast, at, row)
    with pytest.raises(VoidByLaw) as refused:
        stop(cast, at, row, StopReason.MUNICIPALITY)
    assert (refused.value.field, refused.value.source) == ("end_decision", "Awb 1:3; Jw 2.3")
    stop(cast, at, row, StopReason.MUNICIPALITY, end_decision="2026-99")
    assert row.end_decision == "2026-99"


def test_a_case_does_not_close_quietly_while_help_runs(cast, at):
    assert "Er lopen nog 2 bestellingen van hulp." in open_matters(cast.case["de_boer"], at=at)
    row = order(cast, at)
    assert "Er loopt nog 1 bestelling van hulp." in open_matters(cast.case["smeets"], at=at)
    stop(cast, at, row, StopReason.TOGETHER)
    assert not [said for said in open_matters(cast.case["smeets"], at=at) if "hulp" in said]


def test_the_back_office_sees_product_volume_period_and_ground_and_nothing_of_the_plan(cast, at):
    client = sign_in("rob")
    listed = client.get(reverse("allocations:orders")).content.decode()
    assert "Julia Kramer" in listed and "Behandeling in het gezin" in listed
    row = Allocation.objects.get(state=AllocationState.WAITING)
    shown = client.get(reverse("allocations:order", args=[row.pk])).content.decode()
    for words in ("60 minuten per week", "2026-0455", "al zulke hulp", "twee weken lopen zij naast elkaar"):
        assert words in shown, words
    assert "briefjes" not in shown  # the goal
    for page in ("allocations:allocation", "allocations:start", "allocations:stop"):
        assert client.get(reverse(page, args=[row.pk])).status_code == 404
    assert client.get(reverse("plans:of_family", args=[row.case_id])).status_code == 404
    for other in ("wim", "ineke", "tom", "sanne"):
        assert sign_in(other).get(reverse("allocations:orders")).status_code == 404
    answer = client.post(reverse("allocations:let_through", args=[row.pk]))
    assert answer.headers["Location"] == reverse("allocations:orders")
    row.refresh_from_db()
    assert row.state == AllocationState.ORDERED


def test_help_in_a_shielded_dossier_goes_out_but_is_not_in_the_list_of_the_back_office(cast, at):
    row = order(cast, at, child="roos", case="kuiper", who="fatima", basis=FREE)
    assert row.state == AllocationState.ORDERED
    assert not queries.orders_for(cast.principal("rob"), at=at).filter(pk=row.pk).exists()
    assert sign_in("rob").get(reverse("allocations:order", args=[row.pk])).status_code == 404
    with pytest.raises(BadInput) as refused:
        order(cast, at, child="roos", case="kuiper", who="fatima", basis=FREE, despite="Kan niet anders.")
    assert "afgeschermd" in str(refused.value)


def test_help_for_a_kept_child_is_kept_with_it(cast, at):
    from rondom.dossiers.models import Dossier
    from rondom.privacy.models import Relation

    kept = cast.dossier["lot"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject=kept.pk).update(ends_at=at)
    client, row = sign_in("sanne"), Allocation.objects.get(dossier=kept)
    assert "Begeleiding" not in client.get(reverse("allocations:of_family", args=[row.case_id])).content.decode()
    assert client.get(reverse("allocations:allocation", args=[row.pk])).status_code == 404


def test_from_the_form_to_help_that_runs(cast):
    client, case = sign_in("sanne"), cast.case["yilmaz"]
    typed = {
        "dossier": str(cast.dossier["esra"].pk), "product": str(product("45A53").pk), "starts": "vandaag",
        "last_day": "1-3-2027", "volume": "30", "frequency": "week", "ground": "municipal", "decision": "free_offer",
    }  # fmt: skip
    asked = client.post(reverse("allocations:order_new", args=[case.pk]), typed).content.decode()
    assert "vrij toegankelijk, maar het product heeft een prijs per jeugdige" in asked
    typed |= {"decision": "taken", "decision_reference": "2026-8", "decided_on": "gisteren"}
    assert client.post(reverse("allocations:order_new", args=[case.pk]), typed).status_code == 302
    row = Allocation.objects.get(case=case)
    assert (row.state, row.last_day, row.deviations) == ("ordered", dt.date(2027, 3, 1), "")
    said = {"right_address": "yes", "help_needed": "yes", "started_on": "vandaag"}
    client.post(reverse("allocations:start", args=[row.pk]), said)
    assert "de hulp loopt" in client.get(reverse("allocations:of_family", args=[case.pk])).content.decode()


def test_lists_take_a_fixed_number_of_queries(cast, at, django_assert_num_queries):
    rob = cast.principal("rob")
    assert Contract.objects.exists()
    with django_assert_num_queries(1):
        few = list(queries.orders_for(rob, at=at)[:1])
    with django_assert_num_queries(1):
        more = list(queries.orders_for(rob, at=at))
    assert (len(few), len(more)) == (1, 6)
