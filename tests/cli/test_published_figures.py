"""`rondom figures import`, `layouts` and `ranks`."""

import argparse
import csv
import io

import pytest

from rondom.cli import figures
from rondom.demo.cast_figures import CARRIED
from tests.indicators.conftest import own_folder

__all__ = ["own_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def run(capsys):
    def ask(*words):
        parser = argparse.ArgumentParser()
        figures.add_arguments(parser)
        code = figures.run(parser.parse_args(words))
        return code, *capsys.readouterr()

    return ask


def test_import_says_what_it_read_and_ranks_say_what_rounding_leaves_open(run):
    file = CARRIED / "cbs-youth-care-share-2021.csv"
    assert run("import", str(file))[:2] == (
        0,
        "CBS, Kerncijfers wijken en buurten 2021 (85039NED): 18 nieuw, 0 vervangen, 0 cijfers ongewijzigd\n",
    )
    code, out, _err = run("ranks", "share", "2021")
    rows = {row["naam"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == 0
    assert (rows["Assen"]["cijfer"], rows["Assen"]["plaats_van"], rows["Assen"]["plaats_tot"]) == ("14.60", "1", "1")
    assert (rows["Dronten"]["minstens"], rows["Dronten"]["hoogstens"]) == ("9.95", "10.05")


def test_a_refused_line_is_named_and_nothing_is_stored(run, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text("code,naam,pct_jongeren_met_jeugdzorg\nGM0303,Dronten,10.0\nGM0034,Almere,veel\n", "utf-8")
    code, out, err = run("import", str(file))
    assert (code, out) == (4, "")
    assert "regel 3: pct_jongeren_met_jeugdzorg: “veel” is geen cijfer" in err
    assert "Er is niets opgeslagen: 1 regel is geweigerd" in err
    assert run("ranks", "share", "2021")[1].count("\n") == 1


def test_layouts_and_an_unknown_comparison_are_explained(run):
    assert "youth_care_provinces: CBS, 84134NED" in run("layouts")[1]
    assert run("ranks", "referrers", "2021")[0] == 4
