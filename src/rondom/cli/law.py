"""The law as questions and answers: facts in, an answer with its grounds out.

    rondom law                              all rules: id, article, what computes them; then the functions
    rondom law decision_term --schema       the JSON schema of its facts
    rondom law decision_term --example      a worked example: facts and answer
    rondom law decision_term < facts.json   JSON in, JSON out; a list of cases gives a list of answers

--as-of DATE is the day on which the question is asked, for rules whose answer depends on it. Wrong facts: exit code 2,
with the field and what was expected.
"""

import argparse
import dataclasses
import datetime as dt
import json
import sys
import tomllib
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rondom.law import engine, subjects
from rondom.law.engine import Answer, Rule

HELP = "ask the law a question (JSON in, JSON out)"
NEEDS = "nothing"
WRONG = 2
PLAIN: TypeAdapter[Any] = TypeAdapter(Any)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the rule and what to show of it."""
    parser.add_argument("rule", nargs="?", help="name of a rule; without it all rules are listed")
    show = parser.add_mutually_exclusive_group()
    show.add_argument("--schema", action="store_true", help="print the JSON schema of the facts")
    show.add_argument("--example", action="store_true", help="print a worked example")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", help="the day on which it is asked")


def run(options: argparse.Namespace) -> int:
    """List, show, or answer."""
    if options.rule is None:
        return _list()
    rule = subjects.RULES.get(options.rule)
    if rule is None:
        known = ", ".join(sorted(subjects.RULES))
        return _wrong(f"There is no rule {options.rule}. Known rules: {known}.")
    if options.schema:
        return _print(schema(rule))
    if options.example:
        return _print(example(rule))
    return _answer(rule, options.as_of)


def schema(rule: Rule) -> dict[str, Any]:
    """Return the JSON schema of the facts of a rule, with the Dutch words of each fact."""
    found = TypeAdapter(rule.facts).json_schema()
    for name, described in found.get("properties", {}).items():
        described["description"] = engine.word_for(rule.facts, name)
    return found | {"x-relevant-date": rule.day}


def example(rule: Rule) -> dict[str, Any]:
    """Return the first worked example of a rule, with the answer computed now."""
    path = engine.HERE / "examples" / f"{rule.subject}.toml"
    row = tomllib.loads(path.read_text("utf-8"))[rule.name][0]
    facts: Any = TypeAdapter(rule.facts).validate_python(row["facts"])
    given = PLAIN.dump_python(row["facts"], mode="json")
    return {"title": row["title"], "facts": given, "answer": as_json(rule(facts))}


def as_json(answer: Answer[Any]) -> dict[str, Any]:
    """Return an answer as JSON: outcome, grounds, parameters, explanation, doubt, asks."""
    return PLAIN.dump_python(answer, mode="json")


def answerer(rule: Rule, as_of: dt.date | None = None) -> Callable[[Any], dict[str, Any]]:
    """Return a function from one case in JSON to its answer in JSON; raises pydantic's ValidationError."""
    read: Callable[[Any], Any] = TypeAdapter(rule.facts).validate_python
    asks_the_day = as_of is not None and "as_of" in {field.name for field in dataclasses.fields(rule.facts)}

    def answer(case: Any) -> dict[str, Any]:
        if asks_the_day and isinstance(case, dict):
            case = {"as_of": as_of, **case}
        return as_json(rule(read(case)))

    return answer


def _answer(rule: Rule, as_of: dt.date | None) -> int:
    try:
        given = json.load(sys.stdin)
    except ValueError as error:
        return _wrong(f"The input is not JSON: {error}.")
    answer = answerer(rule, as_of)
    if not isinstance(given, list):
        given, single = [given], True
    else:
        single = False
    answers = []
    for number, case in enumerate(given, 1):
        try:
            answers.append(answer(case))
        except ValidationError as error:
            return _wrong("\n".join(_expected(error, None if single else number)))
    return _print(answers[0] if single else answers)


def _expected(error: ValidationError, number: int | None) -> list[str]:
    case = "" if number is None else f"case {number}, "
    return [
        f"{case}field {'.'.join(map(str, found['loc'])) or '(all)'}: {found['msg']} (given: {found['input']!r:.60})"
        for found in error.errors()
    ]


def _list() -> int:
    for entry in engine.rule_table().values():
        print(f"{entry.id:7} {entry.article[:44]:44} {', '.join(entry.computed) or 'not computed: ' + entry.why_not}")
    print()
    for rule in sorted(subjects.RULES.values(), key=lambda r: (r.subject, r.name)):
        validity = f"{rule.valid_from or '...'} to {rule.valid_until or 'now'}"
        print(f"{rule.subject:12} {rule.name:28} {validity:18} {rule.title}")
    return 0


def _print(value: Any) -> int:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG
