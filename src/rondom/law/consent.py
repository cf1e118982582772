"""Who must agree to help, who may see a dossier, how long it is kept (rules CNS, DOS, and PRV-03).

Consent is tested on the day help is given; sight of a document on the day of the document (practice 1): who gains
authority later does not gain older documents.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import Deadline, Level, Term, Unit, add_years, deadline, shifted
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule
from rondom.law.person import age_on

ADULT = 18


class ConsentException(enum.StrEnum):
    """Grounds on which the parents' consent is replaced for a youth of 12 to 15 (CNS-03)."""

    SERIOUS_HARM = "serious_harm"
    WELL_CONSIDERED = "well_considered"


@dataclasses.dataclass(frozen=True)
class ConsentFacts:
    """Help for a person on a day, and what is known of authority, capacity and objections."""

    born_on: dt.date | None = fact("de geboortedatum")
    help_on: dt.date | None = fact("de dag waarop de hulp wordt gegeven")
    authority: tuple[str, ...] | None = fact("wie het gezag of de voogdij heeft")
    forced: bool = fact("of de hulp hoort bij een maatregel, jeugdreclassering of machtiging gesloten", default=False)
    urgent: bool = fact("of er geen tijd is om toestemming te vragen", default=False)
    capable: bool = fact("of de jeugdige zijn belangen kan overzien", default=True)
    objecting: tuple[str, ...] = fact("wie met gezag bezwaar heeft gemaakt", default=())
    set_aside: tuple[str, ...] = fact("wie met gezag buiten beschouwing blijft, met vastgelegde reden", default=())
    exception: ConsentException | None = fact("de vastgelegde uitzondering bij 12 tot en met 15 jaar")
    representatives: tuple[str, ...] | None = fact("curator, mentor of gemachtigde van een volwassene")


@dataclasses.dataclass(frozen=True)
class ConsentNeeded:
    """Whose consent is needed: the youth, and these others; `complete_with_one` if one of them may speak for all."""

    youth: bool
    others: tuple[str, ...]
    complete_with_one: bool
    blocked_by: tuple[str, ...]


NOBODY = ConsentNeeded(youth=False, others=(), complete_with_one=False, blocked_by=())


@rule(
    title="Wie moet toestemming geven voor hulp?", day="help_on",
    ids=("CNS-01", "CNS-02", "CNS-03", "CNS-04", "CNS-05", "CNS-06", "CNS-07", "CNS-08", "CNS-11"),
)  # fmt: skip
def who_must_consent(why: Reasoning[ConsentFacts]) -> Answer[ConsentNeeded]:
    """Return whose consent help needs on this day (Jw 7.3.4, 7.3.5, 7.3.15, 7.3.16)."""
    facts = why.facts
    why.need("born_on", "help_on")
    if facts.forced:
        why.rests_on("CNS-06")
        why.say("De hulp hoort bij een dwangkader; toestemming is niet nodig. Informeer en betrek iedereen wel.")
        return why.answer(NOBODY)
    if facts.urgent:
        why.rests_on("CNS-07")
        why.say("Er is geen tijd om te vragen; de hulp mag beginnen. Vraag de toestemming zodra het kan.")
        return why.answer(NOBODY)
    age = age_on(facts.born_on, facts.help_on)
    why.say(f"Op {words.day(facts.help_on)} is de jeugdige {age} jaar.")
    if age >= ADULT:
        return _adult(why)
    alone = why.number("consent_alone_from_age", facts.help_on)
    with_parents = why.number("consent_with_parents_from_age", facts.help_on)
    if age >= with_parents and not facts.capable:
        why.rests_on("CNS-05")
        why.say("De jeugdige kan dit nu niet overzien; degenen met gezag beslissen.")
        return _holders(why, youth=False)
    if age >= alone:
        why.rests_on("CNS-04")
        why.say(f"Vanaf {alone} jaar beslist de jeugdige zelf. Ouders worden alleen met zijn toestemming verteld.")
        return why.answer(dataclasses.replace(NOBODY, youth=True))
    if age < with_parents:
        why.rests_on("CNS-01")
        why.say(f"Onder de {with_parents} jaar beslissen degenen met gezag. Het kind hoort wat er gebeurt.")
        return _holders(why, youth=False)
    why.rests_on("CNS-02")
    if facts.exception:
        why.rests_on("CNS-03")
        why.say("De vastgelegde uitzondering vervangt de toestemming van de ouders, niet die van de jeugdige.")
        return why.answer(dataclasses.replace(NOBODY, youth=True))
    why.say("Van 12 tot en met 15 jaar beslissen de jeugdige én degenen met gezag.")
    return _holders(why, youth=True)


def _holders(why: Reasoning[Any], *, youth: bool) -> Answer[ConsentNeeded]:
    facts = why.facts
    why.need("authority")
    holders = tuple(name for name in facts.authority if name not in facts.set_aside)
    if facts.set_aside:
        why.rests_on("CNS-08")
        why.say(f"Buiten beschouwing, met vastgelegde reden: {', '.join(facts.set_aside)}.")
    blocked = tuple(name for name in facts.objecting if name in holders)
    if blocked:
        why.rests_on("CNS-11")
        why.say(f"{', '.join(blocked)} heeft bezwaar. Zonder de rechter is de toestemming niet compleet.")
    elif len(holders) > 1:
        why.say("Een mag voor beiden spreken zolang de ander geen bezwaar maakt; vraag het liever beiden.")
    return why.answer(ConsentNeeded(youth, holders, len(holders) > 1 and not blocked, blocked))


def _adult(why: Reasoning[Any]) -> Answer[ConsentNeeded]:
    facts = why.facts
    why.rests_on("CNS-05")
    if facts.capable:
        why.say("Een volwassene beslist zelf.")
        return why.answer(dataclasses.replace(NOBODY, youth=True))
    why.need("representatives")
    first = facts.representatives[:1]
    why.say("Een volwassene die dit niet overziet: eerst curator of mentor, dan gemachtigde, partner, naaste familie.")
    return why.answer(ConsentNeeded(youth=False, others=first, complete_with_one=False, blocked_by=()))


class Requester(enum.StrEnum):
    """Who asks to see a dossier."""

    YOUTH = "youth"
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    OTHER = "other"


class View(enum.StrEnum):
    """What somebody may see of a document in a dossier."""

    SEE = "see"
    WITH_CONSENT = "with_consent_of_youth"
    IN_CHILDS_INTEREST = "unless_against_childs_interest"
    INFORMATION = "information_on_important_facts"
    NOTHING = "nothing"


@dataclasses.dataclass(frozen=True)
class ViewFacts:
    """Somebody asks to see a document of a dossier."""

    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    on: dt.date | None = fact("de dag van het verzoek")
    requester: Requester | None = fact("wie het vraagt: jeugdige, ouder, voogd, vertegenwoordiger of een ander")
    authority_now: bool | None = fact("of de vrager nu gezag of voogdij heeft")
    authority_then: bool | None = fact("of de vrager gezag of voogdij had op de dag van het document")
    capable: bool = fact("of de jeugdige zijn belangen kan overzien", default=True)


@rule(title="Wie mag dit stuk uit het dossier zien?", ids=("DOS-05", "DOS-06", "DOS-07"), day="on")
def may_view(why: Reasoning[ViewFacts]) -> Answer[View]:
    """Return what a requester may see of one document of a youth's dossier (Jw 7.3.10, 7.3.11, 7.3.15; BW 1:377c)."""
    facts = why.facts
    why.need("born_on", "on", "requester")
    age = age_on(facts.born_on, facts.on)
    why.rests_on("DOS-06")
    why.say(f"De jeugdige is {age} jaar.")
    if facts.requester is Requester.YOUTH:
        return _view_of_youth(why, age)
    if facts.requester is Requester.OTHER:
        why.say("Een ander ziet alleen iets met een grondslag of met toestemming.")
        return why.answer(View.NOTHING)
    if age >= ADULT:
        allowed = facts.requester is Requester.REPRESENTATIVE and not facts.capable
        why.say("Na de 18e verjaardag alleen de curator, mentor of gemachtigde van wie dit niet zelf overziet.")
        return why.answer(View.SEE if allowed else View.WITH_CONSENT)
    return _view_of_parent(why, age)


def _view_of_youth(why: Reasoning[Any], age: int) -> Answer[View]:
    from_age = why.number("consent_with_parents_from_age", why.facts.on)
    if age >= from_age and why.facts.capable:
        why.say(f"Vanaf {from_age} jaar ziet de jeugdige zijn eigen dossier.")
        return why.answer(View.SEE)
    why.say("Jonger, of wie het niet overziet, hoort het op een manier die past bij zijn leeftijd.")
    return why.answer(View.INFORMATION)


def _view_of_parent(why: Reasoning[Any], age: int) -> Answer[View]:
    facts = why.facts
    why.need("authority_now")
    if not facts.authority_now:
        why.rests_on("DOS-07")
        why.say("Een ouder zonder gezag ziet het dossier niet, maar hoort op zijn vraag belangrijke feiten.")
        return why.answer(View.INFORMATION)
    why.need("authority_then")
    if not facts.authority_then:
        why.say("Op de dag van dit stuk had de vrager nog geen gezag; nieuw gezag opent geen oudere stukken.")
        return why.answer(View.NOTHING)
    alone = why.number("consent_alone_from_age", facts.on)
    if age >= alone and facts.capable:
        why.say(f"Vanaf {alone} jaar alleen met toestemming van de jeugdige.")
        return why.answer(View.WITH_CONSENT)
    if age >= why.number("consent_with_parents_from_age", facts.on):
        why.say("Ouders met gezag zien het dossier, tenzij dat tegen het belang van de jeugdige is.")
        return why.answer(View.IN_CHILDS_INTEREST)
    why.say("Ouders met gezag zien het dossier van hun kind; gegevens van anderen blijven eruit.")
    why.rests_on("DOS-05")
    return why.answer(View.SEE)


@dataclasses.dataclass(frozen=True)
class RetentionFacts:
    """A dossier and its last change."""

    last_change_on: dt.date | None = fact("de dag van de laatste wijziging in het dossier")
    on: dt.date | None = fact("de dag waarop je het wilt weten")


@rule(title="Bewaartermijn van het dossier", ids=("DOS-02",), day="on")
def kept_until(why: Reasoning[RetentionFacts]) -> Answer[dt.date]:
    """Return the last day on which a dossier must be kept: years after its last change (Jw 7.3.8 lid 3); no ATW."""
    facts = why.facts
    why.need("last_change_on", "on")
    why.rests_on("DOS-02", "CAL-06")
    years = why.number("dossier_retention_years", facts.on)
    until = add_years(facts.last_change_on, years)
    why.say(f"Een dossier blijft {years} jaar na de laatste wijziging bewaard: tot en met {words.day(until)}.")
    return why.answer(until)


@dataclasses.dataclass(frozen=True)
class DestructionFacts:
    """A person asks to destroy a dossier."""

    asked_on: dt.date | None = fact("de dag van het verzoek")


@rule(title="Vernietigen op verzoek", ids=("DOS-03",), day="asked_on")
def destruction_by(why: Reasoning[DestructionFacts]) -> Answer[Deadline]:
    """Return by when a dossier must be destroyed after a request, unless it may be kept (Jw 7.3.9)."""
    why.need("asked_on")
    why.rests_on("DOS-03")
    start = why.facts.asked_on
    why.say("Weeg eerst of een ander er groot belang bij heeft dat het blijft, of een wet het verbiedt.")
    return why.answer(deadline(why, start, Term(why.number("destruction_months", start), Unit.MONTHS)))


@dataclasses.dataclass(frozen=True)
class WhoAsksFacts:
    """Who may ask for destruction, by age."""

    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    on: dt.date | None = fact("de dag van het verzoek")


@dataclasses.dataclass(frozen=True)
class MayAsk:
    """Who may ask: the youth, those with authority, or both together."""

    youth: bool
    authority: bool


@rule(title="Wie mag om vernietiging vragen?", ids=("DOS-04",), day="on")
def who_may_ask_destruction(why: Reasoning[WhoAsksFacts]) -> Answer[MayAsk]:
    """Return who may ask to destroy a dossier: the same ages as for consent (Jw 7.3.15, 7.3.9)."""
    facts = why.facts
    why.need("born_on", "on")
    why.rests_on("DOS-04")
    age = age_on(facts.born_on, facts.on)
    if age < why.number("consent_with_parents_from_age", facts.on):
        why.say("Onder de 12 jaar vragen degenen met gezag het.")
        return why.answer(MayAsk(youth=False, authority=True))
    if age < why.number("consent_alone_from_age", facts.on):
        why.say("Van 12 tot en met 15 jaar de jeugdige met degenen met gezag; het belang van het kind gaat voor.")
        return why.answer(MayAsk(youth=True, authority=True))
    why.say("Vanaf 16 jaar vraagt de jeugdige het zelf.")
    return why.answer(MayAsk(youth=True, authority=False))


@dataclasses.dataclass(frozen=True)
class RightsRequestFacts:
    """A request under the AVG: access, rectification, erasure, restriction, objection."""

    received_on: dt.date | None = fact("de dag waarop het verzoek binnenkwam")
    extended: bool = fact("of de aanvrager binnen een maand is verteld dat het langer duurt", default=False)


@rule(title="Antwoord op een AVG-verzoek", ids=("PRV-03",), day="received_on")
def rights_request_by(why: Reasoning[RightsRequestFacts]) -> Answer[dt.date]:
    """Return the last day to answer a request under the AVG; weekends and holidays shift (Regulation 1182/71)."""
    facts = why.facts
    why.need("received_on")
    why.rests_on("PRV-03", "CAL-08")
    months = why.number("rights_request_months", facts.received_on)
    if facts.extended:
        months += why.number("rights_request_extension_months", facts.received_on)
    raw = Term(months, Unit.MONTHS, Level.REGULATION).after(facts.received_on)
    last = shifted(raw, why.numbers)
    why.say(f"{words.count(months, 'maand', 'maanden')} na {words.day(facts.received_on)}: {words.day(last)}.")
    if last != raw:
        why.doubts(
            "Het opschuiven bij een weekend of feestdag rust op Verordening 1182/71.",
            Reading("opschuiven", last),
            Reading("niet opschuiven (veilig)", raw),
        )
    return why.answer(last)
