"""Rules against earlier messages for claims and the answers to them (reference 10.4, 12.7 and 14). Level 3."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rondom.messages.ijw32.rules.conditions import CREDIT
from rondom.messages.ijw32.rules.constraints import DEBIT, last_of_month
from rondom.messages.ijw32.rules.inside import what_is_claimed
from rondom.messages.ijw32.rules.volumes import fits_period, in_unit, most_in_all
from rondom.messages.judging import Case, across, each, known
from rondom.messages.knowing import Assignment, Claim, Price

MINUTES, HOURS = "01", "04"


def assignment_of(line: Any, case: Case) -> Assignment | None:
    """Return the assignment of a line; None when there is none (TR338 says so)."""
    return case.earlier.assignment(line.ToewijzingNummer)


@each("TR307", JW323="Prestatie > ProductPeriode")
def starts_within_the_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    return found is None or line.ProductPeriode.Begindatum >= found.content.Ingangsdatum


@each("TR308", JW323="Prestatie > ProductPeriode")
def ends_within_the_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    return found is None or found.content.Einddatum is None or line.ProductPeriode.Einddatum <= found.content.Einddatum


@across("TR314", JW323="Prestatie > ProductReferentie")
def line_reference_is_new(lines: Sequence[Any], case: Case) -> Iterable[int]:
    seen: set[str] = set()
    for place, line in enumerate(lines):
        number = line.ProductReferentie.ReferentieNummer
        if number in seen or case.earlier.line(number) is not None:
            yield place
        seen.add(number)


@each("TR318", JW323="Declaratie > DeclaratiePeriode")
def not_before_the_last_claimed_month(claim: Any, case: Case) -> bool:
    """Only a month before the last claimed one is refused: whether care was delivered in a gap cannot be seen here."""
    return all(claim.DeclaratiePeriode.Begindatum >= earlier.period.Begindatum for earlier in case.earlier.claims())


@each("TR319", JW323="Prestatie")
def claimed_in_its_month_or_later(line: Any, case: Case) -> bool:
    return bool(line.ProductPeriode.Einddatum <= case.content.Declaratie.DeclaratiePeriode.Einddatum)


@each("TR321", JW323="Prestatie > GeleverdVolume")
def volume_fits_the_period(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    return found is None or line.IngediendBedrag.DebetCredit == CREDIT or fits_period(line, found.content)


@across("TR322", JW323="Prestatie > GeleverdVolume")
def volume_fits_the_assignment(lines: Sequence[Any], case: Case) -> Iterable[int]:
    return _over(lines, case, most_in_all, in_unit)


@across("TR369", JW323="Prestatie > GeleverdVolume")
def amounts_fit_the_budget(lines: Sequence[Any], case: Case) -> Iterable[int]:
    """The rule speaks of GeleverdVolume; a budget is money, so the amounts are compared (reference 16, item 5)."""
    return _over(lines, case, lambda assigned: assigned.Budget, lambda line, assigned: line.IngediendBedrag.Bedrag)


def _over(
    lines: Sequence[Any], case: Case, most: Callable[[Any], int | None], measure: Callable[[Any, Any], int]
) -> Iterable[int]:
    """Return the places of the debit lines that no longer fit, in order, beside what was claimed before."""
    credited = _credited_here(lines)
    claimed: dict[int, int] = {}
    for place, line in enumerate(lines):
        found = assignment_of(line, case)
        bound = most(found.content) if found else None
        if found is None or bound is None or line.IngediendBedrag.DebetCredit == CREDIT:
            continue
        number = line.ToewijzingNummer
        if number not in claimed:
            earlier = [one.content for one in case.earlier.lines(number) if one.counts]
            claimed[number] = sum(
                measure(one, found.content) for one in earlier if one.ProductReferentie.ReferentieNummer not in credited
            )
        with_this = claimed[number] + measure(line, found.content)
        if with_this <= bound:
            claimed[number] = with_this
        else:
            yield place


def _credited_here(lines: Sequence[Any]) -> set[str]:
    """Return the references of the lines that this message credits; credit goes before debit (OP366)."""
    return {
        line.ProductReferentie.VorigReferentieNummer
        for line in lines
        if line.ProductReferentie.VorigReferentieNummer is not None
    }


@each("TR323", JW323="Prestatie > ProductReferentie")
def credits_a_granted_line(line: Any, case: Case) -> bool:
    if line.IngediendBedrag.DebetCredit != CREDIT:
        return True
    earlier = case.earlier.line(line.ProductReferentie.VorigReferentieNummer)
    return earlier is not None and earlier.granted_debit


@each("TR390", JW323="Prestatie")
def credits_once(line: Any, case: Case) -> bool:
    if line.IngediendBedrag.DebetCredit != CREDIT:
        return True
    earlier = case.earlier.line(line.ProductReferentie.VorigReferentieNummer)
    return earlier is None or not earlier.credited


@across("TR389", JW323="Prestatie")
def no_second_debit_line(lines: Sequence[Any], case: Case) -> Iterable[int]:
    credited = _credited_here(lines)
    for place, line in enumerate(lines):
        if line.IngediendBedrag.DebetCredit == DEBIT and any(
            one.counts
            and what_is_claimed(one.content) == what_is_claimed(line)
            and one.content.ProductReferentie.ReferentieNummer not in credited
            for one in case.earlier.lines(line.ToewijzingNummer)
        ):
            yield place


@each("TR333", JW323="Declaratie > DeclaratieNummer")
def claim_number_is_new(claim: Any, case: Case) -> bool:
    return case.earlier.claim(claim.DeclaratieNummer) is None


@known("TR338", JW323="Prestatie")
def line_has_an_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    return found is not None and found.bsn == case.client.Bsn and found.provider == case.provider


@each("TR339", JW323="Prestatie > ProductCategorie")
def category_of_the_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    product = found.content.Product if found else None
    return product is None or product.Categorie == line.ProductCategorie


@each("TR340", JW323="Prestatie > ProductCode")
def code_of_the_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    product = found.content.Product if found else None
    return product is None or product.Code is None or product.Code == line.ProductCode


@each("TR341", JW323="Prestatie > Eenheid")
def unit_of_the_assignment(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    if found is None:
        return True
    if found.content.Omvang is not None:
        unit = found.content.Omvang.Eenheid
    elif (price := _price(line, case)) is not None:
        unit = price.unit
    else:
        return True
    return line.Eenheid == unit or (line.Eenheid, unit) == (MINUTES, HOURS)


@each("TR384", JW323="Prestatie")
def assignment_is_not_deleted(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    return found is None or not found.deleted


@each("TR387", JW323="Prestatie > ProductPeriode")
def starts_on_the_day_it_must(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    first = line.ProductPeriode.Begindatum.replace(day=1)
    return found is None or line.ProductPeriode.Begindatum == max(first, found.content.Ingangsdatum)


@each("TR388", JW323="Prestatie > ProductPeriode")
def ends_on_the_day_it_must(line: Any, case: Case) -> bool:
    found = assignment_of(line, case)
    last = last_of_month(line.ProductPeriode.Einddatum)
    end = found.content.Einddatum if found else None
    return found is None or line.ProductPeriode.Einddatum == (last if end is None else min(last, end))


@each("TR418", JW323="Prestatie > ProductTarief")
def tariff_of_the_contract(line: Any, case: Case) -> bool:
    price = _price(line, case)
    if price is None or line.ProductTarief is None:
        return True
    if (line.Eenheid, price.unit) == (MINUTES, HOURS):
        return bool(line.ProductTarief == half_up(price.cents, 60))
    return line.Eenheid != price.unit or line.ProductTarief == price.cents


def _price(line: Any, case: Case) -> Price | None:
    day: dt.date = line.ProductPeriode.Begindatum
    return case.outside.price(line.ProductCategorie, line.ProductCode, day)


def half_up(cents: int, parts: int) -> int:
    """Divide cents and round half up (reference 14.2)."""
    return (2 * cents + parts) // (2 * parts)


@each("TR337", JW325="Header/DeclaratieIdentificatie")
def answers_a_claim(identification: Any, case: Case) -> bool:
    return _answered(identification, case) is not None


@each("TR056", JW325="Header/DeclaratieIdentificatie > Identificatie")
def claim_is_answered_once(identification: Any, case: Case) -> bool:
    claim = _answered(identification, case)
    return claim is None or not claim.answered


@each("TR371", JW325="Header > XsdVersieDeclaratie")
def schema_version_of_the_claim(header: Any, case: Case) -> bool:
    claim = _answered(header.DeclaratieIdentificatie, case)
    return claim is None or claim.header.XsdVersie == header.XsdVersieDeclaratie


def _answered(identification: Any, case: Case) -> Claim | None:
    return next((one for one in case.earlier.claims() if one.header.BerichtIdentificatie == identification), None)


@each("TR376", JW325="DeclaratieAntwoord/DeclaratieNummer")
def names_a_claim(number: str, case: Case) -> bool:
    return case.earlier.claim(number) is not None


@each("TR366", JW325="Prestatie > ProductReferentie")
def names_a_claimed_line(line: Any, case: Case) -> bool:
    return case.earlier.line(line.ProductReferentie.ReferentieNummer) is not None


def _equal(name: str) -> Any:
    def as_claimed(line: Any, case: Case) -> bool:
        earlier = case.earlier.line(line.ProductReferentie.ReferentieNummer)
        return earlier is None or getattr(earlier.content, name) == getattr(line, name)

    as_claimed.__name__ = "as_claimed"
    return as_claimed


for _name in (
    "ToewijzingNummer", "ProductCategorie", "ProductCode", "ProductPeriode", "GeleverdVolume", "Eenheid",
    "ProductTarief", "IngediendBedrag",
):  # fmt: skip
    each("TR367", JW325=f"Prestatie > {_name}")(_equal(_name))
