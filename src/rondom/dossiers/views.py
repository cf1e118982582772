"""Keeping drafts and listing them."""

import datetime as dt
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import date as as_date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.doors import open_door, staff_door
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import look
from rondom.dossiers import drafts as drafting
from rondom.dossiers.queries import anchor_names


def _moment(at: dt.datetime) -> str:
    return as_date(timezone.localtime(at), "H.i")


@open_door()
@require_POST
def draft(request: Any) -> HttpResponse:
    """Keep or discard the draft of the page this was typed in.

    Open to a page whose session ended while somebody was typing: the signed binding says whose text it is, and only
    that person, signed in and with the right of that moment, gets it back. A page of somebody else is refused.
    """
    binding = drafting.read_token(request.POST.get(drafting.FIELD, ""))
    if request.principal is not None and request.principal.key != binding.owner:
        raise NotFound("")
    by_program = request.headers.get("X-Rondom-Draft") == "1"
    address = drafting.FORMS[binding.form].address(binding.subject)
    if request.POST.get("_draft_action") == "discard":
        if request.principal is None:
            raise NotFound("")
        drafting.discard(binding.owner, binding.form, binding.subject)
        listed = request.POST.get("_draft_from") == "list"
        return HttpResponseRedirect(reverse("dossiers:drafts") if listed else address)
    at = clock.now()
    try:
        drafting.save(binding, drafting.typed_values(request.POST), at=at)
    except BadInput as error:
        if by_program:
            return JsonResponse({"sentence": str(error)}, status=error.status)
        raise
    if by_program:
        return JsonResponse({"sentence": _("Draft saved at %(time)s") % {"time": _moment(at)}})
    return HttpResponseRedirect(address)


@staff_door()
def drafts(request: Any) -> HttpResponse:
    """List one's own drafts: what is still waiting to be finished."""
    at = clock.now()
    found = drafting.mine(request.principal, at=at)
    names = anchor_names(request.principal, [(d.anchor_kind, d.anchor) for d in found if d.anchor], at=at)
    rows = [
        {
            "title": drafting.FORMS[d.form].title,
            "about": names.get(d.anchor, "") if d.anchor else "",
            "saved_at": d.saved_at,
            "expires_at": d.expires_at,
            "address": drafting.FORMS[d.form].address(d.subject),
            "token": drafting.bind_again(request.principal, d).token(),
        }
        for d in found
    ]
    subjects = sorted({(str(d.anchor_kind), d.anchor) for d in found if d.anchor})
    look(request.principal, "dossiers.drafts_listed", subjects=subjects, at=at)
    return render(request, "dossiers/drafts.html", {"rows": rows})
