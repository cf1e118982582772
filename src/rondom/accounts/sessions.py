"""What a session must show before it counts: a second factor for staff, an assurance level for residents, no long rest.

What is kept in a session: when it was last used, when its person last proved who they are, whose second factor was
shown, and the assurance level of a resident. Never a name, never a number of a person.
"""

import datetime as dt

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest

from rondom.accounts.models import Account
from rondom.core.registry import Registry

SEEN, PROVED, FACTOR, ASSURANCE = "seen_at", "proved_at", "second_factor", "assurance"
STEP_UP = dt.timedelta(minutes=10)

WHOLE_BACKENDS: Registry[str] = Registry("sign-in that is whole by itself")
"""Backends whose sessions need nothing more, with their assurance level. Only the demonstration has one."""


def idle_limit(kind: str) -> dt.timedelta:
    """Return how long a session may rest before it ends: shorter for residents, who may share a computer."""
    minutes = settings.RONDOM_IDLE_MINUTES if kind == Account.Kind.STAFF else settings.RONDOM_IDLE_MINUTES_RESIDENT
    return dt.timedelta(minutes=minutes)


def is_over(request: HttpRequest, *, at: dt.datetime) -> bool:
    """Tell whether the session rested too long; otherwise note that it is used (at most once a minute)."""
    seen = request.session.get(SEEN)
    if seen is not None and at.timestamp() - seen > idle_limit(request.user.kind).total_seconds():  # type: ignore[union-attr]
        return True
    if seen is None or at.timestamp() - seen >= 60:
        request.session[SEEN] = at.timestamp()
    return False


def note_proof(request: HttpRequest, account: Account, *, second_factor: bool, at: dt.datetime) -> None:
    """Note that the person behind the session proved who they are just now."""
    request.session[PROVED] = at.timestamp()
    if second_factor:
        request.session[FACTOR] = str(account.pk)


def is_whole(request: HttpRequest) -> bool:
    """Tell whether a staff session has shown its second factor."""
    backend = request.session.get(BACKEND_SESSION_KEY, "")
    return backend in WHOLE_BACKENDS or request.session.get(FACTOR) == str(request.user.pk)


def proved_recently(request: HttpRequest, *, at: dt.datetime) -> bool:
    """Tell whether the person proved who they are in the last ten minutes (step-up)."""
    if request.session.get(BACKEND_SESSION_KEY, "") in WHOLE_BACKENDS:
        return True
    proved = request.session.get(PROVED)
    return proved is not None and at.timestamp() - proved < STEP_UP.total_seconds()


def assurance_of(request: HttpRequest) -> str:
    """Return the assurance level with which a resident signed in: "low", "substantial", "high" or ""."""
    backend = request.session.get(BACKEND_SESSION_KEY, "")
    if backend in WHOLE_BACKENDS:
        return WHOLE_BACKENDS[backend]
    return str(request.session.get(ASSURANCE, ""))
