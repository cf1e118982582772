"""What can be asked about providers and contracts, within one municipality."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.periods import on, overlaps
from rondom.core.principals import Principal
from rondom.providers.enums import EURO_UNIT
from rondom.providers.models import AgbCode, Contract, Location, Lot, Product, Provider, QualityProof, Rate

SOON = dt.timedelta(days=90)


def providers_of(by: Principal) -> QuerySet[Provider]:
    """Return the providers of the viewer's municipality."""
    return Provider.objects.filter(municipality=by.municipality)


def provider_for(by: Principal, pk: UUID) -> Provider:
    """Return a provider of the viewer's municipality; raises NotFound."""
    return _one(providers_of(by).filter(pk=pk))


def contract_for(by: Principal, pk: UUID) -> Contract:
    """Return a contract of the viewer's municipality with its provider; raises NotFound."""
    return _one(Contract.objects.filter(municipality=by.municipality, pk=pk).select_related("provider"))


def lot_for(by: Principal, pk: UUID) -> Lot:
    """Return a lot with its contract and provider; raises NotFound."""
    return _one(Lot.objects.filter(municipality=by.municipality, pk=pk).select_related("contract__provider"))


def product_for(by: Principal, pk: UUID) -> Product:
    """Return a product with its lot, contract and provider; raises NotFound."""
    rows = Product.objects.filter(municipality=by.municipality, pk=pk)
    return _one(rows.select_related("lot__contract__provider"))


def _one(rows: QuerySet[Any]) -> Any:
    row = rows.first()
    if row is None:
        raise NotFound("")
    return row


def found(rows: QuerySet[Provider], words: str) -> QuerySet[Provider]:
    """Narrow providers to those with these words in a name they have or had, or with this AGB code."""
    for word in words.split()[:5]:
        named = Q(name__icontains=word) | Q(aliases__name__icontains=word) | Q(agb_codes__code__startswith=word)
        rows = rows.filter(named)
    return rows.distinct()


def with_contract_on(rows: QuerySet[Provider], day: dt.date) -> QuerySet[Provider]:
    """Narrow providers to those with a contract that holds on a day."""
    running: Any = Contract.objects.filter(on(day), provider=OuterRef("pk"))
    return rows.filter(Exists(running))


def with_something_ending(rows: QuerySet[Provider], day: dt.date) -> QuerySet[Provider]:
    """Narrow providers to those of whom a contract or proof ends within 90 days, or a proof has ended."""
    contract: Any = ending_contracts(day).filter(provider=OuterRef("pk"))
    proof: Any = ending_proofs(day).filter(provider=OuterRef("pk"))
    return rows.filter(Exists(contract) | Exists(proof))


def with_funding(rows: QuerySet[Provider], funding: str, day: dt.date) -> QuerySet[Provider]:
    """Narrow providers to those with a running lot of a funding form."""
    lots: Any = Lot.objects.filter(on(day, "contract__"), funding=funding, contract__provider=OuterRef("pk"))
    return rows.filter(Exists(lots))


def ending_contracts(day: dt.date) -> QuerySet[Contract]:
    """Return the running contracts that end within 90 days and are not followed by one of the same provider."""
    after: Any = Contract.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=OuterRef("ends")), provider=OuterRef("provider"), starts__lte=OuterRef("ends")
    )
    rows = Contract.objects.filter(on(day), ends__lte=day + SOON)
    return rows.exclude(Exists(after)).select_related("provider").order_by("ends", "pk")


def ending_proofs(day: dt.date) -> QuerySet[QualityProof]:
    """Return the proofs that ended or end within 90 days, unless a later one of the same kind was seen."""
    later: Any = QualityProof.objects.filter(
        provider=OuterRef("provider"), kind=OuterRef("kind"), valid_until__gt=OuterRef("valid_until")
    )
    rows = QualityProof.objects.filter(valid_until__lte=day + SOON).exclude(Exists(later))
    return rows.select_related("provider").order_by("valid_until", "pk")


def rate_on(product: Product, day: dt.date) -> Decimal | None:
    """Return the euros per unit of a product on a day, None when nothing was agreed or the contract does not hold."""
    if not product.lot.contract.holds_on(day):
        return None
    return Rate.objects.filter(on(day), product=product).values_list("amount", flat=True).first()


def products_on(municipality: str, day: dt.date, *, code: str = "") -> QuerySet[Product]:
    """Return the products that can be ordered on a day: the contract holds, and there is a price.

    That is a rate, unless the lot is task-based or the product is paid as a sum. For a kind of help, or what fits in a
    budget, it is a product of the same contract that can be given.
    """
    priced: Any = Rate.objects.filter(on(day), product=OuterRef("pk"))
    within = Product.objects.filter(lot__contract=OuterRef("lot__contract")).exclude(code="")
    of_kind: Any = within.filter(category=OuterRef("category"))
    rows = Product.objects.filter(on(day, "lot__contract__"), municipality=municipality)
    rows = rows.filter(
        Q(lot__funding="task")
        | Q(unit=EURO_UNIT)
        | Exists(priced)
        | Q(Exists(of_kind), code="") & ~Q(category="")
        | Q(Exists(within), code="", category="")
    )
    rows = rows.filter(code=code) if code else rows
    return rows.select_related("lot__contract__provider").order_by("code", "lot__contract__provider__name")


def agb_on(provider: Provider, day: dt.date) -> str:
    """Return the AGB code of a provider on a day, "" when none is known."""
    return AgbCode.objects.filter(on(day), provider=provider).values_list("code", flat=True).first() or ""


def agb_codes_on(providers: Iterable[UUID], day: dt.date) -> dict[UUID, str]:
    """Return the AGB codes of several providers on a day."""
    rows = AgbCode.objects.filter(on(day), provider__in=list(providers))
    return dict(rows.values_list("provider_id", "code"))


def names_by_agb(codes: Iterable[str], municipality: str, day: dt.date) -> dict[str, str]:
    """Return the names of who held these AGB codes on a day, by code."""
    rows = AgbCode.objects.filter(on(day), code__in=list(codes), municipality=municipality)
    return dict(rows.values_list("code", "provider__name"))


def provider_by_agb(code: str, municipality: str, day: dt.date) -> Provider | None:
    """Return who held an AGB code on a day."""
    row = AgbCode.objects.filter(on(day), code=code, municipality=municipality).select_related("provider").first()
    return row.provider if row else None


def successor_on(provider: Provider, day: dt.date) -> Provider:
    """Return the provider that carries on the work on a day, after mergers."""
    seen: set[UUID] = set()
    while provider.merged_into is not None and provider.merged_on and provider.merged_on <= day:
        if provider.pk in seen:
            break
        seen.add(provider.pk)
        provider = provider.merged_into
    return provider


def running_contracts(providers: Iterable[UUID], day: dt.date) -> dict[UUID, list[Contract]]:
    """Return the contracts of several providers that hold on a day, the longest first."""
    found: dict[UUID, list[Contract]] = {}
    for row in Contract.objects.filter(on(day), provider__in=list(providers)).order_by("-ends", "number"):
        found.setdefault(row.provider_id, []).append(row)
    return found


def contracts_of(provider: Provider) -> QuerySet[Contract]:
    """Return the contracts of a provider with lots, products and rates, newest first."""
    rates = Prefetch("rates", Rate.objects.order_by("-starts"))
    products = Prefetch("products", Product.objects.order_by("code").prefetch_related(rates))
    lots = Prefetch("lots", Lot.objects.order_by("name").prefetch_related(products))
    return Contract.objects.filter(provider=provider).order_by("-starts", "number").prefetch_related(lots)


def clashing_rates(product: Product, starts: dt.date, ends: dt.date | None) -> QuerySet[Rate]:
    """Return the rates of a product that share a day with a period."""
    return Rate.objects.filter(overlaps(starts, ends), product=product).order_by("starts")


@dataclass(frozen=True)
class ShownLocation:
    """A location as a viewer may see it; without name or lines when it is shielded."""

    pk: UUID
    name: str
    lines: tuple[str, ...]
    shielded: bool
    starts: dt.date
    ends: dt.date | None


def locations_of(provider: Provider, day: dt.date) -> list[ShownLocation]:
    """Return where a provider gives help on a day; of a shielded place only that there is one."""
    rows: Iterable[Location] = Location.objects.filter(on(day), provider=provider).order_by("name", "pk")
    return [
        ShownLocation(
            row.pk, "" if row.shielded else row.name, () if row.shielded else tuple(str(row.lines).splitlines()),
            row.shielded, row.starts, row.ends,
        )
        for row in rows
    ]  # fmt: skip


def shielded_address(location: Location, *, by: Principal, purpose: str, at: dt.datetime) -> tuple[str, ...]:
    """Return the address of a shielded location and record the look; the caller has checked the right to it."""
    look(by, "providers.shielded_location_shown", location, ground=purpose, at=at)
    return (location.name, *str(location.lines).splitlines())
