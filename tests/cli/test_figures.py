"""`rondom facts indicators` and `rondom facts figure`."""

import argparse
import csv
import datetime as dt
import io
import json

import pytest

from rondom.cli import facts
from rondom.core import clock
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
        (("crisis_lines", "2016Q3", "--explain"), "unieke cliënten"),
        (("crisis_lines", "2999", "--public"), "nog niet voorbij"),
        (("unique_clients", "2016Q3", "--explain", "--public"), "unieke cliënten"),
        (("crisis_lines", "2016Q3", "--look-back", "30"), "repeat_use"),
        (("repeat_use", "2016Q3", "--look-back", "0"), "vanaf 1"),
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


def test_the_rule_is_said_per_client_and_that_it_was_asked_is_kept(cast, at, capsys):
    snapshot.make(by=BY, at=at)
    parser = argparse.ArgumentParser()
    facts.add_arguments(parser)
    for form in ("json", "csv"):
        assert facts.run(parser.parse_args(["figure", "unique_clients", "2026", "--explain", "--format", form])) == 0
        said = capsys.readouterr().out
        if form == "json":
            found = json.loads(said)
            assert found["clients"] or found["form_unknown"]
            assert all(each["why"] and (each["form"] or each["excluded"]) for each in found["clients"])
        else:
            assert said.startswith("client,forms,form,excluded,why")
    assert Look.objects.filter(kind="indicators.clients_explained", object_id="unique_clients").count() == 2
    assert facts.run(parser.parse_args(["figure", "repeat_use", "2026", "--look-back", "365"])) == 0
    assert "days_since_help <= 365" in capsys.readouterr().out


def test_a_snapshot_says_which_one_the_pages_show(lists, at, capsys):
    parser = argparse.ArgumentParser()
    facts.add_arguments(parser)
    with clock.standing_at(at):
        assert facts.run(parser.parse_args(["snapshot"])) == 0
        first = snapshot.shown()
        assert "De pagina’s laten de cijfers zien van" in capsys.readouterr().out
    with clock.standing_at(at + dt.timedelta(hours=1)):
        assert facts.run(parser.parse_args(["snapshot"])) == 0
        assert snapshot.shown() == first
        assert facts.run(parser.parse_args(["snapshot", "--show"])) == 0
        assert snapshot.shown() == snapshot.generations()[-1] != first
