"""What a cell of a decision table can hold: any, values, or ranges. Nothing else, so nothing in a cell can run.

-                 anything
enkel, meer       one of these values
ja                yes
>= 3              a comparison: > >= < <=
4..7              from 4 up to and including 7
0, 12..17         one of these
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

ANY = "-"
LONGEST = 200
YES, NO = "ja", "nee"
_VALUE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NUMBER = r"-?\d{1,9}(?:\.\d{1,4})?"
_ALONE = re.compile(_NUMBER, re.ASCII)
_COMPARED = re.compile(rf"(>=|<=|>|<) ?({_NUMBER})", re.ASCII)
_RANGE = re.compile(rf"({_NUMBER})\.\.({_NUMBER})", re.ASCII)


class CellRefused(ValueError):
    """Why a cell cannot be read, as a sentence."""


@dataclass(frozen=True)
class Span:
    """A stretch of numbers; None is without end. Open ends do not belong to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, number: Decimal) -> bool:
        above = self.low is None or (number > self.low if self.low_open else number >= self.low)
        below = self.high is None or (number < self.high if self.high_open else number <= self.high)
        return above and below


@dataclass(frozen=True)
class Cell:
    """A cell as read. Empty of values and spans: anything matches."""

    text: str
    values: frozenset[Any] = frozenset()
    spans: tuple[Span, ...] = ()

    def matches(self, value: Any) -> bool:
        """Tell whether a value of the right type fits."""
        if not self.values and not self.spans:
            return True
        return value in self.values or any(Decimal(value) in span for span in self.spans)

    @property
    def is_any(self) -> bool:
        """Tell whether everything fits."""
        return not self.values and not self.spans

    @property
    def bounds(self) -> set[Decimal]:
        """The numbers at which the answer of this cell can change."""
        return {bound for span in self.spans for bound in (span.low, span.high) if bound is not None}


def _pieces(text: Any) -> list[str]:
    if not isinstance(text, str):
        raise CellRefused(_('A cell is text between quotes, such as "ja" or ">= 3".'))
    if len(text) > LONGEST:
        raise CellRefused(_("A cell is not longer than %(longest)s signs.") % {"longest": LONGEST})
    pieces = [piece.strip(" ") for piece in text.split(",")]
    if not all(pieces):
        raise CellRefused(_("“%(text)s” has an empty place. Use - for anything.") % {"text": text[:40]})
    return pieces


def read_values(text: Any, allowed: dict[str, Any]) -> Cell:
    """Read a cell of a question with a fixed list of answers; `allowed` maps the written to the real value."""
    pieces = _pieces(text)
    if pieces == [ANY]:
        return Cell(ANY)
    for piece in pieces:
        if piece not in allowed:
            words = {"value": piece[:40], "allowed": ", ".join(allowed)}
            raise CellRefused(_("“%(value)s” is not an answer here. The answers are: %(allowed)s, or -.") % words)
    return Cell(", ".join(pieces), values=frozenset(allowed[piece] for piece in pieces))


def read_numbers(text: Any, *, whole: bool) -> Cell:
    """Read a cell of a question about a number."""
    pieces = _pieces(text)
    if pieces == [ANY]:
        return Cell(ANY)
    spans = tuple(_span(piece) for piece in pieces)
    cell = Cell(", ".join(pieces), spans=spans)
    if whole and any(bound != bound.to_integral_value() for bound in cell.bounds):
        raise CellRefused(_("“%(text)s” holds a fraction, and the question asks for a whole number.") % {"text": text})
    return cell


def _span(piece: str) -> Span:
    if _ALONE.fullmatch(piece):
        return Span(Decimal(piece), Decimal(piece))
    compared = _COMPARED.fullmatch(piece)
    if compared:
        return COMPARISONS[compared[1]](Decimal(compared[2]))
    between = _RANGE.fullmatch(piece)
    if not between:
        sentence = _("“%(text)s” is not a number, a comparison (>= 3) or a range (4..7).")
        raise CellRefused(sentence % {"text": piece[:40]})
    low, high = Decimal(between[1]), Decimal(between[2])
    if low > high:
        raise CellRefused(_("The range “%(text)s” ends before it begins.") % {"text": piece})
    return Span(low, high)


COMPARISONS: dict[str, Callable[[Decimal], Span]] = {
    ">=": lambda bound: Span(low=bound),
    ">": lambda bound: Span(low=bound, low_open=True),
    "<=": lambda bound: Span(high=bound),
    "<": lambda bound: Span(high=bound, high_open=True),
}


def is_value(text: Any) -> bool:
    """Tell whether a text can be the written form of an answer."""
    return isinstance(text, str) and _VALUE.fullmatch(text) is not None and text not in (YES, NO)
