"""From order to JW301: when one is due, what stands in it, and that it is made once.

One JW301 tells one provider about one youth everything that holds today or later and everything that changed since the
last one (iJw OP087). It is made in the transaction of the act it tells about: an order and its message are both in our
books, or neither. What has been told already is not told again, so a second signal makes no second message. What cannot
be told keeps its hindrance until somebody puts it right and sends it.

Task-based help and a free offer have no JW301 (reference 13.1).
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from rondom.allocations import queries as allocations
from rondom.allocations import signals
from rondom.allocations.enums import AllocationState, ChangeKind, ChangeReason, StopReason
from rondom.allocations.models import Allocation, AllocationChange
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Clock
from rondom.dossiers.queries import roles_in
from rondom.exchange import actions
from rondom.exchange.delivering import is_reported
from rondom.exchange.enums import Direction, Hindrance, State, Trouble
from rondom.exchange.judging import code_of
from rondom.exchange.mapping import (
    DELETED,
    OWN_MISTAKE,
    WHY_CHANGED,
    WHY_WE_STOPPED,
    CannotSay,
    Said,
    client_of,
    said_of,
    was_never_given,
)
from rondom.exchange.models import Assignment, AssignmentNumbers, AssignmentVersion, Message
from rondom.messages.checking import TECHNICAL_LEVEL, judge
from rondom.messages.current import XSD_VERSION, CDT_BerichtIdentificatie, CDT_XsdVersie, jw301
from rondom.messages.judging import Case
from rondom.messages.providing import IDENTIFICATION
from rondom.messages.writing import NotWritten, written
from rondom.providers.enums import Funding
from rondom.providers.queries import agb_on

FIRST_NUMBER = 500_000_001  # above what the system before this one gave out
NOT_SENT = (State.REJECTED, State.ASIDE)
NOT_TOLD, BY_HAND = "exchange.not_told", "exchange.by_hand"
"""Kinds of clocks: complete what an order needs, and agree how a provider hears of one that never goes by itself."""


# --- which orders are assignments


def is_assigned(row: Allocation) -> bool:
    """Tell whether an order is told by JW301: a product that is not task-based, that went out to a provider."""
    return row.product is not None and row.product.lot.funding != Funding.TASK and row.went_out


def assignment_of(row: Allocation) -> Assignment | None:
    """Return the assignment of an order, None when it has none."""
    return Assignment.objects.filter(allocation=row).first()


def told(row: Assignment) -> AssignmentVersion | None:
    """Return the newest version that counts as sent, None when none does (iJw IV013, OP286)."""
    sent = row.versions.exclude(message__state__in=NOT_SENT)
    return sent.order_by("-decided_at", "-message__at", "-pk").first()


def untold(row: Assignment) -> bool:
    """Tell whether the provider was not told the newest version. What was never sent is not taken back."""
    last = told(row)
    if last is None:
        return row.reason != DELETED
    return last.decided_at < row.decided_at


def _number(municipality: str) -> int:
    """Give the next ToewijzingNummer of a municipality; it stays given when what it is for is destroyed."""
    AssignmentNumbers.objects.get_or_create(municipality=municipality, defaults={"last": FIRST_NUMBER - 1})
    AssignmentNumbers.objects.filter(pk=municipality).update(last=F("last") + 1)
    return AssignmentNumbers.objects.get(pk=municipality).last


def _assigned(at: dt.datetime, allocation: Allocation) -> Assignment:
    """Return the assignment of an order that went out, made when it is not there yet."""
    row = assignment_of(allocation)
    if row is not None:
        return row
    return Assignment.objects.create(
        municipality=allocation.municipality, allocation=allocation, number=_number(allocation.municipality),
        decided_at=at, created_at=at,
    )  # fmt: skip


# --- the message


@dataclass
class _Request:
    """The request that what is ordered now honours, and the orders that were made for it so far."""

    reference: str
    to_all: bool
    orders: list[Allocation] = field(default_factory=list)


_honours: ContextVar[_Request | None] = ContextVar("honours", default=None)


@contextmanager
def honouring(*, by: Principal, at: dt.datetime, reference: str, to_all: bool = False) -> Iterator[None]:
    """Let everything ordered and changed within go out in one JW301 that carries the reference of a request.

    Of a request for an assignment (JW315) only what was ordered carries it; `to_all`: of a request for change (JW317)
    every assignment in the message does (iJw IV093, IV097). To be used within an action.
    """
    request = _Request(reference, to_all)
    token = _honours.set(request)
    try:
        yield
    finally:
        _honours.reset(token)
    _send(by, at, request.orders, reference, to_all)


@action
def send_order(
    *, by: Principal, at: dt.datetime, allocation: Allocation, reference: str = "", to_all: bool = False
) -> Message | None:
    """Make the JW301 that tells the provider of an order, and put it out; None when there is nothing to tell.

    `reference` is the ReferentieAanbieder of the request this order honours. When something the standard asks is not
    known, no message is made and the assignment keeps the hindrance; the order stands.
    """
    record(
        by, "exchange.order_send_asked", allocation, at=at, municipality=allocation.municipality,
        subjects=allocations.subjects_of(allocation),
    )  # fmt: skip
    return _send(by, at, [allocation], reference, to_all)


def _send(
    by: Principal, at: dt.datetime, orders: Iterable[Allocation], reference: str = "", to_all: bool = False
) -> Message | None:
    message = None
    groups: dict[tuple[Any, Any], list[Assignment]] = {}
    for each in orders:
        if is_assigned(each) or assignment_of(each):
            key = (each.dossier_id, each.provider_id)
            groups.setdefault(key, []).append(_assigned(at, each))
    for ours in groups.values():
        for row in ours if reference else ():
            _refer(at, row, reference)
        message = _send_one(by, at, ours[0].allocation, reference, to_all, {row.pk for row in ours})
    return message


def _refer(at: dt.datetime, row: Assignment, reference: str) -> None:
    """Write that an assignment honours a request; one that was told without is told anew."""
    if row.reference != reference:
        row.decided_at = row.decided_at if untold(row) else at
        row.reference = reference
        row.save(update_fields=["decided_at", "reference"])


def _send_one(
    by: Principal, at: dt.datetime, allocation: Allocation, reference: str, to_all: bool, named: set[Any]
) -> Message | None:
    rows = _together(allocation, at)
    if not any(untold(row) for row in rows):
        return None
    refer = {row.pk: reference for row in rows if to_all or row.pk in named} if reference else {}
    try:
        with transaction.atomic():
            message = _put_out(by, at, allocation, rows, refer)
    except CannotSay as cannot:
        _hinder(by, at, rows, cannot)
        return None
    for row in rows:
        _is_done(by, at, row.allocation, NOT_TOLD)
    if message.trouble == Trouble.SECRET and allocation.started_on is None:
        why = Why(_("An order about a secret address or a shielded dossier never goes by itself."), "iJw 3.2 OP003")
        _ask(by, at, allocation, BY_HAND, _("Agree how the provider hears of this order"), why)
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).exclude(hindrance="").update(
        hindrance="", version=F("version") + 1, changed_at=at
    )
    return message


def _hinder(by: Principal, at: dt.datetime, rows: list[Assignment], cannot: CannotSay) -> None:
    """Keep why an order cannot be told, and let who coordinates know: the help waits for it."""
    hindrance = cannot.hindrance
    for row in rows:
        if untold(row):
            why = Why(str(hindrance.label), "iJw 3.2 OP086", norm=True)
            _ask(by, at, row.allocation, NOT_TOLD, _("Complete what the order still needs"), why)
            row.hindrance = hindrance
            row.save(update_fields=["hindrance"])
            record(
                by, "exchange.order_not_told", row, at=at, municipality=row.municipality, fields=["hindrance"],
                rules=cannot.rules, subjects=[subject(row), ("dossier", row.allocation.dossier_id)],
            )  # fmt: skip


def _ask(by: Principal, at: dt.datetime, row: Allocation, kind: str, title: str, why: Why) -> None:
    """Ask who coordinates the family to do something about an order today; once."""
    if row.case is None or _asked(row, kind).exists():
        return
    holder = next((one.staff for one in roles_in(row.case, at=at) if one.kind == CaseRoleKind.COORDINATION), None)
    dossiers.start_clock(
        by=by, at=at, case=row.case, kind=kind, title=title, due=clock.today(at), why=why, rests_with=holder, about=row
    )


def _asked(row: Allocation, kind: str) -> QuerySet[Clock]:
    return Clock.objects.filter(kind=kind, subject=row.pk, state__in=ClockState.open_states())


def _is_done(by: Principal, at: dt.datetime, row: Allocation, *kinds: str) -> None:
    for kind in kinds:
        for asked in _asked(row, kind):
            dossiers.meet_clock(by=by, at=at, row=asked)


def _put_out(
    by: Principal, at: dt.datetime, allocation: Allocation, rows: list[Assignment], refer: dict[Any, str]
) -> Message:
    said = [(row, _says(row, refer.get(row.pk, ""))) for row in rows]
    content = _message(allocation, [each for _row, each in said], at=at, identification=_identification(allocation))
    message = actions.put_out(by=by, at=at, municipality=allocation.municipality, kept=actions.keep([_whole(content)]))
    AssignmentVersion.objects.bulk_create([
        AssignmentVersion(
            assignment=row, message=message, decided_at=each.decided_at, reference=each.reference,
            category=each.category, code=each.code, first_day=each.first_day, last_day=each.last_day,
            reason=each.reason, volume=each.volume, unit=each.unit, frequency=each.frequency, budget=each.budget,
        )
        for row, each in said
    ])  # fmt: skip
    return message


def _whole(content: Any) -> bytes:
    """Return a JW301 as it is sent. Raises CannotSay with the rules of levels 1 and 2 that it breaks."""
    try:
        text = written(jw301.MESSAGE, content)
    except NotWritten:
        raise CannotSay(Hindrance.RULES) from None
    broken = judge(Case(jw301.MESSAGE, content), levels=(TECHNICAL_LEVEL,))
    if broken:
        raise CannotSay(Hindrance.RULES, tuple(dict.fromkeys(breach.rule for breach in broken)))
    return text


def _identification(allocation: Allocation) -> str:
    """Return an identification that was not used before (TR056)."""
    while True:
        made = uuid.uuid4().hex[:IDENTIFICATION].upper()
        used = Message.objects.filter(
            municipality=allocation.municipality, direction=Direction.OUT, identification=made
        )
        if not used.exists():
            return made


def _together(allocation: Allocation, at: dt.datetime) -> list[Assignment]:
    """Return what belongs in one JW301: all that holds today or later, and all that was not told (iJw OP087)."""
    day = clock.today(at)
    rows = Assignment.objects.filter(
        allocation__dossier=allocation.dossier_id, allocation__provider=allocation.provider_id
    ).select_related("allocation__product__lot", "allocation__dossier__youth", "allocation__provider")
    return [row for row in rows.order_by("number") if untold(row) or _holds(row, day)]


def _holds(row: Assignment, day: dt.date) -> bool:
    last = row.cut_to or row.allocation.last_day
    return row.reason != DELETED and (last is None or last >= day)


def _says(row: Assignment, reference: str = "") -> Said:
    """Return how an assignment reads in the next JW301: a reason only when it changed since it was told (IV099)."""
    last = told(row)
    changed = last is not None and last.decided_at < row.decided_at
    return said_of(
        row.allocation, row.number, row.decided_at, cut_to=row.cut_to, reason=row.reason if changed else "",
        reference=reference,
    )  # fmt: skip


def content_of(
    allocation: Allocation, *, at: dt.datetime, identification: str = "A1", reference: str = "", to_all: bool = False
) -> Any:
    """Return the JW301 that would be sent about an order now, as declared; nothing is written.

    Raises CannotSay for what is not known here, ValueError when the order is no assignment.
    """
    rows = _together(allocation, at)
    if not rows:
        raise ValueError("this order is no assignment")
    said = [_says(row, reference if to_all or row.allocation_id == allocation.pk else "") for row in rows]
    return _message(allocation, said, at=at, identification=identification)


def said_in(version: AssignmentVersion) -> Said:
    """Return what a JW301 said of an assignment."""
    return Said(
        version.assignment.number, version.decided_at, version.category, version.code, version.first_day,
        version.last_day, version.reason, version.reference, version.volume, version.unit, version.frequency,
        version.budget,
    )  # fmt: skip


def _message(allocation: Allocation, said: list[Said], *, at: dt.datetime, identification: str) -> Any:
    day = clock.today(at)
    agb = agb_on(allocation.provider, day) if allocation.provider else ""
    if not agb:
        raise CannotSay(Hindrance.NO_AGB)
    versions = CDT_XsdVersie(BasisschemaXsdVersie=XSD_VERSION, BerichtXsdVersie=XSD_VERSION)
    header: Any = jw301.Bericht.elements[0].type
    return jw301.Bericht(
        Header=header(
            BerichtCode=jw301.MESSAGE.code, BerichtVersie=3, BerichtSubversie=2,
            Afzender=code_of(allocation.municipality), Ontvanger=agb,
            BerichtIdentificatie=CDT_BerichtIdentificatie(Identificatie=identification, Dagtekening=day),
            XsdVersie=versions,
        ),
        Client=client_of(allocation.dossier.youth, said, at=at),
    )  # fmt: skip


# --- when one is due


def _tell(by: Principal, at: dt.datetime, *orders: Allocation) -> None:
    """Send what changed, or leave it to the request that is being honoured."""
    request = _honours.get()
    if request is None:
        _send(by, at, orders)
    else:
        request.orders.extend(orders)


def ordered(*, allocation: Allocation, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Tell of an order that goes out. What it follows is told with it, so that waits until that has ended."""
    if not is_assigned(allocation):
        return
    if allocation.follows_id and not AllocationChange.objects.filter(follower=allocation).exists():
        return
    _assigned(at, allocation)
    _tell(by, at, allocation)


def changed(*, allocation: Allocation, change: AllocationChange, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Tell of an order that changed: under its own number, with why."""
    follower = change.follower
    if assignment_of(allocation) is not None:
        withdrawn = change.kind == ChangeKind.WITHDRAWN
        reason = WHY_CHANGED[ChangeReason(change.reason)]
        if withdrawn or reason == DELETED:
            reason = DELETED if withdrawn else OWN_MISTAKE
        _anew(by, at, allocation, reason, allocation.starts if withdrawn else None)
    elif follower is None:
        return
    if change.kind == ChangeKind.WITHDRAWN and _goes_on_as_before(allocation):
        return
    _tell(by, at, allocation, *(filter(None, [follower])))


def _goes_on_as_before(withdrawn: Allocation) -> bool:
    """Tell whether what this order took the place of gets its last day back now: both are told together then."""
    ended = AllocationChange.objects.filter(follower=withdrawn).select_related("allocation").first()
    if ended is None:
        return False
    row = ended.allocation
    return row.state in AllocationState.running_states() and row.ends == ended.ends_after


def stopped(*, allocation: Allocation, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Tell of help that we stopped or that never began; what the provider reports itself is told by its own stop."""
    row = assignment_of(allocation)
    if row is None or is_reported():
        return
    if was_never_given(allocation):
        _anew(by, at, allocation, DELETED, allocation.starts)
    elif allocation.stop_reason in WHY_WE_STOPPED:
        last = allocation.stopped_on
        if last is None or (allocation.last_day is not None and allocation.last_day <= last):
            return
        _anew(by, at, allocation, WHY_WE_STOPPED[StopReason(allocation.stop_reason)], last)
    else:
        return
    _tell(by, at, allocation)


def started(*, allocation: Allocation, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Help began: the provider has heard of the order, by whatever way."""
    _is_done(by, at, allocation, BY_HAND)


def _anew(by: Principal, at: dt.datetime, allocation: Allocation, reason: str, cut_to: dt.date | None) -> None:
    """Write the newest version of an assignment: decided now, for a reason."""
    Assignment.objects.filter(allocation=allocation).update(
        decided_at=at, reason=reason, cut_to=cut_to, hindrance="", version=F("version") + 1, changed_at=at
    )
    if reason == DELETED:
        _is_done(by, at, allocation, NOT_TOLD, BY_HAND)


def listen() -> None:
    """Hear of orders."""
    signals.allocation_ordered.connect(ordered, dispatch_uid="exchange.ordered")
    signals.allocation_changed.connect(changed, dispatch_uid="exchange.changed")
    signals.allocation_started.connect(started, dispatch_uid="exchange.started")
    signals.allocation_stopped.connect(stopped, dispatch_uid="exchange.stopped")
