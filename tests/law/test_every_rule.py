"""What holds for every rule of the law, whatever its subject."""

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from rondom.law import engine, subjects
from rondom.law.engine import Rule, Value, WrongFact, national
from tests.law.test_examples import rows

EXAMPLES = [(subjects.RULES[param.values[0]], param.values[1]) for param in rows()]
MOST_WORDS = 45


def asked(rule: Rule, row: dict[str, Any]) -> tuple[Any, engine.ParameterSet]:
    facts = TypeAdapter(rule.facts).validate_python(row["facts"])
    return facts, national().with_rows(Value(**value) for value in row.get("parameters", []))


def days_in(value: Any) -> Iterator[dt.date]:
    if isinstance(value, dt.datetime):
        yield value.date()
    elif isinstance(value, dt.date):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from days_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from days_in(inner)


@pytest.mark.parametrize("rule", subjects.RULES.values(), ids=lambda rule: rule.name)
def test_without_facts_a_rule_asks_for_them_by_name(rule):
    answer = rule(rule.facts())
    names = {field.name: field.metadata.get("word") for field in dataclasses.fields(rule.facts)}
    assert answer.outcome is None
    assert answer.asks
    assert set(answer.asks) <= set(names)
    assert all(names[name] and names[name] in answer.explanation for name in answer.asks)


@pytest.mark.parametrize("rule", subjects.RULES.values(), ids=lambda rule: rule.name)
def test_every_rule_says_since_when_it_holds_and_where_it_stands(rule):
    assert rule.valid_from is not None
    assert rule.day in {field.name for field in dataclasses.fields(rule.facts)}
    assert all(engine.article_of(key) for key in rule.ids), rule.ids
    assert rule.function.__doc__


def test_the_answer_for_a_past_day_does_not_change_when_a_later_parameter_is_added():
    """Every number of the law is changed from the second year after the last day a worked example knows."""
    for rule, row in EXAMPLES:
        facts, numbers = asked(rule, row)
        answer = rule(facts, numbers)
        last = max(days_in([row["facts"], TypeAdapter(Any).dump_python(answer.outcome)]), default=None)
        if last is None:
            continue
        since = dt.date(last.year + 2, 1, 1)
        later = [Value(name, "nonsense", since, "een latere wet") for name in national().names()]
        assert rule(facts, numbers.with_rows(later)) == answer, (rule.name, row["title"])


def test_every_answer_rests_on_rules_of_its_function_or_of_counting_days():
    for rule, row in EXAMPLES:
        answer = rule(*asked(rule, row))
        shared = {key for key in answer.grounds if key.startswith("CAL-")} | {"JW-08"}
        assert set(answer.grounds) <= set(rule.ids) | shared, (rule.name, row["title"])


def test_every_rule_id_of_a_function_is_shown_by_a_worked_example():
    """A rule that no example ever rests on is a claim nobody has seen."""
    silent = {
        # these say that nothing differs (help beside a stay, 18+, a youth prison): an example shows each
        "responsible_municipality": {"WPB-03", "WPB-06", "WPB-14"},
        # the same tables of ages as for help, shown there
        "who_must_consent_to_sharing": {"CNS-03", "CNS-04", "CNS-05", "CNS-08", "CNS-11"},
    }
    rested: dict[str, set[str]] = {}
    for rule, row in EXAMPLES:
        rested.setdefault(rule.name, set()).update(rule(*asked(rule, row)).grounds)
    for rule in subjects.RULES.values():
        if rule.name == "named_term":
            continue
        missing = set(rule.ids) - rested[rule.name] - silent.get(rule.name, set())
        assert not missing, (rule.name, missing)


def test_every_number_has_a_source_and_is_used():
    used = {value.name for rule, row in EXAMPLES for value in rule(*asked(rule, row)).parameters}
    text = "".join(path.read_text("utf-8") for path in Path(engine.__file__).parent.glob("*.py"))
    for name in national().names():
        stem = name.removesuffix("_citizen").removesuffix("_authority")
        assert name in used or f'"{name}"' in text or f'"{stem}_{{' in text, name
    for path in (engine.HERE / "parameters").glob("*.toml"):
        for name, known in tomllib.loads(path.read_text("utf-8")).items():
            assert all(row["source"] for row in known), name


def test_explanations_are_short_plain_sentences():
    for rule, row in EXAMPLES:
        said = rule(*asked(rule, row)).explanation
        assert said.endswith("."), said
        for sentence in said.split(". "):
            assert len(sentence.split()) <= MOST_WORDS, (rule.name, sentence)


def test_facts_that_contradict_each_other_are_refused_with_the_field():
    rule = subjects.RULES["order_term"]
    facts = rule.facts(kind="supervision", starts_on=dt.date(2026, 12, 10), granted_until=dt.date(2026, 12, 9))
    with pytest.raises(WrongFact) as refused:
        rule(facts)
    assert (refused.value.field, refused.value.expected) == ("granted_until", "a day on or after starts_on")
