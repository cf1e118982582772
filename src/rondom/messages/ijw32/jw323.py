"""JW323 Declaratie Jeugdhulp: the provider claims what was delivered in one month (reference 6.7)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_provider
from rondom.messages.ijw32.types import (
    CDT_BedragMetDC,
    CDT_GeslotenPeriode,
    CDT_Referentie,
    CDT_TotaalBedragMetDC,
    LDT_Bedrag,
    LDT_BurgerServicenummer,
    LDT_Datum,
    LDT_Eenheid,
    LDT_Nummer,
    LDT_ProductCategorie,
    LDT_ProductCode,
    LDT_Volume,
)
from rondom.messages.simple import Text


class Prestatie(Class):
    """One line: one client, one assignment, one product, one product period."""

    ProductReferentie = one(CDT_Referentie, key=True)
    ToewijzingNummer = one(LDT_Nummer)
    ProductCategorie = one(LDT_ProductCategorie)
    ProductCode = one(LDT_ProductCode)
    ProductPeriode = one(CDT_GeslotenPeriode)
    GeleverdVolume = one(LDT_Volume)
    Eenheid = one(LDT_Eenheid)
    ProductTarief = maybe(LDT_Bedrag)
    IngediendBedrag = one(CDT_BedragMetDC)


class Prestaties(Wrapper):
    """The lines."""

    Prestatie = many(Prestatie)


class Client(Class):
    """A client with lines."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Prestaties = one(Prestaties)


class Clienten(Wrapper):
    """The clients."""

    Client = many(Client)


class Declaratie(Class):
    """The claim."""

    DeclaratieNummer = one(
        Text("LDT_IdentificatieDeclaratie", 1, 12, r"([a-zA-Z0-9])+", "letters en cijfers"), key=True
    )
    DeclaratiePeriode = one(CDT_GeslotenPeriode)
    DeclaratieDagtekening = one(LDT_Datum)
    TotaalIngediendBedrag = one(CDT_TotaalBedragMetDC)
    Clienten = one(Clienten)


class Bericht(Group):
    """The message."""

    Header = one(by_provider("490"))
    Declaratie = one(Declaratie)


MESSAGE = RELEASE.declare("JW323", "Declaratie Jeugdhulp", "490", Bericht, answer="JW325")
