"""Child protection, probation, secure care: maximum terms, what lapses, who may do what (rules CP, JR, GES).

The Algemene termijnenwet never lengthens these terms: they limit a measure or a stay, and safety comes first.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import Level, Term, Unit, add_months, add_working_days, deadline
from rondom.law.engine import Answer, Reasoning, fact, rule
from rondom.law.person import birthday


class Order(enum.StrEnum):
    """Orders of the juvenile court with a maximum term."""

    SUPERVISION = "supervision"
    PROVISIONAL_SUPERVISION = "provisional_supervision"
    OUT_OF_HOME = "out_of_home"
    SECURE = "secure"
    SECURE_EMERGENCY = "secure_emergency"
    SECURE_CONDITIONAL = "secure_conditional"


LIMITS = {
    Order.SUPERVISION: ("supervision_max_months", Unit.MONTHS, "CP-04"),
    Order.PROVISIONAL_SUPERVISION: ("provisional_supervision_max_months", Unit.MONTHS, "CP-05"),
    Order.OUT_OF_HOME: ("out_of_home_max_months", Unit.MONTHS, "CP-07"),
    Order.SECURE: ("secure_max_months", Unit.MONTHS, "GES-02"),
    Order.SECURE_EMERGENCY: ("secure_emergency_weeks", Unit.WEEKS, "GES-03"),
    Order.SECURE_CONDITIONAL: ("secure_conditional_months", Unit.MONTHS, "GES-04"),
}
LAPSES = {Order.OUT_OF_HOME: "CP-07", Order.SECURE: "GES-02"}


@dataclasses.dataclass(frozen=True)
class OrderFacts:
    """An order of the court, and what happened to it."""

    kind: Order | None = fact("welke maatregel of machtiging")
    starts_on: dt.date | None = fact("de dag waarop die ingaat of is verleend")
    granted_until: dt.date | None = fact("de laatste dag die de rechter noemde; leeg is het maximum")
    executed_on: dt.date | None = fact("de dag waarop die is uitgevoerd (geplaatst); leeg als dat nog niet is gebeurd")
    born_on: dt.date | None = fact("de geboortedatum, nodig voor gesloten jeugdhulp na 18")


@dataclasses.dataclass(frozen=True)
class OrderTerm:
    """When an order ends at the latest, when it lapses unexecuted, and whether it was granted for too long."""

    ends_on: dt.date
    lapses_on: dt.date | None
    too_long: bool


@rule(
    title="Wanneer eindigt deze maatregel?", day="starts_on",
    ids=("CP-04", "CP-05", "CP-07", "GES-02", "GES-03", "GES-04", "GES-09"),
)  # fmt: skip
def order_term(why: Reasoning[OrderFacts]) -> Answer[OrderTerm]:
    """Return the end of an order and the day it lapses when not executed (BW 1:257-265c; Jw 6.1.12)."""
    facts = why.facts
    why.need("kind", "starts_on")
    name, unit, source = LIMITS[facts.kind]
    why.rests_on(source)
    term = Term(why.number(name, facts.starts_on), unit)
    longest = term.after(facts.starts_on)
    why.say(f"Ten hoogste {term.in_words()} na {words.day(facts.starts_on)}: {words.day(longest)}.")
    ends = min(facts.granted_until or longest, longest)
    if facts.kind in (Order.SECURE, Order.SECURE_CONDITIONAL):
        ends = min(ends, _secure_after_eighteen(why, ends))
    too_long = facts.granted_until is not None and facts.granted_until > longest
    if too_long:
        why.say("De genoemde dag ligt na het maximum: vraag het na.")
    return why.answer(OrderTerm(ends, _lapse(why), too_long))


def _secure_after_eighteen(why: Reasoning[Any], ends: dt.date) -> dt.date:
    facts = why.facts
    if facts.born_on is None:
        return ends
    adult = birthday(facts.born_on, 18)
    limit = add_months(adult, why.number("secure_after_18_months", facts.starts_on))
    if ends > limit:
        why.rests_on("GES-09")
        why.say(f"Na de 18e verjaardag nog ten hoogste een half jaar: tot {words.day(limit)}.")
    return limit


def _lapse(why: Reasoning[Any]) -> dt.date | None:
    facts = why.facts
    if facts.kind not in LAPSES:
        return None
    lapses = add_months(facts.starts_on, why.number("unexecuted_lapse_months", facts.starts_on))
    if facts.executed_on and facts.executed_on <= lapses:
        return None
    why.rests_on(LAPSES[facts.kind])
    why.say(f"Niet uitgevoerd? Dan vervalt die op {words.day(lapses)}.")
    return lapses


@dataclasses.dataclass(frozen=True)
class UnheardFacts:
    """An emergency order without hearing."""

    ordered_on: dt.date | None = fact("de dag van de spoedbeslissing")


@rule(title="Wanneer vervalt een spoedbeslissing zonder zitting?", ids=("CP-08",), day="ordered_on")
def unheard_order_lapses(why: Reasoning[UnheardFacts]) -> Answer[dt.date]:
    """Return the day an order without hearing loses force unless those concerned could be heard (Rv 800 lid 3, 809)."""
    why.need("ordered_on")
    why.rests_on("CP-08")
    term = Term(why.number("unheard_order_weeks", why.facts.ordered_on), Unit.WEEKS)
    lapses = term.after(why.facts.ordered_on)
    why.say(f"Zonder zitting vervalt die op {words.day(lapses)}. Wie 12 jaar of ouder is, wordt gehoord.")
    return why.answer(lapses)


@dataclasses.dataclass(frozen=True)
class FirstContactFacts:
    """A certified institution was charged with a measure."""

    charged_on: dt.date | None = fact("de dag waarop de GI is belast")
    notified_on: dt.date | None = fact("de dag waarop de GI bericht kreeg")


@rule(title="Eerste contact door de GI", ids=("CP-13",), day="notified_on")
def gi_first_contact_by(why: Reasoning[FirstContactFacts]) -> Answer[dt.date]:
    """Return by when a worker is assigned and made first contact: five working days after charged and notified."""
    facts = why.facts
    why.need("charged_on", "notified_on")
    why.rests_on("CP-13", "CAL-09")
    start = max(facts.charged_on, facts.notified_on)
    days = why.number("gi_first_contact_working_days", start)
    last = add_working_days(start, days, why.numbers)
    why.say(f"{days} werkdagen na {words.day(start)}: {words.day(last)}.")
    return why.answer(last)


@dataclasses.dataclass(frozen=True)
class PlanFacts:
    """It is clear that no family group plan will be made."""

    waived_on: dt.date | None = fact("de dag waarop duidelijk was dat er geen familiegroepsplan komt")


@rule(title="Wanneer moet het plan er zijn?", ids=("CP-14", "JW-43"), day="waived_on")
def plan_by(why: Reasoning[PlanFacts]) -> Answer[dt.date]:
    """Return the last day to adopt a plan when no family group plan is made: six weeks (Jw 4.1.3 lid 5)."""
    why.need("waived_on")
    why.rests_on("JW-43", "CP-14")
    start = why.facts.waived_on
    return why.answer(deadline(why, start, Term(why.number("plan_weeks", start), Unit.WEEKS, Level.ACT)).last_day)


class Body(enum.StrEnum):
    """Bodies that ask for or execute something in child protection."""

    COLLEGE = "college"
    PROVIDER = "designated_provider"
    GI = "certified_institution"
    VEILIG_THUIS = "veilig_thuis"
    BOARD = "child_care_and_protection_board"
    SCHOOL = "school"
    OTHER = "other"


@dataclasses.dataclass(frozen=True)
class MandateFacts:
    """A body wants to do something in child protection."""

    on: dt.date | None = fact("de dag")
    body: Body | None = fact("welke instantie")
    act: str | None = fact("wat: request_investigation, execute_measure of offer_help")
    certified_on_day: bool | None = fact("of het certificaat op die dag gold")


MAY_REQUEST = frozenset({Body.COLLEGE, Body.PROVIDER, Body.GI, Body.VEILIG_THUIS})


@rule(title="Wie mag dit?", ids=("JW-30", "JW-31", "JW-33"), day="on")
def has_mandate(why: Reasoning[MandateFacts]) -> Answer[bool]:
    """Return whether a body may request an investigation, execute a measure, or offer youth help (Jw 3.1, 3.2, 3.4)."""
    facts = why.facts
    why.need("on", "body", "act")
    if facts.act == "request_investigation":
        why.rests_on("JW-30")
        why.say("De Raad onderzoekt op verzoek van college, aangewezen aanbieder, GI of Veilig Thuis.")
        return why.answer(facts.body in MAY_REQUEST)
    why.rests_on("JW-31")
    if facts.act == "offer_help":
        why.say("Een GI biedt zelf geen jeugdhulp.")
        return why.answer(facts.body is Body.PROVIDER)
    why.say("Alleen een gecertificeerde instelling voert een maatregel of jeugdreclassering uit.")
    if facts.body is not Body.GI:
        return why.answer(False)
    why.need("certified_on_day")
    why.rests_on("JW-33")
    if not facts.certified_on_day:
        why.say("Het certificaat gold niet op die dag.")
    return why.answer(bool(facts.certified_on_day))


@dataclasses.dataclass(frozen=True)
class BehaviourMeasureFacts:
    """A behavioural measure (GBM) of youth criminal law."""

    ends_on: dt.date | None = fact("de dag waarop de maatregel eindigt")


@dataclasses.dataclass(frozen=True)
class ClaimWindow:
    """Between which days an extension is claimed."""

    from_day: dt.date
    until_day: dt.date


@rule(title="Wanneer wordt verlenging van de GBM gevorderd?", ids=("JR-02",), day="ends_on")
def extension_claim_window(why: Reasoning[BehaviourMeasureFacts]) -> Answer[ClaimWindow]:
    """Return the window of two months to one month before the end (Sr 77wd)."""
    why.need("ends_on")
    why.rests_on("JR-02")
    ends = why.facts.ends_on
    window = ClaimWindow(add_months(ends, -2), add_months(ends, -1))
    why.say(f"Tussen {words.day(window.from_day)} en {words.day(window.until_day)}.")
    return why.answer(window)


@dataclasses.dataclass(frozen=True)
class ProbationReportFacts:
    """The last report on youth probation."""

    reported_on: dt.date | None = fact("de dag van het vorige verslag, of het begin")


@rule(title="Volgend verslag jeugdreclassering", ids=("JR-01",), day="reported_on")
def probation_report_by(why: Reasoning[ProbationReportFacts]) -> Answer[dt.date]:
    """Return by when the next report is due: every six months at least (Besluit Jw 4.2.5)."""
    why.need("reported_on")
    why.rests_on("JR-01", "CAL-08")
    start = why.facts.reported_on
    last = add_months(start, why.number("probation_report_months", start))
    why.say(f"Ten minste elke zes maanden: uiterlijk {words.day(last)}. Komt iemand niet na: direct.")
    return why.answer(last)
