"""Sight follows teams and roles: who leaves a team, or ends the last role with families, sees them no more.

The roles in a case stay written until somebody takes them over, because sight on safety is never empty; for each case
a clock starts today, with the team lead when there is one.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember, Team
from rondom.accounts.roles import ROLES
from rondom.accounts.signals import role_ended, team_left
from rondom.core import clock
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.actions.clocks import Why, start_clock
from rondom.dossiers.enums import ClockKind
from rondom.dossiers.models import Case, CaseDossier, CaseRole
from rondom.dossiers.resting import lead_of
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

PERSONAL = (RelationKind.ASSIGNED, RelationKind.COVER, RelationKind.STATED_GROUND, RelationKind.EMERGENCY)


def held(staff: UUID, team: UUID | None, day: dt.date) -> int:
    """Return with how many open cases (of a team, or of all) a staff member holds a role."""
    return _held(staff, team, day).count()


def _held(staff: UUID, team: UUID | None, day: dt.date) -> Any:
    cases = Case.objects.filter(pk__in=CaseRole.objects.filter(on(day), staff=staff).values("case"), closed_on=None)
    return cases.filter(team=team) if team else cases


@receiver(team_left)
def sight_of_team_ends(
    sender: Any, staff: StaffMember, team: Team, by: Principal, at: dt.datetime, **more: Any
) -> None:
    """End the personal sight of the cases of a team and their dossiers, and ask for somebody to take over."""
    cases = Case.objects.filter(team=team).values("pk")
    dossiers = CaseDossier.objects.filter(case__team=team).values("dossier")
    about = Q(subject_kind=SubjectKind.CASE, subject__in=cases) | Q(
        subject_kind=SubjectKind.DOSSIER, subject__in=dossiers
    )
    _end(about, staff, by, at, ground="left the team")
    _ask_to_take_over(staff, team, by, at)


@receiver(role_ended)
def sight_of_role_ends(
    sender: Any, staff: StaffMember, roles: frozenset[str], by: Principal, at: dt.datetime, **more: Any
) -> None:
    """End all personal sight when no role with families is left."""
    if any(ROLES[role].near_families for role in roles):
        return
    _end(Q(), staff, by, at, ground="role ended")
    _ask_to_take_over(staff, None, by, at)


def _end(about: Q, staff: StaffMember, by: Principal, at: dt.datetime, *, ground: str) -> None:
    rows = Relation.objects.filter(about, moment_filter(at), principal=staff.pk, kind__in=PERSONAL)
    for relation in rows.order_by("pk"):
        end_relation(by=by, at=at, relation=relation, ground=ground)


def _ask_to_take_over(staff: StaffMember, team: Team | None, by: Principal, at: dt.datetime) -> None:
    day = clock.today(at)
    for case in _held(staff.pk, team.pk if team else None, day).select_related("team").order_by("pk"):
        if case.clocks.filter(kind=ClockKind.TAKE_OVER, state="running").exists():
            continue
        lead = lead_of(case.team, day, but=staff.pk)
        start_clock(
            by=by, at=at, case=case, kind=ClockKind.TAKE_OVER, due=day, rests_with=lead,
            title=_("Let somebody take over from %(name)s") % {"name": staff.name},
            why=Why(rule=_("Whoever leaves a team or a role sees its families no more; a family is never without.")),
        )  # fmt: skip
