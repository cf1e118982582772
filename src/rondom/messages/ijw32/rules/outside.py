"""Rules against the day, the lists and the contract (reference 10.5). Level 4."""

import datetime as dt
from typing import Any

from rondom.messages.ijw32.rules.claims import HOURS, MINUTES, half_up
from rondom.messages.ijw32.rules.conditions import EUROS
from rondom.messages.judging import Case, each

DATED = "Header/BerichtIdentificatie/Dagtekening"
BY_MUNICIPALITY, BY_PROVIDER = ("JW301", "JW319", "JW325"), ("JW305", "JW307", "JW315", "JW317", "JW323")


@each("TR135", **dict.fromkeys(("JW301", "JW319", *BY_PROVIDER), DATED),
      JW325=f"{DATED}, Header/DeclaratieIdentificatie/Dagtekening")  # fmt: skip
def not_in_the_future(day: dt.date, case: Case) -> bool:
    today = case.outside.today()
    return today is None or day <= today


@each("TR346", JW323="Prestatie > IngediendBedrag")
def amount_is_volume_times_tariff(line: Any, case: Case) -> bool:
    """Minutes on a contracted hour tariff follow that tariff; the tariff in the line is for show (IV081)."""
    if line.Eenheid == EUROS or line.ProductTarief is None:
        return True
    amount = line.IngediendBedrag.Bedrag
    price = case.outside.price(line.ProductCategorie, line.ProductCode, line.ProductPeriode.Begindatum)
    if price is not None and (line.Eenheid, price.unit) == (MINUTES, HOURS):
        return bool(amount == half_up(price.cents * line.GeleverdVolume, 60))
    return bool(amount == line.GeleverdVolume * line.ProductTarief)


@each("TR378", **dict.fromkeys(BY_MUNICIPALITY, "Header/Afzender"), **dict.fromkeys(BY_PROVIDER, "Header/Ontvanger"))
def municipality_is_in_the_list(code: str, case: Case) -> bool:
    return all(case.outside.municipality_exists(code, day) is not False for day in _days(case))


@each("TR378", JW319="Woonplaatsbeginsel/Gemeente")
def other_municipality_is_in_the_list(code: str, case: Case) -> bool:
    return case.outside.municipality_exists(code, case.dated) is not False


def _days(case: Case) -> list[dt.date]:
    """Return the days on which the list must hold the code: of each assignment or request, else of the message."""
    if case.message.name == "JW301":
        return [one.Ingangsdatum for one in case.content.Client.ToegewezenProducten.ToegewezenProduct]
    if case.message.name == "JW315":
        return [one.ToewijzingIngangsdatum for one in case.content.Client.AangevraagdeProducten.AangevraagdProduct]
    return [case.dated]


@each("TR381", JW301="ToegewezenProduct/Product > Code", JW305="StartProduct/Product > Code",
      JW307="StopProduct/Product > Code", JW315="AangevraagdProduct/Product > Code",
      JW317="NieuwProduct/Product > Code")  # fmt: skip
def code_belongs_to_category(product: Any, case: Case) -> bool:
    if product.Code is None:
        return True
    return case.outside.product_fits(product.Categorie, product.Code, case.dated) is not False


@each("TR381", JW323="Prestatie > ProductCode")
def claimed_code_belongs_to_category(line: Any, case: Case) -> bool:
    day = line.ProductPeriode.Begindatum
    return case.outside.product_fits(line.ProductCategorie, line.ProductCode, day) is not False
