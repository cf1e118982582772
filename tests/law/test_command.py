"""`rondom law`: what it lists, shows, answers and refuses."""

import io
import json

import pytest

from rondom.cli.main import main
from rondom.law import subjects


def ask(capsys, monkeypatch, *words: str, given: object = None) -> tuple[int, str, str]:
    if given is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(given if isinstance(given, str) else json.dumps(given)))
    code = main(["law", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_lists_every_rule_with_its_ids(capsys, monkeypatch):
    code, out, _ = ask(capsys, monkeypatch)
    assert code == 0
    assert all(name in out for name in subjects.RULES)
    assert "AWB-03  Awb 4:13" in out
    assert "procedure.decision_term" in out


@pytest.mark.parametrize("name", sorted(subjects.RULES))
def test_every_rule_shows_its_schema_and_an_example(capsys, monkeypatch, name):
    _, schema, _ = ask(capsys, monkeypatch, name, "--schema")
    described = json.loads(schema)
    assert described["x-relevant-date"] in described["properties"]
    _, example, _ = ask(capsys, monkeypatch, name, "--example")
    shown = json.loads(example)
    _, answer, _ = ask(capsys, monkeypatch, name, given=shown["facts"])
    assert json.loads(answer) == shown["answer"]


def test_answers_a_case_with_its_grounds(capsys, monkeypatch):
    code, out, _ = ask(capsys, monkeypatch, "decision_term", given={"received_on": "2026-10-30"})
    answer = json.loads(out)
    assert code == 0
    assert answer["outcome"]["last_day"] == "2026-12-28"
    assert answer["grounds"] == ["AWB-03", "CAL-08", "CAL-01"]
    assert answer["parameters"][0]["source"] == "Awb 4:13 lid 2"


def test_answers_a_list_of_cases_in_order(capsys, monkeypatch):
    cases = [{"published_on": "2026-11-13"}, {}]
    _, out, _ = ask(capsys, monkeypatch, "objection_term", given=cases)
    first, second = json.loads(out)
    assert first["outcome"]["last_day"] == "2026-12-28"
    assert second["asks"] == ["published_on"]


def test_as_of_is_the_day_on_which_it_is_asked(capsys, monkeypatch):
    late = {"term_ended_on": "2025-03-03", "notice_received_on": "2025-03-10"}
    _, out, _ = ask(capsys, monkeypatch, "penalty", "--as-of", "2025-04-02", given=late)
    assert json.loads(out)["outcome"]["days"] == 9


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('{"received_on": "31-06-2026"}', "field received_on"),
        ('[{"received_on": "2026-06-30"}, {"received_on": 12.5}]', "case 2, field received_on"),
        ("{", "The input is not JSON"),
    ],
)
def test_wrong_facts_name_the_field_and_what_was_expected(capsys, monkeypatch, given, expected):
    code, out, err = ask(capsys, monkeypatch, "decision_term", given=given)
    assert (code, out) == (2, "")
    assert expected in err


def test_an_unknown_rule_names_the_known_ones(capsys, monkeypatch):
    code, _, err = ask(capsys, monkeypatch, "does_not_exist")
    assert code == 2
    assert "decision_term" in err
