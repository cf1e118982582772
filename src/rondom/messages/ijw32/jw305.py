"""JW305 Start Jeugdhulp: the provider reports that help has begun (reference 6.2)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_provider
from rondom.messages.ijw32.types import (
    CDT_Geboortedatum,
    CDT_Product,
    CDT_VerkorteNaam,
    LDT_BurgerServicenummer,
    LDT_Datum,
    LDT_Geslacht,
    LDT_Nummer,
    LDT_StatusAanlevering,
)


class StartProduct(Class):
    """One start report."""

    ToewijzingNummer = maybe(LDT_Nummer, key=True)
    Product = maybe(CDT_Product, key=True)
    ToewijzingIngangsdatum = maybe(LDT_Datum)
    Begindatum = one(LDT_Datum, key=True)
    StatusAanlevering = one(LDT_StatusAanlevering)


class StartProducten(Wrapper):
    """The start reports."""

    StartProduct = many(StartProduct)


class Client(Class):
    """The one client of this message."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Geboortedatum = one(CDT_Geboortedatum)
    Geslacht = one(LDT_Geslacht)
    Naam = one(CDT_VerkorteNaam)
    StartProducten = one(StartProducten)


class Bericht(Group):
    """The message."""

    Header = one(by_provider("438"))
    Client = one(Client)


MESSAGE = RELEASE.declare("JW305", "Start Jeugdhulp", "438", Bericht, answer="JW306")
