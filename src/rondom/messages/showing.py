"""A message as readable Dutch text: elements as words, codes with their meaning, dates and amounts as written."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from rondom.messages.codes import name_of
from rondom.messages.declaring import MANY, Element, Group, Message, Wrapper, group_of
from rondom.messages.explaining import return_codes
from rondom.messages.simple import Code, Date, Whole

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
NAMES = {
    "AangevraagdProduct": "Aangevraagd product",
    "AanduidingWoonadres": "Aanduiding woonadres",
    "BeschikkingIngangsdatum": "Ingangsdatum beschikking",
    "BeschikkingNummer": "Beschikkingsnummer",
    "BerichtIdentificatie": "Identificatie van het bericht",
    "BerichtCode": "Soort bericht",
    "BerichtVersie": "Versie",
    "BerichtSubversie": "Subversie",
    "Client": "Cliënt",
    "DeclaratieAntwoord": "Antwoord op de declaratie",
    "DeclaratieIdentificatie": "Identificatie van de declaratie",
    "DeclaratieNummer": "Declaratienummer",
    "DeclaratiePeriode": "Declaratieperiode",
    "DeclaratieDagtekening": "Dagtekening van de declaratie",
    "DagtekeningRetour": "Dagtekening van het retourbericht",
    "IdentificatieRetour": "Identificatie van het retourbericht",
    "ProductCategorie": "Categorie",
    "ProductCode": "Productcode",
    "ProductPeriode": "Productperiode",
    "ProductReferentie": "Referentie",
    "ProductTarief": "Tarief",
    "RedenBeeindiging": "Reden van beëindiging",
    "RedenWijziging": "Reden van wijziging",
    "RedenAfwijzingVerzoek": "Reden van afwijzing",
    "RedenVerzoek": "Reden van het verzoek",
    "ReferentieAanbieder": "Referentie van de aanbieder",
    "ReferentieNummer": "Referentienummer",
    "RetourCode": "Retourcode",
    "RetourCodes": "Oordeel",
    "StatusAanlevering": "Status van de aanlevering",
    "ToegewezenProduct": "Toegewezen product",
    "ToewijzingNummer": "Toewijzingsnummer",
    "ToewijzingIngangsdatum": "Ingangsdatum toewijzing",
    "ToewijzingEinddatum": "Einddatum toewijzing",
    "TotaalIngediendBedrag": "Ingediend bedrag, totaal",
    "TotaalToegekendBedrag": "Toegekend bedrag, totaal",
    "VorigReferentieNummer": "Vorig referentienummer",
    "VerzoekAntwoord": "Antwoord op het verzoek",
}
ACRONYMS = {"bsn": "BSN", "xsd": "XSD", "xslt": "XSLT"}
RETURN_CODES, EUROS = "WJ001", "83"


def show(message: Message, content: Any) -> str:
    """Return a message as text of several lines."""
    return "\n".join([f"{message.name} {message.title} (iJw {message.release})", "", *_group(content, 0)])


def _group(group: Any, depth: int) -> Iterator[str]:
    for element, value in zip(group.elements, group, strict=True):
        if value is None:
            continue
        below = group_of(element)
        if below is None:
            yield _line(depth, words_of(element.name), _value(element, value, group))
        elif issubclass(below, Wrapper):
            yield from _repeats(below.elements[0], value[0], depth)
        else:
            yield _line(depth, words_of(element.name))
            yield from _group(value, depth + 1)


def _repeats(element: Element, values: tuple[Any, ...], depth: int) -> Iterator[str]:
    assert element.times == MANY
    for number, value in enumerate(values, 1):
        if isinstance(value, Group):
            yield _line(
                depth,
                f"{words_of(element.name)} {number} van {len(values)}" if len(values) > 1 else words_of(element.name),
            )
            yield from _group(value, depth + 1)
        else:
            yield _line(depth, words_of(element.name), _value(element, value, None))


def _line(depth: int, name: str, value: str = "") -> str:
    return f"{'  ' * depth}{name}: {value}" if value else f"{'  ' * depth}{name}"


def words_of(name: str) -> str:
    """Return the name of an element as words: `ToewijzingNummer` becomes `Toewijzingsnummer`."""
    if name in NAMES:
        return NAMES[name]
    parts = [ACRONYMS.get(part.lower(), part.lower()) for part in re.findall(r"[A-Z][a-z0-9]*", name)]
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def _value(element: Element, value: Any, group: Any) -> str:
    kind = element.type
    if isinstance(kind, Date):
        return date(value)
    if isinstance(kind, Whole):
        return money(value) if kind.cents or _is_money(element.name, group) else str(value)
    if isinstance(kind, Code):
        return _code(value, kind.codes)
    return str(value)


def _is_money(name: str, group: Any) -> bool:
    """Tell whether a volume is an amount: with unit 83 it is in cents (IV042)."""
    return name in ("Volume", "GeleverdVolume") and group.Eenheid == EUROS


def _code(code: str, codes: str) -> str:
    known = return_codes().get(code) if codes == RETURN_CODES else None
    meaning = known.says if known else name_of(code, codes)
    return f"{meaning} ({code})" if meaning else code


def date(day: dt.date) -> str:
    """Return a date as people write it: 3 mei 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def money(cents: int) -> str:
    """Return an amount as people write it: € 1.234,50."""
    euros, rest = divmod(int(cents), 100)
    return f"€ {euros:,}".replace(",", ".") + f",{rest:02}"
