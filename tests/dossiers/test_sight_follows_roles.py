"""Leaving a team or ending the last role with families ends sight, in the same transaction."""

import pytest

from rondom.accounts import actions
from rondom.accounts.models import RoleAssignment, TeamMembership
from rondom.core.errors import NotAllowed, Unwise
from rondom.dossiers.actions import assign_role
from rondom.dossiers.enums import CaseRoleKind, ClockKind
from rondom.dossiers.models import CaseRole, Clock
from rondom.dossiers.queries import cases_for, dossiers_for
from rondom.privacy.enums import RelationKind, Sight
from rondom.privacy.models import Relation


def sees(cast, name, sight=Sight.OPEN):
    by = cast.principal(name)
    return cases_for(by, at=cast.at, sight=sight).count(), dossiers_for(by, at=cast.at, sight=sight).count()


def test_leaving_a_team_ends_sight_of_its_families(cast):
    membership = TeamMembership.objects.get(staff=cast.staff["sanne"])
    with pytest.raises(Unwise):
        actions.leave_team(by=cast.principal("tom"), at=cast.at, membership=membership)
    assert sees(cast, "sanne")[0] > 0
    actions.leave_team(by=cast.principal("tom"), at=cast.at, membership=membership, reason="naar een ander team")
    assert sees(cast, "sanne") == (0, 0)
    assert sees(cast, "sanne", Sight.ROW) == (0, 0)


def test_a_family_is_never_left_without_a_name_and_the_team_lead_is_asked(cast):
    membership = TeamMembership.objects.get(staff=cast.staff["sanne"])
    actions.leave_team(by=cast.principal("tom"), at=cast.at, membership=membership, reason="naar een ander team")
    roles = CaseRole.objects.filter(case=cast.case["visser"], kind=CaseRoleKind.SIGHT_ON_SAFETY, ends__isnull=True)
    assert roles.count() == 1
    waiting = Clock.objects.filter(kind=ClockKind.TAKE_OVER, case=cast.case["visser"])
    assert [c.rests_with for c in waiting] == [cast.staff["els"]]


def test_ending_the_last_role_with_families_ends_all_personal_sight(cast):
    assignment = RoleAssignment.objects.get(staff=cast.staff["mark"])
    actions.end_role(by=cast.principal("tom"), at=cast.at, assignment=assignment, reason="langdurig afwezig")
    personal = Relation.objects.filter(principal=cast.staff["mark"].pk, kind=RelationKind.ASSIGNED)
    assert personal.exists()
    assert not personal.filter(ends_at__isnull=True).exists()


def test_who_awards_roles_gets_no_family(cast):
    with pytest.raises(NotAllowed):
        assign_role(
            by=cast.principal("els"), at=cast.at, case=cast.case["visser"], kind=CaseRoleKind.CONTACT,
            staff=cast.staff["tom"],
        )  # fmt: skip
