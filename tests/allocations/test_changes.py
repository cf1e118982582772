"""Changing, withdrawing, bridging, continuity and the ceiling: what passes, what is void, and one result for two."""

import dataclasses
import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations import actions, changing, queries, signals
from rondom.allocations.actions import Basis, Help, Unusual
from rondom.allocations.changing import Because
from rondom.allocations.enums import AllocationState, ChangeKind, ChangeReason, Decision, Deviation, Frequency, Ground
from rondom.allocations.enums import NoContract as Without
from rondom.allocations.models import Allocation, AllocationChange
from rondom.core import clock
from rondom.core.errors import BadInput, Unwise, VoidByLaw
from rondom.dossiers.enums import ClockState
from rondom.people.models import Person
from rondom.providers import actions as providers
from tests.allocations.test_orders import DAY, DECIDED, order, product, start
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
NEW = {"decision": "2026-77", "decided_on": dt.date(2026, 11, 24)}


def wish(row, **other):
    now = Help(
        starts=other.pop("starts", row.starts), ends=row.ends, product=row.product, free_offer=row.free_offer,
        volume=row.volume, frequency=row.frequency, budget=row.budget,
    )  # fmt: skip
    return dataclasses.replace(now, **other)


def change(cast, at, row, reason, *, unusual=None, version=None, because=None, **other):
    return changing.change(
        by=cast.principal("joris"), at=at, allocation=row, changed_by=cast.staff["joris"], wish=wish(row, **other),
        because=Because(reason, **(because or {})), opened_version=version or row.version, unusual=unusual,
    )  # fmt: skip


def awarded(cast, at, **more):
    until = clock.today(at) + 60 * DAY
    return order(
        cast, at, code="45A04", basis=DECIDED, **{"volume": 60, "frequency": Frequency.WEEK, "ends": until, **more}
    )


@pytest.fixture
def changed():
    said = []

    def note(sender, allocation, change, **more):
        said.append((allocation.pk, change.kind))

    signals.allocation_changed.connect(note)
    yield said
    signals.allocation_changed.disconnect(note)


def test_a_later_last_day_changes_under_the_same_order_and_its_history_is_kept(cast, at, changed):
    row = order(cast, at, ends=clock.today(at) + 30 * DAY)
    before = row.ends
    assert change(cast, at, row, ChangeReason.LONGER, ends=before + 21 * DAY).pk == row.pk
    (kept,) = queries.changes_of(row)
    assert (kept.kind, kept.ends_before, kept.ends_after) == (ChangeKind.LONGER, before, before + 21 * DAY)
    assert (row.ends, changed) == (before + 21 * DAY, [(row.pk, "longer")])


def test_nothing_that_changes_is_no_change(cast, at):
    row = order(cast, at, ends=clock.today(at) + 30 * DAY)
    with pytest.raises(BadInput):
        change(cast, at, row, ChangeReason.LONGER)
    assert not AllocationChange.objects.filter(allocation=row).exists()


def test_what_a_decision_gave_becomes_less_by_a_new_decision_only(cast, at):
    row = awarded(cast, at)
    shorter = row.ends - 20 * DAY
    for because in ({}, {"decision": "2026-1", "decided_on": dt.date(2026, 11, 20)}):  # none; the one that gave it
        with pytest.raises(VoidByLaw) as refused:
            change(cast, at, row, ChangeReason.SHORTER, ends=shorter, because=because)
        assert (refused.value.field, refused.value.source) == ("decision_reference", "Awb 1:3; Jw 2.3")
    change(cast, at, row, ChangeReason.SHORTER, ends=shorter, because=NEW)
    assert row.ends == shorter


def test_the_request_of_a_provider_is_no_decision(cast, at):
    row = awarded(cast, at)
    with pytest.raises(VoidByLaw):
        change(cast, at, row, ChangeReason.PROVIDER_ASKED, volume=30)
    with pytest.raises(VoidByLaw):
        change(cast, at, row, ChangeReason.LONGER, ends=row.ends + 30 * DAY)  # longer than was given: a decision too
    change(cast, at, row, ChangeReason.DIED, ends=clock.today(at) + 2 * DAY)  # nobody is left to decide about


def test_what_an_institution_determined_is_not_made_less_by_us(cast, at):
    basis = Basis(Ground.GI, Decision.GI_DETERMINATION)
    row = order(
        cast, at, code="45A04", basis=basis, volume=60, frequency=Frequency.WEEK, ends=clock.today(at) + 60 * DAY
    )
    with pytest.raises(VoidByLaw) as refused:
        change(cast, at, row, ChangeReason.SHORTER, ends=row.ends - 30 * DAY)
    assert refused.value.source == "Jw 3.5 lid 1"


def test_less_or_a_day_that_has_passed_only_when_the_provider_agrees(cast, at):
    began = at - 20 * DAY
    row = order(cast, began, starts=clock.today(began), ends=clock.today(at) + 10 * DAY)
    yesterday = clock.today(at)
    with pytest.raises(BadInput) as refused:
        change(cast, at, row, ChangeReason.SHORTER, ends=yesterday)
    assert refused.value.field == "agreed_with_provider"
    change(cast, at, row, ChangeReason.SHORTER, ends=yesterday, because={"agreed_with_provider": True})
    assert row.ends == yesterday


def test_another_volume_ends_the_order_and_another_follows(cast, at, changed):
    row, today = awarded(cast, at - 3 * DAY, starts=clock.today(at - 3 * DAY)), clock.today(at)
    start(cast, at, row)
    row.refresh_from_db()
    follower = change(cast, at, row, ChangeReason.LONGER, volume=120, starts=today + 3 * DAY, because=NEW)
    row.refresh_from_db()
    assert (follower.follows_id, follower.volume, follower.state) == (row.pk, 120, AllocationState.ORDERED)
    assert (row.last_day, follower.starts) == (today + 2 * DAY, today + 3 * DAY)
    assert (follower.deviations, follower.decision_reference, follower.start_clock) == ("", "2026-77", None)
    assert changed == [(row.pk, "followed")]


def test_what_follows_and_is_unusual_leaves_the_help_as_it_was_until_it_is_let_through(cast, at, changed):
    row, today = awarded(cast, at), clock.today(at)
    ends = row.ends
    unusual = Unusual("De pleegouders kunnen nu.", Without.SINGLE_YOUTH)
    care = product("44A09")
    later = dt.date(2027, 1, 20)
    wished = {"product": care, "volume": 7, "starts": later, "because": NEW}
    with pytest.raises(Unwise) as refused:
        change(cast, at, row, ChangeReason.SHORTER, **wished)
    assert refused.value.field == "despite"
    row.refresh_from_db()
    follower = change(cast, at, row, ChangeReason.SHORTER, unusual=unusual, **wished)
    row.refresh_from_db()
    assert (follower.state, row.ends, changed) == (AllocationState.WAITING, ends, [])
    assert queries.changes_of(row) == []
    actions.let_through(
        by=cast.principal("rob"), at=at, allocation=follower, let_through_by=cast.staff["rob"], mandate="MAND-1"
    )
    row.refresh_from_db()
    assert (row.ends, [c.kind for c in queries.changes_of(row)]) == (later, ["followed"])
    assert today < later


def test_two_workers_at_once_give_one_change(cast, at):
    row = order(cast, at, ends=clock.today(at) + 30 * DAY)
    opened, other = row.version, Allocation.objects.get(pk=row.pk)
    change(cast, at, row, ChangeReason.LONGER, ends=row.ends + 7 * DAY)
    with pytest.raises(BadInput):
        change(cast, at, other, ChangeReason.LONGER, ends=other.ends + 14 * DAY, version=opened)
    assert AllocationChange.objects.filter(allocation=row).count() == 1


def test_a_double_click_gives_one_change(cast):
    row = Allocation.objects.get(product__code="45A48", dossier=cast.dossier["fenna"])
    client, address = sign_in("mark"), reverse("allocations:change", args=[row.pk])
    key = client.get(address).context["once_key"]
    typed = {
        "_once": str(key), "opened_version": row.version, "last_day": "1-3-2027", "product": str(row.product_id),
        "reason": "longer",
    }  # fmt: skip
    answers = [client.post(address, typed) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert AllocationChange.objects.filter(allocation=row).count() == 2  # one of the cast, one of now
    row.refresh_from_db()
    assert row.last_day == dt.date(2027, 3, 1)


def test_an_order_is_withdrawn_before_the_start_and_counts_as_never_ordered(cast, at, changed):
    row = awarded(cast, at)
    said = {"by": cast.principal("joris"), "at": at, "withdrawn_by": cast.staff["joris"]}
    with pytest.raises(VoidByLaw):
        changing.withdraw(**said, allocation=row, because=Because(ChangeReason.SHORTER))
    changing.withdraw(**said, allocation=row, because=Because(ChangeReason.SENT_WRONGLY, "Verkeerd kind."))
    row.start_clock.refresh_from_db()
    assert (row.state, row.start_clock.state, changed) == (
        AllocationState.WITHDRAWN, ClockState.STOPPED, [(row.pk, "withdrawn")],
    )  # fmt: skip
    with pytest.raises(BadInput):
        changing.withdraw(**said, allocation=row, because=Because(ChangeReason.SENT_WRONGLY))
    begun = order(cast, at)
    start(cast, at, begun)
    with pytest.raises(BadInput):
        changing.withdraw(**said, allocation=begun, because=Because(ChangeReason.SENT_WRONGLY))


def test_withdrawing_what_follows_gives_the_old_order_its_last_day_back(cast, at, changed):
    row = awarded(cast, at)
    ends = row.ends
    follower = change(cast, at, row, ChangeReason.LONGER, volume=120, starts=clock.today(at) + 3 * DAY, because=NEW)
    row.refresh_from_db()
    assert row.ends == follower.starts
    changing.withdraw(
        by=cast.principal("joris"), at=at, allocation=follower, withdrawn_by=cast.staff["joris"],
        because=Because(ChangeReason.SENT_WRONGLY),
    )  # fmt: skip
    row.refresh_from_db()
    assert row.ends == ends
    assert [kind for _pk, kind in changed] == ["followed", "withdrawn", "longer"]


def test_bridging_help_points_to_what_it_bridges_and_is_not_stacked(cast, at):
    row = awarded(cast, at)
    until_then = order(cast, at, code="45A48", bridges=row, ends=clock.today(at) + 20 * DAY)
    assert (until_then.bridges_id, until_then.deviations, until_then.state) == (row.pk, "", AllocationState.ORDERED)
    start(cast, at, row)
    row.refresh_from_db()
    with pytest.raises(BadInput):
        order(cast, at, code="45A48", bridges=row)  # nobody waits any more
    with pytest.raises(BadInput):
        order(cast, at, child="julia", case="de_boer", who="mark", code="45A48", bridges=until_then)


def test_a_used_up_sum_never_ends_the_duty_to_give_help(cast, at):
    lot, rob = product("45A04").lot, cast.principal("rob")
    providers.mark_ceiling(by=rob, at=at, lot=lot, reached_on=clock.today(at), opened_version=lot.version)
    with pytest.raises(Unwise):
        awarded(cast, at)
    row = awarded(cast, at, despite="Nergens anders is plek.")
    assert (row.state, row.deviations) == (AllocationState.WAITING, Deviation.CEILING)
    with pytest.raises(VoidByLaw) as refused:
        actions.send_back(by=rob, at=at, allocation=row, let_through_by=cast.staff["rob"], reason="Het geld is op.")
    assert refused.value.source.startswith("Jw 2.3")
    actions.let_through(by=rob, at=at, allocation=row, let_through_by=cast.staff["rob"])
    assert row.state == AllocationState.ORDERED


def test_going_on_without_contract_is_only_for_the_same_provider(cast, at):
    wanted = {"code": "44A09", "starts": dt.date(2027, 6, 1), "basis": DECIDED, "volume": 7, "frequency": "week",
              "ends": dt.date(2027, 9, 1)}  # fmt: skip
    with pytest.raises(Unwise) as refused:
        order(cast, at, **wanted, despite="Loopt door.")
    assert refused.value.field == "no_contract"
    with pytest.raises(BadInput) as wrong:
        order(cast, at, **wanted, unusual=Unusual("Loopt door.", Without.CONTINUITY))
    assert wrong.value.field == "no_contract"


# born, last day -> passes, or the field that is refused (Jw 1.1: to 18, or to 23 for help that begins before)
@pytest.mark.parametrize(
    ("born", "last", "refused_at"),
    [
        ("2009-01-10", "2027-06-01", ""), ("2009-01-10", "2032-01-10", ""), ("2009-01-10", "2032-01-11", "last_day"),
        ("2008-01-10", "2027-06-01", "starts"),
    ],
)  # fmt: skip
def test_help_after_18_only_when_it_began_before_and_to_the_23rd(cast, at, born, last, refused_at):
    Person.objects.filter(pk=cast.dossier["timo"].youth_id).update(born_on=dt.date.fromisoformat(born))
    cast.dossier["timo"].youth.refresh_from_db()
    wanted = {"starts": clock.today(at), "ends": dt.date.fromisoformat(last)}
    if not refused_at:
        assert order(cast, at, **wanted).state == AllocationState.ORDERED
        return
    with pytest.raises(VoidByLaw) as refused:
        order(cast, at, **wanted)
    assert (refused.value.field, refused.value.source) == (refused_at, "Jw 1.1")


def test_help_that_began_before_18_goes_on_and_says_until_when(cast, at):
    Person.objects.filter(pk=cast.dossier["timo"].youth_id).update(born_on=dt.date(2009, 1, 10))
    cast.dossier["timo"].youth.refresh_from_db()
    row = order(cast, at, starts=clock.today(at), ends=dt.date(2027, 6, 1))
    shown = sign_in("joris").get(reverse("allocations:allocation", args=[row.pk])).content.decode()
    assert "kan doorlopen tot de 23e verjaardag" in shown
    with pytest.raises(VoidByLaw):
        change(cast, at, row, ChangeReason.LONGER, ends=dt.date(2032, 6, 1))


def test_pages_of_a_change_keep_from_the_back_office_what_is_said_in_words(cast):
    row = Allocation.objects.get(product__code="45A48", dossier=cast.dossier["fenna"])
    team = sign_in("mark").get(reverse("allocations:allocation", args=[row.pk])).content.decode()
    office = sign_in("rob").get(reverse("allocations:order", args=[row.pk])).content.decode()
    assert "tot het terugkijken" in team and "tot het terugkijken" not in office
    assert "een latere laatste dag" in office
