"""What views hand to the components of the shell: plain values, no markup (docs/reference/components.md)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

TONES = ("late", "due", "calm", "plain")


@dataclass(frozen=True)
class Pill:
    """A few words with a tone; `why` is the address that explains the date or state."""

    text: Any
    tone: str = "plain"
    why: str = ""

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"{self.tone!r} is no tone; choose one of {', '.join(TONES)}")


@dataclass(frozen=True)
class Step:
    """The next step: a verb and its address. `post` sends a form instead of following a link."""

    label: Any
    url: str
    post: bool = False
    primary: bool = False
    about: Any = ""


@dataclass(frozen=True)
class Row:
    """One line of work: what it is about, its clock, and the next step."""

    title: Any
    url: str = ""
    text: Any = ""
    pill: Pill | None = None
    step: Step | None = None


@dataclass(frozen=True)
class Fact:
    """A label with its value in a head or a list of facts; a Pill as value keeps its tone."""

    label: Any
    value: Any
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """One part of a page with parts; `current` is the one shown."""

    label: Any
    url: str
    current: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that says what it filters; `on` means it is working now, and its address switches it off."""

    label: Any
    url: str
    on: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Entry:
    """One moment on a timeline; `coming` has not happened yet."""

    when: dt.date | dt.datetime
    title: Any
    text: Any = ""
    url: str = ""
    who: Any = ""
    coming: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: Any
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text: with an address, with a pill, or a figure with its mark (`data-figure`)."""

    text: Any = ""
    url: str = ""
    pill: Pill | None = None
    figure: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first cell of a row names the row. Cells are text or Cell."""

    caption: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """The rows with each cell beside its column."""
        return [[(c, _cell(v)) for c, v in zip(self.columns, row, strict=True)] for row in self.rows]


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(pill=value) if isinstance(value, Pill) else Cell(text=value)
