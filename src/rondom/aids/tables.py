"""A decision table as frozen facts, read from TOML or from its stored form, with every problem named."""

import datetime as dt
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from rondom.aids.cells import NO, YES, Cell, CellRefused, is_value, read_numbers, read_values
from rondom.core.errors import BadInput

CHOICE, YES_NO, WHOLE, NUMBER = "choice", "yes_no", "whole", "number"
FIRST, UNIQUE = "first", "unique"
MOST_ROWS, MOST_INPUTS, LARGEST = 200, 20, 200_000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VERSION = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


class TableRefused(BadInput):
    """A table that cannot be used; `problems` are sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Question:
    """A question (an input) or a kind of outcome: its name, words, type and possible answers or bounds."""

    name: str
    words: str
    type: str
    answers: tuple[tuple[str, str], ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    unit: str = ""

    @property
    def written(self) -> dict[str, Any]:
        """Written answers with the value they stand for; empty for numbers."""
        if self.type == YES_NO:
            return {YES: True, NO: False}
        return {answer: answer for answer, _words in self.answers}

    def cell(self, text: Any) -> Cell:
        """Read a cell under this question; raises CellRefused."""
        if self.type in (CHOICE, YES_NO):
            return read_values(text, self.written)
        return read_numbers(text, whole=self.type == WHOLE)

    def take(self, value: Any) -> Any:
        """Return a given answer in the type of this question; strict: raises BadInput for any other type."""
        fits = {
            CHOICE: lambda: isinstance(value, str) and value in self.written,
            YES_NO: lambda: isinstance(value, bool),
            WHOLE: lambda: isinstance(value, int) and not isinstance(value, bool),
            NUMBER: lambda: isinstance(value, int | Decimal) and not isinstance(value, bool),
        }[self.type]()
        if fits and self.type in (WHOLE, NUMBER):
            fits = Decimal(value).is_finite() and self.within(Decimal(value))
        if not fits:
            sentence = _("“%(value)s” does not answer the question: %(words)s")
            raise BadInput(sentence % {"value": str(value)[:40], "words": self.words}, field=self.name)
        return value

    def read(self, text: str) -> Any:
        """Return the answer typed into a form; raises BadInput."""
        text = text.strip()
        if self.type in (CHOICE, YES_NO):
            return self.take(self.written.get(text, text))
        try:
            number = Decimal(text.replace(",", "."))
            return self.take(int(number) if self.type == WHOLE and number == int(number) else number)
        except (InvalidOperation, ValueError, OverflowError):
            sentence = _("Write a number. The question is: %(words)s")
            raise BadInput(sentence % {"words": self.words}, field=self.name) from None

    def within(self, number: Decimal) -> bool:
        """Tell whether a number lies within the bounds of this question."""
        return (self.lowest is None or number >= self.lowest) and (self.highest is None or number <= self.highest)

    def say(self, value: Any) -> str:
        """Return an answer in words."""
        if self.type == YES_NO:
            return _("yes") if value else _("no")
        if self.type == CHOICE:
            return dict(self.answers)[value]
        number = str(value).replace(".", ",")
        return _("%(number)s %(unit)s") % {"number": number, "unit": self.unit} if self.unit else number

    def say_cell(self, cell: Cell) -> str:
        """Return a cell in words, as a table shows it."""
        if cell.is_any:
            return cell.text
        if cell.values:
            words = [self.say(value) for value in self.written.values() if value in cell.values]
            return _(" or ").join(words)
        return cell.text.replace("..", _(" to ")).replace(".", ",")


@dataclass(frozen=True)
class Row:
    """One row: a cell per question, a value per outcome, and why."""

    cells: tuple[Cell, ...]
    then: tuple[Any, ...]
    because: str
    source: str


@dataclass(frozen=True)
class Example:
    """A worked example: what is given and what should come out."""

    name: str
    given: tuple[tuple[str, Any], ...]
    expected: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Table:
    """A decision table. Two tables with the same digest are the same table."""

    key: str
    version: str
    title: str
    about: str
    hit: str
    municipality: str
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    ground: str
    author: str
    reviewer: str
    questions: tuple[Question, ...]
    outcomes: tuple[Question, ...]
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The table as plain data, in the shape of its file; what is stored when it is published."""
        return as_data(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the plain data, in hexadecimal."""
        plain = json.dumps(self.data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the table itself says it is valid on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def question(self, name: str) -> Question:
        """Return a question by name; raises BadInput for one this table does not ask."""
        found = next((question for question in self.questions if question.name == name), None)
        if found is None:
            sentence = _("The aid “%(title)s” does not ask for “%(name)s”.")
            raise BadInput(sentence % {"title": self.title, "name": name[:40]}, field=name[:40])
        return found


def parse(text: str) -> Table:
    """Read a table from TOML; raises TableRefused with every problem found."""
    if len(text) > LARGEST:
        raise TableRefused([_("The file is larger than a decision table can be.")])
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableRefused([_("The file is not whole TOML: %(problem)s.") % {"problem": error}]) from error
    return from_data(data)


def from_data(data: Mapping[str, Any]) -> Table:
    """Make a table from plain data; raises TableRefused with every problem found."""
    reader = _Reader()
    table = reader.table(data)
    if reader.problems or table is None:
        raise TableRefused(reader.problems)
    return table


class _Reader:
    """Reads and collects what is wrong, so that an author sees everything at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def table(self, data: Mapping[str, Any]) -> Table | None:
        known = {
            "key", "version", "title", "about", "hit", "municipality", "valid_from", "valid_until", "source", "ground",
            "author", "reviewer", "inputs", "outcomes", "rows", "examples",
        }  # fmt: skip
        for name in sorted(set(data) - known):
            self.wrong(_("“%(name)s” is not a part of a table.") % {"name": name[:40]})
        questions = self.questions(data, "inputs")
        outcomes = self.questions(data, "outcomes")
        if any(outcome.type not in (CHOICE, YES_NO) for outcome in outcomes):
            self.wrong(_("An outcome is a choice or yes or no."))
        rows = self.rows(data, questions, outcomes)
        examples = self.examples(data, questions, outcomes)
        if data.get("hit", FIRST) not in (FIRST, UNIQUE):
            self.wrong(_("The way rows are hit is “first” or “unique”."))
        author, reviewer = self.text(data, "author", 80), self.text(data, "reviewer", 80)
        if author and author.casefold() == reviewer.casefold():
            self.wrong(_("Author and reviewer are the same person. Let somebody else review the table."))
        starts = self.day(data, "valid_from")
        ends = self.day(data, "valid_until") if data.get("valid_until") else None
        if starts and ends and ends <= starts:
            self.wrong(_("The table ends before it begins."))
        head = {
            "key": self.matching(data, "key", _NAME),
            "version": self.matching(data, "version", _VERSION),
            "title": self.text(data, "title", 100),
            "about": self.text(data, "about", 500),
            "source": self.text(data, "source", 300),
            "ground": self.text(data, "ground", 100),
        }
        municipality = data.get("municipality", "")
        if not isinstance(municipality, str) or not re.fullmatch(r"(GM[0-9]{4})?", municipality):
            self.wrong(_("The municipality is a code such as GM0303, or left out."))
        if self.problems or starts is None:
            return None
        return Table(
            **head, hit=data.get("hit", FIRST), municipality=municipality, valid_from=starts, valid_until=ends,
            author=author, reviewer=reviewer, questions=questions, outcomes=outcomes, rows=rows, examples=examples,
        )  # fmt: skip

    def wrong(self, sentence: str) -> None:
        self.problems.append(sentence)

    def text(self, data: Mapping[str, Any], name: str, longest: int, *, where: str = "") -> str:
        value = data.get(name, "")
        words = {"name": name, "where": where or _("the table"), "longest": longest}
        if not isinstance(value, str) or not value.strip():
            self.wrong(_("“%(name)s” is missing in %(where)s.") % words)
            return ""
        value = " ".join(value.split())
        if len(value) > longest:
            self.wrong(_("“%(name)s” in %(where)s is longer than %(longest)s signs.") % words)
        if value[0] in "=+-@" or any(unicodedata.category(sign)[0] == "C" for sign in value):
            self.wrong(_("“%(name)s” in %(where)s begins with = + - or @, or holds hidden signs.") % words)
        return value

    def matching(self, data: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
        value = data.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.wrong(_("“%(name)s” is missing, or holds more than small letters and digits.") % {"name": name})
            return ""
        return value

    def day(self, data: Mapping[str, Any], name: str) -> dt.date | None:
        value = data.get(name)
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            self.wrong(_("“%(name)s” is missing, or is not a date like 2026-01-31.") % {"name": name})
            return None
        return value

    def items(self, data: Mapping[str, Any], name: str, most: int) -> list[Mapping[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found) or not found:
            self.wrong(_("The table has no [[%(name)s]].") % {"name": name})
            return []
        if len(found) > most:
            self.wrong(_("The table has more than %(most)s [[%(name)s]]. Split it.") % {"name": name, "most": most})
            return []
        return found

    def questions(self, data: Mapping[str, Any], name: str) -> tuple[Question, ...]:
        made = [self.question(item) for item in self.items(data, name, MOST_INPUTS)]
        names = [question.name for question in made if question]
        for double in sorted({each for each in names if names.count(each) > 1}):
            self.wrong(_("“%(name)s” is there twice.") % {"name": double})
        return tuple(question for question in made if question)

    def question(self, item: Mapping[str, Any]) -> Question | None:
        before = len(self.problems)
        name = self.matching(item, "name", _NAME)
        where = name or _("a question")
        words = self.text(item, "question", 200, where=where)
        kind = item.get("type")
        if kind not in (CHOICE, YES_NO, WHOLE, NUMBER):
            self.wrong(_("The type of “%(name)s” is choice, yes_no, whole or number.") % {"name": where})
        answers = item.get("values", {})
        if (kind == CHOICE) != bool(answers) or not isinstance(answers, dict) or not all(map(is_value, answers)):
            self.wrong(_("“%(name)s” needs values (and only a choice has them).") % {"name": where})
            answers = {}
        labels = tuple((value, self.text(answers, value, 100, where=where)) for value in answers)
        bounds = [self.bound(item, side, where) if kind in (WHOLE, NUMBER) else None for side in ("lowest", "highest")]
        unit = self.text(item, "unit", 30, where=where) if item.get("unit") else ""
        if len(self.problems) > before:
            return None
        return Question(name, words, str(kind), labels, bounds[0], bounds[1], unit)

    def bound(self, item: Mapping[str, Any], side: str, where: str) -> Decimal | None:
        value = item.get(side)
        try:
            if isinstance(value, bool) or not isinstance(value, int | str):
                raise InvalidOperation
            return Decimal(value)
        except InvalidOperation:
            self.wrong(_("“%(name)s” needs a %(side)s number.") % {"name": where, "side": side})
            return None

    def rows(
        self, data: Mapping[str, Any], questions: tuple[Question, ...], outcomes: tuple[Question, ...]
    ) -> tuple[Row, ...]:
        made = []
        for number, item in enumerate(self.items(data, "rows", MOST_ROWS), 1):
            where = _("row %(number)s") % {"number": number}
            cells = self.cells(item.get("when"), questions, where)
            then = self.values(item.get("then"), outcomes, where)
            because = self.text(item, "because", 300, where=where)
            source = self.text(item, "source", 200, where=where)
            if isinstance(item.get("then"), dict) and set(item["then"]) != {outcome.name for outcome in outcomes}:
                self.wrong(_("In %(where)s not every outcome is given.") % {"where": where})
            if cells and len(then) == len(outcomes):
                made.append(Row(cells, tuple(value for _name, value in then), because, source))
        return tuple(made)

    def cells(self, when: Any, questions: tuple[Question, ...], where: str) -> tuple[Cell, ...]:
        if not isinstance(when, dict):
            self.wrong(_("“%(name)s” is missing in %(where)s.") % {"name": "when", "where": where})
            return ()
        for name in sorted(set(when) - {question.name for question in questions}):
            self.wrong(_("In %(where)s: the table has no question “%(name)s”.") % {"where": where, "name": name[:40]})
        made = []
        for question in questions:
            try:
                made.append(question.cell(when.get(question.name, "-")))
            except CellRefused as reason:
                words = {"where": where, "name": question.name, "reason": reason}
                self.wrong(_("In %(where)s, %(name)s: %(reason)s") % words)
        return tuple(made) if len(made) == len(questions) else ()

    def values(self, given: Any, questions: tuple[Question, ...], where: str) -> tuple[tuple[str, Any], ...]:
        if not isinstance(given, dict) or set(given) - {question.name for question in questions}:
            self.wrong(_("In %(where)s: the answers do not fit the questions of the table.") % {"where": where})
            return ()
        made = []
        for question in questions:
            if question.name not in given:
                continue
            try:
                made.append((question.name, question.read(str(given[question.name]))))
            except BadInput as reason:
                self.wrong(_("In %(where)s: %(reason)s") % {"where": where, "reason": reason})
        return tuple(made)

    def examples(
        self, data: Mapping[str, Any], questions: tuple[Question, ...], outcomes: tuple[Question, ...]
    ) -> tuple[Example, ...]:
        made = []
        for number, item in enumerate(self.items(data, "examples", MOST_ROWS), 1):
            where = _("example %(number)s") % {"number": number}
            name = self.text(item, "name", 200, where=where)
            given = self.values(item.get("given"), questions, where)
            expected = self.values(item.get("expect"), outcomes, where)
            if not expected:
                self.wrong(_("“%(name)s” is missing in %(where)s.") % {"name": "expect", "where": where})
            made.append(Example(name, given, expected))
        return tuple(made)


def as_data(table: Table) -> dict[str, Any]:
    """Return a table as plain data, in the shape of its file."""
    head = {
        name: getattr(table, name)
        for name in (
            "key", "version", "title", "about", "hit", "municipality", "source", "ground", "author", "reviewer",
        )
    }  # fmt: skip
    head["valid_from"] = table.valid_from.isoformat()
    head["valid_until"] = table.valid_until.isoformat() if table.valid_until else ""
    names = [question.name for question in table.questions]
    outs = [outcome.name for outcome in table.outcomes]
    return {
        **head,
        "inputs": [_question_data(question) for question in table.questions],
        "outcomes": [_question_data(outcome) for outcome in table.outcomes],
        "rows": [
            {
                "when": {name: cell.text for name, cell in zip(names, row.cells, strict=True) if not cell.is_any},
                "then": {name: write(value) for name, value in zip(outs, row.then, strict=True)},
                "because": row.because,
                "source": row.source,
            }
            for row in table.rows
        ],
        "examples": [
            {
                "name": example.name,
                "given": {name: write(value) for name, value in example.given},
                "expect": {name: write(value) for name, value in example.expected},
            }
            for example in table.examples
        ],
    }


def write(value: Any) -> str:
    """Return a value as it is written in a file."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _question_data(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"name": question.name, "question": question.words, "type": question.type}
    if question.answers:
        data["values"] = dict(question.answers)
    for side in ("lowest", "highest"):
        if getattr(question, side) is not None:
            data[side] = str(getattr(question, side))
    if question.unit:
        data["unit"] = question.unit
    return data
