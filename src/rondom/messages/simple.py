"""Simple types (LDT): how the text of an element becomes a value, and when it does not.

Values: codes and texts are str, whole numbers int, dates datetime.date; times stay text. Where the text is not the
usual way to write the value (`007`, a blank around a date) the value remembers its text, so that writing gives it
back.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rondom.messages import words

BLANKS = " \t\n\r"
REMEMBERED = 4096  # texts of which the value is kept, per type
LONGEST_REMEMBERED = 64  # characters
LONGEST_NUMBER = 40
SHORT = 9  # texts of at most this length recur: their outcome is remembered
USUAL_DATE = len("2026-01-31")
_NUMBER = re.compile(r"[+-]?[0-9]+")
_USUAL_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
_DATE = re.compile(r"(-?)([0-9]{4,})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?")


class Wrong(Exception):
    """Why a text is no value of its type, as a Dutch sentence."""


class NumberAsWritten(int):
    """A number whose text is not the usual one (`007`, `+5`)."""

    text: str = ""

    def __str__(self) -> str:
        return self.text


class DateAsWritten(dt.date):
    """A date whose text is not the usual one; a year outside 1 to 9999 counts as the first or last day there is."""

    text: str = ""

    def __str__(self) -> str:
        return self.text or self.isoformat()


class Values(dict[str, Any]):
    """The values of texts seen before; a text not seen before is parsed. Looking up is all that most elements cost."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, text: str) -> Any:
        value = self.parse(text)
        if len(text) <= LONGEST_REMEMBERED:
            if len(self) >= REMEMBERED:
                self.clear()
            self[text] = value
        return value


class Simple:
    """A simple type: its name in the standard, and the code list it is taken from, if any. `read` raises Wrong."""

    name: str
    codes: str = ""
    read: Callable[[str], Any]


@dataclass(eq=False)
class Text(Simple):
    """A text of `least` to `most` characters; `pattern` is a regular expression, `meaning` says it in Dutch.

    `filled`: not only blanks. `one_line`: no line end (RS033 as the schema writes it).
    """

    name: str
    least: int = 1
    most: int | None = None
    pattern: str = ""
    meaning: str = ""
    codes: str = field(default="", kw_only=True)
    filled: bool = field(default=False, kw_only=True)
    one_line: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        self._pattern = re.compile(self.pattern) if self.pattern else None
        recurs = self.most is not None and self.most <= SHORT
        self.read = Values(self.parse).__getitem__ if recurs else self.parse

    def parse(self, text: str) -> str:
        """Return the text itself; raises Wrong."""
        if self.least <= len(text) and (self.most is None or len(text) <= self.most):
            if self._pattern is not None:
                if self._pattern.fullmatch(text):
                    return text
            elif not self.filled or (text.strip(BLANKS) and not (self.one_line and ("\n" in text or "\r" in text))):
                return text
        raise Wrong(self._why(text))

    def _why(self, text: str) -> str:
        if not text.strip(BLANKS):
            return words.EMPTY
        if self.most is not None and len(text) > self.most:
            return words.TOO_LONG.format(length=len(text), most=self.most)
        if self.meaning:
            return words.OTHER_FORM.format(text=words.shown(text), meaning=self.meaning)
        return words.ONE_LINE


def line(name: str, most: int) -> Text:
    """Declare a text of one line that is not blank."""
    return Text(name, 1, most, filled=True, one_line=True)


@dataclass(eq=False)
class Fixed(Text):
    """A value that is always the same in this message, such as the BerichtCode (RS047)."""

    value: str = ""

    def parse(self, text: str) -> Any:
        """Return the text; raises Wrong when it is another."""
        if text != self.value:
            raise Wrong(words.FIXED.format(text=words.shown(text), value=self.value))
        return text


@dataclass(eq=False)
class FixedNumber(Fixed):
    """A fixed value whose schema type is a number: blanks around it do not count."""

    def parse(self, text: str) -> Any:
        """Return the number; raises Wrong when it is another."""
        super().parse(text.strip(BLANKS))
        return int(self.value) if text == self.value else _as_written(NumberAsWritten(text), text)


@dataclass(eq=False)
class Code(Simple):
    """A value of a code list, its values written with blanks between them; leading zeros count."""

    name: str
    values: str
    codes: str = field(kw_only=True)

    def __post_init__(self) -> None:
        known = Values(self._refuse)
        known.update({value: value for value in self.values.split()})
        self.read = known.__getitem__

    def __iter__(self) -> Iterator[str]:
        return iter(self.values.split())

    def _refuse(self, text: str) -> str:
        if not text.strip(BLANKS):
            raise Wrong(words.EMPTY)
        raise Wrong(words.NO_CODE.format(text=words.shown(text), codes=self.codes))


@dataclass(eq=False)
class Whole(Simple):
    """A whole number from `least` to `most`; `cents` when it is an amount of money in euro cents (IV024)."""

    name: str
    least: int
    most: int
    cents: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        self.read = Values(self._parse).__getitem__

    def _parse(self, text: str) -> int:
        if _USUAL_NUMBER.fullmatch(text) and self.least <= (value := int(text)) <= self.most:
            return value
        bare = text.strip(BLANKS)
        if not _NUMBER.fullmatch(bare) or len(bare) > LONGEST_NUMBER:
            raise Wrong(words.NO_NUMBER.format(text=words.shown(text)) if bare else words.EMPTY)
        value = int(bare)
        if not self.least <= value <= self.most:
            raise Wrong(words.OUT_OF_RANGE.format(text=words.shown(text), least=self.least, most=self.most))
        return value if str(value) == text else _as_written(NumberAsWritten(value), text)


@dataclass(eq=False)
class Date(Simple):
    """A date without a time zone (RS032)."""

    name: str

    def __post_init__(self) -> None:
        self.read = Values(self._parse).__getitem__

    def _parse(self, text: str) -> dt.date:
        bare = text.strip(BLANKS)
        try:
            if len(text) == USUAL_DATE and text[0] != "-" and _DATE.fullmatch(text):
                return dt.date.fromisoformat(text)
            return _as_written(_unusual_date(bare), text)
        except ValueError:
            raise Wrong(words.NO_DATE.format(text=words.shown(text)) if bare else words.EMPTY) from None


@dataclass(eq=False)
class Time(Simple):
    """A time without a time zone (RS034); stays text."""

    name: str

    def read(self, text: str) -> Any:
        """Return the text; raises Wrong."""
        if not _TIME.fullmatch(text.strip(BLANKS)):
            raise Wrong(words.NO_TIME.format(text=words.shown(text)) if text.strip(BLANKS) else words.EMPTY)
        return text


def _unusual_date(text: str) -> DateAsWritten:
    """Return the date of a text that is not simply YYYY-MM-DD; raises ValueError."""
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    before, year, month, day = found[1], found[2], int(found[3]), int(found[4])
    if (len(year) > 4 and year[0] == "0") or not year.strip("0"):
        raise ValueError(text)
    digits = year[-8:]  # the calendar repeats every 400 years: the last digits say which leap year it is
    real = dt.date(int(digits) % 400 + 400, month, day)
    if before:
        return DateAsWritten(1, 1, 1)
    return DateAsWritten(int(year), real.month, real.day) if len(year) == 4 else DateAsWritten(9999, 12, 31)


def _as_written(value: Any, text: str) -> Any:
    value.text = text
    return value
