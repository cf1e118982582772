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
    line = next(line for line in out.splitlines() if line.startswith("AWB-03"))
    assert line.split()[1:] == ["1994-01-01", "now", "procedure.decision_term;", "Awb", "4:13"]


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
    assert answer["grounds"][0] == {"rule": "AWB-03", "article": "Awb 4:13"}
    assert [ground["rule"] for ground in answer["grounds"]] == ["AWB-03", "CAL-08", "CAL-01", "CAL-04"]
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
        ('{"received_on": "31-06-2026"}', "field received_on: Input should be a valid date"),
        ('{"received_on": "31-06-2026"}', "expected YYYY-MM-DD"),
        ('{"received_on": 20261030}', "field received_on"),
        ('[{"received_on": "2026-06-30"}, {"received_on": 12.5}]', "case 2, field received_on"),
        (
            '{"recieved_on": "2026-06-30"}',
            "field recieved_on: not a name of this rule; expected one of extended_before",
        ),
        ('{"suspensions": [{"invited": "2026-06-30"}]}', "field suspensions.0.invited: not a name"),
        (
            '{"received_on": "2026-06-01", "suspensions": [{"invited_on": "2026-07-01", "ended_on": "2026-06-30"}]}',
            "field suspensions.ended_on: expected a day on or after invited_on",
        ),
        ('{"received_on": "9999-12-30"}', "field received_on: expected a day nearer to today"),
        ("[1]", "case 1, field (all): Input should be an object"),
        ("{", "The input is not JSON"),
        ("", "The input is not JSON"),
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


def test_as_of_fills_the_day_of_the_question_only_where_it_is_not_given(capsys, monkeypatch):
    cases = [{"born_on": "2010-11-24"}, {"born_on": "2010-11-24", "on": "2026-11-23"}]
    _, out, _ = ask(capsys, monkeypatch, "own_voice", "--as-of", "2022-11-23", given=cases)
    young, old = json.loads(out)
    assert (young["outcome"], old["outcome"]) == (False, True)


def test_numbers_of_a_place_come_from_a_file(capsys, monkeypatch, tmp_path):
    file = tmp_path / "noordoostpolder.toml"
    file.write_text(
        "[[referral_validity_months]]\nvalue = 3\nvalid_from = 2020-01-01\nsource = 'Jeugdplan'\nscope = 'GM0171'\n"
    )
    referral = {"referred_on": "2020-01-10", "registered_on": "2020-04-11"}
    _, without, _ = ask(capsys, monkeypatch, "referral_is_valid", given=referral)
    _, out, _ = ask(capsys, monkeypatch, "referral_is_valid", "--parameters", str(file), given=referral)
    assert json.loads(without)["asks"] == ["validity_months"]
    answer = json.loads(out)
    assert answer["outcome"] is False
    assert answer["parameters"] == [
        {"name": "referral_validity_months", "value": 3, "valid_from": "2020-01-01", "source": "Jeugdplan",
         "scope": "GM0171"}
    ]  # fmt: skip
    file.write_text("[[x]]\nvalue = 1\n")
    code, _, err = ask(capsys, monkeypatch, "referral_is_valid", "--parameters", str(file), given=referral)
    assert code == 2
    assert "value, valid_from, source and scope" in err


def test_an_answer_with_doubt_gives_every_reading(capsys, monkeypatch):
    pause = {"invited_on": "2026-11-10", "ended_on": "2026-11-20"}
    given = {"received_on": "2026-11-02", "suspensions": [pause]}
    _, out, _ = ask(capsys, monkeypatch, "decision_term", given=given)
    answer = json.loads(out)
    readings = [reading["outcome"]["last_day"] for reading in answer["doubt"]["alternatives"]]
    assert readings == ["2027-01-06", "2027-01-07"]
    assert answer["outcome"]["last_day"] == "2027-01-06"
