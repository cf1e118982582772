"""JW317 Verzoek om wijziging: the provider asks for another package, as one whole (reference 6.5)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_provider
from rondom.messages.ijw32.types import (
    CDT_Omvang,
    CDT_Product,
    LDT_Budget,
    LDT_BurgerServicenummer,
    LDT_Datum,
    LDT_Nummer,
    LDT_RedenVerzoek,
    LDT_Referentie,
)


class OngewijzigdProduct(Class):
    """A running assignment that stays as it is."""

    ToewijzingNummer = one(LDT_Nummer, key=True)


class OngewijzigdeProducten(Wrapper):
    """What stays."""

    OngewijzigdProduct = many(OngewijzigdProduct)


class TeWijzigenProduct(Class):
    """A running assignment that must change; its product stays."""

    ToewijzingNummer = one(LDT_Nummer, key=True)
    GewensteIngangsdatum = one(LDT_Datum)
    Einddatum = maybe(LDT_Datum)
    Omvang = maybe(CDT_Omvang)
    Budget = maybe(LDT_Budget)


class TeWijzigenProducten(Wrapper):
    """What changes."""

    TeWijzigenProduct = many(TeWijzigenProduct)


class NieuwProduct(Class):
    """A product without a running assignment."""

    Product = maybe(CDT_Product, key=True)
    GewensteIngangsdatum = one(LDT_Datum, key=True)
    Einddatum = maybe(LDT_Datum)
    Omvang = maybe(CDT_Omvang)
    Budget = maybe(LDT_Budget)


class NieuweProducten(Wrapper):
    """What is new."""

    NieuwProduct = many(NieuwProduct)


class Verzoek(Class):
    """The request as one whole."""

    ReferentieAanbieder = one(LDT_Referentie, key=True)
    RedenVerzoek = one(LDT_RedenVerzoek)
    OngewijzigdeProducten = maybe(OngewijzigdeProducten)
    TeWijzigenProducten = maybe(TeWijzigenProducten)
    NieuweProducten = maybe(NieuweProducten)


class Client(Class):
    """The one client of this message."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Verzoek = one(Verzoek)


class Bericht(Group):
    """The message."""

    Header = one(by_provider("486"))
    Client = one(Client)


MESSAGE = RELEASE.declare("JW317", "Verzoek om wijziging", "486", Bericht, answer="JW318")
