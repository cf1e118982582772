"""Days, holidays and terms: the Algemene termijnenwet (ATW) and what lies around it (rules CAL-01 to CAL-11).

A term "after day D" starts counting the day after D. Ends are inclusive: the last day on which something is in time.
"""

import calendar as months
import dataclasses
import datetime as dt
import enum
import functools
from typing import Any

from rondom.law import words
from rondom.law.engine import Answer, ParameterSet, Reading, Reasoning, Value, fact, national, rule

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


def easter(year: int) -> dt.date:
    """Return Easter Sunday (Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def kings_day(year: int) -> dt.date:
    """Return Koningsdag: 27 April, the 26th if that is a Sunday; until 2013 30 or 29 April (CAL-04)."""
    day = dt.date(year, 4, 27 if year >= 2014 else 30)
    return day - ONE_DAY if day.isoweekday() == 7 else day


@functools.lru_cache(maxsize=512)
def holidays(year: int) -> dict[dt.date, str]:
    """Return the recognised holidays of a year, Good Friday included as equated by the law itself (ATW 3; CAL-04)."""
    sunday = easter(year)

    def after(days: int) -> dt.date:
        return sunday + dt.timedelta(days=days)

    return {
        dt.date(year, 1, 1): "Nieuwjaarsdag",
        after(-2): "Goede Vrijdag",
        after(0): "Eerste Paasdag",
        after(1): "Tweede Paasdag",
        kings_day(year): "Koningsdag" if year >= 2014 else "Koninginnedag",
        dt.date(year, 5, 5): "Bevrijdingsdag",
        after(39): "Hemelvaartsdag",
        after(49): "Eerste Pinksterdag",
        after(50): "Tweede Pinksterdag",
        dt.date(year, 12, 25): "Eerste Kerstdag",
        dt.date(year, 12, 26): "Tweede Kerstdag",
    }


@functools.lru_cache(maxsize=64)
def _equated(parameters: ParameterSet, day: dt.date) -> frozenset[dt.date]:
    return frozenset(parameters.on("equated_days", day).value)


def free_day(day: dt.date, parameters: ParameterSet | None = None) -> str:
    """Return why a day is free for a statutory term ("zaterdag", "Hemelvaartsdag", ...), or "" (CAL-01)."""
    if day.weekday() >= SATURDAY:
        return words.DAYS[day.weekday()]
    if name := holidays(day.year).get(day):
        return name
    numbers = parameters or national()
    return "een gelijkgestelde dag" if day.year >= 2020 and day in _equated(numbers, dt.date(day.year, 12, 31)) else ""


def is_working_day(day: dt.date, parameters: ParameterSet | None = None) -> bool:
    """Tell whether a day is a working day: no Saturday, Sunday, holiday or equated day (CAL-09)."""
    reason = free_day(day, parameters)
    if reason == "een gelijkgestelde dag":
        return bool((parameters or national()).on("equated_days_are_working_days", day).value)
    return not reason


def add_working_days(day: dt.date, count: int, parameters: ParameterSet | None = None) -> dt.date:
    """Return the day `count` working days after a day; counting starts the day after (CAL-09)."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, parameters)
    return day


def add_months(day: dt.date, count: int) -> dt.date:
    """Return the same day number `count` months on, or the last day of that month (CAL-08)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def add_years(day: dt.date, count: int) -> dt.date:
    """Return the same day `count` years on; 29 February becomes 28 February in other years (CAL-08)."""
    return add_months(day, 12 * count)


class Unit(enum.StrEnum):
    """Unit of a term."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Level(enum.StrEnum):
    """Where a term is set; the ATW covers statutes and orders in council, nothing lower by itself (CAL-07)."""

    ACT = "act"
    ORDER_IN_COUNCIL = "order_in_council"
    REGULATION = "regulation"
    ORDINANCE = "ordinance"
    CONTRACT = "contract"
    NORM = "norm"


@dataclasses.dataclass(frozen=True)
class Term:
    """A length of time: 8 weeks, 3 months, 5 working days."""

    length: int
    unit: Unit
    level: Level = Level.ACT

    def in_words(self) -> str:
        """Return "8 weken"."""
        one, many = {
            Unit.DAYS: ("dag", "dagen"),
            Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
            Unit.WEEKS: ("week", "weken"),
            Unit.MONTHS: ("maand", "maanden"),
            Unit.YEARS: ("jaar", "jaar"),
        }[self.unit]
        return words.count(self.length, one, many)

    def after(self, day: dt.date, parameters: ParameterSet | None = None) -> dt.date:
        """Return the raw last day: the term after a day, before any shift (CAL-08)."""
        if self.unit is Unit.DAYS:
            return day + dt.timedelta(days=self.length)
        if self.unit is Unit.WORKING_DAYS:
            return add_working_days(day, self.length, parameters)
        if self.unit is Unit.WEEKS:
            return day + dt.timedelta(weeks=self.length)
        return add_months(day, self.length) if self.unit is Unit.MONTHS else add_years(day, self.length)

    @property
    def is_covered(self) -> bool:
        """Whether the ATW covers it: act or order in council, at most 90 days, 12 weeks or 3 months (CAL-06, 07)."""
        longest = {Unit.DAYS: 90, Unit.WORKING_DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}
        return self.level in (Level.ACT, Level.ORDER_IN_COUNCIL) and self.length <= longest[self.unit]


def shifted(day: dt.date, parameters: ParameterSet | None = None) -> dt.date:
    """Return the day itself, or the next day that is no Saturday, Sunday or holiday (ATW 1 lid 1; CAL-01)."""
    while free_day(day, parameters):
        day += ONE_DAY
    return day


def _with_two_open_days(start: dt.date, end: dt.date, parameters: ParameterSet | None) -> dt.date:
    """Return the end, extended until the term holds two days that are not free (ATW 2; CAL-03)."""
    opened, day = 0, start
    while day < end and opened < 2:
        day += ONE_DAY
        opened += not free_day(day, parameters)
    while opened < 2:
        end += ONE_DAY
        opened += not free_day(end, parameters)
    return end


@dataclasses.dataclass(frozen=True)
class Deadline:
    """The end of a term: `raw` before suspension and shift, `suspended` days, `last_day` that is in time."""

    raw: dt.date
    suspended: int
    last_day: dt.date


def deadline(why: Reasoning[Any], start: dt.date, term: Term, *, suspended: int = 0) -> Deadline:
    """Compute the end of a term after a day: raw end, suspension, then the ATW (CAL-11), and say each step."""
    numbers = why.numbers
    raw = term.after(start, numbers)
    end = raw + dt.timedelta(days=suspended)
    why.rests_on("CAL-08")
    why.say(f"{term.in_words().capitalize()} na {words.day(start)} is {words.day(raw)}.")
    if suspended:
        why.rests_on("CAL-11")
        stood = words.count(suspended, "dag", "dagen")
        why.say(f"De termijn stond {stood} stil; dat geeft {words.day(end)}.")
    if not term.is_covered:
        return Deadline(raw, suspended, end)
    last = end
    if term.unit is not Unit.DAYS or term.length >= 3:
        last = _with_two_open_days(start, end, numbers)
        if last != end:
            why.rests_on("CAL-03")
            why.say(f"In de termijn moeten twee gewone dagen zitten; daarom loopt hij door tot {words.day(last)}.")
    if reason := free_day(last, numbers):
        shifted_to = shifted(last, numbers)
        why.rests_on("CAL-01")
        why.say(f"Dat is {_as_reason(reason)}; de termijn loopt door tot en met {words.day(shifted_to)}.")
        last = shifted_to
    _warn_unknown_years(why, last, numbers)
    return Deadline(raw, suspended, last)


def _as_reason(reason: str) -> str:
    return f"een {reason}" if reason in words.DAYS else reason


def _warn_unknown_years(why: Reasoning[Any], last: dt.date, numbers: ParameterSet) -> None:
    known = numbers.on("equated_days_known_through", last).value if last.year >= 2020 else last.year
    if last.year > known and not free_day(last, numbers):
        later = shifted(last + ONE_DAY, numbers)
        why.rests_on("CAL-05")
        why.doubts(
            f"De gelijkgestelde dagen van {last.year} zijn nog niet bekend.",
            Reading("de dag is geen gelijkgestelde dag", last),
            Reading("de dag wordt een gelijkgestelde dag", later),
        )


@dataclasses.dataclass(frozen=True)
class TermFacts:
    """A term that starts after a day."""

    starts_after: dt.date | None = fact("de dag waarna de termijn begint")
    length: int | None = fact("hoe lang de termijn is")
    unit: Unit | None = fact("in dagen, weken, maanden of jaren")
    level: Level = fact(
        "waar de termijn staat: wet, besluit, regeling, verordening, contract of norm", default=Level.ACT
    )
    suspended_days: int = fact("hoeveel dagen de termijn stilstond", default=0)
    backward: bool = fact("of wordt teruggeteld", default=False)


@rule(
    title="Einde van een termijn", day="starts_after",
    ids=("CAL-01", "CAL-02", "CAL-03", "CAL-04", "CAL-05", "CAL-06", "CAL-07", "CAL-08", "CAL-11"),
)  # fmt: skip
def end_of_term(why: Reasoning[TermFacts]) -> Answer[Deadline]:
    """Return the last day of a term. Counted back from a moment there is no shift (ATW 1 lid 2; CAL-02)."""
    facts = why.facts
    why.need("starts_after", "length", "unit")
    term = Term(facts.length, Unit(facts.unit), Level(facts.level))
    if facts.backward:
        why.rests_on("CAL-02")
        day = Term(-facts.length, term.unit, term.level).after(facts.starts_after, why.numbers)
        why.say(f"Teruggeteld vanaf {words.day(facts.starts_after)}: {words.day(day)}. Terugtellen schuift niet op.")
        return why.answer(Deadline(day, 0, day))
    if not term.is_covered:
        why.rests_on("CAL-06", "CAL-07")
        why.say("De Algemene termijnenwet geldt niet voor deze termijn.")
    return why.answer(deadline(why, facts.starts_after, term, suspended=facts.suspended_days))


@dataclasses.dataclass(frozen=True)
class WorkingDayFacts:
    """A number of working days after a day."""

    starts_after: dt.date | None = fact("de dag waarna geteld wordt")
    days: int | None = fact("hoeveel werkdagen")


@rule(title="Werkdagen tellen", ids=("CAL-04", "CAL-05", "CAL-09"), day="starts_after")
def working_days_after(why: Reasoning[WorkingDayFacts]) -> Answer[dt.date]:
    """Return the day that lies a number of working days after a day (CAL-09)."""
    facts = why.facts
    why.need("starts_after", "days")
    why.rests_on("CAL-09")
    last = add_working_days(facts.starts_after, facts.days, why.numbers)
    between = (facts.starts_after + dt.timedelta(days=n) for n in range(1, (last - facts.starts_after).days + 1))
    free = [(day, free_day(day, why.numbers)) for day in between]
    skipped = [f"{words.day(day)} ({reason})" for day, reason in free if reason and day.weekday() < SATURDAY]
    counted = words.count(facts.days, "werkdag", "werkdagen")
    why.say(f"{counted} na {words.day(facts.starts_after)} is {words.day(last)}; weekenden tellen niet mee.")
    if skipped:
        why.say(f"Ook niet: {', '.join(skipped)}.")
    if any(reason == "een gelijkgestelde dag" for _, reason in free):
        as_working = why.numbers.with_rows([_as_working(why.numbers, facts.starts_after)])
        why.rests_on("CAL-05")
        why.doubts(
            "Het is niet zeker of een gelijkgestelde dag als werkdag telt.",
            Reading("hij telt niet als werkdag", last),
            Reading("hij telt wel als werkdag", add_working_days(facts.starts_after, facts.days, as_working)),
        )
    return why.answer(last)


def _as_working(numbers: ParameterSet, day: dt.date) -> Value:
    known = numbers.on("equated_days_are_working_days", day)
    return dataclasses.replace(known, value=True, scope="lezing")
