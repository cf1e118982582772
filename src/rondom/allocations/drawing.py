"""The waits as a picture: a bar per wait on one line of days, drawn on the server. Pure numbers; the template draws."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from rondom.allocations.waits import Waited
from rondom.law.waiting import Standing

WIDTH, LINE, TOP, BAR = 440, 46, 26, 14


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar: its words above it, where it begins and how wide it is, and where the norm ends."""

    label: str
    days: str
    y: int
    bar_y: int
    x: int
    width: int
    norm_x: int | None
    runs: bool
    over: bool


@dataclasses.dataclass(frozen=True)
class Drawing:
    """The whole picture, in the units of its box."""

    width: int
    height: int
    today_x: int
    bars: tuple[Bar, ...]


def draw(waits: Sequence[Waited], *, today: dt.date) -> Drawing | None:
    """Return the picture of the waits that are known; None without any."""
    known = [(each, each.starts) for each in waits if each.starts]
    if not known:
        return None
    first = min(starts for _each, starts in known)
    last = max([today, *(each.until for each, _starts in known), *(e.norm_until for e, _s in known if e.norm_until)])
    whole = max((last - first).days, 1)

    def at(day: dt.date) -> int:
        return round((day - first).days * (WIDTH - 8) / whole) + 4

    bars = tuple(
        Bar(
            label=f"{each.whose}: {each.title}" if each.whose else each.title, days=each.days_words,
            y=TOP + n * LINE, bar_y=TOP + n * LINE + 8, x=at(starts), width=max(at(each.until) - at(starts), 3),
            norm_x=at(each.norm_until) if each.norm_until else None, runs=each.runs,
            over=each.standing == Standing.OVER and not each.notice_until,
        )
        for n, (each, starts) in enumerate(known)
    )  # fmt: skip
    return Drawing(WIDTH, TOP + len(bars) * LINE, at(today), bars)
