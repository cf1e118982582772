"""The law as questions and answers: facts in, an answer with its grounds out.

    rondom law                              all rules: id, validity, what computes them, article; then the functions
    rondom law decision_term --schema       the JSON schema of its facts
    rondom law decision_term --example      a worked example: facts and answer
    rondom law decision_term < facts.json   JSON in, JSON out; a list of cases gives a list of answers

The relevant date of a rule is one of its facts. --as-of DATE is the day on which the question is asked: it fills the
fact `as_of`, or the relevant date when that is `on`, where a case does not give it; other rules answer the same on any
day. --parameters FILE adds numbers of a municipality, region or contract, as TOML: per name `value`, `valid_from`,
`source` and `scope`. Wrong facts: exit code 2, with the field and what was expected.
"""

import argparse
import dataclasses
import datetime as dt
import functools
import json
import sys
import tomllib
import typing
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from rondom.law import engine, subjects
from rondom.law.engine import Answer, ParameterSet, Rule, Value, WrongFact, national

HELP = "ask the law a question (JSON in, JSON out)"
NEEDS = "nothing"
WRONG = 2
ASKED_ON = ("as_of", "on")


class WrongInput(Exception):
    """The input cannot be read: one line for each thing that is wrong."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the rule and what to show of it."""
    parser.add_argument("rule", nargs="?", help="name of a rule; without it all rules are listed")
    show = parser.add_mutually_exclusive_group()
    show.add_argument("--schema", action="store_true", help="print the JSON schema of the facts")
    show.add_argument("--example", action="store_true", help="print a worked example")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", help="the day on which it is asked")
    parser.add_argument("--parameters", type=Path, metavar="FILE", help="numbers of a municipality or region (TOML)")


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
    try:
        numbers = _with_file(options.parameters)
        return _print(answers(rule, sys.stdin.read(), as_of=options.as_of, parameters=numbers))
    except WrongInput as wrong:
        return _wrong(str(wrong))


def schema(rule: Rule) -> dict[str, Any]:
    """Return the JSON schema of the facts of a rule, with the Dutch words of each fact."""
    found = TypeAdapter(rule.facts).json_schema()
    for name, described in found.get("properties", {}).items():
        described["description"] = engine.word_for(rule.facts, name)
    return found | {
        "title": rule.title,
        "x-relevant-date": rule.day,
        "x-rules": [{"rule": key, "article": engine.article_of(key)} for key in rule.ids],
        "x-valid-from": rule.valid_from and rule.valid_from.isoformat(),
        "x-valid-until": rule.valid_until and rule.valid_until.isoformat(),
    }


def example(rule: Rule) -> dict[str, Any]:
    """Return the first worked example of a rule, with the answer computed now."""
    path = engine.HERE / "examples" / f"{rule.subject}.toml"
    row = tomllib.loads(path.read_text("utf-8"))[rule.name][0]
    facts: Any = TypeAdapter(rule.facts).validate_python(row["facts"])
    numbers = national().with_rows(Value(**value) for value in row.get("parameters", []))
    given = to_jsonable_python(row["facts"])
    return {"title": row["title"], "facts": given, "answer": as_json(rule(facts, numbers))}


def as_json(answer: Answer[Any]) -> dict[str, Any]:
    """Return an answer as JSON: outcome, grounds, parameters, explanation, doubt, asks."""
    doubt = answer.doubt
    return {
        "outcome": to_jsonable_python(answer.outcome),
        "grounds": [{"rule": key, "article": engine.article_of(key)} for key in answer.grounds],
        "parameters": [_parameter(value) for value in answer.parameters],
        "explanation": answer.explanation,
        "doubt": doubt and {
            "why": doubt.why,
            "alternatives": [
                {"reading": r.reading, "outcome": to_jsonable_python(r.outcome)} for r in doubt.alternatives
            ],
        },
        "asks": list(answer.asks),
    }  # fmt: skip


@functools.lru_cache(maxsize=1024)
def _parameter(value: Value) -> dict[str, Any]:
    return {
        "name": value.name, "value": to_jsonable_python(value.value), "valid_from": value.valid_from.isoformat(),
        "source": value.source, "scope": value.scope,
    }  # fmt: skip


def answers(rule: Rule, text: str, *, as_of: dt.date | None = None, parameters: ParameterSet | None = None) -> Any:
    """Return the answer to a case in JSON, or a list of answers to a list of cases.

    Raises WrongInput with a line for each field that is wrong, and what was expected.
    """
    many = text.lstrip().startswith("[")
    numbers = parameters or national()
    asked = next((name for name in ASKED_ON if name in _names(rule.facts)), None) if as_of else None
    found = []
    for number, facts in enumerate(_read(rule, text, many=many), 1):
        if asked and getattr(facts, asked) is None:
            facts = dataclasses.replace(facts, **{asked: as_of})
        try:
            found.append(as_json(rule(facts, numbers)))
        except WrongFact as wrong:
            raise WrongInput(_line(number if many else None, wrong.field, f"expected {wrong.expected}")) from None
        except OverflowError:
            raise WrongInput(_line(number if many else None, rule.day, "expected a day nearer to today")) from None
    return found if many else found[0]


def _names(facts: Any) -> set[str]:
    return {field.name for field in dataclasses.fields(facts)}


@functools.cache
def _adapter(facts: Any, many: bool) -> TypeAdapter[Any]:
    _refuse_unknown(facts)
    return TypeAdapter(list[facts] if many else facts)


def _refuse_unknown(facts: Any) -> None:
    """Have facts, and the facts within them, refuse names they do not know: a typing error is no missing fact."""
    facts.__pydantic_config__ = {"extra": "forbid"}
    for hint in typing.get_type_hints(facts).values():
        for inner in (
            hint,
            *typing.get_args(hint),
            *(a for arg in typing.get_args(hint) for a in typing.get_args(arg)),
        ):
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                _refuse_unknown(inner)


def _read(rule: Rule, text: str, *, many: bool) -> list[Any]:
    try:
        read = _adapter(rule.facts, many).validate_json(text, strict=True)
    except ValidationError as error:
        raise WrongInput("\n".join(_expected(rule, found, many=many) for found in error.errors())) from None
    return read if many else [read]


def _expected(rule: Rule, found: Any, *, many: bool) -> str:
    if found["type"] == "json_invalid":
        return f"The input is not JSON: {found['ctx']['error']}."
    place = list(found["loc"])
    number = place.pop(0) + 1 if many and place else None
    said = found["msg"]
    if found["type"].startswith("date"):
        said = f"{said}; expected YYYY-MM-DD{'' if found['type'].startswith('date_') else 'THH:MM with its zone'}"
    if found["type"] == "unexpected_keyword_argument":
        known = f"; expected one of {', '.join(sorted(_names(rule.facts)))}" if len(place) == 1 else ""
        said = f"not a name of this rule{known}"
    return _line(number, ".".join(map(str, place)) or "(all)", f"{said} (given: {found['input']!r:.60})")


def _line(number: int | None, field: str, said: str) -> str:
    return f"{'' if number is None else f'case {number}, '}field {field}: {said}"


def _with_file(path: Path | None) -> ParameterSet:
    if path is None:
        return national()
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
        values = [
            Value(name, engine.frozen(row["value"]), row["valid_from"], row["source"], row.get("scope", path.stem))
            for name, known in rows.items()
            for row in known
        ]
    except OSError as error:
        raise WrongInput(f"The file with parameters cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        expected = "[[name]] with value, valid_from, source and scope"
        raise WrongInput(f"The file with parameters is not as expected ({expected}): {error}.") from None
    return national().with_rows(values)


def _list() -> int:
    print(f"{'rule':8} {'from':12} {'until':10}  computed by; article")
    for entry in engine.rule_table().values():
        how = ", ".join(entry.computed) or f"not computed: {entry.why_not}"
        print(f"{entry.id:8} {_days(entry.valid_from, entry.valid_until)}  {how}; {entry.article}")
    print()
    print(f"{'subject':14} {'function':28} {'from':12} {'until':10}  about")
    for rule in sorted(subjects.RULES.values(), key=lambda r: (r.subject, r.name)):
        print(f"{rule.subject:14} {rule.name:28} {_days(rule.valid_from, rule.valid_until)}  {rule.title}")
    return 0


def _days(since: dt.date | None, until: dt.date | None) -> str:
    return f"{since.isoformat() if since else '...':12} {until.isoformat() if until else 'now':10}"


def _print(value: Any) -> int:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG
