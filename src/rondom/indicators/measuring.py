"""From a declared indicator to its figures: one question to the snapshot per indicator, in SQL that can be shown.

The SQL is that of DuckDB and of PostgreSQL alike; a test asks both.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rondom.indicators import linked
from rondom.indicators.declared import ROWS, Indicator, Made, When, groupings
from rondom.indicators.linked import NUMBER, PART, REST, Count, Kinds, Split
from rondom.indicators.periods import Period
from rondom.reference import queries as reference


@dataclass(frozen=True)
class Figure:
    """One figure of one group. `number`: how many rows or persons it rests on; of a share `part` of these have it.

    `value` is the figure itself: the number, the percentage, the median or the average; None when nothing counts.
    """

    group: tuple[str, ...]
    number: int
    part: int | None
    value: float | None


@dataclass(frozen=True)
class Measured:
    """The figures of an indicator in a period, with the SQL that was asked. An ungrouped figure has one row."""

    indicator: Indicator
    period: Period
    by: tuple[str, ...]
    sql: str
    figures: tuple[Figure, ...] = field(default=())

    @property
    def total(self) -> Figure | None:
        """The only figure when nothing was split; None when it was, or when nothing counts."""
        return self.figures[0] if not self.by and self.figures else None


def measured(
    connection: Any, indicator: Indicator, period: Period, by: Sequence[str] = (), *,
    numbers: Mapping[str, int] | None = None,
) -> Measured:  # fmt: skip
    """Return an indicator over a period, split by `by`, of the snapshot a connection is open on.

    `numbers` takes the place of the parameters the indicator names, as they hold on the last day of the period. Raises
    ValueError when the indicator may not be split so.
    """
    sql = sql_of(indicator, period, by, numbers=numbers)
    rows = connection.execute(sql).fetchall()
    return Measured(indicator, period, tuple(by), sql, tuple(_figure(indicator, row, len(by)) for row in rows))


def sql_of(
    indicator: Indicator, period: Period, by: Sequence[str] = (), *, numbers: Mapping[str, int] | None = None
) -> str:
    """Return the question in SQL: the groups, how many it rests on, of a share the part, of a median its value."""
    unknown = [name for name in by if name not in indicator.groups]
    if unknown:
        raise ValueError(f"{indicator.key} cannot be split by {', '.join(unknown)}")
    filled = _filling(indicator, period, numbers or {})
    groups, rows, where = _asked(indicator, period, by, filled)
    picked = ", ".join([*groups, *_made(indicator, filled)])
    sql = f"SELECT {picked}\nFROM {rows}" + (f"\nWHERE {where}" if where else "")
    places = ", ".join(str(place) for place in range(1, len(by) + 1))
    return f"{sql}\nGROUP BY {places}\nORDER BY {places}" if by else sql


def kinds(
    connection: Any, indicator: Indicator, period: Period, splits: Iterable[Sequence[str]], *,
    numbers: Mapping[str, int] | None = None,
) -> Kinds:  # fmt: skip
    """Return what the gate needs of tables that are published together: how many units are counted in which of them.

    A unit is a row, or what a key that is counted stands for. `splits` are the tables; the total is always one of them.
    Only of a number or a share.
    """
    filled = _filling(indicator, period, numbers or {})
    tables: list[Split] = list(dict.fromkeys([(), *(tuple(by) for by in splits)]))
    if (indicator.counts and not indicator.first_by) or indicator.per:
        return _kinds_of_keys(connection, indicator, period, tables, filled)
    names = list(dict.fromkeys(name for table in tables for name in table))
    groups, rows, where = _asked(indicator, period, names, filled)
    picked = ", ".join([*groups, _has(indicator, filled), "count(*)"])
    places = ", ".join(str(place) for place in range(1, len(names) + 2))
    sql = f"SELECT {picked} FROM {rows} WHERE {where} GROUP BY {places}"  # noqa: S608 - declared
    return linked.kinds_of(
        (
            frozenset(_count(indicator, one, [row[names.index(name)] for name in one], row[-2]) for one in tables),
            row[-1],
        )
        for row in connection.execute(sql).fetchall()
    )


def _kinds_of_keys(
    connection: Any, indicator: Indicator, period: Period, tables: Sequence[Split], filled: Callable[[str], str]
) -> Kinds:
    """Return the kinds when keys are counted: one can be counted in several groups of one table."""
    key = indicator.per or indicator.counts
    found: dict[Any, set[Count]] = defaultdict(set)
    for table in tables:
        groups, rows, where = _asked(indicator, period, table, filled)
        has = f"bool_or({_has(indicator, filled)})"
        picked = ", ".join([key, *groups, has])
        places = ", ".join(str(place) for place in range(1, len(table) + 2))
        sql = f"SELECT {picked} FROM {rows}" + (f" WHERE {where}" if where else "")  # noqa: S608 - declared
        for one, *group, part in connection.execute(f"{sql} GROUP BY {places}").fetchall():
            found[one].add(_count(indicator, table, group, part))
    return linked.kinds_of((frozenset(counts), 1) for counts in found.values())


def _has(indicator: Indicator, filled: Callable[[str], str]) -> str:
    """Return the condition of a share as SQL that is true or false; of a number, true."""
    return f"coalesce({filled(indicator.part)}, false)" if indicator.part else "true"


def _count(indicator: Indicator, table: Split, group: Sequence[Any], has: bool) -> Count:
    """Return the count of a table in which a unit of a group is counted."""
    which = NUMBER if not indicator.part else PART if has else REST
    return table, _names(group), which


def _names(group: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(each or "") for each in group)


def _asked(
    indicator: Indicator, period: Period, by: Sequence[str], filled: Callable[[str], str]
) -> tuple[list[str], str, str]:
    """Return the groups that are asked, of which rows, and the condition ("": all of these rows)."""
    groups = [f"{filled(groupings[name].sql)} AS {name}" for name in by]
    rows, where = indicator.table, _where(indicator, period, filled)
    if indicator.first_by:
        place = f"row_number() OVER (PARTITION BY {indicator.counts} ORDER BY {filled(indicator.first_by)})"
        rows = f"(SELECT *, {place} AS place FROM {rows} WHERE {where}) AS each_row"  # noqa: S608 - declared
        where = f"place = 1 AND ({filled(indicator.then)})" if indicator.then else "place = 1"
    if indicator.per:
        keys = ", ".join(str(place) for place in range(1, len(by) + 2))
        inner = ", ".join([indicator.per, *groups, f"count(*) AS {ROWS}"])
        rows, where = f"(SELECT {inner} FROM {rows} WHERE {where} GROUP BY {keys}) AS each_one", ""  # noqa: S608
        groups = list(by)
    return groups, rows, where


def behind(indicator: Indicator, period: Period, columns: str) -> str:
    """Return the question for the rows that count, key by key in the order in which the first of a key counts.

    `columns` is SQL of ours. Only of an indicator with `first_by`.
    """
    filled = _filling(indicator, period, {})
    order = f"{indicator.counts}, {filled(indicator.first_by)}"
    where = _where(indicator, period, filled)
    return f"SELECT {columns} FROM {indicator.table} WHERE {where} ORDER BY {order}"  # noqa: S608 - declared


def _where(indicator: Indicator, period: Period, filled: Callable[[str], str]) -> str:
    """Return the condition on the rows that belong to the period and that the indicator is about."""
    conditions = [_belongs(indicator, period)]
    conditions += [f"({filled(indicator.whole)})"] if indicator.whole else []
    conditions += [f"{indicator.of} IS NOT NULL"] if indicator.of and not indicator.per else []
    return " AND ".join(conditions)


def _made(indicator: Indicator, filled: Callable[[str], str]) -> list[str]:
    """Return what is computed over the rows: how many, and of a share the part, of a median or average its value."""
    counted = f"count(DISTINCT {indicator.counts})" if indicator.counts else "count(*)"
    made = [f"{counted} AS number"]
    if indicator.part:
        made.append(f"{counted} FILTER (WHERE {filled(indicator.part)}) AS part")
    if indicator.made is Made.MEDIAN:
        made.append(f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {indicator.of}) AS middle")
    if indicator.made is Made.AVERAGE:
        made.append(f"avg({indicator.of}) AS average")
    return made


def _belongs(indicator: Indicator, period: Period) -> str:
    begins, ends = _day(period.starts), _day(period.ends)
    if indicator.when is When.HAPPENED:
        return f"{indicator.day} >= {begins} AND {indicator.day} < {ends}"
    least = ends if indicator.when is When.AT_THE_END else begins
    return f"{indicator.day} < {ends} AND ({indicator.until} IS NULL OR {indicator.until} >= {least})"


def _filling(indicator: Indicator, period: Period, given: Mapping[str, int]) -> Callable[[str], str]:
    """Return what puts the days of the period and the numbers of an indicator in a declared condition."""
    words = {":first": _day(period.starts), ":last": _day(period.last)}
    for name in indicator.numbers:
        number = given[name] if name in given else reference.value(name, on=period.last).value
        words[f":{name}"] = str(int(number))

    def filled(text: str) -> str:
        for word, said in words.items():
            text = text.replace(word, said)
        return text

    return filled


def _day(day: dt.date) -> str:
    return f"DATE '{day.isoformat()}'"


def _figure(indicator: Indicator, row: Sequence[Any], groups: int) -> Figure:
    group, (number, *more) = _names(row[:groups]), row[groups:]
    if indicator.made is Made.NUMBER:
        return Figure(group, number, None, float(number))
    if indicator.made is Made.SHARE:
        return Figure(group, number, more[0], 100 * more[0] / number if number else None)
    return Figure(group, number, None, None if more[0] is None else float(more[0]))
