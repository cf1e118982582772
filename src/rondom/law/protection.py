"""Child protection, probation, secure care: maximum terms, what lapses, who may do what (rules CP, JR, GES).

The Algemene termijnenwet never lengthens these terms: they limit a measure or a stay, and safety comes first.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import (
    ONE_DAY,
    Level,
    Term,
    Unit,
    add_months,
    add_years,
    deadline,
    hours_later,
    in_amsterdam,
    working_days,
)  # fmt: skip
from rondom.law.engine import Answer, Reasoning, fact, rule
from rondom.law.person import age, reaches


class Order(enum.StrEnum):
    """Orders of the juvenile court with a maximum term.

    SECURE_AFTER_CONDITION is the actual stay when the condition of a conditional authorisation is not met.
    """

    SUPERVISION = "supervision"
    PROVISIONAL_SUPERVISION = "provisional_supervision"
    OUT_OF_HOME = "out_of_home"
    SECURE = "secure"
    SECURE_EMERGENCY = "secure_emergency"
    SECURE_CONDITIONAL = "secure_conditional"
    SECURE_CONDITIONAL_EXTENDED = "secure_conditional_extended"
    SECURE_AFTER_CONDITION = "secure_after_condition"


LIMITS = {
    Order.SUPERVISION: ("supervision_max_months", Unit.MONTHS, "CP-04"),
    Order.PROVISIONAL_SUPERVISION: ("provisional_supervision_max_months", Unit.MONTHS, "CP-05"),
    Order.OUT_OF_HOME: ("out_of_home_max_months", Unit.MONTHS, "CP-07"),
    Order.SECURE: ("secure_max_months", Unit.MONTHS, "GES-02"),
    Order.SECURE_EMERGENCY: ("secure_emergency_weeks", Unit.WEEKS, "GES-03"),
    Order.SECURE_CONDITIONAL: ("secure_conditional_months", Unit.MONTHS, "GES-04"),
    Order.SECURE_CONDITIONAL_EXTENDED: ("secure_conditional_extension_months", Unit.MONTHS, "GES-04"),
    Order.SECURE_AFTER_CONDITION: ("secure_after_condition_months", Unit.MONTHS, "GES-04"),
}
LAPSES = {Order.OUT_OF_HOME: "CP-07", Order.SECURE: "GES-02"}
SECURE = frozenset(kind for kind in Order if kind.startswith("secure"))


@dataclasses.dataclass(frozen=True)
class OrderFacts:
    """An order of the court, and what happened to it."""

    kind: Order | None = fact("welke maatregel of machtiging")
    starts_on: dt.date | None = fact("de dag waarop die ingaat of is verleend")
    granted_until: dt.date | None = fact("de laatste dag die de rechter noemde; leeg is het maximum")
    executed_on: dt.date | None = fact("de dag waarop die is uitgevoerd (geplaatst); leeg als dat nog niet is gebeurd")
    born_on: dt.date | None = fact("de geboortedatum, nodig voor gesloten jeugdhulp na 18")
    treated_before_18: bool | None = fact("of behandeling en plan er waren voor de 18e verjaardag")
    conditional_until: dt.date | None = fact("de laatste dag van de voorwaardelijke machtiging")


@dataclasses.dataclass(frozen=True)
class OrderTerm:
    """When an order ends at the latest, lapses unexecuted, whether it was granted for too long, when to warn."""

    ends_on: dt.date
    lapses_on: dt.date | None
    too_long: bool
    warn_on: tuple[dt.date, ...] = ()


@rule(
    title="Wanneer eindigt deze maatregel?", day="starts_on",
    ids=("CP-04", "CP-05", "CP-07", "GES-02", "GES-03", "GES-04", "GES-09"),
)  # fmt: skip
def order_term(why: Reasoning[OrderFacts]) -> Answer[OrderTerm]:
    """Return the end of an order and the day it lapses when not executed (BW 1:257-265c; Jw 6.1.12)."""
    facts = why.facts
    why.need("kind", "starts_on")
    for name in ("granted_until", "executed_on", "conditional_until"):
        given = getattr(facts, name)
        why.expect(given is None or given >= facts.starts_on, name, "a day on or after starts_on")
    name, unit, source = LIMITS[facts.kind]
    why.rests_on(source)
    term = Term(why.number(name, facts.starts_on), unit)
    longest = term.after(facts.starts_on)
    why.say(f"Ten hoogste {term.in_words()} na {words.day(facts.starts_on)}: {words.day(longest)}.")
    if facts.kind is Order.SECURE_AFTER_CONDITION:
        why.need("conditional_until")
        longest = min(longest, facts.conditional_until)
        why.say(f"En niet langer dan de voorwaardelijke machtiging: {words.day(facts.conditional_until)}.")
    ends = min(facts.granted_until or longest, longest)
    if facts.kind in SECURE:
        ends = min(ends, _secure_after_eighteen(why, ends))
    too_long = facts.granted_until is not None and facts.granted_until > longest
    if too_long:
        why.say("De genoemde dag ligt na het maximum: vraag het na.")
    return why.answer(OrderTerm(ends, _lapse(why), too_long, _warnings(why, ends)))


def _secure_after_eighteen(why: Reasoning[Any], ends: dt.date) -> dt.date:
    """Return the last day allowed by age: the day before the 18th birthday, or half a year on under conditions."""
    facts = why.facts
    why.need("born_on")
    adult = reaches(why, facts.born_on, 18, facts.starts_on)
    if ends < adult:
        return ends
    why.rests_on("GES-09")
    why.need("treated_before_18")
    if not facts.treated_before_18:
        why.say("Na de 18e verjaardag kan het alleen als behandeling en plan er al voor die dag waren.")
        return adult - ONE_DAY
    limit = add_months(adult, why.number("secure_after_18_months", facts.starts_on))
    if ends > limit:
        why.say(f"Na de 18e verjaardag nog ten hoogste een half jaar: tot en met {words.day(limit)}.")
    return limit


def _lapse(why: Reasoning[Any]) -> dt.date | None:
    facts = why.facts
    if facts.kind not in LAPSES:
        return None
    lapses = add_months(facts.starts_on, why.number("unexecuted_lapse_months", facts.starts_on))
    if facts.executed_on and facts.executed_on <= lapses:
        return None
    why.rests_on(LAPSES[facts.kind])
    why.say(f"Wordt die niet uitgevoerd, dan vervalt die op {words.day(lapses)}.")
    return lapses


def _warnings(why: Reasoning[Any], ends: dt.date) -> tuple[dt.date, ...]:
    if why.facts.kind is not Order.SUPERVISION:
        return ()
    weeks = why.number("supervision_warning_weeks", why.facts.starts_on)
    return tuple(ends - dt.timedelta(weeks=before) for before in weeks)


@dataclasses.dataclass(frozen=True)
class SecurePlaceFacts:
    """Somebody is to be placed in secure care."""

    on: dt.date | None = fact("de dag van plaatsing")
    authorised: bool | None = fact("of er een machtiging van de kinderrechter is die op die dag geldt")
    emergency: bool = fact("of het een spoedmachtiging is", default=False)
    scientist_agrees: bool | None = fact("of een gekwalificeerde gedragswetenschapper instemt")
    examined_shortly_before: bool | None = fact("of die de jeugdige kort daarvoor heeft onderzocht")
    examining_impossible: bool = fact("of onderzoek bij spoed feitelijk onmogelijk was", default=False)


@rule(title="Mag deze jeugdige gesloten worden geplaatst?", ids=("GES-01", "GES-06"), day="on")
def may_place_secure(why: Reasoning[SecurePlaceFacts]) -> Answer[bool]:
    """Return whether a secure placement is lawful: an authorisation and the consent of a scientist (Jw 6.1.2)."""
    facts = why.facts
    why.need("on", "authorised")
    why.rests_on("GES-01")
    if not facts.authorised:
        why.say("Zonder geldige machtiging van de kinderrechter mag niemand gesloten worden geplaatst.")
        return why.answer(False)
    why.need("scientist_agrees")
    why.rests_on("GES-06")
    if not facts.scientist_agrees:
        why.say("De instemming van een gekwalificeerde gedragswetenschapper ontbreekt.")
        return why.answer(False)
    why.need("examined_shortly_before")
    seen = facts.examined_shortly_before or (facts.emergency and facts.examining_impossible)
    why.say(
        "De machtiging en de instemming zijn er."
        if seen
        else "De gedragswetenschapper moet de jeugdige kort daarvoor hebben onderzocht."
    )
    return why.answer(bool(seen))


@dataclasses.dataclass(frozen=True)
class RestrictionFacts:
    """A restrictive measure in secure care."""

    started_at: dt.datetime | None = fact("het moment waarop de beperkende maatregel begon")
    in_plan: bool | None = fact("of de maatregel in het hulpverleningsplan staat")
    ended_at: dt.datetime | None = fact("het moment waarop die ophield; leeg als die nog loopt")
    as_of: dt.datetime | None = fact("het moment waarop je het wilt weten, als die nog loopt")
    scientist_agreed_at: dt.datetime | None = fact("het moment waarop een gedragswetenschapper instemde")


@dataclasses.dataclass(frozen=True)
class Restriction:
    """From when consent is needed, when it ends at the latest, and whether it is within the law so far."""

    consent_needed_from: dt.datetime | None
    ends_at: dt.datetime | None
    within_law: bool


@rule(title="Hoe lang mag een beperkende maatregel?", ids=("GES-10",), day="started_at")
def restrictive_measure(why: Reasoning[RestrictionFacts]) -> Answer[Restriction]:
    """Return the bounds of a measure outside the plan, in hours: consent, and an end (Jw 6.3.1.2)."""
    facts = why.facts
    why.need("started_at", "in_plan")
    why.rests_on("GES-10")
    why.say("Nee, tenzij: geen lichter middel, in verhouding, werkzaam.")
    if facts.in_plan:
        why.say("De maatregel staat in het plan; daar staat ook hoe lang.")
        return why.answer(Restriction(None, None, True))
    if facts.ended_at is None and facts.as_of is None:
        why.need("ended_at")
    day = in_amsterdam(facts.started_at).date()
    hours, days = why.number("restriction_consent_hours", day), why.number("restriction_days", day)
    consent_from, ends = hours_later(facts.started_at, hours), hours_later(facts.started_at, 24 * days)
    last = in_amsterdam(facts.ended_at or facts.as_of)
    why.expect(last >= in_amsterdam(facts.started_at), "ended_at", "a moment after started_at")
    agreed = facts.scientist_agreed_at and in_amsterdam(facts.scientist_agreed_at) <= consent_from
    within = last <= ends and (last <= consent_from or bool(agreed))
    why.say(
        f"Buiten het plan ten hoogste {days} dagen achter elkaar: tot {words.moment(ends)}. Duurt het langer dan "
        f"{hours} uur, dan is instemming van een gedragswetenschapper nodig: voor {words.moment(consent_from)}."
    )
    return why.answer(Restriction(consent_from, ends, within))


@dataclasses.dataclass(frozen=True)
class VoiceFacts:
    """A youth is concerned in proceedings."""

    born_on: dt.date | None = fact("de geboortedatum")
    on: dt.date | None = fact("de dag")
    capable_before_12: bool = fact("of een jonger kind zijn belangen kan overzien", default=False)


@rule(title="Heeft de jeugdige een eigen stem bij de rechter?", ids=("GES-08", "CP-12"), day="on")
def own_voice(why: Reasoning[VoiceFacts]) -> Answer[bool]:
    """Return whether a youth has own rights in court and gets own letters: from 12, or younger when capable."""
    facts = why.facts
    why.need("born_on", "on")
    why.rests_on("GES-08", "CP-12")
    from_age = why.number("own_voice_from_age", facts.on)
    own = age(why, facts.born_on, facts.on) >= from_age or facts.capable_before_12
    why.say(
        f"Vanaf {from_age} jaar (of jonger wie het overziet) kan de jeugdige zelf iets vragen aan de rechter. Stuur de "
        "brief ook aan de jeugdige."
        if own
        else f"Onder de {from_age} jaar spreken anderen voor het kind."
    )
    return why.answer(own)


@dataclasses.dataclass(frozen=True)
class MoveFacts:
    """A child that was placed is to move."""

    placed_on: dt.date | None = fact("de dag waarop het kind er kwam wonen")
    on: dt.date | None = fact("de dag van de verplaatsing")


@rule(title="Is voor deze verplaatsing toestemming nodig?", ids=("CP-11",), day="on")
def move_needs_consent(why: Reasoning[MoveFacts]) -> Answer[bool]:
    """Return whether a move needs the court or the institution: after a year in the same place (BW 1:265i, 1:253s)."""
    facts = why.facts
    why.need("placed_on", "on")
    why.expect(facts.on >= facts.placed_on, "on", "a day on or after placed_on")
    why.rests_on("CP-11")
    years = why.number("placement_protected_years", facts.on)
    from_day = add_years(facts.placed_on, years)
    needs = facts.on >= from_day
    why.say(
        f"Het kind woont er een jaar of langer (sinds {words.day(facts.placed_on)}): verplaatsen kan alleen met "
        "toestemming van de rechter of de GI."
        if needs
        else f"Tot {words.day(from_day)} is deze toestemming niet nodig."
    )
    return why.answer(needs)


@dataclasses.dataclass(frozen=True)
class UnheardFacts:
    """An emergency order without hearing."""

    ordered_on: dt.date | None = fact("de dag van de spoedbeslissing")


@rule(title="Wanneer vervalt een spoedbeslissing zonder zitting?", ids=("CP-08",), day="ordered_on")
def unheard_order_lapses(why: Reasoning[UnheardFacts]) -> Answer[dt.date]:
    """Return the day an order without hearing loses force unless those concerned could be heard (Rv 800 lid 3, 809)."""
    why.need("ordered_on")
    why.rests_on("CP-08")
    term = Term(why.number("unheard_order_weeks", why.facts.ordered_on), Unit.WEEKS, liberty=True)
    lapses = term.after(why.facts.ordered_on)
    why.say(f"Zonder zitting vervalt die op {words.day(lapses)}. Wie 12 jaar of ouder is, wordt gehoord.")
    return why.answer(lapses)


@dataclasses.dataclass(frozen=True)
class FirstContactFacts:
    """A certified institution was charged with a measure."""

    charged_on: dt.date | None = fact("de dag waarop de GI is belast")
    notified_on: dt.date | None = fact("de dag waarop de GI bericht kreeg")


@rule(title="Eerste contact door de GI", ids=("CP-13", "WT-07"), day="notified_on")
def gi_first_contact_by(why: Reasoning[FirstContactFacts]) -> Answer[dt.date]:
    """Return by when a worker is assigned and made first contact: five working days after charged and notified."""
    facts = why.facts
    why.need("charged_on", "notified_on")
    why.rests_on("CP-13", "WT-07")
    start = max(facts.charged_on, facts.notified_on)
    days = why.number("gi_first_contact_working_days", start)
    why.say("Uiterlijk dan is er een medewerker en een eerste contact. De laatste van beide dagen telt.")
    return why.answer(working_days(why, start, days))


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


class Act(enum.StrEnum):
    """What a body wants to do."""

    REQUEST = "request_investigation"
    OWN_INITIATIVE = "investigate_on_own_initiative"
    EXECUTE = "execute_measure"
    HELP = "offer_help"


@dataclasses.dataclass(frozen=True)
class MandateFacts:
    """A body wants to do something in child protection."""

    on: dt.date | None = fact("de dag")
    body: Body | None = fact("welke instantie")
    act: Act | None = fact("wat: onderzoek vragen, zelf onderzoeken, een maatregel uitvoeren of jeugdhulp bieden")
    acute_and_serious: bool | None = fact("of de dreiging acuut en ernstig is")
    certified_on_day: bool | None = fact("of het certificaat op die dag gold")


MAY_REQUEST = frozenset({Body.COLLEGE, Body.PROVIDER, Body.GI, Body.VEILIG_THUIS})


@rule(title="Wie mag dit?", ids=("JW-30", "JW-31"), day="on")
def has_mandate(why: Reasoning[MandateFacts]) -> Answer[bool]:
    """Return whether a body may request an investigation, execute a measure, or offer youth help (Jw 3.1, 3.2, 3.4)."""
    facts = why.facts
    why.need("on", "body", "act")
    if facts.act is Act.REQUEST:
        why.rests_on("JW-30")
        why.say("De Raad onderzoekt op verzoek van college, aangewezen aanbieder, GI of Veilig Thuis.")
        return why.answer(facts.body in MAY_REQUEST)
    if facts.act is Act.OWN_INITIATIVE:
        why.rests_on("JW-30")
        why.say(
            "Alleen de Raad onderzoekt uit zichzelf, bij een acute en ernstige dreiging; hij meldt het het college."
        )
        if facts.body is not Body.BOARD:
            return why.answer(False)
        why.need("acute_and_serious")
        return why.answer(bool(facts.acute_and_serious))
    why.rests_on("JW-31")
    if facts.act is Act.HELP:
        why.say("Een GI biedt zelf geen jeugdhulp.")
        return why.answer(facts.body is Body.PROVIDER)
    why.say("Alleen een gecertificeerde instelling voert een maatregel of jeugdreclassering uit.")
    if facts.body is not Body.GI:
        return why.answer(False)
    why.need("certified_on_day")
    if not facts.certified_on_day:
        why.say("Het certificaat gold niet op die dag.")
    return why.answer(bool(facts.certified_on_day))


@dataclasses.dataclass(frozen=True)
class CertificateFacts:
    """A certificate of a certified institution."""

    granted_on: dt.date | None = fact("de dag waarop het certificaat is verleend")
    provisional: bool | None = fact("of het een voorlopig certificaat is")


@dataclasses.dataclass(frozen=True)
class Certificate:
    """The last day of a certificate and the day from which to warn."""

    ends_on: dt.date
    warn_on: dt.date


@rule(title="Hoe lang geldt het certificaat van een GI?", ids=("JW-33",), day="granted_on")
def certificate_term(why: Reasoning[CertificateFacts]) -> Answer[Certificate]:
    """Return until when a certificate holds: three years, provisional two (Jw 3.4); warned about 90 days before."""
    facts = why.facts
    why.need("granted_on", "provisional")
    why.rests_on("JW-33")
    name = "provisional_certificate_years" if facts.provisional else "certificate_years"
    years = why.number(name, facts.granted_on)
    ends = add_years(facts.granted_on, years)
    warn = ends - dt.timedelta(days=why.number("certificate_warning_days", facts.granted_on))
    why.say(f"Het certificaat geldt {years} jaar, tot en met {words.day(ends)}. Waarschuw vanaf {words.day(warn)}.")
    return why.answer(Certificate(ends, warn))


@dataclasses.dataclass(frozen=True)
class MeasureLengthFacts:
    """A behavioural measure (GBM) that is imposed or extended."""

    starts_on: dt.date | None = fact("de dag waarop de maatregel begint")
    months: int | None = fact("hoeveel maanden de maatregel duurt")
    extension_months: int = fact("met hoeveel maanden wordt verlengd", default=0)
    extended_before: bool = fact("of de maatregel al eens is verlengd", default=False)


@rule(title="Mag de GBM zo lang duren?", ids=("JR-02", "DR36"), day="starts_on", valid_from=dt.date(2015, 1, 1))
def behaviour_measure_fits(why: Reasoning[MeasureLengthFacts]) -> Answer[bool]:
    """Return whether a GBM fits: 6 to 12 months, extended once by at most the same length (Sr 77w-77wd)."""
    facts = why.facts
    why.need("starts_on", "months")
    why.rests_on("JR-02", "DR36")
    least, most = why.number("behaviour_measure_months", facts.starts_on)
    if not least <= facts.months <= most:
        why.say(f"De maatregel duurt ten minste {least} en ten hoogste {most} maanden.")
        return why.answer(False)
    if facts.extension_months and facts.extended_before:
        why.say("Verlengen kan één keer; dat is al gebeurd.")
        return why.answer(False)
    fits = facts.extension_months <= facts.months
    why.say("De duur past." if fits else "De verlenging is langer dan de maatregel zelf; dat mag niet.")
    return why.answer(fits)


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


class Frame(enum.StrEnum):
    """In which frame help is given; it decides about plans (JW-42, JW-44)."""

    VOLUNTARY = "voluntary"
    SUPERVISION = "supervision"
    PROBATION = "probation"
    GUARDIANSHIP = "guardianship_after_authority_ended"
    SECURE = "secure"


@dataclasses.dataclass(frozen=True)
class FamilyPlanFacts:
    """Help begins and a plan is to be made."""

    on: dt.date | None = fact("de dag")
    frame: Frame | None = fact("in welk kader: vrijwillig, OTS, jeugdreclassering, voogdij of gesloten")
    declined: bool = fact("of de ouders geen familiegroepsplan willen", default=False)
    threat: bool = fact("of de ontwikkeling van het kind concreet wordt bedreigd", default=False)
    harm: bool = fact("of het belang van het kind anders wordt geschaad", default=False)


@dataclasses.dataclass(frozen=True)
class FamilyPlan:
    """Whether a family group plan comes first, and whether the plan must be in writing without anybody asking."""

    family_first: bool
    in_writing: bool


@rule(title="Eerst een familiegroepsplan?", ids=("JW-42", "JW-44"), day="on")
def family_group_plan_first(why: Reasoning[FamilyPlanFacts]) -> Answer[FamilyPlan]:
    """Return whether the family gets to make a plan first, and whether a plan is always written (Jw 4.1.2, 4.1.3)."""
    facts = why.facts
    why.need("on", "frame")
    why.rests_on("JW-42", "JW-44")
    written = facts.frame is not Frame.VOLUNTARY
    writing = "Het plan staat altijd op papier." if written else "Het plan komt op papier als iemand dat wil."
    if facts.frame in (Frame.PROBATION, Frame.GUARDIANSHIP):
        why.say(f"In dit kader is er geen familiegroepsplan. {writing}")
        return why.answer(FamilyPlan(False, written))
    first = not (facts.declined or facts.threat or facts.harm)
    why.say(
        f"Het gezin krijgt eerst de kans om zelf een plan te maken. {writing}"
        if first
        else f"Er komt geen familiegroepsplan, met een reden die wordt vastgelegd. {writing}"
    )
    return why.answer(FamilyPlan(first, written))


@dataclasses.dataclass(frozen=True)
class PlacementKindFacts:
    """A youth cannot live at home for now."""

    on: dt.date | None = fact("de dag van plaatsing")
    family_like: bool | None = fact("of het om een pleeggezin of gezinshuis gaat")
    reason_written: bool | None = fact("of is beschreven waarom dat niet in het belang van het kind is")


@rule(title="Pleeggezin of gezinshuis eerst?", ids=("JW-14",), day="on")
def placement_is_reasoned(why: Reasoning[PlacementKindFacts]) -> Answer[bool]:
    """Return whether a placement keeps to the order of the law: family-like first, or a reason (Jw 2.3 lid 6)."""
    facts = why.facts
    why.need("on", "family_like")
    why.rests_on("JW-14")
    if facts.family_like:
        why.say("Een pleeggezin of gezinshuis gaat voor; dat is hier zo.")
        return why.answer(True)
    why.need("reason_written")
    why.say(
        "Er is beschreven waarom een pleeggezin of gezinshuis niet past."
        if facts.reason_written
        else "Beschrijf eerst waarom een pleeggezin of gezinshuis niet in het belang van het kind is."
    )
    return why.answer(bool(facts.reason_written))
