"""Pages of the warm handover of one order: plan the talk, write how it went, taken over, or not needed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.allocations import handing, queries
from rondom.allocations.forms import AcceptForm, NotNeededForm, TalkForm, ToldForm
from rondom.allocations.models import Allocation, WarmHandover
from rondom.allocations.views.shared import form_page
from rondom.core.clock import now, today
from rondom.core.errors import NotFound
from rondom.dossiers import queries as dossiers
from rondom.dossiers.doors import answered, done, family_door
from rondom.people.whereabouts import secret_among
from rondom.plans.queries import goals_for


def _opened(request: Any, pk: UUID, at: dt.datetime) -> tuple[Allocation, WarmHandover]:
    """Return an order in sight with its handover; NotFound for an order from which nobody is handed over."""
    by = request.principal
    rows = queries.allocations_for(by, at=at).select_related("case__team")
    order = queries.open_allocation(by, rows, pk, at=at, page="allocations.help_shown")
    found = queries.handover_of(order)
    if found is None:
        raise NotFound("")
    found.allocation = order
    return order, found


def _back(order: Allocation) -> str:
    return reverse("allocations:allocation", args=[order.pk])


@family_door
def plan(request: Any, allocation: UUID) -> HttpResponse:
    """Plan the talk in which the youth is handed over, with the family there."""
    at, by = now(), request.principal
    order, row = _opened(request, allocation, at)
    people = dossiers.people_in(row.case, by, at=at)
    colleagues = list(dossiers.colleagues_in([row.case.team_id], today(at)))
    form = TalkForm(
        request.POST or None, people=people, colleagues=colleagues,
        initial={"staff": [str(by.key)], "persons": [str(order.dossier.youth_id)], "received_by": row.received_by},
        secret=bool(secret_among([p.pk for p in people])),
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        talk = handing.Talk(
            said["planned_at"], [p for p in people if str(p.pk) in said["persons"]], said["received_by"],
            [c for c in colleagues if str(c.pk) in said["staff"]], said["place"], said["questions"],
        )  # fmt: skip
        handing.plan_handover(by=by, at=at, handover=row, talk=talk)
        return done(request, _("The talk is planned."), _back(order))

    return answered(request, form, act) or form_page(
        request, order, form, at, title=_("Plan the warm handover"), button=_("Plan meeting"), back=_back(order),
        intro=_("%(what)s, from %(provider)s. You hand over in person, with the family at the table.")
        % {"what": order.what, "provider": order.provider.name if order.provider else ""},
    )  # fmt: skip


@family_door
def told(request: Any, allocation: UUID) -> HttpResponse:
    """Write who was there, what was handed over, and for which goals."""
    at, by = now(), request.principal
    order, row = _opened(request, allocation, at)
    goals = list(goals_for(by, at=at).filter(case=row.case, concerns=order.dossier.youth_id))
    meeting = queries.meeting_in_sight(row, by, at=at)
    seats = list(meeting.participants.all()) if meeting else []
    chosen = [str(order.goal_id)] if order.goal_id else [str(goal.pk) for goal in goals]
    form = ToldForm(
        request.POST or None, seats=[] if meeting is None or meeting.held_at else seats, goals=goals,
        initial={"came": [str(seat.pk) for seat in seats], "goals": chosen},
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        handing.write_handover(
            by=by, at=at, handover=row,
            told=handing.Told(
                {UUID(pk) for pk in said.get("came", ())}, said["words"],
                [goal for goal in goals if str(goal.pk) in said.get("goals", ())], said["despite"],
            ),
        )  # fmt: skip
        return done(request, _("Kept. It is done when the provider says that they take over."), _back(order))

    return answered(request, form, act) or form_page(
        request, order, form, at, title=_("How did the handover go?"), button=_("Keep"), back=_back(order),
        intro=order.what,
    )  # fmt: skip


@family_door
def accept(request: Any, allocation: UUID) -> HttpResponse:
    """The provider says that they take over."""
    at, by = now(), request.principal
    order, row = _opened(request, allocation, at)
    form = AcceptForm(request.POST or None, initial={"accepted_on": today(at), "accepted_by": row.received_by})

    def act(said: dict[str, Any]) -> str:
        handing.accept_handover(by=by, at=at, handover=row, **said)
        return done(request, _("Taken over."), _back(order))

    return answered(request, form, act) or form_page(
        request, order, form, at, title=_("The provider takes over"), button=_("Keep"), back=_back(order),
        intro=_("As long as help has not begun, you stay the first to answer for this child."),
    )  # fmt: skip


@family_door
def leave(request: Any, allocation: UUID) -> HttpResponse:
    """No handover is needed, for a reason that stays."""
    at, by = now(), request.principal
    order, row = _opened(request, allocation, at)
    form = NotNeededForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        handing.leave_handover(by=by, at=at, handover=row, reason=said["reason"])
        return done(request, _("Kept."), _back(order))

    return answered(request, form, act) or form_page(
        request, order, form, at, title=_("No handover is needed"), button=_("Keep"), back=_back(order),
        intro=order.what,
    )  # fmt: skip
