"""Doors: the decorator every page wears. It says who may come in and is what the rights walk reads.

A view without a door fails the rights walk, so a page cannot be forgotten.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rondom.accounts.signals import turned_away
from rondom.core import clock
from rondom.core.errors import NoRoom, NotAllowed, NotFound, RondomError, Unwise
from rondom.core.principals import Principal
from rondom.core.rescue import keep_typed
from rondom.core.views import out_of_order, unwise_page


class DoorRequest(HttpRequest):
    """A request that came through a door: somebody is signed in."""

    principal: Principal


@dataclass(frozen=True)
class Door:
    """Who may pass: kinds of principal (of Account.Kind, or "anyone"); of staff any of `roles` (empty: all).

    `setting_up` lets a staff member in who has yet to set up a second factor: only pages that serve that.
    """

    kinds: frozenset[str]
    roles: frozenset[str] = frozenset()
    setting_up: bool = False

    def lets_in(self, by: Principal | None) -> bool:
        """Tell whether this principal may pass; rights on the family itself are asked by the query."""
        if "anyone" in self.kinds:
            return True
        if by is None or by.kind not in self.kinds:
            return False
        return by.kind != "staff" or not self.roles or by.has(*self.roles)


View = Callable[..., HttpResponse]


def _door(door: Door) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            passes = door.lets_in(request.principal) or (door.setting_up and getattr(request, "setting_up", False))
            if not passes and request.principal is None:
                return to_sign_in(request)
            try:
                if not passes:
                    turned_away.send(sender=None, by=request.principal, named=kwargs, at=clock.now())
                    raise NotFound("")
                return view(request, *args, **kwargs)
            except RondomError as error:
                return refuse(request, error)

        enter.door = door  # type: ignore[attr-defined]
        return enter

    return decorate


def to_sign_in(request: Any) -> HttpResponse:
    """Send somebody who is not (wholly) signed in to the sign-in page, and back to this page afterwards."""
    if getattr(request, "setting_up", False):
        target = reverse("mfa_index")
    else:
        # nothing typed is lost by a session that ended: it is kept and stands there after signing in
        words = {"next": keep_typed(request) or _page(request)}
        if getattr(request, "timed_out", False):
            words["verlopen"] = "1"
        target = f"{reverse('account_login')}?{urlencode(words)}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": target})  # the whole page, not a part of it
    return redirect(target)


def _page(request: HttpRequest) -> str:
    """Return the path of the page somebody was on: of a form or a part, the page it stood on."""
    if request.method in ("GET", "HEAD") and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    return came_from.path if came_from.netloc == request.get_host() and came_from.path else "/"


def staff_door(*roles: str) -> Callable[[View], View]:
    """Let staff in; with roles: only who holds one of them. Others get the 404 of a page that does not exist."""
    return _door(Door(frozenset({"staff"}), frozenset(roles)))


def setting_up_door() -> Callable[[View], View]:
    """Let staff in, also before they have a second factor: for the pages where they set it up."""
    return _door(Door(frozenset({"staff"}), setting_up=True))


def resident_door() -> Callable[[View], View]:
    """Let residents in."""
    return _door(Door(frozenset({"resident"})))


def referrer_door() -> Callable[[View], View]:
    """Let in who signed in for a practice or school."""
    return _door(Door(frozenset({"referrer"})))


def provider_door() -> Callable[[View], View]:
    """Let in who signed in for a provider."""
    return _door(Door(frozenset({"provider"})))


def asker_door() -> Callable[[View], View]:
    """Let in who signed in to ask something: a resident of a file here, or somebody who is in none."""
    return _door(Door(frozenset({"resident", "asker"})))


def open_door() -> Callable[[View], View]:
    """Let everybody in: sign-in pages, health, the start page."""
    return _door(Door(frozenset({"anyone"})))


def refuse(request: HttpRequest, error: RondomError) -> HttpResponse:
    """Answer a refusal with its sentence; NotFound is the same page for whatever does not exist or is not theirs."""
    if isinstance(error, NoRoom):
        return out_of_order(request, status=error.status)
    if isinstance(error, NotFound):
        return render(request, "404.html", status=404)
    if isinstance(error, Unwise) and request.method == "POST":
        return unwise_page(request, error)
    template = "403.html" if isinstance(error, NotAllowed) else "refused.html"
    return render(request, template, {"sentence": error.sentence, "source": error.source}, status=error.status)
