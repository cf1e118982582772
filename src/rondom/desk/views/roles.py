"""Who does what in a case: hand over, give, end, open again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.errors import NotFound
from rondom.core.events import look, subject
from rondom.desk import drafts
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.forms import AssignForm, OfferForm, ReopenForm
from rondom.dossiers import actions, queries
from rondom.dossiers.drafts import form_with_draft
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.dossiers.rules import directs
from rondom.privacy.enums import Sight


def _case(request: Any, pk: UUID, at: Any) -> Case:
    """Who works with the family opens it; who directs the team sees the roles from the row."""
    by = request.principal
    row = queries.cases_for(by, at=at, sight=Sight.ROW, few=True).filter(pk=pk).select_related("team").first()
    sight = Sight.ROW if row and directs(by, row.team) else Sight.OPEN
    return open_case(by, pk, at=at, page="desk.roles_shown", sight=sight)


@family_door
def roles(request: Any, case: UUID) -> HttpResponse:
    """The roles of a case with since when; hand over what is yours, or give a role when you direct the team."""
    at, by = now(), request.principal
    row = _case(request, case, at)
    held = list(queries.roles_in(row, at=at))
    mine = [role for role in held if role.staff_id == by.key]
    colleagues = list(queries.colleagues_in([row.team_id], today(at)))
    others = [c for c in colleagues if c.pk != by.key]
    posted = request.POST.get("do")
    offer, draft = form_with_draft(
        request, OfferForm, name=drafts.OFFER, subject=row.pk, anchor=row if mine else None, held=mine,
        colleagues=others,
    )  # fmt: skip
    assign = AssignForm(request.POST if posted == "assign" else None, colleagues=colleagues)
    if request.method == "POST":
        answer = _act(request, row, held, colleagues, offer if posted == "offer" else None, assign, draft, at)
        if answer:
            return answer
    if posted != "offer" and request.method == "POST":
        offer = OfferForm(held=mine, colleagues=others)
    opens = case in queries.openable(by, [case], at=at)
    context = {
        "frame": frame_of(row, by, at=at) if opens else None,
        "name": queries.case_names([row.pk], by, at=at, sight=Sight.ROW)[row.pk],
        "case": row, "held": held, "mine": mine, "offer": offer, "assign": assign, "draft": draft,
        "offers": queries.handovers_in(row), "directs": directs(by, row.team) or bool(mine), "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "desk/roles.html", context)


def _act(
    request: Any, row: Case, held: list[Any], colleagues: list[Any], offer: Any, assign: AssignForm, draft: Any, at: Any
) -> HttpResponse | None:
    by = request.principal
    back = reverse("desk:roles", args=[row.pk])
    by_key = {str(c.pk): c for c in colleagues}

    def hand_over() -> str:
        said = offer.cleaned_data
        role = next(r for r in held if r.kind == said["role"] and r.staff_id == by.key)
        actions.offer_role(
            by=by, at=at, role=role, to=by_key[said["to"]], offered_by=staff_member(by), passed_on=said["passed_on"],
            family_present=said["family_present"],
        )  # fmt: skip
        return done(request, _("Offered. Until your colleague accepts, it is yours."), back)

    def give() -> str:
        said = assign.cleaned_data
        safety = next((r for r in held if r.kind == CaseRoleKind.SIGHT_ON_SAFETY), None)
        if safety and said["kind"] == CaseRoleKind.SIGHT_ON_SAFETY and said["staff"] not in ("", str(by.key)):
            actions.offer_role(
                by=by, at=at, role=safety, to=by_key[said["staff"]], offered_by=staff_member(by),
                passed_on=said["passed_on"],
            )  # fmt: skip
            return done(request, _("Offered. Sight on safety moves when your colleague accepts it."), back)
        actions.assign_role(
            by=by, at=at, case=row, kind=CaseRoleKind(said["kind"]), staff=by_key.get(said["staff"]),
            outside=said["outside"], accepted_by=said["accepted_by"],
        )  # fmt: skip
        return done(request, _("The role is given."), back)

    def end() -> str:
        role = next((r for r in held if str(r.pk) == request.POST.get("role")), None)
        if role is None:
            raise NotFound("")
        actions.end_role(by=by, at=at, role=role)
        return done(request, _("The role has ended."), back)

    may_give = directs(by, row.team) or any(role.staff_id == by.key for role in held)
    if offer is not None and offer.is_valid():
        return tried(offer, lambda: draft.submit(hand_over))
    if assign.is_bound and may_give and assign.is_valid():
        return tried(assign, lambda: act_once(request, give))
    if request.POST.get("do") == "end" and may_give:
        return act_once(request, end)
    return None


@family_door
def handover_page(request: Any, handover: UUID) -> HttpResponse:
    """Read what a colleague passes on, and accept or decline; or withdraw one's own offer."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.handovers_of(by), handover, at=at, page="desk.handover_shown")
    name = queries.case_names([row.case_id], by, at=at, sight=Sight.ROW)[row.case_id]
    look(by, "desk.handover_shown", row, subjects=[subject(row.case)], ground="handover", at=at)
    if request.method == "POST":

        def act() -> str:
            if request.POST.get("do") == "accept":
                actions.accept_handover(by=by, at=at, handover=row)
                return done(request, _("It is yours now."), reverse("desk:family", args=[row.case_id]))
            actions.end_handover(by=by, at=at, handover=row)
            return done(request, _("The role stays where it is."), reverse("desk:day"))

        return act_once(request, act)
    context = {"row": row, "name": name, "asked": row.to_id == by.key, "once_key": once.fresh()}
    return render(request, "desk/handover.html", context)


@family_door
def reopen(request: Any, case: UUID) -> HttpResponse:
    """Open a closed case again, with its roles from the first moment."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.roles_shown", sight=Sight.ROW)
    colleagues = list(queries.colleagues_in([row.team_id], today(at)))
    if not row.closed_on or row.team_id not in by.teams:
        raise NotFound("")
    form = ReopenForm(
        request.POST or None, colleagues=colleagues, initial={"coordinator": str(by.key), "safety": str(by.key)}
    )
    if request.method == "POST" and form.is_valid():
        by_key = {str(c.pk): c for c in colleagues}

        def act() -> str:
            actions.reopen_case(
                by=by, at=at, case=row, coordinator=by_key[form.cleaned_data["coordinator"]],
                sight_on_safety=by_key[form.cleaned_data["safety"]],
            )  # fmt: skip
            return done(request, _("The case is open again."), reverse("desk:families"))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    name = queries.case_names([row.pk], by, at=at, sight=Sight.ROW)[row.pk]
    context = {
        "form": form, "once_key": once.fresh(), "title": _("Open %(family)s again") % {"family": name},
        "button": _("Open again"), "back": reverse("desk:families"),
    }  # fmt: skip
    return render(request, "desk/form.html", context)
