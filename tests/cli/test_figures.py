"""`rondom facts indicators` and `rondom facts figure`."""

import argparse
import csv
import io
import json

import pytest

from rondom.cli import facts
from rondom.core.models import Look
from rondom.indicators import snapshot
from tests.crisis.conftest import BY, lists, quarter_loaded
from tests.indicators.conftest import own_folder

__all__ = ["lists", "own_folder", "quarter_loaded"]
pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def run(quarter_loaded, at, capsys):
    snapshot.make(by=BY, at=at)

    def ask(*words):
        parser = argparse.ArgumentParser()
        facts.add_arguments(parser)
        code = facts.run(parser.parse_args(words))
        return code, *capsys.readouterr()

    return ask


def test_a_figure_says_what_was_asked_of_what_and_how(run):
    code, out, _err = run("figure", "crisis_youths", "2016Q3")
    said = json.loads(out)
    assert (code, said["figures"]) == (0, [{"number": 79, "part": None, "value": 79.0}])
    assert said["counted"] == "person"
    assert "count(DISTINCT youth_key)" in said["sql"]
    assert Look.objects.filter(kind="indicators.figure_given", object_id="crisis_youths").count() == 1


def test_in_public_a_small_count_is_empty(run):
    _code, out, _err = run("figure", "crisis_lines", "2016Q3", "--by", "municipality", "--public", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) > 2
    assert [row["value"] for row in rows].count("") >= 2
    assert Look.objects.filter(kind="indicators.public_figure_given").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("geluk", "2016Q3"), "geen indicator"),
        (("crisis_lines", "2016Q7"), "geen periode"),
        (("crisis_lines", "2016Q3", "--by", "follow_up"), "te verdelen naar"),
    ],
)
def test_wrong_words_get_a_sentence_with_what_is_possible(run, words, sentence):
    code, out, err = run("figure", *words)
    assert (code, out) == (2, "")
    assert sentence in err


def test_the_list_names_question_and_source(run):
    _code, out, _err = run("indicators")
    assert "crisis_days_of_stay" in out
    assert "Bron: " in out
