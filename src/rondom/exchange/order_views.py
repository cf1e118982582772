"""Pages about orders and their messages: who has to act, what is rejected most, and sending again after a repair."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.allocations import queries as allocations
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.components import Cell, Chip, Column, Pill, Table
from rondom.core.events import look
from rondom.core.words import clock_words
from rondom.dossiers.doors import act_once, done
from rondom.exchange import actions, delivering, ordering, queries, standing
from rondom.exchange.blocks import says
from rondom.exchange.enums import Direction
from rondom.exchange.models import Assignment, Delivery
from rondom.exchange.showing import pill_of_state
from rondom.privacy.enums import Sight

PAGE = 50
LISTS = (
    (standing.HINDERED, gettext_lazy("Not sent")),
    (standing.REJECTED, gettext_lazy("Not accepted")),
    (standing.UNANSWERED, gettext_lazy("Return message awaited")),
    (standing.NO_START, gettext_lazy("Start message awaited")),
    (standing.REFUSED, gettext_lazy("Not taken over")),
)
WHO = {
    standing.HINDERED: gettext_lazy("You, or the team: something is missing that the message needs."),
    standing.REJECTED: gettext_lazy(
        "You: the provider's system did not take the order in. Repair it and send it again."
    ),
    standing.UNANSWERED: gettext_lazy("The provider: its system has to answer. Has the day passed? Then call them."),
    standing.NO_START: gettext_lazy(
        "The provider: it reports that help has begun. Has the day passed? Then ask whether help has begun, and "
        "tell the team."
    ),
    standing.REFUSED: gettext_lazy("You: the provider reported something that does not fit the order. Call them."),
}  # fmt: skip

door = staff_door(*actions.CLERKS)
order_door = staff_door(*actions.CLERKS, Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)


# --- who has to act


@door
def orders(request: Any) -> HttpResponse:
    """Show which orders wait in their messages, per list who has to act, with the day and why."""
    at, by = clock.now(), request.principal
    lists = standing.lists_for(by, at=at)
    words = dict(LISTS)
    asked = request.GET.get("lijst", "")
    chosen = asked if asked in words else next((code for code in words if lists[code].exists()), standing.HINDERED)
    page = Paginator(lists[chosen], PAGE).get_page(request.GET.get("blad"))
    lines = [_line(each, at) for each in page]
    about = {("dossier", each["dossier"]) for each in lines if each["dossier"]}
    look(by, "exchange.orders_shown", subjects=sorted(about), at=at)
    chips = [Chip(label, f"?lijst={code}", code == chosen, lists[code].count()) for code, label in LISTS]
    context = {"page": page, "lines": lines, "chips": chips, "who": WHO[chosen], "title": words[chosen]}
    return render(request, "exchange/orders.html", context)


def _line(each: Assignment | Delivery, at: dt.datetime) -> dict[str, Any]:
    """Return one line: the order, where it stands, the day, and why that day."""
    if isinstance(each, Delivery):
        row = each.allocation
        return {
            "title": _title(row) if row else _("An order we do not know"), "url": _url(row, each),
            "text": f"{each.get_kind_display()}: {each.not_taken}", "pill": None, "why": None,
            "what": each.get_kind_display(), "dossier": row.dossier_id if row else None,
        }  # fmt: skip
    found = standing.standing_of(each.allocation)
    due = found.answer or found.start
    said = clock_words(due.day, at) if due else None
    pill = Pill(said.text, said.tone) if said else (pill_of_state(found.message) if found.message else None)
    text = standing.hindrance_words(found.hindrance) or ", ".join(code.says for code in found.codes) or says(found)
    return {
        "title": _title(each.allocation), "url": _url(each.allocation), "text": text, "pill": pill,
        "why": due.why if due else None, "what": each.allocation.what, "dossier": each.allocation.dossier_id,
    }  # fmt: skip


def _title(row: Allocation) -> str:
    return f"{row.dossier.youth.name}: {row.what}" + (f", {row.provider.name}" if row.provider else "")


def _url(row: Allocation | None, each: Delivery | None = None) -> str:
    if row is not None:
        return reverse("allocations:order", args=[row.pk])
    return reverse("exchange:message", args=[each.message_id]) if each else ""


# --- what is rejected


@door
def rejections(request: Any) -> HttpResponse:
    """Count rejected messages by return code and provider; each count opens the messages behind it."""
    at, by = clock.now(), request.principal
    everything = request.GET.get("sinds") == "alles"
    since = None if everything else clock.today(at) - dt.timedelta(days=queries.LATELY)
    counts = queries.rejection_counts(by, at=at, since=since)
    names = dict(queries.parties_of(by))
    kept = {} if everything else {"sinds": since}
    lines = [
        [
            f"{count.code} {count.says}", names.get(count.party, count.party),
            _("did not accept ours") if count.ours else _("sent us something that was not right"),
            Cell(str(count.number), _behind(count, kept)),
        ]
        for count in counts
    ]  # fmt: skip
    columns = [Column(_("Return code")), Column(_("Provider")), Column(_("Who")), Column(_("Messages"), numeric=True)]
    chips = [
        Chip(_("The last 90 days"), "?", not everything), Chip(_("Everything"), "?sinds=alles", everything)
    ]  # fmt: skip
    look(by, "exchange.rejections_shown", subjects=[], at=at)
    context = {"table": Table(_("Rejected messages"), columns, lines), "chips": chips}
    return render(request, "exchange/rejections.html", context)


def _behind(count: queries.RejectionCount, kept: dict[str, Any]) -> str:
    """Return the address of the messages behind a count."""
    way = Direction.OUT if count.ours else Direction.IN
    asked = {"lijst": "afgekeurd", "code": count.code, "aanbieder": count.party, "weg": way, **kept}
    return f"{reverse('exchange:messages')}?{urlencode(asked)}"


# --- what can be done


def _order(request: Any, pk: UUID, at: dt.datetime) -> tuple[Allocation, str]:
    """Return an order within sight, as the back office or as the team sees it, and its page."""
    by = request.principal
    if by.has(*actions.CLERKS) and allocations.orders_for(by, at=at).filter(pk=pk).exists():
        rows, sight, page = allocations.orders_for(by, at=at), Sight.PRODUCT, "allocations:order"
    else:
        rows, sight, page = allocations.allocations_for(by, at=at), Sight.OPEN, "allocations:allocation"
    row = allocations.open_allocation(by, rows, pk, at=at, page="exchange.order_opened", sight=sight)
    return row, reverse(page, args=[row.pk])


@order_door
@require_POST
def send_order(request: Any, allocation: UUID) -> HttpResponse:
    """Send an order that could not go out, or was rejected, after a repair."""
    at, by = clock.now(), request.principal
    row, page = _order(request, allocation, at)

    def act() -> str:
        message = ordering.send_order(by=by, at=at, allocation=row)
        if message is not None:
            return done(request, _("The order goes to the provider."), page)
        left = standing.standing_of(row)
        sentence = standing.hindrance_words(left.hindrance) or _("The provider knows this already: nothing was sent.")
        return done(request, sentence, page)

    return act_once(request, act)


@door
@require_POST
def follow(request: Any, message: UUID) -> HttpResponse:
    """Take a start or stop over again, after something was put right."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="exchange.message_follow_opened")

    def act() -> str:
        left = [
            one.not_taken
            for one in delivering.not_taken(row.deliveries.all()).order_by("place")
            if delivering.take_again(by=by, at=at, delivery=one).not_taken
        ]
        sentence = left[0] if left else _("Taken over: the order follows the message.")
        return done(request, sentence, reverse("exchange:message", args=[row.pk]))

    return act_once(request, act)
