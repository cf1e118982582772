"""The orders of the back office: product, volume, period and ground of what is paid, what waits, what ends."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.allocations import actions, queries
from rondom.allocations.blocks import blocks_of
from rondom.allocations.changing import can_be_cut
from rondom.allocations.enums import AllocationState, Deviation
from rondom.allocations.forms import LetThroughForm, SendBackForm
from rondom.allocations.models import Allocation
from rondom.allocations.views.shared import (
    PAGE,
    back_office,
    continuity_words,
    days_ago,
    deviation_labels,
    facts_of,
    most_words,
    period_words,
    state_pill,
    volume_words,
)
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Cell, Chip, Column, Pill, Step, Table
from rondom.core.events import look
from rondom.core.words import date_words
from rondom.dossiers.doors import act_once, answered, done, form_page, tried
from rondom.dossiers.frame import pill_of
from rondom.privacy.enums import Sight

BY_STATE = (
    ("wacht", gettext_lazy("Wait for you"), AllocationState.WAITING),
    ("besteld", gettext_lazy("Ordered, not started"), AllocationState.ORDERED),
    ("loopt", gettext_lazy("Running"), AllocationState.STARTED),
    ("rust", gettext_lazy("Stopped for a while"), AllocationState.PAUSED),
    ("gestopt", gettext_lazy("Stopped"), AllocationState.STOPPED),
    ("terug", gettext_lazy("Sent back"), AllocationState.SENT_BACK),
    ("ingetrokken", gettext_lazy("Withdrawn"), AllocationState.WITHDRAWN),
)
ENDING, CONTRACT = "eindigt", "contract"


def _lists(every: QuerySet[Allocation], municipality: str, day: dt.date) -> dict[str, tuple[Any, QuerySet[Allocation]]]:
    """Return the lists by their word in the address: what they are called and their rows, in order."""
    weeks = int(queries.ending_weeks(municipality, day).value)
    found: dict[str, tuple[Any, QuerySet[Allocation]]] = {
        code: (label, queries.in_state(every, [state])) for code, label, state in BY_STATE
    }
    found[ENDING] = (_("Ends soon"), queries.ending(every, day, weeks))
    found[CONTRACT] = (_("The contract ends first"), queries.contract_ends_first(every, day))
    return found


@back_office
def orders(request: Any) -> HttpResponse:
    """What waits for the back office first, the oldest on top; other lists and what is unusual by filter."""
    at, by = now(), request.principal
    day = today(at)
    lists = _lists(queries.orders_for(by, at=at), by.municipality, day)
    chosen = request.GET.get("lijst", "wacht")
    chosen = chosen if chosen in lists else "wacht"
    unusual = request.GET.get("bijzonder", "")
    unusual = unusual if unusual in Deviation.values else ""
    rows_of_list = lists[chosen][1]
    narrowed = queries.with_deviation(rows_of_list, unusual) if unusual else rows_of_list
    page = Paginator(narrowed, PAGE).get_page(request.GET.get("blad"))
    rows, units = list(page), queries.units_on(day)
    look(by, "allocations.orders_shown", subjects=[("dossier", row.dossier_id) for row in rows], at=at)
    chips = [
        Chip(label, f"{request.path}?lijst={code}", code == chosen, found.count())
        for code, (label, found) in lists.items()
    ]
    table = Table(
        lists[chosen][0],
        [Column(_("For")), Column(_("Help")), Column(_("Volume")), Column(_("Period")), Column(_("Unusual")),
         Column(_("Ordered"))],
        [_line(row, units, at, chosen) for row in rows],
    )  # fmt: skip
    context = {
        "page": page, "table": table, "chips": chips, "chosen": chosen,
        "unusual": _unusual_chips(request.path, chosen, unusual, rows_of_list),
    }  # fmt: skip
    return render(request, "allocations/orders.html", context)


def _unusual_chips(path: str, chosen: str, unusual: str, rows: QuerySet[Allocation]) -> list[Chip]:
    """Return the filters on what is unusual, of those that occur in this list."""
    counts = queries.deviation_counts(rows)
    return [
        Chip(
            Deviation(code).label, f"{path}?lijst={chosen}" + ("" if code == unusual else f"&bijzonder={code}"),
            code == unusual, count,
        )
        for code, count in counts.items()
    ]  # fmt: skip


def _line(row: Allocation, units: dict[str, str], at: dt.datetime, chosen: str) -> list[Any]:
    ends = row.last_day and chosen == ENDING
    volume = ", ".join(filter(None, (volume_words(row, units), most_words(row, units))))
    waits = row.state == AllocationState.WAITING
    ordered: Any = date_words(row.ordered_on)
    if waits:
        ordered = Pill(_("waits: %(days)s") % {"days": days_ago(row.ordered_on, at)}, "due")
    return [
        Cell(row.dossier.youth.name, reverse("allocations:order", args=[row.pk])),
        f"{row.provider.name if row.provider else ''}: {row.what}", volume,
        pill_of(row.last_day, at) if ends and row.last_day else period_words(row),
        ", ".join(str(label) for label in deviation_labels(row)) or "–", ordered,
    ]  # fmt: skip


def _of_back_office(request: Any, pk: UUID, at: dt.datetime) -> Allocation:
    by = request.principal
    return queries.open_allocation(
        by, queries.orders_for(by, at=at), pk, at=at, page="allocations.order_shown", sight=Sight.PRODUCT
    )


@back_office
def order(request: Any, allocation: UUID) -> HttpResponse:
    """One order as the back office sees it: product, volume, period, ground, what deviates, and what changed."""
    at = now()
    row = _of_back_office(request, allocation, at)
    decides = row.state == AllocationState.WAITING
    context = {
        "row": row, "pill": state_pill(row), "facts": facts_of(row, queries.units_on(today(at))),
        "deviations": deviation_labels(row), "decides": decides, "once_key": once.fresh(),
        "mandate": LetThroughForm() if decides and row.no_contract and not row.mandate else None,
        "changed": queries.changes_of(row), "continuity": continuity_words(row), "plainly": True,
        "acts": _acts(row),
        "blocks": blocks_of(row, request.principal, at=at),
    }  # fmt: skip
    return render(request, "allocations/order.html", context)


def _acts(row: Allocation) -> list[Step]:
    """Return what the back office does itself with help on a registration; a team does it for its families."""
    if row.case_id:
        return []
    state, key = AllocationState(row.state), [row.pk]
    found = (
        (state == AllocationState.ORDERED, _("Help has begun"), "start"),
        (state == AllocationState.PAUSED, _("Help goes on"), "resume"),
        (state in AllocationState.running_states(), _("Change or extend"), "change"),
        (can_be_cut(row), _("Let the order end earlier"), "change"),
        (state in (AllocationState.ORDERED, AllocationState.WAITING), _("Withdraw"), "withdraw"),
        (state in AllocationState.open_states(), _("Stop the help"), "stop"),
        (state in AllocationState.running_states(), _("Write the wait down"), "write_wait"),
    )
    return [Step(label, reverse(f"allocations:{name}", args=key)) for holds, label, name in found if holds]


@back_office
@require_POST
def let_through(request: Any, allocation: UUID) -> HttpResponse:
    """Let an order through; without a contract under the number of an agreement or mandate."""
    at, by = now(), request.principal
    row = _of_back_office(request, allocation, at)
    form = LetThroughForm(request.POST)
    form.is_valid()

    def act() -> str:
        actions.let_through(
            by=by, at=at, allocation=row, let_through_by=staff_member(by), mandate=form.cleaned_data.get("mandate", "")
        )
        return done(request, _("Let through: it goes to the provider."), reverse("allocations:orders"))

    answer = tried(form, lambda: act_once(request, act))
    if answer:
        return answer
    return form_page(
        request,
        None,
        form,
        at,
        title=_("Let through"),
        button=_("Let through"),
        back=reverse("allocations:order", args=[row.pk]),
    )


@back_office
def send_back(request: Any, allocation: UUID) -> HttpResponse:
    """Send an order back to the team, with what is not right."""
    at, by = now(), request.principal
    row = _of_back_office(request, allocation, at)
    form = SendBackForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.send_back(by=by, at=at, allocation=row, let_through_by=staff_member(by), reason=said["reason"])
        return done(request, _("Sent back. The team sees it today."), reverse("allocations:orders"))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        title=_("Send back to the team"),
        button=_("Send back"),
        back=reverse("allocations:order", args=[row.pk]),
    )
