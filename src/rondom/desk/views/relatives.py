"""Own circle: declare who of one's family or friends is to stay closed to oneself."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import staff_door
from rondom.core import once
from rondom.core.clock import now
from rondom.core.components import Column, Table
from rondom.core.words import date_words
from rondom.desk.doors import done
from rondom.desk.privacy_forms import KeyForm
from rondom.dossiers.doors import answered
from rondom.people import relatives as people
from rondom.privacy.enums import RelativeKind

everybody = staff_door()


class RelativeForm(KeyForm):
    """Who it is to you, and an exact key."""

    kind = forms.ChoiceField(label=gettext_lazy("Who is this to you?"), choices=RelativeKind, widget=forms.RadioSelect)
    field_order = ("kind", "bsn", "family_name", "born_on", "postcode")


@everybody
def relatives(request: Any) -> HttpResponse:
    """What I declared, and a form to declare somebody; the answer is the same whether or not somebody is known."""
    at, by = now(), request.principal
    form = RelativeForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        people.declare_own(by=by, at=at, **said)
        words = _("Kept. What is known of this person here, now or later, stays closed to you.")
        return done(request, words, reverse("desk:relatives"))

    answer = answered(request, form, act)
    if answer:
        return answer
    rows = [[row.get_kind_display(), date_words(row.created_at)] for row in people.declared_by(by)]
    columns = [Column(_("Who")), Column(_("Declared on"))]
    context = {
        "form": form, "once_key": once.fresh(),
        "table": Table(_("What you declared"), columns, rows) if rows else None,
    }  # fmt: skip
    return render(request, "desk/relatives.html", context, status=422 if form.errors else 200)
