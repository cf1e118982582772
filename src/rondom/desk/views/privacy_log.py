"""Who looked at one dossier, found by an exact key; and the looks that stand out. Never what is in a dossier."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.accounts.enums import Role
from rondom.core.clock import now
from rondom.core.errors import NotAllowed
from rondom.core.events import look
from rondom.core.words import moment_words
from rondom.desk.doors import tried
from rondom.desk.privacy_forms import LogForm
from rondom.desk.privacy_places import officer_door
from rondom.desk.seen import ground_words, page_words, role_words
from rondom.dossiers import oversight
from rondom.people.search import find_exactly
from rondom.privacy.looking import Seen


@officer_door
def log(request: Any) -> HttpResponse:
    """Ask who looked at the dossier of one person. Hit and miss get the same page; both are kept as a look."""
    at, by = now(), request.principal
    form = LogForm(request.POST or None, initial={"ground": "request"})
    found = None
    if request.method == "POST" and form.is_valid():
        if not oversight.logs_left(by, at=at):
            raise NotAllowed(
                _("You asked %(count)s times today; that is the most for one day.") % {"count": oversight.LOGS_A_DAY}
            )
        found = tried(form, lambda: _ask(by, form.cleaned_data, at))
    context = {"form": form, "log": found, "lines": [_line(s) for s in found.seen] if found else [],
               "most": oversight.LOG_LINES}  # fmt: skip
    return render(request, "desk/privacy/log.html", context, status=422 if form.errors else 200)


def _ask(by: Any, said: dict[str, Any], at: Any) -> oversight.Log:
    person = find_exactly(
        municipality=by.municipality, bsn=said["bsn"], family_name=said["family_name"], born_on=said["born_on"],
        postcode=said["postcode"],
    )  # fmt: skip
    found = oversight.looking_log(by, person, since=said["since"], until=said["until"], at=at)
    look(by, "desk.looking_log_shown", subjects=found.subjects, ground=f"log: {said['ground']}", at=at)
    return found


def _line(seen: Seen) -> dict[str, Any]:
    name = seen.name
    if seen.actor_kind != "staff":
        outside = {
            "machine": _("the system itself"), "resident": _("somebody who signed in as a resident"),
            "system": _("the system of an organisation that is connected"),
            "provider": _("somebody of the provider that signed in"),
        }  # fmt: skip
        name = outside.get(seen.actor_kind, _("somebody who signed in from outside"))
    role = role_words(seen) if seen.role in Role.values else ""
    return {"seen": seen, "name": name, "role": role, "page": page_words(seen), "ground": ground_words(seen)}


@officer_door
def standing_out(request: Any) -> HttpResponse:
    """Looks of the last month that deserve a question, each with its reason."""
    at, by = now(), request.principal
    found = oversight.standing_out(by, at=at)
    look(by, "desk.standing_out_shown", subjects=[("dossier", s.opened.dossier) for s in found], at=at)
    lines = [{"row": s, "reasons": [oversight.REASONS[r] for r in s.reasons], "what": _what(s)} for s in found]
    return render(request, "desk/privacy/standing_out.html", {"lines": lines, "days": oversight.STANDING_OUT_DAYS})


def _what(row: oversight.StandsOut) -> str:
    opened = row.opened
    seen = opened.times - opened.refused
    parts = [
        ngettext("opened once", "opened %(count)s times", seen) % {"count": seen} if seen else "",
        ngettext("refused once", "refused %(count)s times", opened.refused) % {"count": opened.refused}
        if opened.refused else "",
        _("last on %(when)s") % {"when": moment_words(opened.last)},
        ngettext("did something with it once", "did something with it %(count)s times", row.acts) % {"count": row.acts}
        if row.acts else _("did nothing with it"),
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)
