"""Pages of help: what a family has and is ordered, and the orders of the back office."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.allocations import actions, queries
from rondom.allocations.enums import AllocationState, Decision, Deviation, Ground, StopReason
from rondom.allocations.forms import OrderForm, SendBackForm, StartForm, StopForm
from rondom.allocations.models import Allocation
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Table
from rondom.core.events import look
from rondom.core.words import date_words
from rondom.dossiers.doors import act_once, done, family_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import dossiers_in
from rondom.plans.enums import GoalState
from rondom.plans.queries import goals_for
from rondom.privacy.enums import Sight

TAB, ORDER = "allocations:of_family", "allocations.order"
PAGE = 50
TONES = {
    AllocationState.WAITING: "due", AllocationState.ORDERED: "due", AllocationState.STARTED: "calm",
    AllocationState.SENT_BACK: "late",
}  # fmt: skip
LISTS = (
    ("wacht", gettext_lazy("Wait for you"), AllocationState.WAITING),
    ("besteld", gettext_lazy("Ordered, not started"), AllocationState.ORDERED),
    ("loopt", gettext_lazy("Running"), AllocationState.STARTED),
    ("gestopt", gettext_lazy("Stopped"), AllocationState.STOPPED),
    ("terug", gettext_lazy("Sent back"), AllocationState.SENT_BACK),
)

FORMS.register(ORDER, DraftForm(gettext_lazy("Order help"), lambda case: reverse("allocations:order_new", args=[case])))
back_office = staff_door(Role.BACK_OFFICE)


# --- the family


def _pill(row: Allocation) -> Pill:
    return Pill(row.get_state_display(), TONES.get(AllocationState(row.state), "plain"))


def volume_words(row: Allocation, units: dict[str, str]) -> str:
    """Return the volume in words: "240 minuut per week"; `units` are the words of the codes of units."""
    if row.volume is None:
        return _("no volume agreed")
    said = {"volume": row.volume, "unit": units.get(row.unit, row.unit), "per": row.get_frequency_display()}
    return _("%(volume)s %(unit)s %(per)s") % said


def period_words(row: Allocation) -> str:
    """Return the ordered period in words, both days included."""
    said = {"first": date_words(row.starts), "last": date_words(row.last_day) if row.last_day else ""}
    return _("%(first)s up to and including %(last)s") % said if row.last_day else _("from %(first)s") % said


def _facts(row: Allocation, units: dict[str, str]) -> list[Fact]:
    """Return product, volume, period and ground: what the back office may see, and the team too."""
    found = [
        Fact(_("For"), row.dossier.youth.name),
        Fact(_("Provider"), row.provider.name if row.provider else _("not known")),
        Fact(_("Help"), f"{row.what} ({row.product.code})" if row.product else row.what),
        Fact(_("Volume"), volume_words(row, units)), Fact(_("Period"), period_words(row)),
        Fact(_("Along which way"), row.get_ground_display()), Fact(_("Decision"), row.get_decision_display()),
    ]  # fmt: skip
    if row.decided_on:
        found.append(Fact(_("Number and date"), f"{row.decision_reference}, {date_words(row.decided_on)}"))
    found.append(Fact(_("Ordered"), f"{date_words(row.ordered_on)}, {row.ordered_by.name}"))
    if row.started_on:
        found.append(Fact(_("Began"), date_words(row.started_on)))
    if row.stopped_on:
        found.append(Fact(_("Last day"), f"{date_words(row.stopped_on)}, {row.get_stop_reason_display()}"))
    return found


def _deviations(row: Allocation) -> list[Any]:
    return [Deviation(code).label for code in row.deviations.split() if code in Deviation.values]


@family_door
def of_family(request: Any, case: UUID) -> HttpResponse:
    """The help of a family: what runs, what was ordered, what stopped; and order more."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="allocations.help_shown")
    rows = list(queries.allocations_for(by, at=at).filter(case=row))
    running = [r for r in rows if r.state in (*AllocationState.open_states(), AllocationState.SENT_BACK)]
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB),
        "running": [(r, _pill(r), _date(r, at), period_words(r)) for r in running],
        "stopped": [(r, _pill(r), period_words(r)) for r in rows if r not in running],
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
    form, draft = form_with_draft(
        request, OrderForm, name=ORDER, subject=row.pk, anchor=row, dossiers=dossiers, goals=goals, holds=holds,
        others=others, initial={"starts": today(at), "ground": Ground.MUNICIPAL},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = actions.order(
                by=by, at=at, dossier=next(d for d in dossiers if str(d.pk) == said["dossier"]), case=row,
                ordered_by=staff_member(by), what=_help(said, row.municipality), basis=_basis(said),
                goal=next((g for g in goals if str(g.pk) == said["goal"]), None), despite=said["despite"],
            )  # fmt: skip
            waits = made.state == AllocationState.WAITING
            words = _("Kept. The back office looks at it first.") if waits else _("Ordered.")
            return done(request, words, reverse(TAB, args=[case]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return _form(request, row, form, at, title=_("Order help"), button=_("Order"), draft=draft)


def _help(said: dict[str, Any], municipality: str) -> actions.Help:
    product = queries.product_of(municipality, UUID(said["product"])) if said["product"] else None
    return actions.Help(
        starts=said["starts"], ends=said["last_day"] + dt.timedelta(days=1) if said["last_day"] else None,
        product=product, free_offer=said["free_offer"], volume=said["volume"], frequency=said["frequency"],
    )  # fmt: skip


def _basis(said: dict[str, Any]) -> actions.Basis:
    taken = said["decision"] == Decision.TAKEN
    return actions.Basis(
        Ground(said["ground"]), Decision(said["decision"]), said["decision_reference"] if taken else "",
        said["decided_on"] if taken else None,
    )  # fmt: skip


def _form(request: Any, case: Case | None, form: Any, at: dt.datetime, *, draft: Any = None, **words: Any) -> Any:
    back = reverse(TAB, args=[case.pk]) if case else reverse("desk:families")
    context = {
        "frame": frame_of(case, request.principal, at=at, tab=TAB) if case else None, "form": form, "draft": draft,
        "once_key": once.fresh(), "back": back, **words,
    }  # fmt: skip
    return render(request, "dossiers/form.html", context)


def _of_team(request: Any, pk: UUID, at: dt.datetime) -> Allocation:
    by = request.principal
    return queries.open_allocation(
        by, queries.allocations_for(by, at=at).select_related("case__team"), pk, at=at, page="allocations.help_shown"
    )


@family_door
def allocation(request: Any, allocation: UUID) -> HttpResponse:
    """One order: what, how much, on what basis, and what comes next."""
    at, by = now(), request.principal
    row = _of_team(request, allocation, at)
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB) if row.case else None, "row": row, "pill": _pill(row),
        "date": _date(row, at), "facts": _facts(row, queries.units_on(today(at))), "deviations": _deviations(row),
        "starts": row.state == AllocationState.ORDERED, "stops": row.state in AllocationState.open_states(),
    }  # fmt: skip
    return render(request, "allocations/allocation.html", context)


@family_door
def start(request: Any, allocation: UUID) -> HttpResponse:
    """Help began: the provider's two questions and the day."""
    at, by = now(), request.principal
    row = _of_team(request, allocation, at)
    form = StartForm(request.POST or None, initial={"started_on": max(row.starts, today(at))})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.start(
                by=by, at=at, allocation=row, started_on=said["started_on"], first_talk_on=said["first_talk_on"],
                right_address=said["right_address"] == "yes", help_needed=said["help_needed"] == "yes",
            )  # fmt: skip
            return done(request, _("Help has begun."), reverse("allocations:allocation", args=[row.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    return _form(request, row.case, form, at, title=_("Help has begun"), button=_("Keep"), intro=row.what)


@family_door
def stop(request: Any, allocation: UUID) -> HttpResponse:
    """Help stops, with its last day and why."""
    at, by = now(), request.principal
    row = _of_team(request, allocation, at)
    form = StopForm(
        request.POST or None, started=row.state == AllocationState.STARTED, decided=row.decision == Decision.TAKEN,
        initial={"stopped_on": today(at)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.stop(
                by=by, at=at, allocation=row, stopped_on=said["stopped_on"], reason=StopReason(said["reason"]),
                words=said["words"], end_decision=said.get("end_decision", ""),
            )  # fmt: skip
            return done(request, _("Stopped."), reverse("allocations:allocation", args=[row.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    return _form(request, row.case, form, at, title=_("Stop the help"), button=_("Stop"), intro=row.what)


# --- the back office


@back_office
def orders(request: Any) -> HttpResponse:
    """What waits for the back office first; by filter what was ordered, runs, stopped, was sent back."""
    at, by = now(), request.principal
    every = queries.orders_for(by, at=at)
    chosen = next((entry for entry in LISTS if entry[0] == request.GET.get("lijst")), LISTS[0])
    page = Paginator(queries.in_state(every, [chosen[2]]), PAGE).get_page(request.GET.get("blad"))
    rows, units = list(page), queries.units_on(today(at))
    look(by, "allocations.orders_shown", subjects=[("dossier", row.dossier_id) for row in rows], at=at)
    chips = [
        Chip(label, f"{request.path}?lijst={code}", code == chosen[0], queries.in_state(every, [state]).count())
        for code, label, state in LISTS
    ]
    table = Table(
        chosen[1],
        [Column(_("For")), Column(_("Help")), Column(_("Volume")), Column(_("Period")), Column(_("Ordered"))],
        [
            [
                Cell(row.dossier.youth.name, reverse("allocations:order", args=[row.pk])),
                f"{row.provider.name if row.provider else ''}: {row.what}", volume_words(row, units), period_words(row),
                date_words(row.ordered_on),
            ]
            for row in rows
        ],
    )  # fmt: skip
    context = {"page": page, "table": table, "chips": chips, "waiting": chosen[0] == "wacht"}
    return render(request, "allocations/orders.html", context)


def _of_back_office(request: Any, pk: UUID, at: dt.datetime) -> Allocation:
    by = request.principal
    return queries.open_allocation(
        by, queries.orders_for(by, at=at), pk, at=at, page="allocations.order_shown", sight=Sight.PRODUCT
    )


@back_office
def order(request: Any, allocation: UUID) -> HttpResponse:
    """One order as the back office sees it: product, volume, period, ground, and what deviates."""
    at = now()
    row = _of_back_office(request, allocation, at)
    context = {
        "row": row, "pill": _pill(row), "facts": _facts(row, queries.units_on(today(at))),
        "deviations": _deviations(row), "decides": row.state == AllocationState.WAITING, "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "allocations/order.html", context)


@back_office
@require_POST
def let_through(request: Any, allocation: UUID) -> HttpResponse:
    """Let an order through."""
    at, by = now(), request.principal
    row = _of_back_office(request, allocation, at)

    def act() -> str:
        actions.let_through(by=by, at=at, allocation=row, let_through_by=staff_member(by))
        return done(request, _("Let through: it goes to the provider."), reverse("allocations:orders"))

    return act_once(request, act)


@back_office
def send_back(request: Any, allocation: UUID) -> HttpResponse:
    """Send an order back to the team, with what is not right."""
    at, by = now(), request.principal
    row = _of_back_office(request, allocation, at)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.send_back(
                by=by, at=at, allocation=row, let_through_by=staff_member(by), reason=form.cleaned_data["reason"]
            )
            return done(request, _("Sent back. The team sees it today."), reverse("allocations:orders"))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    context = {
        "form": form, "once_key": once.fresh(), "title": _("Send back to the team"), "button": _("Send back"),
        "back": reverse("allocations:order", args=[row.pk]),
    }  # fmt: skip
    return render(request, "dossiers/form.html", context)
