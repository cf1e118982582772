"""Who awards roles holds no case role; weighty roles need a second person; teams and roles end sight."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from rondom.accounts import actions
from rondom.accounts.enums import AwardState, Role
from rondom.accounts.models import Account, PasswordLink, RoleAssignment, RoleAward, StaffMember, TeamMembership
from rondom.accounts.queries import principal_of_staff
from rondom.accounts.roles import ROLES, clash
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, NotFound, Unwise
from rondom.core.principals import machine


def award(cast, by, to, role, **more):
    values = {"by": cast.principal(by), "at": cast.at, "staff": cast.staff[to], "role": role}
    return actions.award_role(**values, starts=clock.today(cast.at), **more)


def held(cast, name):
    return principal_of_staff(cast.staff[name], at=cast.at).roles


def test_every_role_says_what_it_allows():
    assert set(ROLES) == set(Role.values)
    for text in ROLES.values():
        assert text.explains
        assert text.may
        assert text.may_not


@pytest.mark.parametrize("role", [r for r in Role.values if r != Role.FUNCTIONAL_ADMINISTRATOR])
def test_awarding_roles_goes_with_no_other_role(role):
    assert clash(Role.FUNCTIONAL_ADMINISTRATOR, frozenset({role}))
    assert clash(role, frozenset({Role.FUNCTIONAL_ADMINISTRATOR}))


def test_an_ordinary_role_holds_at_once(cast):
    assert isinstance(award(cast, "tom", "mark", Role.TEAM_LEAD), RoleAssignment)
    assert Role.TEAM_LEAD in held(cast, "mark")


def test_who_awards_roles_gets_no_case_role(cast):
    with pytest.raises(NotAllowed):
        award(cast, "tom", "nadia", Role.CASE_WORKER)
    with pytest.raises(NotAllowed):
        award(cast, "tom", "sanne", Role.FUNCTIONAL_ADMINISTRATOR)


def test_an_administrator_who_got_another_role_below_the_rules_awards_nothing(cast):
    RoleAssignment.objects.create(
        municipality="GM0303", staff=cast.staff["tom"], role=Role.CASE_WORKER, starts=clock.today(cast.began)
    )
    with pytest.raises(NotAllowed):
        award(cast, "tom", "mark", Role.TEAM_LEAD)


@pytest.mark.parametrize("name", ["sanne", "els", "rob", "wim", "ineke"])
def test_nobody_else_awards_roles(cast, name):
    with pytest.raises(NotAllowed):
        award(cast, name, "mark", Role.TEAM_LEAD)


def test_another_municipality_does_not_exist(cast):
    with pytest.raises(NotFound):
        award(cast, "tom", "karin", Role.TEAM_LEAD)


def test_nobody_awards_a_role_to_oneself(cast):
    with pytest.raises(NotAllowed):
        award(cast, "tom", "tom", Role.PRIVACY_OFFICER)


@pytest.mark.parametrize("role", [r for r, text in ROLES.items() if text.privileged])
def test_a_weighty_role_waits_for_a_second_person(cast, role):
    staff = newcomer(cast)
    asked = actions.award_role(
        by=cast.principal("tom"), at=cast.at, staff=staff, role=role, starts=clock.today(cast.at)
    )
    assert isinstance(asked, RoleAward)
    assert principal_of_staff(staff, at=cast.at).roles == frozenset()
    with pytest.raises(NotAllowed):
        actions.confirm_role(by=cast.principal("tom"), at=cast.at, award=asked)
    actions.confirm_role(by=cast.principal("nadia"), at=cast.at, award=asked)
    assert principal_of_staff(staff, at=cast.at).roles == {role}


def test_who_receives_a_role_does_not_confirm_it(cast):
    award(cast, "tom", "wim", Role.PRIVACY_OFFICER)
    waiting = RoleAward.objects.get()
    with pytest.raises(NotAllowed):
        actions.confirm_role(by=cast.principal("wim"), at=cast.at, award=waiting)


def test_the_database_refuses_a_confirmation_by_who_asked(cast):
    award(cast, "tom", "wim", Role.PRIVACY_OFFICER)
    tom = cast.staff["tom"].pk
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAward.objects.update(state=AwardState.CONFIRMED, decided_by=tom, decided_at=cast.at)


def test_a_role_is_decided_once(cast):
    award(cast, "tom", "wim", Role.PRIVACY_OFFICER)
    waiting = RoleAward.objects.get()
    actions.refuse_role(by=cast.principal("nadia"), at=cast.at, award=waiting)
    with pytest.raises(BadInput):
        actions.confirm_role(by=cast.principal("nadia"), at=cast.at, award=waiting)
    assert Role.PRIVACY_OFFICER not in held(cast, "wim")


def test_a_role_in_the_past_or_turned_around_is_refused(cast):
    today = clock.today(cast.at)
    for starts, ends in ((today - dt.timedelta(days=1), None), (today, today)):
        with pytest.raises(BadInput):
            actions.award_role(
                by=cast.principal("tom"), at=cast.at, staff=cast.staff["mark"], role=Role.TEAM_LEAD, starts=starts,
                ends=ends,
            )  # fmt: skip


def test_ending_a_role_with_families_asks_a_reason(cast):
    assignment = RoleAssignment.objects.get(staff=cast.staff["sanne"])
    with pytest.raises(Unwise):
        actions.end_role(by=cast.principal("tom"), at=cast.at, assignment=assignment)
    actions.end_role(by=cast.principal("tom"), at=cast.at, assignment=assignment, reason="gaat uit dienst")
    assert held(cast, "sanne") == frozenset()


def test_two_administrators_stay(cast):
    assignment = RoleAssignment.objects.get(staff=cast.staff["nadia"])
    with pytest.raises(Unwise):
        actions.end_role(by=cast.principal("tom"), at=cast.at, assignment=assignment)


def newcomer(cast, username="p.vos", first="Pim"):
    return actions.add_staff(
        by=cast.principal("tom"), at=cast.at, organisation=cast.organisation["jeugdteam"], username=username,
        first_name=first, last_name="Vos",
    )  # fmt: skip


def test_a_newcomer_has_nothing_until_it_is_given(cast):
    staff = newcomer(cast)
    assert not staff.account.has_usable_password()
    by = principal_of_staff(staff, at=cast.at)
    assert (by.roles, by.teams) == (frozenset(), frozenset())
    with pytest.raises(BadInput):
        newcomer(cast, username="P.Vos")


def test_a_team_of_another_organisation_is_refused(cast):
    with pytest.raises(BadInput):
        actions.join_team(by=cast.principal("tom"), at=cast.at, staff=cast.staff["rob"], team=cast.team["oost"])


def test_joining_and_leaving_a_team(cast):
    staff = newcomer(cast)
    membership = actions.join_team(by=cast.principal("tom"), at=cast.at, staff=staff, team=cast.team["west"])
    assert principal_of_staff(staff, at=cast.at).teams == {cast.team["west"].pk}
    actions.leave_team(by=cast.principal("tom"), at=cast.at, membership=membership)
    assert principal_of_staff(staff, at=cast.at).teams == frozenset()


def test_leaving_service_closes_everything(cast):
    tom = cast.principal("tom")
    with pytest.raises(Unwise):
        actions.leave_service(by=tom, at=cast.at, staff=cast.staff["sanne"])
    actions.leave_service(by=tom, at=cast.at, staff=cast.staff["sanne"], reason="nieuwe baan")
    account = Account.objects.get(username="sanne")
    assert (account.is_active, account.session_generation) == (False, 2)
    later = cast.at + dt.timedelta(days=1)
    assert principal_of_staff(cast.staff["sanne"], at=later).roles == frozenset()
    assert TeamMembership.objects.filter(staff=cast.staff["sanne"], ends__isnull=True).count() == 0


def test_a_password_link_works_once_within_a_day(cast, client):
    staff = newcomer(cast)
    with clock.standing_at(cast.at):
        token = actions.make_password_link(by=cast.principal("tom"), at=cast.at, staff=staff)
        assert token not in str(PasswordLink.objects.values())
        assert client.get(f"/aanmelden/wachtwoord/{token}/").url == "/aanmelden/wachtwoord/"
        assert "p.vos" in client.get("/aanmelden/wachtwoord/").content.decode()
        words = {"password": "een zin om te onthouden", "again": "een zin om te onthouden"}
        weak = client.post("/aanmelden/wachtwoord/", {"password": "kort", "again": "kort"})
        assert weak.status_code == 200
        assert client.post("/aanmelden/wachtwoord/", words).status_code == 302
        assert StaffMember.objects.get(pk=staff.pk).account.check_password(words["password"])
        client.get(f"/aanmelden/wachtwoord/{token}/")
        assert client.get("/aanmelden/wachtwoord/").status_code == 410


def test_a_password_link_of_yesterday_and_a_replaced_one_are_worthless(cast, client):
    staff, tom = newcomer(cast), cast.principal("tom")
    first = actions.make_password_link(by=tom, at=cast.at, staff=staff)
    second = actions.make_password_link(by=tom, at=cast.at, staff=staff)
    client.get(f"/aanmelden/wachtwoord/{first}/")
    assert client.get("/aanmelden/wachtwoord/").status_code == 410
    client.get(f"/aanmelden/wachtwoord/{second}/")
    with clock.standing_at(cast.at + dt.timedelta(hours=25)):
        assert client.get("/aanmelden/wachtwoord/").status_code == 410


@pytest.mark.parametrize("act", [actions.make_password_link, actions.reset_second_factor])
def test_no_administrator_renews_the_own_way_in(cast, act):
    with pytest.raises(NotAllowed):
        act(by=cast.principal("tom"), at=cast.at, staff=cast.staff["tom"])


def test_the_first_two_administrators_come_from_the_command_line_only(cast):
    people = (("a", "Ada", "Een"), ("b", "Bo", "Twee"))
    home = cast.organisation["sociaalteam"]
    with pytest.raises(NotAllowed):
        actions.make_first_administrators(by=cast.principal("tom"), at=cast.at, organisation=home, people=people)
    with pytest.raises(BadInput):
        actions.make_first_administrators(by=machine("init"), at=cast.at, organisation=home, people=people[:1])
    tokens = actions.make_first_administrators(
        by=machine("init", home.municipality), at=cast.at, organisation=home, people=people
    )
    assert set(tokens) == {"a", "b"}
    with pytest.raises(NotAllowed):
        actions.make_first_administrators(by=machine("init"), at=cast.at, organisation=home, people=people)
