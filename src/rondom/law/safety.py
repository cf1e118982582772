"""Safety: the reporting code (meldcode), terms of Veilig Thuis, the signal index (rules MC, VT, VIR)."""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import Level, Term, Unit, add_years, deadline, working_days
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule
from rondom.law.person import age, reaches


class CodeOutcome(enum.StrEnum):
    """Where the weighing of the reporting code leads."""

    CLOSE = "close_and_record"
    REPORT = "report_to_veilig_thuis"
    HELP_RUNS = "help_runs_until_evaluation"
    CLOSE_MONITORED = "close_with_monitoring"


@dataclasses.dataclass(frozen=True)
class WeighingFacts:
    """The five questions of the weighing framework, answered by a professional."""

    on: dt.date | None = fact("de dag van de afweging")
    suspicion: bool | None = fact("vraag 1: is er een vermoeden van huiselijk geweld of kindermishandeling")
    unsafe: bool | None = fact("vraag 2: is het acuut of structureel onveilig")
    able: bool | None = fact("vraag 3: kan ik zelf goede hulp bieden of organiseren")
    accepted: bool | None = fact("vraag 4: aanvaarden de betrokkenen de hulp en zetten zij zich in")
    results_by: dt.date | None = fact("de dag waarop de afgesproken veiligheid er moet zijn")
    safe_in_time: bool | None = fact("vraag 5: heeft de hulp op die dag de veiligheid gebracht (deels is nee)")


@rule(
    title="Afwegingskader meldcode", day="on", valid_from=dt.date(2019, 1, 1),
    ids=("MC-02", "MC-03", "MC-04", "MC-05", "MC-06", "MC-07", "MC-09", "VT-06"),
)  # fmt: skip
def reporting_code(why: Reasoning[WeighingFacts]) -> Answer[CodeOutcome]:
    """Return where the five questions lead; reporting never waits for a later answer (Besluit verplichte meldcode)."""
    facts = why.facts
    why.need("on", "suspicion")
    why.rests_on("MC-02", "MC-03")
    if not facts.suspicion:
        why.say("Er is geen vermoeden. Sluit af en leg vast.")
        return why.answer(CodeOutcome.CLOSE)
    why.need("unsafe")
    why.rests_on("MC-04")
    if facts.unsafe:
        why.rests_on("MC-09", "VT-06")
        why.say(
            "Het is acuut of structureel onveilig: meld bij Veilig Thuis, ook als er al hulp is. Toestemming is niet "
            "nodig. Bij direct gevaar: bel eerst 112 of Veilig Thuis."
        )
        return why.answer(CodeOutcome.REPORT)
    why.need("able")
    why.rests_on("MC-05")
    if not facts.able:
        why.say("Zelf goede hulp organiseren lukt niet: meld bij Veilig Thuis.")
        return why.answer(CodeOutcome.REPORT)
    why.need("accepted")
    why.rests_on("MC-06")
    if not facts.accepted:
        why.say("De betrokkenen aanvaarden de hulp niet: meld bij Veilig Thuis.")
        return why.answer(CodeOutcome.REPORT)
    return _evaluated(why)


def _evaluated(why: Reasoning[Any]) -> Answer[CodeOutcome]:
    facts = why.facts
    why.need("results_by")
    why.rests_on("MC-07")
    if facts.on < facts.results_by and facts.safe_in_time is None:
        why.say(f"De hulp loopt. Op {words.day(facts.results_by)} kijk je of het veilig genoeg is.")
        return why.answer(CodeOutcome.HELP_RUNS)
    why.need("safe_in_time")
    if facts.safe_in_time:
        why.say("De afgesproken veiligheid is er. Sluit af en spreek af wie blijft opletten.")
        return why.answer(CodeOutcome.CLOSE_MONITORED)
    why.say("De afgesproken veiligheid is er niet op tijd: meld (opnieuw) bij Veilig Thuis.")
    return why.answer(CodeOutcome.REPORT)


@dataclasses.dataclass(frozen=True)
class VtReportFacts:
    """A report to Veilig Thuis."""

    received_on: dt.date | None = fact("de dag waarop de melding binnenkwam")
    investigation_needed_on: dt.date | None = fact(
        "de dag waarop vaststond dat onderzoek nodig is; leeg als dat niet zo is"
    )
    inform_extensions: int = fact("hoe vaak het informeren om de veiligheid is uitgesteld", default=0)


@dataclasses.dataclass(frozen=True)
class VtTerms:
    """By when Veilig Thuis has assessed safety, informed those concerned, and concluded an investigation."""

    triage_by: dt.date
    inform_by: dt.date
    conclude_by: dt.date | None


@rule(title="Termijnen van Veilig Thuis", ids=("VT-02", "VT-03", "VT-05"), day="received_on")
def veilig_thuis_terms(why: Reasoning[VtReportFacts]) -> Answer[VtTerms]:
    """Return the terms after a report: five working days, four weeks, ten weeks (Uitvoeringsbesluit Wmo 4.1.7)."""
    facts = why.facts
    why.need("received_on")
    why.rests_on("VT-02")
    received = facts.received_on
    days = why.number("vt_triage_days", received)
    triage = working_days(why, received, days)
    why.say(f"Uiterlijk dan is de veiligheid beoordeeld: {words.day(triage)}.")
    literal = received + dt.timedelta(days=days)
    if literal != triage:
        why.doubts(
            "Het besluit zegt 'dagen', het handelingsprotocol 'werkdagen'.",
            Reading("werkdagen", triage),
            Reading("kalenderdagen", literal),
        )
    why.rests_on("VT-05")
    why.expect(facts.inform_extensions >= 0, "inform_extensions", "a whole number from 0")
    informing = why.number("vt_inform_weeks", received)
    informing += facts.inform_extensions * why.number("vt_inform_extension_weeks", received)
    why.say("De betrokkenen horen van de melding.")
    inform = deadline(why, received, Term(informing, Unit.WEEKS)).last_day
    conclude = None
    if facts.investigation_needed_on:
        why.rests_on("VT-03")
        weeks = why.number("vt_investigation_weeks", facts.investigation_needed_on)
        term = Term(weeks, Unit.WEEKS, Level.ORDER_IN_COUNCIL)
        conclude = deadline(why, facts.investigation_needed_on, term).last_day
    return why.answer(VtTerms(triage, inform, conclude))


@dataclasses.dataclass(frozen=True)
class MayReportFacts:
    """Somebody wants to report a youth to the signal index."""

    on: dt.date | None = fact("de dag van de melding")
    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    designated: bool | None = fact("of de melder als meldingsbevoegde is aangewezen")
    risks: tuple[str, ...] | None = fact("de risico's die spelen, letters a tot en met l")


@rule(title="Mag je melden in de verwijsindex?", ids=("VIR-01", "VIR-02"), day="on")
def may_report(why: Reasoning[MayReportFacts]) -> Answer[bool]:
    """Return whether a report to the index is allowed: a right, no duty; risks are not stored (Jw 7.1.4.1)."""
    facts = why.facts
    why.need("on", "born_on", "designated", "risks")
    why.rests_on("VIR-01", "VIR-02")
    if not _index_in_use(why, facts.on):
        return why.answer(False)
    limit = why.number("vir_until_age", facts.on)
    if age(why, facts.born_on, facts.on) >= limit:
        why.say(f"Melden kan tot de {limit}e verjaardag.")
        return why.answer(False)
    if not facts.designated:
        why.say("Alleen wie door zijn organisatie is aangewezen, mag melden.")
        return why.answer(False)
    usable = [risk for risk in facts.risks if risk in "abcdefghijk"]
    if not usable:
        why.say("Voor een melding is ten minste een van de risico's a tot en met k nodig.")
        if "l" in facts.risks:
            why.doubts("Risico l is zonder toets door een jurist niet te kiezen.", Reading("niet melden", False))
        return why.answer(False)
    why.say("Melden mag, ook zonder toestemming. Het risico zelf komt niet in de verwijsindex.")
    return why.answer(True)


def _index_in_use(why: Reasoning[Any], day: dt.date) -> bool:
    """Tell whether the index is used on a day: the municipality uses it, and the law has not ended it (a switch)."""
    ended = why.number_or("signal_index_repealed_on", day, None)
    if ended and ended <= day:
        why.say(f"De wet kent sinds {words.day(ended)} geen verwijsindex meer.")
        return False
    if not why.number("signal_index_enabled", day):
        why.say("De verwijsindex is op deze dag niet in gebruik.")
        return False
    return True


@dataclasses.dataclass(frozen=True)
class SignalReport:
    """An active report in the signal index, with what matching needs. `youth` and `address` are keys, never names."""

    report: str
    youth: str
    reporter: str
    coordinator: str = ""
    address: str = ""
    address_of_institution: bool = False
    parents: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class MatchFacts:
    """A new report and the reports that are active."""

    on: dt.date | None = fact("de dag van de nieuwe melding")
    new: SignalReport | None = fact("de nieuwe melding")
    active: tuple[SignalReport, ...] = fact("de meldingen die nu actief zijn", default=())


class MatchKind(enum.StrEnum):
    """Why two reports match (VIR-04 to VIR-06)."""

    SAME_YOUTH = "same_youth"
    SAME_ADDRESS = "same_address"
    SAME_PARENT = "same_parent"


@dataclasses.dataclass(frozen=True)
class Match:
    """A report that matches the new one, why, and the signal that follows (VIR-07).

    The signal holds the contact data of these people and whether it is about different youths; nothing else: no name
    of a youth, no risk.
    """

    report: str
    kind: MatchKind
    contacts: tuple[str, ...]
    different_youths: bool


@rule(title="Welke meldingen horen bij elkaar?", ids=("VIR-03", "VIR-04", "VIR-05", "VIR-06", "VIR-07"), day="on")
def signal_matches(why: Reasoning[MatchFacts]) -> Answer[tuple[Match, ...]]:
    """Return the active reports that match a new one: same youth, same registered address, same parent (Jw 7.1.2.3)."""
    facts = why.facts
    why.need("on", "new")
    if not _index_in_use(why, facts.on):
        return why.answer(())
    found: list[Match] = []
    for other in facts.active:
        kind = _match(facts.new, other)
        if kind is MatchKind.SAME_YOUTH and other.reporter == facts.new.reporter:
            why.rests_on("VIR-04")
            if not why.choice(
                "signal_index_same_reporter", facts.on,
                "De wet sluit een signaal bij twee meldingen van dezelfde melder niet uit; het doel wijst op niet.",
                yes="wel een signaal", no="geen signaal aan de melder zelf",
            ):  # fmt: skip
                continue
        if kind:
            found.append(_signal(other, kind, facts.new))
    rules = {MatchKind.SAME_YOUTH: "VIR-04", MatchKind.SAME_ADDRESS: "VIR-05", MatchKind.SAME_PARENT: "VIR-06"}
    why.rests_on(*(rules[match.kind] for match in found), "VIR-07", "VIR-03")
    why.say(
        f"{words.count(len(found), 'melding hoort', 'meldingen horen')} bij deze. De melders en de regievoerder "
        "krijgen elkaars contactgegevens, en verder niets."
    )
    return why.answer(tuple(found))


def _signal(other: SignalReport, kind: MatchKind, new: SignalReport) -> Match:
    people = (new.reporter, new.coordinator, other.reporter, other.coordinator)
    contacts = tuple(dict.fromkeys(person for person in people if person))
    return Match(other.report, kind, contacts, new.youth != other.youth)


def _match(new: SignalReport, other: SignalReport) -> MatchKind | None:
    if new.youth == other.youth:
        return MatchKind.SAME_YOUTH
    if set(new.parents) & set(other.parents):
        return MatchKind.SAME_PARENT
    institution = new.address_of_institution or other.address_of_institution
    return MatchKind.SAME_ADDRESS if new.address and new.address == other.address and not institution else None


class Removal(enum.StrEnum):
    """Why a report leaves the signal index (VIR-08)."""

    UNJUSTIFIED = "unjustified"
    RISK_GONE = "risk_gone"
    TWO_YEARS = "two_years"
    AGE = "23rd_birthday"
    DEATH = "death"
    OBJECTION = "erasure_or_objection"


@dataclasses.dataclass(frozen=True)
class ReportLifeFacts:
    """A report, and whether it was removed by hand."""

    reported_on: dt.date | None = fact("de dag van de melding")
    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    died_on: dt.date | None = fact("de dag van overlijden; leeg als dat niet zo is")
    removed_on: dt.date | None = fact("de dag waarop de melding is weggehaald; leeg als dat niet is gebeurd")
    removal: Removal | None = fact("waarom die is weggehaald")


@dataclasses.dataclass(frozen=True)
class ReportLife:
    """When a report leaves the index, why, and until when it stays in the archive (empty: never archived)."""

    leaves_on: dt.date
    reason: Removal
    archived_until: dt.date | None


@rule(title="Hoe lang blijft een melding in de verwijsindex?", ids=("VIR-08", "VIR-09"), day="reported_on")
def report_life(why: Reasoning[ReportLifeFacts]) -> Answer[ReportLife]:
    """Return when a report leaves the index at the latest, and how long the archive keeps it (Jw 7.1.4.5, 7.1.4.6)."""
    facts = why.facts
    why.need("reported_on", "born_on")
    why.rests_on("VIR-08", "VIR-09")
    limit = reaches(why, facts.born_on, why.number("vir_until_age", facts.reported_on), facts.reported_on)
    ends = [
        (limit, Removal.AGE),
        (add_years(facts.reported_on, why.number("vir_report_years", facts.reported_on)), Removal.TWO_YEARS),
    ]
    if facts.died_on:
        ends.append((facts.died_on, Removal.DEATH))
    if facts.removed_on:
        why.need("removal")
        ends.append((facts.removed_on, facts.removal))
    leaves, reason = min(ends, key=lambda end: end[0])
    archived = None
    if reason in (Removal.RISK_GONE, Removal.TWO_YEARS):
        years = why.number("vir_archive_years", leaves)
        archived = min(add_years(leaves, years), limit, *([facts.died_on] if facts.died_on else []))
    why.say(f"De melding verdwijnt op {words.day(leaves)}.")
    why.say(f"Het archief houdt haar tot {words.day(archived)}." if archived else "Zij komt niet in het archief.")
    return why.answer(ReportLife(leaves, reason, archived))


@dataclasses.dataclass(frozen=True)
class ArchivedReport:
    """A report in the archive of the index: until when, and whether it gave a signal from there before."""

    report: str
    youth: str
    archived_until: dt.date
    signalled_before: bool = False


@dataclasses.dataclass(frozen=True)
class ArchiveFacts:
    """A reporter reports a youth about whom the archive may hold something."""

    on: dt.date | None = fact("de dag van de nieuwe melding")
    youth: str | None = fact("de sleutel van de jeugdige")
    archived: tuple[ArchivedReport, ...] | None = fact("de meldingen in het archief")


@rule(title="Geeft het archief een signaal?", ids=("VIR-10",), day="on")
def archive_signal(why: Reasoning[ArchiveFacts]) -> Answer[tuple[str, ...]]:
    """Return the archived reports about which the new reporter hears, once; old reporters hear nothing (Jw 7.1.4.6)."""
    facts = why.facts
    why.need("on", "youth", "archived")
    why.rests_on("VIR-10")
    if not _index_in_use(why, facts.on):
        return why.answer(())
    once = why.choice(
        "signal_index_archive_once_in_total", facts.on,
        "'Eenmalig' kan betekenen: één keer in totaal, of één keer bij elke nieuwe melding.",
        yes="één keer in totaal", no="één keer bij elke nieuwe melding",
    )  # fmt: skip
    held = [a for a in facts.archived if a.youth == facts.youth and facts.on < a.archived_until]
    found = tuple(a.report for a in held if not (once and a.signalled_before))
    signals = words.count(len(found), "signaal", "signalen")
    why.say(f"{signals} uit het archief, alleen aan de nieuwe melder.")
    return why.answer(found)


@dataclasses.dataclass(frozen=True)
class IndexRightsFacts:
    """A youth is reported to the index, or asks something about it."""

    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    on: dt.date | None = fact("de dag")


@dataclasses.dataclass(frozen=True)
class IndexRights:
    """Who is told of a report, and who asks or objects: the youth, the representative, or both (then jointly)."""

    tell_youth: bool
    tell_representative: bool
    youth_asks: bool
    representative_asks: bool


@rule(title="Wie hoort van een melding in de verwijsindex?", ids=("VIR-13",), day="on")
def index_rights(why: Reasoning[IndexRightsFacts]) -> Answer[IndexRights]:
    """Return who is told of a report to the index, and who may ask or object (Jw 7.1.5.1)."""
    facts = why.facts
    why.need("born_on", "on")
    why.rests_on("VIR-13")
    years = age(why, facts.born_on, facts.on)
    if years < why.number("consent_with_parents_from_age", facts.on):
        why.say("Onder de 12 jaar hoort de wettelijk vertegenwoordiger het, en die vraagt of maakt bezwaar.")
        return why.answer(IndexRights(False, True, False, True))
    if years < why.number("consent_alone_from_age", facts.on):
        why.say("Van 12 tot en met 15 jaar horen beiden het; zij vragen of maken bezwaar samen.")
        return why.answer(IndexRights(True, True, True, True))
    why.say("Vanaf 16 jaar hoort de jeugdige het zelf, en vraagt of maakt zelf bezwaar.")
    return why.answer(IndexRights(True, False, True, False))


class CodeStep(enum.StrEnum):
    """The five steps of the reporting code (MC-01)."""

    SIGNALS = "map_signals"
    CONSULT = "consult"
    TALK = "talk_with_those_involved"
    WEIGH = "weigh"
    DECIDE = "decide"


STEP_WORDS = {
    CodeStep.SIGNALS: "de signalen in kaart brengen", CodeStep.CONSULT: "overleggen met een collega of Veilig Thuis",
    CodeStep.TALK: "praten met de betrokkenen", CodeStep.WEIGH: "afwegen", CodeStep.DECIDE: "beslissen",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class CodeStepFacts:
    """Which steps of the reporting code were done, and which were left out with a written reason."""

    on: dt.date | None = fact("de dag")
    done: tuple[CodeStep, ...] | None = fact("de stappen die zijn gezet")
    skipped_with_reason: tuple[CodeStep, ...] = fact("de stappen die met een reden zijn overgeslagen", default=())


@rule(title="Welke stap van de meldcode is nog open?", ids=("MC-01",), day="on", valid_from=dt.date(2013, 7, 1))
def reporting_code_steps(why: Reasoning[CodeStepFacts]) -> Answer[tuple[CodeStep, ...]]:
    """Return the steps that are still open; the order may change, weighing and deciding always come."""
    facts = why.facts
    why.need("on", "done")
    why.rests_on("MC-01")
    never = {CodeStep.WEIGH, CodeStep.DECIDE} & set(facts.skipped_with_reason)
    why.expect(not never, "skipped_with_reason", "no weighing or deciding: these two cannot be left out")
    known = {*facts.done, *facts.skipped_with_reason}
    still_open = tuple(step for step in CodeStep if step not in known)
    if still_open:
        why.say(f"Nog te doen, of over te slaan met een reden: {', '.join(STEP_WORDS[step] for step in still_open)}.")
    else:
        why.say("Alle stappen zijn gezet of met een reden overgeslagen.")
    return why.answer(still_open)
