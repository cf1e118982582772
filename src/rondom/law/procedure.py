"""Application, decision, objection: the Algemene wet bestuursrecht, local procedure and medical referral.

Rules AWB, OBJ, LOC and REF of law-and-norms section 2. The Jeugdwet has no decision term and no notification stage of
its own: the Awb holds, eight weeks after receipt of what can be read as an application.
"""

import dataclasses
import datetime as dt
from typing import Any

from rondom.law import words
from rondom.law.calendar import (
    ONE_DAY,
    Deadline,
    Level,
    Term,
    Unit,
    add_months,
    add_working_days,
    deadline,
    shifted,
)  # fmt: skip
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule


def weeks(why: Reasoning[Any], name: str, day: dt.date, level: Level = Level.ACT) -> Term:
    """Return a parameter in weeks as a term."""
    return Term(why.number(name, day), Unit.WEEKS, level)


@dataclasses.dataclass(frozen=True)
class Suspension:
    """The applicant was asked to complete the application, and did, or let the set term pass (AWB-06)."""

    invited_on: dt.date
    ended_on: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class ApplicationFacts:
    """An application and what happened to its term."""

    received_on: dt.date | None = fact("de dag waarop de aanvraag binnenkwam")
    suspensions: tuple[Suspension, ...] = fact("wanneer om aanvulling is gevraagd en wanneer die er was", default=())
    extended_to: dt.date | None = fact("de dag waarnaar de termijn is verlengd")
    extension_told_on: dt.date | None = fact("de dag waarop de verlenging aan de aanvrager is verteld")


@dataclasses.dataclass(frozen=True)
class DecisionTerm:
    """The last day on which the decision is in time."""

    last_day: dt.date
    raw: dt.date
    suspended: int
    extended: bool


@rule(title="Beslistermijn op een aanvraag", ids=("AWB-03", "AWB-04", "AWB-06"), day="received_on")
def decision_term(why: Reasoning[ApplicationFacts]) -> Answer[DecisionTerm]:
    """Return the last day for a decision: eight weeks, suspended while incomplete, extended when told in time."""
    facts = why.facts
    why.need("received_on")
    if any(pause.ended_on is None for pause in facts.suspensions):
        why.say("De termijn staat stil: de aanvraag is nog niet aangevuld.")
        why.rests_on("AWB-06")
        return why.asking("suspensions")
    why.rests_on("AWB-03")
    term = weeks(why, "decision_term_weeks", facts.received_on)
    suspended = sum((pause.ended_on - pause.invited_on).days - 1 for pause in facts.suspensions)
    if suspended:
        why.rests_on("AWB-06")
    end = deadline(why, facts.received_on, term, suspended=suspended)
    if suspended:
        _doubt_about_counting(why, end, len(facts.suspensions))
    extended = _extension_holds(why, facts, end)
    return why.answer(DecisionTerm(facts.extended_to if extended else end.last_day, end.raw, suspended, extended))


def _doubt_about_counting(why: Reasoning[Any], end: Deadline, pauses: int) -> None:
    longer = shifted(end.raw + dt.timedelta(days=end.suspended + pauses), why.numbers)
    if longer != end.last_day:
        why.doubts(
            "Het is niet zeker of de dag van de aanvulling zelf meetelt als stilstand (Awb 4:15: 'tot de dag').",
            Reading("die dag telt niet mee (korter, veilig)", end.last_day),
            Reading("die dag telt wel mee", longer),
        )


def _extension_holds(why: Reasoning[Any], facts: ApplicationFacts, end: Deadline) -> bool:
    if facts.extended_to is None:
        return False
    why.need("extension_told_on")
    why.rests_on("AWB-04")
    told, named = facts.extension_told_on, facts.extended_to
    if told is None or told > end.last_day:
        why.say("De verlenging is te laat verteld en heeft geen gevolg.")
        return False
    why.say(f"De verlenging is op tijd verteld; de nieuwe laatste dag is {words.day(named)}.")
    return named > end.last_day


@dataclasses.dataclass(frozen=True)
class CompletionFacts:
    """An application that was not complete."""

    completed_on: dt.date | None = fact("de dag waarop de aanvulling kwam of de gegeven tijd ongebruikt voorbij was")


@rule(title="Buiten behandeling laten kan tot", ids=("AWB-05",), day="completed_on")
def leave_unhandled_until(why: Reasoning[CompletionFacts]) -> Answer[Deadline]:
    """Return the last day on which the college may decide not to handle an incomplete application (Awb 4:5 lid 4)."""
    why.need("completed_on")
    why.rests_on("AWB-05")
    start = why.facts.completed_on
    return why.answer(deadline(why, start, weeks(why, "completion_decision_weeks", start)))


@dataclasses.dataclass(frozen=True)
class PenaltyFacts:
    """A decision that is late, and a notice of default."""

    term_ended_on: dt.date | None = fact("de laatste dag waarop het besluit op tijd was")
    notice_received_on: dt.date | None = fact("de dag waarop de ingebrekestelling binnenkwam")
    decided_on: dt.date | None = fact("de dag waarop het besluit is bekendgemaakt; leeg als het er nog niet is")
    as_of: dt.date | None = fact("de dag waarop je het wilt weten, als er nog geen besluit is")


@dataclasses.dataclass(frozen=True)
class Penalty:
    """What is due for being late: days and euros up to the decision (or the asked day), with its bounds."""

    grace_until: dt.date
    first_day: dt.date
    last_possible_day: dt.date
    days: int
    euros: int


@rule(title="Dwangsom bij te laat beslissen", ids=("AWB-20", "AWB-21"), day="term_ended_on")
def penalty(why: Reasoning[PenaltyFacts]) -> Answer[Penalty | None]:
    """Return the penalty for a late decision, or an outcome without days when nothing is due (Awb 4:17)."""
    facts = why.facts
    why.need("term_ended_on", "notice_received_on")
    why.rests_on("AWB-20")
    notice = facts.notice_received_on
    if notice <= facts.term_ended_on:
        why.rests_on("AWB-21")
        why.say("De ingebrekestelling kwam voordat de termijn voorbij was en heeft geen gevolg.")
        return why.answer(Penalty(facts.term_ended_on, facts.term_ended_on, facts.term_ended_on, 0, 0))
    grace = deadline(why, notice, weeks(why, "penalty_grace_weeks", notice)).last_day
    steps = why.number("penalty_steps", grace)
    first = grace + ONE_DAY
    final = grace + dt.timedelta(days=sum(days for days, _ in steps))
    if facts.as_of is None:
        why.need("decided_on")
    stop = facts.decided_on or facts.as_of + ONE_DAY
    days = max(0, min((stop - first).days, (final - grace).days))
    euros = _sum_of_steps(steps, days)
    why.say(
        f"Tot en met {words.day(grace)} kan het besluit nog zonder dwangsom. Daarna zijn er "
        f"{words.count(days, 'dag', 'dagen')} te laat: {euros} euro."
    )
    _doubt_about_amounts(why, grace)
    return why.answer(Penalty(grace, first, final, days, euros))


def _sum_of_steps(steps: tuple[tuple[int, int], ...], days: int) -> int:
    euros = 0
    for length, amount in steps:
        euros += min(days, length) * amount
        days = max(0, days - length)
    return euros


def _doubt_about_amounts(why: Reasoning[Any], day: dt.date) -> None:
    known = why.number("penalty_steps_checked_through", day)
    if day.year > known:
        why.doubts(
            f"De bedragen zijn nagezien tot en met {known}; ze kunnen daarna zijn aangepast.",
            Reading("de bedragen zijn gelijk gebleven", "zoals berekend"),
            Reading("de bedragen zijn aangepast", "zoek het nieuwe bedrag op en voeg de parameter toe"),
        )


@dataclasses.dataclass(frozen=True)
class PublicationFacts:
    """A decision that was sent."""

    published_on: dt.date | None = fact("de dag waarop het besluit is verstuurd of uitgereikt")


@rule(title="Bezwaartermijn", ids=("OBJ-01",), day="published_on")
def objection_term(why: Reasoning[PublicationFacts]) -> Answer[Deadline]:
    """Return the last day to object: six weeks, starting the day after publication (Awb 6:7, 6:8)."""
    why.need("published_on")
    why.rests_on("OBJ-01")
    start = why.facts.published_on
    return why.answer(deadline(why, start, weeks(why, "objection_term_weeks", start)))


@dataclasses.dataclass(frozen=True)
class ObjectionFacts:
    """An objection that came in."""

    published_on: dt.date | None = fact("de dag waarop het besluit is verstuurd of uitgereikt")
    received_on: dt.date | None = fact("de dag waarop het bezwaar binnenkwam")
    posted_on: dt.date | None = fact("de dag waarop het bezwaar op de post is gedaan")
    clause_in_decision: bool = fact("of in het besluit stond hoe men bezwaar maakt", default=True)


class InTime:
    """How an objection stands to its term."""

    IN_TIME = "in_time"
    EARLY = "early"
    LATE_EXCUSABLE = "late_excusable"
    LATE_ASK = "late_ask_why"


@rule(title="Is het bezwaar op tijd?", ids=("OBJ-01", "OBJ-02", "OBJ-03", "OBJ-04", "AWB-12"), day="published_on")
def objection_in_time(why: Reasoning[ObjectionFacts]) -> Answer[str]:
    """Return whether an objection is in time; a late one is never refused before the person was asked why (OBJ-03)."""
    facts = why.facts
    why.need("published_on", "received_on")
    why.rests_on("OBJ-01")
    last = deadline(why, facts.published_on, weeks(why, "objection_term_weeks", facts.published_on)).last_day
    if facts.received_on < facts.published_on:
        why.rests_on("OBJ-04")
        why.say("Het bezwaar kwam voor het besluit. Het telt als het besluit er al was of men dat mocht denken.")
        return why.answer(InTime.EARLY)
    if facts.received_on <= last:
        why.say(f"Het bezwaar kwam op {words.day(facts.received_on)} en is op tijd.")
        return why.answer(InTime.IN_TIME)
    grace = last + dt.timedelta(weeks=why.number("objection_post_weeks", last))
    if facts.posted_on and facts.posted_on <= last and facts.received_on <= grace:
        why.rests_on("OBJ-02")
        why.say("Het is op tijd op de post gedaan en binnen een week daarna ontvangen: op tijd.")
        return why.answer(InTime.IN_TIME)
    why.rests_on("OBJ-03")
    if not facts.clause_in_decision:
        why.rests_on("AWB-12")
        why.say("Het is te laat, maar in het besluit stond niet hoe men bezwaar maakt: dat is een goede reden.")
        return why.answer(InTime.LATE_EXCUSABLE)
    why.say("Het is te laat. Vraag eerst waarom; met een goede reden telt het toch.")
    return why.answer(InTime.LATE_ASK)


@dataclasses.dataclass(frozen=True)
class ObjectionDecisionFacts:
    """An objection that must be decided on."""

    published_on: dt.date | None = fact("de dag waarop het besluit is verstuurd of uitgereikt")
    committee: bool | None = fact("of een adviescommissie meedoet")
    suspended_days: int = fact("hoeveel dagen de termijn stilstond voor herstel", default=0)
    adjourned: bool = fact("of de beslissing is verdaagd", default=False)


@rule(title="Beslistermijn op bezwaar", ids=("OBJ-08",), day="published_on")
def objection_decision_term(why: Reasoning[ObjectionDecisionFacts]) -> Answer[Deadline]:
    """Return the last day to decide on an objection, counted from the end of the objection term (Awb 7:10)."""
    facts = why.facts
    why.need("published_on", "committee")
    why.rests_on("OBJ-08")
    start = deadline(why, facts.published_on, weeks(why, "objection_term_weeks", facts.published_on)).last_day
    name = "objection_decision_weeks_committee" if facts.committee else "objection_decision_weeks"
    end = deadline(why, start, weeks(why, name, start), suspended=facts.suspended_days)
    if not facts.adjourned:
        return why.answer(end)
    more = weeks(why, "objection_adjournment_weeks", start)
    raw = end.raw + dt.timedelta(days=end.suspended)
    why.say("De beslissing is één keer verdaagd.")
    later = deadline(why, raw, more)
    if raw != end.last_day:
        other = shifted(more.after(end.last_day), why.numbers)
        if other != later.last_day:
            why.doubts(
                "Het is niet zeker of de verdaging begint na de oorspronkelijke of na de verschoven laatste dag.",
                Reading("na de oorspronkelijke laatste dag", later.last_day),
                Reading("na de verschoven laatste dag", other),
            )
    return why.answer(Deadline(end.raw, end.suspended, later.last_day))


@dataclasses.dataclass(frozen=True)
class NotificationFacts:
    """A notification under the Wmo model, where the ordinance adopts it for youth."""

    notified_on: dt.date | None = fact("de dag van de melding")
    applied_on: dt.date | None = fact("de dag van de aanvraag")


@dataclasses.dataclass(frozen=True)
class LocalTerms:
    """Report and decision of the Wmo model, and the strict clock that counts the notification as an application."""

    report_by: dt.date
    decide_by: dt.date | None
    strict: dt.date


@rule(title="Melding, onderzoek en besluit (Wmo-model)", ids=("LOC-01", "LOC-06"), day="notified_on")
def local_terms(why: Reasoning[NotificationFacts]) -> Answer[LocalTerms]:
    """Return both clocks of a notification stage: the formal one, and eight weeks from the notification (LOC-06)."""
    facts = why.facts
    why.need("notified_on")
    why.rests_on("LOC-01")
    start = facts.notified_on
    report = deadline(why, start, weeks(why, "wmo_investigation_weeks", start)).last_day
    decide = None
    if facts.applied_on:
        decide = deadline(why, facts.applied_on, weeks(why, "wmo_decision_weeks", facts.applied_on)).last_day
    why.rests_on("LOC-06")
    why.say("Een melding kan als aanvraag gelden. Houd daarom ook acht weken vanaf de melding aan.")
    strict = deadline(why, start, weeks(why, "decision_term_weeks", start)).last_day
    return why.answer(LocalTerms(report, decide, strict))


REFERRERS = {"gp": "huisarts", "specialist": "medisch specialist", "youth_doctor": "jeugdarts"}


@dataclasses.dataclass(frozen=True)
class ReferrerFacts:
    """Who referred."""

    referred_on: dt.date | None = fact("de dag van de verwijzing")
    kind: str | None = fact("wie verwees: gp, specialist, youth_doctor, practice_nurse of een ander")
    under_gp: bool | None = fact("of de praktijkondersteuner onder de huisarts werkte")


@rule(title="Is dit een wettelijke verwijzer?", ids=("REF-01",), day="referred_on")
def is_statutory_referrer(why: Reasoning[ReferrerFacts]) -> Answer[bool]:
    """Return whether a referral opens youth help by law: GP, medical specialist, youth doctor (Jw 2.6 lid 1 g)."""
    facts = why.facts
    why.need("referred_on", "kind")
    why.rests_on("REF-01")
    if facts.kind == "practice_nurse":
        why.need("under_gp")
        word = "onder" if facts.under_gp else "niet onder"
        why.say(f"Een praktijkondersteuner verwijst alleen namens de huisarts; deze werkte {word} de huisarts.")
        return why.answer(bool(facts.under_gp))
    if facts.kind in REFERRERS:
        why.say(f"Een {REFERRERS[facts.kind]} mag naar jeugdhulp verwijzen.")
        return why.answer(True)
    why.say("Dit is geen wettelijke verwijzer. De vraag gaat naar de toegang.")
    return why.answer(False)


@dataclasses.dataclass(frozen=True)
class ReferralFacts:
    """A medical referral, tested on the day of registration at the provider."""

    referred_on: dt.date | None = fact("de dag van de verwijzing")
    registered_on: dt.date | None = fact("de dag van aanmelding bij de aanbieder")
    validity_months: int | None = fact("hoeveel maanden een verwijzing geldt volgens gemeente of contract")


@rule(title="Is de verwijzing nog geldig?", ids=("REF-06",), day="referred_on")
def referral_is_valid(why: Reasoning[ReferralFacts]) -> Answer[bool]:
    """Return whether a referral was valid on the day of registration; no ATW: it is a local norm (REF-06)."""
    facts = why.facts
    why.need("referred_on", "registered_on", "validity_months")
    why.rests_on("REF-06", "CAL-08")
    until = add_months(facts.referred_on, facts.validity_months)
    why.say(f"De verwijzing geldt tot en met {words.day(until)}.")
    if facts.registered_on > until:
        why.say("Vraag een nieuwe verwijzing; dit is geen weigering van hulp.")
    return why.answer(facts.registered_on <= until)


@dataclasses.dataclass(frozen=True)
class AllocationRequestFacts:
    """A provider asks for an allocation (verzoek om toewijzing)."""

    received_on: dt.date | None = fact("de dag waarop het verzoek binnenkwam")


@dataclasses.dataclass(frozen=True)
class AllocationAnswerTerms:
    """By when a first answer is due, and by when the final one after "in onderzoek"."""

    answer_by: dt.date
    final_by: dt.date


@rule(title="Antwoord op een verzoek om toewijzing", ids=("REF-03",), day="received_on")
def allocation_answer_terms(why: Reasoning[AllocationRequestFacts]) -> Answer[AllocationAnswerTerms]:
    """Return the terms for answering a request: five working days, or eight weeks after "in onderzoek" (REF-03)."""
    why.need("received_on")
    why.rests_on("REF-03", "CAL-09")
    start = why.facts.received_on
    days = why.number("allocation_answer_working_days", start)
    answer = add_working_days(start, days, why.numbers)
    final = Term(why.number("allocation_inquiry_weeks", start), Unit.WEEKS, Level.NORM).after(start)
    why.say(f"Antwoord binnen {days} werkdagen: {words.day(answer)}. In onderzoek: uiterlijk {words.day(final)}.")
    return why.answer(AllocationAnswerTerms(answer, final))
