"""Pages of help of a family: what runs and is ordered, ordering, one order, start, stop and going on."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.queries import staff_member
from rondom.allocations import actions, continuity, queries, waits
from rondom.allocations.blocks import blocks_of
from rondom.allocations.changing import can_be_cut
from rondom.allocations.enums import AllocationState, Decision, Ground, HandoverState, StopReason
from rondom.allocations.forms import OrderForm, ResumeForm, StartForm, StopForm
from rondom.allocations.models import Allocation
from rondom.allocations.norms import Norms
from rondom.allocations.views.shared import (
    TAB,
    continuity_words,
    deviation_labels,
    facts_of,
    form_page,
    help_door,
    looker_named,
    of_team,
    period_words,
    shown_at,
    state_pill,
)
from rondom.allocations.waiting import WAITS, is_watched
from rondom.core.clock import now, today
from rondom.core.components import Pill
from rondom.core.why import Why, of_law
from rondom.decisions.models import Decision as Award
from rondom.decisions.queries import awards_from, taken_for
from rondom.dossiers import doors
from rondom.dossiers.doors import answered, done, family_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import dossiers_in
from rondom.plans.enums import GoalState
from rondom.plans.queries import goals_for

ORDER = "allocations.order"
FORMS.register(ORDER, DraftForm(gettext_lazy("Order help"), lambda case: reverse("allocations:order_new", args=[case])))


@family_door
def of_family(request: Any, case: UUID) -> HttpResponse:
    """The help of a family: what runs, what was ordered, what stopped; and order more."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="allocations.help_shown")
    rows = list(queries.allocations_for(by, at=at).filter(case=row))
    running = [r for r in rows if r.state in (*AllocationState.open_states(), AllocationState.SENT_BACK)]
    by_key: dict[Any, Allocation] = {r.pk: r for r in rows}
    bridged = {r.bridges_id for r in rows if r.bridges_id and r.state in AllocationState.open_states()}
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB),
        "running": [
            (r, state_pill(r), _date(r, at), period_words(r), by_key.get(r.bridges_id), r.pk in bridged)
            for r in running
        ],
        "stopped": [(r, state_pill(r), period_words(r)) for r in rows if r not in running],
    }  # fmt: skip
    return render(request, "allocations/family.html", context)


def _date(row: Allocation, at: dt.datetime) -> Pill | None:
    running = row.start_clock and row.state == AllocationState.ORDERED
    return pill_of(row.start_clock.due, at) if running and row.start_clock else None


@family_door
def order_new(request: Any, case: UUID) -> HttpResponse:
    """Order help for one youth of the family."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="allocations.help_shown")
    dossiers = list(dossiers_in(row, by, at=at).order_by("youth__born_on", "pk"))
    goals = list(goals_for(by, at=at).filter(case=row).exclude(state=GoalState.LEFT))
    holds, others = queries.products_by_contract(row.municipality, today(at))
    waiting = list(queries.waiting_now(queries.allocations_for(by, at=at).filter(case=row)))
    bridged = next((w for w in waiting if str(w.pk) == request.GET.get("overbrugt")), None)
    awards = list(awards_from(dossiers, today(at)))
    lookers = queries.lookers_for(dossiers, at=at)
    form, draft = form_with_draft(
        request, OrderForm, name=ORDER, subject=row.pk, anchor=row, dossiers=dossiers, goals=goals, holds=holds,
        others=others, waiting=waiting, awards=awards, lookers=lookers,
        initial={
            "starts": today(at), "ground": Ground.MUNICIPAL, "bridges": str(bridged.pk) if bridged else "",
            "dossier": str(bridged.dossier_id) if bridged else "",
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = actions.order(
                by=by, at=at, dossier=next(d for d in dossiers if str(d.pk) == said["dossier"]), case=row,
                ordered_by=staff_member(by), what=_help(said, row.municipality), basis=_basis(said, awards),
                goal=next((g for g in goals if str(g.pk) == said["goal"]), None),
                unusual=actions.Unusual(
                    said["despite"], said["no_contract"], said["mandate"], looker_named(lookers, said)
                ),
                bridges=next((w for w in waiting if str(w.pk) == said.get("bridges")), None),
            )  # fmt: skip
            waits_first = made.state == AllocationState.WAITING
            words = _("Kept. The back office looks at it first.") if waits_first else _("Ordered.")
            return done(request, words, reverse(TAB, args=[case]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return doors.form_page(request, row, form, at, tab=TAB, title=_("Order help"), button=_("Order"), draft=draft)


def _help(said: dict[str, Any], municipality: str) -> actions.Help:
    product = queries.product_of(municipality, UUID(said["product"])) if said["product"] else None
    return actions.Help.typed(
        product, starts=said["starts"], last_day=said["last_day"], free_offer=said["free_offer"],
        volume=said["volume"], frequency=said["frequency"], amount=said["amount"],
    )  # fmt: skip


def _basis(said: dict[str, Any], awards: list[Award]) -> actions.Basis:
    award = next((each for each in awards if str(each.pk) == said.get("award")), None)
    if award is not None:
        return actions.Basis.resting_on(award, Ground(said["ground"]))
    taken = said["decision"] == Decision.TAKEN
    return actions.Basis(
        Ground(said["ground"]), Decision(said["decision"]), said["decision_reference"] if taken else "",
        said["decided_on"] if taken else None,
    )  # fmt: skip


@family_door
def allocation(request: Any, allocation: UUID) -> HttpResponse:
    """One order: what, how much, on what basis, how long it was waited for, what changed, and what comes next."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    state = AllocationState(row.state)
    day = today(at)
    bridged = waits.bridged_since(queries.bridging([row]))
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB) if row.case else None, "row": row, "pill": state_pill(row),
        "date": _date(row, at), "facts": facts_of(row, queries.units_on(day)), "deviations": deviation_labels(row),
        "starts": state == AllocationState.ORDERED, "stops": state in AllocationState.open_states(),
        "resumes": state == AllocationState.PAUSED, "changes": state in AllocationState.running_states(),
        "cuts": can_be_cut(row),
        "withdraws": state in (AllocationState.ORDERED, AllocationState.WAITING),
        "bridges": state in (AllocationState.ORDERED, AllocationState.WAITING) and row.case is not None,
        "waits": waits.of_allocation(
            row, Norms(row.municipality, on=day), today=day, bridged_on=bridged.get(row.pk)
        ),
        "changed": queries.changes_of(row), "kin": queries.kin_of(by, row, at=at),
        "continuity": continuity_words(row), "youth_why": _youth_why(row),
        "watches": state in WAITS and row.case is not None, "watched": is_watched(row),
        "blocks": blocks_of(row, by, at=at), **_handover(row, by, at),
    }  # fmt: skip
    return render(request, "allocations/allocation.html", context)


def _handover(row: Allocation, by: Any, at: dt.datetime) -> dict[str, Any]:
    """Return where the warm handover of an order stands; nothing when nobody is handed over."""
    found = queries.handover_of(row)
    if found is None:
        return {}
    found.allocation = row
    tone = "due" if found.is_open else "calm" if found.state == HandoverState.ACCEPTED else "plain"
    due = found.handover_clock.due if found.handover_clock and found.is_open else None
    return {
        "handover": found, "handover_pill": Pill(found.get_state_display(), tone),
        "handover_due": pill_of(due, at) if due else None, "handover_goals": queries.handed_goals(found, by, at=at),
        "talk": queries.meeting_in_sight(found, by, at=at),
    }  # fmt: skip


def _youth_why(row: Allocation) -> Why | None:
    """Return until when the Youth Act holds, when this help passes the 18th birthday (practice 20)."""
    until = continuity.youth_until(row.dossier, row.starts, row.ends)
    passes = until is not None and until.answer.outcome is not None and until.answer.outcome.ground == "help_continued"
    return of_law(until.answer, _("May this help go on after 18?")) if until and passes else None


@help_door
def start(request: Any, allocation: UUID) -> HttpResponse:
    """Help began: the provider's two questions and the day."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    form = StartForm(
        request.POST or None, initial={"started_on": max(row.starts, today(at)), "first_talk_on": row.first_talk_on}
    )

    def act(said: dict[str, Any]) -> str:
        actions.start(
            by=by, at=at, allocation=row, started_on=said["started_on"], first_talk_on=said["first_talk_on"],
            right_address=said["right_address"] == "yes", help_needed=said["help_needed"] == "yes",
        )  # fmt: skip
        return done(request, _("Help has begun."), shown_at(by, row))

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("Help has begun"), button=_("Keep"), intro=row.what
    )


@help_door
def stop(request: Any, allocation: UUID) -> HttpResponse:
    """Help stops, with its last day and why."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    form = StopForm(
        request.POST or None, started=row.started_on is not None, rests=row.state == AllocationState.PAUSED,
        decided=row.decision in (Decision.TAKEN, Decision.MEDICAL_AS_ASKED), initial={"stopped_on": today(at)},
        taken=list(taken_for(row.dossier)),
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        actions.stop(
            by=by, at=at, allocation=row, stopped_on=said["stopped_on"], reason=StopReason(said["reason"]),
            words=said["words"], end_decision=said.get("end_decision", ""),
        )  # fmt: skip
        return done(request, _("Stopped."), shown_at(by, row))

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("Stop the help"), button=_("Stop"), intro=row.what
    )


@help_door
def resume(request: Any, allocation: UUID) -> HttpResponse:
    """Help that stopped for a while goes on."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    form = ResumeForm(request.POST or None, initial={"resumed_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.resume(by=by, at=at, allocation=row, resumed_on=said["resumed_on"])
        return done(request, _("Help goes on."), shown_at(by, row))

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("Help goes on"), button=_("Keep"), intro=row.what
    )
