"""Every rule of levels 3 and 4, broken against what was exchanged before and what is known outside."""

import datetime as dt
import time
from dataclasses import dataclass, field

import pytest

from rondom.messages.books import Books
from rondom.messages.checking import judge, table
from rondom.messages.ijw32 import jw319
from rondom.messages.ijw32 import types as t
from rondom.messages.ijw32.rules import volumes
from rondom.messages.judging import Case
from rondom.messages.knowing import Price
from tests.messages.samples import (
    BSN,
    DAY_CARE,
    NUMBER,
    OTHER_BSN,
    SECOND,
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
from tests.messages.test_rules_inside import CHANGE, CLAIM, L1, L2, P1, REQUEST, SHOWN, C, name_of

IDENTIFICATION = "Header/BerichtIdentificatie/Identificatie"
S1, T1 = f"{C}/StartProducten/StartProduct[1]", f"{C}/StopProducten/StopProduct[1]"
LATER = t.CDT_Product(Categorie="42", Code="42A03")


@dataclass
class World:
    """The day, the lists and the contract of the tests."""

    day: dt.date = dt.date(2024, 6, 3)
    prices: dict[tuple[str, str], Price] = field(default_factory=lambda: {("45", "45A04"): Price("04", 9000)})

    def today(self) -> dt.date:
        return self.day

    def municipality_exists(self, code: str, on: dt.date) -> bool:
        return code != "0999" and (code != "0119" or on < dt.date(2024, 6, 1))

    def product_fits(self, category: str, code: str, on: dt.date) -> bool:
        return code.startswith(category)

    def price(self, category: str, code: str, on: dt.date) -> Price | None:
        return self.prices.get((category, code))


def books(*messages) -> Books:
    made = Books()
    for content in messages:
        made.take(message(name_of(content)), content)
    return made


def again(make, number: int = 0, **but):
    return make(identification=f"B{number}", **but)


ASSIGNED = jw301_good()
STARTED = (ASSIGNED, jw305_good())
PAUSED = (*STARTED, jw307_good(stop(RedenBeeindiging="20")))
STOPPED = (*STARTED, jw307_good())
ASKED = (ASSIGNED, jw315_good())
WISHED = (ASSIGNED, jw317_good())
REJECTED = (*ASKED, jw319_good())
HONOURED = (*ASKED, jw301_good(assigned(900, ReferentieAanbieder="V-1", Product=LATER), identification="B9"))
CLAIMED = (ASSIGNED, jw323_good())
GRANTED_BOTH = put(
    put(put(jw325_good(), "DeclaratieAntwoord/Clienten", None), "DeclaratieAntwoord/RetourCodes", codes("8001")),
    "DeclaratieAntwoord/TotaalToegekendBedrag",
    total(143000),
)
GRANTED = (*CLAIMED, GRANTED_BOTH)
CREDIT = claimed("R9", "R1")
CREDITED = (
    *GRANTED,
    jw323_good(CREDIT, number="D2", identification="B8"),
    put(
        put(GRANTED_BOTH, "Header/DeclaratieIdentificatie/Identificatie", "B8"),
        "DeclaratieAntwoord/DeclaratieNummer",
        "D2",
    ),
)
GENERIC = jw301_good(assigned(Product=None, Omvang=None, Budget=1000000))
MAY = period("2024-05-01", "2024-05-31")
IN_MAY = {"month": MAY, "dated": day("2024-06-01"), "identification": "B1", "number": "D3"}


def may_line(**but):
    return claimed("R5", **{"ProductPeriode": MAY} | but)


def volume(number: int, **but):
    return {"GeleverdVolume": number, "IngediendBedrag": amount(number * 9000), **but}


# rule, what was exchanged before, the message that breaks it, where
BROKEN = [
    ("TR019", (), lambda: jw305_good(), S1),
    ("TR019", STARTED, lambda: put(jw307_good(), f"{C}/Bsn", OTHER_BSN), T1),
    ("TR056", (ASSIGNED,), lambda: jw301_good(), IDENTIFICATION),
    (
        "TR056",
        STARTED,
        lambda: jw305_good(start(Begindatum=day("2024-04-11"), ToewijzingNummer=SECOND, Product=DAY_CARE.Product)),
        IDENTIFICATION,
    ),
    ("TR056", STOPPED, lambda: jw307_good(stop(StatusAanlevering="3")), IDENTIFICATION),
    ("TR056", REJECTED, lambda: jw315_good(asked("V-2")), IDENTIFICATION),
    ("TR056", (*WISHED, jw319_good("W-1")), lambda: jw317_good(reference="W-2"), IDENTIFICATION),
    ("TR056", (*ASKED, jw319_good(answer="2", reason=None)), lambda: jw319_good(), IDENTIFICATION),
    ("TR056", CLAIMED, lambda: jw323_good(may_line(), number="D3", month=MAY, dated=day("2024-06-01")), IDENTIFICATION),
    ("TR056", (*CLAIMED, jw325_good()), lambda: jw325_good(), IDENTIFICATION),
    ("TR063", (ASSIGNED,), lambda: jw305_good(start(StatusAanlevering="3")), f"{S1}/StatusAanlevering"),
    ("TR063", STARTED, lambda: jw307_good(stop(StatusAanlevering="3")), f"{T1}/StatusAanlevering"),
    (
        "TR071",
        STOPPED,
        lambda: again(lambda **h: jw305_good(start(StatusAanlevering="3"), **h)),
        f"{S1}/StatusAanlevering",
    ),
    ("TR074", STARTED, lambda: again(jw305_good), S1),
    ("TR074", STOPPED, lambda: again(jw307_good), T1),
    ("TR304", (), lambda: jw317_good(stay=(), change=(changed(),)), f"{C}/Bsn"),
    ("TR304", (ASSIGNED,), lambda: jw323_good(bsn=OTHER_BSN), f"{CLAIM}/Clienten/Client[1]/Bsn"),
    (
        "TR304",
        CLAIMED,
        lambda: put(jw325_good(), "DeclaratieAntwoord/Clienten/Client[1]/Bsn", OTHER_BSN),
        "DeclaratieAntwoord/Clienten/Client[1]/Bsn",
    ),
    (
        "TR307",
        (ASSIGNED,),
        lambda: jw323_good(claimed(ProductPeriode=period("2024-04-01", "2024-04-30"))),
        f"{L1}/ProductPeriode",
    ),
    (
        "TR308",
        (jw301_good(assigned(Einddatum=day("2024-04-20"))),),
        lambda: jw323_good(claimed(**volume(3))),
        f"{L1}/ProductPeriode",
    ),
    ("TR314", CLAIMED, lambda: jw323_good(claimed("R1", ProductPeriode=MAY), **IN_MAY), f"{L1}/ProductReferentie"),
    (
        "TR318",
        (ASSIGNED, jw323_good(claimed(), month=MAY, dated=day("2024-06-01"))),
        lambda: again(
            lambda **h: jw323_good(
                day_care_line("R7", ProductPeriode=period("2024-04-03", "2024-04-30")), number="D0", **h
            )
        ),
        f"{CLAIM}/DeclaratiePeriode",
    ),
    ("TR319", (ASSIGNED,), lambda: jw323_good(may_line(**volume(12)), dated=day("2024-06-01")), L1),
    ("TR321", (ASSIGNED,), lambda: jw323_good(claimed(**volume(16))), f"{L1}/GeleverdVolume"),
    (
        "TR322",
        (jw301_good(assigned(), put(DAY_CARE, "Omvang/Volume", 8)), jw323_good(claimed(), day_care_line("R2"))),
        lambda: jw323_good(day_care_line("R5", ProductPeriode=MAY), **IN_MAY),
        f"{L1}/GeleverdVolume",
    ),
    ("TR323", CLAIMED, lambda: jw323_good(CREDIT, **IN_MAY), f"{L1}/ProductReferentie"),
    ("TR323", (ASSIGNED,), lambda: jw323_good(CREDIT), f"{L1}/ProductReferentie"),
    ("TR326", STARTED, lambda: again(lambda **h: jw305_good(start(Begindatum=day("2024-04-12")), **h)), S1),
    ("TR332", (ASSIGNED,), lambda: again(lambda **h: jw301_good(bsn=OTHER_BSN, **h)), f"{P1}/ToewijzingNummer"),
    (
        "TR332",
        (ASSIGNED,),
        lambda: again(lambda **h: jw301_good(assigned(Product=LATER), **h)),
        f"{P1}/ToewijzingNummer",
    ),
    ("TR333", CLAIMED, lambda: jw323_good(may_line(), **IN_MAY | {"number": "D1"}), f"{CLAIM}/DeclaratieNummer"),
    ("TR337", (ASSIGNED, jw323_good(identification="Z9")), lambda: jw325_good(), "Header/DeclaratieIdentificatie"),
    ("TR338", (ASSIGNED,), lambda: jw323_good(claimed(ToewijzingNummer=5)), L1),
    (
        "TR339",
        (jw301_good(assigned(Product=t.CDT_Product(Categorie="54"), Omvang=None)),),
        lambda: jw323_good(claimed()),
        f"{L1}/ProductCategorie",
    ),
    ("TR340", (ASSIGNED,), lambda: jw323_good(claimed(ProductCode="45A05")), f"{L1}/ProductCode"),
    ("TR341", (ASSIGNED,), lambda: jw323_good(claimed(Eenheid="16")), f"{L1}/Eenheid"),
    ("TR341", (GENERIC,), lambda: jw323_good(claimed(Eenheid="16")), f"{L1}/Eenheid"),
    (
        "TR347",
        REJECTED,
        lambda: again(jw315_good),
        f"{C}/AangevraagdeProducten/AangevraagdProduct[1]/ReferentieAanbieder",
    ),
    ("TR347", REJECTED, lambda: again(lambda **h: jw317_good(reference="V-1", **h)), f"{REQUEST}/ReferentieAanbieder"),
    ("TR349", (ASSIGNED,), lambda: jw317_good(stay=()), REQUEST),
    (
        "TR350",
        (ASSIGNED,),
        lambda: jw317_good(stay=(SECOND, 5)),
        f"{REQUEST}/OngewijzigdeProducten/OngewijzigdProduct[2]",
    ),
    (
        "TR351",
        (ASSIGNED,),
        lambda: jw317_good(change=(changed(), changed(5))),
        f"{REQUEST}/TeWijzigenProducten/TeWijzigenProduct[2]",
    ),
    ("TR355", (ASSIGNED,), lambda: jw319_good(), "Antwoord/ReferentieAanbieder"),
    (
        "TR357",
        (ASSIGNED,),
        lambda: jw317_good(change=(changed(GewensteIngangsdatum=day("2024-05-03")),)),
        f"{CHANGE}/GewensteIngangsdatum",
    ),
    ("TR359", HONOURED, lambda: jw319_good(), "Antwoord"),
    (
        "TR360",
        (*ASKED, jw319_good(answer="2", reason=None)),
        lambda: again(lambda **h: jw319_good(answer="2", reason=None, **h)),
        "Antwoord",
    ),
    (
        "TR361",
        (ASSIGNED,),
        lambda: jw317_good(
            fresh=(
                new(
                    Product=t.CDT_Product(Categorie="45", Code="45A04"),
                    Omvang=t.CDT_Omvang(Volume=1, Eenheid="04", Frequentie="4"),
                ),
            )
        ),
        REQUEST,
    ),
    ("TR365", REJECTED, lambda: again(jw319_good), "Antwoord"),
    (
        "TR366",
        CLAIMED,
        lambda: put(jw325_good(), f"{SHOWN}/ProductReferentie/ReferentieNummer", "R77"),
        f"{SHOWN}/ProductReferentie",
    ),
    ("TR367", CLAIMED, lambda: put(jw325_good(), f"{SHOWN}/GeleverdVolume", 6), f"{SHOWN}/GeleverdVolume"),
    ("TR367", CLAIMED, lambda: put(jw325_good(), f"{SHOWN}/ProductTarief", 6999), f"{SHOWN}/ProductTarief"),
    (
        "TR369",
        (GENERIC, jw323_good(claimed())),
        lambda: jw323_good(may_line(**volume(100)), **IN_MAY),
        f"{L1}/GeleverdVolume",
    ),
    (
        "TR371",
        CLAIMED,
        lambda: put(jw325_good(), "Header/XsdVersieDeclaratie/BerichtXsdVersie", "1.0.1"),
        "Header/XsdVersieDeclaratie",
    ),
    (
        "TR373",
        (ASSIGNED,),
        lambda: jw317_good(stay=(NUMBER,), change=(changed(SECOND, Omvang=put(DAY_CARE.Omvang, "Volume", 60)),)),
        f"{CHANGE}/GewensteIngangsdatum",
    ),
    ("TR374", ASKED, lambda: again(lambda **h: jw315_good(asked("V-2"), **h)), C),
    ("TR374", ASKED, lambda: again(jw317_good), C),
    ("TR375", (GENERIC,), lambda: jw317_good(stay=(), fresh=()), f"{CHANGE}/Omvang"),
    (
        "TR376",
        CLAIMED,
        lambda: put(jw325_good(), "DeclaratieAntwoord/DeclaratieNummer", "D9"),
        "DeclaratieAntwoord/DeclaratieNummer",
    ),
    (
        "TR379",
        (ASSIGNED,),
        lambda: again(lambda **h: jw301_good(assigned(ReferentieAanbieder="V-1"), **h)),
        f"{P1}/ReferentieAanbieder",
    ),
    (
        "TR379",
        REJECTED,
        lambda: again(lambda **h: jw301_good(assigned(ReferentieAanbieder="V-1"), **h)),
        f"{P1}/ReferentieAanbieder",
    ),
    ("TR382", (ASSIGNED,), lambda: jw307_good(), T1),
    ("TR382", STARTED, lambda: jw307_good(stop(Begindatum=day("2024-04-11"))), T1),
    (
        "TR384",
        (jw301_good(assigned(RedenWijziging="13", Einddatum=day("2024-04-03"))),),
        lambda: jw323_good(claimed(ProductPeriode=period("2024-04-03", "2024-04-03"), **volume(3))),
        L1,
    ),
    (
        "TR385",
        GRANTED,
        lambda: again(lambda **h: jw301_good(assigned(RedenWijziging="13", Einddatum=day("2024-04-03")), **h)),
        P1,
    ),
    (
        "TR387",
        (ASSIGNED,),
        lambda: jw323_good(claimed(ProductPeriode=period("2024-04-04", "2024-04-30"))),
        f"{L1}/ProductPeriode",
    ),
    (
        "TR388",
        (ASSIGNED,),
        lambda: jw323_good(claimed(ProductPeriode=period("2024-04-03", "2024-04-29"))),
        f"{L1}/ProductPeriode",
    ),
    ("TR389", GRANTED, lambda: jw323_good(claimed("R5"), number="D2", identification="B1"), L1),
    ("TR390", CREDITED, lambda: jw323_good(claimed("R6", "R1"), number="D4", identification="B4"), L1),
    ("TR411", (ASSIGNED,), lambda: jw317_good(change=(changed(Omvang=None),)), f"{CHANGE}/Omvang"),
    (
        "TR412",
        (jw301_good(assigned(Product=t.CDT_Product(Categorie="45"), Omvang=None)),),
        lambda: jw317_good(stay=(), fresh=()),
        f"{CHANGE}/Omvang",
    ),
    (
        "TR413",
        PAUSED,
        lambda: again(lambda **h: jw307_good(stop(RedenBeeindiging="20", Einddatum=day("2024-05-02")), **h)),
        T1,
    ),
    ("TR414", PAUSED, lambda: again(lambda **h: jw307_good(stop(Einddatum=day("2024-04-30")), **h)), T1),
    ("TR415", STOPPED, lambda: again(lambda **h: jw307_good(stop(RedenBeeindiging="34"), **h)), T1),
    (
        "TR418",
        (ASSIGNED,),
        lambda: jw323_good(claimed(ProductTarief=9001, IngediendBedrag=amount(12 * 9001))),
        f"{L1}/ProductTarief",
    ),
    ("TR135", (ASSIGNED,), lambda: jw305_good(dated=day("2024-06-04")), "Header/BerichtIdentificatie/Dagtekening"),
    ("TR346", (ASSIGNED,), lambda: jw323_good(claimed(IngediendBedrag=amount(1))), f"{L1}/IngediendBedrag"),
    ("TR378", (), lambda: put(jw301_good(), "Header/Afzender", "0999"), "Header/Afzender"),
    (
        "TR378",
        (),
        lambda: put(jw301_good(assigned(Ingangsdatum=day("2024-06-01"))), "Header/Afzender", "0119"),
        "Header/Afzender",
    ),
    (
        "TR378",
        ASKED,
        lambda: put(jw319_good(reason="8"), "Antwoord/Woonplaatsbeginsel", jw319.Woonplaatsbeginsel(Gemeente="0999")),
        "Antwoord/Woonplaatsbeginsel/Gemeente",
    ),
    (
        "TR381",
        (),
        lambda: jw301_good(assigned(Product=t.CDT_Product(Categorie="45", Code="44A01"))),
        f"{P1}/Product/Code",
    ),
    ("TR381", (GENERIC,), lambda: jw323_good(claimed(ProductCode="41A03")), f"{L1}/ProductCode"),
]


def found(before, content, world=None):
    case = Case(message(name_of(content)), content, books(*before), world or World())
    assert judge(case, levels=(2,)) == [], "the message itself must be in order"
    return judge(case, levels=(3, 4))


@pytest.mark.parametrize(
    ("rule", "before", "make", "where"), BROKEN, ids=[f"{row[0]}-{n}" for n, row in enumerate(BROKEN)]
)
def test_a_broken_rule_comes_back_at_its_element(rule, before, make, where):
    breaches = found(before, make())
    assert (rule, f"Bericht/{where}") in {(breach.rule, breach.path) for breach in breaches}
    others = {breach.rule for breach in breaches} - {rule}
    assert all(rule in table()[other].implied_by for other in others), others


def test_every_rule_of_levels_3_and_4_is_broken_once():
    assert {row[0] for row in BROKEN} == {key for key, entry in table().items() if entry.level in (3, 4)}


def test_a_claim_is_answered_once():
    again_answered = put(jw325_good(), "Header/BerichtIdentificatie/Identificatie", "G2")
    breaches = found((*CLAIMED, jw325_good()), again_answered)
    assert [(one.rule, one.path) for one in breaches] == [
        ("TR056", "Bericht/Header/DeclaratieIdentificatie/Identificatie")
    ]


def test_every_wrong_line_of_a_large_claim_is_found():
    lines = tuple(claimed(f"R{n}", ToewijzingNummer=9000 + n) for n in range(400))
    assert len(found((ASSIGNED,), jw323_good(*lines))) == 400


@pytest.mark.slow
def test_many_repeats_take_time_in_proportion():
    many = tuple(
        start(Begindatum=day("2024-04-10") if n == 0 else day("2024-01-01"), ToewijzingNummer=n) for n in range(3000)
    )
    began = time.monotonic()
    found((ASSIGNED,), jw305_good(*many))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("ends", ["0001-01-01", "0001-01-06", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(ends):
    given = of_week("83", 1, "0001-01-01", ends)
    assert volumes.times_in(day("0001-01-01"), day(ends), given) >= 1


GOOD_SEQUENCES = {
    "assigned": ((), jw301_good()),
    "started": ((ASSIGNED,), jw305_good()),
    "stopped": (STARTED, jw307_good()),
    "stopped for good after a pause": (PAUSED, jw307_good(identification="B1")),
    "resumed after a pause": (PAUSED, jw305_good(start(Begindatum=day("2024-05-02")), identification="B1")),
    "started again after a stop": (STOPPED, jw305_good(start(Begindatum=day("2024-05-02")), identification="B1")),
    "start corrected": (
        STARTED,
        jw305_good(start(StatusAanlevering="3"), start(Begindatum=day("2024-04-11")), identification="B1"),
    ),
    "wrong reason of a stop corrected (worked case 4)": (
        STOPPED,
        jw307_good(stop(StatusAanlevering="3"), stop(RedenBeeindiging="34"), identification="B1"),
    ),
    "asked": ((ASSIGNED,), jw315_good()),
    "investigated, then rejected": ((*ASKED, jw319_good(answer="2", reason=None)), jw319_good(identification="B1")),
    "asked and assigned (worked case 8)": (
        ASKED,
        jw301_good(assigned(), DAY_CARE, assigned(900, Product=LATER, ReferentieAanbieder="V-1"), identification="B1"),
    ),
    "wished": ((ASSIGNED,), jw317_good()),
    "claimed": ((ASSIGNED,), jw323_good()),
    "answered": (CLAIMED, jw325_good()),
    "credited": (GRANTED, jw323_good(CREDIT, number="D2", identification="B1")),
    "credited and claimed anew in one message": (
        GRANTED,
        jw323_good(CREDIT, claimed("R5", **volume(11)), number="D2", identification="B1"),
    ),
    "a rejected line claimed again": (
        (*CLAIMED, jw325_good()),
        jw323_good(day_care_line("R5"), number="D2", identification="B1"),
    ),
    "minutes on an assignment in hours": (
        (ASSIGNED,),
        jw323_good(claimed(Eenheid="01", ProductTarief=150, GeleverdVolume=380, IngediendBedrag=amount(57000))),
    ),
    "generic with a budget (worked case 10)": (
        (GENERIC,),
        jw323_good(claimed(), claimed("R2", ProductCategorie="42", ProductCode="42A03", Eenheid="84")),
    ),
}


@pytest.mark.parametrize("name", GOOD_SEQUENCES)
def test_what_may_follow_breaks_nothing(name):
    before, content = GOOD_SEQUENCES[name]
    assert found(before, content) == []


def test_what_is_not_known_outside_is_not_judged():
    case = Case(message("JW305"), jw305_good(dated=day("2030-01-01")), books(ASSIGNED))
    assert judge(case, levels=(3, 4)) == []


def of_week(unit: str, number: int, first: str, last: str):
    how_much = t.CDT_Omvang(Volume=number, Eenheid=unit, Frequentie="2")
    return assigned(Ingangsdatum=day(first), Einddatum=day(last), Omvang=how_much)


# the examples of reference 14.4: unit, volume, assignment, then per product period what may be claimed, then in all
WEEKS = [
    (
        "04",
        3,
        "2022-10-11",
        "2022-12-28",
        [("2022-10-11", "2022-10-31", 12), ("2022-11-01", "2022-11-30", 15), ("2022-12-01", "2022-12-28", 15)],
        36,
    ),
    (
        "04",
        3,
        "2022-04-13",
        "2022-06-30",
        [("2022-04-13", "2022-04-30", 9), ("2022-05-01", "2022-05-31", 18), ("2022-06-01", "2022-06-30", 15)],
        36,
    ),
    (
        "83",
        300,
        "2022-10-11",
        "2022-12-31",
        [("2022-10-11", "2022-10-31", 900), ("2022-11-01", "2022-11-30", 1200), ("2022-12-01", "2022-12-31", 1500)],
        3600,
    ),
    (
        "83",
        150,
        "2022-04-15",
        "2022-06-04",
        [("2022-04-15", "2022-04-30", 300), ("2022-05-01", "2022-05-31", 900), ("2022-06-01", "2022-06-04", 0)],
        1200,
    ),
    (
        "83",
        150,
        "2022-04-15",
        "2022-07-31",
        [
            ("2022-04-15", "2022-04-30", 300),
            ("2022-05-01", "2022-05-31", 750),
            ("2022-06-01", "2022-06-30", 600),
            ("2022-07-01", "2022-07-31", 750),
        ],
        2400,
    ),
    (
        "04",
        3,
        "2022-07-11",
        "2022-09-04",
        [("2022-07-11", "2022-07-31", 9), ("2022-08-01", "2022-08-31", 15), ("2022-09-01", "2022-09-04", 3)],
        24,
    ),
]


@pytest.mark.parametrize(("unit", "number", "first", "last", "periods", "in_all"), WEEKS)
def test_volumes_per_week_are_those_of_the_reference(unit, number, first, last, periods, in_all):
    given = of_week(unit, number, first, last)
    most = [number * volumes.times_in(day(a), day(b), given) for a, b, _ in periods]
    assert most == [expected for _, _, expected in periods]
    assert number * volumes.times_in(day(first), day(last), given) == in_all


def test_the_bsn_in_the_books_is_that_of_the_message():
    assert books(ASSIGNED).client_known(BSN)
    assert not books(ASSIGNED).client_known(OTHER_BSN)
    assert L2
