"""A colleague of the team says why, and opens a family that is not their own until the end of the day."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.forms import GroundForm
from rondom.dossiers import actions, queries
from rondom.dossiers.opening import open_case
from rondom.privacy.enums import LookGround, Sight


@family_door
def state_ground(request: Any, case: UUID) -> HttpResponse:
    """Ask why; who works with the family reads it on the own day, and the parents among who looked."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.ground_asked", sight=Sight.ROW)
    if queries.openable(by, [case], at=at):
        return HttpResponseRedirect(reverse("desk:family", args=[case]))
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.open_with_ground(by=by, at=at, case=row, ground=LookGround(said["ground"]), words=said["words"])
            return done(request, _("Open until the end of today."), reverse("desk:family", args=[case]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    name = queries.case_names([row.pk], by, at=at, sight=Sight.ROW)[row.pk]
    context = {
        "form": form, "once_key": once.fresh(), "title": _("Why do you open %(family)s?") % {"family": name},
        "button": _("Open this family"), "back": reverse("desk:families"),
        "intro": _("This family is with a colleague. Who works with them reads that you looked, and why."),
    }  # fmt: skip
    return render(request, "desk/form.html", context)
