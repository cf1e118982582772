"""Who may work with youths, and what providers owe the outside world (rules JW-41, JW-47, JW-52, JW-53)."""

import dataclasses
import datetime as dt
from typing import Any

from rondom.law import words
from rondom.law.calendar import Level, Term, Unit, add_months, add_years, deadline
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule
from rondom.law.person import age


@dataclasses.dataclass(frozen=True)
class RegistrationFacts:
    """A professional is to be assigned to work for which a registration may be required."""

    on: dt.date | None = fact("de dag van het werk")
    required: bool | None = fact("of voor dit werk een geregistreerde professional nodig is")
    registered_from: dt.date | None = fact("de dag waarop de registratie (SKJ of BIG) begon")
    registered_until: dt.date | None = fact("de laatste dag van de registratie")


@rule(title="Mag deze professional dit werk doen?", ids=("JW-41",), day="on")
def may_be_assigned(why: Reasoning[RegistrationFacts]) -> Answer[bool]:
    """Return whether a professional may be assigned: registered where that is required (Besluit Jw 5.1.1)."""
    facts = why.facts
    why.need("on", "required")
    why.rests_on("JW-41")
    if not facts.required:
        why.say("Voor dit werk is geen registratie nodig.")
        return why.answer(True)
    why.need("registered_from", "registered_until")
    holds = facts.registered_from <= facts.on <= facts.registered_until
    why.say(
        "De registratie geldt op die dag."
        if holds
        else "De registratie geldt niet op die dag. Eigen werk van vroeger teruglezen mag wel."
    )
    return why.answer(holds)


@dataclasses.dataclass(frozen=True)
class ConductFacts:
    """Somebody starts to work with youths, or works alone as a professional."""

    starts_on: dt.date | None = fact("de eerste werkdag")
    issued_on: dt.date | None = fact("de dag waarop de VOG is afgegeven")
    solo: bool = fact("of iemand zonder organisatie werkt", default=False)
    as_of: dt.date | None = fact("de dag waarop je het wilt weten, voor wie zonder organisatie werkt")


@dataclasses.dataclass(frozen=True)
class Conduct:
    """Whether the certificate is good for this start, the oldest day it may be of, and when a solo worker renews."""

    good: bool
    oldest: dt.date
    renew_by: dt.date | None


@rule(title="Is de VOG jong genoeg?", ids=("JW-47",), day="starts_on")
def conduct_certificate(why: Reasoning[ConductFacts]) -> Answer[Conduct]:
    """Return whether a certificate of conduct is young enough at the start; solo workers renew it (Jw 4.1.6)."""
    facts = why.facts
    why.need("starts_on", "issued_on")
    why.rests_on("JW-47", "CAL-02")
    months = why.number("conduct_certificate_months", facts.starts_on)
    oldest = add_months(facts.starts_on, -months)
    good = facts.issued_on >= oldest
    why.say(
        f"De VOG mag bij de start niet van voor {words.day(oldest)} zijn; deze is van {words.day(facts.issued_on)}."
    )
    renew = None
    if facts.solo:
        why.need("as_of")
        renew = add_years(facts.issued_on, why.number("conduct_certificate_solo_years", facts.starts_on))
        good = good and facts.as_of <= renew
        why.say(f"Wie zonder organisatie werkt, vernieuwt haar uiterlijk {words.day(renew)}.")
    return why.answer(Conduct(good, oldest, renew))


@dataclasses.dataclass(frozen=True)
class FosterFamilyFacts:
    """A foster family at the start of the contract."""

    contract_on: dt.date | None = fact("de dag van het pleegcontract")
    foster_parents_born_on: tuple[dt.date, ...] | None = fact("de geboortedatum van elke pleegouder")
    household_born_on: tuple[dt.date, ...] = fact("de geboortedatum van ieder ander in huis", default=())
    approved: bool | None = fact("of er een verklaring van geen bezwaar is voor ieder die haar nodig heeft")
    from_network: bool = fact("of het kind dit gezin al kende (netwerkpleegzorg)", default=False)


@dataclasses.dataclass(frozen=True)
class FosterFamily:
    """Whether the family may start, by when approval must be there (network), and how many declarations are needed."""

    may_start: bool
    approval_by: dt.date | None
    declarations: int


@rule(title="Mag dit pleeggezin beginnen?", ids=("JW-53",), day="contract_on")
def foster_family_may_start(why: Reasoning[FosterFamilyFacts]) -> Answer[FosterFamily]:
    """Return whether a foster family may start: of age, declared, or within 13 weeks for a network family (Jw 5.1)."""
    facts = why.facts
    why.need("contract_on", "foster_parents_born_on", "approved")
    why.rests_on("JW-53")
    on = facts.contract_on
    least, household = why.number("foster_parent_age", on), why.number("foster_household_age", on)
    old_enough = [age(why, born, on) >= least for born in facts.foster_parents_born_on]
    needing = [born for born in facts.household_born_on if age(why, born, on) >= household]
    declarations = len(old_enough) + len(needing)
    why.say(
        f"Een pleegouder is ten minste {least}. Een verklaring is nodig voor pleegouders en voor wie {household} of "
        "ouder is."
    )
    if not old_enough or not all(old_enough):
        why.say("Niet elke pleegouder is oud genoeg.")
        return why.answer(FosterFamily(False, None, declarations))
    by = None
    if facts.from_network and not facts.approved:
        why.say("Een gezin uit het netwerk mag eerst beginnen en krijgt daarvoor tijd.")
        by = deadline(why, on, Term(why.number("network_approval_weeks", on), Unit.WEEKS, Level.ACT)).last_day
    return why.answer(FosterFamily(facts.approved or facts.from_network, by, declarations))


@dataclasses.dataclass(frozen=True)
class AnnualReportFacts:
    """The year a provider or institution reports on."""

    year_ends_on: dt.date | None = fact("de laatste dag van het jaar waarover het verslag gaat")


@rule(title="Wanneer is het jaarverslag er?", ids=("JW-52",), day="year_ends_on")
def annual_report_by(why: Reasoning[AnnualReportFacts]) -> Answer[dt.date]:
    """Return the last day for the annual report of a provider or institution: before 1 June (Jw 4.3)."""
    why.need("year_ends_on")
    why.rests_on("JW-52")
    last = dt.date(why.facts.year_ends_on.year + 1, 5, 31)
    why.say(f"Het jaarverslag is er voor 1 juni: uiterlijk {words.day(last)}.")
    _doubt_since_2022(why, last)
    return why.answer(last)


def _doubt_since_2022(why: Reasoning[Any], last: dt.date) -> None:
    if last.year > 2022:
        why.doubts(
            "Sinds 2022 zijn de regels over verantwoording veranderd; dat is niet nagezien.",
            Reading("voor 1 juni, zoals in de tekst van 2017", last),
        )
