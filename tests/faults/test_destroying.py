"""Destroyed is destroyed: no byte is left, and a destruction that is killed half-way is all or nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment, run_rondom
from tests.faults.conftest import assert_whole
from tests.faults.destroyer import POINTS

pytestmark = [pytest.mark.slow, pytest.mark.fault]
ROOT = Path(__file__).resolve().parents[2]


def run(folder, step, *words, killed=False):
    environment = clean_environment(
        RONDOM_DATA=str(folder), DJANGO_SETTINGS_MODULE="rondom.settings", PYTHONPATH=str(ROOT)
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.destroyer", step, *words], env=environment, cwd=ROOT, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == (-9 if killed else 0), done.stderr[-3000:]
    return json.loads(done.stdout) if done.stdout else None


def found(folder, words):
    """Return the canaries with the file in which a byte of them still lies."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {(word, path.name) for path in files for word in words if word.encode() in path.read_bytes()}


@pytest.fixture(scope="module")
def planted(made_demonstration, tmp_path_factory):
    folder = Path(shutil.copytree(made_demonstration, tmp_path_factory.mktemp("planted") / "data"))
    return folder, run(folder, "plant")["words"]


@pytest.fixture
def home(planted, tmp_path):
    return Path(shutil.copytree(planted[0], tmp_path / "data")), planted[1]


def test_not_one_byte_is_left_in_the_data_folder(home):
    folder, words = home
    before = {word for word, _file in found(folder, words)}
    assert {"kxnotesq", "kxreasoq", "kxweighq"} <= before
    assert len(before) > 15
    assert "kxblobsq" not in before  # contents are encrypted; that they are gone is counted
    contents = len([p for p in (folder / "documents").rglob("*") if p.is_file()])
    run(folder, "destroy")
    assert found(folder, words) == set()
    assert len([p for p in (folder / "documents").rglob("*") if p.is_file()]) == contents - 1
    assert run(folder, "tell") == {"dossier": False, "ledger": 1, "notes": 0, "done": 1}
    assert_whole(folder)


@pytest.mark.parametrize("point", POINTS)
def test_killed_half_way_leaves_all_or_nothing(home, point):
    folder, words = home
    run(folder, "destroy", point, killed=True)
    run(folder, "settle")
    told = run(folder, "tell")
    if point == POINTS[0]:
        assert told == {"dossier": True, "ledger": 0, "notes": told["notes"], "done": 0}
        assert told["notes"] > 0
        run(folder, "destroy")  # nothing stands in the way of trying again
        told = run(folder, "tell")
    assert told == {"dossier": False, "ledger": 1, "notes": 0, "done": 1}
    assert found(folder, words) == set()
    checked = run_rondom(folder, "check", timeout=300)
    assert checked.returncode == 0, checked.stdout
