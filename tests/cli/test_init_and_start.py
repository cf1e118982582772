"""An installation is made explicitly, and starts only when folder, keys, kind and databases belong together."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rondom.core import making

pytestmark = pytest.mark.fault


def keys_of(home: Path) -> dict[str, str]:
    return {"RONDOM_KEY_FILE": str(home / "keys" / "training.keys")}


@contextmanager
def opened(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "data" / "db" / "rondom.sqlite3")) as database, database:
        yield database


def refused(done, sentence: str, code: int = 4) -> None:
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_is_never_filled_by_accident(rondom, tmp_path):
    for verb in ("serve", "worker", "check", "migrate"):
        refused(rondom(tmp_path / "empty", verb), "There is no Rondom installation in", code=3)
    assert not (tmp_path / "empty").exists()


def test_what_is_made_is_for_its_own_user_only(made_training):
    for path in [made_training / "data", *(made_training / "data").rglob("*"), made_training / "keys"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert stat.S_IMODE((made_training / "keys" / "training.keys").stat().st_mode) == 0o400


def test_kind_keys_and_the_making_itself_are_in_the_database(made_training):
    with opened(made_training) as database:
        assert database.execute("SELECT id, kind, data_version FROM core_installation").fetchall() == [
            (1, "training", 1)
        ]
        assert database.execute("SELECT generation FROM core_keycheck").fetchall() == [(1,)]
        first, *filled = (kind for (kind,) in database.execute("SELECT kind FROM core_event ORDER BY number"))
        assert first == "core.installation_made"
        assert filled
        assert all(kind.startswith("reference.") for kind in filled)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_it_starts_from_the_folder_alone(rondom, made_training):
    done = rondom(made_training / "data", "worker", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the audit records are sealed" in done.stdout


def test_a_folder_that_is_not_empty_is_refused(rondom, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "holiday.jpg").touch()
    done = rondom(tmp_path / "data", "init", "--kind", "training", "--key-file", str(tmp_path / "k"))
    refused(done, "is not empty")
    assert not (tmp_path / "k").exists()


def test_production_refuses_sqlite(rondom, tmp_path):
    done = rondom(tmp_path / "data", "init", "--kind", "production", "--key-file", str(tmp_path / "k"))
    refused(done, "A production installation needs PostgreSQL")
    assert list(tmp_path.iterdir()) == []


def test_a_database_server_that_does_not_answer_is_said_before_anything_is_made(rondom, tmp_path):
    done = rondom(
        tmp_path / "data", "init", "--kind", "production", "--key-file", str(tmp_path / "k"),
        RONDOM_DATABASE_URL="postgresql://rondom:geheim@127.0.0.1:1/rondom",
    )  # fmt: skip
    refused(done, "The database rondom cannot be reached")
    assert "geheim" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inside", ["data/keys", "data/deep/er/keys", "other/../data/keys"])
def test_keys_inside_the_data_folder_are_refused(rondom, tmp_path, inside):
    done = rondom(tmp_path / "data", "init", "--kind", "training", "--key-file", str(tmp_path / inside))
    refused(done, "lies inside the data folder")
    assert not (tmp_path / "data").exists()


def test_the_keys_of_a_demonstration_are_refused(rondom, tmp_path):
    (tmp_path / "copied").write_text(making.demo_key_line(), "ascii")
    done = rondom(tmp_path / "data", "init", "--kind", "training", "--key-file", str(tmp_path / "copied"))
    refused(done, "are those of a demonstration")


def test_an_interrupted_making_is_recognised_and_finished_by_doing_it_again(rondom, training):
    data = training / "data"
    written = json.loads((data / "installation.json").read_text("utf-8"))
    (data / "installation.json").rename(data / "installation.unfinished")
    refused(rondom(data, "serve"), "was interrupted", code=3)
    other = rondom(data, "init", "--kind", "training", "--key-file", str(training / "elsewhere"))
    refused(other, "the making of a training installation was interrupted")
    with opened(training) as database:  # killed between a step and the note that it was done
        database.execute("DELETE FROM django_migrations WHERE app = 'privacy'")
    key_file = written["keys"]  # the copy still names the keys of the original
    done = rondom(data, "init", "--kind", "training", "--key-file", key_file)
    assert done.returncode == 0, done.stderr
    assert "were there already" in done.stdout
    assert not (data / "installation.unfinished").exists()
    assert rondom(data, "worker", "--once").returncode == 0


def test_missing_keys_do_not_start(rondom, training):
    done = rondom(training / "data", "worker", "--once", RONDOM_KEY_FILE=str(training / "gone"))
    refused(done, "cannot be read")


def test_wrong_keys_do_not_start(rondom, training):
    from rondom.core.keys import new_key_line

    wrong = training / "wrong"
    wrong.write_text(new_key_line(1), "ascii")
    wrong.chmod(0o400)
    done = rondom(training / "data", "worker", "--once", RONDOM_KEY_FILE=str(wrong))
    refused(done, "do not belong to this database")


def test_folder_and_database_of_another_kind_do_not_start(rondom, training):
    path = training / "data" / "installation.json"
    path.write_text(json.dumps({"kind": "demo", "data_version": 1}), "utf-8")
    done = rondom(training / "data", "worker", "--once", **keys_of(training))
    refused(done, "its database says training")


def test_a_folder_of_a_newer_rondom_does_not_start(rondom, training):
    path = training / "data" / "installation.json"
    path.write_text(json.dumps({"kind": "training", "data_version": 99}), "utf-8")
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "a newer Rondom")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "palace", "data_version": 1}'])
def test_a_damaged_installation_file_does_not_start(rondom, training, text):
    (training / "data" / "installation.json").write_text(text, "utf-8")
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "Put it back from the backup")


@pytest.mark.parametrize("name", ["rondom", "looks"])
def test_a_missing_database_is_said_and_no_empty_one_is_made(rondom, training, name):
    path = training / "data" / "db" / f"{name}.sqlite3"
    path.unlink()
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "is gone")
    assert not path.exists()


def test_a_database_that_is_no_database_is_said(rondom, training):
    (training / "data" / "db" / "rondom.sqlite3").write_bytes(b"coffee" * 1000)
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "cannot be opened")


def test_an_older_form_of_the_database_is_said(rondom, training):
    with opened(training) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'core'")
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "an older form")


def test_a_folder_that_cannot_be_written_is_said(rondom, training):
    shutil.rmtree(training / "data" / "db")
    (training / "data" / "db").symlink_to("/proc/self")  # nobody writes there, root neither
    refused(rondom(training / "data", "worker", "--once", **keys_of(training)), "cannot write in its data folder")


def test_a_demonstration_never_touches_another_installation(rondom, training):
    before = sorted(p.name for p in (training / "data").rglob("*"))
    for words in (("demo",), ("demo", "--fresh")):
        refused(rondom(training / "data", *words), "holds a training installation")
    assert sorted(p.name for p in (training / "data").rglob("*")) == before


def test_a_demonstration_never_touches_a_folder_with_other_things(rondom, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").touch()
    refused(rondom(tmp_path / "photos", "demo", "--fresh"), "is not empty and holds no demonstration")
    assert (tmp_path / "photos" / "holiday.jpg").exists()


def test_commands_that_go_round_the_audit_exist_in_a_demonstration_only(rondom, training):
    refused(rondom(training / "data", "django", "flush", "--no-input", **keys_of(training)), "goes round the rights")
