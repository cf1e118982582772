"""Backup, restore and check: what goes wrong is said, and nothing is opened half."""

import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tools import postgresql
from tools.drill import Place, drill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with the cast, a key pair, and one backup of it."""
    folder = tmp_path_factory.mktemp("backup")
    place = Place(folder / "data")
    place.python("tools.drill_work", "make")
    place.rondom("backup-keys", "--private-key", f"{folder}/private.pem", "--public-key", f"{folder}/public.pem")
    (folder / "boxes").mkdir()
    place.rondom("backup", "--to", f"{folder}/boxes", "--public-key", f"{folder}/public.pem")
    return place


def tried(place, *words):
    """Run a command that should refuse; return its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "rondom.cli.main", *map(str, words)], env=place.environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def parts(home):
    folder = home.data.parent
    return folder, next((folder / "boxes").glob("*.backup")), home.data / "keys" / "demo.keys"


def restore(home, to, *, box=None, private=None, keys=None, ledger=None):
    folder, whole, own = parts(home)
    return tried(
        Place(to), "restore", "--from", box or whole, "--private-key", private or folder / "private.pem",
        "--key-file", keys or own, "--to", to, *(["--ledger", ledger] if ledger else ["--no-ledger"]),
    )  # fmt: skip


def test_the_keys_and_names_are_not_in_the_backup_in_clear(home):
    _, box, keys = parts(home)
    content = box.read_bytes()
    assert b"Visser" not in content
    assert keys.read_bytes().split()[1] not in content


def test_a_restored_backup_is_equal_and_checks(home, tmp_path):
    code, said = restore(home, tmp_path / "new")
    assert code == 0, said
    place = Place(tmp_path / "new", {"RONDOM_KEY_FILE": str(parts(home)[2])})
    told = json.loads(place.python("tools.drill_work", "tell"))
    assert told["documents"]
    assert told == json.loads(home.python("tools.drill_work", "tell"))
    assert tried(place, "check")[0] == 0


@pytest.mark.parametrize("cut", [10, 500, 100_000])
def test_a_cut_off_backup_opens_nothing(home, tmp_path, cut):
    box = tmp_path / "cut.backup"
    box.write_bytes(parts(home)[1].read_bytes()[:-cut])
    code, said = restore(home, tmp_path / "new", box=box)
    assert code == 4, said
    assert not list(tmp_path.glob("new*"))


def test_a_folder_that_is_not_empty_is_left_alone(home, tmp_path):
    (tmp_path / "kept").write_text("kept")
    code, said = restore(home, tmp_path)
    assert code == 4, said
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]


def test_another_private_key_or_other_keys_open_nothing(home, tmp_path):
    home.rondom("backup-keys", "--private-key", f"{tmp_path}/p.pem", "--public-key", f"{tmp_path}/q.pem")
    code, said = restore(home, tmp_path / "new", private=tmp_path / "p.pem")
    assert code == 4, said
    other = tmp_path / "other.keys"
    other.write_text("1 " + "A" * 43 + "=\n")
    other.chmod(0o400)
    code, said = restore(home, tmp_path / "new", keys=other)
    assert code == 4, said
    assert not list(tmp_path.glob("new*"))


def test_a_backup_of_a_newer_rondom_is_refused(home, tmp_path):
    from rondom.core.archive import Manifest
    from rondom.installation import DATA_VERSION, DoesNotStart

    written = {"format": 1, "made_at": "", "rondom": "9", "kind": "demo", "data_version": DATA_VERSION + 1,
               "engines": {}, "key_checks": {}}  # fmt: skip
    with pytest.raises(DoesNotStart):
        Manifest.read(json.dumps(written).encode())


def test_a_backup_is_not_made_into_the_data_folder_or_nowhere(home):
    folder = home.data.parent
    for to in (home.data / "documents", folder / "absent"):
        code, said = tried(home, "backup", "--to", to, "--public-key", folder / "public.pem")
        assert code == 4, said


@pytest.fixture
def copy(home, tmp_path):
    """A copy of the installation that may be spoilt."""
    shutil.copytree(home.data, tmp_path / "copy")
    return Place(tmp_path / "copy", {"RONDOM_KEY_FILE": str(tmp_path / "copy" / "keys" / "demo.keys")})


def contents(place):
    return sorted(p for p in (place.data / "documents").rglob("*") if p.is_file())


def test_check_names_a_missing_and_a_damaged_document(copy):
    first, second = contents(copy)[:2]
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    code, said = tried(copy, "check")
    assert code == 1
    assert said.count("BROKEN") == 2
    assert "missing" in said
    assert "damaged" in said


def test_check_names_a_row_that_points_nowhere_and_a_changed_event(copy):
    database = sqlite3.connect(copy.data / "db" / "rondom.sqlite3")
    triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("UPDATE core_event SET ground = 'altered' WHERE number = 1")
    database.execute("DELETE FROM dossiers_case")
    database.commit()
    database.close()
    code, said = tried(copy, "check")
    assert code == 1
    assert "events 1 " in said
    assert "not there" in said


def test_a_restored_database_that_does_not_fit_stays_closed(home, copy, tmp_path):
    """A backup whose audit chain is broken is not opened for anybody."""
    database = sqlite3.connect(copy.data / "db" / "rondom.sqlite3")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    database.execute("UPDATE core_event SET ground = 'altered' WHERE number = 1")
    database.commit()
    database.close()
    folder = home.data.parent
    (tmp_path / "boxes").mkdir()
    copy.rondom("backup", "--to", str(tmp_path / "boxes"), "--public-key", str(folder / "public.pem"))
    code, said = restore(home, tmp_path / "new", box=next((tmp_path / "boxes").iterdir()))
    assert code == 1, said
    assert "BROKEN" in said
    assert tried(Place(tmp_path / "new"), "check")[0] == 3


def test_the_drill_succeeds_on_sqlite():
    assert drill(["--sqlite", "--seconds", "2"]) == 0


@pytest.mark.skipif(postgresql.programs() is None, reason="no PostgreSQL server programs here")
def test_the_drill_succeeds_on_postgresql():
    assert drill(["--postgresql", "--seconds", "2"]) == 0


def test_newer_data_are_refused_and_older_say_what_to_do(copy):
    """The version of the data folder: newer does not start; an older database asks for its migration."""
    written = copy.data / "installation.json"
    known = json.loads(written.read_text())
    written.write_text(json.dumps(known | {"data_version": known["data_version"] + 1}))
    code, said = tried(copy, "check")
    assert code == 4
    assert "newer" in said
    written.write_text(json.dumps(known))
    database = sqlite3.connect(copy.data / "db" / "rondom.sqlite3")
    database.execute("DELETE FROM django_migrations WHERE app = 'documents'")
    database.commit()
    database.close()
    code, said = tried(copy, "check")
    assert code == 4
    assert "rondom migrate" in said
