"""Checking a table before anybody relies on it: gaps, overlaps, rows that can never be reached, examples that fail.

Questions with fixed answers are tried with every answer; numbers with every bound that a cell names, the numbers
beside it, and the lowest and highest. Together these cover every case a table of this grammar can tell apart.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.aids.evaluation import evaluate
from rondom.aids.tables import NUMBER, UNIQUE, WHOLE, Question, Table
from rondom.core.errors import BadInput

MOST_CASES = 100_000
Case = tuple[Any, ...]


@dataclass(frozen=True)
class Checked:
    """What a check found. `errors` stop publication; `remarks` (overlaps in a first-match table) are good to know."""

    cases: int
    missing: tuple[Case, ...]
    overlaps: tuple[tuple[int, int], ...]
    unreachable: tuple[int, ...]
    errors: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether the table can be published."""
        return not self.errors


def domain(table: Table, place: int) -> list[Any]:
    """Return the answers to try for the question at a place."""
    question = table.questions[place]
    if question.type not in (WHOLE, NUMBER):
        return list(question.written.values())
    bounds = {question.lowest, question.highest, *(b for row in table.rows for b in row.cells[place].bounds)}
    marks = sorted(b for b in bounds if b is not None and question.within(b))
    if question.type == WHOLE:
        near = {mark + step for mark in marks for step in (-1, 0, 1)}
        return [int(number) for number in sorted(near) if question.within(number)]
    between = [(low + high) / 2 for low, high in itertools.pairwise(marks)]
    return sorted({*marks, *between})


def check(table: Table) -> Checked:
    """Try every case and every example."""
    domains = [domain(table, place) for place in range(len(table.questions))]
    count = prod(len(answers) for answers in domains)
    if count > MOST_CASES:
        sentence = _("The table has %(count)s cases, too many to check. Split it into two tables.")
        return Checked(count, (), (), (), (sentence % {"count": count},), ())
    missing: list[Case] = []
    pairs: set[tuple[int, int]] = set()
    first: set[int] = set()
    for case in itertools.product(*domains):
        fits = [number for number, row in enumerate(table.rows, 1) if _fits(row.cells, case)]
        if not fits:
            missing.append(case)
            continue
        first.add(fits[0])
        pairs.update(itertools.combinations(fits, 2))
    unreachable = tuple(number for number in range(1, len(table.rows) + 1) if number not in first)
    overlaps = tuple(sorted(pairs))
    errors = [
        *_say_missing(table, missing),
        *_say_unreachable(unreachable, overlaps),
        *(_say_overlaps(overlaps) if table.hit == UNIQUE else []),
        *failing_examples(table),
    ]
    remarks = [] if table.hit == UNIQUE else [_say_first(pair) for pair in overlaps if pair[1] not in unreachable]
    return Checked(count, tuple(missing), overlaps, unreachable, tuple(errors), tuple(remarks))


def _fits(cells: tuple[Any, ...], case: Case) -> bool:
    return all(cell.matches(value) for cell, value in zip(cells, case, strict=True))


def say_case(table: Table, case: Case) -> str:
    """Return a case in words: "one form: yes; age: 17"."""
    parts = [
        _("%(words)s %(value)s") % {"words": question.words, "value": question.say(value)}
        for question, value in zip(table.questions, case, strict=True)
    ]
    return "; ".join(parts)


def _say_missing(table: Table, missing: list[Case]) -> Iterator[str]:
    for case in missing[:5]:
        yield _("No row fits when: %(case)s.") % {"case": say_case(table, case)}
    more = len(missing) - 5
    if more > 0:
        sentence = ngettext("And %(count)s more case has no row.", "And %(count)s more cases have no row.", more)
        yield sentence % {"count": more}


def _say_unreachable(unreachable: tuple[int, ...], overlaps: tuple[tuple[int, int], ...]) -> Iterator[str]:
    for number in unreachable:
        above = ", ".join(str(first) for first, second in overlaps if second == number)
        if above:
            sentence = _("Row %(row)s is never reached: the rows above it (%(above)s) take all its cases.")
        else:
            sentence = _("Row %(row)s is never reached: no possible answer fits it.")
        yield sentence % {"row": number, "above": above}


def _say_overlaps(overlaps: tuple[tuple[int, int], ...]) -> Iterator[str]:
    for first, second in overlaps:
        sentence = _("Rows %(first)s and %(second)s fit the same case; in this table only one row may.")
        yield sentence % {"first": first, "second": second}


def _say_first(pair: tuple[int, int]) -> str:
    sentence = _("Rows %(first)s and %(second)s fit the same case; row %(first)s goes first.")
    return sentence % {"first": pair[0], "second": pair[1]}


def failing_examples(table: Table) -> Iterator[str]:
    """Return a sentence for every example that does not come out as written."""
    for example in table.examples:
        words = {"name": example.name}
        try:
            found = dict(evaluate(table, dict(example.given)).values)
        except BadInput as error:
            yield _("The example “%(name)s” gives no outcome: %(reason)s") % {**words, "reason": error}
            continue
        for name, value in example.expected:
            if found[name] != value:
                outcome = next(outcome for outcome in table.outcomes if outcome.name == name)
                words |= {"found": outcome.say(found[name]), "expected": outcome.say(value)}
                yield _("The example “%(name)s” gives “%(found)s” instead of “%(expected)s”.") % words


@dataclass(frozen=True)
class Difference:
    """An example whose outcome differs between two tables, each in words."""

    name: str
    before: str
    after: str


def differences(before: Table | None, after: Table) -> list[Difference]:
    """Return the examples of both tables whose outcome would change; all of them when there was no table."""
    examples = {example.name: example for table in (before, after) if table for example in table.examples}
    found = []
    for example in examples.values():
        old = said(before, dict(example.given)) if before else _("no aid yet")
        new = said(after, dict(example.given))
        if old != new:
            found.append(Difference(example.name, old, new))
    return found


def said(table: Table, given: dict[str, Any]) -> str:
    """Return the outcome of a table in words, or why there is none."""
    try:
        outcome = evaluate(table, given)
    except BadInput as error:
        return str(error)
    pairs = zip(table.outcomes, outcome.values, strict=True)
    return "; ".join(_question_said(question, value) for question, (_name, value) in pairs)


def _question_said(question: Question, value: Any) -> str:
    return _("%(words)s: %(value)s") % {"words": question.words, "value": question.say(value)}
