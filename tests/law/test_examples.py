"""Every worked example of the law room: the same tables the documentation prints."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from rondom.law import engine, subjects
from rondom.law.engine import Value, national

EXAMPLES = Path(engine.__file__).parent / "examples"


def rows() -> list[Any]:
    return [
        pytest.param(name, row, id=f"{name}: {row['title']}")
        for path in sorted(EXAMPLES.glob("*.toml"))
        for name, table in tomllib.loads(path.read_text("utf-8")).items()
        for row in table
    ]


def in_toml(outcome: Any) -> Any:
    """Say an outcome as TOML does: lists for tuples, and a field that is None is left out."""
    if isinstance(outcome, dict):
        return {key: in_toml(value) for key, value in outcome.items() if value is not None}
    return [in_toml(value) for value in outcome] if isinstance(outcome, list | tuple) else outcome


@pytest.mark.parametrize(("name", "row"), rows())
def test_worked_example(name, row):
    rule = subjects.RULES[name]
    numbers = national().with_rows(Value(**value) for value in row.get("parameters", []))
    answer = rule(TypeAdapter(rule.facts).validate_python(row["facts"]), numbers)
    if "asks" in row:
        assert (answer.outcome, list(answer.asks)) == (None, row["asks"])
        return
    plain = TypeAdapter(Any)
    assert in_toml(plain.dump_python(answer.outcome)) == row.get("outcome")
    assert list(answer.grounds) == row["grounds"]
    alternatives = [plain.dump_python(reading) for reading in answer.doubt.alternatives] if answer.doubt else None
    assert in_toml(alternatives) == row.get("doubt") if alternatives is not None else "doubt" not in row
    assert answer.explanation.endswith(".")


def test_every_rule_has_a_worked_example():
    shown = {row.values[0] for row in rows()}
    assert set(subjects.RULES) <= shown
