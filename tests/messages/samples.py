"""Good messages of one invented client, and how to change one element of them. Test BSNs only."""

import datetime as dt
import re
from typing import Any

from rondom.messages.ijw32 import RELEASE, jw301, jw305, jw307, jw315, jw317, jw319, jw323, jw325
from rondom.messages.ijw32 import types as t
from rondom.messages.ijw32.release import RetourCodes

MUNICIPALITY, OTHER_MUNICIPALITY, PROVIDER, OTHER_PROVIDER = "0184", "0119", "99000011", "99000022"
BSN, OTHER_BSN = "999900018", "999900031"
DATED = dt.date(2024, 5, 3)
NUMBER, SECOND = 700, 701


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def head(module: Any, identification: str = "A1", dated: dt.date = DATED, **more: Any) -> Any:
    header = module.Bericht.elements[0].type
    by_municipality = module in (jw301, jw319, jw325)
    return header(
        BerichtCode=module.MESSAGE.code,
        BerichtVersie=3,
        BerichtSubversie=2,
        Afzender=MUNICIPALITY if by_municipality else PROVIDER,
        Ontvanger=PROVIDER if by_municipality else MUNICIPALITY,
        BerichtIdentificatie=t.CDT_BerichtIdentificatie(Identificatie=identification, Dagtekening=dated),
        XsdVersie=t.CDT_XsdVersie(BasisschemaXsdVersie="1.0.0", BerichtXsdVersie="1.0.0"),
        **more,
    )


BORN = t.CDT_Geboortedatum(Datum=day("2011-02-01"))
SURNAME = t.CDT_Achternaam(Achternaam="Voorbeeld", Voorvoegsel="van")
SHORT_NAME = t.CDT_VerkorteNaam(Geslachtsnaam=SURNAME, Voornamen="Noor")
NAME = t.CDT_VolledigeNaam(Geslachtsnaam=SURNAME, Voornamen="Noor", NaamGebruik="1")
PRODUCT = t.CDT_Product(Categorie="45", Code="45A04")
HOURS_A_WEEK = t.CDT_Omvang(Volume=3, Eenheid="04", Frequentie="2")
HOME = jw301.Contact(
    Soort="01",
    Adres=t.CDT_Adres(
        Huis=t.CDT_Huis(Huisnummer=12), Postcode="8321AB", Straatnaam="Testkade", Plaatsnaam="Urk", LandCode="NL"
    ),
)
PHONE = t.CDT_Telefoonnummers(Telefoon01=t.CDT_Telefoon(Telefoonnummer="0527000000", Landnummer="0031"))


def assigned(number: int = NUMBER, **but: Any) -> Any:
    return jw301.ToegewezenProduct(
        **{
            "ToewijzingNummer": number,
            "Product": PRODUCT,
            "Toewijzingsdatum": day("2024-04-01"),
            "Toewijzingstijd": "09:30:00",
            "Ingangsdatum": day("2024-04-03"),
            "Einddatum": day("2024-12-18"),
            "Omvang": HOURS_A_WEEK,
        }
        | but
    )


DAY_CARE = assigned(
    SECOND,
    Product=t.CDT_Product(Categorie="41", Code="41A03"),
    Omvang=t.CDT_Omvang(Volume=40, Eenheid="16", Frequentie="6"),
)


def jw301_good(*products: Any, bsn: str = BSN, **header: Any) -> Any:
    parent = jw301.Relatie(
        Nummer="1",
        Soort="10",
        Naam=NAME,
        Geboortedatum=t.CDT_Geboortedatum(Datum=day("1980-01-01")),
        Contact=jw301.Contact(Soort="02", Telefoon=PHONE),
    )
    client = jw301.Client(
        Bsn=bsn,
        Geboortedatum=BORN,
        Geslacht="2",
        Naam=NAME,
        Relaties=jw301.Relaties(Relatie=(parent,)),
        Contactgegevens=jw301.Contactgegevens(Contact=(HOME,)),
        ToegewezenProducten=jw301.ToegewezenProducten(ToegewezenProduct=products or (assigned(), DAY_CARE)),
    )
    return jw301.Bericht(Header=head(jw301, **header), Client=client)


def start(**but: Any) -> Any:
    return jw305.StartProduct(
        **{
            "ToewijzingNummer": NUMBER,
            "Product": PRODUCT,
            "ToewijzingIngangsdatum": day("2024-04-03"),
            "Begindatum": day("2024-04-10"),
            "StatusAanlevering": "1",
        }
        | but
    )


def jw305_good(*starts: Any, bsn: str = BSN, **header: Any) -> Any:
    client = jw305.Client(
        Bsn=bsn,
        Geboortedatum=BORN,
        Geslacht="2",
        Naam=SHORT_NAME,
        StartProducten=jw305.StartProducten(StartProduct=starts or (start(),)),
    )
    return jw305.Bericht(Header=head(jw305, **header), Client=client)


def stop(**but: Any) -> Any:
    return jw307.StopProduct(
        **{
            "ToewijzingNummer": NUMBER,
            "Product": PRODUCT,
            "ToewijzingIngangsdatum": day("2024-04-03"),
            "Begindatum": day("2024-04-10"),
            "RedenBeeindiging": "31",
            "Einddatum": day("2024-05-01"),
            "StatusAanlevering": "1",
        }
        | but
    )


def jw307_good(*stops: Any, **header: Any) -> Any:
    client = jw307.Client(
        Bsn=BSN,
        Geboortedatum=BORN,
        Geslacht="2",
        Naam=SHORT_NAME,
        StopProducten=jw307.StopProducten(StopProduct=stops or (stop(),)),
    )
    return jw307.Bericht(Header=head(jw307, **header), Client=client)


def asked(reference: str = "V-1", **but: Any) -> Any:
    return jw315.AangevraagdProduct(
        **{
            "ReferentieAanbieder": reference,
            "Product": PRODUCT,
            "ToewijzingIngangsdatum": day("2024-06-01"),
            "ToewijzingEinddatum": day("2024-12-31"),
            "Omvang": HOURS_A_WEEK,
            "Verwijzer": t.CDT_Verwijzer(Type="02", ZorgverlenerCode="01000001"),
        }
        | but
    )


def jw315_good(*products: Any, **header: Any) -> Any:
    client = jw315.Client(
        Bsn=BSN,
        Geboortedatum=BORN,
        Geslacht="2",
        Naam=SHORT_NAME,
        GezagsdragerBekend="1",
        AangevraagdeProducten=jw315.AangevraagdeProducten(AangevraagdProduct=products or (asked(),)),
    )
    return jw315.Bericht(Header=head(jw315, **header), Client=client)


def changed(number: int = NUMBER, **but: Any) -> Any:
    return jw317.TeWijzigenProduct(
        **{
            "ToewijzingNummer": number,
            "GewensteIngangsdatum": day("2024-06-01"),
            "Einddatum": day("2024-12-18"),
            "Omvang": t.CDT_Omvang(Volume=5, Eenheid="04", Frequentie="2"),
        }
        | but
    )


def new(**but: Any) -> Any:
    return jw317.NieuwProduct(
        **{
            "Product": t.CDT_Product(Categorie="42", Code="42A03"),
            "GewensteIngangsdatum": day("2024-06-01"),
            "Einddatum": day("2024-12-31"),
            "Omvang": t.CDT_Omvang(Volume=2, Eenheid="84", Frequentie="4"),
        }
        | but
    )


def jw317_good(
    *, stay: Any = (SECOND,), change: Any = None, fresh: Any = None, reference: str = "W-1", **header: Any
) -> Any:
    change = (changed(),) if change is None else change
    fresh = (new(),) if fresh is None else fresh
    unchanged = tuple(jw317.OngewijzigdProduct(ToewijzingNummer=number) for number in stay)
    request = jw317.Verzoek(
        ReferentieAanbieder=reference,
        RedenVerzoek="1",
        OngewijzigdeProducten=jw317.OngewijzigdeProducten(OngewijzigdProduct=unchanged) if unchanged else None,
        TeWijzigenProducten=jw317.TeWijzigenProducten(TeWijzigenProduct=change) if change else None,
        NieuweProducten=jw317.NieuweProducten(NieuwProduct=fresh) if fresh else None,
    )
    return jw317.Bericht(Header=head(jw317, **header), Client=jw317.Client(Bsn=BSN, Verzoek=request))


def jw319_good(reference: str = "V-1", answer: str = "1", reason: str | None = "2", **header: Any) -> Any:
    verdict = jw319.Antwoord(ReferentieAanbieder=reference, VerzoekAntwoord=answer, RedenAfwijzingVerzoek=reason)
    return jw319.Bericht(Header=head(jw319, **header), Antwoord=verdict)


def amount(cents: int, side: str = "D") -> Any:
    return t.CDT_BedragMetDC(Bedrag=cents, DebetCredit=side)


def total(cents: int, side: str = "D") -> Any:
    return t.CDT_TotaalBedragMetDC(TotaalBedrag=cents, DebetCredit=side)


def period(first: str, last: str) -> Any:
    return t.CDT_GeslotenPeriode(Begindatum=day(first), Einddatum=day(last))


def claimed(reference: str = "R1", previous: str | None = None, **but: Any) -> Any:
    return jw323.Prestatie(
        **{
            "ProductReferentie": t.CDT_Referentie(ReferentieNummer=reference, VorigReferentieNummer=previous),
            "ToewijzingNummer": NUMBER,
            "ProductCategorie": "45",
            "ProductCode": "45A04",
            "ProductPeriode": period("2024-04-03", "2024-04-30"),
            "GeleverdVolume": 12,
            "Eenheid": "04",
            "ProductTarief": 9000,
            "IngediendBedrag": amount(12 * 9000, "C" if previous else "D"),
        }
        | but
    )


def day_care_line(reference: str = "R2", **but: Any) -> Any:
    return claimed(
        reference,
        **{
            "ToewijzingNummer": SECOND,
            "ProductCategorie": "41",
            "ProductCode": "41A03",
            "Eenheid": "16",
            "GeleverdVolume": 5,
            "ProductTarief": 7000,
            "IngediendBedrag": amount(35000),
        }
        | but,
    )


def jw323_good(*lines: Any, number: str = "D1", month: Any = None, bsn: str = BSN, **header: Any) -> Any:
    lines = lines or (claimed(), day_care_line())
    net = sum(one.IngediendBedrag.Bedrag * (1 if one.IngediendBedrag.DebetCredit == "D" else -1) for one in lines)
    client = jw323.Client(Bsn=bsn, Prestaties=jw323.Prestaties(Prestatie=lines))
    claim = jw323.Declaratie(
        DeclaratieNummer=number,
        DeclaratiePeriode=month or period("2024-04-01", "2024-04-30"),
        DeclaratieDagtekening=header.get("dated", DATED),
        TotaalIngediendBedrag=total(abs(net), "C" if net < 0 else "D"),
        Clienten=jw323.Clienten(Client=(client,)),
    )
    return jw323.Bericht(Header=head(jw323, **header), Declaratie=claim)


def codes(*given: str) -> Any:
    return RetourCodes(RetourCode=given)


def jw325_good(claim: Any = None, identification: str = "G1") -> Any:
    """Return the answer to a claim that rejects its second line."""
    claim = claim or jw323_good()
    line = claim.Declaratie.Clienten.Client[0].Prestaties.Prestatie[1]
    client = jw325.Client(
        Bsn=BSN,
        Prestaties=jw325.Prestaties(Prestatie=(jw325.Prestatie(**line.by_name(), RetourCodes=codes("9321")),)),
        RetourCodes=codes("0200"),
    )
    submitted = claim.Declaratie.TotaalIngediendBedrag
    verdict = jw325.DeclaratieAntwoord(
        DeclaratieNummer=claim.Declaratie.DeclaratieNummer,
        TotaalIngediendBedrag=submitted,
        TotaalToegekendBedrag=total(submitted.TotaalBedrag - line.IngediendBedrag.Bedrag),
        Clienten=jw325.Clienten(Client=(client,)),
        RetourCodes=codes("0200"),
    )
    header = head(
        jw325,
        identification,
        DATED,
        DeclaratieIdentificatie=claim.Header.BerichtIdentificatie,
        XsdVersieDeclaratie=claim.Header.XsdVersie,
        RetourCodes=codes("0200"),
    )
    return jw325.Bericht(Header=header, DeclaratieAntwoord=verdict)


GOOD = {
    "JW301": jw301_good,
    "JW305": jw305_good,
    "JW307": jw307_good,
    "JW315": jw315_good,
    "JW317": jw317_good,
    "JW319": jw319_good,
    "JW323": jw323_good,
    "JW325": jw325_good,
}


def message(name: str) -> Any:
    return RELEASE.messages[name]


def put(group: Any, path: str, value: Any) -> Any:
    """Return a message with another value at a path below Bericht (`Client/Contactgegevens/Contact[2]/Soort`)."""
    step, _, rest = path.partition("/")
    name, number = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", step).groups()
    values = [*group]
    place = next(n for n, element in enumerate(group.elements) if element.name == name)
    inner = values[place]
    if number is None:
        values[place] = put(inner, rest, value) if rest else value
    else:
        repeats = [*inner]
        index = int(number) - 1
        repeats[index] = put(repeats[index], rest, value) if rest else value
        values[place] = tuple(repeats)
    return type(group).of(values)
