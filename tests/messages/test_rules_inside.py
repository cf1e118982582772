"""Every rule of level 2, broken: its id comes back at the element it speaks of, others only as the table says."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rondom.messages.checking import MOST_BREACHES, judge, table
from rondom.messages.ijw32 import jw301, jw319
from rondom.messages.ijw32 import types as t
from rondom.messages.ijw32.rules.inside import stacked
from rondom.messages.judging import Case
from tests.messages.samples import (
    BSN,
    GOOD,
    HOME,
    PHONE,
    amount,
    asked,
    assigned,
    changed,
    claimed,
    codes,
    day,
    day_care_line,
    jw301_good,
    jw305_good,
    jw307_good,
    jw315_good,
    jw317_good,
    jw319_good,
    jw323_good,
    jw325_good,
    message,
    new,
    period,
    put,
    start,
    stop,
    total,
)

C = "Client"
P1 = f"{C}/ToegewezenProducten/ToegewezenProduct[1]"
CONTACT = f"{C}/Contactgegevens/Contact[1]"
A1 = f"{C}/AangevraagdeProducten/AangevraagdProduct[1]"
REFERRER = f"{A1}/Verwijzer"
REQUEST = f"{C}/Verzoek"
CHANGE, NEW = f"{REQUEST}/TeWijzigenProducten/TeWijzigenProduct[1]", f"{REQUEST}/NieuweProducten/NieuwProduct[1]"
CLAIM = "Declaratie"
L1, L2 = (f"{CLAIM}/Clienten/Client[1]/Prestaties/Prestatie[{n}]" for n in (1, 2))
SHOWN = "DeclaratieAntwoord/Clienten/Client[1]/Prestaties/Prestatie[1]"

ASPECIFIC = t.CDT_Product(Categorie="54")
A_DAY = t.CDT_Omvang(Volume=1, Eenheid="14", Frequentie="1")
WEEKLY = t.CDT_Omvang(Volume=1, Eenheid="04", Frequentie="2")
BUDGET = {"Product": ASPECIFIC, "Omvang": None, "Budget": 500000}
FAR = day("2024-05-04")  # the day after the message


def born(text: str, use: str | None = None):
    return t.CDT_Geboortedatum(Datum=day(text), DatumGebruik=use)


def of301(**but):
    return jw301_good(assigned(**but))


def of315(**but):
    return jw315_good(asked(**but))


def of317(**but):
    return jw317_good(fresh=(new(**but),))


def double_assignment():
    return jw301_good(assigned(), assigned(Product=t.CDT_Product(Categorie="42", Code="42A03")))


def double_client():
    claim = jw323_good(claimed("R1"))
    client = claim.Declaratie.Clienten.Client[0]
    again = put(client, "Prestaties", type(client.Prestaties)(Prestatie=(day_care_line("R2"),)))
    claim = put(claim, f"{CLAIM}/Clienten/Client", (client, again))
    return put(claim, f"{CLAIM}/TotaalIngediendBedrag", total(12 * 9000 + 35000))


# rule, the broken message, where (the element the rule speaks of)
BROKEN = [
    ("CD005", lambda: put(jw301_good(), f"{CONTACT}/Adres/LandCode", None), f"{CONTACT}/Adres/LandCode"),
    ("CD007", lambda: put(jw301_good(), f"{C}/Communicatie", t.CDT_Communicatie(Vorm="1")), f"{C}/Communicatie/Taal"),
    (
        "CD007",
        lambda: put(jw301_good(), f"{C}/Communicatie", t.CDT_Communicatie(Vorm="2", Taal="Pools")),
        f"{C}/Communicatie/Taal",
    ),
    (
        "CD009",
        lambda: put(jw301_good(), f"{CONTACT}/Periode", t.CDT_OpenPeriode(Begindatum=day("2024-01-01"))),
        f"{CONTACT}/Periode",
    ),
    (
        "CD025",
        lambda: put(put(jw301_good(), f"{CONTACT}/Adres/Huis", None), f"{CONTACT}/Telefoon", PHONE),
        f"{CONTACT}/Adres/Huis",
    ),
    (
        "CD034",
        lambda: put(put(jw301_good(), f"{CONTACT}/Adres", None), f"{CONTACT}/Telefoon", PHONE),
        f"{CONTACT}/Adres/Postcode",
    ),
    ("CD041", lambda: of301(Omvang=None), f"{P1}/Omvang"),
    ("CD041", lambda: of315(Omvang=None), f"{A1}/Omvang"),
    ("CD041", lambda: of317(Omvang=None), f"{NEW}/Omvang"),
    ("CD043", lambda: of315(BeschikkingNummer=12), f"{A1}/BeschikkingIngangsdatum"),
    (
        "CD060",
        lambda: put(jw323_good(), f"{L1}/ProductReferentie/VorigReferentieNummer", "R0"),
        f"{L1}/ProductReferentie/VorigReferentieNummer",
    ),
    (
        "CD060",
        lambda: put(jw325_good(), f"{SHOWN}/ProductReferentie/VorigReferentieNummer", "R0"),
        f"{SHOWN}/ProductReferentie/VorigReferentieNummer",
    ),
    ("CD066", lambda: put(jw315_good(), f"{REFERRER}/Naam", "Huisarts Voorbeeld"), f"{REFERRER}/Naam"),
    ("CD067", lambda: put(jw315_good(), f"{REFERRER}/ZorgverlenerCode", None), f"{REFERRER}/Naam"),
    ("CD068", lambda: put(jw315_good(), f"{REFERRER}/Type", "01"), f"{REFERRER}/ZorgverlenerCode"),
    ("CD075", lambda: of301(**BUDGET, Einddatum=None), f"{P1}/Einddatum"),
    ("CD075", lambda: of315(**BUDGET, ToewijzingEinddatum=None), f"{A1}/ToewijzingEinddatum"),
    ("CD075", lambda: jw317_good(change=(changed(Omvang=None, Budget=5, Einddatum=None),)), f"{CHANGE}/Einddatum"),
    ("CD076", lambda: of301(Einddatum=None), f"{P1}/Einddatum"),
    ("CD076", lambda: of315(ToewijzingEinddatum=None), f"{A1}/ToewijzingEinddatum"),
    ("CD076", lambda: of317(Omvang=WEEKLY, Einddatum=None), f"{NEW}/Einddatum"),
    ("CD077", lambda: of301(Budget=500000), f"{P1}/Omvang"),
    ("CD078", lambda: of315(Budget=500000), f"{A1}/Budget"),
    ("CD078", lambda: jw317_good(change=(changed(Budget=5),)), f"{CHANGE}/Budget"),
    ("CD079", lambda: of301(Product=None, Omvang=None), f"{P1}/Product"),
    ("CD079", lambda: of315(Product=None, Omvang=None), f"{A1}/Product"),
    ("CD079", lambda: of317(Product=None, Omvang=None), f"{NEW}/Product"),
    ("CD080", lambda: of301(Product=ASPECIFIC), f"{P1}/Omvang"),
    ("CD085", lambda: jw319_good(reason=None), "Antwoord/RedenAfwijzingVerzoek"),
    ("CD086", lambda: jw319_good(answer="2"), "Antwoord/RedenAfwijzingVerzoek"),
    ("CD087", lambda: put(jw323_good(), f"{L1}/ProductTarief", None), f"{L1}/ProductTarief"),
    ("CD095", lambda: of315(Product=ASPECIFIC), f"{A1}/Omvang"),
    ("CD096", lambda: of317(Product=ASPECIFIC), f"{NEW}/Omvang"),
    ("CS002", lambda: put(jw301_good(), f"{C}/Bsn", "999900007"), f"{C}/Bsn"),
    ("CS002", lambda: put(jw305_good(), f"{C}/Bsn", "000000000"), f"{C}/Bsn"),
    ("CS002", lambda: put(jw307_good(), f"{C}/Bsn", "999900007"), f"{C}/Bsn"),
    ("CS002", lambda: put(jw315_good(), f"{C}/Bsn", "999900007"), f"{C}/Bsn"),
    ("CS002", lambda: put(jw317_good(), f"{C}/Bsn", "999900007"), f"{C}/Bsn"),
    ("CS002", lambda: jw323_good(bsn="999900007"), f"{CLAIM}/Clienten/Client[1]/Bsn"),
    (
        "CS002",
        lambda: put(jw325_good(), "DeclaratieAntwoord/Clienten/Client[1]/Bsn", "999900007"),
        "DeclaratieAntwoord/Clienten/Client[1]/Bsn",
    ),
    (
        "CS003",
        lambda: put(
            put(jw301_good(), f"{CONTACT}/Soort", "04"),
            f"{C}/Contactgegevens/Contact",
            (HOME, jw301.Contact(Soort="04", Telefoon=PHONE, Periode=t.CDT_OpenPeriode(Einddatum=day("2024-01-01")))),
        ),
        f"{C}/Contactgegevens/Contact[2]/Periode/Einddatum",
    ),
    ("CS003", lambda: of301(Einddatum=day("2024-04-02")), f"{P1}/Einddatum"),
    ("CS003", lambda: of315(ToewijzingEinddatum=day("2024-05-31")), f"{A1}/ToewijzingEinddatum"),
    ("CS003", lambda: of317(Einddatum=day("2024-05-31")), f"{NEW}/Einddatum"),
    ("CS050", lambda: put(jw301_good(), f"{C}/Naam/NaamGebruik", "5"), f"{C}/Naam/NaamGebruik"),
    (
        "CS050",
        lambda: put(jw301_good(), f"{C}/Relaties/Relatie[1]/Naam/NaamGebruik", "2"),
        f"{C}/Relaties/Relatie[1]/Naam/NaamGebruik",
    ),
    (
        "CS058",
        lambda: jw305_good(start(StatusAanlevering="2")),
        f"{C}/StartProducten/StartProduct[1]/StatusAanlevering",
    ),
    ("CS058", lambda: jw307_good(stop(StatusAanlevering="9")), f"{C}/StopProducten/StopProduct[1]/StatusAanlevering"),
    ("CS089", lambda: put(jw301_good(), f"{CONTACT}/Adres/Postcode", "8321 AB"), f"{CONTACT}/Adres/Postcode"),
    (
        "CS100",
        lambda: put(jw323_good(dated=day("2024-05-03")), f"{L1}/ProductPeriode", period("2020-12-01", "2020-12-31")),
        f"{L1}/ProductPeriode",
    ),
    (
        "CS100",
        lambda: put(jw323_good(), f"{CLAIM}/DeclaratiePeriode", period("2020-12-01", "2020-12-31")),
        f"{CLAIM}/DeclaratiePeriode",
    ),
    (
        "CS139",
        lambda: put(jw301_good(), f"{C}/Geboortedatum", born("2011-02-03", "1")),
        f"{C}/Geboortedatum/DatumGebruik",
    ),
    (
        "CS139",
        lambda: put(jw305_good(), f"{C}/Geboortedatum", born("2011-02-01", "2")),
        f"{C}/Geboortedatum/DatumGebruik",
    ),
    (
        "CS139",
        lambda: put(jw315_good(), f"{C}/Geboortedatum", born("2011-01-01", "3")),
        f"{C}/Geboortedatum/DatumGebruik",
    ),
    ("CS318", lambda: put(jw301_good(), f"{C}/Naam/NaamGebruik", "6"), f"{C}/Naam"),
    (
        "CS325",
        lambda: jw323_good(claimed("R1", "R0", IngediendBedrag=amount(0, "C"), GeleverdVolume=0)),
        f"{L1}/IngediendBedrag/DebetCredit",
    ),
    (
        "CS325",
        lambda: put(
            put(
                put(jw325_good(), "DeclaratieAntwoord/TotaalToegekendBedrag", total(0, "C")),
                "DeclaratieAntwoord/RetourCodes",
                codes("9333"),
            ),
            "DeclaratieAntwoord/Clienten",
            None,
        ),
        "DeclaratieAntwoord/TotaalToegekendBedrag/DebetCredit",
    ),
    ("CS335", lambda: of301(RedenWijziging="13"), f"{P1}/RedenWijziging"),
    ("CS336", lambda: of301(RedenWijziging="01"), f"{P1}/RedenWijziging"),
    (
        "CS337",
        lambda: put(
            jw323_good(month=period("2024-04-01", "2024-04-30")),
            f"{L1}/ProductPeriode",
            period("2024-03-03", "2024-04-30"),
        ),
        f"{L1}/ProductPeriode",
    ),
    ("CS338", lambda: of301(Omvang=A_DAY), f"{P1}/Omvang"),
    ("CS338", lambda: jw317_good(change=(changed(Omvang=A_DAY),)), f"{CHANGE}/Omvang"),
    (
        "CS339",
        lambda: jw323_good(claimed(Eenheid="83", ProductTarief=None, GeleverdVolume=5, IngediendBedrag=amount(6))),
        f"{L1}/IngediendBedrag",
    ),
    ("CS340", lambda: jw323_good(month=period("2024-04-01", "2024-04-29")), f"{CLAIM}/DeclaratiePeriode"),
    ("CS343", lambda: of315(Omvang=A_DAY), f"{A1}/Omvang"),
    ("TR002", lambda: put(jw301_good(), f"{C}/Geboortedatum", born("1904-05-02")), f"{C}/Geboortedatum/Datum"),
    ("TR002", lambda: put(jw307_good(), f"{C}/Geboortedatum", born("1900-01-01")), f"{C}/Geboortedatum/Datum"),
    (
        "TR006",
        lambda: put(jw301_good(), f"{C}/Relaties/Relatie[1]/Contact/Telefoon", None),
        f"{C}/Relaties/Relatie[1]/Contact",
    ),
    ("TR018", lambda: jw307_good(stop(Einddatum=day("2024-04-09"))), f"{C}/StopProducten/StopProduct[1]/Einddatum"),
    ("TR061", lambda: put(jw301_good(), f"{CONTACT}/Soort", "04"), C),
    ("TR101", double_assignment, f"{C}/ToegewezenProducten/ToegewezenProduct[2]"),
    ("TR101", lambda: jw305_good(start(), start(ToewijzingIngangsdatum=None)), f"{C}/StartProducten/StartProduct[2]"),
    ("TR101", lambda: jw307_good(stop(), stop(StatusAanlevering="3")), f"{C}/StopProducten/StopProduct[2]"),
    ("TR101", lambda: jw317_good(stay=(701, 701)), f"{REQUEST}/OngewijzigdeProducten/OngewijzigdProduct[2]"),
    ("TR101", lambda: jw323_good(claimed("R1"), day_care_line("R1")), L2),
    ("TR101", double_client, f"{CLAIM}/Clienten/Client[2]"),
    (
        "TR101",
        lambda: put(jw301_good(), f"{C}/Contactgegevens/Contact", (HOME, HOME)),
        f"{C}/Contactgegevens/Contact[2]",
    ),
    (
        "TR134",
        lambda: put(jw301_good(), f"{C}/Geboortedatum", t.CDT_Geboortedatum(Datum=FAR)),
        f"{C}/Geboortedatum/Datum",
    ),
    ("TR134", lambda: of301(Toewijzingsdatum=FAR), f"{P1}/Toewijzingsdatum"),
    ("TR134", lambda: jw305_good(start(Begindatum=FAR)), f"{C}/StartProducten/StartProduct[1]/Begindatum"),
    ("TR134", lambda: jw307_good(stop(Einddatum=FAR)), f"{C}/StopProducten/StopProduct[1]/Einddatum"),
    ("TR137", lambda: jw323_good(dated=day("2024-04-29")), f"{CLAIM}/DeclaratiePeriode/Einddatum"),
    (
        "TR137",
        lambda: put(jw325_good(), f"{SHOWN}/ProductPeriode", period("2024-04-30", "2024-04-03")),
        f"{SHOWN}/ProductPeriode/Einddatum",
    ),
    (
        "TR302",
        lambda: jw301_good(assigned(), assigned(9, Ingangsdatum=day("2024-12-18"))),
        f"{C}/ToegewezenProducten/ToegewezenProduct[2]",
    ),
    (
        "TR302",
        lambda: jw301_good(assigned(), assigned(9, Product=None, Omvang=None, Budget=5)),
        f"{C}/ToegewezenProducten/ToegewezenProduct[2]",
    ),
    (
        "TR315",
        lambda: jw323_good(
            claimed("R2", "R1"),
            day_care_line(
                "R3",
                IngediendBedrag=amount(35000, "C"),
                ProductReferentie=t.CDT_Referentie(ReferentieNummer="R3", VorigReferentieNummer="R1"),
            ),
        ),
        f"{L2}/ProductReferentie",
    ),
    ("TR316", lambda: jw323_good(claimed("R1"), claimed("R2", "R1")), f"{L2}/ProductReferentie"),
    ("TR335", lambda: put(jw323_good(), f"{CLAIM}/DeclaratieDagtekening", day("2029-05-01")), f"{L1}/ProductPeriode"),
    (
        "TR342",
        lambda: put(jw325_good(), "DeclaratieAntwoord/TotaalToegekendBedrag", total(1)),
        "DeclaratieAntwoord/TotaalToegekendBedrag",
    ),
    (
        "TR342",
        lambda: put(jw325_good(), "DeclaratieAntwoord/RetourCodes", codes("9333")),
        "DeclaratieAntwoord/TotaalToegekendBedrag",
    ),
    ("TR352", lambda: jw317_good(stay=(), change=()), REQUEST),
    ("TR353", lambda: jw317_good(change=(), fresh=()), REQUEST),
    ("TR358", lambda: put(jw323_good(), f"{CLAIM}/TotaalIngediendBedrag", total(1)), f"{CLAIM}/TotaalIngediendBedrag"),
    ("TR377", lambda: jw319_good(reason="8"), "Antwoord/Woonplaatsbeginsel"),
    ("TR380", lambda: of317(GewensteIngangsdatum=day("2024-05-03")), f"{NEW}/GewensteIngangsdatum"),
    (
        "TR383",
        lambda: jw315_good(asked(), asked(Product=t.CDT_Product(Categorie="42", Code="42A03"))),
        f"{C}/AangevraagdeProducten/AangevraagdProduct[2]/ReferentieAanbieder",
    ),
    (
        "TR386",
        lambda: jw315_good(asked("V-1"), asked("V-2", ToewijzingEinddatum=day("2024-06-01"))),
        f"{C}/AangevraagdeProducten/AangevraagdProduct[2]",
    ),
    (
        "TR409",
        lambda: put(
            jw319_good(answer="2", reason=None),
            "Antwoord/Woonplaatsbeginsel",
            jw319.Woonplaatsbeginsel(Gemeente="0119"),
        ),
        "Antwoord/Woonplaatsbeginsel",
    ),
    (
        "TR410",
        lambda: jw317_good(fresh=(new(), new(GewensteIngangsdatum=day("2024-12-31")))),
        f"{REQUEST}/NieuweProducten/NieuwProduct[2]",
    ),
    ("TR416", lambda: jw323_good(claimed("R1"), claimed("R2")), L2),
]


def breaches(content) -> list:
    return judge(Case(message(name_of(content)), content), levels=(2,))


def name_of(content) -> str:
    return type(content).__module__.rpartition(".")[2].upper()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_message_breaks_no_rule(name):
    assert breaches(GOOD[name]()) == []


@pytest.mark.parametrize(("rule", "make", "where"), BROKEN, ids=[f"{row[0]}-{n}" for n, row in enumerate(BROKEN)])
def test_a_broken_rule_comes_back_at_its_element(rule, make, where):
    found = breaches(make())
    assert (rule, f"Bericht/{where}") in {(breach.rule, breach.path) for breach in found}
    others = {breach.rule for breach in found} - {rule}
    assert all(rule in table()[other].implied_by for other in others), others
    assert table()[rule].level == 2
    assert table()[rule].code == "0001"


def test_every_rule_of_level_2_is_broken_once():
    assert {row[0] for row in BROKEN} == {key for key, entry in table().items() if entry.level == 2}


def test_no_message_may_stack_but_a_deleted_assignment_is_not_there():
    deleted = assigned(9, RedenWijziging="13", Einddatum=day("2024-04-03"))
    assert breaches(jw301_good(assigned(), deleted)) == []


def test_the_bounds_are_days_that_still_hold():
    oldest = put(jw301_good(), f"{C}/Geboortedatum", born("1904-05-03"))
    assert breaches(oldest) == []
    unknown = put(jw301_good(), f"{C}/Geboortedatum", born("1900-01-01", "3"))
    assert breaches(unknown) == []
    five_years = put(jw323_good(), f"{CLAIM}/DeclaratieDagtekening", day("2029-04-30"))
    assert breaches(five_years) == []
    last_day = jw323_good(dated=dt.date(2024, 4, 30))
    assert breaches(last_day) == []


def test_bsn_of_the_samples_is_a_test_number():
    from rondom.core.bsn import is_test_bsn

    assert is_test_bsn(BSN)


def same_product(one, other) -> bool:
    """The three cases of reference 10.6, as they stand there."""
    if one is None or other is None:
        return True
    if one.Code is not None and other.Code is not None:
        return one == other
    return one.Categorie == other.Categorie


def overlap(one, other) -> bool:
    return one[1] <= (other[2] or dt.date.max) and other[1] <= (one[2] or dt.date.max)


PRODUCTS = st.sampled_from(
    [None, *(t.CDT_Product(Categorie=c, Code=k) for c in ("45", "41") for k in (None, "A", "B"))]
)
DAYS = st.integers(0, 12).map(lambda n: dt.date(2024, 4, 1) + dt.timedelta(n))
STRETCH = st.tuples(PRODUCTS, DAYS, st.one_of(st.none(), st.integers(0, 5))).map(
    lambda row: (row[0], row[1], None if row[2] is None else row[1] + dt.timedelta(row[2]))
)


@given(st.lists(STRETCH, max_size=9))
@settings(max_examples=200, deadline=None)
def test_stacking_is_what_the_reference_says_pair_by_pair(stretches):
    expected = [
        place
        for place, one in enumerate(stretches)
        if any(same_product(one[0], other[0]) and overlap(one, other) for other in stretches[:place])
    ]
    assert stacked(stretches) == expected


def test_a_mistake_made_everywhere_is_shown_a_bounded_number_of_times():
    lines = tuple(claimed(f"R{n}", ToewijzingNummer=n, ProductTarief=None) for n in range(300))
    assert len(breaches(jw323_good(*lines))) == MOST_BREACHES
