"""Who must agree to help, who may see a dossier, how long it is kept (rules CNS, DOS, and PRV-03).

Consent is tested on the day help is given; sight of a document on the day of the document (practice 1): who gains
authority later does not gain older documents.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import grounds, words
from rondom.law.calendar import Deadline, Level, Term, Unit, add_years, deadline, shifted
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule
from rondom.law.person import age, reaches

ADULT = 18


class ConsentException(enum.StrEnum):
    """Grounds on which the parents' consent is replaced for a youth of 12 to 15 (CNS-03)."""

    SERIOUS_HARM = "serious_harm"
    WELL_CONSIDERED = "well_considered"


class Speaks(enum.StrEnum):
    """Who speaks for an adult who cannot oversee a decision, first in line first (Jw 7.3.15 lid 2-3; CNS-05)."""

    CURATOR = "curator"
    MENTOR = "mentor"
    PROXY = "written_proxy"
    PARTNER = "partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"


IN_LINE = ((Speaks.CURATOR, Speaks.MENTOR), (Speaks.PROXY,), (Speaks.PARTNER,), tuple(Speaks)[4:])


@dataclasses.dataclass(frozen=True)
class Representative:
    """Somebody who may speak for an adult, and as what."""

    name: str
    kind: Speaks


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
    representatives: tuple[Representative, ...] | None = fact("wie voor een volwassene kan spreken, met de soort")
    intrusive: bool = fact("of de handeling ingrijpend is; anders mag men toestemming aannemen", default=True)
    resists: bool = fact("of wie dit niet overziet, zich verzet", default=False)
    serious_harm: bool | None = fact("of de handeling nodig is om ernstig nadeel te voorkomen")


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
    if not facts.intrusive:
        why.rests_on("CNS-07")
        why.say("De handeling is niet ingrijpend; toestemming mag worden aangenomen. Wie nee zegt, wordt gehoord.")
        return why.answer(NOBODY)
    return _by_age(why, age(why, facts.born_on, facts.help_on))


def _by_age(why: Reasoning[Any], years: int) -> Answer[ConsentNeeded]:
    """Return whose consent is needed at an age (Jw 7.3.4, 7.3.5, 7.3.15)."""
    facts = why.facts
    why.say(f"Op {words.day(facts.help_on)} is de jeugdige {years} jaar.")
    if years >= ADULT:
        return _adult(why)
    alone = why.number("consent_alone_from_age", facts.help_on)
    with_parents = why.number("consent_with_parents_from_age", facts.help_on)
    if years >= with_parents and not facts.capable:
        why.rests_on("CNS-05")
        why.say("De jeugdige kan dit nu niet overzien; degenen met gezag beslissen.")
        return _against_resistance(why) or _holders(why, youth=False)
    if years >= alone:
        why.rests_on("CNS-04")
        why.say(f"Vanaf {alone} jaar beslist de jeugdige zelf. Ouders worden alleen met zijn toestemming verteld.")
        return why.answer(dataclasses.replace(NOBODY, youth=True))
    if years < with_parents:
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


def _against_resistance(why: Reasoning[Any]) -> Answer[ConsentNeeded] | None:
    """Return an answer when somebody who cannot oversee it resists: only to avoid serious harm (Jw 7.3.15 lid 6)."""
    if not why.facts.resists:
        return None
    why.need("serious_harm")
    if why.facts.serious_harm:
        why.say("De jeugdige verzet zich; het mag toch, want het voorkomt ernstig nadeel.")
        return None
    why.say("De jeugdige verzet zich en er dreigt geen ernstig nadeel: het mag niet, ook niet met toestemming.")
    return why.answer(dataclasses.replace(NOBODY, blocked_by=("de jeugdige",)))


def _holders(why: Reasoning[Any], *, youth: bool) -> Answer[ConsentNeeded]:
    facts = why.facts
    if not facts.authority:
        return why.asking("authority")
    holders = tuple(name for name in facts.authority if name not in facts.set_aside)
    if not holders:
        why.rests_on("CNS-08", "CNS-11")
        why.say("Niemand met gezag blijft over. Vraag de rechter of de Raad wie beslist.")
        why.doubts(
            "De wet zegt niet wie beslist als iedereen met gezag buiten beschouwing blijft.",
            Reading("de rechter beslist eerst", ConsentNeeded(youth, (), False, facts.set_aside)),
            Reading("de hulpverlener handelt als goed hulpverlener", ConsentNeeded(youth, (), False, ())),
        )
        return why.undecided()
    if facts.set_aside:
        why.rests_on("CNS-08")
        why.say(f"Buiten beschouwing, met vastgelegde reden: {', '.join(facts.set_aside)}.")
    blocked = tuple(name for name in facts.objecting if name in holders)
    if blocked:
        why.rests_on("CNS-11")
        why.say(f"{', '.join(blocked)} heeft bezwaar. Zonder de rechter is de toestemming niet compleet.")
    elif len(holders) > 1:
        why.say("Eén ouder mag voor beiden spreken zolang de ander geen bezwaar maakt; vraag het liever beiden.")
    return why.answer(ConsentNeeded(youth, holders, len(holders) > 1 and not blocked, blocked))


def _adult(why: Reasoning[Any]) -> Answer[ConsentNeeded]:
    facts = why.facts
    why.rests_on("CNS-05")
    if facts.capable:
        why.say("Een volwassene beslist zelf.")
        return why.answer(dataclasses.replace(NOBODY, youth=True))
    if not facts.representatives:
        return why.asking("representatives")
    why.say("Een volwassene die dit niet overziet: eerst curator of mentor, dan gemachtigde, partner, naaste familie.")
    if refused := _against_resistance(why):
        return refused
    for kinds in IN_LINE:
        names = tuple(r.name for r in facts.representatives if r.kind in kinds)
        if names:
            break
    return why.answer(ConsentNeeded(youth=False, others=names, complete_with_one=len(names) > 1, blocked_by=()))


@dataclasses.dataclass(frozen=True)
class ShareFacts:
    """Somebody is asked to agree that data of a youth are shared."""

    born_on: dt.date | None = fact("de geboortedatum van de jeugdige")
    help_on: dt.date | None = fact("de dag waarop de gegevens worden gedeeld")
    authority: tuple[str, ...] | None = fact("wie het gezag of de voogdij heeft")
    capable: bool = fact("of de jeugdige zijn belangen kan overzien", default=True)
    objecting: tuple[str, ...] = fact("wie met gezag bezwaar heeft gemaakt", default=())
    set_aside: tuple[str, ...] = fact("wie met gezag buiten beschouwing blijft, met vastgelegde reden", default=())
    exception: ConsentException | None = fact("de vastgelegde uitzondering bij 12 tot en met 15 jaar")
    representatives: tuple[Representative, ...] | None = fact("wie voor een volwassene kan spreken, met de soort")
    resists: bool = fact("of wie dit niet overziet, zich verzet", default=False)
    serious_harm: bool | None = fact("of delen nodig is om ernstig nadeel te voorkomen")


@rule(
    title="Wie moet toestemming geven om te delen?", day="help_on",
    ids=("CNS-01", "CNS-02", "CNS-03", "CNS-04", "CNS-05", "CNS-08", "CNS-09", "CNS-11"),
)  # fmt: skip
def who_must_consent_to_sharing(why: Reasoning[ShareFacts]) -> Answer[ConsentNeeded]:
    """Return whose consent is needed to share data: by analogy the ages of consent to help (Jw 7.3.11; AVG 7)."""
    facts = why.facts
    why.need("born_on", "help_on")
    why.rests_on("CNS-09")
    why.say(
        "Toestemming om te delen staat los van toestemming voor hulp: met een doel, met wie, welke gegevens, en altijd "
        "weer in te trekken. Dezelfde leeftijden gelden."
    )
    return _by_age(why, age(why, facts.born_on, facts.help_on))


class Basis(enum.StrEnum):
    """On what a share with a third party rests; where each stands is told by the table `law/grounds.toml`."""

    CONSENT = "consent"
    DIRECTLY_INVOLVED = "directly_involved"
    CONSENT_HOLDER = "whose_consent_is_needed"
    SUPERVISION = "supervision_order"
    REPORT = "report_to_veilig_thuis"
    COLLEGE = "task_of_the_college"
    COLLABORATION = "care_and_safety_house"
    OTHER_LAW = "task_of_another_law"
    DANGER = "to_end_danger"
    NONE = "none"


class Table(enum.StrEnum):
    """Who sits together: the collaboration the law names, or one it does not name."""

    CARE_AND_SAFETY = "care_and_safety_house"
    OTHER = "protection_table_or_school_team"


@dataclasses.dataclass(frozen=True)
class SharingFacts:
    """Data of a youth would be given to somebody else."""

    on: dt.date | None = fact("de dag van het delen")
    consent: bool | None = fact("of er toestemming is voor dit doel, met deze ontvanger, voor deze gegevens")
    directly_involved: bool | None = fact("of de ontvanger rechtstreeks bij de hulp is betrokken")
    needed: bool | None = fact("of de gegevens nodig zijn voor het werk van de ontvanger")
    consent_holder: bool = fact("of de toestemming van de ontvanger nodig is voor de hulp", default=False)
    order_from: dt.date | None = fact("de dag waarop een ondertoezichtstelling begon")
    order_until: dt.date | None = fact("de laatste dag van de ondertoezichtstelling; leeg als die loopt")
    to_institution_of_order: bool = fact("of de ontvanger de GI van die ondertoezichtstelling is", default=False)
    to_veilig_thuis: bool = fact("of de ontvanger Veilig Thuis is", default=False)
    suspicion: bool | None = fact("of er een vermoeden is van huiselijk geweld of kindermishandeling")
    to_college: bool = fact("of de ontvanger het college (de backoffice) is", default=False)
    help_content: bool | None = fact("of het om de inhoud van de hulp gaat, zoals een verslag of diagnose")
    table: Table | None = fact("of het om een Zorg- en Veiligheidshuis gaat, of om een ander overleg")
    other_domain: bool = fact("of de ontvanger een ander domein van de gemeente is (Wmo, inkomen, schulden)",
                              default=False)  # fmt: skip
    free_to_refuse: bool | None = fact("of wie toestemming gaf echt nee kon zeggen, zonder gevolg voor de hulp")
    asked_by_family: bool = fact(
        "of wie toestemming moet geven, de ontvanger zelf bij dit gesprek vroeg", default=False
    )
    ends_danger: bool = fact("of het nodig is om gevaar voor een kind te stoppen", default=False)


@rule(
    title="Mag dit met een ander worden gedeeld?", day="on", valid_from=dt.date(2015, 1, 1),
    ids=("DOS-08", "DOS-09", "DOS-12", "MC-09", "CNS-09", "PRV-02", "PRV-12", "WGS-01"),
)  # fmt: skip
def may_share(why: Reasoning[SharingFacts]) -> Answer[Basis]:
    """Return the basis on which data may be given to a third party, or none (Jw 7.3.11 and the table of bases).

    Without an outcome the law leaves it open (doubt) or facts are missing: then nothing is shared yet.
    """
    facts = why.facts
    why.need("on")
    if facts.to_veilig_thuis:
        return _to_veilig_thuis(why)
    if facts.to_institution_of_order:
        why.need("order_from")
        why.rests_on("DOS-09")
        if facts.order_from <= facts.on and (facts.order_until is None or facts.on <= facts.order_until):
            why.say("De GI krijgt wat zij voor de ondertoezichtstelling nodig heeft, ook zonder toestemming.")
            return why.answer(Basis.SUPERVISION)
        why.say("Op deze dag loopt er geen ondertoezichtstelling bij deze GI.")
    if facts.to_college:
        return _to_college(why)
    if facts.table is Table.CARE_AND_SAFETY and grounds.table()[Basis.COLLABORATION].exists_on(facts.on):
        return _to_care_and_safety_house(why)
    if facts.table:
        why.rests_on("WGS-01")
        why.say("De wet noemt dit overleg niet; voor elke deelnemer is een eigen grond nodig.")
    why.rests_on("DOS-08")
    if facts.consent_holder:
        why.say("Wie toestemming voor de hulp moet geven, krijgt wat daarvoor nodig is.")
        return why.answer(Basis.CONSENT_HOLDER)
    if facts.other_domain:
        return _to_other_domain(why)
    return _to_third_party(why)


def _to_third_party(why: Reasoning[Any]) -> Answer[Basis]:
    """Return the basis under Jw 7.3.11 lid 1 and 2: directly involved and needed, or consent."""
    facts = why.facts
    why.need("directly_involved")
    if facts.directly_involved:
        why.need("needed")
        if facts.needed:
            why.say("De ontvanger is rechtstreeks bij de hulp betrokken en heeft dit nodig. Deel niet meer dan dat.")
            return why.answer(Basis.DIRECTLY_INVOLVED)
    if facts.asked_by_family:
        why.rests_on("CNS-09")
        why.say("Wie toestemming moet geven, vroeg deze persoon zelf. Dat geldt voor dit gesprek en niet voor meer.")
        return why.answer(Basis.CONSENT)
    if facts.ends_danger and not facts.consent:
        why.rests_on("MC-09")
        why.say("Bij direct gevaar: bel eerst 112 of Veilig Thuis.")
        why.doubts(
            "Het meldrecht geldt naar Veilig Thuis. Of gevaar ook delen met een ander rechtvaardigt, staat niet in "
            "onze bronnen; weeg het met een tweede persoon.",
            Reading("alleen via Veilig Thuis", Basis.NONE),
            Reading("delen wat nodig is om het gevaar te stoppen", Basis.DANGER),
        )  # fmt: skip
        return why.undecided()
    why.need("consent")
    if facts.consent:
        why.say("Er is toestemming voor dit doel, deze ontvanger en deze gegevens.")
        return why.answer(Basis.CONSENT)
    why.say("Er is geen grond om dit te delen. Vraag toestemming.")
    return why.answer(Basis.NONE)


def _to_veilig_thuis(why: Reasoning[Any]) -> Answer[Basis]:
    """Return the right to report (Wmo 5.2.6); when one must report is the reporting code (`safety.reporting_code`)."""
    why.need("suspicion")
    why.rests_on("MC-09")
    if why.facts.suspicion:
        why.say("Bij een vermoeden van geweld of mishandeling mag je Veilig Thuis geven wat daarvoor nodig is.")
        why.say("Toestemming is niet nodig. Vertel het gezin dat je meldt, tenzij dat onveilig is.")
        return why.answer(Basis.REPORT)
    why.say("Zonder zo'n vermoeden geldt het meldrecht niet. Overleg kan zonder namen.")
    why.rests_on("DOS-08")
    return _to_third_party(why)


def _to_college(why: Reasoning[Any]) -> Answer[Basis]:
    """Return the basis of the college: only what it needs to judge and deploy, never the help itself (Jw 7.4.0)."""
    why.need("help_content")
    why.rests_on("DOS-12", "PRV-02")
    if why.facts.help_content:
        why.say("Het college krijgt de inhoud van de hulp niet: alleen product, omvang, periode en grond.")
        return why.answer(Basis.NONE)
    why.need("needed")
    if not why.facts.needed:
        why.say("Het college krijgt alleen wat het nodig heeft om te beoordelen, in te zetten of te betalen.")
        return why.answer(Basis.NONE)
    why.say("Het college heeft dit nodig voor zijn taak. Toestemming is daarvoor geen grond en niet nodig.")
    return why.answer(Basis.COLLEGE)


def _to_care_and_safety_house(why: Reasoning[Any]) -> Answer[Basis]:
    """Return the basis of a Zorg- en Veiligheidshuis, in doubt: the conditions of the law are not in our sources."""
    why.rests_on("WGS-01")
    why.say("De wet noemt het Zorg- en Veiligheidshuis. Of deze zaak daar hoort, zegt dat huis zelf.")
    why.doubts(
        "Onder welke voorwaarden een zaak in een Zorg- en Veiligheidshuis hoort, staat niet in onze bronnen.",
        Reading("de zaak hoort daar: delen wat nodig is", Basis.COLLABORATION),
        Reading("de zaak hoort daar niet: niet delen", Basis.NONE),
    )
    return why.undecided()


def _to_other_domain(why: Reasoning[Any]) -> Answer[Basis]:
    """Return the basis for another domain of the municipality: consent that can be refused, or a law for the purpose.

    A law that would carry this in general was not seen in force: without consent it is doubt (PRV-12).
    """
    facts = why.facts
    why.rests_on("PRV-12")
    if facts.consent:
        why.need("free_to_refuse")
        why.rests_on("PRV-02", "CNS-09")
        if facts.free_to_refuse:
            why.say("Er is toestemming voor dit doel, en wie haar gaf kon echt nee zeggen.")
            return why.answer(Basis.CONSENT)
        why.say("Toestemming die je niet echt kunt weigeren, is geen toestemming.")
    why.say("Een ander domein van de gemeente is voor deze gegevens een ander: elk doel vraagt een eigen wet.")
    why.doubts(
        "Delen tussen domeinen vraagt per doel een wet. Een wet die dit in het algemeen toestaat, hebben wij niet "
        "van kracht gezien.",
        Reading("geen wet voor dit doel: niet delen", Basis.NONE),
        Reading("een wet geeft dit domein voor dit doel een eigen taak", Basis.OTHER_LAW),
    )  # fmt: skip
    return why.undecided()


class Verdict(enum.StrEnum):
    """What an answer of `may_share` means for who asks it: yes, no, or not yet."""

    YES = "yes"
    NO = "no"
    DOUBT = "doubt"


def verdict(answer: Answer[Basis]) -> Verdict:
    """Return yes or no when the law is clear, doubt when it leaves it open or a fact is missing."""
    if answer.outcome is None or answer.doubt is not None:
        return Verdict.DOUBT
    return Verdict.NO if answer.outcome is Basis.NONE else Verdict.YES


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
    years = age(why, facts.born_on, facts.on)
    why.rests_on("DOS-06")
    why.say(f"De jeugdige is {years} jaar.")
    if facts.requester is Requester.YOUTH:
        return _view_of_youth(why, years)
    if facts.requester is Requester.OTHER:
        why.say("Een ander ziet alleen iets met een grondslag of met toestemming.")
        return why.answer(View.NOTHING)
    if years >= ADULT:
        allowed = facts.requester is Requester.REPRESENTATIVE and not facts.capable
        why.say("Na de 18e verjaardag alleen de curator, mentor of gemachtigde van wie dit niet zelf overziet.")
        return why.answer(View.SEE if allowed else View.WITH_CONSENT)
    return _view_of_parent(why, years)


def _view_of_youth(why: Reasoning[Any], years: int) -> Answer[View]:
    from_age = why.number("consent_with_parents_from_age", why.facts.on)
    if years >= from_age and why.facts.capable:
        why.say(f"Vanaf {from_age} jaar ziet de jeugdige zijn eigen dossier.")
        return why.answer(View.SEE)
    why.say("Jonger, of wie het niet overziet, hoort het op een manier die past bij zijn leeftijd.")
    return why.answer(View.INFORMATION)


def _view_of_parent(why: Reasoning[Any], years: int) -> Answer[View]:
    facts = why.facts
    why.need("authority_now")
    alone = why.number("consent_alone_from_age", facts.on)
    if not facts.authority_now:
        return _view_without_authority(why, grown=years >= alone and facts.capable)
    why.need("authority_then")
    if not facts.authority_then:
        why.say("Op de dag van dit stuk had de vrager nog geen gezag; nieuw gezag opent geen oudere stukken.")
        return why.answer(View.NOTHING)
    if years >= alone and facts.capable:
        why.say(f"Vanaf {alone} jaar alleen met toestemming van de jeugdige.")
        return why.answer(View.WITH_CONSENT)
    if years >= why.number("consent_with_parents_from_age", facts.on):
        why.say("Ouders met gezag zien het dossier, tenzij dat tegen het belang van de jeugdige is.")
        return why.answer(View.IN_CHILDS_INTEREST)
    why.say("Ouders met gezag zien het dossier van hun kind; gegevens van anderen blijven eruit.")
    why.rests_on("DOS-05")
    return why.answer(View.SEE)


def _view_without_authority(why: Reasoning[Any], *, grown: bool) -> Answer[View]:
    if why.facts.requester is not Requester.PARENT:
        why.say("Wie geen gezag of voogdij heeft en geen ouder is, ziet het dossier niet.")
        return why.answer(View.NOTHING)
    why.rests_on("DOS-07")
    if grown:
        why.say("Een ouder zonder gezag hoort niet meer dan een ouder met gezag: alleen met toestemming.")
        return why.answer(View.WITH_CONSENT)
    why.say(
        "Een ouder zonder gezag ziet het dossier niet, maar hoort op zijn vraag belangrijke feiten, tenzij dat tegen "
        "het belang van het kind is."
    )
    return why.answer(View.INFORMATION)


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
    capable: bool = fact("of de jeugdige zijn belangen kan overzien", default=True)


@dataclasses.dataclass(frozen=True)
class MayAsk:
    """Who may ask: the youth, those with authority (of an adult: who represents him), or both together."""

    youth: bool
    authority: bool


@rule(title="Wie mag om vernietiging vragen?", ids=("DOS-04",), day="on")
def who_may_ask_destruction(why: Reasoning[WhoAsksFacts]) -> Answer[MayAsk]:
    """Return who may ask to destroy a dossier: the same ages as for consent (Jw 7.3.15, 7.3.9)."""
    facts = why.facts
    why.need("born_on", "on")
    why.rests_on("DOS-04")
    years = age(why, facts.born_on, facts.on)
    if not facts.capable:
        why.say("De jeugdige overziet dit niet; wie gezag heeft of vertegenwoordigt, vraagt het.")
        return why.answer(MayAsk(youth=False, authority=True))
    if years < why.number("consent_with_parents_from_age", facts.on):
        why.say("Onder de 12 jaar vragen degenen met gezag het.")
        return why.answer(MayAsk(youth=False, authority=True))
    if years < why.number("consent_alone_from_age", facts.on):
        why.say("Van 12 tot en met 15 jaar de jeugdige met degenen met gezag; het belang van het kind gaat voor.")
        return why.answer(MayAsk(youth=True, authority=True))
    why.say("Vanaf 16 jaar vraagt de jeugdige het zelf.")
    return why.answer(MayAsk(youth=True, authority=False))


@dataclasses.dataclass(frozen=True)
class RightsRequestFacts:
    """A request under the AVG: access, rectification, erasure, restriction, objection."""

    received_on: dt.date | None = fact("de dag waarop het verzoek binnenkwam")
    extended: bool = fact("of de aanvrager binnen een maand is verteld dat het langer duurt", default=False)


@rule(title="Antwoord op een AVG-verzoek", ids=("PRV-03",), day="received_on", valid_from=dt.date(2018, 5, 25))
def rights_request_by(why: Reasoning[RightsRequestFacts]) -> Answer[dt.date]:
    """Return the last day to answer a request under the AVG; weekends and holidays shift (Regulation 1182/71)."""
    facts = why.facts
    why.need("received_on")
    why.rests_on("PRV-03", "CAL-08")
    months = why.number("rights_request_months", facts.received_on)
    if facts.extended:
        months += why.number("rights_request_extension_months", facts.received_on)
    raw = Term(months, Unit.MONTHS, Level.REGULATION).after(facts.received_on)
    shifts = why.choice(
        "european_terms_shift", facts.received_on, "Het opschuiven bij een vrije dag rust op Verordening 1182/71.",
        yes="opschuiven", no="niet opschuiven (veilig)",
    )  # fmt: skip
    last = shifted(raw, why.numbers) if shifts else raw
    why.say(f"{words.count(months, 'maand', 'maanden')} na {words.day(facts.received_on)}: {words.day(raw)}.")
    if last != raw:
        why.say(f"Dat is een vrije dag; het antwoord mag op {words.day(last)}.")
    return why.answer(last)


class File(enum.StrEnum):
    """Files that are kept by another rule than the youth help dossier (DOS-10, LOC-09)."""

    WMO = "wmo"
    INSTITUTION = "certified_institution"
    BOARD_PROTECTION = "board_protection"
    BOARD_CRIMINAL = "board_only_criminal"
    VEILIG_THUIS = "veilig_thuis"


@dataclasses.dataclass(frozen=True)
class OtherFileFacts:
    """A file of another kind or body."""

    on: dt.date | None = fact("de dag waarop je het wilt weten")
    file: File | None = fact("welk dossier: wmo, certified_institution, board_protection, board_only_criminal, "
                             "veilig_thuis")  # fmt: skip
    born_on: dt.date | None = fact("de geboortedatum van de jeugdige (van het jongste kind bij Veilig Thuis)")
    last_change_on: dt.date | None = fact("de dag van de laatste wijziging")


@rule(title="Hoe lang blijft een ander dossier bewaard?", ids=("DOS-10", "LOC-09"), day="on")
def other_file_kept_until(why: Reasoning[OtherFileFacts]) -> Answer[dt.date]:
    """Return until when files under other rules are kept; the sources are web guidance and differ, so all is doubt."""
    facts = why.facts
    why.need("on", "file")
    if facts.file is File.WMO:
        why.need("last_change_on")
        why.rests_on("LOC-09")
        until = add_years(facts.last_change_on, why.number("wmo_retention_years", facts.on))
        later = add_years(facts.last_change_on, 20)
        why.doubts(
            "De tekst van 2017 is gelezen; de termijn kan zijn gewijzigd.",
            Reading("15 jaar (tekst 2017)", until), Reading("20 jaar, zoals in de Jeugdwet", later),
        )  # fmt: skip
    elif facts.file is File.VEILIG_THUIS:
        why.need("last_change_on", "born_on")
        why.rests_on("DOS-10")
        grown = reaches(why, facts.born_on, ADULT, facts.on)
        years = why.number("vt_retention_years", facts.on)
        until = max(grown, add_years(facts.last_change_on, years))
        why.doubts(
            "De bronnen noemen 15 jaar, 20 jaar, en tot het jongste kind 18 is.",
            Reading("20 jaar", until), Reading("15 jaar", max(grown, add_years(facts.last_change_on, 15))),
        )  # fmt: skip
    else:
        why.need("born_on")
        why.rests_on("DOS-10")
        until = _kept_by_age(why)
        why.doubts("Dit komt uit openbare uitleg, niet uit een wet.", Reading("volgens die uitleg", until))
    why.say(f"Dit dossier blijft bewaard tot en met {words.day(until)}.")
    return why.answer(until)


def _kept_by_age(why: Reasoning[Any]) -> dt.date:
    born, on = why.facts.born_on, why.facts.on
    if why.facts.file is File.INSTITUTION:
        return add_years(reaches(why, born, ADULT, on), why.number("gi_retention_years_after_18", on))
    if why.facts.file is File.BOARD_PROTECTION:
        return add_years(born, why.number("board_protection_retention_years", on))
    return reaches(why, born, why.number("board_criminal_retention_age", on), on)


class Regime(enum.StrEnum):
    """Under which rule a record of the municipality is kept (DOS-11)."""

    YOUTH_HELP = "jeugdwet_7_3_8"
    ARCHIVE = "archive_selection_list"


@dataclasses.dataclass(frozen=True)
class RegimeFacts:
    """A record that the municipality holds."""

    on: dt.date | None = fact("de dag van het stuk")
    about_help_given: bool | None = fact("of het stuk gaat over hulp die de gemeente zelf geeft (wijkteam)")


@rule(title="Welke bewaarregel geldt voor dit stuk?", ids=("DOS-11",), day="on")
def retention_regime(why: Reasoning[RegimeFacts]) -> Answer[Regime]:
    """Return the regime of a record: help given by the municipality, or its access, decision and payment files."""
    why.need("on", "about_help_given")
    why.rests_on("DOS-11")
    if why.facts.about_help_given:
        why.say("De gemeente geeft zelf hulp; voor het hulpdossier geldt de Jeugdwet.")
        return why.answer(Regime.YOUTH_HELP)
    why.say("Toegang, besluit en betaling volgen de selectielijst van de Archiefwet.")
    return why.answer(Regime.ARCHIVE)
