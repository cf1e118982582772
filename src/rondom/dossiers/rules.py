"""Small questions about cases, answered in one place."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import Team
from rondom.core import clock
from rondom.core.principals import Principal
from rondom.dossiers.models import Note
from rondom.law.person import age_on
from rondom.people.models import Person


def directs(by: Principal, team: Team) -> bool:
    """Tell whether somebody directs a team: team lead or process coordinator, and a member of it."""
    return team.pk in by.teams and by.has(Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)


def may_change_note(by: Principal, note: Note, at: dt.datetime) -> bool:
    """Tell whether a note may still be changed: by its writer, on the day it was written, when nothing corrects it."""
    return note.written_by_id == by.key and clock.today(note.created_at) == clock.today(at)


def case_name(youths: Iterable[Person], day: dt.date) -> str:
    """Return the name of a case: its children, eldest first, with their ages ("Lot (8) en Daan (5)")."""
    named = sorted(youths, key=lambda y: (y.born_on or dt.date.max, y.short_name))
    parts = [f"{y.short_name} ({age_on(y.born_on, day)})" if y.born_on else y.short_name for y in named]
    if len(parts) < 2:
        return "".join(parts) or _("Case without children")
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
