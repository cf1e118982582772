"""Looking at access again, every quarter (SEC-08): which roles and teams are due, and who may say so.

    team membership   the team lead of that team; a functional administrator too (for team leads, and without a lead)
    role              a functional administrator

Nobody confirms oneself. An end is a right that goes: it may be given by whoever may confirm. How many months a
confirmation is good for is the parameter `recertification_months`.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import RoleAssignment, TeamMembership
from rondom.core.errors import NotFound
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.why import Why, norm
from rondom.law.calendar import add_months
from rondom.reference.queries import DatedValue, NoValue, scopes_of, value

SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Access:
    """A right of a colleague to be looked at: what it is, by when, and whether this viewer may say so."""

    row: RoleAssignment | TeamMembership
    due: dt.date
    mine: bool

    @property
    def is_role(self) -> bool:
        """A role; else a team."""
        return isinstance(self.row, RoleAssignment)

    @property
    def what(self) -> str:
        """The role or the team, in words."""
        return str(self.row.get_role_display()) if isinstance(self.row, RoleAssignment) else self.row.team.name

    @property
    def kind(self) -> str:
        """How a page names this kind of right."""
        return "rol" if self.is_role else "team"


def interval(municipality: str, day: dt.date) -> DatedValue:
    """Return after how many months access is looked at again, as it holds for a municipality on a day.

    Raises NoValue while nobody entered it: then nothing is due, and the page says that it must be entered.
    """
    return value("recertification_months", on=day, scopes=scopes_of(municipality, on=day))


def no_interval(municipality: str, day: dt.date) -> str:
    """Return the sentence that the number is not entered, "" when it is."""
    try:
        interval(municipality, day)
    except NoValue as missing:
        return str(missing)
    return ""


def due_on(row: RoleAssignment | TeamMembership, months: int) -> dt.date:
    """Return the last day on which somebody has to say that this right is still needed."""
    return add_months(row.looked_at, months)


def why_due(municipality: str, day: dt.date) -> Why | None:
    """Return why access is looked at again by a day: a working rule, with the number that holds."""
    if no_interval(municipality, day):
        return None
    held = interval(municipality, day)
    sentence = _("Counted from the day it started, or was confirmed last: %(months)s months.") % {"months": held.value}
    return norm(_("Why this date?"), sentence, held.source)


def _rows(by: Principal, day: dt.date) -> tuple[QuerySet[TeamMembership], QuerySet[RoleAssignment]]:
    """Return the rights of today this viewer is to look after: of the own teams, or of the whole municipality."""
    held = {"municipality": by.municipality, "staff__account__is_active": True}
    teams = TeamMembership.objects.filter(on(day), **held).select_related("staff", "team").order_by("pk")
    roles = RoleAssignment.objects.filter(on(day), **held).select_related("staff").order_by("pk")
    if not by.has(Role.FUNCTIONAL_ADMINISTRATOR):
        teams, roles = teams.filter(team__in=by.teams), roles.none()
    return teams, roles


def access_due(by: Principal, *, day: dt.date) -> list[Access]:
    """Return what this viewer is to look at: late first, then what is due within two weeks.

    A functional administrator also sees what waits for a team lead; a team lead sees the own team only.
    """
    if not by.has(Role.TEAM_LEAD, Role.FUNCTIONAL_ADMINISTRATOR) or no_interval(by.municipality, day):
        return []
    months = int(interval(by.municipality, day).value)
    found = [
        Access(row, due, row.staff_id != by.key)
        for rows in _rows(by, day)
        for row in rows
        if (due := due_on(row, months)) <= day + SOON
    ]
    return sorted(found, key=lambda a: (a.due, a.row.staff.last_name, str(a.row.pk)))


def late_access(by: Principal, *, day: dt.date) -> list[Access]:
    """Return what nobody looked at in time."""
    return [access for access in access_due(by, day=day) if access.due < day]


def access_for(by: Principal, kind: str, pk: UUID, *, day: dt.date) -> RoleAssignment | TeamMembership:
    """Return one right this viewer is to look after; raises NotFound otherwise."""
    teams, roles = _rows(by, day)
    row = (roles if kind == "rol" else teams).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row
