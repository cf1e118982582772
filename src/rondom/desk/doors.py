"""What the doors of the desk share: who comes in, the form that answers a refusal, and the way back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import once
from rondom.core.errors import BadInput, Stale, Unwise, VoidByLaw

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


def came_from(request: HttpRequest) -> str:
    """Return the path of our own page one came from, or "" when there is none."""
    typed = request.POST.get("_next", "")
    if not typed:
        parts = urlsplit(request.headers.get("Referer", ""))
        typed = parts.path + (f"?{parts.query}" if parts.query else "") if parts.netloc == request.get_host() else ""
    return typed if typed and url_has_allowed_host_and_scheme(typed, allowed_hosts=None) else ""


def case_in(address: str) -> UUID | None:
    """Return the case an address of ours is about, or None."""
    try:
        return resolve(urlsplit(address).path).kwargs.get("case")
    except Resolver404:
        return None


def address_of(name: str, **kwargs: Any) -> str:
    """Return the address of a page of another room, or "" while that page does not exist in this installation."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
