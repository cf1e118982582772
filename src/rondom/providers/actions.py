"""What can be done with providers and contracts. Refusals say which period is in the way and what to do."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.accounts import actions as accounts
from rondom.accounts.enums import Role
from rondom.accounts.models import ProviderWorker
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record
from rondom.core.periods import on, overlaps
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.providers.enums import EURO_UNIT, OUTPUT_UNIT, ContractKind, Funding, ProofKind, Scale
from rondom.providers.models import (
    AgbCode,
    Alias,
    Contract,
    Location,
    Lot,
    Product,
    Provider,
    QualityProof,
    Rate,
)
from rondom.providers.queries import clashing_rates
from rondom.reference import queries as reference

AGB = re.compile(r"\d{8}")
KVK = re.compile(r"\d{8}")
PRODUCT_CODE = re.compile(r"\d{2}[0-9A-Z]\d{2}")
CATEGORIES, UNITS = "product_category", "unit"
CORRECTABLE = ("kvk_number", "phone", "email")


def shown(day: dt.date) -> str:
    """Say a date within a sentence."""
    return f"{day.day}-{day.month}-{day.year}"


def _period(starts: dt.date, ends: dt.date | None) -> None:
    if ends is not None and ends <= starts:
        raise BadInput(_("The end lies before the start. Check both dates."), field="ends")


def _hold(row: Provider | Contract | Product) -> None:
    """Take a row for the rest of the transaction: two savers of periods that exclude each other queue."""
    type(row)._default_manager.select_for_update().filter(pk=row.pk).values_list("pk").first()


@action
def register_provider(
    *, by: Principal, at: dt.datetime, name: str, agb_code: str = "", kvk_number: str = "", phone: str = "",
    email: str = "", starts: dt.date | None = None,
) -> Provider:  # fmt: skip
    """Register a provider, with its AGB code when that is known. Raises BadInput for a name or code in use."""
    if not name.strip():
        raise BadInput(_("Write the name of the provider."), field="name")
    if Provider.objects.filter(municipality=by.municipality, name__iexact=name.strip()).exists():
        raise BadInput(_("There is a provider of this name already. Open that one instead."), field="name")
    _check_kvk(kvk_number)
    provider = Provider.objects.create(
        municipality=by.municipality, name=name.strip(), kvk_number=kvk_number, phone=phone.strip(), email=email
    )
    record(by, "providers.provider_registered", provider, at=at)
    if agb_code:
        give_agb_code(by=by, at=at, provider=provider, code=agb_code, starts=starts or clock.today(at))
    return provider


def _check_kvk(number: str) -> None:
    if number and not KVK.fullmatch(number):
        raise BadInput(_("A number of the Chamber of Commerce has eight digits."), field="kvk_number")


@action
def correct_provider(
    *, by: Principal, at: dt.datetime, provider: Provider, changes: Mapping[str, Any], opened_version: int
) -> Provider:
    """Correct number, phone or e-mail. The name has its own action: the old one stays findable."""
    if set(changes) - set(CORRECTABLE):
        raise ValueError(f"not correctable: {sorted(set(changes) - set(CORRECTABLE))}")
    _check_kvk(changes.get("kvk_number", ""))
    changed = save_changes(provider, changes, opened_version=opened_version, at=at)
    record(by, "providers.provider_corrected", provider, at=at, fields=changed)
    return provider


@action
def rename_provider(
    *, by: Principal, at: dt.datetime, provider: Provider, name: str, day: dt.date, opened_version: int
) -> Provider:
    """Give a provider a new name from a day; the old one becomes an alias that ends on that day."""
    new = name.strip()
    if not new or new == provider.name:
        raise BadInput(_("Write the new name of the provider."), field="name")
    others = Provider.objects.filter(municipality=provider.municipality, name__iexact=new).exclude(pk=provider.pk)
    if others.exists():
        raise BadInput(_("There is a provider of this name already. Merge the two instead."), field="name")
    old = provider.name
    last = Alias.objects.filter(provider=provider, ends__lt=day).order_by("-ends").first()
    starts = last.ends if last and last.ends else min(clock.today(provider.created_at), day - dt.timedelta(days=1))
    save_changes(provider, {"name": new}, opened_version=opened_version, at=at)
    Alias.objects.create(municipality=provider.municipality, provider=provider, name=old, starts=starts, ends=day)
    record(by, "providers.provider_renamed", provider, at=at, fields=["name"])
    return provider


@action
def add_alias(*, by: Principal, at: dt.datetime, provider: Provider, name: str) -> Alias:
    """Add a name people use for a provider, so that it is found."""
    if not name.strip() or Alias.objects.filter(provider=provider, name__iexact=name.strip(), ends=None).exists():
        raise BadInput(_("Write a name that is not known yet."), field="name")
    alias = Alias.objects.create(
        municipality=provider.municipality, provider=provider, name=name.strip(), starts=clock.today(at)
    )
    record(by, "providers.alias_added", provider, at=at, fields=["aliases"])
    return alias


@action
def give_agb_code(*, by: Principal, at: dt.datetime, provider: Provider, code: str, starts: dt.date) -> AgbCode:
    """Give a provider an AGB code from a day; the former one ends on that day. Raises BadInput when it is in use."""
    digits = code.replace(" ", "")
    if not AGB.fullmatch(digits):
        raise BadInput(_("An AGB code has eight digits. Check it in the AGB register."), field="agb_code")
    _hold(provider)
    holder = (
        AgbCode.objects.filter(overlaps(starts, None), municipality=provider.municipality, code=digits)
        .exclude(provider=provider)
        .select_related("provider")
        .first()
    )
    if holder:
        raise BadInput(
            _("%(name)s uses this AGB code from %(starts)s. End it there first, or merge the two providers.")
            % {"name": holder.provider.name, "starts": shown(holder.starts)},
            field="agb_code",
        )
    running = AgbCode.objects.filter(provider=provider, ends=None).first()
    if running and running.starts >= starts:
        raise BadInput(
            _("The AGB code of now began on %(starts)s. Choose a later day.") % {"starts": shown(running.starts)},
            field="starts",
        )
    if running:
        save_changes(running, {"ends": starts}, opened_version=running.version, at=at)
    row = AgbCode.objects.create(municipality=provider.municipality, provider=provider, code=digits, starts=starts)
    record(by, "providers.agb_code_given", provider, at=at, fields=["agb_codes"])
    return row


@action
def add_location(
    *, by: Principal, at: dt.datetime, provider: Provider, name: str, lines: str, shielded: bool = False,
    place_municipality: str = "", starts: dt.date | None = None,
) -> Location:  # fmt: skip
    """Add a place where help is given; a shielded one is never shown beside a child."""
    text = "\n".join(line.strip() for line in lines.splitlines() if line.strip())
    if not name.strip() or not text:
        raise BadInput(_("Write a name and an address: street and number, then postcode and place."), field="lines")
    location = Location.objects.create(
        municipality=provider.municipality, provider=provider, name=name.strip(), lines=text, shielded=shielded,
        place_municipality=place_municipality, starts=starts or clock.today(at),
    )  # fmt: skip
    record(by, "providers.location_added", location, at=at)
    return location


@action
def merge_providers(
    *, by: Principal, at: dt.datetime, gone: Provider, kept: Provider, day: dt.date, opened_version: int
) -> Provider:
    """Record that a provider went on within another from a day. Its contracts stay what they were, under its old name.

    From that day `queries.successor_on` gives the other. Raises BadInput for a circle.
    """
    if gone.pk == kept.pk or kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise BadInput(_("Choose two providers that both still exist."), field="kept")
    save_changes(gone, {"merged_into": kept, "merged_on": day}, opened_version=opened_version, at=at)
    Alias.objects.create(municipality=kept.municipality, provider=kept, name=gone.name, starts=day)
    record(by, "providers.merged", gone, at=at, fields=["merged_into", "merged_on"])
    return gone


# --- who signs in


@action
def let_work(
    *, by: Principal, at: dt.datetime, provider: Provider, username: str, name: str, phone: str = ""
) -> ProviderWorker:
    """Let somebody of a provider sign in from today and handle its messages. Checked before with the provider itself.

    Raises BadInput without a name, for a user name in use, or when the provider has no AGB code: nothing can reach it.
    """
    _back_office(by)
    if not AgbCode.objects.filter(on(clock.today(at)), provider=provider).exists():
        raise BadInput(_("Write the AGB code of this provider first: without it no message can reach it."))
    return accounts.admit_provider_worker(
        by=by, at=at, provider=provider.pk, municipality=provider.municipality, username=username, name=name,
        phone=phone,
    )  # fmt: skip


@action
def end_work(*, by: Principal, at: dt.datetime, worker: ProviderWorker) -> None:
    """Somebody does not work at that provider any more: signing in ends now."""
    _back_office(by)
    accounts.end_provider_worker(by=by, at=at, worker=worker)


def _back_office(by: Principal) -> None:
    if not by.has(Role.BACK_OFFICE):
        raise NotAllowed(_("Only the back office lets somebody of a provider sign in."))


# --- contracts


@action
def sign_contract(
    *, by: Principal, at: dt.datetime, provider: Provider, number: str, kind: ContractKind, starts: dt.date,
    ends: dt.date | None = None, scale: Scale = Scale.REGIONAL,
) -> Contract:  # fmt: skip
    """Record a contract and its period; `ends` is the first day it no longer holds."""
    if not number.strip():
        raise BadInput(_("Write the number of the contract."), field="number")
    if kind not in ContractKind.values or scale not in Scale.values:
        raise BadInput(_("Choose one of the options."), field="kind")
    _period(starts, ends)
    if Contract.objects.filter(municipality=provider.municipality, number=number.strip()).exists():
        raise BadInput(_("There is a contract with this number already."), field="number")
    contract = Contract.objects.create(
        municipality=provider.municipality, provider=provider, number=number.strip(), kind=kind, scale=scale,
        starts=starts, ends=ends,
    )  # fmt: skip
    record(by, "providers.contract_signed", contract, at=at)
    return contract


@action
def end_contract(
    *, by: Principal, at: dt.datetime, contract: Contract, ends: dt.date | None, opened_version: int
) -> Contract:
    """Change until when a contract holds: end it earlier, extend it, or leave it open (None).

    Rates that run on are cut at the new end by the contract itself (`queries.rate_on`). Raises BadInput when it would
    end before it starts, or before a rate in it starts.
    """
    if ends is not None and ends <= contract.starts:
        raise BadInput(
            _("This contract starts on %(starts)s; it cannot end before that.") % {"starts": shown(contract.starts)},
            field="ends",
        )
    later = None
    if ends is not None:
        starting = Rate.objects.filter(product__lot__contract=contract, starts__gte=ends)
        later = starting.order_by("starts").first()
    if later:
        raise BadInput(
            _("A rate of product %(code)s starts on %(starts)s. Withdraw that rate first, or end the contract later.")
            % {"code": later.product.code, "starts": shown(later.starts)},
            field="ends",
        )
    changed = save_changes(contract, {"ends": ends}, opened_version=opened_version, at=at)
    record(by, "providers.contract_end_changed", contract, at=at, fields=changed)
    return contract


@action
def add_lot(
    *, by: Principal, at: dt.datetime, contract: Contract, name: str, funding: Funding,
    yearly_sum: Decimal | None = None,
) -> Lot:  # fmt: skip
    """Add a part to a contract. Task-based needs a sum per year; the two others have prices per product instead."""
    if not name.strip():
        raise BadInput(_("Write the name of the lot."), field="name")
    if funding not in Funding.values:
        raise BadInput(_("Choose the funding form."), field="funding")
    if funding == Funding.TASK and (yearly_sum is None or yearly_sum <= 0):
        raise BadInput(_("A task-based lot needs a sum per year in euros."), field="yearly_sum")
    if funding != Funding.TASK and yearly_sum is not None:
        raise BadInput(
            _("Only a task-based lot has a sum per year. For this form, give each product a rate."), field="yearly_sum"
        )
    if Lot.objects.filter(contract=contract, name__iexact=name.strip()).exists():
        raise BadInput(_("There is a lot of this name in the contract already."), field="name")
    lot = Lot.objects.create(
        municipality=contract.municipality, contract=contract, name=name.strip(), funding=funding,
        yearly_sum=yearly_sum,
    )  # fmt: skip
    record(by, "providers.lot_added", lot, at=at)
    return lot


@action
def change_yearly_sum(*, by: Principal, at: dt.datetime, lot: Lot, yearly_sum: Decimal, opened_version: int) -> Lot:
    """Agree another sum per year for a task-based lot."""
    if lot.funding != Funding.TASK or yearly_sum <= 0:
        raise BadInput(_("Only a task-based lot has a sum per year, above zero."), field="yearly_sum")
    changed = save_changes(lot, {"yearly_sum": yearly_sum}, opened_version=opened_version, at=at)
    record(by, "providers.yearly_sum_changed", lot, at=at, fields=changed)
    return lot


@action
def mark_ceiling(*, by: Principal, at: dt.datetime, lot: Lot, reached_on: dt.date | None, opened_version: int) -> Lot:
    """Write down since when the agreed sum of a lot has been used up; None: there is room again. Nothing ends by it."""
    if reached_on is not None and not lot.contract.holds_on(reached_on):
        raise BadInput(_("The contract does not hold on that day. Choose a day within it."), field="reached_on")
    changed = save_changes(lot, {"ceiling_reached_on": reached_on}, opened_version=opened_version, at=at)
    record(by, "providers.ceiling_marked", lot, at=at, fields=changed)
    return lot


@action
def add_product(
    *, by: Principal, at: dt.datetime, lot: Lot, category: str, code: str, name: str, unit: str = "",
    result: str = "",
) -> Product:  # fmt: skip
    """Add help that can be ordered. What it needs depends on the funding form of the lot:

    effort-based a unit of time or pieces of effort; output-based pieces of output or euros, and the result that is paid
    for; task-based no unit at all. Without `code` a kind of help can be ordered, without `category` too whatever fits
    in a budget: such a line has no unit. Raises BadInput for a category, code or unit that is not in its list.
    """
    day = max(lot.contract.starts, min(clock.today(at), lot.contract.ends or dt.date.max))
    code = code.strip().upper()
    if category or code:
        reference.code(CATEGORIES, category, on=day)
    if code:
        _check_code(category, code)
    if not name.strip():
        raise BadInput(_("Write what this help is called."), field="name")
    if code:
        _check_unit(Funding(lot.funding), unit, result, day)
    else:
        _check_open(Funding(lot.funding), unit, result)
    if Product.objects.filter(lot=lot, category=category, code=code).exists():
        raise BadInput(_("This product is in the lot already."), field="code")
    product = Product.objects.create(
        municipality=lot.municipality, lot=lot, category=category, code=code, name=name.strip(), unit=unit,
        result=result.strip(),
    )  # fmt: skip
    record(by, "providers.product_added", product, at=at)
    return product


def _check_code(category: str, code: str) -> None:
    if not PRODUCT_CODE.fullmatch(code):
        raise BadInput(
            _("“%(code)s” is no product code. It has two digits, a letter or digit, and two digits, such as 45A01.")
            % {"code": code[:12]},
            field="code",
        )
    if not code.startswith(category):
        raise BadInput(
            _("Product code %(code)s does not begin with its category %(category)s. Check both.")
            % {"code": code, "category": category},
            field="code",
        )


def _check_open(funding: Funding, unit: str, result: str) -> None:
    """Refuse a kind of help or a budget where it cannot be (iJw 3.2: CD080, and no assignment of task-based help)."""
    if funding == Funding.TASK:
        raise BadInput(
            _("In a task-based lot nothing is ordered by message, so one product is enough. Write its code."),
            field="code",
        )
    if unit or result:
        raise BadInput(
            _("A kind of help or a budget has no unit and no result: the products it can be spent on have theirs."),
            field="unit",
        )


@action
def describe_product(
    *, by: Principal, at: dt.datetime, product: Product, name: str, result: str, opened_version: int
) -> Product:
    """Change what a product is called and which result is paid for; code and unit stay what was agreed."""
    if not name.strip():
        raise BadInput(_("Write what this help is called."), field="name")
    if product.is_specific and product.lot.funding == Funding.OUTPUT and not result.strip():
        raise BadInput(_("Write which result is paid for."), field="result")
    changes = {"name": name.strip(), "result": result.strip()}
    changed = save_changes(product, changes, opened_version=opened_version, at=at)
    record(by, "providers.product_described", product, at=at, fields=changed)
    return product


def _check_unit(funding: Funding, unit: str, result: str, day: dt.date) -> None:
    if funding == Funding.TASK:
        if unit or result:
            raise BadInput(_("In a task-based lot a product has no unit: nothing is paid per youth."), field="unit")
        return
    if not unit:
        raise BadInput(_("Choose the unit that is paid for."), field="unit")
    reference.code(UNITS, unit, on=day)
    if funding == Funding.OUTPUT:
        if unit not in (OUTPUT_UNIT, EURO_UNIT):
            raise BadInput(_("Output-based help is paid per piece of output (82) or as a sum (83)."), field="unit")
        if not result.strip():
            raise BadInput(_("Write which result is paid for."), field="result")
    elif unit in (OUTPUT_UNIT, EURO_UNIT):
        raise BadInput(_("Effort-based help is paid per unit of time or per piece of effort."), field="unit")


@action
def set_rate(
    *, by: Principal, at: dt.datetime, product: Product, amount: Decimal, starts: dt.date, ends: dt.date | None = None
) -> Rate:
    """Agree a rate from a day; the open rate that ran until then ends on that day.

    Raises BadInput in a task-based lot, outside the contract, for an amount that is not positive or has parts of a
    cent, and when the period shares a day with another rate.
    """
    contract = product.lot.contract
    if product.lot.funding == Funding.TASK:
        raise BadInput(_("In a task-based lot there is no rate: nothing is paid per youth."), field="amount")
    if not product.is_specific or product.unit == EURO_UNIT:
        raise BadInput(
            _("This is ordered as a sum of money, so it has no rate. Only a product with a unit has one."),
            field="amount",
        )
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise BadInput(_("Write a rate above zero in euros and whole cents, such as 87,50."), field="amount")
    _period(starts, ends)
    if starts < contract.starts or (contract.ends and (starts >= contract.ends or (ends or starts) > contract.ends)):
        period = {
            "starts": shown(contract.starts), "ends": shown(contract.ends) if contract.ends else _("further notice"),
        }  # fmt: skip
        raise BadInput(
            _("The contract runs from %(starts)s until %(ends)s. A rate must lie within it.") % period, field="starts"
        )
    _hold(product)
    running = Rate.objects.filter(product=product, ends=None, starts__lt=starts).first()
    if running and ends is None:
        save_changes(running, {"ends": starts}, opened_version=running.version, at=at)
    clash = clashing_rates(product, starts, ends).first()
    if clash:
        raise BadInput(
            _("From %(starts)s a rate of %(amount)s euro is agreed. Choose a period that does not overlap.")
            % {"starts": shown(clash.starts), "amount": f"{clash.amount}".replace(".", ",")},
            field="starts",
        )
    rate = Rate.objects.create(
        municipality=product.municipality, product=product, amount=amount, starts=starts, ends=ends
    )
    record(by, "providers.rate_set", rate, at=at, fields=["amount", "starts", "ends"])
    return rate


@action
def withdraw_rate(*, by: Principal, at: dt.datetime, rate: Rate) -> None:
    """Take back a rate that has not begun. What has begun is ended by a new rate instead: money was paid on it."""
    if rate.starts <= clock.today(at):
        raise BadInput(_("This rate has begun; it can only be followed by a new one."), field="starts")
    product = rate.product
    record(by, "providers.rate_withdrawn", rate, at=at)
    before = Rate.objects.filter(product=product, ends=rate.starts).first()
    rate.delete()
    if before and not Rate.objects.filter(product=product, ends=None).exists():
        save_changes(before, {"ends": None}, opened_version=before.version, at=at)


@action
def record_proof(
    *, by: Principal, at: dt.datetime, provider: Provider, kind: ProofKind, seen_on: dt.date, valid_until: dt.date,
    remark: str = "",
) -> QualityProof:  # fmt: skip
    """Record that a proof of quality was seen and until when it is valid."""
    if kind not in ProofKind.values:
        raise BadInput(_("Choose one of the options."), field="kind")
    if seen_on > clock.today(at):
        raise BadInput(_("The day you saw it lies in the future. Check the date."), field="seen_on")
    if valid_until < seen_on:
        raise BadInput(_("This proof had ended when you saw it. Ask for a new one."), field="valid_until")
    proof = QualityProof.objects.create(
        municipality=provider.municipality, provider=provider, kind=kind, seen_on=seen_on, valid_until=valid_until,
        remark=remark.strip(),
    )  # fmt: skip
    record(by, "providers.proof_recorded", proof, at=at)
    return proof


def running_contract(provider: Provider, day: dt.date) -> bool:
    """Tell whether anything is agreed with a provider on a day."""
    return Contract.objects.filter(on(day), provider=provider).exists()
