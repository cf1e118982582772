"""A quarter of a crisis register, counted: pure functions from lines to figures.

Source of the tables and their words: Zorglandschap Jeugd Flevoland 2016/17, tables 1 to 3 (items F19-F27). Nothing here
knows a region, a municipality or a year: those come in as the `Frame`.

A figure has a path, such as ("placed", "ambulant", "Almere", "12-"). Lines and persons are counted apart.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rondom.facts import counts
from rondom.facts.counts import Count
from rondom.facts.crisis import CrisisLine

YOUNGER, OLDER = "12-", "12+"
AGES = (YOUNGER, OLDER)
TOTAL = "totaal"
NONE = "geen"
PLACED, AFTER_AMBULATORY, AFTER_STAY, REASONS = "placed", "after_ambulatory", "after_stay", "no_help_reasons"
LENGTHS = "length_of_stay"
UNKNOWN_REASON = "Niet ingevuld"


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year: `starts` is its first day, `ends` the first day after it, `last` its last day."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """Read "2016Q3"; raise ValueError when it is no quarter."""
        found = re.fullmatch(r"(\d{4})-?[QqKk]([1-4])", text.strip())
        if found is None or not 1900 <= int(found[1]) <= 9000:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @property
    def starts(self) -> dt.date:
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def ends(self) -> dt.date:
        return dt.date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)

    @property
    def last(self) -> dt.date:
        return self.ends - dt.timedelta(days=1)

    def __contains__(self, day: dt.date | None) -> bool:
        return day is not None and self.starts <= day < self.ends

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@dataclass(frozen=True)
class Area:
    """A column of the table: CBS code ("" outside the region), printed name, whether ambulatory help is registered."""

    code: str
    name: str
    desk: bool = True


@dataclass(frozen=True)
class Frame:
    """The rows and columns of the tables, and the choices of this place, as they held when the quarter began."""

    forms: tuple[str, ...]
    stays: frozenset[str]
    ambulatory: str
    areas: tuple[Area, ...]
    outside: Area
    after_ambulatory: tuple[tuple[str, str], ...]
    after_stay: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    first_older_age: int = 12
    few: int = 30

    def age_group(self, age: int) -> str:
        """Return the group of an age; exactly 12 as set here."""
        return OLDER if age >= self.first_older_age else YOUNGER

    def area_name(self, municipality: str) -> str:
        """Return the printed name of the column a municipality counts in."""
        return next((area.name for area in self.areas if area.code == municipality), self.outside.name)


Path = tuple[str, ...]
Figures = dict[Path, int]
Lengths = dict[Path, int | float | None]


@dataclass(frozen=True)
class Counted:
    """A quarter counted: every figure by its path, and the counts that are of different things.

    `lengths` are days of stay, for each area and age group: over how many lines, the median, the shortest and longest.
    """

    figures: Figures
    lengths: Lengths
    persons: Count
    lines: Count
    help_lines: Count
    none_lines: Count
    persons_without_help: Count


def count(lines: Iterable[CrisisLine], quarter: Quarter, frame: Frame) -> Counted:
    """Count a quarter: what was reported in it, and what followed on the help that ended in it."""
    every = list(lines)
    reported = [line for line in every if line.reported_on in quarter]
    ended = [line for line in every if line.ended_on in quarter]
    helped = {line.youth_key for line in reported if line.form != NONE}
    persons = counts.persons(len({line.youth_key for line in reported}))
    all_lines, none_lines = counts.lines(len(reported)), counts.lines(sum(line.form == NONE for line in reported))
    help_lines, unhelped = all_lines - none_lines, persons - counts.persons(len(helped))
    figures: Figures = _placed(reported, frame)
    figures |= _after(AFTER_AMBULATORY, ended, {frame.ambulatory}, frame.after_ambulatory, frame)
    figures |= _after(AFTER_STAY, ended, frame.stays, frame.after_stay, frame)
    figures |= _reasons(reported, frame)
    figures |= {
        ("persons",): persons.value,
        ("lines",): all_lines.value,
        ("help_lines",): help_lines.value,
        ("none_lines",): none_lines.value,
        ("persons_without_help",): unhelped.value,
        ("none_lines_with_reason",): sum(bool(line.no_help_reason) for line in reported),
        ("ended_lines",): len(ended),
        ("ended_lines_with_follow_up",): sum(bool(line.follow_up) for line in ended),
        ("left_stay",): sum(line.form in frame.stays for line in ended),
    }
    return Counted(figures, _lengths(ended, frame), persons, all_lines, help_lines, none_lines, unhelped)


def _placed(reported: Sequence[CrisisLine], frame: Frame) -> Figures:
    names = [*(area.name for area in frame.areas), frame.outside.name, TOTAL]
    figures: Figures = {
        (PLACED, form, name, age): 0 for form in (*frame.forms, TOTAL) for name in names for age in AGES
    }
    for line in reported:
        age = frame.age_group(line.age)
        for form in (line.form, TOTAL):
            for name in (frame.area_name(line.municipality), TOTAL):
                figures[PLACED, form, name, age] += 1
    return figures


def _after(
    table: str, ended: Sequence[CrisisLine], forms: frozenset[str] | set[str], labels: tuple[tuple[str, str], ...],
    frame: Frame,
) -> Figures:  # fmt: skip
    """Count what followed. A code that no longer holds keeps its own row, under its code."""
    names = dict(labels)
    figures: Figures = {(table, name, age): 0 for name in names.values() for age in AGES}
    for line in ended:
        if line.form in forms and line.follow_up:
            name = names.get(line.follow_up, line.follow_up)
            for age in AGES:
                figures.setdefault((table, name, age), 0)
            figures[table, name, frame.age_group(line.age)] += 1
    return figures


def _reasons(reported: Sequence[CrisisLine], frame: Frame) -> Figures:
    names = {**dict(frame.reasons), "": UNKNOWN_REASON}
    figures: Figures = {(REASONS, name, age): 0 for name in names.values() for age in AGES}
    for line in reported:
        if line.form == NONE:
            figures[REASONS, names.get(line.no_help_reason, UNKNOWN_REASON), frame.age_group(line.age)] += 1
    return figures


def _lengths(ended: Sequence[CrisisLine], frame: Frame) -> Lengths:
    """Return how long ended stays took (F19, F25), where both days are known."""
    stays = [line for line in ended if line.form in frame.stays and line.days is not None]
    found: Lengths = {}
    for name in (*(area.name for area in frame.areas), frame.outside.name, TOTAL):
        for age in AGES:
            days = sorted(
                line.days
                for line in stays
                if line.days is not None
                and frame.age_group(line.age) == age
                and name in (TOTAL, frame.area_name(line.municipality))
            )
            said = {"lines": len(days), "median": median(days) if days else None}
            said |= {"shortest": days[0] if days else None, "longest": days[-1] if days else None}
            found |= {(LENGTHS, name, age, key): value for key, value in said.items()}
    return found
