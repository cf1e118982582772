"""Deciding with a table: the first row that fits, and in Dutch why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rondom.aids.tables import Question, Row, Table
from rondom.core.errors import BadInput


class AnswerNeeded(BadInput):
    """An answer is missing; `question` is the one to ask next and `field` its name."""

    def __init__(self, question: Question) -> None:
        super().__init__(_("Still needed: %(words)s") % {"words": question.words}, field=question.name)
        self.question = question


class NoRow(BadInput):
    """No row fits: the table has a gap (`rondom aids check` names it)."""


@dataclass(frozen=True)
class Outcome:
    """What a table says: values by name, the row (counted from 1) and the answers that decided.

    Key, version and digest name the table, so that the outcome can be explained years later.
    """

    key: str
    version: str
    digest: str
    values: tuple[tuple[str, Any], ...]
    row: int
    decided_by: tuple[tuple[str, Any], ...]
    trace: tuple[str, ...]
    source: str

    def __getitem__(self, name: str) -> Any:
        return dict(self.values)[name]

    @property
    def data(self) -> dict[str, Any]:
        """Plain data to store with the act that followed this outcome."""
        return {
            "key": self.key, "version": self.version, "digest": self.digest, "row": self.row,
            "values": dict(self.values), "decided_by": {name: _plain(value) for name, value in self.decided_by},
            "trace": list(self.trace), "source": self.source,
        }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str) else str(value)


def evaluate(table: Table, given: Mapping[str, Any]) -> Outcome:
    """Return the outcome of the first row that fits.

    Answers are strictly of their question's type. Only what is needed is asked: a missing answer raises AnswerNeeded
    when a row could fit and turns on it. Raises BadInput for an answer to a question the table does not ask.
    """
    answers = {name: table.question(name).take(value) for name, value in given.items() if value is not None}
    for number, row in enumerate(table.rows, 1):
        asked = _open_question(table, row, answers)
        if isinstance(asked, Question):
            raise AnswerNeeded(asked)
        if asked:
            return _outcome(table, row, number, answers)
    raise NoRow(_("The aid “%(title)s” has no row for these answers. Decide without it.") % {"title": table.title})


def _open_question(table: Table, row: Row, answers: Mapping[str, Any]) -> Question | bool:
    """Return True when a row fits, False when it cannot, or the first question that decides whether it does."""
    missing: Question | None = None
    for question, cell in zip(table.questions, row.cells, strict=True):
        if cell.is_any:
            continue
        if question.name not in answers:
            missing = missing or question
        elif not cell.matches(answers[question.name]):
            return False
    return missing or True


def _outcome(table: Table, row: Row, number: int, answers: Mapping[str, Any]) -> Outcome:
    turned_on = [
        (question, answers[question.name])
        for question, cell in zip(table.questions, row.cells, strict=True)
        if not cell.is_any
    ]
    values = tuple((outcome.name, value) for outcome, value in zip(table.outcomes, row.then, strict=True))
    return Outcome(
        table.key, table.version, table.digest, values, number,
        tuple((question.name, value) for question, value in turned_on),
        tuple(_trace(table, row, number, turned_on)), row.source,
    )  # fmt: skip


def _trace(table: Table, row: Row, number: int, turned_on: list[tuple[Question, Any]]) -> list[str]:
    lines = [
        _("%(words)s: %(value)s.") % {"words": outcome.words, "value": outcome.say(value)}
        for outcome, value in zip(table.outcomes, row.then, strict=True)
    ]
    words = {"number": number, "title": table.title, "version": table.version}
    lines.append(_("This follows from row %(number)s of “%(title)s”, version %(version)s.") % words)
    lines += [
        _("Answered: %(words)s – %(value)s.") % {"words": question.words, "value": question.say(value)}
        for question, value in turned_on
    ]
    if not turned_on:
        lines.append(_("This row holds whatever the answers are."))
    lines.append(row.because)
    sources = {"source": row.source, "ground": table.ground, "digest": table.digest[:12]}
    lines.append(_("Source: %(source)s. Legal ground: %(ground)s. Mark of the table: %(digest)s.") % sources)
    return lines
