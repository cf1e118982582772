"""Who looked at a dossier, as a family reads it: the day, which role of which kind of organisation, and why.

No name, no hour, no team, no page: those could betray a shelter, a report or where somebody is (trust, section 1).
Refused attempts are there. Looks of other residents are not, unless they were refused.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.queries import organisation_kinds
from rondom.core import clock
from rondom.privacy.enums import LookGround, RelationKind
from rondom.privacy.queries import SeenLook, looks_on


@dataclass(frozen=True)
class Line:
    """One line of the page: on a day, somebody in a role looked (`times`), or was refused."""

    day: dt.date
    who: str
    why: str
    refused: bool
    times: int


def lines_for(dossier: UUID, *, since: dt.datetime | None) -> list[Line]:
    """Return who looked at a dossier since a moment (None: ever), newest day first, equal looks of a day together."""
    looks = [look for look in looks_on(dossier, since=since) if look.refused or look.actor_kind != "resident"]
    kinds = organisation_kinds({look.organisation for look in looks if look.organisation})
    counted: Counter[tuple[dt.date, str, str, bool]] = Counter()
    for look in looks:
        who = _who(look, kinds.get(look.organisation) if look.organisation else None)
        why = "" if look.refused else _why(look.ground)
        counted[(clock.today(look.at), who, why, look.refused)] += 1
    ordered = sorted(counted.items(), key=lambda item: (-item[0][0].toordinal(), item[0][3], item[0][1], item[0][2]))
    return [Line(day, who, why, refused, times) for (day, who, why, refused), times in ordered]


def _who(look: SeenLook, kind: str | None) -> str:
    if look.actor_kind == "machine":
        return _("The system itself")
    if look.actor_kind == "system":
        return _("The system of an organisation that helps or pays")
    if look.actor_kind == "resident":
        return _("Somebody who signed in as a resident")
    if look.actor_kind == "provider":
        return _("Somebody of an organisation that is asked to help")
    if look.actor_kind in ("referrer", "asker"):
        return _("Somebody who signed in from outside")
    roles: dict[str, Any] = {
        Role.CASE_WORKER: _("A youth and family worker"),
        Role.TEAM_LEAD: _("A team lead"),
        Role.PROCESS_COORDINATOR: _("A process coordinator"),
        Role.FRONT_OFFICE: _("Somebody of the front office"),
        Role.BACK_OFFICE: _("Somebody of the back office"),
        Role.DATA_STEWARD: _("Somebody who keeps the registration right"),
        Role.PRIVACY_OFFICER: _("The privacy officer"),
        Role.FUNCTIONAL_ADMINISTRATOR: _("A functional administrator"),
        Role.JURIST: _("A jurist of the municipality"),
        Role.POLICY_MAKER: _("A policy maker"),
        Role.CRISIS_DESK: _("Somebody of the crisis desk"),
    }
    homes: dict[str, Any] = {
        OrganisationKind.LOCAL_TEAM: _("the local team"),
        OrganisationKind.BACK_OFFICE: _("the municipality"),
        OrganisationKind.PURCHASE: _("the region"),
        OrganisationKind.CRISIS_DESK: _("the crisis desk"),
        OrganisationKind.POLICY: _("the municipality"),
    }
    role = roles.get(look.role, _("A staff member"))
    return _("%(role)s of %(organisation)s") % {"role": role, "organisation": homes[kind]} if kind else str(role)


def _why(ground: str) -> str:
    """Say a ground ("kind: detail") in plain words; a detail that is not one of our own codes is left out."""
    kind, _colon, detail = (part.strip() for part in ground.partition(":"))
    stated: dict[str, Any] = {
        LookGround.CALL: _("because somebody called while the contact person was away"),
        LookGround.CONSULT: _("because the contact person asked for advice"),
        LookGround.MEETING: _("to prepare a meeting"),
        LookGround.QUALITY: _("to check whether the file is in order"),
    }
    reasons: dict[str, Any] = {
        RelationKind.ASSIGNED: _("works with this family"),
        RelationKind.COVER: _("took over for a colleague"),
        RelationKind.TEAM: _("works in the team this family is with"),
        RelationKind.STATED_GROUND: stated.get(detail, _("gave a reason for it")),
        RelationKind.EMERGENCY: _("because there was danger; somebody else judges whether that was right"),
        RelationKind.ORGANISATION: _("to arrange and pay the help"),
        RelationKind.REPORTED: _("referred, or shared this"),
        "addressed": _("to handle a message about the help"),
        "log": _("to find out who looked"),
    }
    return str(reasons.get(kind, ""))
