"""Figures as bars on one line, drawn on the server. Pure numbers; the template draws.

The words of a bar stand above it, so that long ones fit on a phone. A figure that is not shown has words and no bar. A
figure that was rounded has a thin line from the least to the most it can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LINE, HIGH = 440, 44, 14  # of the box; of a bar with its words; of a bar
ROOM = WIDTH - 12
LETTERS = 54  # of words above a bar


@dataclass(frozen=True)
class Item:
    """What is drawn: words, the figure (None: not known or not shown) in words, and the least and most it can be."""

    label: str
    figure: float | None
    words: str
    key: str = ""
    low: float | None = None
    high: float | None = None
    own: bool = False

    @property
    def short(self) -> str:
        """The label, cut so that it fits on the line with the figure; the table beside the picture has it whole."""
        room = LETTERS - len(self.words)
        return self.label if len(self.label) <= room else f"{self.label[: room - 1]}…"


@dataclass(frozen=True)
class Bar:
    """One bar: its words above it, where it ends, and where its line of doubt begins and ends."""

    item: Item
    y: int
    bar_y: int
    middle: int
    width: int
    low_x: int | None
    high_x: int | None


@dataclass(frozen=True)
class Chart:
    """The whole picture, in the units of its box."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def draw(items: Sequence[Item]) -> Chart | None:
    """Return the bars; None when there is nothing to draw."""
    whole = max((each.high or each.figure or 0 for each in items), default=0)
    if not whole:
        return None

    def at(figure: float | None) -> int:
        return round((figure or 0) / whole * ROOM)

    bars = [
        Bar(
            item=each, y=number * LINE + 16, bar_y=number * LINE + 22, middle=number * LINE + 22 + HIGH // 2,
            width=max(at(each.figure), 2 if each.figure else 0),
            low_x=None if each.low is None or each.figure is None else 2 + at(each.low),
            high_x=None if each.high is None or each.figure is None else 2 + at(each.high),
        )
        for number, each in enumerate(items)
    ]  # fmt: skip
    return Chart(WIDTH, len(items) * LINE + 4, tuple(bars))
