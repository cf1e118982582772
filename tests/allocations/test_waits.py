"""The three waits and the norm for the start, against norms of the place; and what ends soon."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import changing, drawing, extract, queries, waits
from rondom.allocations.enums import AllocationState, WaitReason
from rondom.allocations.models import Allocation
from rondom.allocations.norms import Norms
from rondom.allocations.waits import FirstTalk, Waited
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.dossiers.models import Dossier
from rondom.law.waiting import Standing
from tests.allocations.test_orders import DAY, DECIDED, order, product, start, stop
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DRONTEN = "GM0303"


def seen(row, day, bridged_on=None):
    found = waits.of_allocation(row, Norms(row.municipality, on=day), today=day, bridged_on=bridged_on)
    return {each.kind: each for each in found}


def write(cast, at, row, **said):
    values = {"registered_on": row.registered_on, "first_talk_on": row.first_talk_on, **said}
    return changing.write_wait(by=cast.principal("joris"), at=at, allocation=row, **values)


def test_the_three_waits_of_an_order_have_their_own_days_and_norms(cast, at):
    row, day = order(cast, at), clock.today(at)
    found = seen(row, day + 10 * DAY)
    assert (found["intake"].days, found["intake"].norm_until) == (10, day + 28 * DAY)
    assert found["treatment"].missing and found["treatment"].days is None
    assert (found["start"].days, found["start"].norm_until) == (10, day + 28 * DAY)  # the norm of Dronten
    later = at + 20 * DAY
    write(cast, later, row, registered_on=day + 2 * DAY, first_talk_on=day + 12 * DAY)
    start(cast, later, row, started_on=day + 20 * DAY)
    found = seen(row, day + 40 * DAY)
    assert [(each.kind, each.days, each.standing) for each in found.values()] == [
        ("intake", 10, Standing.WITHIN), ("treatment", 8, Standing.WITHIN), ("start", 20, Standing.WITHIN),
    ]  # fmt: skip
    assert found["treatment"].norm_until == day + (12 + 70) * DAY


def test_along_the_way_of_a_doctor_registration_is_not_known_until_it_is_written(cast, at):
    row = order(cast, at)
    Allocation.objects.filter(pk=row.pk).update(ground="medical", decision="medical_as_asked")
    row.refresh_from_db()
    found = seen(row, clock.today(at) + 5 * DAY)["intake"]
    assert found.missing and found.days is None and found.pill.tone == "plain"


def test_a_norm_of_the_product_goes_before_that_of_the_place(cast, at):
    from rondom.reference.models import Parameter

    row, day = order(cast, at), clock.today(at)
    Parameter.objects.create(
        municipality=DRONTEN, name="waiting_norm_intake_days", scope="GM0303/product:45A48", value=14,
        source="Contract JH-2026-001", starts=dt.date(2026, 1, 1), entered_by=cast.staff["tom"].pk,
    )  # fmt: skip
    found = seen(row, day)["intake"]
    assert found.norm_until == day + 14 * DAY
    assert any("Contract JH-2026-001" in number for number in found.why.numbers)


# days after the order -> tone, and whether the notice can still come (norm 28 days, then five working days)
def test_nobody_is_late_while_the_notice_of_a_start_can_still_come(cast, at):
    row, day = order(cast, at), clock.today(at)
    norm_until = day + 28 * DAY
    found = seen(row, norm_until)["start"]
    assert (found.standing, found.pill.tone) == (Standing.WITHIN, "calm")
    found = seen(row, norm_until + DAY)["start"]
    assert (found.standing, found.pill.tone) == (Standing.OVER, "due")
    told_by = found.notice_until
    assert seen(row, told_by)["start"].pill.tone == "due"
    assert seen(row, told_by + DAY)["start"].pill.tone == "late"


@pytest.mark.parametrize(
    ("reason", "standing"),
    [(WaitReason.OWN_WISH, Standing.ACCEPTED), (WaitReason.IN_CARE_ELSEWHERE, Standing.EXCLUDED)],
)
def test_a_reason_stands_apart_and_removes_no_day(cast, at, reason, standing):
    row, day = order(cast, at), clock.today(at)
    write(cast, at, row, reason=reason)
    found = seen(row, day + 60 * DAY)["intake"]
    assert (found.days, found.standing) == (60, standing)
    with pytest.raises(BadInput) as refused:
        write(cast, at, row, reason=WaitReason.FOUND_RESPONSIBLE)
    assert refused.value.field == "words"


def test_help_that_bridges_meets_the_norm_for_the_start_and_not_the_waits(cast, at):
    row, day = order(cast, at, code="45A04", basis=DECIDED, volume=60, frequency="month"), clock.today(at)
    found = seen(row, day + 60 * DAY, bridged_on=day + 4 * DAY)
    assert (found["start"].days, found["start"].standing) == (8, Standing.WITHIN)  # from the decision of 20 November
    assert (found["intake"].runs, found["intake"].standing) == (True, Standing.OVER)


def test_the_wait_to_our_first_talk_counts_working_days(cast, at):
    norms, came = Norms(DRONTEN, on=clock.today(at)), dt.date(2026, 11, 20)  # a Friday; five working days: the 27th
    within = waits.to_first_talk("", FirstTalk(came, dt.date(2026, 11, 27)), norms, today=dt.date(2026, 12, 1))
    over = waits.to_first_talk("", FirstTalk(came, None), norms, today=dt.date(2026, 11, 28))
    assert (within.standing, within.days, within.norm_until) == (Standing.WITHIN, 7, dt.date(2026, 11, 27))
    assert (over.standing, over.runs) == (Standing.OVER, True)
    nothing = waits.to_first_talk("", FirstTalk(came, None), Norms("GM0171", on=came), today=dt.date(2026, 12, 1))
    assert (nothing.standing, nothing.days, nothing.pill.tone) == (None, 11, "plain")


def test_days_that_cannot_be_are_refused(cast, at):
    row, day = order(cast, at), clock.today(at)
    for wrong in ({"registered_on": day + DAY}, {"registered_on": day, "first_talk_on": day - DAY}):
        with pytest.raises(BadInput):
            write(cast, at, row, **wrong)


def test_the_picture_has_a_bar_per_known_wait_within_its_box():
    day = dt.date(2026, 11, 26)
    known = Waited("a", "tot ons", "", "", day, starts=day - 30 * DAY, ends=day - 20 * DAY, norm_until=day - 16 * DAY)
    runs = Waited("b", "tot de start", "Ruben", "x", day, starts=day - 10 * DAY, norm_until=day + 4 * DAY)
    unknown = Waited("c", "tot de intake", "Ruben", "x", day, missing="niet bekend")
    drawn = drawing.draw([known, runs, unknown], today=day)
    assert [bar.runs for bar in drawn.bars] == [False, True]
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert drawing.draw([unknown], today=day) is None


def test_the_page_of_a_family_shows_its_waits_with_picture_table_and_why(cast):
    shown = sign_in("mark").get(reverse("allocations:waits_of_family", args=[cast.case["postma"].pk])).content.decode()
    for words in ("tot ons eerste gesprek", "Ruben", "Wachttijden van dit gezin", "<svg", "Waarom deze norm?", "F50"):
        assert words in shown, words
    assert "Hulp tot dan" in shown


def test_help_until_then_is_ordered_for_the_one_who_waits(cast):
    row = Allocation.objects.get(dossier=cast.dossier["ruben"], product__code="45A53")
    address = reverse("allocations:order_new", args=[row.case_id])
    form = sign_in("mark").get(f"{address}?overbrugt={row.pk}").context["form"]
    assert (form["bridges"].value(), form["dossier"].value()) == (str(row.pk), str(row.dossier_id))


def test_waits_of_a_kept_child_are_kept_with_it(cast, at):
    from rondom.privacy.models import Relation

    kept = cast.dossier["lot"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject=kept.pk).update(ends_at=at)
    client, case = sign_in("sanne"), cast.case["visser"]
    assert "Begeleiding" not in client.get(reverse("allocations:waits_of_family", args=[case.pk])).content.decode()
    for name in ("allocations:waiting", "allocations:ending"):
        assert "Begeleiding" not in client.get(reverse(name) + "?wie=allen").content.decode()


# --- lists


def test_what_ends_soon_leaves_out_what_goes_on_and_keeps_what_has_passed(cast, at):
    day, joris = clock.today(at), cast.principal("joris")
    soon = order(cast, at, ends=day + 20 * DAY)
    far = order(cast, at, ends=day + 200 * DAY, despite="Twee naast elkaar.")
    Allocation.objects.filter(pk=far.pk).update(state=AllocationState.ORDERED)
    found = queries.ending(queries.allocations_for(joris, at=at), day, 8)
    assert list(found) == [soon]
    start(cast, at, soon)
    stop(cast, at, soon)
    assert not found.all().exists()


def test_the_list_of_what_ends_gives_the_next_act_in_one_click(cast, at):
    row = Allocation.objects.get(dossier=cast.dossier["fenna"])
    shown = sign_in("mark").get(reverse("allocations:ending")).content.decode()
    for address in (
        reverse("allocations:change", args=[row.pk]), reverse("allocations:stop", args=[row.pk]),
        reverse("plans:evaluate", args=[cast.case["postma"].plans.get().pk]),
    ):  # fmt: skip
        assert address in shown
    assert "acht weken" in shown


def test_who_only_sees_the_row_of_a_family_sees_that_help_ends_and_not_which(cast):
    shown = sign_in("sanne").get(reverse("allocations:ending") + "?wie=allen").content.decode()
    assert "Ruben (13) en Fenna (3)" in shown and "Kortdurende hulp" not in shown


def test_the_back_office_sees_what_ends_what_waits_longest_and_what_is_unusual(cast):
    client, orders = sign_in("rob"), reverse("allocations:orders")
    waiting = client.get(orders).content.decode()
    assert "wacht: 1 dag" in waiting and "deze jeugdige heeft in deze periode al zulke hulp" in waiting
    assert "ten hoogste 720 minuten" in waiting  # 60 a week, 12 weeks of the calendar
    assert "Julia Kramer" in client.get(orders + "?lijst=wacht&bijzonder=stacked").content.decode()
    assert "Julia Kramer" not in client.get(orders + "?lijst=wacht&bijzonder=ceiling").content.decode()
    ending = client.get(orders + "?lijst=eindigt").content.decode()
    assert "Fenna Postma" in ending and "Lot de Wit" not in ending


def test_the_contract_that_ends_before_the_help_is_in_a_list_of_its_own(cast, at):
    row = order(cast, at, code="44A09", basis=DECIDED, volume=7, frequency="week", ends=dt.date(2027, 6, 1))
    assert list(queries.contract_ends_first(queries.orders_for(cast.principal("rob"), at=at), clock.today(at))) == [row]
    shown = sign_in("joris").get(reverse("allocations:allocation", args=[row.pk])).content.decode()
    assert "De hulp gaat door bij Pleegzorg Zuiderlicht" in shown
    assert product("44A09").lot.contract.ends < row.ends


# --- facts, against a hand count on the cast


def test_the_facts_agree_with_a_hand_count_on_the_cast(cast, at):
    facts = list(extract.allocations(at=at))
    assert [(f.product, f.ground, f.decision, f.state, f.volume, f.bridges) for f in facts] == [
        ("45A48", "municipal", "free_offer", "started", None, False),  # Fenna
        ("45A04", "municipal", "taken", "started", 90, False),  # Julia
        ("45A04", "gi", "gi_determination", "started", 120, False),  # Lot
        ("", "municipal", "free_offer", "started", None, False),  # Daan
        ("45A53", "municipal", "taken", "ordered", 90, False),  # Ruben waits
        ("45A48", "municipal", "free_offer", "started", None, True),  # Ruben, until then
        ("45A53", "municipal", "taken", "waiting", 60, False),  # Julia, waits for the back office
    ]
    assert [(w.kind, w.days, w.ended) for w in extract.waits(at=at)] == [
        ("intake", 3, True), ("treatment", 2, True), ("start", 5, True),  # Fenna: ordered -55, talk -52, began -50
        ("intake", 3, True), ("treatment", 3, True), ("start", 7, True),  # Julia: decided -29, ordered -28, -25, -22
        ("treatment", 4, True), ("start", 9, True),  # Lot: the institution registered, on a day we do not know
        ("intake", 7, True), ("start", 7, True),  # Daan: ordered -20, began -13, no first talk written
        ("intake", 5, True), ("treatment", 3, False), ("start", 6, True),  # Ruben: decided -10, bridged -4
        ("intake", 2, True), ("treatment", 1, True), ("start", 3, True),  # Ruben's bridge: ordered -7, -5, -4
    ]  # fmt: skip
    assert [(c.kind, c.reason, c.days) for c in extract.changes()] == [("longer", "longer", 16)]
    first = [(f.days, f.ended) for f in extract.first_talks(at=at) if f.from_worry and f.municipality == DRONTEN]
    assert first == [(2, True), (4, True)]  # Visser: the same day as the talk two days on; Postma: -64 to -60
