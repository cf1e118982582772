"""The register of processing (AVG 30): per room and purpose, and as a download with every field."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rondom.core.clock import now, today
from rondom.core.events import look
from rondom.desk.privacy_places import officer_door
from rondom.privacy import register

ROOMS: dict[str, Any] = {
    "api": _("Connected systems"),
    "accounts": _("Staff, roles and signing in"),
    "aids": _("Decision aids"),
    "allocations": _("Ordered help"),
    "decisions": _("Applications and decisions"),
    "core": _("Audit and operation"),
    "crisis": _("Register of crisis help"),
    "documents": _("Documents"),
    "dossiers": _("Dossiers, cases and what is written"),
    "entry": _("Worries that come in"),
    "exchange": _("Messages with providers"),
    "people": _("Persons and what is known about them"),
    "plans": _("The family plan"),
    "safety": _("Safety"),
    "privacy": _("Who may see what, consent, destruction"),
    "providers": _("Organisations that give help"),
    "reference": _("Code lists and numbers"),
    "reports": _("Frozen reports"),
}
PURPOSES: dict[str, Any] = {
    "youth help": _("Giving and arranging youth help"),
    "accuracy": _("Keeping the registration right"),
    "accountability": _("Accounting for who looked and who changed something"),
    "crisis coordination": _("Finding a place in a crisis"),
    "operation": _("Working safely: signing in, teams, roles"),
    "purchase": _("Buying help"),
    "retention": _("Throwing away in time"),
}
PERIODS: dict[str, Any] = {
    "youth_help": _("20 years after the last change (Jw 7.3.8)"),
    "contact_record": _("until the day that is set when it ends with advice; else as long as the dossier"),
    "log": _("at least 5 years"),
    "contract": _("as long as a contract runs and must be accounted for"),
    "staff": _("as long as somebody works here, and as long as the dossiers that name them"),
    "installation": _("as long as this system is used"),
    "archive": _("as long as the Archiefwet says"),
    "portal": _("as long as somebody can sign in"),
    "draft": _("at most 14 days"),
    "reference": _("as long as it is used, and its history after that"),
}
CLASSES: dict[str, Any] = {
    "personal": _("about a person"),
    "whereabouts": _("where somebody lives, or what points to it"),
    "source": _("who told something in confidence"),
}


def _said(row: register.Processing) -> dict[str, Any]:
    return {
        "room": ROOMS.get(row.room, row.room), "purpose": PURPOSES.get(row.purpose, row.purpose),
        "grounds": sorted(row.grounds), "periods": [PERIODS.get(r, r) for r in sorted(row.retentions)],
        "counts": [(CLASSES[name], count) for name, count in row.counts().items()],
        "fields": sorted(name for names in row.fields.values() for name in names),
        "released": len(row.released),
    }  # fmt: skip


@officer_door
def page(request: Any) -> HttpResponse:
    """The register as it is in the code now."""
    return render(request, "desk/privacy/register.html", {"rows": [_said(row) for row in register.processings()]})


@officer_door
def download(request: Any) -> HttpResponse:
    """Every field with its five answers, as CSV; it holds no data about anybody."""
    look(request.principal, "desk.register_downloaded", at=now())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(register.COLUMNS)
    writer.writerows(register.rows())
    name = f"verwerkingen-{today():%Y-%m-%d}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
