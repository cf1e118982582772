"""JW307 Stop Jeugdhulp: the provider reports that help has ended, for good or for a while (reference 6.3)."""

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
    LDT_RedenBeeindiging,
    LDT_StatusAanlevering,
)


class StopProduct(Class):
    """One stop report."""

    ToewijzingNummer = maybe(LDT_Nummer, key=True)
    Product = maybe(CDT_Product, key=True)
    ToewijzingIngangsdatum = maybe(LDT_Datum)
    Begindatum = one(LDT_Datum, key=True)
    RedenBeeindiging = one(LDT_RedenBeeindiging, key=True)
    Einddatum = one(LDT_Datum, key=True)
    StatusAanlevering = one(LDT_StatusAanlevering)


class StopProducten(Wrapper):
    """The stop reports."""

    StopProduct = many(StopProduct)


class Client(Class):
    """The one client of this message."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Geboortedatum = one(CDT_Geboortedatum)
    Geslacht = one(LDT_Geslacht)
    Naam = one(CDT_VerkorteNaam)
    StopProducten = one(StopProducten)


class Bericht(Group):
    """The message."""

    Header = one(by_provider("440"))
    Client = one(Client)


MESSAGE = RELEASE.declare("JW307", "Stop Jeugdhulp", "440", Bericht, answer="JW308")
