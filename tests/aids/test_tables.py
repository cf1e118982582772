"""Reading, deciding and checking: strict, complete, explained, and nothing in a cell can run."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rondom.aids import dmn, drafting, library
from rondom.aids.cells import CellRefused, read_numbers, read_values
from rondom.aids.checks import check, differences
from rondom.aids.evaluation import AnswerNeeded, NoRow, evaluate
from rondom.aids.tables import Table, TableRefused, from_data, parse
from rondom.core.errors import BadInput
from tests.aids.samples import ANSWERS, row, rows, sample


def shipped(key: str) -> Table:
    return next(table for table in library.shelf().tables if table.key == key)


# --- deciding ---


def test_the_first_row_that_fits_decides_and_says_why_in_dutch():
    outcome = evaluate(from_data(sample()), {"colour": "red", "age": 18, "urgent": False})
    assert (outcome["to"], outcome.row, outcome.decided_by) == ("desk", 2, (("age", 18),))
    assert outcome.trace == (
        "Naar: de balie.",
        "Dit volgt uit rij 2 van “Voorbeeld”, versie 1.",
        "Geantwoord: Hoe oud? – 18 jaar.",
        "Volwassen.",
        f"Bron: regel 2. Grond: Jeugdwet 2.3. Kenmerk van de tabel: {outcome.digest[:12]}.",
    )
    assert outcome.data["values"] == {"to": "desk"}


def test_only_what_is_needed_is_asked_by_name():
    table = from_data(sample())
    assert evaluate(table, {"urgent": True})["to"] == "team"
    with pytest.raises(AnswerNeeded) as asked:
        evaluate(table, {})
    assert (asked.value.field, asked.value.question.words) == ("urgent", "Heeft het haast?")
    with pytest.raises(AnswerNeeded) as asked:
        evaluate(table, {"urgent": False, "colour": None})
    assert asked.value.field == "age"
    assert evaluate(table, {"urgent": False, "age": 19})["to"] == "desk"


@pytest.mark.parametrize(
    "answers",
    [
        {"urgent": "ja"}, {"urgent": 1}, {"urgent": True, "age": "3"}, {"urgent": True, "age": True},
        {"urgent": True, "age": 3.0}, {"urgent": True, "age": 21}, {"urgent": True, "colour": "green"},
        {"urgent": True, "colour": ["red"]}, {"urgent": True, "shoe": "red"},
    ],
)  # fmt: skip
def test_an_answer_of_another_type_or_to_another_question_is_refused(answers):
    with pytest.raises(BadInput) as refusal:
        evaluate(from_data(sample()), answers)
    assert str(refusal.value)


def test_a_gap_gives_a_sentence_and_no_guess():
    with pytest.raises(NoRow):
        evaluate(from_data(sample(rows=[row(urgent="ja")])), {"urgent": False})


def naive(data, case):
    """The same decision written by hand, without our cells."""
    for number, each in enumerate(data["rows"], 1):
        if all(fits(name, text, case[name]) for name, text in each["when"].items()):
            return number
    return None


def fits(name, text, value):
    if text == "-":
        return True
    pieces = [piece.strip() for piece in text.split(",")]
    if name == "colour":
        return value in pieces
    if name == "urgent":
        return ("ja" if value else "nee") in pieces
    for piece in pieces:
        if ".." in piece:
            low, high = piece.split("..")
            hit = int(low) <= value <= int(high)
        elif piece[0] in "<>":
            sign, number = piece.split()
            pairs = {">=": value >= int(number), ">": value > int(number), "<=": value <= int(number)}
            hit = pairs.get(sign, value < int(number))
        else:
            hit = value == int(piece)
        if hit:
            return True
    return False


CASES = [dict(zip(ANSWERS, case, strict=True)) for case in itertools.product(*ANSWERS.values())]


@settings(deadline=None)
@given(rows())
def test_the_evaluator_agrees_with_a_naive_one_and_the_check_finds_exactly_the_gaps(drawn):
    data = sample(rows=drawn, examples=[{"name": "x", "given": {}, "expect": {"to": "team"}}])
    table = from_data(data)
    expected = {tuple(case.values()): naive(data, case) for case in CASES}
    for case in CASES:
        number = expected[tuple(case.values())]
        if number is None:
            with pytest.raises(NoRow):
                evaluate(table, case)
        else:
            assert evaluate(table, case).row == number
    found = check(table)
    gaps = {case for case, number in expected.items() if number is None}
    assert set(found.missing) <= gaps
    assert bool(found.missing) == bool(gaps)
    assert set(found.unreachable) == set(range(1, len(drawn) + 1)) - set(expected.values())
    overlapping = {
        pair
        for case in CASES
        for pair in itertools.combinations(
            [n for n, r in enumerate(drawn, 1) if all(fits(k, t, case[k]) for k, t in r["when"].items())], 2
        )
    }
    assert set(found.overlaps) == overlapping


@settings(deadline=None)
@given(rows())
def test_on_fixed_answers_the_check_names_every_uncovered_combination(drawn):
    for each in drawn:
        each["when"].pop("age", None)
    data = sample(rows=drawn, examples=[{"name": "x", "given": {}, "expect": {"to": "team"}}])
    data["inputs"] = [each for each in data["inputs"] if each["name"] != "age"]
    wanted = {
        (colour, urgent)
        for colour, urgent in itertools.product(ANSWERS["colour"], ANSWERS["urgent"])
        if naive(data, {"colour": colour, "urgent": urgent}) is None
    }
    assert set(check(from_data(data)).missing) == wanted


@settings(deadline=None)
@given(rows())
def test_a_table_survives_dmn_and_its_own_plain_form(drawn):
    table = from_data(sample(rows=drawn))
    assert from_data(table.data) == table
    back = dmn.read(dmn.write(table))
    for each, given_row in zip(back["rows"], table.rows, strict=True):
        each["source"] = given_row.source
    added = {name: table.data[name] for name in ("version", "valid_from", "source", "ground", "author", "reviewer")}
    again = from_data({**back, **added, "examples": table.data["examples"]})
    assert [row.cells for row in again.rows] == [row.cells for row in table.rows]
    for case in CASES[::7]:
        assert _row(again, case) == _row(table, case)


def _row(table, case):
    try:
        return evaluate(table, case).row
    except NoRow:
        return None


# --- cells ---


@pytest.mark.parametrize("text", ["-", "red", "red, blue", "red,blue"])
def test_cells_of_fixed_answers(text):
    assert read_values(text, {"red": "red", "blue": "blue"}).matches("red")


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("3", [3], [2, 4]),
        (">= 3", [3, 4], [2]),
        (">3", [4], [3]),
        ("<= 3", [3, 2], [4]),
        ("< 3", [2], [3]),
        ("4..7", [4, 7], [3, 8]),
        ("0, 12..17", [0, 12, 17], [1, 11, 18]),
        ("-2..2", [-2, 0, 2], [-3, 3]),
        ("-", [-100, 0], []),
    ],
)
def test_cells_of_numbers(text, yes, no):
    cell = read_numbers(text, whole=True)
    assert all(cell.matches(value) for value in yes)
    assert not any(cell.matches(value) for value in no)


def test_fractions_fit_between_and_are_refused_for_whole_numbers():
    cell = read_numbers("0.5..1.25", whole=False)
    assert cell.matches(Decimal("0.5"))
    assert not cell.matches(Decimal("1.26"))
    with pytest.raises(CellRefused):
        read_numbers("0.5", whole=True)


HOSTILE = [
    "=1+1", "+3", "@SUM(A1)", "-red", "--", "=cmd|' /C calc'!A0", "__import__('os')", "{{ 7*7 }}", "red; blue", ".*",
    "red,", ",", "", " ", "1..", "..2", "7..4", "1e9", "0x10", "NaN", "inf", "٣", "1_000", "1 000", "> = 3", "=> 3",
    "r\u202eed", "red\x00", "red\nblue", "’", "x" * 201, "9" * 30, True, 3, 2.5, None, ["red"], {"a": 1},
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_refused_with_a_sentence(text):
    for read in (lambda: read_values(text, {"red": "red"}), lambda: read_numbers(text, whole=False)):
        with pytest.raises(CellRefused) as refusal:
            read()
        assert len(str(refusal.value)) > 15


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for read in (lambda: read_values(text, {"red": "red"}), lambda: read_numbers(text, whole=False)):
        try:
            cell = read()
        except CellRefused as refusal:
            assert str(refusal)
        else:
            assert cell.text


# --- reading ---


def problems(**changes) -> list[str]:
    with pytest.raises(TableRefused) as refusal:
        from_data(sample(**changes))
    return refusal.value.problems


@pytest.mark.parametrize(
    "changes",
    [
        {"author": "", "reviewer": "B. Lezer"},
        {"reviewer": "a. auteur"},
        {"source": " "},
        {"ground": ""},
        {"title": "=1+1"},
        {"title": "Voor\u200bbeeld"},
        {"title": "x" * 101},
        {"key": "Sample!"},
        {"version": "../1"},
        {"valid_from": "1-1-2020"},
        {"valid_until": "2019-01-01"},
        {"municipality": "Dronten"},
        {"hit": "any"},
        {"rows": []},
        {"examples": []},
        {"inputs": []},
        {"script": "print(1)"},
        {"rows": [row(shoe="red")]},
        {"rows": [row(then="moon")]},
        {"rows": [{"then": {"to": "team"}, "because": "x", "source": "y"}]},
        {"rows": [{"when": {}, "then": {"to": "team"}, "source": "y"}]},
        {"rows": [{"when": {}, "then": {"to": "team"}, "because": "x"}]},
        {"rows": [{"when": {}, "then": {}, "because": "x", "source": "y"}]},
        {"examples": [{"name": "x", "given": {"age": 99}, "expect": {"to": "team"}}]},
        {"examples": [{"name": "x", "given": {}, "expect": {}}]},
        {"rows": [row()] * 201},
        {"inputs": sample()["inputs"] * 2},
        {"outcomes": [{"name": "to", "question": "Naar", "type": "whole", "lowest": 0, "highest": 3}]},
        {"inputs": [{"name": "colour", "question": "?", "type": "choice", "values": {"=1": "x"}}]},
        {"inputs": [{"name": "age", "question": "?", "type": "whole"}]},
        {"inputs": [{"name": "age", "question": "?", "type": "float", "lowest": 0, "highest": 1}]},
    ],
)
def test_what_is_missing_or_wrong_is_named(changes):
    assert all(len(problem) > 15 for problem in problems(**changes))


def test_an_author_sees_every_problem_at_once():
    assert len(problems(author="", source="", rows=[row(shoe="red"), row(then="moon")])) >= 4


def test_a_file_that_is_no_table_is_refused():
    for text in ("= ", "", "x" * 200_001, "rows = 3"):
        with pytest.raises(TableRefused):
            parse(text)


def test_the_digest_follows_the_meaning_and_not_the_layout():
    one, other = from_data(sample()), from_data(sample(title="Voorbeeld  "))
    assert one.digest == other.digest
    assert one.digest != from_data(sample(rows=[*sample()["rows"], row()])).digest


# --- checking ---


def test_a_gap_is_named_in_dutch():
    found = check(from_data(sample(rows=[row(urgent="ja"), row(urgent="nee", colour="red")])))
    assert found.errors[0].startswith("Geen rij past bij: Welke kleur? blauw; Hoe oud? 0 jaar; Heeft het haast? nee")


def test_a_row_that_is_never_reached_is_an_error_with_the_rows_above_it():
    found = check(from_data(sample(rows=[row(), row(urgent="ja")])))
    assert (found.unreachable, found.is_sound) == ((2,), False)
    assert "Rij 2 wordt nooit bereikt: de rijen erboven (1) nemen al zijn gevallen." in found.errors


def test_overlap_is_a_remark_under_first_and_an_error_under_unique():
    overlapping = [row(urgent="ja"), row(colour="red"), row(colour="blue", urgent="nee")]
    examples = sample()["examples"][:1]
    first = check(from_data(sample(rows=overlapping, examples=examples)))
    assert (first.errors, len(first.remarks)) == ((), 1)
    assert len(check(from_data(sample(rows=overlapping, examples=examples, hit="unique"))).errors) == 1


def test_an_example_that_comes_out_differently_is_an_error():
    wrong = [{"name": "haast", "given": {"urgent": "ja"}, "expect": {"to": "desk"}}]
    (error,) = check(from_data(sample(examples=wrong))).errors
    assert error == "Het voorbeeld “haast” geeft “het team” in plaats van “de balie”."


def test_a_table_too_large_to_check_is_not_sound():
    nine = {f"v{number}": "x" for number in range(9)}
    many = [{"name": f"q{number}", "question": "?", "type": "choice", "values": nine} for number in range(8)]
    examples = [{"name": "x", "given": {}, "expect": {"to": "team"}}]
    assert not check(from_data(sample(inputs=many, rows=[row()], examples=examples))).is_sound


def test_differences_show_which_examples_change():
    before = from_data(sample())
    after = from_data(sample(version="2", rows=[row("desk", urgent="ja"), *sample()["rows"][1:], row()]))
    assert [(each.name, each.before, each.after) for each in differences(before, after)] == [
        ("haast", "Naar: het team", "Naar: de balie")
    ]
    assert len(differences(None, after)) == 2


# --- what comes with Rondom ---


def test_every_table_that_comes_with_rondom_is_sound():
    shelf = library.shelf()
    assert shelf.refused == []
    assert {table.key for table in shelf.tables} == {"triage", "indication_body"}
    for table in shelf.tables:
        assert check(table).errors == (), table.key


@pytest.mark.parametrize(
    ("problems", "help_", "parents", "signal", "kind", "route", "safety_check"),
    [
        ("one", "one_form", "able", False, "single", "provider", False),  # D26
        ("one", "several_forms", "able", False, "multiple", "support_team", False),  # D27
        ("one", "one_form", "vulnerable", False, "multiple", "support_team", False),  # D27
        ("stubborn", "combination", "dropping_out", False, "multiproblem", "help_team", False),  # D28
        ("stubborn", "combination", "dropping_out", True, "multiproblem", "help_team", True),  # D28
        ("stubborn", "combination", "able", True, "multiproblem", "help_team", True),
        ("one", "one_form", "able", True, "multiple", "support_team", True),
        ("several", "one_form", "able", False, "multiple", "support_team", False),
    ],
)
def test_triage_after_the_vision_of_dronten(problems, help_, parents, signal, kind, route, safety_check):
    answers = {"problems": problems, "help": help_, "parents": parents, "safety_signal": signal}
    outcome = evaluate(shipped("triage"), answers)
    assert dict(outcome.values) == {"kind": kind, "route": route, "safety_check": safety_check}


def test_a_signal_about_safety_always_asks_for_a_safety_check_and_never_goes_by_without_a_team():
    table = shipped("triage")
    for problems_, help_, parents in itertools.product(*(q.written for q in table.questions[:3])):
        answers = {"problems": problems_, "help": help_, "parents": parents, "safety_signal": True}
        outcome = evaluate(table, answers)
        assert outcome["safety_check"] is True
        assert outcome["route"] != "provider"


def test_the_indication_body_holds_until_the_youth_act():
    table = shipped("indication_body")
    assert evaluate(table, {"age": 17, "main_ground": "psychiatric"})["body"] == "bjz"
    assert evaluate(table, {"age": 18})["body"] == "ciz"
    assert table.holds_on(dt.date(2014, 12, 31))
    assert not table.holds_on(dt.date(2015, 1, 1))


# --- DMN ---


def test_dmn_of_the_shipped_tables_reads_back_with_the_same_rows():
    for table in library.shelf().tables:
        data = dmn.read(dmn.write(table))
        assert [each["because"] for each in data["rows"]] == [row.because for row in table.rows]
        assert data["hit"] == table.hit
        assert [each["question"] for each in data["inputs"]] == [each.words for each in table.questions]


def test_what_dmn_cannot_hold_is_asked_from_the_author():
    text = drafting.to_toml(dmn.read(dmn.write(shipped("triage"))))
    with pytest.raises(TableRefused) as refusal:
        parse(text)
    told = " ".join(refusal.value.problems)
    assert all(name in told for name in ("version", "valid_from", "author", "reviewer", "source", "examples"))


XML = dmn.write(from_data(sample()))
ENTITY = b'<!DOCTYPE d [<!ENTITY a "x">]><d>&a;</d>'


@pytest.mark.parametrize(
    "raw",
    [
        ENTITY,
        ENTITY.decode().encode("utf-16"),
        b'<!DOCTYPE d SYSTEM "http://example.org/x.dtd"><d/>',
        b"<?xml-stylesheet href='x'?><definitions/>",
        b"<d>" * 13 + b"</d>" * 13,
        b"<d>" + b"<e/>" * 20_001 + b"</d>",
        b"<d>",
        b"",
        b"\xff\xfe\x00",
        b"<definitions/>",
        XML.replace(b"FIRST", b"COLLECT"),
        XML.replace(b'typeRef="boolean"', b'typeRef="feel:any"'),
        XML.replace(b'"red","blue"', b"red,blue"),
        XML.replace(b"<inputEntry><text>-</text></inputEntry>", b"", 1),
        b"x" * 1_000_001,
    ],
)
def test_a_file_that_is_not_plain_dmn_is_refused_with_a_sentence(raw):
    with pytest.raises(TableRefused) as refusal:
        dmn.read(raw)
    assert str(refusal.value)


def test_a_dmn_cell_with_an_expression_does_not_become_a_table():
    raw = XML.replace(b"&gt;= 18", b"date and time(&quot;x&quot;)")
    assert raw != XML
    text = drafting.to_toml(dmn.read(raw))
    with pytest.raises(TableRefused) as refusal:
        parse(text)
    assert any("age" in problem for problem in refusal.value.problems)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    assume(b"decisionTable" not in raw)
    with pytest.raises(TableRefused):
        dmn.read(raw)
