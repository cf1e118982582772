"""JW325 Declaratie-antwoord: what the municipality grants and which lines it rejects (reference 6.8 and 4.3)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32 import jw323
from rondom.messages.ijw32.release import RELEASE, RetourCodes, by_municipality
from rondom.messages.ijw32.types import (
    CDT_BerichtIdentificatie,
    CDT_TotaalBedragMetDC,
    CDT_XsdVersie,
    LDT_BurgerServicenummer,
    LDT_IdentificatieDeclaratie,
    LDT_Versie,
)


class Header(by_municipality("491")):  # type: ignore[misc]
    """The header, with which claim it answers."""

    DeclaratieIdentificatie = one(CDT_BerichtIdentificatie)
    XsltVersie = maybe(LDT_Versie)
    XsdVersieDeclaratie = one(CDT_XsdVersie)
    RetourCodes = one(RetourCodes)


class Prestatie(jw323.Prestatie):
    """One rejected line, with why."""

    RetourCodes = one(RetourCodes)


class Prestaties(Wrapper):
    """The rejected lines."""

    Prestatie = many(Prestatie)


class Client(Class):
    """A client with rejected lines."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Prestaties = one(Prestaties)
    RetourCodes = one(RetourCodes)


class Clienten(Wrapper):
    """The clients with rejected lines."""

    Client = many(Client)


class DeclaratieAntwoord(Class):
    """The verdict on the claim."""

    DeclaratieNummer = one(LDT_IdentificatieDeclaratie, key=True)
    TotaalIngediendBedrag = one(CDT_TotaalBedragMetDC)
    TotaalToegekendBedrag = one(CDT_TotaalBedragMetDC)
    Clienten = maybe(Clienten)
    RetourCodes = one(RetourCodes)


class Bericht(Group):
    """The message."""

    Header = one(Header)
    DeclaratieAntwoord = maybe(DeclaratieAntwoord)


MESSAGE = RELEASE.declare("JW325", "Declaratie-antwoord", "491", Bericht)
