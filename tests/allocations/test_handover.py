"""The warm handover: planned with the family, held with the provider, taken over, and our team until then (S16)."""

import pytest
from django.urls import reverse

from rondom.allocations import extract, handing, resident
from rondom.allocations.enums import HandoverState, StopReason
from rondom.allocations.models import WarmHandover
from rondom.core import clock
from rondom.core.errors import BadInput, Unwise
from rondom.core.keys import pseudonym
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import ClockState
from rondom.dossiers.inbox import inbox_of
from rondom.dossiers.models import Dossier
from rondom.plans.models import Goal
from rondom.reference import actions as reference
from tests.allocations.test_orders import DAY, order, start, stop
from tests.trust.walking import principal, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def handover(row):
    return WarmHandover.objects.get(allocation=row)


def plan(cast, at, row, *, family=("mirjam",), name="Ilse Vos", days=1):
    talk = handing.Talk(at + days * DAY, [cast.person[each] for each in family], name, [cast.staff["sanne"]])
    return handing.plan_handover(by=cast.principal("sanne"), at=at, handover=row, talk=talk)


def write(cast, at, row, *, without=(), **said):
    came = {seat.pk for seat in row.meeting.participants.all() if not (seat.person_id and "family" in without)}
    came -= {seat.pk for seat in row.meeting.participants.all() if seat.outside and "provider" in without}
    told = handing.Told(came, said.pop("words", "Lot wil een kwartier met mama."), **said)
    return handing.write_handover(by=cast.principal("sanne", at), at=at, handover=row, told=told)


def accept(cast, at, row, **said):
    said = {"accepted_by": "Ilse Vos", "accepted_on": clock.today(at), **said}
    return handing.accept_handover(by=cast.principal("sanne", at), at=at, handover=row, **said)


@pytest.fixture
def lot(cast):
    """The help of Lot that began while nobody handed her over yet."""
    return cast.dossier["lot"].allocations.get()


def test_an_order_that_goes_out_opens_a_handover_and_its_end_closes_it(cast, at):
    row = order(cast, at)
    assert handover(row).state == HandoverState.OPEN
    stop(cast, at, row, StopReason.ADVICE_ENOUGH)
    closed = handover(row)
    assert (closed.state, closed.reason) == (
        HandoverState.ENDED,
        "De hulp is gestopt: niet begonnen: advies was genoeg.",
    )


def test_help_that_ended_before_it_was_handed_over_is_told_and_counted_as_that(cast, at):
    row = start(cast, at, order(cast, at))
    stop(cast, at, row)
    assert handover(row).state == HandoverState.MISSED
    facts = {each.allocation_key: each for each in extract.allocations(at=at)}
    assert facts[pseudonym("allocation", row.pk)].handover == "missed"
    julia = cast.dossier["julia"].allocations.get(started_on__isnull=False)
    told = facts[pseudonym("allocation", julia.pk)]
    assert (told.handover, told.handed_over_on) == ("accepted", clock.today(at) - 13 * DAY)


def test_a_free_offer_of_nobody_we_know_hands_nobody_over(cast, at):
    coach = cast.dossier["daan"].allocations.get()
    assert not WarmHandover.objects.filter(allocation=coach).exists()


def test_the_whole_way_with_the_family_at_the_table(cast, at, lot):
    row = plan(cast, at, handover(lot))
    later = at + 2 * DAY
    goal = Goal.objects.get(text__startswith="Ik wil elke dag een kwartier")
    held = write(cast, later, row, goals=[goal])
    assert (held.state, held.held_on) == (HandoverState.HELD, clock.today(row.meeting.planned_at))
    assert [each.text for each in held.chosen.all()] == [goal.text]
    assert "kwartier" not in held.meeting.agreed  # the meeting is seen by who may not see every child
    taken = accept(cast, later, held)
    assert taken.state == HandoverState.ACCEPTED and taken.is_complete


def test_no_handover_without_the_provider_and_not_without_the_family_in_silence(cast, at, lot):
    with pytest.raises(BadInput) as refused:
        plan(cast, at, handover(lot), family=())
    assert refused.value.field == "persons"
    row, later = plan(cast, at, handover(lot)), at + 2 * DAY
    with pytest.raises(BadInput) as refused:
        write(cast, later, row, without=("provider",))
    assert refused.value.field == "came"
    with pytest.raises(Unwise) as unwise:
        write(cast, later, row, without=("family",))
    assert unwise.value.field == "despite"
    held = write(cast, later, row, without=("family",), despite="Mirjam was ziek en wilde dat het doorging.")
    assert held.despite.startswith("Mirjam was ziek")


def test_each_step_waits_for_the_one_before(cast, at, lot):
    row = handover(lot)
    for wrong in (
        lambda: write(cast, at, plan(cast, at, row)),
        lambda: accept(cast, at, row),
        lambda: plan(cast, at, row),
    ):
        with pytest.raises(BadInput):
            wrong()
        row.refresh_from_db()
    held = write(cast, at + 2 * DAY, row)
    for day in (held.held_on - DAY, held.held_on + 9 * DAY):
        with pytest.raises(BadInput) as refused:
            accept(cast, at + 2 * DAY, held, accepted_on=day)
        assert refused.value.field == "accepted_on"


def test_a_talk_that_was_cancelled_can_be_planned_anew(cast, at, lot):
    row = plan(cast, at, handover(lot))
    dossiers.cancel_meeting(by=cast.principal("sanne"), at=at, meeting=row.meeting, reason="Ziek.")
    again = plan(cast, at, handover(lot), days=3)
    assert again.talk_stands and again.meeting_id != row.meeting_id


def test_the_date_runs_where_a_norm_was_chosen(cast, at):
    began = at - 3 * DAY
    reference.propose(
        by=cast.principal("tom", at=began), at=began, name="warm_handover_days", scope="GM0303", value="21",
        source="Werkafspraak van de teams", starts=clock.today(at), seen=None,
    )  # fmt: skip
    row = handover(order(cast, at))
    assert row.handover_clock.due_on == clock.today(at) + 21 * DAY
    ended = handing.leave_handover(by=cast.principal("joris"), at=at, handover=row, reason="Zij kennen haar al.")
    ended.handover_clock.refresh_from_db()
    assert ended.handover_clock.state == ClockState.STOPPED


def test_help_that_began_without_a_handover_stays_on_the_list_of_who_coordinates(cast, at, lot):
    def said(who):
        return [each.text for box, each in inbox_of(cast.principal(who), at=at) if box.code == "warm"]

    assert said("sanne") == [
        "Begeleiding in het gezin voor Lot is begonnen; de aanbieder heeft het nog niet overgenomen"
    ]
    assert said("fatima") == []
    row = plan(cast, at, handover(lot))
    accept(cast, at + 2 * DAY, write(cast, at + 2 * DAY, row))
    assert said("sanne") == []


def test_of_a_shielded_child_the_meeting_names_neither_help_nor_provider(cast, at, lot):
    Dossier.objects.filter(pk=lot.dossier_id).update(shielded=True)
    row = plan(cast, at, handover(lot))
    assert row.meeting.purpose == "Gesprek met het gezin"
    assert [seat.outside for seat in row.meeting.participants.all() if seat.outside] == ["Ilse Vos"]


def test_the_family_reads_that_we_stay_until_it_was_handed_over(cast, at, lot):
    def stays():
        given = resident.help_for(principal("mirjam", at), cast.dossier["lot"], at=at)
        return [each.we_stay for each in given]

    assert stays() == [True]
    accept(cast, at + 2 * DAY, write(cast, at + 2 * DAY, plan(cast, at, handover(lot))))
    assert stays() == [False]


def test_the_page_of_an_order_shows_the_next_step_and_carries_it_out(cast, at, lot):
    client = sign_in("sanne")
    page = client.get(reverse("allocations:allocation", args=[lot.pk])).content.decode()
    assert "Warme overdracht" in page and reverse("allocations:handover_plan", args=[lot.pk]) in page
    back_office = sign_in("rob").get(reverse("allocations:order", args=[lot.pk])).content.decode()
    assert "Warme overdracht" not in back_office
    address = reverse("allocations:handover_plan", args=[lot.pk])
    answer = client.post(address, {
        "planned_at_day": "morgen", "planned_at_time": "15.00", "persons": [str(cast.person["mirjam"].pk)],
        "received_by": "", "staff": [str(cast.staff["sanne"].pk)],
    })  # fmt: skip
    assert "Schrijf wie er namens de aanbieder komt." in answer.content.decode()
