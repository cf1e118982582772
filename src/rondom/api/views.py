"""Pages about connected systems for the functional administrator, and the document of the API for everybody."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts import stepup
from rondom.accounts.doors import DoorRequest, open_door, staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.api import actions, queries
from rondom.api.door import VERSION
from rondom.api.endpoints import text
from rondom.api.enums import Scope
from rondom.api.forms import KINDS, KeyForm, SureForm
from rondom.api.models import ApiKey
from rondom.core import clock
from rondom.core.components import Cell, Column, Pill, Table
from rondom.core.words import clock_words, date_words
from rondom.dossiers.doors import act_once, answered, done, form_page, tried
from rondom.law.calendar import add_months

administrator_door = staff_door(Role.FUNCTIONAL_ADMINISTRATOR)
SOON = dt.timedelta(days=30)


@open_door()
def openapi(_request: HttpRequest) -> HttpResponse:
    """Give the description of the API; it says nothing about anybody."""
    answer = HttpResponse(text(), content_type="application/json")
    answer.headers["API-Version"] = VERSION
    return answer


def _pill(key: ApiKey, at: dt.datetime) -> Pill:
    """Say how long a key still works; a month before the end it asks attention."""
    day = clock.today(at)
    if key.withdrawn_at:
        return Pill(_("withdrawn"))
    if key.expires_on < day:
        return Pill(_("worked until %(day)s") % {"day": date_words(key.expires_on)}, "late")
    if key.expires_on <= day + SOON:
        return Pill(_("ends: %(when)s") % {"when": clock_words(key.expires_on, at).text}, "due")
    return Pill(_("works up to and including %(day)s") % {"day": date_words(key.expires_on)}, "calm")


@administrator_door
def connections(request: DoorRequest) -> HttpResponse:
    """Show which systems are connected, and how long each key still works."""
    by, at = request.principal, clock.now()
    keys = list(queries.keys_for(by))
    rows = [
        [
            Cell(key.holder.name, reverse("connections:connection", args=[key.pk])), key.name,
            date_words(key.used_on) if key.used_on else _("not yet"), _pill(key, at),
        ]
        for key in keys
    ]  # fmt: skip
    columns = [Column(_("Whose system")), Column(_("Which system")), Column(_("Last used")), Column(_("Works"))]
    context = {"table": Table(_("Connected systems"), columns, rows), "any": bool(keys)}
    return render(request, "api/connections.html", context)


@administrator_door
@stepup.required
def new(request: DoorRequest) -> HttpResponse:
    """Make a key and show it, once."""
    by, at = request.principal, clock.now()
    initial = {"expires_on": add_months(clock.today(at), 12)}
    form = KeyForm(
        request.POST or None, holders=queries.holders(by, at=at), receivers=queries.receivers_for(by), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        made: list[tuple[ApiKey, str]] = []

        def act() -> str:
            made.append(actions.make_key(by=by, at=at, made_by=staff_member(by), **form.said()))
            return reverse("connections:connection", args=[made[0][0].pk])

        answer = tried(form, lambda: act_once(request, act))
        if answer and made:
            return _shown_once(request, *made[0])
        if answer:
            return answer
    return form_page(
        request, None, form, at, title=_("Connect a system"), button=_("Make the key"),
        intro=_("The key is shown once. With it that system comes in; nobody else should have it."),
        back=reverse("connections:connections"),
    )  # fmt: skip


def _shown_once(request: HttpRequest, key: ApiKey, token: str) -> HttpResponse:
    context = {"key": key, "token": token, "address": request.build_absolute_uri("/api/v1/")}
    return render(request, "api/key.html", context)


@administrator_door
def connection(request: DoorRequest, apikey: UUID) -> HttpResponse:
    """Show one key: whose, what it may do, until when, and whether it is used."""
    key = queries.key_for(request.principal, apikey)
    kind = next(kind for kind in KINDS if getattr(key, f"{kind}_id"))
    context = {
        "key": key, "kind": KINDS[kind], "pill": _pill(key, clock.now()),
        "may": [label for code, label in Scope.choices if code in key.may],
    }  # fmt: skip
    return render(request, "api/connection.html", context)


@administrator_door
@stepup.required
def withdraw(request: DoorRequest, apikey: UUID) -> HttpResponse:
    """Withdraw a key, from this moment."""
    by, at = request.principal, clock.now()
    key = queries.key_for(by, apikey)
    form = SureForm(request.POST if request.method == "POST" else None)
    back = reverse("connections:connection", args=[key.pk])

    def act(_said: dict[str, Any]) -> str:
        actions.withdraw_key(by=by, at=at, key=key, withdrawn_by=staff_member(by))
        return done(request, _("Withdrawn. This key works no more."), back)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Withdraw this key?"), button=_("Yes, withdraw it"),
        intro=_("The system of %(name)s comes in no more, from this moment. What it sent stays.")
        % {"name": key.holder.name},
        back=back,
    )  # fmt: skip
