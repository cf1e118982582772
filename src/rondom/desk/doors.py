"""What the doors of the desk share: who comes in, the form that answers a refusal, and the way back."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rondom.dossiers.doors import act_once, done, family_door, team_door, tried

__all__ = ["act_once", "address_of", "came_from", "case_in", "done", "family_door", "team_door", "tried"]


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
