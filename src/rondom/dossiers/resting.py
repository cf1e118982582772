"""A date rests with somebody who can act on it: looked after every night.

Handing over moves the dates of who hands over. But somebody may leave, fall ill for good, or lose a role in a way that
nobody thought of; then a date would rest where no one looks. Whoever holds a role today, and is in the team of the
family or has sight of the family by name, can act. What rests with somebody else goes to who coordinates the case, else
to who has sight on safety, else to the lead of the team; with none of these it stays, and stands on the team page.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from rondom.accounts.enums import Role
from rondom.accounts.models import RoleAssignment, StaffMember, Team, TeamMembership
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.periods import moment_filter, on
from rondom.core.principals import machine
from rondom.core.slices import in_slices
from rondom.dossiers.actions.clocks import hand_clock
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, CaseRole, Clock
from rondom.privacy.enums import GIVES, Sight, SubjectKind
from rondom.privacy.models import Relation

TURN = (CaseRoleKind.COORDINATION, CaseRoleKind.SIGHT_ON_SAFETY)
"""Who of a case is asked first."""


def unattended(at: dt.datetime) -> QuerySet[Clock]:
    """Return the running clocks of open cases that rest with nobody, or with somebody who cannot act on them now."""
    rows = Clock.objects.filter(state__in=ClockState.open_states(), case__closed_on=None)
    return rows.exclude(_can_act("rests_with", "case__team", "case", at))


def _can_act(who: str, team: str, case: str, at: dt.datetime) -> Q:
    day = clock.today(at)
    role = Exists(RoleAssignment.objects.filter(on(day), staff=OuterRef(who)))
    member = Exists(TeamMembership.objects.filter(on(day), staff=OuterRef(who), team=OuterRef(team)))
    by_name = Exists(
        Relation.objects.filter(
            moment_filter(at),
            subject_kind=SubjectKind.CASE,
            subject=OuterRef(case),
            principal=OuterRef(who),
            kind__in=GIVES[Sight.OPEN],
        )
    )
    return Q(role) & (Q(member) | Q(by_name))


def lead_of(team: Team, day: dt.date, *, but: UUID | None = None) -> StaffMember | None:
    """Return who leads a team on a day, the longest first; `but` is somebody who is just leaving."""
    members = StaffMember.objects.filter(memberships__in=team.memberships.filter(on(day))).exclude(pk=but)
    leads = RoleAssignment.objects.filter(on(day), role=Role.TEAM_LEAD, staff__in=members).order_by("starts", "pk")
    first = leads.select_related("staff").first()
    return first.staff if first else None


def who_can(case: Case, *, at: dt.datetime) -> StaffMember | None:
    """Return the colleague with whom a date of this case can rest."""
    day = clock.today(at)
    roles = CaseRole.objects.filter(on(day), case=case, kind__in=TURN).exclude(staff=None)
    able = roles.filter(_can_act("staff", "case__team", "case", at)).select_related("staff").order_by("starts", "pk")
    holders = {row.kind: row.staff for row in able}
    return next((holders[kind] for kind in TURN if kind in holders), None) or lead_of(case.team, day)


def look_after(*, at: dt.datetime) -> int:
    """Hand over every date that rests with nobody who can act; return how many. Done again it does nothing more."""
    by, handed = machine("scheduler:clocks"), 0

    def hand(pk: UUID) -> None:
        nonlocal handed
        row = Clock.objects.select_related("case__team").get(pk=pk)
        to = who_can(row.case, at=at)
        if to is None or to.pk == row.rests_with_id:
            return
        try:
            hand_clock(by=by, at=at, row=row, to=to)
        except BadInput:  # met or stopped just now
            return
        handed += 1

    in_slices(list(unattended(at).order_by("pk").values_list("pk", flat=True)), hand)
    return handed
