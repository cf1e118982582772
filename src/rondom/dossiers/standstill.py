"""What makes a family stand still: every room registers its reasons; the page for who directs a team only lists them.

A reason has a condition on cases, and a way to tell, of the cases on one page, since when and with whom it rests. It
tells which kind of thing stands still, never which: no title, no goal, no help, no provider. So it can be said of
families that are a row on one's list (`Sight.ROW`, decision record 0610). What is about a dossier outside that sight
counts nowhere.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.parameters import STANDSTILL
from rondom.dossiers.queries import (
    cases_for,
    clocks_in_sight,
    coordinators_of,
    last_contacts,
    nobody_holds,
    rhythms_in,
    without_contact_since,
)
from rondom.privacy.enums import Sight
from rondom.reference import queries as reference


@dataclass(frozen=True)
class Told:
    """Since when something stands still (None: not known), and the colleague with whom it rests (None: nobody)."""

    since: dt.date | None
    rests_with: StaffMember | None


Condition = Callable[[Principal, dt.datetime, Sight], Q]
Telling = Callable[[Collection[UUID], Principal, dt.datetime, Sight], Mapping[UUID, Told]]


@dataclass(frozen=True)
class Reason:
    """Why a family stands still: its word in the address, its words, its condition on a case, and how it is told.

    `clocks` are the kinds of clocks it speaks of; a late clock of no reason is told as "a date is late".
    """

    code: str
    label: Any
    holds: Condition
    tell: Telling
    clocks: frozenset[str] = frozenset()


reasons: Registry[Reason] = Registry("reasons why a family stands still")


def of_late_clocks(code: str, label: Any, *kinds: str) -> Reason:
    """Return the reason "a date of these kinds is late", told with the oldest one and with whom that rests."""
    wanted = Q(kind__in=kinds)
    return Reason(
        code, label, lambda by, at, sight: _has_late(by, at, sight, wanted),
        lambda cases, by, at, sight: _oldest_late(cases, by, at, sight, wanted), frozenset(kinds),
    )  # fmt: skip


def _late(by: Principal, at: dt.datetime, sight: Sight) -> QuerySet[Clock]:
    return clocks_in_sight(by, at=at, sight=sight).filter(state=ClockState.RUNNING, due_at__lte=at)


def _has_late(by: Principal, at: dt.datetime, sight: Sight, wanted: Q) -> Q:
    return Q(Exists(_late(by, at, sight).filter(wanted, case=OuterRef("pk")).order_by()))


def _oldest_late(
    cases: Collection[UUID], by: Principal, at: dt.datetime, sight: Sight, wanted: Q
) -> Mapping[UUID, Told]:
    found: dict[UUID, Told] = {}
    for row in _late(by, at, sight).filter(wanted, case__in=list(cases)):
        found.setdefault(row.case_id, Told(row.due_on, row.rests_with))
    return found


def _of_no_other_reason() -> Q:
    return ~Q(kind__in=sorted({kind for _name, reason in reasons for kind in reason.clocks}))


def set_days(municipality: str, day: dt.date) -> int | None:
    """Return after how many days without contact a family stands still here, None when nothing was chosen (N54)."""
    found = reference.parameter_set(day, reference.scopes_of(municipality, on=day))
    return int(found[STANDSTILL].value) if STANDSTILL in found else None


def _no_contact(by: Principal, at: dt.datetime, sight: Sight) -> Q:
    """No contact for longer than the rhythm agreed with the family; without one, than the days chosen here."""
    days = set_days(by.municipality, clock.today(at))
    quiet = Q(pk__in=())
    if days:
        quiet |= Q(contact_rhythm_days=None) & without_contact_since(at - dt.timedelta(days=days))
    for rhythm in rhythms_in(cases_for(by, at=at, sight=sight).filter(closed_on=None)):
        quiet |= Q(contact_rhythm_days=rhythm) & without_contact_since(at - dt.timedelta(days=rhythm + 1))
    return quiet


def _last_contact(cases: Collection[UUID], by: Principal, at: dt.datetime, sight: Sight) -> Mapping[UUID, Told]:
    last, held = last_contacts(cases), coordinators_of(cases, at=at)
    return {pk: Told(clock.today(last[pk]) if pk in last else None, held.get(pk)) for pk in cases}


def _nobody(cases: Collection[UUID], by: Principal, at: dt.datetime, sight: Sight) -> Mapping[UUID, Told]:
    return {pk: Told(None, None) for pk in cases}


reasons.register(
    "coordination",
    Reason(
        "zonder-regie", _("nobody coordinates"),
        lambda by, at, sight: nobody_holds(CaseRoleKind.COORDINATION, at=at), _nobody,
    ),
)  # fmt: skip
reasons.register(
    "safety",
    Reason(
        "zonder-zicht", _("nobody has sight on safety"),
        lambda by, at, sight: nobody_holds(CaseRoleKind.SIGHT_ON_SAFETY, at=at), _nobody,
    ),
)  # fmt: skip
reasons.register("contact", Reason("zonder-contact", _("no contact for too long"), _no_contact, _last_contact))
reasons.register(
    "date",
    Reason(
        "datum", _("a date is late"), lambda by, at, sight: _has_late(by, at, sight, _of_no_other_reason()),
        lambda cases, by, at, sight: _oldest_late(cases, by, at, sight, _of_no_other_reason()),
    ),
)  # fmt: skip


def standing_still(by: Principal, *, at: dt.datetime, sight: Sight = Sight.ROW, code: str = "") -> Q:
    """Return the condition "this case stands still", for any reason or for the one with this code."""
    found = Q(pk__in=())
    for _name, reason in reasons:
        if code in ("", reason.code):
            found |= reason.holds(by, at, sight)
    return found


def told_of(
    cases: Collection[UUID], by: Principal, *, at: dt.datetime, sight: Sight = Sight.ROW
) -> dict[UUID, list[tuple[Reason, Told]]]:
    """Return per case why it stands still, in the order of the reasons; cases that were listed for this viewer."""
    found: dict[UUID, list[tuple[Reason, Told]]] = {pk: [] for pk in cases}
    for _name, reason in reasons:
        if not found:
            break
        holds = Case.objects.filter(reason.holds(by, at, sight), pk__in=list(cases)).values_list("pk", flat=True)
        mine = list(holds)
        told = reason.tell(mine, by, at, sight)
        for pk in mine:
            if pk in told:
                found[pk].append((reason, told[pk]))
    return found
