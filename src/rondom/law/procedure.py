"""Application, decision, objection: the Algemene wet bestuursrecht, local procedure and medical referral.

Rules AWB, OBJ, LOC and REF of law-and-norms section 2. The Jeugdwet has no decision term and no notification stage of
its own: the Awb holds, eight weeks after receipt of what can be read as an application.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable
from typing import Any

from rondom.law import words
from rondom.law.calendar import (
    ONE_DAY,
    Deadline,
    Level,
    Term,
    Unit,
    add_months,
    deadline,
    lengthened,
    working_days,
)  # fmt: skip
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule


def weeks(why: Reasoning[Any], name: str, day: dt.date, level: Level = Level.ACT) -> Term:
    """Return a parameter in weeks as a term."""
    return Term(why.number(name, day), Unit.WEEKS, level)


class Request(enum.StrEnum):
    """What came in."""

    APPLICATION = "application"
    NOTIFICATION = "notification"


@dataclasses.dataclass(frozen=True)
class RequestFacts:
    """A message of a resident, and whether it starts the clock of a decision."""

    received_on: dt.date | None = fact("de dag waarop het bericht binnenkwam")
    kind: Request | None = fact("wat het is: een aanvraag, of een melding die om hulp vraagt")
    asks_for_decision: bool | None = fact("of de inwoner om hulp of een besluit vraagt")
    signed: bool | None = fact("of ten minste één belanghebbende heeft ondertekend")
    has_name_and_address: bool | None = fact("of er een naam en adres in staat")


@dataclasses.dataclass(frozen=True)
class RequestAnswer:
    """The day after which the decision term runs (empty: it does not run), and what may still be asked for."""

    starts_after: dt.date | None
    ask_to_complete: tuple[str, ...]


@rule(title="Start een bericht de beslistermijn?", ids=("AWB-01", "CNS-10"), day="received_on")
def application_starts(why: Reasoning[RequestFacts]) -> Answer[RequestAnswer]:
    """Return from when the decision term runs: what asks for a decision counts, also not on the form (Awb 1:3, 4:1)."""
    facts = why.facts
    why.need("received_on", "kind", "asks_for_decision")
    why.rests_on("AWB-01")
    if not facts.asks_for_decision:
        why.say("Er wordt niet om hulp of een besluit gevraagd; er loopt geen beslistermijn.")
        return why.answer(RequestAnswer(None, ()))
    if facts.kind is Request.NOTIFICATION:
        counts = why.choice(
            "notification_starts_clock", facts.received_on, "Rechters zien een melding om hulp vaak als een aanvraag.",
            yes="de melding telt als aanvraag (veilig)", no="de melding telt niet als aanvraag",
        )  # fmt: skip
        why.say("Een melding om hulp telt als aanvraag." if counts else "Een melding telt hier niet als aanvraag.")
        if not counts:
            return why.answer(RequestAnswer(None, ()))
    why.need("signed", "has_name_and_address")
    why.rests_on("CNS-10")
    needed = {"handtekening": facts.signed, "naam en adres": facts.has_name_and_address}
    missing = tuple(name for name, there in needed.items() if not there)
    why.say(f"De beslistermijn loopt na {words.day(facts.received_on)}. Eén handtekening is genoeg.")
    if missing:
        why.say(f"Vraag om aan te vullen: {', '.join(missing)}.")
    return why.answer(RequestAnswer(facts.received_on, missing))


@dataclasses.dataclass(frozen=True)
class InvitationFacts:
    """The applicant is asked to complete the application."""

    invited_on: dt.date | None = fact("de dag waarop om aanvulling is gevraagd")


@rule(title="Aanvullen kan tot", ids=("AWB-05",), day="invited_on")
def complete_by(why: Reasoning[InvitationFacts]) -> Answer[dt.date]:
    """Return the last day to complete an application: a term the college sets, so the ATW does not lengthen it."""
    why.need("invited_on")
    why.rests_on("AWB-05")
    days = why.number("completion_term_days", why.facts.invited_on)
    last = why.facts.invited_on + dt.timedelta(days=days)
    why.say(f"De gemeente geeft {days} dagen om aan te vullen: tot en met {words.day(last)}.")
    return why.answer(last)


class Pause(enum.StrEnum):
    """Why a decision term stands still (Awb 4:15)."""

    COMPLETION = "completion"
    CONSENT = "consent_of_applicant"
    APPLICANT = "delay_by_applicant"
    FORCE_MAJEURE = "force_majeure"


@dataclasses.dataclass(frozen=True)
class Suspension:
    """A time in which the term stands still.

    For completion: the day of the invitation, and the day of completion or on which the set term lapsed unused; the
    days between stand still. For the other grounds: the first and the last day that stand still.
    """

    invited_on: dt.date
    ended_on: dt.date | None = None
    ground: Pause = Pause.COMPLETION

    def days(self, *, inclusive: bool) -> Iterable[dt.date]:
        """Return the days that stand still; `inclusive` counts the day of completion too."""
        assert self.ended_on is not None  # asked for before
        first, last = self.invited_on, self.ended_on
        if self.ground is Pause.COMPLETION:
            first += ONE_DAY
            last -= dt.timedelta(days=not inclusive)
        return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


@dataclasses.dataclass(frozen=True)
class ApplicationFacts:
    """An application and what happened to its term."""

    received_on: dt.date | None = fact("de dag waarop de aanvraag binnenkwam")
    suspensions: tuple[Suspension, ...] = fact("wanneer om aanvulling is gevraagd en wanneer die er was", default=())
    extended_to: dt.date | None = fact("de dag waarnaar de termijn is verlengd")
    extension_told_on: dt.date | None = fact("de dag waarop de verlenging aan de aanvrager is verteld")
    extended_before: bool = fact("of de termijn al eerder is verlengd", default=False)


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
    why.say(f"Het besluit op een aanvraag komt binnen {term.in_words()}, geteld vanaf de dag na ontvangst.")
    suspended = _days_standing_still(why, term)
    end = deadline(why, facts.received_on, term, suspended=suspended)
    extended = _extension_holds(why, facts, end)
    return why.answer(DecisionTerm(facts.extended_to if extended else end.last_day, end.raw, suspended, extended))


def _days_standing_still(why: Reasoning[Any], term: Term) -> int:
    """Count each day once, and only days on which the term still ran (AWB-06; Awb 4:15)."""
    facts = why.facts
    if not facts.suspensions:
        return 0
    why.rests_on("AWB-06")
    inclusive = why.choice(
        "suspension_inclusive", facts.received_on,
        "Het is niet zeker of de dag van de aanvulling zelf meetelt als stilstand (Awb 4:15: 'tot de dag').",
        yes="die dag telt wel mee", no="die dag telt niet mee (korter, veilig)", by="last_day",
    )  # fmt: skip
    end, still = term.after(facts.received_on), set[dt.date]()
    for pause in sorted(facts.suspensions, key=lambda known: known.invited_on):
        why.expect(pause.invited_on >= facts.received_on, "suspensions.invited_on", "a day on or after received_on")
        why.expect(pause.ended_on >= pause.invited_on, "suspensions.ended_on", "a day on or after invited_on")
        raw = end + dt.timedelta(days=len(still))
        if pause.invited_on > raw and pause.invited_on > lengthened(
            Reasoning(facts, why.numbers), facts.received_on, raw, term
        ):
            why.say(f"Op {words.day(pause.invited_on)} was de termijn al voorbij; die stilstand telt niet.")
            continue
        still |= set(pause.days(inclusive=inclusive))
    return len(still)


def _extension_holds(why: Reasoning[Any], facts: ApplicationFacts, end: Deadline) -> bool:
    if facts.extended_to is None:
        return False
    why.need("extension_told_on")
    why.rests_on("AWB-04")
    told, named = facts.extension_told_on, facts.extended_to
    if told is None or told > end.last_day:
        why.say("De verlenging is te laat verteld en heeft geen gevolg.")
        return False
    if named <= end.last_day:
        why.say("De genoemde dag ligt niet na de gewone laatste dag en verandert niets.")
        return False
    why.say(f"De verlenging is op tijd verteld; de nieuwe laatste dag is {words.day(named)}.")
    if facts.extended_before:
        why.doubts(
            "Een tweede verlenging zonder grond van Awb 4:15 is niet zeker geldig.",
            Reading("de tweede verlenging geldt", named),
            Reading("de tweede verlenging geldt niet (veilig)", end.last_day),
        )
    return True


@dataclasses.dataclass(frozen=True)
class CompletionFacts:
    """An application that was not complete."""

    completed_on: dt.date | None = fact("de dag waarop de aanvulling kwam of de gegeven tijd ongebruikt voorbij was")


@rule(title="Buiten behandeling laten kan tot", ids=("AWB-05",), day="completed_on")
def leave_unhandled_until(why: Reasoning[CompletionFacts]) -> Answer[Deadline]:
    """Return the last day on which the college may decide not to handle an incomplete application (Awb 4:5 lid 4)."""
    why.need("completed_on")
    why.rests_on("AWB-05")
    why.say("Tot dan kan de aanvraag buiten behandeling blijven; daarna beslist de gemeente over de inhoud.")
    start = why.facts.completed_on
    return why.answer(deadline(why, start, weeks(why, "completion_decision_weeks", start)))


@dataclasses.dataclass(frozen=True)
class PenaltyFacts:
    """A decision that is late, and a notice of default."""

    term_ended_on: dt.date | None = fact("de laatste dag waarop het besluit op tijd was")
    notice_received_on: dt.date | None = fact("de dag waarop de ingebrekestelling binnenkwam")
    decided_on: dt.date | None = fact("de dag waarop het besluit is bekendgemaakt; leeg als het er nog niet is")
    as_of: dt.date | None = fact("de dag waarop je het wilt weten, als er nog geen besluit is")
    interested: bool = fact("of de aanvrager belanghebbende is", default=True)
    unfounded: bool = fact("of de aanvraag kennelijk niet-ontvankelijk of ongegrond is", default=False)
    unreasonably_late: bool = fact("of de ingebrekestelling onredelijk laat kwam", default=False)
    applicants: int = fact("hoeveel aanvragers de dwangsom delen", default=1)


@dataclasses.dataclass(frozen=True)
class Penalty:
    """What is due for being late, up to the decision (or the asked day), and the days around it.

    `euros` is the whole amount, `cents_each` the equal share of each applicant; `set_by` the last day to set the amount
    (Awb 4:18); `appeal_from` the first day of an appeal against not deciding in time (Awb 6:12).
    """

    grace_until: dt.date
    first_day: dt.date
    last_possible_day: dt.date
    days: int
    euros: int
    cents_each: int
    set_by: dt.date | None
    appeal_from: dt.date


@rule(title="Dwangsom bij te laat beslissen", ids=("AWB-20", "AWB-21", "AWB-22", "AWB-23"), day="term_ended_on")
def penalty(why: Reasoning[PenaltyFacts]) -> Answer[Penalty]:
    """Return the penalty for a late decision, with zero days when nothing is due (Awb 4:17, 4:18, 6:12)."""
    facts = why.facts
    why.need("term_ended_on", "notice_received_on")
    why.expect(facts.applicants >= 1, "applicants", "a whole number from 1")
    why.rests_on("AWB-20")
    notice = facts.notice_received_on
    if notice <= facts.term_ended_on:
        return _early_notice(why)
    why.say("Na de ingebrekestelling heeft de gemeente nog even de tijd.")
    grace = deadline(why, notice, weeks(why, "penalty_grace_weeks", notice)).last_day
    steps = why.number("penalty_steps", grace)
    after = why.choice(
        "penalty_starts_after_grace", grace, "Het is niet zeker op welke dag de dwangsom begint.",
        yes="de dag na de twee weken", no="de laatste dag van de twee weken", by="euros",
    )  # fmt: skip
    first = grace + dt.timedelta(days=after)
    final = first + dt.timedelta(days=sum(days for days, _ in steps) - 1)
    if facts.decided_on is None and facts.as_of is None:
        why.need("decided_on")
    stop = facts.decided_on or facts.as_of + ONE_DAY
    days = max(0, min((stop - first).days, (final - first).days + 1))
    reason = _no_penalty(facts)
    if reason:
        why.rests_on("AWB-21")
        why.say(f"Er is geen dwangsom: {reason}.")
        days = 0
    euros = _sum_of_steps(steps, days)
    why.say(f"Tot en met {words.day(grace)} kan het besluit nog zonder dwangsom.")
    if days:
        why.say(f"Het besluit is daarna {words.count(days, 'dag', 'dagen')} te laat: {euros} euro.")
    why.rests_on("AWB-22", "AWB-23")
    set_by = None
    if days:
        last_due = first + dt.timedelta(days=days - 1)
        set_by = deadline(Reasoning(facts, why.numbers), last_due, weeks(why, "penalty_decision_weeks", grace)).last_day
        why.say(f"Stel het bedrag vast uiterlijk {words.day(set_by)}.")
        _doubt_about_amounts(why, grace)
    return why.answer(
        Penalty(grace, first, final, days, euros, euros * 100 // facts.applicants, set_by, grace + ONE_DAY)
    )


def _early_notice(why: Reasoning[Any]) -> Answer[Penalty]:
    why.rests_on("AWB-21")
    why.say("De ingebrekestelling kwam voordat de termijn voorbij was en heeft geen gevolg. Er loopt geen dwangsom.")
    facts = why.facts
    ended = facts.term_ended_on
    return why.answer(Penalty(ended, ended, ended, 0, 0, 0, None, ended))


def _no_penalty(facts: PenaltyFacts) -> str:
    if not facts.interested:
        return "de aanvrager is geen belanghebbende"
    if facts.unfounded:
        return "de aanvraag is kennelijk niet-ontvankelijk of ongegrond"
    return "de ingebrekestelling kwam onredelijk laat" if facts.unreasonably_late else ""


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
class DispatchFacts:
    """How a decision reached the person."""

    decided_on: dt.date | None = fact("de dag die op het besluit staat")
    sent_on: dt.date | None = fact("de dag waarop het per post is verstuurd")
    handed_over_on: dt.date | None = fact("de dag waarop het is uitgereikt")
    placed_in_box_on: dt.date | None = fact("de dag waarop het in de berichtenbox is gezet")
    agreed_to_electronic: bool | None = fact("of de inwoner digitale post heeft aanvaard")


@rule(title="Vanaf wanneer werkt het besluit?", ids=("AWB-11",), day="decided_on")
def published_on(why: Reasoning[DispatchFacts]) -> Answer[dt.date]:
    """Return the day of publication: dispatch, hand-over or the box after consent; not the date on it (Awb 3:40)."""
    facts = why.facts
    why.need("decided_on")
    why.rests_on("AWB-11")
    days = [facts.sent_on, facts.handed_over_on]
    if facts.placed_in_box_on:
        why.need("agreed_to_electronic")
        if facts.agreed_to_electronic:
            days.append(facts.placed_in_box_on)
        else:
            why.say("De inwoner heeft digitale post niet aanvaard; de berichtenbox telt niet.")
    known = [day for day in days if day]
    if not known:
        return why.asking("sent_on", "handed_over_on", "placed_in_box_on")
    first = min(known)
    why.say(f"Het besluit werkt vanaf {words.day(first)}, de dag van bekendmaking. De datum in de brief telt niet.")
    return why.answer(first)


@dataclasses.dataclass(frozen=True)
class RefusalFacts:
    """The college means to refuse, wholly or partly."""

    on: dt.date | None = fact("de dag waarop het besluit wordt voorbereid")
    refuses: bool | None = fact("of de aanvraag geheel of deels wordt geweigerd")
    differs_from_given: bool | None = fact("of de weigering rust op feiten die anders zijn dan de aanvrager opgaf")
    urgent: bool = fact("of er te veel haast is", default=False)
    already_heard: bool = fact("of de aanvrager al is gehoord", default=False)


@rule(title="Eerst horen voor een weigering?", ids=("AWB-07",), day="on")
def must_hear(why: Reasoning[RefusalFacts]) -> Answer[bool]:
    """Return whether the applicant is heard before a refusal (Awb 4:7, 4:11)."""
    facts = why.facts
    why.need("on", "refuses")
    why.rests_on("AWB-07")
    if not facts.refuses:
        why.say("Er wordt niets geweigerd; horen hoeft niet.")
        return why.answer(False)
    why.need("differs_from_given")
    hear = facts.differs_from_given and not (facts.urgent or facts.already_heard)
    why.say(
        "Hoor de aanvrager eerst: de weigering rust op andere feiten dan hij opgaf."
        if hear
        else "Horen hoeft niet: de feiten zijn zoals opgegeven, er is haast, of de aanvrager is al gehoord."
    )
    return why.answer(bool(hear))


@dataclasses.dataclass(frozen=True)
class Mandate:
    """A line of the mandate register: who may decide what, from when, until when, up to which amount in cents."""

    kind: str
    starts: dt.date
    last_day: dt.date | None = None
    most_cents: int | None = None


@dataclasses.dataclass(frozen=True)
class SignatureFacts:
    """Somebody wants to sign a decision in the name of the college."""

    on: dt.date | None = fact("de dag van het besluit")
    kind: str | None = fact("de soort besluit")
    mandates: tuple[Mandate, ...] | None = fact("de mandaten van wie wil tekenen")
    amount_cents: int = fact("het bedrag van het besluit, in centen", default=0)
    on_objection: bool = fact("of het een besluit op bezwaar is", default=False)
    decided_first: bool | None = fact("of dezelfde persoon het eerste besluit nam")


@rule(title="Mag deze persoon tekenen?", ids=("AWB-30", "AWB-31", "JW-21"), day="on")
def may_sign(why: Reasoning[SignatureFacts]) -> Answer[bool]:
    """Return whether somebody may sign: a mandate that holds, and on an objection not who decided first (Awb 10:3)."""
    facts = why.facts
    why.need("on", "kind", "mandates")
    why.rests_on("JW-21", "AWB-30")
    if facts.on_objection:
        why.rests_on("AWB-31")
        why.need("decided_first")
        if facts.decided_first:
            why.say("Wie het eerste besluit nam, beslist niet op het bezwaar.")
            return why.answer(False)
    holding = [m for m in facts.mandates if m.kind == facts.kind and _holds(m, facts.on)]
    if not holding:
        why.say("Er is op die dag geen mandaat voor dit besluit. Alleen het college of een gemandateerde beslist.")
        return why.answer(False)
    enough = any(m.most_cents is None or facts.amount_cents <= m.most_cents for m in holding)
    why.say("Het mandaat geldt." if enough else "Het bedrag is hoger dan het mandaat toestaat.")
    return why.answer(enough)


def _holds(mandate: Mandate, day: dt.date) -> bool:
    return mandate.starts <= day and (mandate.last_day is None or day <= mandate.last_day)


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
    why.say("De bezwaartermijn begint op de dag na bekendmaking.")
    return why.answer(deadline(why, start, weeks(why, "objection_term_weeks", start)))


@dataclasses.dataclass(frozen=True)
class ObjectionFacts:
    """An objection that came in."""

    published_on: dt.date | None = fact("de dag waarop het besluit is verstuurd of uitgereikt")
    received_on: dt.date | None = fact("de dag waarop het bezwaar binnenkwam")
    posted_on: dt.date | None = fact("de dag waarop het bezwaar op de post is gedaan")
    by_post: bool | None = fact("of het bezwaar per post kwam")
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
    post = weeks(why, "objection_post_weeks", last)
    grace = deadline(Reasoning(facts, why.numbers), last, post).last_day
    if facts.received_on <= grace and facts.by_post is not False:
        why.rests_on("OBJ-02")
        why.need("posted_on" if facts.by_post or facts.posted_on else "by_post")
        if facts.posted_on <= last:
            why.say("Het is op tijd op de post gedaan en binnen een week na de termijn ontvangen: op tijd.")
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
    agreed_until: dt.date | None = fact("de dag tot wanneer de indiener met verder uitstel instemt")


@rule(title="Beslistermijn op bezwaar", ids=("OBJ-08",), day="published_on")
def objection_decision_term(why: Reasoning[ObjectionDecisionFacts]) -> Answer[Deadline]:
    """Return the last day to decide on an objection, counted from the end of the objection term (Awb 7:10)."""
    facts = why.facts
    why.need("published_on", "committee")
    why.rests_on("OBJ-08")
    why.say("De tijd om te beslissen begint als de bezwaartermijn voorbij is, niet als het bezwaar binnenkomt.")
    start = deadline(why, facts.published_on, weeks(why, "objection_term_weeks", facts.published_on)).last_day
    name = "objection_decision_weeks_committee" if facts.committee else "objection_decision_weeks"
    why.expect(facts.suspended_days >= 0, "suspended_days", "a whole number from 0")
    end = deadline(why, start, weeks(why, name, start), suspended=facts.suspended_days)
    if facts.adjourned:
        end = _adjourned(why, start, end)
    if facts.agreed_until and facts.agreed_until > end.last_day:
        why.say(f"De indiener stemt in met uitstel tot en met {words.day(facts.agreed_until)}.")
        end = dataclasses.replace(end, last_day=facts.agreed_until)
    return why.answer(end)


def _adjourned(why: Reasoning[Any], start: dt.date, end: Deadline) -> Deadline:
    more = weeks(why, "objection_adjournment_weeks", start)
    raw = end.raw + dt.timedelta(days=end.suspended)
    from_raw = raw == end.last_day or why.choice(
        "adjournment_from_raw_end", start,
        "Het is niet zeker of de verdaging begint na de oorspronkelijke of na de verschoven laatste dag.",
        yes="na de oorspronkelijke laatste dag", no="na de verschoven laatste dag", by="last_day",
    )  # fmt: skip
    why.say("De beslissing is één keer verdaagd.")
    later = deadline(why, raw if from_raw else end.last_day, more)
    return Deadline(end.raw, end.suspended, later.last_day)


@dataclasses.dataclass(frozen=True)
class DefectFacts:
    """An objection as it came in."""

    received_on: dt.date | None = fact("de dag waarop het bezwaar binnenkwam")
    signed: bool | None = fact("of het is ondertekend")
    has_name_and_address: bool | None = fact("of er een naam en adres in staat")
    dated: bool | None = fact("of er een datum op staat")
    describes_decision: bool | None = fact("of duidelijk is tegen welk besluit het gaat")
    has_grounds: bool | None = fact("of er redenen in staan")


PARTS = {
    "signed": "handtekening", "has_name_and_address": "naam en adres", "dated": "datum",
    "describes_decision": "het besluit waar het om gaat", "has_grounds": "de redenen",
}  # fmt: skip


@rule(title="Wat ontbreekt aan het bezwaar?", ids=("OBJ-05",), day="received_on")
def objection_defects(why: Reasoning[DefectFacts]) -> Answer[tuple[str, ...]]:
    """Return what an objection lacks; there is always a chance to repair first, and the term stands still (Awb 6:6)."""
    why.need("received_on", *PARTS)
    why.rests_on("OBJ-05")
    missing = tuple(word for name, word in PARTS.items() if not getattr(why.facts, name))
    if missing:
        why.say(f"Er ontbreekt: {', '.join(missing)}. Geef eerst de kans om dat te herstellen.")
    else:
        why.say("Er ontbreekt niets.")
    return why.answer(missing)


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


@dataclasses.dataclass(frozen=True)
class MayApplyFacts:
    """Somebody applies while the inquiry runs."""

    notified_on: dt.date | None = fact("de dag van de melding")
    on: dt.date | None = fact("de dag van de aanvraag")
    youth_help: bool | None = fact("of het om jeugdhulp gaat (anders: Wmo)")
    report_received: bool = fact("of het verslag van het onderzoek er is", default=False)


@rule(title="Kan nu een aanvraag worden gedaan?", ids=("LOC-04",), day="on")
def may_apply(why: Reasoning[MayApplyFacts]) -> Answer[bool]:
    """Return whether an application is possible: for youth help always; Wmo: after six weeks (Wmo 2.3.2 lid 9)."""
    facts = why.facts
    why.need("notified_on", "on", "youth_help")
    why.rests_on("LOC-04")
    if facts.youth_help:
        why.say("Voor jeugdhulp kan altijd een aanvraag worden gedaan.")
        return why.answer(True)
    last = deadline(why, facts.notified_on, weeks(why, "wmo_investigation_weeks", facts.notified_on)).last_day
    may = facts.report_received or facts.on > last
    why.say(
        "Een aanvraag voor de Wmo kan nu." if may else "Een aanvraag voor de Wmo kan pas na het onderzoek of zes weken."
    )
    return why.answer(may)


REFERRERS = {"gp": "huisarts", "specialist": "medisch specialist", "youth_doctor": "jeugdarts"}


class Route(enum.StrEnum):
    """The five routes to youth help (Jw 2.4 lid 2 b, 2.6 lid 1 g, 3.5; JW-15)."""

    MUNICIPALITY = "municipality"
    MEDICAL = "medical"
    INSTITUTION = "certified_institution"
    JUSTICE = "justice"
    CRISIS = "crisis"


ROUTES = {
    "municipality": Route.MUNICIPALITY, "gp": Route.MEDICAL, "specialist": Route.MEDICAL, "youth_doctor": Route.MEDICAL,
    "certified_institution": Route.INSTITUTION, "judge": Route.JUSTICE, "prosecutor": Route.JUSTICE,
    "selection_officer": Route.JUSTICE, "jji_director": Route.JUSTICE, "jji_doctor": Route.JUSTICE,
    "crisis_service": Route.CRISIS,
}  # fmt: skip
ROUTE_WORDS = {
    Route.MUNICIPALITY: "via de toegang van de gemeente",
    Route.MEDICAL: "via een arts",
    Route.INSTITUTION: "via de gecertificeerde instelling, binnen een maatregel of jeugdreclassering",
    Route.JUSTICE: "via een beslissing in het strafrecht",
    Route.CRISIS: "via de crisisdienst",
}


@dataclasses.dataclass(frozen=True)
class ReferrerFacts:
    """Who referred."""

    referred_on: dt.date | None = fact("de dag van de verwijzing")
    kind: str | None = fact(
        "wie verwees: municipality, gp, specialist, youth_doctor, practice_nurse, certified_institution, judge, "
        "prosecutor, selection_officer, jji_director, jji_doctor, crisis_service, of een ander"
    )
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
    why.say("Dit is geen arts die naar jeugdhulp mag verwijzen. Kijk welke andere route er is.")
    return why.answer(False)


@rule(title="Langs welke weg komt deze hulp?", ids=("JW-15", "REF-01"), day="referred_on")
def route_to_help(why: Reasoning[ReferrerFacts]) -> Answer[Route]:
    """Return the route to help that a referrer opens; who is none by law (a school) leads to the municipality."""
    facts = why.facts
    why.need("referred_on", "kind")
    why.rests_on("JW-15")
    kind = facts.kind
    if kind == "practice_nurse":
        why.rests_on("REF-01")
        why.need("under_gp")
        kind = "gp" if facts.under_gp else "practice_nurse_alone"
    if kind not in ROUTES:
        why.say("Dit is geen wettelijke verwijzer. De vraag gaat naar de toegang van de gemeente.")
        return why.answer(Route.MUNICIPALITY)
    why.say(f"De hulp komt {ROUTE_WORDS[ROUTES[kind]]}.")
    return why.answer(ROUTES[kind])


@dataclasses.dataclass(frozen=True)
class ReferralFacts:
    """A medical referral, tested on the day of registration at the provider."""

    referred_on: dt.date | None = fact("de dag van de verwijzing")
    registered_on: dt.date | None = fact("de dag van aanmelding bij de aanbieder")
    validity_months: int | None = fact("hoeveel maanden een verwijzing geldt volgens gemeente of contract")
    crisis: bool = fact("of het om crisis gaat; dan komt de verwijzing achteraf", default=False)


@rule(title="Is de verwijzing nog geldig?", ids=("REF-06", "REF-09"), day="referred_on")
def referral_is_valid(why: Reasoning[ReferralFacts]) -> Answer[bool]:
    """Return whether a referral was valid on the day of registration; no ATW: it is a local norm (REF-06).

    The number of months is a fact, or the parameter `referral_validity_months` of the municipality.
    """
    facts = why.facts
    why.need("referred_on", "registered_on")
    if facts.registered_on < facts.referred_on:
        why.rests_on("REF-09")
        why.say(
            "De hulp begon voor de verwijzing. Dat kan, want het is crisis."
            if facts.crisis
            else "De aanmelding was er eerder dan de verwijzing; alleen in een crisis mag dat."
        )
        return why.answer(facts.crisis)
    months = why.number_or_fact("referral_validity_months", "validity_months", facts.referred_on)
    why.expect(0 < months <= 120, "validity_months", "a whole number from 1 through 120")
    why.rests_on("REF-06", "CAL-08")
    until = add_months(facts.referred_on, months)
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
    why.rests_on("REF-03")
    start = why.facts.received_on
    days = why.number("allocation_answer_working_days", start)
    answer = working_days(why, start, days)
    final = Term(why.number("allocation_inquiry_weeks", start), Unit.WEEKS, Level.NORM).after(start)
    why.say(f"Antwoord uiterlijk {words.day(answer)}. Is het in onderzoek, dan uiterlijk {words.day(final)}.")
    return why.answer(AllocationAnswerTerms(answer, final))


class InquiryStep(enum.StrEnum):
    """The five steps of the inquiry before a decision on youth help, in their order (JW-20)."""

    QUESTION = "question"
    PROBLEMS = "problems"
    HELP_NEEDED = "help_needed"
    OWN_STRENGTH = "own_strength"
    REMAINING = "remaining_help"


INQUIRY_WORDS = {
    InquiryStep.QUESTION: "wat de vraag is",
    InquiryStep.PROBLEMS: "welke problemen of stoornissen er zijn",
    InquiryStep.HELP_NEEDED: "welke hulp nodig is, in aard en omvang",
    InquiryStep.OWN_STRENGTH: "wat het gezin en het netwerk zelf kunnen",
    InquiryStep.REMAINING: "welke hulp dan nog nodig is",
}


@dataclasses.dataclass(frozen=True)
class InquiryFacts:
    """The inquiry before a decision."""

    on: dt.date | None = fact("de dag van het besluit")
    done: tuple[InquiryStep, ...] | None = fact("welke stappen zijn beschreven, met wie het deed")
    in_extent: bool | None = fact(
        "of de hulp ook in omvang is beschreven (uren per week), voor aftrek van eigen kracht"
    )


@rule(title="Is het onderzoek compleet?", ids=("JW-10", "JW-20"), day="on")
def inquiry_gaps(why: Reasoning[InquiryFacts]) -> Answer[tuple[InquiryStep, ...]]:
    """Return the steps that still lack: no grant and no refusal without all (ECLI:NL:CRVB:2017:1477)."""
    facts = why.facts
    why.need("on", "done")
    why.rests_on("JW-10", "JW-20")
    done = set(facts.done)
    if InquiryStep.HELP_NEEDED in done:
        why.need("in_extent")
        if not facts.in_extent:
            done.remove(InquiryStep.HELP_NEEDED)
    gaps = tuple(step for step in InquiryStep if step not in done)
    if gaps:
        why.say(f"Er kan nog geen besluit komen. Beschrijf nog: {'; '.join(INQUIRY_WORDS[step] for step in gaps)}.")
    else:
        why.say("Alle vijf stappen zijn beschreven; er kan een besluit komen.")
    return why.answer(gaps)


@dataclasses.dataclass(frozen=True)
class RepeatFacts:
    """Somebody applies again for the same."""

    on: dt.date | None = fact("de dag van de nieuwe aanvraag")
    earlier_is_final: bool | None = fact("of er over hetzelfde een besluit is dat vaststaat")
    new_facts: bool | None = fact("of er nieuwe feiten of andere omstandigheden zijn")


@rule(title="Mag naar het eerdere besluit worden verwezen?", ids=("AWB-14",), day="on")
def may_refer_to_earlier(why: Reasoning[RepeatFacts]) -> Answer[bool]:
    """Return whether a repeated application may be rejected with a reference to the earlier decision (Awb 4:6)."""
    facts = why.facts
    why.need("on", "earlier_is_final")
    why.rests_on("AWB-14")
    if not facts.earlier_is_final:
        why.say("Er is geen eerder besluit dat vaststaat; beoordeel de aanvraag helemaal.")
        return why.answer(False)
    why.need("new_facts")
    why.say(
        "Er zijn nieuwe feiten; beoordeel de aanvraag helemaal."
        if facts.new_facts
        else "Er is niets nieuws; verwijzen naar het eerdere besluit mag."
    )
    return why.answer(not facts.new_facts)


class Offer(enum.StrEnum):
    """What kind of help it is, for the question whether it needs a decision."""

    FREE = "free_offer"
    TEAM = "own_team"
    INDIVIDUAL = "individual"


@dataclasses.dataclass(frozen=True)
class NeedFacts:
    """Help that is asked, changed or ended, and the way along which it comes."""

    on: dt.date | None = fact("de dag waarop de hulp begint, verandert of eindigt")
    route: Route | None = fact("langs welke weg de hulp komt")
    offer: Offer | None = fact("of het vrij aanbod is, hulp van het eigen team, of een individuele voorziening")
    as_asked: bool | None = fact("of de hulp in soort en omvang is zoals gevraagd of verwezen")
    wants_budget: bool = fact("of er een pgb wordt gevraagd", default=False)
    asked_for: bool = fact("of de jeugdige of ouder om een besluit vraagt", default=False)
    lowers_award: bool = fact("of er minder komt of iets eindigt dat een besluit gaf", default=False)


@rule(title="Is er een besluit nodig?", ids=("AWB-13", "REF-07"), day="on")
def needs_decision(why: Reasoning[NeedFacts]) -> Answer[bool]:
    """Return whether help needs a decision per youth, or can do with an allocation (Awb 1:3; Jw 2.3, 3.5, 8.1.1)."""
    facts = why.facts
    why.need("on", "route", "offer")
    if facts.lowers_award:
        why.rests_on("AWB-13")
        why.say("Wat een besluit gaf, kan de gemeente alleen met een besluit verlagen of beëindigen.")
        return why.answer(True)
    if facts.wants_budget:
        why.rests_on("REF-07")
        why.say("Er wordt een pgb gevraagd. Daarover beslist de gemeente altijd, ook na een verwijzing van een arts.")
        return why.answer(True)
    if facts.asked_for:
        why.rests_on("AWB-13")
        why.say("Er wordt om een besluit gevraagd, dus er komt een besluit.")
        return why.answer(True)
    if facts.offer is not Offer.INDIVIDUAL:
        word = "Iedereen mag deze hulp gebruiken" if facts.offer is Offer.FREE else "Het eigen team geeft deze hulp"
        why.say(f"{word}. Daarvoor is geen besluit nodig.")
        return why.answer(False)
    if facts.route in (Route.INSTITUTION, Route.JUSTICE):
        why.say("De gecertificeerde instelling of de rechter bepaalt deze hulp; de gemeente zet die in zonder besluit.")
        return why.answer(False)
    if facts.route is Route.CRISIS:
        why.say("In een crisis begint de hulp meteen. Duurt zij voort via het team, dan volgt een besluit.")
        return why.answer(False)
    if facts.route is Route.MEDICAL:
        why.need("as_asked")
        if facts.as_asked:
            why.say("Een arts verwees en de hulp is zoals verwezen. Daarvoor is geen besluit nodig.")
            return why.answer(False)
        why.rests_on("AWB-13")
        why.say("De hulp is minder of anders dan verwezen. Neem een besluit, zodat bezwaar kan.")
        return why.answer(True)
    why.rests_on("AWB-13")
    why.say("Dit is een individuele voorziening via de gemeente. Neem een besluit voor elke jeugdige.")
    return why.answer(True)


class DecisionPart(enum.StrEnum):
    """What a decision must hold to stand (AWB-09, AWB-10, AWB-13)."""

    GROUND = "ground"
    MOTIVATION = "motivation"
    REFUSAL = "refusal_motivated"
    EXTENT = "extent"
    PERIOD = "period"
    ADVISER = "adviser_checked"


PART_WORDS = {
    DecisionPart.GROUND: "het artikel waarop het besluit rust",
    DecisionPart.MOTIVATION: "waarom dit wordt besloten",
    DecisionPart.REFUSAL: "waarom de rest niet wordt gegeven",
    DecisionPart.EXTENT: "de omvang, zodat die te meten is",
    DecisionPart.PERIOD: "de eerste en de laatste dag",
    DecisionPart.ADVISER: "of het advies zorgvuldig tot stand kwam",
}


@dataclasses.dataclass(frozen=True)
class ContentFacts:
    """What stands in a decision that is about to be signed."""

    on: dt.date | None = fact("de dag van het besluit")
    grants: bool | None = fact("of er hulp wordt gegeven, geheel of deels")
    refuses: bool | None = fact("of er iets wordt geweigerd, verlaagd of beëindigd")
    has: tuple[DecisionPart, ...] | None = fact("wat er in het besluit staat")
    adviser_used: bool = fact("of het besluit op een advies rust", default=False)


@rule(title="Staat alles in het besluit?", ids=("AWB-09", "AWB-10", "AWB-13"), day="on")
def decision_gaps(why: Reasoning[ContentFacts]) -> Answer[tuple[DecisionPart, ...]]:
    """Return what a decision still lacks: reasons and article, extent and period, an adviser who was checked."""
    facts = why.facts
    why.need("on", "grants", "refuses", "has")
    why.rests_on("AWB-10")
    wanted = [DecisionPart.GROUND, DecisionPart.MOTIVATION]
    if facts.refuses:
        wanted.append(DecisionPart.REFUSAL)
    if facts.grants:
        why.rests_on("AWB-13")
        wanted += [DecisionPart.EXTENT, DecisionPart.PERIOD]
    if facts.adviser_used:
        why.rests_on("AWB-09")
        wanted.append(DecisionPart.ADVISER)
    gaps = tuple(part for part in wanted if part not in facts.has)
    if gaps:
        why.say(f"In het besluit ontbreekt: {'; '.join(PART_WORDS[part] for part in gaps)}.")
    else:
        why.say("In het besluit staat wat erin hoort.")
    return why.answer(gaps)
