"""Destroying a dossier: record a request, weigh it, and decide by another person. Counts and dates, never content."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts import stepup
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_names
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Column, Pill, Row, Step, Table
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.words import clock_words, date_words
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.privacy_forms import AskForm, KeepForm, RequestForm, WeighForm
from rondom.desk.privacy_places import officer_door, review_door
from rondom.dossiers import oversight, queries
from rondom.dossiers.actions.destruction import (
    approve_destruction,
    ask_destruction,
    lift_hold,
    refuse_destruction,
    take_up,
)
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import open_case
from rondom.people.search import find_exactly
from rondom.privacy.enums import DestructionReason
from rondom.privacy.models import Destruction

KINDS: dict[str, Any] = {
    "dossiers.Note": gettext_lazy("notes"),
    "documents.Document": gettext_lazy("documents"),
    "dossiers.Meeting": gettext_lazy("meetings"),
    "dossiers.Clock": gettext_lazy("dates"),
    "dossiers.Draft": gettext_lazy("drafts"),
    "privacy.Consent": gettext_lazy("consents"),
    "people.Person": gettext_lazy("persons"),
    "people.Address": gettext_lazy("addresses"),
    "dossiers.Case": gettext_lazy("cases"),
    "dossiers.Dossier": gettext_lazy("dossiers"),
}


def counted(counts: dict[str, int]) -> Table:
    """Return how many of which kind go, as a table; small kinds together."""
    rows: list[Any] = [[str(label).capitalize(), counts[kind]] for kind, label in KINDS.items() if counts.get(kind)]
    rest = sum(count for kind, count in counts.items() if kind not in KINDS)
    rows += [[_("Other rows that belong to these"), rest]] if rest else []
    return Table(_("What goes"), [Column(_("Kind")), Column(_("Number"), numeric=True)], rows)


def _pill(row: Destruction, at: dt.datetime) -> Pill | None:
    if row.due_on is None or not row.is_open:
        return None
    said = clock_words(row.due_on, at)
    return Pill(said.text, said.tone)


@review_door
def destructions(request: Any) -> HttpResponse:
    """Requests and proposals that wait, what may not be destroyed now, and what was decided lately."""
    at, by = now(), request.principal
    rows = oversight.destructions_for(by, at=at)
    waiting = list(rows.filter(done_at=None, refused_reason="").order_by("due_on", "asked_at", "pk"))
    decided = list(rows.exclude(done_at=None, refused_reason="").order_by("-changed_at")[: oversight.DONE_SHOWN])
    officer = by.has(Role.PRIVACY_OFFICER)
    held = list(oversight.held_for(by, at=at)) if officer else []
    shown = [("dossier", r.dossier) for r in [*waiting, *decided]] + [("dossier", d.pk) for d in held]
    look(by, "desk.destructions_shown", subjects=shown, at=at)
    names = staff_names({r.asked_by for r in waiting} | {r.approved_by for r in decided if r.approved_by})
    context = {
        "waiting": [_line(row, names, by, at) for row in waiting], "decided": [_told(row, names) for row in decided],
        "held": held, "officer": officer, "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "desk/privacy/destructions.html", context)


def _line(row: Destruction, names: dict[UUID, str], by: Any, at: dt.datetime) -> Row:
    address = reverse("privacy:destruction", args=[row.pk])
    if row.is_proposal:
        text, verb = _("proposed by the system; nobody asked it yet"), _("Weigh")
    else:
        text = _("asked by %(who)s on %(day)s") % {"who": names.get(row.asked_by, "–"), "day": date_words(row.asked_at)}
        verb = _("View") if row.asked_by == by.key else _("Decide")
    title = str(DestructionReason(row.reason).label).capitalize()
    return Row(title, address, text, _pill(row, at), Step(verb, address, primary=verb != _("View"), about=title))


def _told(row: Destruction, names: dict[UUID, str]) -> Row:
    address = reverse("privacy:destruction", args=[row.pk])
    if row.done_at:
        who = names.get(row.approved_by, "") if row.approved_by else ""
        text = _("destroyed on %(day)s, approved by %(who)s") % {"day": date_words(row.done_at), "who": who}
    else:
        text = _("kept: %(why)s") % {"why": row.refused_reason}
    return Row(str(DestructionReason(row.reason).label).capitalize(), address, text)


@review_door
def destruction(request: Any, destruction: UUID) -> HttpResponse:
    """One request: who asks, until when by law, what was weighed, what would go; take it up, or keep the dossier."""
    at, by = now(), request.principal
    row = oversight.destruction_for(by, destruction, at=at)
    look(by, "desk.destruction_shown", row, subjects=[("dossier", row.dossier)], at=at)
    posted = request.POST.get("do") if request.method == "POST" else None
    weigh, keep = (
        WeighForm(request.POST if posted == "weigh" else None),
        KeepForm(request.POST if posted == "keep" else None),
    )

    def take() -> str:
        take_up(by=by, at=at, row=row, balancing=weigh.cleaned_data["balancing"])
        return done(request, _("Asked. Another person decides."), request.path)

    def refuse() -> str:
        said = keep.cleaned_data
        refuse_destruction(by=by, at=at, row=row, reason=said["reason"], hold=said["hold"])
        return done(request, _("The dossier is kept. Tell who asked it."), reverse("privacy:destructions"))

    if posted == "weigh" and weigh.is_valid() and (answer := tried(weigh, lambda: act_once(request, take))):
        return answer
    if posted == "keep" and keep.is_valid() and (answer := tried(keep, lambda: act_once(request, refuse))):
        return answer
    return render(request, "desk/privacy/destruction.html", _shown(row, by, at) | {"weigh": weigh, "keep": keep})


def _shown(row: Destruction, by: Any, at: dt.datetime) -> dict[str, Any]:
    doom = oversight.doom_of(row, at=at) if row.is_open else None
    names = staff_names({pk for pk in (row.asked_by, row.approved_by, row.refused_by) if pk})
    return {
        "row": row, "doom": doom, "names": names, "asked_by": names.get(row.asked_by, ""),
        "approved_by": names.get(row.approved_by, "") if row.approved_by else "",
        "refused_by": names.get(row.refused_by, "") if row.refused_by else "",
        "table": counted(doom.counts if doom else row.counts), "pill": _pill(row, at), "mine": row.asked_by == by.key,
        "once_key": once.fresh(), "title": str(DestructionReason(row.reason).label).capitalize(),
    }  # fmt: skip


@review_door
@stepup.required
def approve(request: Any, destruction: UUID) -> HttpResponse:
    """The last question: destroy, which nobody can undo. The sign-in is asked again when that was a while ago."""
    at, by = now(), request.principal
    row = oversight.destruction_for(by, destruction, at=at)
    if request.method == "POST":

        def act() -> str:
            approve_destruction(by=by, at=at, row=row)
            return done(request, _("The dossier is destroyed. What stays is who decided, and when."),
                        reverse("privacy:destructions"))  # fmt: skip

        return act_once(request, act)
    look(by, "desk.destruction_shown", row, subjects=[("dossier", row.dossier)], at=at)
    return render(request, "desk/privacy/approve.html", _shown(row, by, at))


def _asked(request: Any, form: BaseForm, dossiers: list[Dossier], back: str, at: dt.datetime) -> HttpResponse | None:
    said = form.cleaned_data

    def act() -> str:
        for dossier in dossiers:
            ask_destruction(
                by=request.principal, at=at, dossier=dossier, reason=said["reason"], balancing=said["balancing"],
                requester=said["requester"], received_on=said["received_on"], despite=said["despite"],
            )  # fmt: skip
        return done(request, _("Kept. If there is a dossier, the request stands in the list; another person decides."),
                    back)  # fmt: skip

    return tried(form, lambda: act_once(request, act))


@family_door
def ask(request: Any, case: UUID) -> HttpResponse:
    """Record that somebody asks to destroy the dossier of a child one works with."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.destruction_asked")
    dossiers = list(queries.dossiers_in(row, by, at=at).order_by("youth__born_on", "pk"))
    initial = {"reason": "request", "received_on": today(at)} | (
        {"dossier": str(dossiers[0].pk)} if len(dossiers) == 1 else {}
    )
    form = AskForm(request.POST or None, dossiers=dossiers, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = [d for d in dossiers if str(d.pk) == form.cleaned_data["dossier"]]
        if answer := _asked(request, form, chosen, reverse("desk:family", args=[case]), at):
            return answer
    context = {
        "frame": frame_of(row, by, at=at), "form": form, "once_key": once.fresh(),
        "title": _("Somebody asks to destroy a dossier"), "button": _("Ask to destroy"),
        "back": reverse("desk:family", args=[case]),
        "intro": _("You record it; the privacy officer or the team lead decides. By law there are three months for it, "
                   "unless somebody else has a great interest in keeping it."),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@officer_door
def register_request(request: Any) -> HttpResponse:
    """Record a request that came to the privacy officer, with an exact key; hit and miss get the same sentence."""
    at, by = now(), request.principal
    initial = {"reason": "request", "received_on": today(at)}
    form = RequestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        key = {name: said[name] for name in ("bsn", "family_name", "born_on", "postcode")}
        found = tried(form, lambda: [find_exactly(municipality=by.municipality, **key)])
        if found is not None:
            dossiers = oversight.dossiers_of(by, found[0], at=at)
            subjects = [("dossier", d.pk) for d in dossiers]
            look(by, "desk.destruction_asked", subjects=subjects, ground="exact key", at=at)
            if answer := _asked(request, form, dossiers, reverse("privacy:destructions"), at):
                return answer
    context = {
        "form": form, "once_key": once.fresh(), "title": _("Record a request to destroy"), "button": _("Record"),
        "back": reverse("privacy:destructions"),
        "intro": _("Somebody asks you to destroy a dossier. First make sure who it is. Another person decides."),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@officer_door
@require_POST
def lift(request: Any) -> HttpResponse:
    """Lift a legal hold: what ran is over."""
    at, by = now(), request.principal
    try:
        dossier = oversight.held_one(by, UUID(request.POST.get("dossier", "")), at=at)
    except ValueError as error:
        raise NotFound("") from error

    def act() -> str:
        lift_hold(by=by, at=at, dossier=dossier)
        return done(request, _("It may be asked again to destroy this dossier."), reverse("privacy:destructions"))

    return act_once(request, act)
