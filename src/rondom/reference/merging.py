"""Comparing a file with what is stored: what is new, changed, ended or the same, and which lines cannot be.

Works for everything that is a series of half-open periods: codes, areas, parameters. Nothing is ever deleted: a stored
row that the file does not name stays, and is counted.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.reference.files import Line, Refusal


@dataclass(frozen=True)
class Stored:
    """A stored row: its key, series, period and content."""

    key: Any
    series: tuple[str, ...]
    starts: dt.date
    ends: dt.date | None
    content: dict[str, Any]


@dataclass
class Merge:
    """What loading would do. `changed` and `ended` pair the stored key with the line; `kept` is not in the file."""

    new: list[Line] = field(default_factory=list)
    changed: list[tuple[Any, Line]] = field(default_factory=list)
    ended: list[tuple[Any, Line]] = field(default_factory=list)
    unchanged: int = 0
    kept: int = 0
    refused: list[Refusal] = field(default_factory=list)


def merge(stored: Iterable[Stored], lines: Iterable[Line]) -> Merge:
    """Compare; a line that is there twice or overlaps another period of its series is refused."""
    result = Merge()
    before = {(row.series, row.starts): row for row in stored}
    after: dict[tuple[tuple[str, ...], dt.date], Line] = {}
    for line in lines:
        key = (line.series, line.starts)
        if key in after:
            sentence = _("%(what)s from %(day)s is also on line %(line)s.")
            words = {"what": " ".join(line.series), "day": line.starts, "line": after[key].number}
            result.refused.append(Refusal(line.number, sentence % words))
            continue
        row = before.get(key)
        if row is not None and line.ends is None:  # a file that knows no end never reopens what ended here
            line = replace(line, ends=row.ends)
        after[key] = line
        _sort_in(result, row, line)
    result.kept = len(before.keys() - after.keys())
    result.refused += _overlaps({**{key: row for key, row in before.items() if key not in after}, **after})
    return result


def _sort_in(result: Merge, row: Stored | None, line: Line) -> None:
    if row is None:
        result.new.append(line)
    elif row.content == line.content and row.ends == line.ends:
        result.unchanged += 1
    elif row.content == line.content and row.ends is None:
        result.ended.append((row.key, line))
    else:
        result.changed.append((row.key, line))


def _overlaps(rows: dict[tuple[tuple[str, ...], dt.date], Stored | Line]) -> list[Refusal]:
    found = []
    ordered = sorted(rows.items(), key=lambda item: item[0])
    for series, group in groupby(ordered, key=lambda item: item[0][0]):
        for (_key, first), (_next, second) in pairwise(group):
            if first.ends is not None and first.ends <= second.starts:
                continue
            line = second if isinstance(second, Line) else first
            other = first if line is second else second
            if isinstance(line, Line):
                sentence = _("%(what)s would hold twice: another period of it, from %(starts)s to %(ends)s, overlaps.")
                words = {"what": " ".join(series), "starts": other.starts, "ends": other.ends or _("now")}
                found.append(Refusal(line.number, sentence % words))
    return found
