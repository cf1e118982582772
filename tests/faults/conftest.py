"""A demonstration in a folder of its own, its server as real processes, and the ways to kill them."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment, run_rondom


@pytest.fixture(scope="session")
def made_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration with its cast, made once."""
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    done = run_rondom(folder, "demo", "--make", timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(made_demonstration: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration for one test."""
    return Path(shutil.copytree(made_demonstration, tmp_path / "data"))


def free_port() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, *words: str, **extra: str) -> subprocess.Popen[str]:
    """Start `rondom` in a session of its own, so that it can be killed with all it started."""
    return subprocess.Popen(
        [sys.executable, "-m", "rondom.cli.main", *words], env=clean_environment(RONDOM_DATA=str(folder), **extra),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def kill(process: subprocess.Popen[str]) -> None:
    """Pull the plug: no process of the session gets to do anything any more."""
    os.killpg(process.pid, signal.SIGKILL)
    with process:
        process.wait(30)


def stop(process: subprocess.Popen[str], within: float = 180) -> tuple[int, str]:
    """Ask a process to stop and return (exit code, what it said)."""
    process.send_signal(signal.SIGTERM)
    said, _nothing = process.communicate(timeout=within)
    return process.returncode, said


def hear(process: subprocess.Popen[str], words: str) -> None:
    """Wait until a process says these words."""
    assert process.stdout is not None
    said = []
    while words not in (line := process.stdout.readline()):
        said.append(line)
        assert line, "".join(said)


def answers(port: int, path: str = "/healthz") -> bool:
    """Tell whether something answers 200 on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in line.recv(64)
    except OSError:
        return False


def until(what: object, within: float = 240) -> None:
    """Wait until a function says yes."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if what():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Serve the folder on a free port; killed afterwards when it still runs."""
    port = free_port()
    process = start(folder, "serve", "--port", str(port), "--workers", "2", "--quiet")
    try:
        until(lambda: answers(port) or process.poll() is not None)
        assert process.poll() is None, process.communicate()[0]
        yield port, process
    finally:
        if process.poll() is None:
            kill(process)
        elif process.stdout is not None:
            process.stdout.close()


def rows(folder: Path, database: str, query: str) -> list[tuple]:
    """Read a database of the folder from outside."""
    with closing(sqlite3.connect(folder / "db" / f"{database}.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def assert_whole(folder: Path) -> str:
    """The databases are sound and the audit verifies; return what verify said."""
    for database in ("rondom", "looks"):
        assert rows(folder, database, "PRAGMA integrity_check") == [("ok",)]
        assert rows(folder, database, "PRAGMA foreign_key_check") == []
    done = run_rondom(folder, "audit", "verify", timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout
