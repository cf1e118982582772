"""What every page about a family shares: who comes in, the form that answers a refusal, and the words afterwards."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import once
from rondom.core.errors import BadInput, Stale, Unwise, VoidByLaw
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Case

family_door = staff_door(Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
team_door = staff_door(Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)


def tried[R](form: BaseForm, act: Callable[[], R]) -> R | None:
    """Carry out, or put the refusal beside its field and return None: nothing typed is lost."""
    try:
        return act()
    except (BadInput, VoidByLaw, Unwise, Stale) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return None


def done(request: HttpRequest, sentence: Any, address: str) -> str:
    """Say what happened on the next page and return its address."""
    messages.success(request, str(sentence))
    return address


def act_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Carry out a small form once; a second press gets the answer of the first."""
    return once.answer(request, act)


def answered(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], str]) -> HttpResponse | None:
    """Carry out a small form once when it was posted and can be read; None: show it (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    return tried(form, lambda: act_once(request, lambda: act(form.cleaned_data)))


def form_page(
    request: Any, case: Case | None, form: Any, at: dt.datetime, *, tab: str = "", back: str = "", **words: Any
) -> HttpResponse:
    """Show a page with one form: under the head of the family it is about, with its tab; without one by itself.

    `back` is where "back without keeping" leads, for a family by itself its tab. `words` are those of
    `dossiers/form.html`: title, button, intro, draft.
    """
    context = {
        "frame": frame_of(case, request.principal, at=at, tab=tab) if case else None, "form": form,
        "once_key": once.fresh(), "back": back or (reverse(tab, args=[case.pk]) if case else ""), **words,
    }  # fmt: skip
    return render(request, "dossiers/form.html", context)
