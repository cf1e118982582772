"""JW315 Verzoek om toewijzing: the provider asks for assignments (reference 6.4)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_provider
from rondom.messages.ijw32.types import (
    CDT_Geboortedatum,
    CDT_Omvang,
    CDT_Product,
    CDT_VerkorteNaam,
    CDT_Verwijzer,
    LDT_Budget,
    LDT_BurgerServicenummer,
    LDT_Commentaar,
    LDT_Datum,
    LDT_Geslacht,
    LDT_JaNee,
    LDT_Nummer,
    LDT_Referentie,
)


class AangevraagdProduct(Class):
    """One requested product."""

    ReferentieAanbieder = one(LDT_Referentie, key=True)
    BeschikkingNummer = maybe(LDT_Nummer)
    Product = maybe(CDT_Product)
    BeschikkingIngangsdatum = maybe(LDT_Datum)
    ToewijzingIngangsdatum = one(LDT_Datum)
    ToewijzingEinddatum = maybe(LDT_Datum)
    Omvang = maybe(CDT_Omvang)
    Budget = maybe(LDT_Budget)
    Verwijzer = one(CDT_Verwijzer)
    Raamcontract = maybe(LDT_JaNee)
    Commentaar = maybe(LDT_Commentaar)


class AangevraagdeProducten(Wrapper):
    """The requested products."""

    AangevraagdProduct = many(AangevraagdProduct)


class Client(Class):
    """The one client of this message."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Geboortedatum = one(CDT_Geboortedatum)
    Geslacht = one(LDT_Geslacht)
    Naam = one(CDT_VerkorteNaam)
    GezagsdragerBekend = maybe(LDT_JaNee)
    Commentaar = maybe(LDT_Commentaar)
    AangevraagdeProducten = one(AangevraagdeProducten)


class Bericht(Group):
    """The message."""

    Header = one(by_provider("446"))
    Client = one(Client)


MESSAGE = RELEASE.declare("JW315", "Verzoek om toewijzing", "446", Bericht, answer="JW316")
