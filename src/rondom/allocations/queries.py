"""Allocations within sight: of dossiers one may open (team), or as product, volume, period and ground (back office)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.models import Organisation
from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import overlaps
from rondom.core.principals import Principal
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import cases_for, dossiers_for
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.models import Product
from rondom.providers.queries import products_on
from rondom.reference import queries as reference

HELP_DAYS, AFTER_DECISION_DAYS = "waiting_norm_help_days", "start_after_decision_days"


def _with_names(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    return rows.select_related(
        "dossier__youth", "provider", "product__lot__contract", "ordered_by", "let_through_by", "start_clock", "goal"
    )


def allocations_for(by: Principal, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return the allocations of the dossiers somebody may open, within cases that may be opened; newest first."""
    opens = Q(case__isnull=True) | Q(case__in=cases_for(by, at=at).values("pk"))
    rows = Allocation.objects.filter(opens, dossier__in=dossiers_for(by, at=at).values("pk"))
    return _with_names(rows).order_by("-ordered_on", "-created_at")


def orders_for(by: Principal, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return what the back office sees: what its municipality pays, of dossiers it has product sight of.

    A shielded dossier is seen by named people only, so never by a whole organisation.
    """
    seen = dossiers_for(by, at=at, sight=Sight.PRODUCT).values("pk")
    rows = Allocation.objects.filter(dossier__in=seen, dossier__shielded=False, product__isnull=False)
    return _with_names(rows).order_by("ordered_on", "created_at", "pk")


def in_state(rows: QuerySet[Allocation], states: Iterable[str]) -> QuerySet[Allocation]:
    """Narrow to some states."""
    return rows.filter(state__in=list(states))


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


def alike(dossier: Dossier, product: Product, starts: dt.date, ends: dt.date | None) -> QuerySet[Allocation]:
    """Return open allocations of the same category for a youth that share a day with a period (stacking)."""
    rows = Allocation.objects.filter(overlaps(starts, ends), dossier=dossier, product__category=product.category)
    return rows.filter(state__in=AllocationState.open_states())


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


def payers(municipality: str) -> QuerySet[Organisation]:
    """Return the organisations that pay the help of a municipality: its back office."""
    return Organisation.objects.filter(municipality=municipality, kind=OrganisationKind.BACK_OFFICE)


def start_norm(municipality: str, day: dt.date, *, product: Product | None, decided: bool) -> Any:
    """Return within how many days help must begin here (reference.DatedValue), None when no norm was chosen.

    After a decision letter its own norm (F50) goes first; else the norm after access was given (DR29, DR44).
    """
    scopes = reference.scopes_of(municipality, on=day)
    if product:
        scopes = (*scopes, f"product:{product.code}")
    found = reference.parameter_set(day, scopes)
    for name in (AFTER_DECISION_DAYS, HELP_DAYS) if decided else (HELP_DAYS,):
        if name in found:
            return found[name]
    return None
