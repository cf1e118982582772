"""Pages of practices and schools: who of us they can call."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.doors import staff_door
from rondom.accounts.queries import referrers_of
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Cell, Column, Pill, Table
from rondom.core.words import date_words
from rondom.dossiers.doors import act_once, answered, done, form_page, tried
from rondom.entry import actions, registrations
from rondom.entry.actions.partners import KEEPERS
from rondom.entry.enums import PartnerKind
from rondom.entry.forms import ContactForm, PartnerForm, ReferrerForm
from rondom.entry.models import Partner, PartnerContact

keepers_door = staff_door(*KEEPERS)


@keepers_door
def partners(request: Any) -> HttpResponse:
    """All practices and schools with the contact person of today."""
    rows = registrations.partners_for(request.principal, at=now())
    columns = [Column(_("Name")), Column(_("What")), Column(_("Contact person")), Column(_("Phone"))]
    table = Table(_("Practices and schools"), columns, [_line(row) for row in rows])
    return render(request, "entry/partners.html", {"table": table})


def _line(row: Partner) -> list[Any]:
    staff = [contact.staff for contact in row.now]  # type: ignore[attr-defined]
    name = Cell(row.name, reverse("entry:partner", args=[row.pk]))
    contact: Any = staff[0].name if staff else Pill(_("nobody yet"), "due")
    return [name, row.get_kind_display(), contact, staff[0].phone if staff else "–"]


@keepers_door
def add(request: Any) -> HttpResponse:
    """Put a practice or school in the list."""
    at, by = now(), request.principal
    form = PartnerForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        row = actions.add_partner(by=by, at=at, name=said["name"], kind=PartnerKind(said["kind"]), phone=said["phone"])
        return done(request, _("Kept. Now say who they can call."), reverse("entry:partner", args=[row.pk]))

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Add a practice or school"), button=_("Keep"), back=reverse("entry:partners")
    )


def _until(row: PartnerContact) -> Any:
    return date_words(row.ends) if row.ends else Pill(_("now"), "calm")


@keepers_door
def partner(request: Any, partner: UUID) -> HttpResponse:
    """One practice or school: who they can call, and who it was before."""
    at, by = now(), request.principal
    row = registrations.partner_for(by, partner, at=at)
    form = ContactForm(request.POST or None, colleagues=registrations.staff_of(by))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            staff = form.colleagues[form.cleaned_data["staff"]]
            actions.set_contact(by=by, at=at, partner=row, staff=staff)
            return done(request, _("Kept."), reverse("entry:partner", args=[row.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    history = [
        [c.staff.name, c.staff.phone or "–", date_words(c.starts), _until(c)] for c in registrations.contacts_of(row)
    ]
    columns = [Column(_("Contact person")), Column(_("Phone")), Column(_("From")), Column(_("Until"))]
    context = {
        "row": row, "form": form, "once_key": once.fresh(), "contact": registrations.contact_of(row, today(at)),
        "table": Table(_("Contact person, now and before"), columns, history) if history else None,
        "referrers": _referrers(row, today(at)),
    }  # fmt: skip
    return render(request, "entry/partner.html", context)


def _referrers(row: Partner, day: dt.date) -> Table | None:
    """Return who of this place signs in, now and before, with how to end it."""
    lines = [
        [
            r.name, r.what or "–", date_words(r.starts),
            Cell(_("End"), reverse("entry:referrer_end", args=[r.pk])) if r.holds_on(day) and r.account.is_active
            else date_words(r.ends),
        ]
        for r in referrers_of(row.pk)
    ]  # fmt: skip
    columns = [Column(_("Name")), Column(_("Work")), Column(_("From")), Column(_("Until"))]
    return Table(_("Now and before"), columns, lines) if lines else None


@keepers_door
def let_refer(request: Any, partner: UUID) -> HttpResponse:
    """Let somebody of a practice or school sign in, after calling the place itself."""
    at, by = now(), request.principal
    row = registrations.partner_for(by, partner, at=at)
    form, back = ReferrerForm(request.POST or None), reverse("entry:partner", args=[row.pk])

    def act(said: dict[str, Any]) -> str:
        actions.let_refer(by=by, at=at, partner=row, **said)
        return done(request, _("Kept. This person can sign in from now on."), back)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Let somebody sign in"), button=_("Let this person sign in"), back=back,
        intro=_(
            "%(place)s: call the place first, on a number you look up yourself. Who signs in can share a worry and "
            "read that it was received and picked up; nothing else."
        )
        % {"place": row.name},
    )  # fmt: skip


@keepers_door
def end_referring(request: Any, referrer: UUID) -> HttpResponse:
    """Somebody does not work there any more: one question, one button."""
    at, by = now(), request.principal
    row = registrations.referrer_for(by, referrer)
    form = forms.Form(request.POST if request.method == "POST" else None)
    back = reverse("entry:partner", args=[row.place])

    def act(said: dict[str, Any]) -> str:
        actions.end_referring(by=by, at=at, referrer=row)
        return done(request, _("Ended. What was shared stays with us; this person does not read it any more."), back)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("%(name)s does not sign in any more") % {"name": row.name}, button=_("End"),
        back=back,
        intro=_("Signing in stops at once. The worries this person shared go on; nobody else of the place reads them."),
    )  # fmt: skip
