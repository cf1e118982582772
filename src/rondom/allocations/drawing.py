"""The waits as a picture: a bar per wait on one line of days, drawn on the server. Pure numbers; the template draws."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from rondom.allocations.waits import Waited
from rondom.law.waiting import Standing

WIDTH, HEAD, LINE = 440, 28, 44  # of the box; above a group; of a bar with its words


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar: its words above it, where it begins and how wide it is, and where the norm ends.

    `heading` stands above the first bar of an order: for whom, and which help.
    """

    heading: str
    heading_y: int
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

    bars: list[Bar] = []
    y, before = 0, None
    for each, starts in known:
        heading = f"{each.whose}: {each.what}" if each.what and each.allocation != before else ""
        before = each.allocation
        y += HEAD if heading else 0
        bars.append(
            Bar(
                heading=heading, heading_y=y - 4, label=each.title, days=each.days_words, y=y + 18, bar_y=y + 24,
                x=at(starts), width=max(at(each.until) - at(starts), 3),
                norm_x=at(each.norm_until) if each.norm_until else None, runs=each.runs,
                over=each.standing == Standing.OVER and not each.notice_until,
            )
        )  # fmt: skip
        y += LINE
    return Drawing(WIDTH, y + 4, at(today), tuple(bars))
