"""Days, holidays and terms: the Algemene termijnenwet (ATW) and what lies around it (rules CAL-01 to CAL-11).

A term "after day D" starts counting the day after D. Ends are inclusive: the last day on which something is in time.
"""

import calendar as months
import dataclasses
import datetime as dt
import enum
import functools
import zoneinfo
from typing import Any

from rondom.law import words
from rondom.law.engine import Answer, ParameterSet, Reading, Reasoning, fact, national, rule

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
EQUATED = "een gelijkgestelde dag"
FIRST_EQUATED = 2020  # the first year for which `parameters/calendar.toml` has a list
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


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


def free_day(day: dt.date, parameters: ParameterSet | None = None) -> str:
    """Return why a day is free for a statutory term ("zaterdag", "Hemelvaartsdag", ...), or "" (CAL-01)."""
    if day.weekday() >= SATURDAY:
        return words.DAYS[day.weekday()]
    if name := holidays(day.year).get(day):
        return name
    return EQUATED if is_equated(day, parameters) else ""


def is_equated(day: dt.date, parameters: ParameterSet | None = None) -> bool:
    """Tell whether a royal decree that we know equates a day with a holiday (ATW 3 lid 3; CAL-05)."""
    if day.year < FIRST_EQUATED:
        return False
    return day in (parameters or national()).on("equated_days", dt.date(day.year, 12, 31)).value


def is_bridge(day: dt.date) -> bool:
    """Tell whether a working day lies between two free days; every equated day so far is one (CAL-05)."""
    return not free_day(day) and bool(free_day(day - ONE_DAY)) and bool(free_day(day + ONE_DAY))


def is_working_day(day: dt.date, parameters: ParameterSet | None = None) -> bool:
    """Tell whether a day is a working day: no Saturday, Sunday, holiday or equated day (CAL-09)."""
    reason = free_day(day, parameters)
    if reason == EQUATED:
        return bool((parameters or national()).on("equated_days_are_working_days", day).value)
    return not reason


def add_working_days(day: dt.date, count: int, parameters: ParameterSet | None = None) -> dt.date:
    """Return the day `count` working days after a day, or before it; counting starts the next day (CAL-09)."""
    step, left = (ONE_DAY, count) if count >= 0 else (-ONE_DAY, -count)
    while left > 0:
        day += step
        left -= is_working_day(day, parameters)
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


LONGEST = {Unit.DAYS: 90, Unit.WORKING_DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}


@dataclasses.dataclass(frozen=True)
class Term:
    """A length of time: 8 weeks, 3 months, 5 working days."""

    length: int
    unit: Unit
    level: Level = Level.ACT
    liberty: bool = False  # a term about deprivation of liberty: never lengthened (ATW 4 c)

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
        set_by_law = self.level in (Level.ACT, Level.ORDER_IN_COUNCIL)
        return set_by_law and not self.liberty and self.length <= LONGEST[self.unit]


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
    if term.unit is Unit.WORKING_DAYS:
        raw = working_days(why, start, term.length)
    else:
        raw = term.after(start)
        why.rests_on("CAL-08")
        why.say(f"{term.in_words().capitalize()} na {words.day(start)} is {words.day(raw)}.")
    end = raw + dt.timedelta(days=suspended)
    if suspended:
        why.rests_on("CAL-11")
        stood = words.count(suspended, "dag", "dagen")
        why.say(f"De termijn stond {stood} stil; dat geeft {words.day(end)}.")
    if not term.is_covered:
        return Deadline(raw, suspended, end)
    return Deadline(raw, suspended, lengthened(why, start, end, term))


def lengthened(why: Reasoning[Any], start: dt.date, end: dt.date, term: Term) -> dt.date:
    """Return the last day of a term that the ATW covers: two open days (art. 2), no end on a free day (art. 1)."""
    numbers = why.numbers
    last = end
    if term.unit is not Unit.DAYS or term.length >= 3:
        last = _with_two_open_days(start, end, numbers)
        if last != end:
            why.rests_on("CAL-03")
            why.say(f"In de termijn moeten twee gewone dagen zitten; daarom loopt die tot en met {words.day(last)}.")
    if reason := free_day(last, numbers):
        shifted_to = shifted(last, numbers)
        why.rests_on("CAL-01")
        if reason not in words.DAYS:
            why.rests_on("CAL-05" if reason == EQUATED else "CAL-04")
        free = "Een termijn eindigt niet in het weekend" if reason in words.DAYS else f"Dat is {reason}"
        why.say(f"{free}; de termijn loopt door tot en met {words.day(shifted_to)}.")
        last = shifted_to
    _warn_unknown_years(why, last, numbers)
    return last


def _warn_unknown_years(why: Reasoning[Any], last: dt.date, numbers: ParameterSet) -> None:
    """Doubt when a decree that we do not know may equate the last day: any later year, earlier years a bridge day."""
    known_from = numbers.on("equated_days_known_from", last).value
    known_through = numbers.on("equated_days_known_through", last).value
    if last.year > known_through or (last.year < known_from and is_bridge(last)):
        later = shifted(last + ONE_DAY, numbers)
        why.rests_on("CAL-05")
        why.doubts(
            f"De gelijkgestelde dagen van {last.year} zijn niet bekend.",
            Reading("de dag is geen gelijkgestelde dag", last),
            Reading("de dag wordt een gelijkgestelde dag", later),
        )


def working_days(why: Reasoning[Any], start: dt.date, count: int) -> dt.date:
    """Count working days after a day (before it with a negative count), say what was skipped, and doubt CAL-09."""
    numbers = why.numbers
    why.rests_on("CAL-09")
    last = add_working_days(start, count, numbers)
    first, final = (start + ONE_DAY, last) if count >= 0 else (last, start - ONE_DAY)
    between = [first + dt.timedelta(days=n) for n in range((final - first).days + 1)]
    free = [(day, reason) for day in between if (reason := free_day(day, numbers))]
    skipped = [f"{words.day(day)} ({reason})" for day, reason in free if day.weekday() < SATURDAY]
    way = "na" if count >= 0 else "voor"
    counted = words.count(abs(count), "werkdag", "werkdagen")
    why.say(f"{counted} {way} {words.day(start)} is {words.day(last)}; weekenden tellen niet mee.")
    if skipped:
        why.rests_on("CAL-04")
        why.say(f"Ook niet: {', '.join(skipped)}.")
    if any(reason == EQUATED for _, reason in free):
        why.rests_on("CAL-05")
        why.choice(
            "equated_days_are_working_days", start, "Het is niet zeker of een gelijkgestelde dag als werkdag telt.",
            yes="hij telt wel als werkdag", no="hij telt niet als werkdag",
        )  # fmt: skip
    return last


class Whose(enum.StrEnum):
    """Whose term it is: for a term in an ordinance this decides whether it is lengthened (CAL-07)."""

    CITIZEN = "citizen"
    AUTHORITY = "authority"


@dataclasses.dataclass(frozen=True)
class TermFacts:
    """A term that starts after a day."""

    starts_after: dt.date | None = fact("de dag waarna de termijn begint")
    length: int | None = fact("hoe lang de termijn is")
    unit: Unit | None = fact("in dagen, werkdagen, weken, maanden of jaren")
    level: Level = fact(
        "waar de termijn staat: wet, besluit, regeling, verordening, contract of norm", default=Level.ACT
    )
    suspended_days: int = fact("hoeveel dagen de termijn stilstond", default=0)
    backward: bool = fact("of wordt teruggeteld", default=False)
    liberty: bool = fact("of de termijn over vrijheidsbeneming gaat", default=False)
    whose: Whose | None = fact("van wie de termijn is: van de inwoner of van de gemeente")


@rule(
    title="Einde van een termijn", day="starts_after",
    ids=("CAL-01", "CAL-02", "CAL-03", "CAL-04", "CAL-05", "CAL-06", "CAL-07", "CAL-08", "CAL-11"),
)  # fmt: skip
def end_of_term(why: Reasoning[TermFacts]) -> Answer[Deadline]:
    """Return the last day of a term. Counted back from a moment there is no shift (ATW 1 lid 2; CAL-02)."""
    facts = why.facts
    why.need("starts_after", "length", "unit")
    why.expect(0 < facts.length <= 36500, "length", "a whole number from 1")
    why.expect(0 <= facts.suspended_days <= 36500, "suspended_days", "a whole number from 0")
    term = Term(facts.length, Unit(facts.unit), Level(facts.level), facts.liberty)
    if facts.backward:
        return why.answer(counted_back(why, facts.starts_after, term))
    if term.level is Level.ORDINANCE and not facts.liberty:
        term = _of_ordinance(why, term)
    elif not term.is_covered:
        why.rests_on("CAL-06", "CAL-07")
        why.say("De Algemene termijnenwet geldt niet voor deze termijn.")
    return why.answer(deadline(why, facts.starts_after, term, suspended=facts.suspended_days))


def counted_back(why: Reasoning[Any], start: dt.date, term: Term) -> Deadline:
    """Count back from a moment: no shift at the end (ATW 1 lid 2; CAL-02)."""
    why.rests_on("CAL-02")
    if term.unit is Unit.WORKING_DAYS:
        day = working_days(why, start, -term.length)
    else:
        day = dataclasses.replace(term, length=-term.length).after(start)
        why.say(f"{term.in_words().capitalize()} terug vanaf {words.day(start)}: {words.day(day)}.")
    why.say("Een termijn die terugtelt, schuift niet op.")
    return Deadline(day, 0, day)


def _of_ordinance(why: Reasoning[Any], term: Term) -> Term:
    """Return the term as it is counted: an ordinance lies outside the ATW, and practice differs (CAL-07, uncertain)."""
    facts = why.facts
    why.need("whose")
    why.rests_on("CAL-07")
    shifts = why.choice(
        f"ordinance_terms_shift_for_{facts.whose}", facts.starts_after,
        "Gemeenten gaan verschillend om met termijnen uit een verordening.",
        yes="de termijn schuift op", no="de termijn schuift niet op",
    )  # fmt: skip
    why.say("De Algemene termijnenwet geldt niet vanzelf voor een termijn uit een verordening.")
    return dataclasses.replace(term, level=Level.ACT) if shifts else term


@dataclasses.dataclass(frozen=True)
class WorkingDayFacts:
    """A number of working days after a day."""

    starts_after: dt.date | None = fact("de dag waarna geteld wordt")
    days: int | None = fact("hoeveel werkdagen; onder nul is terug")


@rule(title="Werkdagen tellen", ids=("CAL-04", "CAL-05", "CAL-09"), day="starts_after")
def working_days_after(why: Reasoning[WorkingDayFacts]) -> Answer[dt.date]:
    """Return the day that lies a number of working days after a day, or before it (CAL-09)."""
    facts = why.facts
    why.need("starts_after", "days")
    why.expect(abs(facts.days) <= 10000, "days", "a whole number from -10000 through 10000")
    return why.answer(working_days(why, facts.starts_after, facts.days))


def in_amsterdam(moment: dt.datetime) -> dt.datetime:
    """Return a moment on the clock of Amsterdam; a moment without a zone is meant there (GEN-04)."""
    return moment.replace(tzinfo=AMSTERDAM) if moment.tzinfo is None else moment.astimezone(AMSTERDAM)


def hours_later(moment: dt.datetime, hours: int) -> dt.datetime:
    """Return the moment so many elapsed hours later, on the clock of Amsterdam; summer time shifts no deadline."""
    due = in_amsterdam(moment).astimezone(dt.UTC) + dt.timedelta(hours=hours)
    return due.astimezone(AMSTERDAM)


@dataclasses.dataclass(frozen=True)
class HoursFacts:
    """A term in hours."""

    starts_at: dt.datetime | None = fact("het moment waarop de termijn begint")
    hours: int | None = fact("hoeveel uur")


@rule(title="Een termijn in uren", ids=("CAL-06",), day="starts_at")
def end_of_hours(why: Reasoning[HoursFacts]) -> Answer[dt.datetime]:
    """Return the moment a term in hours ends: elapsed hours, no weekend or holiday counts (ATW 4; CAL-06)."""
    facts = why.facts
    why.need("starts_at", "hours")
    why.expect(0 < facts.hours <= 100000, "hours", "a whole number from 1")
    why.rests_on("CAL-06")
    due = hours_later(facts.starts_at, facts.hours)
    why.say(f"{facts.hours} uur later: {words.moment(due)}. Nachten, weekenden en feestdagen tellen mee.")
    return why.answer(due)


@dataclasses.dataclass(frozen=True)
class ReceiptFacts:
    """Something came in through an electronic channel."""

    received_at: dt.datetime | None = fact("het moment waarop het bericht in het systeem kwam")


@rule(title="Dag van ontvangst", ids=("CAL-10",), day="received_at")
def day_of_receipt(why: Reasoning[ReceiptFacts]) -> Answer[dt.date]:
    """Return the day of receipt of an electronic message: the day in Amsterdam, also in the evening (CAL-10)."""
    why.need("received_at")
    why.rests_on("CAL-10")
    day = in_amsterdam(why.facts.received_at).date()
    why.say(f"Het bericht telt als ontvangen op {words.day(day)}, ook in de avond en in het weekend.")
    return why.answer(day)


@dataclasses.dataclass(frozen=True)
class WarningFacts:
    """A term that runs."""

    starts_after: dt.date | None = fact("de dag waarna de termijn begint")
    last_day: dt.date | None = fact("de laatste dag van de termijn")


@rule(title="Waarschuwen voor een termijn", ids=("CAL-11",), day="starts_after")
def warning_days(why: Reasoning[WarningFacts]) -> Answer[tuple[dt.date, ...]]:
    """Return the days on which half, three quarters and nine tenths of a term have passed (law-and-norms section 2)."""
    facts = why.facts
    why.need("starts_after", "last_day")
    why.expect(facts.last_day >= facts.starts_after, "last_day", "a day on or after starts_after")
    why.rests_on("CAL-11")
    length = (facts.last_day - facts.starts_after).days
    days = tuple(facts.starts_after + dt.timedelta(days=length * part // 100) for part in (50, 75, 90))
    why.say(f"Waarschuw op {', '.join(map(words.day, days))}: dan is 50, 75 en 90 procent van de tijd voorbij.")
    return why.answer(days)
