"""Providers of the cast: five invented organisations with contracts in the three funding forms, some of them ending.

De Vuurtoren      ambulant help, effort-based; the rates of next year are agreed already; a kind of help, or a free
                  choice in a budget, can be ordered there too
Pleegzorg Zuiderlicht   foster care, effort-based; the contract ends within 90 days
Het Kompas        dyslexia and basic mental health, output-based; its certificate is about to end
Samen Sterk       task-based: short help close to home, a fixed sum per year
De Luwte          a shelter with a shielded location; a bridging contract
"""

import datetime as dt
from decimal import Decimal

from rondom.core import clock
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast
from rondom.providers import actions
from rondom.providers.enums import ContractKind, Funding, ProofKind, Scale
from rondom.providers.models import Contract, Lot, Provider
from rondom.reference import actions as reference
from rondom.reference import files

LISTS = ("ijw-jz020-product-category.csv", "ijw-wj756-unit.csv")


def add(cast: Cast) -> None:
    """Write the providers of Dronten and what is agreed with them."""
    by, at = machine("demo", DRONTEN), cast.began
    for path in files.shipped():
        if path.name in LISTS:
            reference.load(by=by, at=at, file=files.read(path), history=True)
    today = clock.today(cast.at)
    this_year, next_year = dt.date(today.year, 1, 1), dt.date(today.year + 1, 1, 1)

    def provider(name: str, agb: str) -> Provider:
        return actions.register_provider(by=by, at=at, name=name, agb_code=agb, starts=this_year, phone="0320 555 010")

    def contract(
        of: Provider, number: str, starts: dt.date, ends: dt.date | None,
        kind: ContractKind = ContractKind.FRAMEWORK, scale: Scale = Scale.REGIONAL,
    ) -> Contract:  # fmt: skip
        return actions.sign_contract(
            by=by, at=at, provider=of, number=number, kind=kind, starts=starts, ends=ends, scale=scale
        )

    def product(lot: Lot, code: str, name: str, unit: str, rates: dict[dt.date, str], result: str = "") -> None:
        row = actions.add_product(
            by=by, at=at, lot=lot, category=code[:2], code=code, name=name, unit=unit, result=result
        )
        for starts, amount in rates.items():
            actions.set_rate(by=by, at=at, product=row, amount=Decimal(amount), starts=starts)

    vuurtoren = provider("De Vuurtoren jeugdhulp", "73730001")
    actions.add_alias(by=by, at=at, provider=vuurtoren, name="Vuurtoren")
    deal = contract(vuurtoren, "JH-2024-011", dt.date(today.year - 2, 1, 1), dt.date(today.year + 3, 1, 1))
    lot = actions.add_lot(by=by, at=at, contract=deal, name="Ambulant", funding=Funding.EFFORT)
    before = dt.date(today.year - 2, 1, 1)
    product(lot, "45A04", "Begeleiding in het gezin", "01", {before: "1.22", this_year: "1.31", next_year: "1.37"})
    product(lot, "45A53", "Behandeling in het gezin", "01", {before: "1.58", this_year: "1.69", next_year: "1.76"})
    for category, name in (("45", "Hulp thuis, de aanbieder kiest welke"), ("", "Vrij te kiezen hulp in een budget")):
        actions.add_product(by=by, at=at, lot=lot, category=category, code="", name=name)
    actions.add_location(
        by=by, at=at, provider=vuurtoren, name="Kantoor Lelystad", lines="Stationsplein 1\n8232 AA Lelystad",
        place_municipality="GM0995",
    )  # fmt: skip

    zuiderlicht = provider("Pleegzorg Zuiderlicht", "73730002")
    ending = contract(zuiderlicht, "JH-2023-004", dt.date(today.year - 3, 1, 1), today + dt.timedelta(days=38))
    lot = actions.add_lot(by=by, at=at, contract=ending, name="Pleegzorg", funding=Funding.EFFORT)
    product(lot, "44A09", "Pleegzorg, voltijd", "14", {ending.starts: "56.40", this_year: "60.15"})

    kompas = provider("Praktijk Het Kompas", "94940003")
    deal = contract(kompas, "JH-2025-027", dt.date(today.year - 1, 1, 1), dt.date(today.year + 2, 1, 1))
    lot = actions.add_lot(by=by, at=at, contract=deal, name="Dyslexie en basis-ggz", funding=Funding.OUTPUT)
    product(
        lot, "54D01", "Behandeling ernstige dyslexie", "82", {deal.starts: "4850.00"},
        "Afgeronde behandeling met verslag en nameting",
    )  # fmt: skip
    actions.record_proof(
        by=by, at=at, provider=kompas, kind=ProofKind.CERTIFICATE, seen_on=dt.date(today.year - 1, 2, 1),
        valid_until=today + dt.timedelta(days=20), remark="HKZ, opgevraagd",
    )  # fmt: skip

    samen = provider("Samen Sterk Polder", "73730004")
    deal = contract(samen, "JH-2026-001", this_year, None, scale=Scale.LOCAL)
    lot = actions.add_lot(
        by=by, at=at, contract=deal, name="Kortdurende hulp dichtbij", funding=Funding.TASK,
        yearly_sum=Decimal("640000.00"),
    )  # fmt: skip
    product(lot, "45A48", "Kortdurende hulp", "", {})

    luwte = provider("Stichting De Luwte", "73730005")
    deal = contract(luwte, "JH-2026-090", this_year, next_year, kind=ContractKind.BRIDGING)
    lot = actions.add_lot(by=by, at=at, contract=deal, name="Verblijf", funding=Funding.EFFORT)
    product(lot, "43A16", "Opvang met behandeling", "14", {this_year: "289.00"})
    actions.add_location(
        by=by, at=at, provider=luwte, name="Huis Waterlelie", lines="Kreekpad 3\n8200 ZZ Elders",
        place_municipality="GM0995", shielded=True,
    )  # fmt: skip
    cast.provider = {
        "vuurtoren": vuurtoren, "zuiderlicht": zuiderlicht, "kompas": kompas, "samen": samen, "luwte": luwte,
    }  # fmt: skip
