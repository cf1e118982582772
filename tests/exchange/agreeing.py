"""What a test agrees with a provider before it orders: one product, a kind of help, or a free choice in a budget."""

from decimal import Decimal
from typing import Any

from rondom.allocations import actions as allocations
from rondom.allocations.actions import Help
from rondom.allocations.models import Allocation
from rondom.providers import actions
from rondom.providers.enums import EURO_UNIT, Funding
from rondom.providers.models import Contract, Product
from tests.allocations.test_orders import DECIDED
from tests.exchange.ends import Ends

VUURTOREN, SAMEN_STERK = "JH-2024-011", "JH-2026-001"
"""Numbers of contracts of the cast: effort-based, and task-based."""


def agreed(
    cast: Any, ends: Ends, category: str = "", code: str = "", unit: str = "", *, funding: Funding = Funding.EFFORT,
    contract: str = VUURTOREN,
) -> Product:  # fmt: skip
    """Let a contract have a line, with a rate where one belongs to it; one of the cast is taken as it is."""
    by, deal = cast.principal("rob"), Contract.objects.get(number=contract)
    lot = deal.lots.filter(funding=funding).first()
    if lot is None:
        lot = actions.add_lot(by=by, at=ends.at, contract=deal, name=str(funding.label), funding=funding)
    known = Product.objects.filter(lot=lot, category=category, code="").first()
    if known and not code:
        return known
    result = "Wat is afgesproken, is bereikt" if code and funding == Funding.OUTPUT else ""
    row = actions.add_product(
        by=by, at=ends.at, lot=lot, category=category, code=code, name="Hulp op maat", unit=unit, result=result
    )
    if code and unit not in ("", EURO_UNIT):
        actions.set_rate(by=by, at=ends.at, product=row, amount=Decimal("50.00"), starts=deal.starts)
    return row


def ordered(cast: Any, ends: Ends, product: Product, /, **what: Any) -> Allocation:
    """Let the team of Timo order it for him, on a decision."""
    return allocations.order(
        by=cast.principal("joris"), at=ends.at, dossier=cast.dossier["timo"], case=cast.case["smeets"],
        ordered_by=cast.staff["joris"], what=Help(product=product, **what), basis=DECIDED,
    )  # fmt: skip
