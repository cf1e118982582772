"""Pages on which a team lead and a functional administrator say every quarter who still needs what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rondom.accounts import actions, recertification, stepup
from rondom.accounts.admin_forms import ReasonForm
from rondom.accounts.administration import refusal
from rondom.accounts.doors import DoorRequest, staff_door
from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.words import clock_words

looking_door = staff_door(Role.TEAM_LEAD, Role.FUNCTIONAL_ADMINISTRATOR)


@looking_door
def access(request: DoorRequest) -> HttpResponse:
    """Show per colleague which roles and teams are due; each is kept here, or ended on a page of its own."""
    by, at = request.principal, clock.now()
    day = clock.today(at)
    rows = recertification.access_due(by, day=day)
    context = {
        "rows": [(a, clock_words(a.due, at)) for a in rows if a.mine],
        "own": [(a, clock_words(a.due, at)) for a in rows if not a.mine],
        "why": recertification.why_due(by.municipality, day),
        "unset": recertification.no_interval(by.municipality, day),
    }  # fmt: skip
    return render(request, "accounts/access.html", context)


@looking_door
@stepup.required
def membership(request: DoorRequest, membership: UUID) -> HttpResponse:
    """Keep or end that a colleague is in a team."""
    return _look(request, "team", membership)


@looking_door
@stepup.required
def role(request: DoorRequest, assignment: UUID) -> HttpResponse:
    """Keep or end that a colleague has a role."""
    return _look(request, "rol", assignment)


def _look(request: DoorRequest, kind: str, pk: UUID) -> HttpResponse:
    by, at = request.principal, clock.now()
    row: Any = recertification.access_for(by, kind, pk, day=clock.today(at))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("decision") == "keep":
                actions.keep_access(by=by, at=at, row=row)
                said = _("%(name)s keeps this for another quarter.")
            else:
                actions.end_access(by=by, at=at, row=row, reason=form.cleaned_data["reason"])
                said = _("Ended. %(name)s sees nothing through it any more.")
        except (Unwise, BadInput, NotAllowed) as error:
            refusal(form, error)
        else:
            messages.success(request, said % {"name": row.staff.name})
            return redirect("accounts:access")
    months = int(recertification.interval(by.municipality, clock.today(at)).value)
    one = recertification.Access(row, recertification.due_on(row, months), row.staff_id != by.key)
    context = {"access": one, "form": form, "why": recertification.why_due(by.municipality, clock.today(at))}
    return render(request, "accounts/access_one.html", context, status=422 if form.errors else 200)
