"""The types of iJw 3.2: simple (LDT) with their limits and code lists, complex (CDT) with their elements in order.

Source: basisschema of iJw 3.2, Zorginstituut Nederland. The codes are those of the release, whatever their dates: a
message is of its release, and a code that has ended is refused by a rule (CS336) or not at all. Their names stand in
the room `reference`.
"""

from rondom.messages.declaring import Complex, maybe, one
from rondom.messages.simple import Code, Date, Text, Time, Whole, line

COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
RETURN_CODES = (
    "0001 0200 0233 0611 8001 8017 8021 8187 8214 8848 9019 9056 9063 9069 9071 9074 9307 9308 9319 9321 "
    "9322 9326 9332 9333 9338 9339 9340 9341 9346 9347 9349 9350 9351 9355 9357 9359 9360 9361 9365 9366 "
    "9367 9369 9373 9374 9375 9379 9384 9385 9387 9388 9389 9390 9411 9412 9413 9414 9415 S300 S329"
)

LDT_AanduidingWoonadres = Code("LDT_AanduidingWoonadres", "AB BY TO WW", codes="NUM061")
LDT_AdresSoort = Code("LDT_AdresSoort", "01 02 03 04", codes="COD757")
LDT_AgbCode = Text("LDT_AgbCode", 1, 8, r"[0-9]{8}", "acht cijfers")
LDT_Bedrag = Whole("LDT_Bedrag", 0, 99_999_999, cents=True)
LDT_BerichtCode = Text("LDT_BerichtCode", 1, 3, codes="COD002-VEKT")
LDT_BerichtSubversie = Whole("LDT_BerichtSubversie", 0, 99)
LDT_BerichtVersie = Whole("LDT_BerichtVersie", 0, 99)
LDT_Budget = Whole("LDT_Budget", 0, 99_999_999, cents=True)
LDT_BurgerServicenummer = Text("LDT_BurgerServicenummer", 1, 9, r"[0-9]{9}", "negen cijfers")
LDT_Commentaar = Text("LDT_Commentaar", filled=True)
LDT_Communicatievorm = Code("LDT_Communicatievorm", "1 2 3", codes="COD747")
LDT_Datum = Date("LDT_Datum")
LDT_DatumGebruik = Code("LDT_DatumGebruik", "1 2 3", codes="COD170")
LDT_DebetCredit = Code("LDT_DebetCredit", "C D", codes="COD043")
LDT_Eenheid = Code("LDT_Eenheid", "01 04 14 16 82 83 84", codes="WJ756")
LDT_Emailadres = line("LDT_Emailadres", 80)
LDT_Frequentie = Code("LDT_Frequentie", "1 2 4 6", codes="WMO757")
LDT_Gemeente = Text("LDT_Gemeente", 1, None, r"[0-9]{4}", "vier cijfers")
LDT_Geslacht = Code("LDT_Geslacht", "0 1 2", codes="COD046")
LDT_Huisletter = line("LDT_Huisletter", 1)
LDT_Huisnummer = Whole("LDT_Huisnummer", 0, 99_999)
LDT_HuisnummerToevoeging = line("LDT_HuisnummerToevoeging", 4)
LDT_IdentificatieBericht = line("LDT_IdentificatieBericht", 12)
LDT_IdentificatieDeclaratie = Text("LDT_IdentificatieDeclaratie", 1, 12)
LDT_JaNee = Code("LDT_JaNee", "1 2", codes="COD260")
LDT_JuridischeStatus = Code("LDT_JuridischeStatus", "01 02 03 04 05 11 12", codes="WJ232")
LDT_LandCode = Code("LDT_LandCode", COUNTRIES, codes="COD032")
LDT_Landnummer = line("LDT_Landnummer", 4)
LDT_Naam = line("LDT_Naam", 200)
LDT_NaamGebruik = Code("LDT_NaamGebruik", "1 2 3 4 5 6", codes="COD700")
LDT_NaamVerwijzer = line("LDT_NaamVerwijzer", 64)
LDT_Nummer = Whole("LDT_Nummer", 0, 999_999_999)
LDT_Organisatienaam = line("LDT_Organisatienaam", 35)
LDT_Persoonsid = line("LDT_Persoonsid", 20)
LDT_Plaatsnaam = line("LDT_Plaatsnaam", 80)
LDT_Postcode = line("LDT_Postcode", 8)
LDT_ProductCategorie = Code(
    "LDT_ProductCategorie", "31 32 33 34 35 36 37 38 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55", codes="JZ020"
)
LDT_ProductCode = line("LDT_ProductCode", 5)
LDT_RedenAfwijzingVerzoek = Code("LDT_RedenAfwijzingVerzoek", "1 2 3 4 5 6 7 8 9", codes="WJ759")
LDT_RedenBeeindiging = Code("LDT_RedenBeeindiging", "02 20 31 32 33 34 35 36 37 38 39", codes="JZ588")
LDT_RedenVerzoek = Code("LDT_RedenVerzoek", "1 2", codes="WJ758")
LDT_RedenWijziging = Code("LDT_RedenWijziging", "01 02 03 04 05 06 07 08 09 10 11 12 13 14", codes="JZ002")
LDT_Referentie = line("LDT_Referentie", 36)
LDT_ReferentieNummer = Text("LDT_ReferentieNummer", 1, 20)
LDT_RelatieVolgorde = Whole("LDT_RelatieVolgorde", 0, 99)
LDT_RetourCode = Code("LDT_RetourCode", RETURN_CODES, codes="WJ001")
LDT_SoortRelatie = Code(
    "LDT_SoortRelatie", "03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25", codes="COD472"
)
LDT_StatusAanlevering = Code("LDT_StatusAanlevering", "1 2 3 9", codes="COD467")
LDT_Straatnaam = line("LDT_Straatnaam", 24)
LDT_Taal = line("LDT_Taal", 25)
LDT_Telefoonnummer = Text("LDT_Telefoonnummer", 1, 15, r"[0-9]*", "alleen cijfers")
LDT_Tijd = Time("LDT_Tijd")
LDT_TotaalBedrag = Whole("LDT_TotaalBedrag", 0, 999_999_999_999, cents=True)
LDT_TypeVerwijzer = Code("LDT_TypeVerwijzer", "01 02 03 04 05 06 08", codes="COD327")
LDT_Versie = Text("LDT_Versie", 1, None, r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", "een versie als 1.0.0")
LDT_VerzoekAntwoord = Code("LDT_VerzoekAntwoord", "1 2", codes="WJ760")
LDT_Volume = Whole("LDT_Volume", 0, 99_999_999)
LDT_Voorletters = Text("LDT_Voorletters", 1, 6, r"([a-zA-ZÀ-ỳ])+", "alleen letters, zonder punten")
LDT_Voorvoegsel = line("LDT_Voorvoegsel", 10)
LDT_WettelijkeVertegenwoordiging = Code("LDT_WettelijkeVertegenwoordiging", "06 07 08 09 10", codes="WJ003")


class CDT_Achternaam(Complex):
    """A surname with its prefix."""

    Achternaam = one(LDT_Naam)
    Voorvoegsel = maybe(LDT_Voorvoegsel)


class CDT_BedragMetDC(Complex):
    """An amount in cents, debit or credit."""

    Bedrag = one(LDT_Bedrag)
    DebetCredit = one(LDT_DebetCredit)


class CDT_BerichtIdentificatie(Complex):
    """What a message is known by: its number and its date."""

    Identificatie = one(LDT_IdentificatieBericht)
    Dagtekening = one(LDT_Datum)


class CDT_Communicatie(Complex):
    """A special way to communicate: an interpreter."""

    Vorm = one(LDT_Communicatievorm)
    Taal = maybe(LDT_Taal)


class CDT_Geboortedatum(Complex):
    """A date of birth; DatumGebruik says which part is not known."""

    Datum = one(LDT_Datum)
    DatumGebruik = maybe(LDT_DatumGebruik)


class CDT_GeslotenPeriode(Complex):
    """A period with both ends; both days belong to it."""

    Begindatum = one(LDT_Datum)
    Einddatum = one(LDT_Datum)


class CDT_Huis(Complex):
    """A house in a street."""

    Huisnummer = one(LDT_Huisnummer)
    Huisletter = maybe(LDT_Huisletter)
    HuisnummerToevoeging = maybe(LDT_HuisnummerToevoeging)
    AanduidingWoonadres = maybe(LDT_AanduidingWoonadres)


class CDT_Omvang(Complex):
    """How much: volume, unit and frequency belong together (IV042)."""

    Volume = one(LDT_Volume)
    Eenheid = one(LDT_Eenheid)
    Frequentie = one(LDT_Frequentie)


class CDT_OpenPeriode(Complex):
    """A period of which an end may be open; both days belong to it."""

    Begindatum = maybe(LDT_Datum)
    Einddatum = maybe(LDT_Datum)


class CDT_Product(Complex):
    """A product: its category, and its code when it is specific."""

    Categorie = one(LDT_ProductCategorie)
    Code = maybe(LDT_ProductCode)


class CDT_Referentie(Complex):
    """What a line is known by; a credit line names the debit line too."""

    ReferentieNummer = one(LDT_ReferentieNummer)
    VorigReferentieNummer = maybe(LDT_ReferentieNummer)


class CDT_Telefoon(Complex):
    """A phone number with its country."""

    Telefoonnummer = one(LDT_Telefoonnummer)
    Landnummer = one(LDT_Landnummer)


class CDT_Telefoonnummers(Complex):
    """One or two phone numbers."""

    Telefoon01 = one(CDT_Telefoon)
    Telefoon02 = maybe(CDT_Telefoon)


class CDT_TotaalBedragMetDC(Complex):
    """A total in cents, debit or credit."""

    TotaalBedrag = one(LDT_TotaalBedrag)
    DebetCredit = one(LDT_DebetCredit)


class CDT_VerkorteNaam(Complex):
    """A name, short."""

    Geslachtsnaam = one(CDT_Achternaam)
    Voornamen = maybe(LDT_Naam)
    Voorletters = maybe(LDT_Voorletters)


class CDT_Verwijzer(Complex):
    """Who referred: kind, and AGB code or name."""

    Type = one(LDT_TypeVerwijzer)
    Naam = maybe(LDT_NaamVerwijzer)
    ZorgverlenerCode = maybe(LDT_AgbCode)


class CDT_VolledigeNaam(Complex):
    """A name, whole, with how it is used."""

    Geslachtsnaam = one(CDT_Achternaam)
    Partnernaam = maybe(CDT_Achternaam)
    Voornamen = maybe(LDT_Naam)
    Voorletters = maybe(LDT_Voorletters)
    NaamGebruik = one(LDT_NaamGebruik)


class CDT_XsdVersie(Complex):
    """The versions of the schemas a message was made with (IV034)."""

    BasisschemaXsdVersie = one(LDT_Versie)
    BerichtXsdVersie = one(LDT_Versie)


class CDT_Adres(Complex):
    """An address."""

    Huis = maybe(CDT_Huis)
    Postcode = maybe(LDT_Postcode)
    Straatnaam = maybe(LDT_Straatnaam)
    Plaatsnaam = maybe(LDT_Plaatsnaam)
    LandCode = maybe(LDT_LandCode)
