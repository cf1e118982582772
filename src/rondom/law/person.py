"""Is somebody a youth for this help, on this day? (rules JW-01, JW-02, JW-08)"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import ONE_DAY, add_months
from rondom.law.engine import Answer, Reasoning, fact, rule


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Return the age in whole years; a birthday of 29 February falls on 1 March in other years (JW-08)."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def birthday(born_on: dt.date, age: int) -> dt.date:
    """Return the day on which somebody reaches an age (JW-08)."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not _leap(year):
        return dt.date(year, 3, 1)
    return born_on.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


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
    age = age_on(facts.born_on, facts.on)
    limit = why.number("youth_until_age", facts.on)
    if age < limit:
        until = birthday(facts.born_on, limit) - ONE_DAY
        why.say(f"Op {words.day(facts.on)} is deze persoon {age} jaar, dus jonger dan {limit}.")
        return why.answer(Youth(True, YouthGround.MINOR, until))
    why.say(f"Op {words.day(facts.on)} is deze persoon {age} jaar.")
    if facts.youth_criminal_law:
        why.say("Het jeugdstrafrecht is toegepast; daarvoor geldt de Jeugdwet ook na de 18e verjaardag.")
        return why.answer(Youth(True, YouthGround.CRIMINAL_LAW, None))
    return _after_eighteen(why, age)


def _after_eighteen(why: Reasoning[Any], age: int) -> Answer[Youth]:
    facts = why.facts
    last_age = why.number("continued_help_until_age", facts.on)
    if age >= last_age:
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
    return _continued(why, age, last_age)


def _continued(why: Reasoning[Any], age: int, last_age: int) -> Answer[Youth]:
    facts = why.facts
    until = birthday(facts.born_on, last_age) - ONE_DAY
    if facts.foster_care and facts.on >= dt.date(2023, 1, 1):
        foster_age = why.number("foster_care_until_age", facts.on)
        if age < foster_age:
            why.say(f"Pleegzorg die voor de 18e begon, loopt door tot de {foster_age}e verjaardag.")
            return why.answer(Youth(True, YouthGround.FOSTER_CARE, birthday(facts.born_on, foster_age) - ONE_DAY))
    why.say(f"Hulp die voor de 18e begon of nodig was, kan doorlopen tot de {last_age}e verjaardag.")
    return why.answer(Youth(True, YouthGround.CONTINUED, until))


@dataclasses.dataclass(frozen=True)
class ProductAgeFacts:
    """A product of one of the three parts of youth help, and the age of the person."""

    born_on: dt.date | None = fact("de geboortedatum")
    on: dt.date | None = fact("de dag van de hulp")
    part: int | None = fact("het deel: 1 opvoeden en psychisch, 2 meedoen met een beperking, 3 verzorging")
    youth_criminal_law: bool = fact("of het jeugdstrafrecht is toegepast", default=False)


@rule(title="Past de leeftijd bij deze hulp?", ids=("JW-02",), day="on")
def age_fits_part(why: Reasoning[ProductAgeFacts]) -> Answer[bool]:
    """Return whether the age fits the part of youth help: parts 2 and 3 stop at 18 (Jw 1.1)."""
    facts = why.facts
    why.need("born_on", "on", "part")
    why.rests_on("JW-02", "JW-08")
    age, limit = age_on(facts.born_on, facts.on), why.number("youth_until_age", facts.on)
    if facts.part == 1 or age < limit:
        why.say(f"Deel {facts.part} van de jeugdhulp past bij {age} jaar; toets verder of dit een jeugdige is.")
        return why.answer(True)
    if facts.part == 3 and facts.youth_criminal_law:
        why.say("Persoonlijke verzorging mag ook na de 18e verjaardag als het jeugdstrafrecht is toegepast.")
        return why.answer(True)
    why.say(f"Deel {facts.part} van de jeugdhulp stopt bij {limit} jaar. Denk aan de Wmo.")
    return why.answer(False)
