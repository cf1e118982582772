"""An exchange as a picture: two lines, an arrow per message. Plain numbers and words; the template draws."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rondom.core.words import moment_words
from rondom.exchange.enums import Direction
from rondom.exchange.models import Message

WIDTH, LEFT, RIGHT = 640, 110, 530
TOP, STEP, HEAD = 56, 58, 9


@dataclass(frozen=True)
class Arrow:
    """One message: from which side, at which height, and its words."""

    y: int
    start: int
    end: int
    point: str
    label: str
    when: str
    state: Any
    text_y: int
    when_y: int


@dataclass(frozen=True)
class Lanes:
    """The picture: its size, the names of both sides, and the arrows from top to bottom."""

    height: int
    ours: str
    theirs: str
    arrows: tuple[Arrow, ...]
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP - 28

    @property
    def foot(self) -> int:
        """Where both lines end."""
        return self.height - 8


def sequence(rows: Sequence[Message], ours: str, theirs: str, *, left: Direction = Direction.OUT) -> Lanes:
    """Return the picture of messages in the order in which they came and went.

    `left`: what goes from the left line, `ours`, to the right one. A provider is on the left of what we received.
    """
    arrows = tuple(_arrow(number, row, row.direction == left) for number, row in enumerate(rows))
    return Lanes(TOP + STEP * len(rows), ours, theirs, arrows)


def _arrow(number: int, row: Message, out: bool) -> Arrow:
    y = TOP + 20 + STEP * number
    start, end = (LEFT, RIGHT) if out else (RIGHT, LEFT)
    back = end - HEAD if out else end + HEAD
    point = f"M{end} {y}L{back} {y - 5}L{back} {y + 5}Z"
    return Arrow(y, start, end, point, row.name, _moment(row.sent_at or row.at), row.get_state_display(), y - 8, y + 18)


def _moment(when: dt.datetime) -> str:
    return moment_words(when)
