"""The lanes of a family as a picture: a line of days, what lasts as bars, what happened as marks. The template draws.

Pure numbers and words. A bar is whole where something goes on, has a broken edge where somebody waits; a moment is a
diamond. Colour only helps. Words stand above what they are about, and move left where the picture ends.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import dateformat

from rondom.core.components import Chip
from rondom.core.words import date_words
from rondom.dossiers.lanes import Form, LaneShown, Stretch

WIDTH, MARGIN = 440, 8  # of the box; left and right of the line of days
TOP, HEAD, ROW, AFTER = 28, 28, 44, 8  # the line of days; title of a lane; a row in it; room below a lane
LETTER = 9  # how wide a letter is at most, on average
MOST_LETTERS = 46
TICKS = 4  # at most so many dates on the line of days


@dataclass(frozen=True)
class Mark:
    """One bar or moment: its words with their place, and its own place. A moment has a `diamond` to draw."""

    label: str
    label_x: int
    label_y: int
    x: int
    y: int
    width: int
    waits: bool
    diamond: str
    before: bool
    after: bool


@dataclass(frozen=True)
class LaneDrawn:
    """One lane: its title, where it begins and how high it is, and what lies in it."""

    title: str
    y: int
    title_y: int
    height: int
    shaded: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Tick:
    """A date on the line of days."""

    x: int
    label: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture, in the units of its box."""

    width: int
    height: int
    today_x: int
    ticks: tuple[Tick, ...]
    lanes: tuple[LaneDrawn, ...]


@dataclass(frozen=True)
class Span:
    """From which day up to and including which day the picture tells."""

    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> int:
        """Return where a day lies; days outside lie on the edge."""
        whole = max((self.last - self.first).days, 1)
        inside = min(max(day, self.first), self.last)
        return MARGIN + round((inside - self.first).days * (WIDTH - 2 * MARGIN) / whole)

    def holds(self, stretch: Stretch, today: dt.date) -> bool:
        """Tell whether some of a stretch lies in these days."""
        return stretch.starts <= self.last and stretch.last_day(today) >= self.first


def draw(lanes: Sequence[LaneShown], span: Span, *, today: dt.date) -> Drawing | None:
    """Return the picture of what lies within these days; None when nothing does."""
    y = TOP
    drawn: list[LaneDrawn] = []
    for lane in lanes:
        marks, rows = _marks([each for each in lane.stretches if span.holds(each, today)], span, today, y + HEAD)
        if not marks:
            continue
        height = HEAD + rows * ROW + AFTER
        drawn.append(LaneDrawn(lane.title, y, y + HEAD - 8, height, len(drawn) % 2 == 0, tuple(marks)))
        y += height
    return Drawing(WIDTH, y, span.x(today), tuple(_ticks(span)), tuple(drawn)) if drawn else None


def _marks(stretches: Sequence[Stretch], span: Span, today: dt.date, top: int) -> tuple[list[Mark], int]:
    """Lay stretches in as few rows as hold them side by side; return them with the number of rows."""
    filled: list[int] = []  # per row: up to where it is filled
    marks = []
    for each in stretches:
        label = _words(each)
        x, end = span.x(each.starts), max(span.x(each.last_day(today)), span.x(each.starts) + 3)
        label_x = max(MARGIN, min(x, WIDTH - MARGIN - len(label) * LETTER))
        left, right = min(x - 7, label_x), max(end + 7, label_x + len(label) * LETTER)
        row = next((number for number, until in enumerate(filled) if until < left), len(filled))
        filled[row : row + 1] = [right]
        y = top + row * ROW
        marks.append(
            Mark(
                label=label, label_x=label_x, label_y=y + 14, x=x, y=y + 22, width=end - x,
                waits=each.form == Form.WAITS, diamond=_diamond(x, y + 29) if each.form == Form.MOMENT else "",
                before=each.starts < span.first, after=each.ends is None and each.form != Form.MOMENT,
            )
        )  # fmt: skip
    return marks, len(filled)


def _words(stretch: Stretch) -> str:
    whole = f"{stretch.title} ({stretch.detail})" if stretch.detail else stretch.title
    return whole if len(whole) <= MOST_LETTERS else whole[: MOST_LETTERS - 1].rstrip() + "…"


def _diamond(x: int, y: int) -> str:
    return f"M{x} {y - 8}L{x + 7} {y}L{x} {y + 8}L{x - 7} {y}Z"


def _ticks(span: Span) -> list[Tick]:
    """Return the first days of months, quarters or years, whichever gives at most TICKS."""
    for months in (1, 3, 6, 12, 24, 60):
        days = list(_first_days(span, months))
        if len(days) <= TICKS:
            break
    form = "Y" if months >= 12 else "M Y"
    return [Tick(span.x(day), dateformat.format(day, form)) for day in days if span.x(day) < WIDTH - 80]


def _first_days(span: Span, months: int) -> list[dt.date]:
    found, year, month = [], span.first.year, 1
    while (day := dt.date(year, month, 1)) <= span.last:
        if day >= span.first:
            found.append(day)
        year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    return found


def chips(choices: Sequence[tuple[str, Any]], chosen: str, path: str) -> list[Chip]:
    """Return how far back the picture can go, as chips."""
    return [Chip(label, f"{path}?periode={code}", code == chosen) for code, label in choices]


def last_words(stretch: Stretch) -> str:
    """Return the last day of a stretch in words, "" when it goes on."""
    if stretch.form == Form.MOMENT or stretch.ends is None:
        return ""
    return date_words(stretch.ends - dt.timedelta(days=1))
