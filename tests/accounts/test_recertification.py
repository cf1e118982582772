"""Every quarter somebody else says whether a colleague still needs a role or a team."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts import recertification
from rondom.accounts.actions import end_access, keep_access
from rondom.accounts.enums import Role
from rondom.accounts.models import RoleAssignment, TeamMembership
from rondom.core import clock
from rondom.core.errors import NotAllowed, NotFound, Unwise
from rondom.core.models import Event
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def team_of(cast, name):
    return TeamMembership.objects.get(staff=cast.staff[name])


def role_of(cast, name):
    return RoleAssignment.objects.get(staff=cast.staff[name])


def due(cast, name, at):
    return {
        (a.row.staff.first_name, a.kind) for a in recertification.access_due(cast.principal(name), day=clock.today(at))
    }


def test_a_team_lead_sees_the_own_team_and_an_administrator_everything_late(cast, at):
    assert due(cast, "els", at) == {("Yasmin", "team")}
    assert due(cast, "tom", at) == {("Yasmin", "team"), ("Yasmin", "rol")}
    assert due(cast, "sanne", at) == set()


def test_a_quarter_counts_from_the_last_confirmation(cast, at):
    row, day = team_of(cast, "yasmin"), clock.today(at)
    keep_access(by=cast.principal("els"), at=at, row=row)
    assert recertification.due_on(row, 3) == row.confirmed_on.replace(month=2, year=day.year + 1)
    assert due(cast, "els", at) == set()
    later = at + dt.timedelta(days=93)
    assert ("Yasmin", "team") in {
        (a.row.staff.first_name, a.kind)
        for a in recertification.late_access(cast.principal("els"), day=clock.today(later))
    }
    assert Event.objects.filter(kind="accounts.access_confirmed").count() == 1


def test_nobody_confirms_oneself_and_no_lead_another_team_or_a_role(cast, at):
    els, tom = cast.principal("els"), cast.principal("tom")
    with pytest.raises(NotAllowed):
        keep_access(by=els, at=at, row=team_of(cast, "els"))
    with pytest.raises(NotAllowed):
        keep_access(by=tom, at=at, row=role_of(cast, "tom"))
    with pytest.raises(NotAllowed):
        keep_access(by=els, at=at, row=team_of(cast, "fatima"))
    with pytest.raises(NotAllowed):
        end_access(by=els, at=at, row=role_of(cast, "sanne"))
    with pytest.raises(NotFound):
        keep_access(by=tom, at=at, row=role_of(cast, "karin"))
    keep_access(by=tom, at=at, row=team_of(cast, "els"))
    keep_access(by=cast.principal("nadia"), at=at, row=role_of(cast, "tom"))


def test_an_end_takes_the_right_and_asks_a_reason_when_families_are_left(cast, at):
    els = cast.principal("els")
    with pytest.raises(Unwise):
        end_access(by=els, at=at, row=team_of(cast, "mark"))
    end_access(by=els, at=at, row=team_of(cast, "yasmin"))
    assert not team_of(cast, "yasmin").holds_on(clock.today(at))
    assert Event.objects.filter(kind="accounts.team_left").exists()
    end_access(by=cast.principal("tom"), at=at, row=role_of(cast, "yasmin"))
    assert not cast.principal("yasmin").has(Role.PROCESS_COORDINATOR)


def test_the_page_keeps_with_one_press_and_the_administrator_reads_what_is_late(cast):
    client, row = sign_in("els"), team_of(cast, "yasmin")
    assert "Yasmin Haddad: Team Oost" in client.get(reverse("accounts:access")).content.decode()
    start = sign_in("tom").get(reverse("administration:start")).content.decode()
    assert "2 rollen en teams zijn te laat" in start
    for name in ("sanne", "ineke", "rob"):
        assert sign_in(name).get(reverse("accounts:access")).status_code == 404, name
    address = reverse("accounts:access_team", args=[row.pk])
    assert client.post(address, {"decision": "keep"}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_by == cast.staff["els"].pk
    assert sign_in("els").get(reverse("accounts:access_role", args=[role_of(cast, "yasmin").pk])).status_code == 404
