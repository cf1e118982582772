"""Puts the principal on the request: `request.principal`, None when nobody is signed in."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from rondom.accounts import assurance, sessions
from rondom.accounts.models import Account
from rondom.accounts.queries import principal_for
from rondom.core import clock


class PrincipalMiddleware:
    """Works out once per request who acts, with the roles and teams of this moment.

    `request.setting_up` is true for a staff member without a second factor: known, but able to do nothing else yet.
    `request.timed_out` is true when a session ended here because it rested too long.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.principal, request.setting_up, request.timed_out = None, False, False
        if request.user.is_authenticated:
            self._recognise(request)
        return self.get_response(request)

    def _recognise(self, request: Any) -> None:
        at = clock.now()
        if sessions.is_over(request, at=at):
            logout(request)
            request.timed_out = True
            return
        key = request.session.session_key or ""
        level = sessions.assurance_of(request)
        by = principal_for(request.user, at=at, session=hashlib.sha256(key.encode()).hexdigest()[:32], assurance=level)
        if request.user.kind == Account.Kind.STAFF:
            request.setting_up = by is not None and not sessions.is_whole(request)
            request.principal = None if request.setting_up else by
        elif assurance.enough(level):
            request.principal = by
