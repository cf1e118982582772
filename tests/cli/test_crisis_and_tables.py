"""`rondom crisis` and `rondom tables`, as somebody types them."""

import json

import pytest

from rondom.cli import crisis, main, tables
from rondom.core.models import Look
from rondom.reference import queries as reference
from tests.crisis.conftest import HEAD, SAMPLE, load_lists
from tests.reports.test_printed import BUDGET

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def run(*words):
    top, modules = main.parser(words[0])
    options = top.parse_args([str(word) for word in words])
    return modules[words[0]].run(options)


@pytest.mark.slow
def test_from_a_file_of_lines_to_a_frozen_report(at, capfdbinary):
    load_lists(at)
    assert run("crisis", "import", SAMPLE) == 0
    assert b"92 nieuw" in capfdbinary.readouterr().out
    for form in ("json", "csv", "pdf"):
        assert run("crisis", "report", "2016Q3", "--format", form, "--edition", "1") == 0
        out, said = capfdbinary.readouterr()
        assert (b"nu vastgelegd" in said) == (form == "json")
        if form == "json":
            assert json.loads(out)["persons"] == 79
        else:
            assert out.startswith(b"figure," if form == "csv" else b"%PDF")
    assert Look.objects.filter(kind="crisis.report_given", object_id="flevoland 2016Q3").count() == 3
    assert run("crisis", "report", "kwartaal 3") == crisis.REFUSED


@pytest.mark.slow
def test_refused_lines_are_listed_and_the_exit_code_says_so(at, tmp_path, capsys):
    load_lists(at)
    path = tmp_path / "lines.csv"
    path.write_text(f"{HEAD}\na,j,2016-07-01,Almere,240,ambulant,,,,\n", "utf-8")
    assert run("crisis", "import", path) == crisis.REFUSED
    said = capsys.readouterr().err
    assert said.startswith("regel 2: age “240” is geen leeftijd")
    assert "1 regel is geweigerd" in said


def test_without_the_code_lists_a_sentence_says_what_to_load(capsys, tmp_path):
    assert not reference.lists().exists()
    assert main._refusal(_error("crisis", "import", SAMPLE)) == (
        "De codelijst crisis_area is er niet. Vraag wie deze installatie beheert om de codelijsten te laden "
        "(rondom django reference load --all)."
    )


def _error(*words):
    with pytest.raises(Exception) as error:
        run(*words)
    return error.value


def test_tables_check_prints_the_sums_as_json_and_as_text(tmp_path, capsys):
    path = tmp_path / "budget.csv"
    path.write_text(BUDGET, "utf-8")
    assert run("tables", "check", path, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["totals"][0]["difference"] == [-17, 1, 0, 0, 0]
    assert run("tables", "check", path) == 0
    assert "gedrukt 14160, berekend 14177  verschil -17" in capsys.readouterr().out
    path.write_text("x", "utf-8")
    assert run("tables", "check", path) == tables.REFUSED
    assert run("tables", "check", tmp_path / "none.csv") == tables.REFUSED
