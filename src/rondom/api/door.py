"""Who comes in: a system with a key, never a person with a session. One door for every address of the API.

The order is fixed: the key first, so that whoever has none learns nothing, not even which address exists or which
method it takes; then how often and how much; then the scope, at the endpoint. There are no cookies here
(`middleware`). What is not a key that works gets one answer, whatever is wrong with it; that an old key was tried is
kept as a refused look.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer

from rondom.accounts.doors import Door
from rondom.accounts.signals import turned_away
from rondom.api import actions, queries
from rondom.api.enums import Scope
from rondom.api.models import ApiKey
from rondom.api.problems import of_refusal, problem
from rondom.core import clock
from rondom.core.errors import NotAllowed, RondomError
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.core.views import cannot_save

logger = logging.getLogger("rondom.api")
VERSION = "1.0.0"
LARGEST = 100_000  # bytes of one request
A_MINUTE, FIVE_MINUTES = 60, 300
MOST_A_MINUTE = 120  # requests with one key
MOST_WRONG = 30  # tries without a key that works, per address, in five minutes
LONGEST_KEY = 100
WITH_A_BODY = frozenset({"POST", "PUT", "PATCH"})

View = Callable[..., HttpResponse]


class ApiRequest(HttpRequest):
    """A request that came through the door: a system with its key."""

    principal: Principal
    api_key: ApiKey


class Bearer(HttpBearer):
    """Says in the document how to sign in. The door has looked at the key already."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return who came through the door."""
        return getattr(request, "principal", None)


def system_door(view: View) -> View:
    """Let systems in that have a key; everything else, and whatever goes wrong, gets problem details."""

    @functools.wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            answer = _answer(view, request, args, kwargs)
        answer.headers["API-Version"] = VERSION
        answer.headers["Content-Language"] = settings.LANGUAGE_CODE
        answer.headers["Vary"] = "Authorization"
        return answer

    wrapped: Any = csrf_exempt(enter)
    wrapped.door = Door(frozenset({queries.KIND}))
    return wrapped  # type: ignore[no-any-return]


def _answer(view: View, request: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        refused = _let_in(request)
        answer = refused or view(request, *args, **kwargs)
    except RondomError as error:
        answer = of_refusal(error)
    except Exception as error:
        logger.error("a request of a system went wrong", exc_info=error)
        return problem(503 if cannot_save(error) else 500)
    if answer.status_code == 405:
        allowed = answer.headers.get("Allow", "")
        answer = problem(405)
        answer.headers["Allow"] = allowed
    return answer


def _let_in(request: Any) -> HttpResponse | None:
    """Put the system on the request; return the refusal when it may not come in."""
    at, key = clock.now(), _key_of(request)
    if key is None or not queries.works(key, at):
        if key is not None:
            look(queries.principal_of(key), "api.key_refused", key, result="denied", at=at)
        tried = "Authorization" in request.headers  # who brings nothing costs nothing
        return problem(429 if tried and not _within(_address(request), MOST_WRONG, FIVE_MINUTES) else 401)
    if not _within(str(key.pk), MOST_A_MINUTE, A_MINUTE):
        return problem(429)
    request.principal, request.api_key = queries.principal_of(key), key
    actions.note_used(key, clock.today(at))
    return _readable(request) if request.method in WITH_A_BODY else None


def _key_of(request: HttpRequest) -> ApiKey | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= LONGEST_KEY:
        return None
    return queries.key_with(token)


def _readable(request: HttpRequest) -> HttpResponse | None:
    """Refuse what is too large before it is read, what does not say how large it is, and what says it is no JSON."""
    length = request.headers.get("Content-Length", "")
    if not length:
        return problem(411)
    if not length.isdigit() or int(length) > LARGEST:
        return problem(413)
    if request.content_type != "application/json":
        return problem(415)
    return None


def _address(request: HttpRequest) -> str:
    """Return a name for the address of who asks, that says nothing about it."""
    found = str(get_adapter().get_client_ip(request) or "")
    return salted_hmac("rondom.api.address", found, algorithm="sha256").hexdigest()[:32]


def _within(who: str, most: int, seconds: int) -> bool:
    """Count this request, over all processes; tell whether it is still within what is allowed in this stretch."""
    name = f"api:{who}:{int(clock.now().timestamp()) // seconds}"
    cache.add(name, 0, seconds * 2)
    try:
        return cache.incr(name) <= most
    except ValueError:  # it ended between the two
        return True


def may(request: Any, scope: Scope, **named: Any) -> tuple[Principal, ApiKey]:
    """Return who asks, when the key may do this; else the attempt is kept and refused, whatever the address names."""
    by, key = request.principal, request.api_key
    if scope not in key.may:
        turned_away.send(sender=None, by=by, named=named, at=clock.now())
        raise NotAllowed("")
    return by, key
