"""What a provider reports of help: a start or stop in an accepted JW305 or JW307 becomes the course of the order.

Deletions go before deliveries within a message (reference 12.6). What was deleted counts as never sent; the order then
goes as the deliveries that are left say. An order that cannot follow (its period is another, it was withdrawn, a
decision about the end is missing) stays as it is, and keeps in words why: a clerk sees it and calls or puts it right.

Help with a number is found by its number; task-based help, which has none, by product and provider (iJw IV096).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _

from rondom.allocations import actions as allocations
from rondom.allocations.correcting import Course, course_of, put_right
from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation, AllocationChange
from rondom.core.actions import action
from rondom.core.errors import RondomError
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.exchange.enums import Delivered, State
from rondom.exchange.judging import Judged
from rondom.exchange.mapping import WHY_THEY_STOPPED
from rondom.exchange.models import Assignment, Delivery, Message
from rondom.exchange.signals import message_taken_in
from rondom.providers.enums import Funding
from rondom.providers.queries import provider_by_agb

KINDS = {"JW305": Delivered.START, "JW307": Delivered.STOP}
DELETE = "3"  # COD467
LONGEST = 300

_reported: ContextVar[bool] = ContextVar("reported", default=False)


@contextmanager
def reported_by_provider() -> Iterator[None]:
    """Say that what happens within was reported by the provider itself, who need not be told of it."""
    token = _reported.set(True)
    try:
        yield
    finally:
        _reported.reset(token)


def is_reported() -> bool:
    """Tell whether what happens now was reported by the provider itself."""
    return _reported.get()


def taken_in(*, message: Message, judgement: Judged, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Hear of a message that came in: an accepted start or stop is taken over."""
    reports = message.name in KINDS and message.state == State.ACCEPTED and judgement.content is not None
    if reports and not message.deliveries.exists():
        take(by=by, at=at, message=message, content=judgement.content)


@action
def take(*, by: Principal, at: dt.datetime, message: Message, content: Any) -> list[Delivery]:
    """Write down what a message reports and let the orders follow; the deletions first."""
    rows = [_delivery(message, place, one) for place, one in enumerate(_reports(message, content), 1)]
    for row in sorted(rows, key=lambda row: (not row.deletes, row.place)):
        _follow(by, at, row)
        row.save()
    record(
        by, "exchange.delivery_taken_in", message, at=at, municipality=message.municipality,
        subjects=[subject(message), *{("dossier", row.allocation.dossier_id) for row in rows if row.allocation}],
    )  # fmt: skip
    return rows


@action
def take_again(*, by: Principal, at: dt.datetime, delivery: Delivery) -> Delivery:
    """Let the order follow once more, after something was put right; what stays in the way stays in words."""
    _follow(by, at, delivery)
    delivery.save()
    message, order = delivery.message, delivery.allocation
    record(
        by, "exchange.delivery_taken_again", message, at=at, municipality=message.municipality,
        subjects=[subject(message), *([("dossier", order.dossier_id)] if order else [])],
    )  # fmt: skip
    return delivery


def _reports(message: Message, content: Any) -> Any:
    client = content.Client
    if KINDS[message.name] == Delivered.START:
        return client.StartProducten.StartProduct
    return client.StopProducten.StopProduct


def _delivery(message: Message, place: int, one: Any) -> Delivery:
    stop = KINDS[message.name] == Delivered.STOP
    return Delivery(
        message=message, place=place, kind=KINDS[message.name], number=one.ToewijzingNummer,
        category=one.Product.Categorie if one.Product else "", code=(one.Product.Code or "") if one.Product else "",
        assigned_from=one.ToewijzingIngangsdatum, began_on=one.Begindatum, ended_on=one.Einddatum if stop else None,
        reason=one.RedenBeeindiging if stop else "", deletes=one.StatusAanlevering == DELETE,
    )  # fmt: skip


# --- which order


def _order_of(row: Delivery) -> tuple[Allocation | None, str]:
    """Return the order a delivery is about, or why there is none."""
    dossiers = row.message.dossiers.values("pk")
    if row.number is not None:
        found = Assignment.objects.filter(
            municipality=row.message.municipality, number=row.number, allocation__dossier__in=dossiers
        ).select_related("allocation__product__lot", "allocation__dossier__youth", "allocation__provider")
        assignment = found.first()
        if assignment is None:
            return None, _("We know no order with this number for this young person. Call the provider.")
        return assignment.allocation, ""
    provider = provider_by_agb(row.message.sender, row.message.municipality, row.began_on)
    orders = Allocation.objects.filter(
        dossier__in=dossiers, provider=provider, product__lot__funding=Funding.TASK, product__category=row.category,
        starts__lte=row.began_on,
    ).exclude(state__in=(AllocationState.WITHDRAWN, AllocationState.SENT_BACK))  # fmt: skip
    if row.code:
        orders = orders.filter(product__code=row.code)
    fitting = [order for order in orders.order_by("-starts", "-pk") if order.ends is None or row.began_on < order.ends]
    if not fitting:
        return None, _("We have no order for this task-based help. Does the young person get it? Then order it.")
    return fitting[0], ""


# --- what it changes


def _follow(by: Principal, at: dt.datetime, row: Delivery) -> None:
    """Let the order follow a delivery, or keep why it does not."""
    row.allocation, row.not_taken = _order_of(row)
    if row.allocation is None:
        row.not_taken = row.not_taken[:LONGEST]
        return
    try:
        with reported_by_provider():
            row.not_taken = _carry_out(by, at, row, row.allocation)[:LONGEST]
    except RondomError as refusal:
        row.not_taken = str(refusal.sentence)[:LONGEST]
    row.allocation.refresh_from_db()


def _carry_out(by: Principal, at: dt.datetime, row: Delivery, order: Allocation) -> str:
    if order.state in (AllocationState.WITHDRAWN, AllocationState.SENT_BACK, AllocationState.WAITING):
        return _("This order was withdrawn or did not go out. Call the provider.")
    if row.deletes:
        return _take_back(by, at, row, order)
    return (_start if row.kind == Delivered.START else _stop)(by, at, row, order)


def _start(by: Principal, at: dt.datetime, row: Delivery, order: Allocation) -> str:
    day, now = row.began_on, course_of(order)
    if order.state == AllocationState.ORDERED:
        allocations.start(by=by, at=at, allocation=order, started_on=day, right_address=True, help_needed=True)
    elif order.state == AllocationState.PAUSED:
        allocations.resume(by=by, at=at, allocation=order, resumed_on=day)
    elif order.state == AllocationState.STOPPED and order.started_on is None:
        return _("We wrote that this help never began. Call the provider.")
    elif order.state == AllocationState.STOPPED:
        put_right(by=by, at=at, allocation=order, course=Course(now.started_on, day))  # iJw OP379
    elif day not in (now.started_on, now.resumed_on):
        right = Course(now.started_on, day) if now.resumed_on else Course(day)  # who gives the help knows the day
        put_right(by=by, at=at, allocation=order, course=right)
    return ""


def _stop(by: Principal, at: dt.datetime, row: Delivery, order: Allocation) -> str:
    last, reason = row.ended_on, WHY_THEY_STOPPED[row.reason]
    if last is None or order.state == AllocationState.ORDERED:
        return _("We know no start of this help. Ask the provider for the start message.")
    if order.state == AllocationState.STOPPED:
        if (order.stopped_on, order.stop_reason) == (last, reason):
            return ""
        words = {"day": date_words(order.stopped_on) if order.stopped_on else "", "other": date_words(last)}
        return _("We wrote that it stopped on %(day)s, the provider says %(other)s. Call the provider.") % words
    allocations.stop(
        by=by, at=at, allocation=order, stopped_on=last, reason=reason, end_decision=_decision_about_end(order)
    )
    return ""


def _decision_about_end(order: Allocation) -> str:
    """Return the number of the decision by which we made this help end, "" when there is none."""
    ended = AllocationChange.objects.filter(allocation=order).exclude(decision_reference="").order_by("-made_at")
    return ended.values_list("decision_reference", flat=True).first() or ""


def _take_back(by: Principal, at: dt.datetime, row: Delivery, order: Allocation) -> str:
    """Delete what was delivered with the same key (iJw 6.0); the order goes as what is left says."""
    earlier = _with_same_key(row)
    if earlier is None:
        return _("The provider takes back what we never got. Call the provider.")
    earlier.taken_back_by = row.message
    earlier.save(update_fields=["taken_back_by"])
    right = course_from(order, without=row.kind)
    if right != course_of(order):
        put_right(by=by, at=at, allocation=order, course=right)
    return ""


def _with_same_key(row: Delivery) -> Delivery | None:
    found = Delivery.objects.filter(
        message__sender=row.message.sender, message__dossiers__in=row.message.dossiers.values("pk"), kind=row.kind,
        number=row.number, category=row.category, code=row.code, began_on=row.began_on, ended_on=row.ended_on,
        reason=row.reason, deletes=False, taken_back_by=None,
    )  # fmt: skip
    return found.order_by("-message__at", "-pk").first()


def standing(order: Allocation) -> list[Delivery]:
    """Return what was delivered of an order and not taken back, in the order in which it came."""
    rows = Delivery.objects.filter(allocation=order, deletes=False, taken_back_by=None).select_related("message")
    return list(rows.order_by("message__at", "place"))


def course_from(order: Allocation, *, without: str) -> Course:
    """Return how help went by what was delivered of it and not taken back, now that a start or stop was.

    A start that somebody here wrote by hand stays when only a stop was taken back.
    """
    rows = standing(order)
    told = without == Delivered.START or any(row.kind == Delivered.START for row in rows)
    course = Course() if told else Course(order.started_on)
    for row in rows:
        if row.kind == Delivered.STOP:
            reason = WHY_THEY_STOPPED[row.reason]
            course = Course(course.started_on or row.began_on, course.resumed_on, row.ended_on, reason)
        elif course.started_on is None:
            course = Course(row.began_on)
        else:
            course = Course(course.started_on, row.began_on)
    return course


def not_taken(rows: Any) -> Any:
    """Narrow deliveries to those an order did not follow, and that were not taken back."""
    return rows.exclude(not_taken="").filter(taken_back_by=None)


def listen() -> None:
    """Hear of messages."""
    message_taken_in.connect(taken_in, dispatch_uid="exchange.delivered")
