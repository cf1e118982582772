"""JW301 Toewijzing: the municipality assigns help for one client to one provider (reference 6.1)."""

from rondom.messages.declaring import Class, Group, Wrapper, many, maybe, one
from rondom.messages.ijw32.release import RELEASE, by_municipality
from rondom.messages.ijw32.types import (
    CDT_Adres,
    CDT_Communicatie,
    CDT_Geboortedatum,
    CDT_Omvang,
    CDT_OpenPeriode,
    CDT_Product,
    CDT_Telefoonnummers,
    CDT_VolledigeNaam,
    LDT_AdresSoort,
    LDT_Budget,
    LDT_BurgerServicenummer,
    LDT_Commentaar,
    LDT_Datum,
    LDT_Emailadres,
    LDT_Geslacht,
    LDT_JuridischeStatus,
    LDT_Nummer,
    LDT_Organisatienaam,
    LDT_Persoonsid,
    LDT_RedenWijziging,
    LDT_Referentie,
    LDT_RelatieVolgorde,
    LDT_SoortRelatie,
    LDT_Tijd,
    LDT_WettelijkeVertegenwoordiging,
)


class Contact(Class):
    """Address, phone and e-mail of one kind."""

    Soort = one(LDT_AdresSoort, key=True)
    Adres = maybe(CDT_Adres)
    Organisatie = maybe(LDT_Organisatienaam)
    Telefoon = maybe(CDT_Telefoonnummers)
    Emailadres = maybe(LDT_Emailadres)
    Periode = maybe(CDT_OpenPeriode)


class Relatie(Class):
    """A relation of the client: parent, guardian, ..."""

    Nummer = one(LDT_Persoonsid, key=True)
    Volgorde = maybe(LDT_RelatieVolgorde)
    Soort = one(LDT_SoortRelatie)
    Geboortedatum = maybe(CDT_Geboortedatum)
    Geslacht = maybe(LDT_Geslacht)
    Naam = one(CDT_VolledigeNaam)
    Contact = one(Contact)


class Relaties(Wrapper):
    """The relations."""

    Relatie = many(Relatie)


class Contactgegevens(Wrapper):
    """Where the client can be reached."""

    Contact = many(Contact)


class ToegewezenProduct(Class):
    """One assignment (toewijzing)."""

    ToewijzingNummer = one(LDT_Nummer, key=True)
    ReferentieAanbieder = maybe(LDT_Referentie)
    Product = maybe(CDT_Product)
    Toewijzingsdatum = one(LDT_Datum)
    Toewijzingstijd = one(LDT_Tijd)
    Ingangsdatum = one(LDT_Datum)
    Einddatum = maybe(LDT_Datum)
    RedenWijziging = maybe(LDT_RedenWijziging)
    Omvang = maybe(CDT_Omvang)
    Budget = maybe(LDT_Budget)
    Commentaar = maybe(LDT_Commentaar)


class ToegewezenProducten(Wrapper):
    """The assignments."""

    ToegewezenProduct = many(ToegewezenProduct)


class Client(Class):
    """The one client of this message."""

    Bsn = one(LDT_BurgerServicenummer, key=True)
    Geboortedatum = one(CDT_Geboortedatum)
    Geslacht = one(LDT_Geslacht)
    Naam = one(CDT_VolledigeNaam)
    Communicatie = maybe(CDT_Communicatie)
    JuridischeStatus = maybe(LDT_JuridischeStatus)
    WettelijkeVertegenwoordiging = maybe(LDT_WettelijkeVertegenwoordiging)
    Commentaar = maybe(LDT_Commentaar)
    Relaties = maybe(Relaties)
    Contactgegevens = one(Contactgegevens)
    ToegewezenProducten = one(ToegewezenProducten)


class Bericht(Group):
    """The message."""

    Header = one(by_municipality("436"))
    Client = one(Client)


MESSAGE = RELEASE.declare("JW301", "Toewijzing Jeugdhulp", "436", Bericht, answer="JW302")
