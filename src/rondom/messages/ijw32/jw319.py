"""JW319 Antwoordbericht: the municipality rejects a request or says it looks into it (reference 6.6)."""

from rondom.messages.declaring import Class, Group, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_municipality
from rondom.messages.ijw32.types import (
    LDT_Gemeente,
    LDT_RedenAfwijzingVerzoek,
    LDT_Referentie,
    LDT_VerzoekAntwoord,
)


class Woonplaatsbeginsel(Class):
    """The municipality that is responsible according to the sender."""

    Gemeente = one(LDT_Gemeente, key=True)


class Antwoord(Class):
    """The answer to one request reference."""

    ReferentieAanbieder = one(LDT_Referentie, key=True)
    VerzoekAntwoord = one(LDT_VerzoekAntwoord, key=True)
    RedenAfwijzingVerzoek = maybe(LDT_RedenAfwijzingVerzoek)
    Woonplaatsbeginsel = maybe(Woonplaatsbeginsel)


class Bericht(Group):
    """The message."""

    Header = one(by_municipality("488"))
    Antwoord = one(Antwoord)


MESSAGE = RELEASE.declare("JW319", "Antwoordbericht", "488", Bericht, answer="JW320")
