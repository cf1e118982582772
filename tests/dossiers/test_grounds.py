"""Nobody sits at the table without a ground that holds: void is refused, doubt needs a reason."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.errors import Unwise, VoidByLaw
from rondom.dossiers import actions
from rondom.dossiers.actions import Invited
from rondom.dossiers.enums import MeetingGround
from rondom.dossiers.grounds import Seats
from rondom.law.consent import Verdict
from rondom.privacy.actions import withdraw_consent
from rondom.privacy.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SCHOOL = "Juf Anja, basisschool De Wilgen"


def plan(cast, at, case, *invited):
    return actions.plan_meeting(
        by=cast.principal("sanne"), at=at, case=cast.case[case], planned_at=at + dt.timedelta(hours=5),
        purpose="Samen kijken", invited=invited,
    )  # fmt: skip


def of_school():
    return Consent.objects.get(parties="Juf Anja")


def test_a_seat_on_consent_names_the_consent_that_holds(cast, at):
    seat = Invited(MeetingGround.CONSENT, outside=SCHOOL, consent=of_school().pk)
    assert plan(cast, at, "visser", seat).participants.get().consent == of_school().pk
    with pytest.raises(VoidByLaw, match="nog niet meedoen"):
        plan(cast, at, "visser", Invited(MeetingGround.CONSENT, outside=SCHOOL))
    with pytest.raises(VoidByLaw):  # of another family
        plan(cast, at, "yilmaz", seat)
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=of_school())
    with pytest.raises(VoidByLaw):
        plan(cast, at, "visser", seat)


def test_a_consent_that_is_taken_back_later_shows_at_the_seat(cast, at):
    plan(cast, at, "visser", Invited(MeetingGround.CONSENT, outside=SCHOOL, consent=of_school().pk))
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=of_school())
    found = Seats(cast.case["visser"], clock.today(at)).of(MeetingGround.CONSENT, consent=of_school().pk)
    assert (found.lapsed, found.verdict) == (True, Verdict.NO)


def test_a_ground_that_is_not_in_the_set_gives_no_seat(cast, at):
    with pytest.raises(VoidByLaw):
        plan(cast, at, "visser", Invited("omdat het handig is", outside="Wijkagent"))


@pytest.mark.parametrize(
    ("case", "person", "found"),
    [
        ("visser", "lot", Verdict.YES),  # it is about her
        ("visser", "peter", Verdict.YES),  # authority over Lot
        ("visser", "karim", Verdict.DOUBT),  # a father without authority: information, no dossier
        ("visser", "oma_visser", Verdict.NO),  # another ground is needed
        ("yilmaz", "esra", Verdict.YES),
        ("yilmaz", "emine", Verdict.DOUBT),  # Esra is 16: only with her consent
    ],
)
def test_it_is_about_them_holds_for_who_must_agree(cast, at, case, person, found):
    seats = Seats(cast.case[case], clock.today(at))
    seat = seats.of(MeetingGround.CONCERNED, person=cast.person[person].pk)
    assert seat.verdict is found
    by_age = {"karim": {"sem", "noor"}, "emine": {"esra"}}.get(person, set())  # whose age the reason tells
    assert seat.about in {cast.person[child].pk for child in by_age} | ({None} if not by_age else set())


@pytest.mark.parametrize(
    ("case", "ground", "found"),
    [
        ("visser", MeetingGround.LEGAL_TASK, Verdict.YES),  # the order over Lot
        ("de_boer", MeetingGround.LEGAL_TASK, Verdict.DOUBT),  # no order is known
        ("visser", MeetingGround.SAFETY, Verdict.DOUBT),
        ("visser", MeetingGround.NETWORK, Verdict.YES),
        ("visser", MeetingGround.WORKS_WITH, Verdict.YES),
        ("visser", MeetingGround.CONCERNED, Verdict.NO),
    ],
)
def test_what_the_law_says_of_somebody_from_outside(cast, at, case, ground, found):
    assert Seats(cast.case[case], clock.today(at)).of(ground).verdict is found


def test_doubt_needs_a_reason_that_stays_with_the_seat(cast, at):
    guest = {"ground": MeetingGround.SAFETY, "outside": "Wijkagent"}
    with pytest.raises(Unwise):
        plan(cast, at, "visser", Invited(**guest))
    meeting = plan(cast, at, "visser", Invited(**guest, reason="Overlegd met Veilig Thuis"))
    assert meeting.participants.get().reason == "Overlegd met Veilig Thuis"
    certain = plan(cast, at, "visser", Invited(MeetingGround.NETWORK, outside="Coach", reason="niet nodig"))
    assert certain.participants.get().reason == ""
