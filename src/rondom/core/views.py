"""Health, and the pages for when something is in the way: each says what happened, what to do, and keeps the text."""

import errno
import sys
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.forms import Form
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader

from rondom.core import clock, health
from rondom.core.errors import Stale, Unwise
from rondom.core.kept import kept_fields, posted_fields
from rondom.core.rescue import keep_typed


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this installation can work now; only the functional administrator is told what is wrong."""
    found = health.findings(at=clock.now())
    by, status = getattr(request, "principal", None), 503 if found else 200
    answer: Any
    if by is not None and by.has("functional_administrator"):
        answer = JsonResponse({"ready": not found, "findings": found}, status=status)
    else:
        answer = HttpResponse("not ready\n" if found else "ready\n", content_type="text/plain", status=status)
    answer._has_been_logged = True  # a monitor asks every few seconds: that is not an error each time
    return answer  # type: ignore[no-any-return]


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post without a valid form protection token: nothing was carried out, what was typed is kept."""
    address = keep_typed(request)
    kept = [] if address else kept_fields(request)
    return render(request, "form_expired.html", {"address": address, "kept": kept}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read; one that is too large gets its own page."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is refused before it reaches a door."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what does not exist; the same bytes for everybody."""
    return render(request, "404.html", status=404)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """Answer a request in a way this address does not know, e.g. after typing the address of a form."""
    return render(request, "405.html", status=405)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a post that is larger than we take."""
    return render(request, "413.html", status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tried too often in a short time."""
    return render(request, "429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when something went wrong inside; when it is that nothing can be saved now, say so. Keeps the text."""
    if cannot_save(sys.exc_info()[1]):
        return out_of_order(request)
    return HttpResponse(loader.render_to_string("500.html", _static_safe(request)), status=500)


def out_of_order(request: HttpRequest, status: int = 503) -> HttpResponse:
    """Answer when nothing can be saved now: the disk is full, or a store is closed. Keeps the text."""
    page = loader.render_to_string("503.html", _static_safe(request))
    return HttpResponse(page, status=status, headers={"Retry-After": "60"})


def cannot_save(error: BaseException | None) -> bool:
    """Tell whether an error means that a disk or database takes nothing now: full, read-only, gone or too busy."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def _static_safe(request: HttpRequest) -> dict[str, Any]:
    """What a page may use when the database, the session and the person are in doubt."""
    return {"kept": kept_fields(request), "address": request.path, "csrf_token": get_token(request)}


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in differently: how it is saved now, and the form field with one's own words."""

    label: Any
    theirs: Any
    mine: BoundField


def stale_page(request: HttpRequest, error: Stale, form: Form, *, version_field: str = "version") -> HttpResponse:
    """Show both values of every field that differs; one's own stays editable and is sent with the newest version.

    `form` is the bound, valid form that was posted; its field names are those of the record.
    """
    different = []
    for bound in form.visible_fields():
        theirs = getattr(error.current, bound.name, None)
        if theirs != form.cleaned_data.get(bound.name):
            different.append(Difference(bound.label, theirs, bound))
    shown = {d.mine.html_name for d in different}
    kept = [f for f in posted_fields(request, without={version_field}) if f.name not in shown]
    context = {
        "sentence": error.sentence, "different": different, "kept": kept, "address": request.path,
        "version_field": version_field, "version": error.current.version,
    }  # fmt: skip
    return render(request, "stale.html", context, status=error.status)


def unwise_page(request: HttpRequest, error: Unwise) -> HttpResponse:
    """Ask for the reason that an unwise step needs, with everything posted kept; it is sent again with `reason`."""
    context = {
        "sentence": error.sentence, "source": error.source, "address": request.get_full_path(),
        "kept": posted_fields(request, without={"reason"}), "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "unwise.html", context, status=error.status)
