"""Conditions (CD): when an element must or may not be there (reference 10.1). Level 2, code 0001."""

import datetime as dt
from typing import Any

from rondom.messages.judging import Case, each

LANGUAGE, TEMPORARY, DUTCH = "1", "04", "NL"
HOME_OR_STAY = ("01", "03")
PROFESSIONALS = ("02", "03", "04", "05")  # referrers with an AGB code
WEEKLY, EUROS, CREDIT, REJECTED, INVESTIGATED = "2", "83", "C", "1", "2"
OLD_ASSIGNMENTS_END = dt.date(2020, 12, 31)  # until then an assignment without code could have a volume


def code_of(product: Any) -> str | None:
    """Return the product code, None for an aspecific or generic product."""
    return None if product is None else product.Code


def end_of(thing: Any) -> dt.date | None:
    """Return the last day of an assigned or requested product."""
    found: dt.date | None = thing.ToewijzingEinddatum if hasattr(thing, "ToewijzingEinddatum") else thing.Einddatum
    return found


def is_recent(end: dt.date | None) -> bool:
    """Tell whether the rules of release 3.0 and later hold: the end is open or after 2020."""
    return end is None or end > OLD_ASSIGNMENTS_END


@each("CD005", JW301="Contact/Adres > LandCode")
def country_with_postcode(address: Any, case: Case) -> bool:
    return (address.LandCode is None) == (address.Postcode is None)


@each("CD007", JW301="Client/Communicatie > Taal")
def language_with_interpreter(communication: Any, case: Case) -> bool:
    return (communication.Taal is not None) == (communication.Vorm == LANGUAGE)


@each("CD009", JW301="Contact > Periode")
def period_of_temporary_address(contact: Any, case: Case) -> bool:
    return contact.Periode is None or contact.Soort == TEMPORARY


@each("CD025", JW301="Contact/Adres > Huis")
def house_in_dutch_address(address: Any, case: Case) -> bool:
    return address.LandCode != DUTCH or address.Huis is not None


@each("CD034", JW301="Contact > Adres/Postcode")
def postcode_of_home(contact: Any, case: Case) -> bool:
    return contact.Soort not in HOME_OR_STAY or (contact.Adres is not None and contact.Adres.Postcode is not None)


@each("CD041", JW301="ToegewezenProduct > Omvang", JW315="AangevraagdProduct > Omvang", JW317="NieuwProduct > Omvang")
def volume_of_specific_product(thing: Any, case: Case) -> bool:
    return code_of(thing.Product) is None or thing.Omvang is not None


@each("CD043", JW315="AangevraagdProduct > BeschikkingIngangsdatum")
def start_of_decision(requested: Any, case: Case) -> bool:
    return (requested.BeschikkingIngangsdatum is None) == (requested.BeschikkingNummer is None)


@each("CD060", JW323="Prestatie > ProductReferentie/VorigReferentieNummer",
      JW325="Prestatie > ProductReferentie/VorigReferentieNummer")  # fmt: skip
def debit_line_of_credit(line: Any, case: Case) -> bool:
    credit = line.IngediendBedrag.DebetCredit == CREDIT
    return (line.ProductReferentie.VorigReferentieNummer is not None) == credit


@each("CD066", JW315="AangevraagdProduct/Verwijzer > Naam")
def no_name_beside_code(referrer: Any, case: Case) -> bool:
    return referrer.Type not in PROFESSIONALS or referrer.ZorgverlenerCode is None or referrer.Naam is None


@each("CD067", JW315="AangevraagdProduct/Verwijzer > Naam")
def name_without_code(referrer: Any, case: Case) -> bool:
    return referrer.Type not in PROFESSIONALS or referrer.ZorgverlenerCode is not None or referrer.Naam is not None


@each("CD068", JW315="AangevraagdProduct/Verwijzer > ZorgverlenerCode")
def code_of_professionals_only(referrer: Any, case: Case) -> bool:
    return referrer.Type in PROFESSIONALS or referrer.ZorgverlenerCode is None


ENDS = {
    "JW301": "ToegewezenProduct > Einddatum",
    "JW315": "AangevraagdProduct > ToewijzingEinddatum",
    "JW317": "TeWijzigenProduct > Einddatum, NieuwProduct > Einddatum",
}


@each("CD075", **ENDS)
def end_with_budget(thing: Any, case: Case) -> bool:
    return thing.Budget is None or end_of(thing) is not None


@each("CD076", **ENDS)
def end_with_weekly_volume(thing: Any, case: Case) -> bool:
    return thing.Omvang is None or thing.Omvang.Frequentie != WEEKLY or end_of(thing) is not None


@each("CD077", JW301="ToegewezenProduct > Omvang", JW315="AangevraagdProduct > Omvang",
      JW317="TeWijzigenProduct > Omvang, NieuwProduct > Omvang")  # fmt: skip
def no_volume_beside_budget(thing: Any, case: Case) -> bool:
    return thing.Budget is None or thing.Omvang is None


@each("CD078", JW301="ToegewezenProduct > Budget", JW315="AangevraagdProduct > Budget",
      JW317="TeWijzigenProduct > Budget, NieuwProduct > Budget")  # fmt: skip
def no_budget_beside_volume(thing: Any, case: Case) -> bool:
    return thing.Omvang is None or thing.Budget is None


@each("CD079", JW301="ToegewezenProduct > Product", JW315="AangevraagdProduct > Product",
      JW317="NieuwProduct > Product")  # fmt: skip
def product_without_budget(thing: Any, case: Case) -> bool:
    return thing.Budget is not None or thing.Product is not None


@each("CD080", JW301="ToegewezenProduct > Omvang")
@each("CD095", JW315="AangevraagdProduct > Omvang")
@each("CD096", JW317="NieuwProduct > Omvang")
def volume_of_specific_product_only(thing: Any, case: Case) -> bool:
    return code_of(thing.Product) is not None or not is_recent(end_of(thing)) or thing.Omvang is None


@each("CD085", JW319="Antwoord > RedenAfwijzingVerzoek")
def reason_of_rejection(answer: Any, case: Case) -> bool:
    return answer.VerzoekAntwoord != REJECTED or answer.RedenAfwijzingVerzoek is not None


@each("CD086", JW319="Antwoord > RedenAfwijzingVerzoek")
def no_reason_while_investigated(answer: Any, case: Case) -> bool:
    return answer.VerzoekAntwoord != INVESTIGATED or answer.RedenAfwijzingVerzoek is None


@each("CD087", JW323="Prestatie > ProductTarief")
def tariff_unless_euros(line: Any, case: Case) -> bool:
    return (line.ProductTarief is None) == (line.Eenheid == EUROS)
