"""Is somebody a youth for this help, on this day, and does another law go first? (rules JW-01, 02, 06, 07, 08, 12)

Somebody born on 29 February reaches an age on 1 March of a common year here; the law does not say so, so that day is
doubt where it matters (parameter `leap_birthday_on_28_february`).
"""

import calendar as leap
import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import ONE_DAY, add_months
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule


def age_on(born_on: dt.date, day: dt.date, *, early: bool = False) -> int:
    """Return the age in whole years; a birthday of 29 February falls on 1 March in other years (JW-08).

    With `early` it falls on 28 February: the other reading.
    """
    return day.year - born_on.year - (day < birthday(born_on, day.year - born_on.year, early=early))


def birthday(born_on: dt.date, age: int, *, early: bool = False) -> dt.date:
    """Return the day on which somebody reaches an age (JW-08); `early`: 28 February instead of 1 March."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not leap.isleap(year):
        return dt.date(year, 2, 28) if early else dt.date(year, 3, 1)
    return born_on.replace(year=year)


def age(why: Reasoning[Any], born_on: dt.date, day: dt.date) -> int:
    """Return the age on a day within a rule: doubt about a birthday of 29 February where it matters."""
    why.expect(born_on <= day, "born_on", "a day on or before the day of the question")
    return age_on(born_on, day, early=_early(why, born_on, day))


def reaches(why: Reasoning[Any], born_on: dt.date, years: int, day: dt.date) -> dt.date:
    """Return the birthday on which somebody reaches an age within a rule, with the same doubt."""
    return birthday(born_on, years, early=_early(why, born_on, day))


def _early(why: Reasoning[Any], born_on: dt.date, day: dt.date) -> bool:
    if (born_on.month, born_on.day) != (2, 29):
        return False
    why.rests_on("JW-08")
    return why.choice(
        "leap_birthday_on_28_february", day,
        "De wet zegt niet op welke dag wie op 29 februari is geboren jarig is in een gewoon jaar.",
        yes="28 februari", no="1 maart",
    )  # fmt: skip


class YouthGround(enum.StrEnum):
    """Why somebody is a youth in the sense of the Jeugdwet (JW-01, numbered as there)."""

    MINOR = "minor"
    CRIMINAL_LAW = "youth_criminal_law"
    FOSTER_CARE = "foster_care_continued"
    CONTINUED = "help_continued"


@dataclasses.dataclass(frozen=True)
class YouthFacts:
    """A person who asks for, or has, youth help on a day."""

    born_on: dt.date | None = fact("de geboortedatum")
    on: dt.date | None = fact("de dag waarop je het wilt weten")
    youth_criminal_law: bool = fact("of het jeugdstrafrecht is toegepast", default=False)
    foster_care: bool = fact("of het om pleegzorg gaat", default=False)
    began_before_18: bool | None = fact("of de hulp voor de 18e verjaardag begon of nodig was bevonden")
    ended_on: dt.date | None = fact("de dag waarop de eerdere hulp eindigde; leeg als die nog loopt")


@dataclasses.dataclass(frozen=True)
class Youth:
    """Whether somebody is a youth for this help, why, and the last day on which that can hold."""

    is_youth: bool
    ground: YouthGround | None
    until: dt.date | None


@rule(title="Is dit een jeugdige?", ids=("JW-01", "JW-08"), day="on")
def is_youth(why: Reasoning[YouthFacts]) -> Answer[Youth]:
    """Return whether the Jeugdwet holds for this person, this help and this day, and on which ground."""
    facts = why.facts
    why.need("born_on", "on")
    why.rests_on("JW-01", "JW-08")
    years = age(why, facts.born_on, facts.on)
    limit = why.number("youth_until_age", facts.on)
    if years < limit:
        until = reaches(why, facts.born_on, limit, facts.on) - ONE_DAY
        why.say(f"Op {words.day(facts.on)} is deze persoon {years} jaar, dus jonger dan {limit}.")
        return why.answer(Youth(True, YouthGround.MINOR, until))
    why.say(f"Op {words.day(facts.on)} is deze persoon {years} jaar.")
    if facts.youth_criminal_law:
        why.say("Het jeugdstrafrecht is toegepast; daarvoor geldt de Jeugdwet ook na de 18e verjaardag.")
        return why.answer(Youth(True, YouthGround.CRIMINAL_LAW, None))
    return _after_eighteen(why, years)


def _after_eighteen(why: Reasoning[Any], years: int) -> Answer[Youth]:
    facts = why.facts
    last_age = why.number("continued_help_until_age", facts.on)
    if years >= last_age:
        why.say(f"Vanaf {last_age} jaar geldt de Jeugdwet niet meer. Denk aan Wmo, Zvw of Wlz.")
        return why.answer(Youth(False, None, None))
    why.need("began_before_18")
    if not facts.began_before_18:
        why.say("De hulp begon niet voor de 18e verjaardag. Denk aan Wmo, Zvw of Wlz.")
        return why.answer(Youth(False, None, None))
    if facts.ended_on and facts.ended_on < facts.on:
        months = why.number("resumption_months", facts.on)
        resume_by = add_months(facts.ended_on, months)
        if facts.on > resume_by:
            why.say(f"De hulp stopte op {words.day(facts.ended_on)}; hervatten kon tot en met {words.day(resume_by)}.")
            return why.answer(Youth(False, None, None))
        why.say(f"De hulp wordt hervat binnen een half jaar, dus voor of op {words.day(resume_by)}.")
    return _continued(why, years, last_age)


def _continued(why: Reasoning[Any], years: int, last_age: int) -> Answer[Youth]:
    facts = why.facts
    until = reaches(why, facts.born_on, last_age, facts.on) - ONE_DAY
    if facts.foster_care:
        foster_age = why.number("foster_care_until_age", facts.on)
        _doubt_about_foster_care(why)
        if years < foster_age:
            why.say(f"Pleegzorg die voor de 18e begon, loopt door tot de {foster_age}e verjaardag.")
            foster_until = reaches(why, facts.born_on, foster_age, facts.on) - ONE_DAY
            return why.answer(Youth(True, YouthGround.FOSTER_CARE, foster_until))
    why.say(f"Hulp die voor de 18e begon of nodig was, kan doorlopen tot de {last_age}e verjaardag.")
    return why.answer(Youth(True, YouthGround.CONTINUED, until))


def _doubt_about_foster_care(why: Reasoning[Any]) -> None:
    """The day on which foster care to 21 entered into force was not seen: about 1 January 2023 (JW-01, uncertain)."""
    if dt.date(2022, 7, 1) <= why.facts.on < dt.date(2023, 7, 1):
        why.doubts(
            "De ingangsdatum van pleegzorg tot 21 jaar (rond 1 januari 2023) is niet nagezien.",
            Reading("pleegzorg loopt zonder meer door tot 21 jaar", YouthGround.FOSTER_CARE),
            Reading("pleegzorg loopt alleen door als zij nodig is, tot 23 jaar", YouthGround.CONTINUED),
        )


@dataclasses.dataclass(frozen=True)
class ProductAgeFacts:
    """A product of one of the three parts of youth help, and the age of the person."""

    born_on: dt.date | None = fact("de geboortedatum")
    on: dt.date | None = fact("de dag van de hulp")
    part: int | None = fact("het deel: 1 opvoeden en psychisch, 2 meedoen met een beperking, 3 verzorging")
    youth_criminal_law: bool = fact("of het jeugdstrafrecht is toegepast", default=False)
    respite: bool = fact("of het om respijt voor de ouders gaat (logeren)", default=False)


@rule(title="Past de leeftijd bij deze hulp?", ids=("JW-02", "JW-12"), day="on")
def age_fits_part(why: Reasoning[ProductAgeFacts]) -> Answer[bool]:
    """Return whether the age fits the part of youth help: parts 2, 3 and respite stop at 18 (Jw 1.1, 2.3 lid 3)."""
    facts = why.facts
    why.need("born_on", "on", "part")
    why.expect(facts.part in (1, 2, 3), "part", "1, 2 or 3")
    why.rests_on("JW-02", "JW-08")
    years, limit = age(why, facts.born_on, facts.on), why.number("youth_until_age", facts.on)
    if facts.respite:
        why.rests_on("JW-12")
        why.say(f"Respijt is er voor ouders van een kind jonger dan {limit} dat altijd toezicht nodig heeft.")
        return why.answer(years < limit)
    if facts.part == 1 or years < limit:
        why.say(f"Deel {facts.part} van de jeugdhulp past bij {years} jaar; toets verder of dit een jeugdige is.")
        return why.answer(True)
    if facts.part == 3 and facts.youth_criminal_law:
        why.say("Persoonlijke verzorging mag ook na de 18e verjaardag als het jeugdstrafrecht is toegepast.")
        return why.answer(True)
    why.say(f"Deel {facts.part} van de jeugdhulp stopt bij {limit} jaar. Denk aan de Wmo.")
    return why.answer(False)


class OtherLaw(enum.StrEnum):
    """Laws that may go before the Jeugdwet (Jw 1.2)."""

    NONE = "none"
    WLZ = "wlz"
    ZVW = "zvw"


@dataclasses.dataclass(frozen=True)
class OtherLawFacts:
    """There may be a right to the same help under another law."""

    on: dt.date | None = fact("de dag van de hulp")
    law: OtherLaw | None = fact("of er recht is volgens de Wlz of de Zvw: wlz, zvw of none")
    right_from: dt.date | None = fact("de dag waarop dat recht begint")
    same_need: bool | None = fact("of het om dezelfde behoefte gaat")
    mixed_causes: bool = fact("of er meer oorzaken zijn, zodat een deel onder de Jeugdwet valt", default=False)


@dataclasses.dataclass(frozen=True)
class OtherLawAnswer:
    """Whether the Jeugdwet holds on the day, and the last day on which it does (empty: no end from this)."""

    youth_act_holds: bool
    last_day: dt.date | None


@rule(title="Gaat een andere wet voor?", ids=("JW-06",), day="on")
def other_law_first(why: Reasoning[OtherLawFacts]) -> Answer[OtherLawAnswer]:
    """Return whether another right for the same need ends help under the Jeugdwet, and after which day (Jw 1.2)."""
    facts = why.facts
    why.need("on", "law")
    why.rests_on("JW-06")
    if facts.law is OtherLaw.NONE:
        why.say("Er is geen recht volgens een andere wet; de Jeugdwet geldt.")
        return why.answer(OtherLawAnswer(True, None))
    why.need("same_need", "right_from")
    if not facts.same_need or facts.mixed_causes:
        why.say("Het gaat om een andere behoefte, of om een deel met eigen oorzaken: daarvoor geldt de Jeugdwet.")
        return why.answer(OtherLawAnswer(True, None))
    last = facts.right_from - ONE_DAY
    why.say(
        f"Vanaf {words.day(facts.right_from)} gaat de {facts.law.capitalize()} voor. Jeugdhulp kan tot en met "
        f"{words.day(last)}. Weiger alleen met een besluit."
    )
    return why.answer(OtherLawAnswer(facts.on <= last, last))


@dataclasses.dataclass(frozen=True)
class NoPermitFacts:
    """A child without lawful residence needs help."""

    born_on: dt.date | None = fact("de geboortedatum")
    granted_from: dt.date | None = fact("de dag waarop de hulp begint")
    foster_care: bool = fact("of het om pleegzorg gaat", default=False)
    foster_care_needed: bool | None = fact("of pleegzorg echt nodig is")


@dataclasses.dataclass(frozen=True)
class NoPermitAnswer:
    """Whether there is a right to help, and the last day of this grant."""

    entitled: bool
    until: dt.date | None


@rule(title="Hulp voor een kind zonder verblijfsrecht", ids=("JW-07",), day="granted_from")
def help_without_permit(why: Reasoning[NoPermitFacts]) -> Answer[NoPermitAnswer]:
    """Return whether a child without lawful residence has a right to help and for how long (Jw 1.3; Besluit Jw 1)."""
    facts = why.facts
    why.need("born_on", "granted_from")
    why.rests_on("JW-07")
    limit = why.number("youth_until_age", facts.granted_from)
    if age(why, facts.born_on, facts.granted_from) >= limit:
        why.say(f"Vanaf {limit} jaar is er zonder verblijfsrecht geen recht op jeugdhulp.")
        return why.answer(NoPermitAnswer(False, None))
    if facts.foster_care:
        why.need("foster_care_needed")
        if not facts.foster_care_needed:
            why.say("Pleegzorg kan alleen als die echt nodig is.")
            return why.answer(NoPermitAnswer(False, None))
    months = why.number("no_permit_grant_months", facts.granted_from)
    until = add_months(facts.granted_from, months)
    why.say(
        f"Een kind zonder verblijfsrecht heeft recht op hulp, per keer ten hoogste {months} maanden: tot en met "
        f"{words.day(until)}. Wacht in een crisis niet op de papieren."
    )
    return why.answer(NoPermitAnswer(True, until))
