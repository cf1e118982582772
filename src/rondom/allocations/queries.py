"""Allocations within sight: of dossiers one may open (team), or as product, volume, period and ground (back office)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.accounts.queries import principal_of_staff
from rondom.allocations.enums import AllocationState, Deviation, HandoverState
from rondom.allocations.models import Allocation, AllocationChange, HandoverGoal, WarmHandover
from rondom.allocations.parameters import ENDING_SOON
from rondom.allocations.waits import FirstTalk
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import on, overlaps
from rondom.core.principals import Principal
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, CaseRole, Dossier, Meeting
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import cases_for, clocks_in_sight, dossiers_for, is_barred, meetings_for
from rondom.dossiers.sight import dossier_closed, dossier_seen
from rondom.entry import queries as entry
from rondom.entry.actions import FIRST_CONTACT
from rondom.plans.queries import goals_for
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.enums import Funding
from rondom.providers.models import Contract, Product
from rondom.providers.queries import products_on
from rondom.reference import queries as reference

HELP_DAYS, AFTER_DECISION_DAYS = "waiting_norm_help_days", "start_after_decision_days"


def _with_names(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    return rows.select_related(
        "dossier__youth", "provider", "product__lot__contract", "ordered_by", "let_through_by", "start_clock", "goal",
        "wait_clock__rests_with",
    )  # fmt: skip


def allocations_for(by: Principal, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return the allocations of the dossiers somebody may open, within cases that may be opened; newest first."""
    opens = Q(case__isnull=True) | Q(case__in=cases_for(by, at=at).values("pk"))
    rows = Allocation.objects.filter(opens, dossier__in=dossiers_for(by, at=at).values("pk"))
    return _with_names(rows).order_by("-ordered_on", "-created_at")


def orders_for(by: Principal, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return what the back office sees: what its municipality pays, of dossiers it has product sight of.

    A shielded dossier is seen by named people only, so never by a whole organisation: of one, the order that one
    colleague was named to look at.
    """
    seen = dossiers_for(by, at=at, sight=Sight.PRODUCT).values("pk")
    mine = Q(dossier__shielded=False) | Q(shown_to=by.key, state=AllocationState.WAITING)
    rows = Allocation.objects.filter(mine, dossier__in=seen, product__isnull=False)
    return _with_names(rows).order_by("ordered_on", "created_at", "pk")


def in_state(rows: QuerySet[Allocation], states: Iterable[str]) -> QuerySet[Allocation]:
    """Narrow to some states."""
    return rows.filter(state__in=list(states))


def with_deviation(rows: QuerySet[Allocation], code: str) -> QuerySet[Allocation]:
    """Narrow to orders in which something is unusual in one way (codes with spaces between)."""
    only, first, middle, last = (
        Q(deviations=code), Q(deviations__startswith=f"{code} "), Q(deviations__contains=f" {code} "),
        Q(deviations__endswith=f" {code}"),
    )  # fmt: skip
    return rows.filter(only | first | middle | last)


def deviation_counts(rows: QuerySet[Allocation]) -> dict[str, int]:
    """Return how many of these orders are unusual in which way, of the ways that occur, in their fixed order."""
    found: Counter[str] = Counter()
    for codes, count in rows.order_by().exclude(deviations="").values_list("deviations").annotate(n=Count("pk")):
        for code in codes.split():
            found[code] += count
    return {code: found[code] for code in Deviation.values if code in found}


def open_allocation(
    by: Principal, rows: QuerySet[Allocation], pk: UUID, *, at: dt.datetime, page: str, sight: Sight = Sight.OPEN
) -> Allocation:
    """Return an allocation out of rows within sight and record the look. Raises NotFound; a refusal is recorded."""
    row = rows.filter(pk=pk).first()
    if row is None:
        hidden = Allocation.objects.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of(hidden), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=sight)
    look(by, page, row, subjects=subjects_of(row), ground=ground, at=at)
    return row


def subjects_of(row: Allocation) -> list[Subject]:
    """Return what an act or look at an allocation concerns: itself, the dossier, the case."""
    case: list[Subject] = [("case", row.case_id)] if row.case_id else []
    return [subject(row), ("dossier", row.dossier_id), *case]


def running_in(case: Case) -> QuerySet[Allocation]:
    """Return every allocation of a case that is ordered or runs, for the closing check."""
    return Allocation.objects.filter(case=case, state__in=AllocationState.open_states())


def alike(
    dossier: Dossier, product: Product, starts: dt.date, ends: dt.date | None, *, beside: Iterable[Allocation] = ()
) -> QuerySet[Allocation]:
    """Return open allocations of the same category for a youth that share a day with a period (stacking).

    `beside`: allocations that may run beside it, because it bridges them or takes their place.
    """
    rows = Allocation.objects.filter(overlaps(starts, ends), dossier=dossier, product__category=product.category)
    rows = rows.exclude(pk__in=[row.pk for row in beside])
    return rows.filter(state__in=AllocationState.open_states())


def within_each_other(
    dossier: Dossier, product: Product, starts: dt.date, ends: dt.date | None, *, beside: Iterable[Allocation] = ()
) -> QuerySet[Allocation]:
    """Return orders at the same provider that share a day and of which one, left open, holds the other.

    A budget holds everything, a kind of help everything of its category (iJw TR302, with its comparison of products).
    `beside`: what ends before it.
    """
    rows = Allocation.objects.filter(
        overlaps(starts, ends), dossier=dossier, provider=product.lot.contract.provider, product__isnull=False,
        state__in=AllocationState.open_states(),
    ).exclude(product__lot__funding=Funding.TASK)  # fmt: skip
    rows = rows.exclude(pk__in=[row.pk for row in beside])
    if product.lot.funding == Funding.TASK:  # never told by message, so it stands in no order's way
        return rows.none()
    budgets = Q(product__category="")
    if not product.category:
        return rows
    same = Q(product__category=product.category)
    return rows.filter(budgets | (same & Q(product__code="") if product.is_specific else same))


def can_be_ordered(product: Product, day: dt.date) -> bool:
    """Tell whether a contract and, unless it is task-based, a rate hold on a day."""
    return products_on(product.municipality, day, code=product.code).filter(pk=product.pk).exists()


def products_by_contract(municipality: str, day: dt.date) -> tuple[list[Product], list[Product]]:
    """Return the products that can be ordered on a day, and those whose contract or rate does not hold then."""
    holds = list(products_on(municipality, day))
    others = Product.objects.filter(municipality=municipality).exclude(pk__in=[p.pk for p in holds])
    return holds, list(others.select_related("lot__contract__provider").order_by("code", "pk"))


def product_of(municipality: str, pk: UUID) -> Product:
    """Return a product of a municipality; raises NotFound."""
    row = Product.objects.filter(municipality=municipality, pk=pk).select_related("lot__contract__provider").first()
    if row is None:
        raise NotFound("")
    return row


def units_on(day: dt.date) -> dict[str, str]:
    """Return the words of the codes of units on a day, as they stand in a sentence; empty without that list."""
    try:
        listed = reference.choices("unit", on=day)
    except BadInput:
        return {}
    return {code: label[:1].lower() + label[1:] for code, label in listed}


MANY = {"minuut": "minuten", "etmaal": "etmalen", "dagdeel (4 uur)": "dagdelen (4 uur)"}  # the others are as for one


def unit_word(volume: int, code: str, units: dict[str, str]) -> str:
    """Return the word of a unit beside a number ("1 minuut", "60 minuten"); the code where the list has no word."""
    word = units.get(code, code)
    return word if volume == 1 else MANY.get(word, word)


def changes_of(row: Allocation) -> list[AllocationChange]:
    """Return the changes of an order that took effect, oldest first; the order itself was opened for the viewer."""
    rows = AllocationChange.objects.filter(allocation=row).select_related("made_by", "follower")
    return [each for each in rows.order_by("made_at", "pk") if each.took_effect]


def changes_in(case: Case, by: Principal, *, at: dt.datetime) -> QuerySet[AllocationChange]:
    """Return the changes of the orders of a case within sight, newest first; some may not have taken effect."""
    seen = allocations_for(by, at=at).filter(case=case).order_by().values("pk")
    rows = AllocationChange.objects.filter(allocation__in=seen)
    return rows.select_related("allocation__product", "allocation__dossier__youth", "follower").order_by(
        "-made_at", "-pk"
    )


def not_begun(by: Principal, *, at: dt.datetime, sight: Sight) -> QuerySet[Allocation]:
    """Return the orders that went out and whose first day has passed without a start, to count; the oldest first."""
    rows = Allocation.objects.filter(
        dossier_seen("dossier", by, at=at, sight=sight, few=True), state=AllocationState.ORDERED, follows=None,
        starts__lt=clock.today(at),
    )  # fmt: skip
    return rows.order_by("starts", "pk")


def kin_of(by: Principal, row: Allocation, *, at: dt.datetime) -> list[tuple[str, Allocation]]:
    """Return the orders an order hangs together with, as far as they are in sight: (how, order)."""
    near = Q(pk__in=[pk for pk in (row.follows_id, row.bridges_id) if pk]) | Q(follows=row) | Q(bridges=row)
    found = []
    for other in allocations_for(by, at=at).filter(near):
        if other.pk == row.follows_id:
            found.append(("follows", other))
        elif other.pk == row.bridges_id:
            found.append(("bridges", other))
        else:
            found.append(("followed_by" if other.follows_id == row.pk else "bridged_by", other))
    return found


def handover_of(row: Allocation) -> WarmHandover | None:
    """Return the warm handover of an order that was opened for the viewer; None when nobody is handed over."""
    rows = WarmHandover.objects.filter(allocation=row).select_related("meeting", "case__team", "handover_clock")
    return rows.first()


def meeting_in_sight(row: WarmHandover, by: Principal, *, at: dt.datetime) -> Meeting | None:
    """Return the talk of a handover with who is at the table, when the viewer may see that meeting."""
    return meetings_for(by, at=at).filter(pk=row.meeting_id).first() if row.meeting_id else None


def handed_goals(row: WarmHandover, by: Principal, *, at: dt.datetime) -> list[HandoverGoal]:
    """Return the goals that were handed over, in the words they had, as far as the viewer may read those goals."""
    seen = goals_for(by, at=at).values("pk")
    return list(HandoverGoal.objects.filter(handover=row, goal__in=seen).order_by("pk"))


def handovers_for(by: Principal, *, at: dt.datetime) -> QuerySet[WarmHandover]:
    """Return the warm handovers of the orders somebody may open, the oldest first."""
    seen = allocations_for(by, at=at).order_by().values("pk")
    rows = WarmHandover.objects.filter(allocation__in=seen)
    return rows.select_related("allocation__dossier__youth", "allocation__product", "meeting").order_by(
        "created_at", "pk"
    )


def handed_over_late(by: Principal, *, at: dt.datetime) -> QuerySet[WarmHandover]:
    """Return the open handovers of help that has begun already, of the families somebody coordinates (D6, N6)."""
    mine = CaseRole.objects.filter(on(clock.today(at)), staff=by.key, kind=CaseRoleKind.COORDINATION)
    rows = handovers_for(by, at=at).filter(case__in=mine.values("case"), state__in=HandoverState.open_states())
    return rows.filter(allocation__state=AllocationState.STARTED)


def ending_weeks(municipality: str, day: dt.date) -> reference.DatedValue:
    """Return how many weeks before its last day help ends soon here."""
    return reference.value(ENDING_SOON, on=day, scopes=reference.scopes_of(municipality, on=day))


def ending(rows: QuerySet[Allocation], day: dt.date, weeks: int) -> QuerySet[Allocation]:
    """Narrow to orders of which the last day has passed or comes within some weeks, the first one on top.

    Left out is what goes on by another order already, as long as its own last day has not passed.
    """
    goes_on: Any = Allocation.objects.filter(follows=OuterRef("pk"), state__in=AllocationState.open_states())
    soon = rows.filter(
        state__in=AllocationState.running_states(), ends__isnull=False, ends__lte=day + dt.timedelta(days=7 * weeks + 1)
    )
    return soon.exclude(Q(ends__gt=day) & Exists(goes_on)).order_by("ends", "pk")


def contract_ends_first(rows: QuerySet[Allocation], day: dt.date) -> QuerySet[Allocation]:
    """Narrow to orders whose contract ends before they do and has not been followed by a new one of that provider."""
    later: Any = Contract.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=OuterRef("product__lot__contract__ends")),
        provider=OuterRef("provider"), starts__lte=OuterRef("product__lot__contract__ends"),
    )  # fmt: skip
    found = rows.filter(
        Q(ends__isnull=True) | Q(ends__gt=F("product__lot__contract__ends")),
        product__lot__contract__ends__isnull=False, state__in=AllocationState.running_states(),
    ).exclude(ends__lte=day)  # fmt: skip
    return found.exclude(Exists(later)).order_by("product__lot__contract__ends", "pk")


def of_coordinator(rows: QuerySet[Allocation], staff: UUID, day: dt.date) -> QuerySet[Allocation]:
    """Narrow to orders of the families somebody coordinates."""
    mine = CaseRole.objects.filter(on(day), staff=staff, kind=CaseRoleKind.COORDINATION)
    return rows.filter(case__in=mine.values("case"))


def waiting_now(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Narrow to orders for which somebody waits: not started, or waiting for the back office; the oldest on top."""
    waits = (AllocationState.WAITING, AllocationState.ORDERED)
    return rows.filter(state__in=waits, follows__isnull=True).order_by("ordered_on", "created_at", "pk")


def closed_to_me(by: Principal, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return orders of families that are a row on one's list and not open: only that there is one may be shown."""
    listed = cases_for(by, at=at, sight=Sight.ROW).values("pk")
    opens = cases_for(by, at=at).values("pk")
    rows = Allocation.objects.filter(case__in=listed, dossier__shielded=False).exclude(case__in=opens)
    return rows.exclude(dossier_closed("dossier", by, at=at)).order_by("ends", "pk")


def bridging(rows: Iterable[Allocation]) -> list[Allocation]:
    """Return the orders that bridge these, out of the same dossiers and cases."""
    return list(Allocation.objects.filter(bridges__in=[row.pk for row in rows]).order_by("started_on", "pk"))


def first_talks(case: Case, by: Principal, *, at: dt.datetime) -> FirstTalk:
    """Return when a family came to us and when we first talked with them, as far as the viewer may know.

    The first talk: the day on which the date for it was met, or the first meeting that was held; the earliest counts.
    """
    worries = list(entry.beginnings(case, by, at=at))
    first = min(worries, key=lambda row: row.received_at, default=None)
    came = clock.today(first.received_at) if first else case.opened_on
    met = clocks_in_sight(by, at=at).filter(case=case, kind=FIRST_CONTACT, state=ClockState.MET)
    held = meetings_for(by, at=at).filter(case=case, held_at__isnull=False)
    moments = [*met.values_list("ended_at", flat=True), *held.values_list("held_at", flat=True)]
    talked = [clock.today(moment) for moment in moments if moment and clock.today(moment) >= came]
    return FirstTalk(
        came, min(talked, default=None), urgent=any(row.danger_now for row in worries), from_worry=first is not None
    )


def payers(municipality: str) -> QuerySet[Organisation]:
    """Return the organisations that pay the help of a municipality: its back office."""
    return Organisation.objects.filter(municipality=municipality, kind=OrganisationKind.BACK_OFFICE)


def lookers_for(dossiers: Iterable[Dossier], *, at: dt.datetime) -> list[StaffMember]:
    """Return who of the back office can look at an order for the shielded ones among these dossiers.

    Who may not see one of them (a relative, the own file) is left out, without a word why. Without a shielded one: [].
    """
    closed = [row for row in dossiers if row.shielded]
    if not closed:
        return []
    day = clock.today(at)
    staff = StaffMember.objects.filter(
        on(day, "assignments__"), assignments__role=Role.BACK_OFFICE, organisation__in=payers(closed[0].municipality)
    ).distinct()
    return [
        each
        for each in staff.order_by("first_name", "last_name", "pk")
        if not any(is_barred(principal_of_staff(each, at=at), row, at=at) for row in closed)
    ]


def start_norm(municipality: str, day: dt.date, *, product: Product | None, decided: bool) -> Any:
    """Return within how many days help must begin here (reference.DatedValue), None when no norm was chosen.

    After a decision letter its own norm (F50) goes first; else the norm after access was given (DR29, DR44).
    """
    scopes = reference.scopes_of(municipality, on=day)
    if product and product.is_specific:
        scopes = (*scopes, f"product:{product.code}")
    found = reference.parameter_set(day, scopes)
    for name in (AFTER_DECISION_DAYS, HELP_DAYS) if decided else (HELP_DAYS,):
        if name in found:
            return found[name]
    return None
