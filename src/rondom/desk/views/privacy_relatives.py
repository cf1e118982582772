"""Own relatives that colleagues declared: a list without keys, and undoing one that was a mistake."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_names
from rondom.core.clock import now
from rondom.core.components import Cell, Column, Table
from rondom.core.words import date_words
from rondom.desk.doors import done
from rondom.desk.privacy_places import officer_door
from rondom.dossiers.doors import answered, form_page
from rondom.people.relatives import declared_in, declared_one
from rondom.privacy.actions import withdraw_relative


@officer_door
def relatives(request: Any) -> HttpResponse:
    """Who declared somebody, what kind, and when; never whom, nor whether that person is known here."""
    rows = list(declared_in(request.principal))
    names = staff_names({row.staff for row in rows})
    lines = [
        [
            names.get(row.staff, _("A colleague")), row.get_kind_display(), date_words(row.created_at),
            Cell(_("Undo"), reverse("privacy:relative_withdraw", args=[row.pk])),
        ]
        for row in rows
    ]  # fmt: skip
    columns = [Column(_("Colleague")), Column(_("Who")), Column(_("Declared on")), Column(_("Was it a mistake?"))]
    table = Table(_("Own relatives that were declared"), columns, lines) if lines else None
    return render(request, "desk/privacy/relatives.html", {"table": table})


@officer_door
def withdraw(request: Any, ownrelative: UUID) -> HttpResponse:
    """Undo a declaration that was a mistake: one question, one button."""
    at, by = now(), request.principal
    row = declared_one(by, ownrelative)
    form, back = forms.Form(request.POST if request.method == "POST" else None), reverse("privacy:relatives")
    name = staff_names({row.staff}).get(row.staff, _("A colleague"))

    def act(_said: dict[str, Any]) -> str:
        withdraw_relative(by=by, at=at, row=row)
        return done(request, _("Undone. What this closed is open again, unless something else closes it."), back)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Undo this declaration?"), button=_("Undo"), back=back,
        intro=_("%(name)s, %(day)s: %(kind)s. Only when it was a mistake; ask %(name)s first.")
        % {"name": name, "day": date_words(row.created_at), "kind": row.get_kind_display()},
    )  # fmt: skip
