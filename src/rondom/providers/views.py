"""Pages of the back office about providers: the list, one provider, and a form per act."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import provider_worker_for, provider_workers_of
from rondom.core import clock, once
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Row, Step, Table
from rondom.core.errors import RondomError, Stale
from rondom.core.words import clock_words, date_words
from rondom.providers import actions, queries
from rondom.providers import forms as our
from rondom.providers.enums import EURO_UNIT, ContractKind, Funding, ProofKind, Scale
from rondom.providers.models import Contract, Lot, Product, Provider
from rondom.reference.queries import choices

door = staff_door(Role.BACK_OFFICE)
PAGE = 50


def euro(amount: Any) -> str:
    """Say an amount in euros the Dutch way: 1.062,50."""
    whole, _point, cents = f"{amount:,.2f}".partition(".")
    return f"€ {whole.replace(',', '.')},{cents}"


def last_day(ends: dt.date | None) -> str:
    """Say the last day of a half-open period."""
    return date_words(ends - dt.timedelta(days=1)) if ends else _("no end agreed")


# --- the list


@door
def index(request: Any) -> HttpResponse:
    """All providers, narrowed by words and filters; what ends soon stands on top."""
    by, day = request.principal, clock.today()
    chosen = {name: request.GET.get(name, "") for name in ("zoek", "contract", "eindigt", "vorm")}
    base = queries.found(queries.providers_of(by), chosen["zoek"])
    rows = base.filter(merged_into=None)
    if chosen["contract"]:
        rows = queries.with_contract_on(rows, day)
    if chosen["eindigt"]:
        rows = queries.with_something_ending(rows, day)
    if chosen["vorm"] in Funding.values:
        rows = queries.with_funding(rows, chosen["vorm"], day)
    page = Paginator(rows.order_by("name", "pk"), PAGE).get_page(request.GET.get("blad"))
    live = base.filter(merged_into=None)
    chips = [
        _chip(_("With a running contract"), chosen, "contract", "ja", queries.with_contract_on(live, day).count()),
        _chip(_("Something ends soon"), chosen, "eindigt", "ja", queries.with_something_ending(live, day).count()),
        *(
            _chip(Funding(form).label, chosen, "vorm", form, queries.with_funding(live, form, day).count())
            for form in Funding.values
        ),
    ]
    context = {
        "page": page, "chips": chips, "words": chosen["zoek"], "kept": {k: v for k, v in chosen.items() if k != "zoek"},
        "table": _list_table(list(page), day), "ending": _ending_rows(by, day), "narrowed": any(chosen.values()),
        "first": Step(_("Add a provider"), reverse("providers:new"), primary=True),
    }  # fmt: skip
    return render(request, "providers/index.html", context)


def _chip(label: Any, chosen: dict[str, str], name: str, value: str, count: int) -> Chip:
    on = chosen[name] == value
    query = {k: v for k, v in (chosen | {name: "" if on else value}).items() if v}
    return Chip(label, "?" + urlencode(query), on, count)


def _list_table(rows: list[Provider], day: dt.date) -> Table:
    keys = [row.pk for row in rows]
    contracts = queries.running_contracts(keys, day)
    codes = queries.agb_codes_on(keys, day)
    lines = []
    for row in rows:
        held = contracts.get(row.pk, [])
        state: Any = ", ".join(f"{c.number} ({last_day(c.ends)})" for c in held) or Pill(_("no contract now"), "due")
        url = reverse("providers:provider", args=[row.pk])
        lines.append([Cell(row.name, url), codes.get(row.pk, ""), state])
    return Table(_("Providers"), [Column(_("Name")), Column(_("AGB code")), Column(_("Running until"))], lines)


def _ending_rows(by: Any, day: dt.date) -> list[Row]:
    rows = [
        (contract.ends or day, _ending_contract(contract, day))
        for contract in queries.ending_contracts(day).filter(municipality=by.municipality)
    ]
    rows += [
        (proof.valid_until, _ending_proof(proof, day))
        for proof in queries.ending_proofs(day).filter(municipality=by.municipality)
    ]
    return [row for _day, row in sorted(rows, key=lambda pair: pair[0])[:20]]


def _ending_contract(contract: Contract, day: dt.date) -> Row:
    assert contract.ends
    url = reverse("providers:provider", args=[contract.provider_id])
    said = clock_words(contract.ends - dt.timedelta(days=1), clock.now())
    return Row(
        contract.provider.name, url,
        _("Contract %(number)s ends on %(day)s.") % {"number": contract.number, "day": last_day(contract.ends)},
        Pill(said.text, said.tone), Step(_("Extend"), reverse("providers:contract_end", args=[contract.pk])),
    )  # fmt: skip


def _ending_proof(proof: Any, day: dt.date) -> Row:
    url = reverse("providers:provider", args=[proof.provider_id])
    said = clock_words(proof.valid_until, clock.now())
    text = _("%(proof)s: valid until %(day)s.") % {
        "proof": capfirst(ProofKind(proof.kind).label), "day": date_words(proof.valid_until),
    }  # fmt: skip
    step = Step(_("Record a new one"), reverse("providers:proof_new", args=[proof.provider_id]))
    return Row(proof.provider.name, url, text, Pill(said.text, said.tone), step)


# --- one provider


@door
def provider(request: Any, provider: UUID) -> HttpResponse:
    """One provider: what ends soon, its contracts with lots, products and rates, its names, codes and places."""
    by, day = request.principal, clock.today()
    row = queries.provider_for(by, provider)
    ending = [_ending_contract(c, day) for c in queries.ending_contracts(day).filter(provider=row)]
    ending += [_ending_proof(p, day) for p in queries.ending_proofs(day).filter(provider=row)]
    units = dict(choices("unit", on=day))
    context = {
        "provider": row, "ending": ending, "facts": _facts(row, day),
        "contracts": [_contract_block(contract, units, day) for contract in queries.contracts_of(row)],
        "locations": queries.locations_of(row, day), "names": row.aliases.order_by("-starts"),
        "codes": _codes_table(row), "proofs": _proofs_table(row), "workers": _workers_table(row, day),
    }  # fmt: skip
    return render(request, "providers/provider.html", context)


def _facts(row: Provider, day: dt.date) -> list[Fact]:
    facts = [
        Fact(_("AGB code"), queries.agb_on(row, day) or _("not known")),
        Fact(_("Phone"), row.phone or _("not known")),
        Fact(_("E-mail"), row.email or _("not known")),
    ]
    if row.kvk_number:
        facts.append(Fact(_("Chamber of Commerce"), row.kvk_number))
    if row.merged_into is not None:
        url = reverse("providers:provider", args=[row.merged_into_id])
        facts.append(Fact(_("Goes on within"), row.merged_into.name, url))
    return facts


def _contract_block(contract: Contract, units: dict[str, str], day: dt.date) -> dict[str, Any]:
    if contract.holds_on(day):
        pill = Pill(_("runs"), "calm")
    else:
        pill = Pill(_("not begun yet"), "plain") if contract.starts > day else Pill(_("ended"), "plain")
    return {
        "contract": contract, "pill": pill, "from": date_words(contract.starts), "until": last_day(contract.ends),
        "kind": ContractKind(contract.kind).label, "scale": Scale(contract.scale).label,
        "lots": [_lot_block(lot, units, day) for lot in contract.lots.all()],
    }  # fmt: skip


def _lot_block(lot: Lot, units: dict[str, str], day: dt.date) -> dict[str, Any]:
    task = lot.funding == Funding.TASK
    columns = [Column(_("Product")), Column(_("Name"))]
    if not task:
        columns += [Column(_("Unit")), Column(_("Rate now"), True), Column(_("From then on")), Column(_("Next step"))]
    lines: list[list[Any]] = []
    for product in lot.products.all():
        named = f"{product.name}: {product.result}" if product.result else product.name
        line: list[Any] = [product.code_words, named]
        if not task and (not product.is_specific or product.unit == EURO_UNIT):
            paid = units.get(product.unit, product.unit) or _("chosen by the provider")
            line += [paid, _("ordered as a sum") if product.unit else "–", "", ""]
        elif not task:
            rates = list(product.rates.all())
            current = next((r for r in rates if r.holds_on(day)), None)
            coming = sorted((r for r in rates if r.starts > day), key=lambda r: r.starts)
            said = "; ".join(
                _("%(amount)s from %(day)s") % {"amount": euro(r.amount), "day": date_words(r.starts)} for r in coming
            )
            new = Cell(_("New rate"), reverse("providers:rate_new", args=[product.pk]))
            line += [
                units.get(product.unit, product.unit), euro(current.amount) if current else Pill(_("none"), "due"),
                said, new,
            ]  # fmt: skip
        lines.append(line)
    return {
        "lot": lot, "funding": Funding(lot.funding).label, "task": task,
        "sum": euro(lot.yearly_sum) if lot.yearly_sum is not None else "",
        "table": Table(_("Products of %(lot)s") % {"lot": lot.name}, columns, lines), "empty": not lines,
    }  # fmt: skip


def _codes_table(row: Provider) -> Table:
    rows = row.agb_codes.order_by("-starts")
    lines = [[r.code, date_words(r.starts), last_day(r.ends)] for r in rows]
    return Table(_("AGB codes"), [Column(_("Code")), Column(_("From")), Column(_("Until and including"))], lines)


def _proofs_table(row: Provider) -> Table:
    rows = row.proofs.order_by("-valid_until")
    lines = [
        [ProofKind(r.kind).label, date_words(r.seen_on), date_words(r.valid_until), r.remark] for r in rows
    ]  # fmt: skip
    columns = [Column(_("Proof")), Column(_("Seen on")), Column(_("Valid until")), Column(_("Remark"))]
    return Table(_("Proofs of quality"), columns, lines)


def _workers_table(row: Provider, day: dt.date) -> Table | None:
    """Return who of this provider signs in, now and before, with how to end it."""
    lines = [
        [
            each.name, date_words(each.starts),
            Cell(_("End"), reverse("providers:worker_end", args=[each.pk]))
            if each.holds_on(day) and each.account.is_active else last_day(each.ends),
        ]
        for each in provider_workers_of(row.pk)
    ]  # fmt: skip
    columns = [Column(_("Name")), Column(_("From")), Column(_("Until and including"))]
    return Table(_("Who signs in, now and before"), columns, lines) if lines else None


# --- a form per act


def _form_page(
    request: Any, form: forms.Form, act: Callable[[dict[str, Any], int], str], *, title: Any, verb: Any, back: str,
    version: int = 0, current: Callable[[Any], dict[str, Any]] | None = None, done: Any = "", intro: Any = "",
) -> HttpResponse:  # fmt: skip
    """Show a form, or do its act once. A refusal stands beside its field; a second saver sees what is there now.

    `act` gets what was typed and the version that was opened, and returns the address to go to.
    """
    opened = version
    key = once.typed(request) or once.fresh()
    stale: list[Fact] = []
    if request.method == "POST":
        try:
            opened = int(request.POST.get("_version", version))
        except ValueError:
            opened = version
        if form.is_valid():
            try:
                response = once.answer(request, lambda: act(form.cleaned_data, opened), key=key)
                if done:
                    messages.success(request, done)
                return response
            except Stale as error:
                form.add_error(None, str(error.sentence))
                opened = error.current.version
                shown = current(error.current) if current else {}
                stale = [Fact(form.fields[n].label, v or "-") for n, v in shown.items() if n in form.fields]
            except RondomError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.sentence))
    context = {
        "form": form, "title": title, "verb": verb, "back": back, "version": opened, "once": key, "stale": stale,
        "intro": intro,
    }  # fmt: skip
    return render(request, "providers/form.html", context, status=422 if form.errors else 200)


def _typed(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


def _page_of(row: Provider | UUID) -> str:
    return reverse("providers:provider", args=[row.pk if isinstance(row, Provider) else row])


@door
def new(request: Any) -> HttpResponse:
    """Add a provider."""
    by, at = request.principal, clock.now()

    def act(said: dict[str, Any], _version: int) -> str:
        return _page_of(actions.register_provider(by=by, at=at, **said))

    return _form_page(
        request, our.ProviderForm(_typed(request)), act, title=_("Add a provider"), verb=_("Add"),
        back=reverse("providers:index"), done=_("The provider is added. Now add its contract."),
    )  # fmt: skip


@door
def contact(request: Any, provider: UUID) -> HttpResponse:
    """Change how a provider is reached."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def values(record: Provider) -> dict[str, Any]:
        return {name: getattr(record, name) for name in actions.CORRECTABLE}

    def act(said: dict[str, Any], version: int) -> str:
        actions.correct_provider(by=by, at=at, provider=row, changes=said, opened_version=version)
        return _page_of(row)

    return _form_page(
        request, our.ContactForm(_typed(request), initial=values(row)), act, title=_("How to reach %(name)s") % {
            "name": row.name
        }, verb=_("Save"), back=_page_of(row), version=row.version, current=values, done=_("Saved."),
    )  # fmt: skip


@door
def rename(request: Any, provider: UUID) -> HttpResponse:
    """Give a provider another name from a day."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], version: int) -> str:
        actions.rename_provider(by=by, at=at, provider=row, opened_version=version, **said)
        return _page_of(row)

    return _form_page(
        request, our.RenameForm(_typed(request), initial={"name": row.name, "day": clock.today()}), act,
        title=_("New name for %(name)s") % {"name": row.name}, verb=_("Change the name"), back=_page_of(row),
        version=row.version, current=lambda r: {"name": r.name}, done=_("The old name stays findable."),
    )  # fmt: skip


@door
def alias_new(request: Any, provider: UUID) -> HttpResponse:
    """Add a name people use."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.add_alias(by=by, at=at, provider=row, **said)
        return _page_of(row)

    return _form_page(
        request, our.AliasForm(_typed(request)), act, title=_("Another name of %(name)s") % {"name": row.name},
        verb=_("Add the name"), back=_page_of(row), done=_("Added."),
    )  # fmt: skip


@door
def agb_new(request: Any, provider: UUID) -> HttpResponse:
    """Give a provider an AGB code from a day."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.give_agb_code(by=by, at=at, provider=row, code=said["agb_code"], starts=said["starts"])
        return _page_of(row)

    return _form_page(
        request, our.AgbForm(_typed(request), initial={"starts": clock.today()}), act,
        title=_("AGB code of %(name)s") % {"name": row.name}, verb=_("Save the code"), back=_page_of(row),
        done=_("Saved. The former code ended on that day."),
    )  # fmt: skip


@door
def location_new(request: Any, provider: UUID) -> HttpResponse:
    """Add a place where help is given."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.add_location(by=by, at=at, provider=row, **said)
        return _page_of(row)

    return _form_page(
        request, our.LocationForm(_typed(request)), act, title=_("A place of %(name)s") % {"name": row.name},
        verb=_("Add the place"), back=_page_of(row), done=_("Added."),
    )  # fmt: skip


@door
def merge(request: Any, provider: UUID) -> HttpResponse:
    """Let a provider go on within another from a day."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)
    others = queries.providers_of(by).filter(merged_into=None).exclude(pk=row.pk).order_by("name")
    form = our.MergeForm(
        _typed(request), initial={"day": clock.today()}, others=[("", "")] + [(str(o.pk), o.name) for o in others]
    )

    def act(said: dict[str, Any], version: int) -> str:
        kept = queries.provider_for(by, UUID(said["kept"]))
        actions.merge_providers(by=by, at=at, gone=row, kept=kept, day=said["day"], opened_version=version)
        return _page_of(kept)

    return _form_page(
        request, form, act, title=_("%(name)s goes on within another provider") % {"name": row.name},
        verb=_("Record the merger"), back=_page_of(row), version=row.version,
        done=_("Recorded. The contracts stay as they were agreed."),
    )  # fmt: skip


@door
def proof_new(request: Any, provider: UUID) -> HttpResponse:
    """Record a proof of quality."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.record_proof(by=by, at=at, provider=row, **said)
        return _page_of(row)

    return _form_page(
        request, our.ProofForm(_typed(request), initial={"seen_on": clock.today()}), act,
        title=_("Proof of quality of %(name)s") % {"name": row.name}, verb=_("Record the proof"), back=_page_of(row),
        done=_("Recorded."),
    )  # fmt: skip


def _ends(said: dict[str, Any]) -> dict[str, Any]:
    """Turn the last day people type into the first day it no longer holds."""
    last = said.pop("last_day")
    return said | {"ends": last + dt.timedelta(days=1) if last else None}


@door
def contract_new(request: Any, provider: UUID) -> HttpResponse:
    """Record a contract."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.sign_contract(by=by, at=at, provider=row, **_ends(dict(said)))
        return _page_of(row)

    return _form_page(
        request, our.ContractForm(_typed(request)), act, title=_("New contract with %(name)s") % {"name": row.name},
        verb=_("Record the contract"), back=_page_of(row), done=_("Recorded. Now add its lots."),
    )  # fmt: skip


@door
def contract_end(request: Any, contract: UUID) -> HttpResponse:
    """Extend a contract, or end it earlier."""
    by, at = request.principal, clock.now()
    row = queries.contract_for(by, contract)

    def values(record: Contract) -> dict[str, Any]:
        return {"last_day": record.ends - dt.timedelta(days=1) if record.ends else None}

    def act(said: dict[str, Any], version: int) -> str:
        actions.end_contract(by=by, at=at, contract=row, opened_version=version, **_ends(dict(said)))
        return _page_of(row.provider)

    def shown(record: Contract) -> dict[str, Any]:
        return {"last_day": last_day(record.ends)}

    return _form_page(
        request, our.ContractEndForm(_typed(request), initial=values(row)), act,
        title=_("Until when does contract %(number)s run?") % {"number": row.number}, verb=_("Save"),
        back=_page_of(row.provider), version=row.version, current=shown, done=_("Saved."),
    )  # fmt: skip


@door
def lot_new(request: Any, contract: UUID) -> HttpResponse:
    """Add a lot to a contract."""
    by, at = request.principal, clock.now()
    row = queries.contract_for(by, contract)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.add_lot(by=by, at=at, contract=row, **said)
        return _page_of(row.provider)

    return _form_page(
        request, our.LotForm(_typed(request)), act, title=_("New lot in contract %(number)s") % {"number": row.number},
        verb=_("Add the lot"), back=_page_of(row.provider), done=_("Added. Now add its products."),
    )  # fmt: skip


@door
def lot_sum(request: Any, lot: UUID) -> HttpResponse:
    """Agree another sum per year for a task-based lot."""
    by, at = request.principal, clock.now()
    row = queries.lot_for(by, lot)

    def act(said: dict[str, Any], version: int) -> str:
        actions.change_yearly_sum(by=by, at=at, lot=row, opened_version=version, **said)
        return _page_of(row.contract.provider)

    start = f"{row.yearly_sum:.2f}".replace(".", ",") if row.yearly_sum is not None else ""
    return _form_page(
        request, our.YearlySumForm(_typed(request), initial={"yearly_sum": start}), act,
        title=_("Sum per year of %(lot)s") % {"lot": row.name}, verb=_("Save"), back=_page_of(row.contract.provider),
        version=row.version, current=lambda r: {"yearly_sum": euro(r.yearly_sum)}, done=_("Saved."),
    )  # fmt: skip


@door
def lot_ceiling(request: Any, lot: UUID) -> HttpResponse:
    """Write down since when the agreed sum has been used up."""
    by, at = request.principal, clock.now()
    row = queries.lot_for(by, lot)

    def act(said: dict[str, Any], version: int) -> str:
        actions.mark_ceiling(by=by, at=at, lot=row, opened_version=version, **said)
        return _page_of(row.contract.provider)

    return _form_page(
        request, our.CeilingForm(_typed(request), initial={"reached_on": row.ceiling_reached_on}), act,
        title=_("Agreed sum of %(lot)s") % {"lot": row.name}, verb=_("Save"), back=_page_of(row.contract.provider),
        version=row.version, done=_("Saved."),
        current=lambda r: {"reached_on": date_words(r.ceiling_reached_on) if r.ceiling_reached_on else "–"},
    )  # fmt: skip


@door
def product_new(request: Any, lot: UUID) -> HttpResponse:
    """Add a product to a lot."""
    by, at = request.principal, clock.now()
    row = queries.lot_for(by, lot)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.add_product(by=by, at=at, lot=row, **said)
        return _page_of(row.contract.provider)

    form = our.ProductForm(_typed(request), funding=row.funding, day=clock.today())
    return _form_page(
        request, form, act, title=_("New product in %(lot)s") % {"lot": row.name}, verb=_("Add the product"),
        back=_page_of(row.contract.provider),
        done=_("Added.") if row.funding == Funding.TASK else _("Added. Now give it a rate."),
    )  # fmt: skip


@door
def rate_new(request: Any, product: UUID) -> HttpResponse:
    """Agree a rate of a product from a day."""
    by, at = request.principal, clock.now()
    row: Product = queries.product_for(by, product)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.set_rate(by=by, at=at, product=row, **_ends(dict(said)))
        return _page_of(row.lot.contract.provider)

    return _form_page(
        request, our.RateForm(_typed(request)), act,
        title=_("New rate of %(code)s %(name)s") % {"code": row.code, "name": row.name}, verb=_("Save the rate"),
        back=_page_of(row.lot.contract.provider), done=_("Saved. The former rate ends on that day."),
    )  # fmt: skip


# --- who signs in


@door
def worker_new(request: Any, provider: UUID) -> HttpResponse:
    """Let somebody of a provider sign in, after calling the provider itself."""
    by, at = request.principal, clock.now()
    row = queries.provider_for(by, provider)

    def act(said: dict[str, Any], _version: int) -> str:
        actions.let_work(by=by, at=at, provider=row, **said)
        return _page_of(row)

    return _form_page(
        request, our.WorkerForm(_typed(request)), act,
        title=_("Let somebody of %(name)s sign in") % {"name": row.name}, verb=_("Let this person sign in"),
        back=_page_of(row), done=_("This person can sign in from now on."), intro=_(
            "Call the provider first, on a number you look up yourself. Who signs in reads the messages that went to "
            "this provider, with the names in them, and reports in its name."
        ),
    )  # fmt: skip


@door
def worker_end(request: Any, providerworker: UUID) -> HttpResponse:
    """Somebody does not work at a provider any more: one question, one button."""
    by, at = request.principal, clock.now()
    row = provider_worker_for(by, providerworker)

    def act(_said: dict[str, Any], _version: int) -> str:
        actions.end_work(by=by, at=at, worker=row)
        return _page_of(row.provider)

    return _form_page(
        request, our.WorkerEndForm(_typed(request)), act,
        title=_("%(name)s does not sign in any more") % {"name": row.name}, verb=_("End"),
        back=_page_of(row.provider), done=_("Ended."),
        intro=_("Signing in stops at once. What this person reported stays."),
    )  # fmt: skip
