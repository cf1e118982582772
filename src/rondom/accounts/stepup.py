"""Step-up: what weighs most asks again who somebody is, when that was longer than ten minutes ago."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rondom.accounts import sessions
from rondom.core import clock

View = Callable[..., HttpResponse]


def required(view: View) -> View:
    """Ask for password or second factor first, then come back to this page. Put it under the door.

        @staff_door(Role.FUNCTIONAL_ADMINISTRATOR)
        @stepup.required
        def award(request): ...

    For role award, export and an address. What was typed in a form is not sent along: the page opens again after it.
    """

    @functools.wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessions.proved_recently(request, at=clock.now()):
            return view(request, *args, **kwargs)
        return ask(request)

    return enter


def ask(request: Any) -> HttpResponse:
    """Send somebody to prove who they are, and back to this page: for a view that first looks whether it is needed."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
