"""How an indicator is declared: one definition, read by every page, report and export.

An indicator asks one table of the facts (`rondom.facts`). It says which rows belong to a period, which of those count,
and what is made of them. Conditions are SQL on the columns of the table, in the part of the language that DuckDB and
PostgreSQL share; `indicators.measuring` puts them together and shows what it asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rondom.facts.schema import Grain, tables

YOUTH = "youth_key"  # the key whose different values are persons
ROWS = "rows"  # of an indicator `per` a key: how many rows there were


class When(StrEnum):
    """Which rows belong to a period. Facts carry months and periods are whole months, so these are exact.

    HAPPENED   the day in column `day` lies in it
    AT_THE_END it goes on after the last day: begun by then, and `until`, its last day, lies later or is empty
               (CBS: what ends on the last day does not count in the end stock, Jeugdbescherming 2019, table 1.0.1)
    DURING     it ran on at least one day of it (CBS: in the year)
    """

    HAPPENED = "happened"
    AT_THE_END = "at_the_end"
    DURING = "during"


class Made(StrEnum):
    """What is made of the rows that count."""

    NUMBER = "number"
    SHARE = "share"
    MEDIAN = "median"
    AVERAGE = "average"


class Direction(StrEnum):
    """Which way is better; NEITHER: the figure says nothing about good or bad by itself."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True)
class Grouping:
    """A way to split a figure: its name in words, and the SQL that gives the group of a row."""

    key: str
    name: Any
    sql: str


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure with one definition.

    Conditions may name `:first` and `:last`, the first and last day of the period, and the parameters of `numbers`.

    key        short name, as used in commands and addresses
    name       what it is called; `question`: what somebody wants to know who asks for it
    table      the table of facts it asks; `when` with `day` (and `until`, the last day): which rows belong to a period
    whole      condition on the rows it is about; of a SHARE `part` says which of these have the property
    counts     "": rows; or the name of a key, whose different values are counted (persons, not lines)
    per        the name of a key: the rows are first put together per value of it, and `rows` says how many there were
    first_by   with `counts`: of the rows of one key only the first by this order counts, so that parts add up; `then`
               is a condition on that row
    numbers    names of parameters that stand in the conditions as `:name`; each has one value for everybody
    of         of a MEDIAN or AVERAGE: the column with the number; rows where it is empty do not count
    unit       of the figure: "days", "%", or what is counted
    groups     in which ways it may be split
    source     document or definition it follows, with the item; CBS where CBS has one
    """

    key: str
    name: Any
    question: Any
    table: str
    made: Made
    when: When
    day: str
    source: str
    direction: Direction = Direction.NEITHER
    until: str = ""
    whole: str = ""
    part: str = ""
    counts: str = ""
    per: str = ""
    first_by: str = ""
    then: str = ""
    numbers: tuple[str, ...] = ()
    of: str = ""
    unit: str = ""
    groups: tuple[str, ...] = ("municipality",)

    @property
    def grain(self) -> Grain:
        """What is counted: persons when a key of persons is counted, else what a row of the table is."""
        return Grain.PERSON if YOUTH in (self.counts, self.per) else tables[self.table].grain


groupings: dict[str, Grouping] = {}
indicators: dict[str, Indicator] = {}


def declare_groupings(rows: Iterable[Grouping]) -> None:
    """Make ways to split known, once."""
    for each in rows:
        if groupings.setdefault(each.key, each) != each:
            raise ValueError(f"the grouping {each.key} is declared twice")


def declare(rows: Iterable[Indicator]) -> None:
    """Make indicators known, once. Raises ValueError when one does not go together with its table."""
    for each in rows:
        if each.key in indicators and indicators[each.key] != each:
            raise ValueError(f"the indicator {each.key} is declared twice")
        wrong = _wrong(each)
        if wrong:
            raise ValueError(f"the indicator {each.key}: {wrong}")
        indicators[each.key] = each


def _wrong(each: Indicator) -> str:
    columns = {column.name for column in tables[each.table].columns} if each.table in tables else set()
    named = {name for name in (each.day, each.until, each.counts, each.per, each.of) if name and name != ROWS}
    if not columns:
        return f"there is no table {each.table}"
    if named - columns:
        return f"{each.table} has no column {', '.join(sorted(named - columns))}"
    if (each.made is Made.SHARE) != bool(each.part) or (each.made in (Made.MEDIAN, Made.AVERAGE)) != bool(each.of):
        return "what is made of the rows and the conditions do not go together"
    if (each.first_by and (each.per or not each.counts)) or (each.then and not each.first_by):
        return "the first of the rows of a key goes with a key that is counted"
    if (each.when is When.HAPPENED) == bool(each.until):
        return "what runs has two columns of days, what happens has one"
    unknown = set(each.groups) - groupings.keys()
    return f"no grouping {', '.join(sorted(unknown))}" if unknown else ""
