"""`./dev drill`: prove that a backup taken while people work comes back whole, on both engines."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tools import postgresql
from tools.running import ROOT, say, stage

WORKER = "tools.drill_work"


class Failed(Exception):
    """A step of the drill did not give what it should."""


@dataclass(frozen=True)
class Place:
    """An installation of the drill: its data folder, and what its programs see."""

    data: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment without what the caller had set for Rondom."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RONDOM_", "DJANGO_"))}
        return {**kept, "RONDOM_DATA": str(self.data), "PYTHONPATH": str(ROOT), **self.extra}

    def python(self, *words: str) -> str:
        """Run a module of ours to its end and return what it printed; raise Failed when it did not succeed."""
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Failed(f"{' '.join(words[:3])}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def rondom(self, *words: str) -> str:
        """Run a command of Rondom."""
        return self.python("rondom.cli.main", *words)


def drill(words: list[str]) -> int:
    """Back up while people work, destroy, restore, compare. `--seconds N` of work (6), `--postgresql`, `--sqlite`."""
    seconds = float(words[words.index("--seconds") + 1]) if "--seconds" in words else 6.0
    engines = [e for e in ("sqlite", "postgresql") if f"--{e}" in words] or ["sqlite", "postgresql"]
    try:
        for engine in engines:
            if engine == "postgresql" and postgresql.programs() is None:
                say("PostgreSQL is not installed here: the drill on it is skipped.")
                continue
            with tempfile.TemporaryDirectory(prefix="rondom-drill-") as name:
                say(f"=== {engine}")
                _on(engine, Path(name), seconds)
    except Failed as failed:
        say(f"DRILL FAILED: {failed}")
        return 1
    say("The drill succeeded.")
    return 0


def _on(engine: str, folder: Path, seconds: float) -> None:
    data, restored = folder / "data", folder / "restored"
    keys = {"RONDOM_KEY_FILE": str(data / "keys" / "demo.keys")}
    if engine == "sqlite":
        _drill(folder, Place(data), Place(restored, keys), seconds)
        return
    with postgresql.server() as url:
        first, second = (_databases(url, name) for name in ("drill", "drill_restored"))
        _drill(folder, Place(data, first), Place(restored, {**keys, **second}), seconds)


def _databases(url: str, name: str) -> dict[str, str]:
    """Make two empty databases and return where they are."""
    with psycopg.connect(url, autocommit=True) as connection:
        for each in (name, f"{name}_looks"):
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(each)))
    server = url.rpartition("/")[0]
    return {"RONDOM_DATABASE_URL": f"{server}/{name}", "RONDOM_LOOKS_URL": f"{server}/{name}_looks"}


def _drill(folder: Path, home: Place, other: Place, seconds: float) -> None:
    boxes, private, public = folder / "backups", folder / "private.pem", folder / "public.pem"
    boxes.mkdir()
    with stage("make an installation with the cast"):
        home.python(WORKER, "make")
        home.rondom("backup-keys", "--private-key", str(private), "--public-key", str(public))
    with stage("back up while people work"):
        before, written = _work_and_back_up(home, boxes, public, seconds)
    with stage("destroy a dossier afterwards"):
        destroyed = json.loads(home.python(WORKER, "destroy"))
    with stage("restore elsewhere"):
        box = next(boxes.glob("*.backup"))
        report = other.rondom(
            "restore", "--from", str(box), "--private-key", str(private),
            "--key-file", str(home.data / "keys" / "demo.keys"),
            "--to", str(other.data), "--ledger", str(home.data / "ledger"),
        )  # fmt: skip
        say(report.rstrip())
    with stage("compare"):
        say(other.rondom("check").rstrip())
        _compare(before, written, json.loads(other.python(WORKER, "tell")), destroyed)


def _work_and_back_up(home: Place, boxes: Path, public: Path, seconds: float) -> tuple[set[str], set[str]]:
    """Return the notes committed before the backup began, and all that were ever written."""
    log = home.data.with_name("written")
    work = subprocess.Popen([sys.executable, "-m", WORKER, "work", str(log)], cwd=ROOT, env=home.environment)
    try:
        deadline = time.monotonic() + 60
        while len(_lines(log)) < 5:
            if work.poll() is not None or time.monotonic() > deadline:
                raise Failed("nobody got to work")
            time.sleep(0.1)
        time.sleep(seconds / 2)
        before = _lines(log)
        say(home.rondom("backup", "--to", str(boxes), "--public-key", str(public)).rstrip())
        during = len(_lines(log)) - len(before)
        time.sleep(seconds / 2)
    finally:
        work.terminate()
        work.wait(30)
    written = _lines(log)
    waits = sorted(float(line.split()[1]) for line in log.read_text().splitlines() if len(line.split()) == 2)
    say(f"{len(before)} notes before the backup, {during} while it ran, {len(written)} in all")
    say(f"one note took {waits[len(waits) // 2]:.3f} s (median), at most {waits[-1]:.3f} s")
    if not during:
        raise Failed("nobody could work while the backup was made")
    return before, written


def _lines(log: Path) -> set[str]:
    if not log.exists():
        return set()
    return {line.split()[0] for line in log.read_text("ascii").splitlines() if len(line.split()) == 2}


def _compare(before: set[str], written: set[str], found: dict[str, Any], destroyed: dict[str, Any]) -> None:
    notes = set(found["notes"])
    back = [
        name for name, kind in (("dossier", "dossiers"), ("youth", "persons")) if destroyed[name] in found[kind]
    ] + [pk for pk in destroyed["documents"] if pk in found["documents"]]
    if back or not destroyed["documents"]:
        raise Failed(f"what was destroyed after the backup is back: {', '.join(back)}")
    say("what was destroyed after the backup stays destroyed")
    if lost := before - notes:
        raise Failed(f"{len(lost)} notes written before the backup are gone")
    if strange := notes - written - set(found["cast_notes"]):
        raise Failed(f"{len(strange)} notes came from nowhere")
    if not found["documents"]:
        raise Failed("the documents are gone")
    say(f"{len(before)} notes of before the backup are all there; {len(notes)} notes in all, none from nowhere")
