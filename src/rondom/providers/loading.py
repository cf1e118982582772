"""Loading a file of contracts, as a purchase organisation sends it: one line per rate (or per task-based product).

Columns, in any order, parted by ; or , in UTF-8: aanbieder, agb, contract, soort, schaal, van, tot, perceel,
bekostiging, jaarbedrag, categorie, product, naam, eenheid, resultaat, tarief, tarief_van, tarief_tot. Dates as
2027-01-01 or 1-1-2027; "tot" is the first day it no longer holds; amounts with a comma.

A line with CATEGORIE as its product lets a kind of help be ordered, one with BUDGET (and no categorie) whatever fits in
a budget; such a line has no unit and no rate.

Every line goes through the same actions as the pages, so a file can do nothing a person could not. All or nothing: one
refused line and nothing of the file is stored. Loading a file again changes nothing.

A file can take minutes, and pages must not wait for it. So it goes through twice, in short transactions: first every
line is tried and undone, a provider at a time (lines of one provider may need each other); when none is refused, the
lines are stored. Only when somebody changes the same contracts in between can a line be refused the second time: then
loading stops there, says so, and loading the corrected file again does the rest.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.errors import BadInput, RondomError
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.core.slices import in_slices
from rondom.core.words import read_day
from rondom.providers import actions
from rondom.providers.enums import EURO_UNIT, ContractKind, Funding, Scale
from rondom.providers.models import Contract, Lot, Product, Provider, Rate
from rondom.providers.queries import agb_on, provider_by_agb

COLUMNS = (
    "aanbieder", "agb", "contract", "soort", "schaal", "van", "tot", "perceel", "bekostiging", "jaarbedrag",
    "categorie", "product", "naam", "eenheid", "resultaat", "tarief", "tarief_van", "tarief_tot",
)  # fmt: skip
OF_LOT = COLUMNS[:10]  # the columns that name provider, contract and lot
NEEDED = ("aanbieder", "contract", "van", "perceel", "bekostiging", "categorie", "product", "naam")
KINDS = {
    "raamovereenkomst": ContractKind.FRAMEWORK, "": ContractKind.FRAMEWORK, "eenling": ContractKind.SINGLE_YOUTH,
    "overbrugging": ContractKind.BRIDGING, "onderaanneming": ContractKind.SUBCONTRACT,
    "subsidie": ContractKind.SUBSIDY,
}  # fmt: skip
FUNDINGS = {
    "inspanningsgericht": Funding.EFFORT, "outputgericht": Funding.OUTPUT, "taakgericht": Funding.TASK,
}  # fmt: skip
SCALES = {"lokaal": Scale.LOCAL, "regionaal": Scale.REGIONAL, "": Scale.REGIONAL, "landelijk": Scale.NATIONAL}
OPEN = {"CATEGORIE": "", "BUDGET": ""}
"""What stands as the product of a line by which no product is ordered."""
BUDGET = "BUDGET"
LONGEST = 5_000_000  # bytes
Line = tuple[int, dict[str, str]]  # number in the file, cells by column


@dataclass
class LoadReport:
    """What a file did, or would do: lines by what became of them, and the refused ones with number and reason."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class LoadRefused(BadInput):
    """Nothing of the file was stored; `report` names the refused lines."""

    def __init__(self, report: LoadReport) -> None:
        super().__init__(
            _("Nothing was loaded: %(count)s lines are refused. Correct them and load the file again.")
            % {"count": len(report.refused)}
        )
        self.report = report


class LoadStopped(LoadRefused):
    """A line that was fine a moment ago is refused: somebody changed the same contracts. What came before is stored."""

    def __init__(self, report: LoadReport) -> None:
        BadInput.__init__(
            self,
            _("Loading stopped: these contracts were changed while it ran. Load the file again; what is stored stays."),
        )
        self.report = report


class _Undone(Exception):
    """Everything went well; undo it."""


def read(content: bytes) -> list[Line]:
    """Return the lines of a file with their numbers; raise BadInput when it is no such file."""
    if len(content) > LONGEST:
        raise BadInput(_("This file is larger than five megabytes. Split it."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("This file is not in UTF-8. Save it as “CSV UTF-8” and load it again.")) from error
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") >= head.count(",") else ",", strict=True)
    try:
        lines = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        raise BadInput(
            _("Line %(number)s is not closed properly: check the quotes.") % {"number": rows.line_num}
        ) from error
    names = [name.strip().lower() for name in lines[0][1]] if lines else []
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing or unknown:
        raise BadInput(
            _("The first line must name the columns. Missing: %(missing)s. Not known: %(unknown)s.")
            % {"missing": ", ".join(missing) or "-", "unknown": ", ".join(u[:30] for u in unknown) or "-"}
        )
    return [
        (number, {n: cell.strip() for n, cell in zip(names, row, strict=False)} | _uneven(names, row))
        for number, row in lines[1:]
        if any(cell.strip() for cell in row)
    ]


def _uneven(names: list[str], row: list[str]) -> dict[str, str]:
    return {} if len(names) == len(row) else {"": "uneven"}


def load(
    *, by: Principal, at: dt.datetime, content: bytes, dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LoadReport:  # fmt: skip
    """Load a file for the principal's municipality and return what became of it; raise LoadRefused when a line fails.

    With `dry_run` everything is tried and undone; the report tells what would happen.
    """
    lines = read(content)
    total = len(lines) if dry_run else 2 * len(lines)
    tried = _Load(by, at, lambda done: progress(done, total))
    in_slices(_providers(lines), tried.piece)
    tried.report.refused.sort()
    if tried.report.refused:
        raise LoadRefused(tried.report)
    if dry_run:
        _tell(by=by, at=at, kind="providers.file_tried", report=tried.report)
        return tried.report
    stored = _Load(by, at, lambda done: progress(len(lines) + done, total))
    try:
        in_slices(lines, stored.line)
    except LoadStopped:
        _tell(by=by, at=at, kind="providers.file_stopped", report=stored.report)
        raise
    _tell(by=by, at=at, kind="providers.file_loaded", report=stored.report)
    return stored.report


@action
def _tell(*, by: Principal, at: dt.datetime, kind: str, report: LoadReport) -> None:
    """Record what a file did; each line has the events of its own actions."""
    kinds = (("new", report.new), ("changed", report.changed), ("ended", report.ended))
    record(by, kind, at=at, fields=[name for name, rows in kinds if rows])


def _providers(lines: list[Line]) -> list[list[Line]]:
    """Return the lines in groups that share a name, an AGB code or a contract, each group in the order of the file."""
    leads: dict[str, str] = {}

    def leader(name: str) -> str:
        while leads.setdefault(name, name) != name:
            name = leads[name]
        return name

    groups: dict[str, list[Line]] = {}
    named = [(line, _names(line)) for line in lines]
    for _line, names in named:
        for name in names[1:]:
            leads[leader(name)] = leader(names[0])
    for line, names in named:
        groups.setdefault(leader(names[0]), []).append(line)
    return list(groups.values())


def _names(line: Line) -> list[str]:
    number, cells = line
    found = [(name, cells.get(name, "").replace(" ", "").lower()) for name in ("aanbieder", "agb", "contract")]
    return [f"{name}:{text}" for name, text in found if text] or [f"line:{number}"]


class _Load:
    """One way through a file: what became of each line so far, and the lot of the line before."""

    def __init__(self, by: Principal, at: dt.datetime, progress: Callable[[int], None]) -> None:
        self.by, self.at, self.progress = by, at, progress
        self.report, self.done = LoadReport(), 0
        self.cells: tuple[str, ...] = ()
        self.lot: Lot | None = None

    def piece(self, lines: list[Line]) -> None:
        """Try the lines of one provider and undo them."""
        try:
            with transaction.atomic():
                for number, line in lines:
                    self._try(number, line)
                raise _Undone
        except _Undone:
            self.lot = None

    def line(self, numbered: Line) -> None:
        """Store a line; raises LoadStopped when it is refused now."""
        self._try(*numbered)
        if self.report.refused:
            raise LoadStopped(self.report)

    def _try(self, number: int, line: dict[str, str]) -> None:
        report = self.report
        before = (len(report.new), len(report.changed), len(report.ended))
        try:
            with transaction.atomic():
                self._one(line)
        except RondomError as error:
            self.lot = None
            del report.new[before[0] :], report.changed[before[1] :], report.ended[before[2] :]
            report.refused.append((number, str(error.sentence)))
        else:
            report.unchanged += before == (len(report.new), len(report.changed), len(report.ended))
        self.done += 1
        self.progress(self.done)

    def _one(self, line: dict[str, str]) -> None:
        """Bring one line about. What the line before was about, too, need not be looked up again."""
        if "" in line:
            raise BadInput(_("This line has more or fewer cells than the first line has columns."))
        free = line.get("product", "").upper() == BUDGET
        empty = [name for name in NEEDED if not line.get(name) and not (free and name == "categorie")]
        if empty:
            raise BadInput(_("Empty: %(names)s. Fill it in.") % {"names": ", ".join(empty)})
        by, at, report, day = self.by, self.at, self.report, self.at.date()
        cells = tuple(line.get(name, "") for name in OF_LOT)
        if self.lot is None or cells != self.cells:
            self.lot = None  # should anything be refused on the way
            starts = _date(line, "van", day)
            assert starts is not None
            provider = _provider(by, at, line, starts, report)
            contract = _contract(by, at, line, provider, starts, _date(line, "tot", day), report)
            lot = _lot(by, at, line, contract, report)
            self.lot, self.cells = Lot.objects.select_related("contract").get(pk=lot.pk), cells
        product = _product(by, at, line, self.lot, report)
        _rate(by, at, line, product, day, report)


def _date(line: dict[str, str], name: str, day: dt.date) -> dt.date | None:
    text = line.get(name, "")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text) if text[:4].isdigit() and "-" in text else read_day(text, day)
    except ValueError as error:
        raise BadInput(_("“%(text)s” in %(name)s is no date.") % {"text": text[:20], "name": name}) from error


def _amount(line: dict[str, str], name: str) -> Decimal | None:
    text = line.get(name, "").replace("€", "").replace(" ", "")
    if not text:
        return None
    plain = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise BadInput(_("“%(text)s” in %(name)s is no amount.") % {"text": text[:20], "name": name}) from error
    if not found.is_finite() or abs(found) >= Decimal("1e8"):
        raise BadInput(_("“%(text)s” in %(name)s is no amount.") % {"text": text[:20], "name": name})
    return found


def _choice(line: dict[str, str], name: str, known: dict[str, Any]) -> Any:
    text = line.get(name, "").lower()
    if text not in known:
        raise BadInput(
            _("“%(text)s” in %(name)s is not known. Choose from: %(known)s.")
            % {"text": text[:30], "name": name, "known": ", ".join(filter(None, known))}
        )
    return known[text]


def _provider(by: Principal, at: dt.datetime, line: dict[str, str], starts: dt.date, report: LoadReport) -> Provider:
    name, agb = line["aanbieder"], line.get("agb", "").replace(" ", "")
    day = max(starts, at.date())
    provider = provider_by_agb(agb, by.municipality, day) if agb else None
    if provider is None:
        provider = Provider.objects.filter(municipality=by.municipality, name__iexact=name).first()
    if provider is None:
        provider = actions.register_provider(by=by, at=at, name=name, agb_code=agb, starts=starts)
        report.new.append(str(_("provider %(name)s") % {"name": name}))
        return provider
    if provider.name != name:
        actions.rename_provider(by=by, at=at, provider=provider, name=name, day=day, opened_version=provider.version)
        report.changed.append(str(_("provider %(name)s") % {"name": name}))
    if agb and agb_on(provider, day) != agb:
        actions.give_agb_code(by=by, at=at, provider=provider, code=agb, starts=day)
        report.changed.append(str(_("AGB code of %(name)s") % {"name": name}))
    return provider


def _contract(
    by: Principal, at: dt.datetime, line: dict[str, str], provider: Provider, starts: dt.date, ends: dt.date | None,
    report: LoadReport,
) -> Contract:  # fmt: skip
    number = line["contract"]
    contract = Contract.objects.filter(municipality=by.municipality, number=number).select_related("provider").first()
    said = str(_("contract %(number)s") % {"number": number})
    if contract is None:
        report.new.append(said)
        return actions.sign_contract(
            by=by, at=at, provider=provider, number=number, kind=_choice(line, "soort", KINDS), starts=starts,
            ends=ends, scale=_choice(line, "schaal", SCALES),
        )  # fmt: skip
    if contract.provider_id != provider.pk:
        raise BadInput(
            _("Contract %(number)s belongs to %(name)s.") % {"number": number, "name": contract.provider.name}
        )
    if contract.starts != starts:
        raise BadInput(_("Contract %(number)s starts on another day. A start cannot change.") % {"number": number})
    if contract.ends != ends:
        sooner = ends is not None and (contract.ends is None or ends < contract.ends)
        actions.end_contract(by=by, at=at, contract=contract, ends=ends, opened_version=contract.version)
        (report.ended if sooner else report.changed).append(said)
    return contract


def _lot(by: Principal, at: dt.datetime, line: dict[str, str], contract: Contract, report: LoadReport) -> Lot:
    name, funding, yearly = line["perceel"], _choice(line, "bekostiging", FUNDINGS), _amount(line, "jaarbedrag")
    lot = Lot.objects.filter(contract=contract, name__iexact=name).first()
    said = str(_("lot %(name)s") % {"name": name})
    if lot is None:
        report.new.append(said)
        return actions.add_lot(by=by, at=at, contract=contract, name=name, funding=funding, yearly_sum=yearly)
    if lot.funding != funding:
        raise BadInput(_("Lot %(name)s has another funding form. Make a new lot.") % {"name": name})
    if lot.yearly_sum != yearly:
        if yearly is None:
            raise BadInput(_("A task-based lot needs a sum per year in euros."))
        actions.change_yearly_sum(by=by, at=at, lot=lot, yearly_sum=yearly, opened_version=lot.version)
        report.changed.append(said)
    return lot


def _product(by: Principal, at: dt.datetime, line: dict[str, str], lot: Lot, report: LoadReport) -> Product:
    written, name, result = line["product"].upper(), line["naam"], line.get("resultaat", "")
    code, category = OPEN.get(written, written), line.get("categorie", "")
    if written == BUDGET and category:
        raise BadInput(_("A budget is for every kind of help. Leave the category empty, or write CATEGORIE."))
    known = Product.objects.filter(lot=lot, code=code).select_related("lot__contract")
    product = known.first() if code else known.filter(category=category).first()
    said = str(_("product %(code)s") % {"code": written})
    if product is None:
        report.new.append(said)
        return actions.add_product(
            by=by, at=at, lot=lot, category=category, code=code, name=name, unit=line.get("eenheid", ""),
            result=result,
        )  # fmt: skip
    if (product.unit, product.category) != (line.get("eenheid", ""), category):
        raise BadInput(_("Product %(code)s has another unit or category. Agree it under a new code.") % {"code": code})
    if (product.name, product.result) != (name, result):
        actions.describe_product(
            by=by, at=at, product=product, name=name, result=result, opened_version=product.version
        )
        report.changed.append(said)
    return product


def _rate(
    by: Principal, at: dt.datetime, line: dict[str, str], product: Product, day: dt.date, report: LoadReport
) -> None:
    amount = _amount(line, "tarief")
    if amount is None:
        if product.lot.funding != Funding.TASK and product.is_specific and product.unit != EURO_UNIT:
            raise BadInput(_("Fill in the rate: help in this lot is paid per unit."))
        return
    starts = _date(line, "tarief_van", day) or product.lot.contract.starts
    ends = _date(line, "tarief_tot", day)
    rate = Rate.objects.filter(product=product, starts=starts).select_related("product").first()
    followed = (
        ends is None
        and rate is not None
        and rate.ends is not None
        and Rate.objects.filter(product=product, starts=rate.ends).exists()
    )
    if rate and rate.amount == amount and (rate.ends == ends or followed):
        return
    said = str(_("rate of %(code)s") % {"code": product.code})
    if rate:
        actions.withdraw_rate(by=by, at=at, rate=rate)  # refuses one that has begun
        report.changed.append(said)
    else:
        report.new.append(said)
    actions.set_rate(by=by, at=at, product=product, amount=amount, starts=starts, ends=ends)
