"""A date never rests where nobody looks: the nightly pass hands it to who can act."""

import datetime as dt

import pytest

from rondom.accounts.enums import Role
from rondom.accounts.models import RoleAssignment, TeamMembership
from rondom.core import slices
from rondom.core.models import Event
from rondom.dossiers import actions, resting
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import CaseRole, Clock
from rondom.dossiers.resting import look_after, unattended

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
NIGHT = dt.timedelta(hours=16)


@pytest.fixture
def promised(cast):
    """A date of the family Visser that rests with Mark."""
    return actions.start_clock(
        by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], kind="agreement", title="Bellen met school",
        due=cast.at.date() + dt.timedelta(days=3), why=actions.Why("Zo afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip


def gone(cast, name):
    """Somebody is no more in the books, without anything else having been done."""
    day = cast.at.date()
    for model in (TeamMembership, RoleAssignment):
        model.objects.filter(staff=cast.staff[name]).update(ends=day)


def test_a_night_in_which_everybody_is_there_moves_nothing(cast):
    before = list(Clock.objects.order_by("pk").values_list("pk", "rests_with"))
    assert not unattended(cast.at).exclude(rests_with=None).exists()
    look_after(at=cast.at + NIGHT)
    moved = [row for row in Clock.objects.order_by("pk").values_list("pk", "rests_with") if row not in before]
    assert not [pk for pk, _holder in moved if dict(before)[pk]]


def test_a_date_of_who_left_goes_to_the_coordinator_and_it_is_written_down_once(cast, promised):
    gone(cast, "mark")
    look_after(at=cast.at + NIGHT)
    promised.refresh_from_db()
    coordinator = CaseRole.objects.get(case=promised.case, kind=CaseRoleKind.COORDINATION, ends=None).staff
    assert promised.rests_with == coordinator
    assert promised.due_on == cast.at.date() + dt.timedelta(days=3)
    assert look_after(at=cast.at + NIGHT) == 0
    assert Event.objects.filter(kind="dossiers.clock_handed", object_id=promised.pk).count() == 1


def test_when_nobody_of_the_family_is_left_the_lead_of_the_team_gets_it(cast, promised):
    for name in {row.staff for row in CaseRole.objects.filter(case=promised.case, ends=None).exclude(staff=None)}:
        gone(cast, next(key for key, staff in cast.staff.items() if staff == name))
    gone(cast, "mark")
    look_after(at=cast.at + NIGHT)
    promised.refresh_from_db()
    leads = RoleAssignment.objects.filter(role=Role.TEAM_LEAD, staff=promised.rests_with)
    assert leads.exists()
    assert TeamMembership.objects.filter(staff=promised.rests_with, team=promised.case.team).exists()


def test_a_date_stays_with_who_has_sight_of_the_family_by_name(cast, promised):
    actions.hand_clock(by=cast.principal("sanne"), at=cast.at, row=promised, to=cast.staff["sanne"])
    TeamMembership.objects.filter(staff=cast.staff["sanne"]).update(ends=cast.at.date())
    assert not unattended(cast.at).filter(pk=promised.pk).exists()


def test_a_pass_that_stops_half_way_goes_on_the_next_time(cast, promised, monkeypatch):
    other = actions.start_clock(
        by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], kind="agreement", title="Oma bellen",
        due=cast.at.date(), why=actions.Why("Zo afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip
    gone(cast, "mark")
    monkeypatch.setattr(slices, "LONGEST", 0.0)
    whole = resting.hand_clock

    def once(**words):
        if words["row"].pk == other.pk:
            raise RuntimeError
        return whole(**words)

    monkeypatch.setattr(resting, "hand_clock", once)
    with pytest.raises(RuntimeError):
        look_after(at=cast.at + NIGHT)
    assert list(unattended(cast.at).filter(pk__in=[promised.pk, other.pk])) == [other]
    monkeypatch.setattr(resting, "hand_clock", whole)
    assert look_after(at=cast.at + NIGHT) == 1


def test_what_is_done_or_of_a_closed_family_is_left_alone(cast, promised):
    gone(cast, "mark")
    actions.meet_clock(by=cast.principal("sanne"), at=cast.at, row=promised)
    assert promised.state == ClockState.MET
    assert not unattended(cast.at).filter(pk=promised.pk).exists()
