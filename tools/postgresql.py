"""A PostgreSQL server of our own for the tests: made in a temporary folder, stopped and removed afterwards.

Needs only the server's programs. As root the server runs as another user, because it refuses to run as root.
"""

import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/pgsql/bin")
SETTINGS = {  # a throwaway server: speed before safety, the work of two cores
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "autovacuum_naptime": "10min",
    "jit": "off",  # tables of a test are small: compiling a question costs more than asking it
}


class NoServer(Exception):
    """PostgreSQL cannot be started here; the sentence says why."""


def programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`: on PATH, else the newest version where packages put it."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    found = [
        folder
        for pattern in PLACES
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]

    def version(folder: Path) -> int:
        number = re.search(r"\d+", str(folder))
        return int(number.group()) if number else 0

    return max(found, key=version, default=None)


def _other_user() -> dict[str, Any]:
    """Return what subprocess needs to run as somebody else when we are root; nothing otherwise."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer("running as root, and there is no user postgres or nobody to run the server as")


def _end_with_parent() -> None:
    """Let the kernel stop the server when `./dev` is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(home: Path | None = None, **settings: str) -> Iterator[str]:
    """Run a throwaway server and give the address of its database `rondom`; raise NoServer when it cannot.

    home      where it keeps its data; one that an earlier server left there is used again, and it stays there
    settings  what differs from SETTINGS, for example fsync="on"
    """
    folder = programs()
    if folder is None:
        raise NoServer("no PostgreSQL server programs (initdb, postgres) on PATH or in /usr/lib/postgresql")
    other = _other_user()
    place = home or Path(tempfile.mkdtemp(prefix="rondom-postgresql-"))
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if other:
            os.chown(place, other["user"], other["group"])
        with _running(folder, place, other, {**SETTINGS, **settings}) as url:
            yield url
    finally:
        if home is None:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _running(folder: Path, home: Path, other: dict[str, Any], settings: Mapping[str, str]) -> Iterator[str]:
    secret, data = home / "password", home / "data"
    if not data.exists():
        _make(folder, home, other)
    password, port = secret.read_text("ascii"), _free_port()
    log = home / "log"
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [folder / "postgres", "-D", data, "-p", str(port), *options],
            cwd=home, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=_end_with_parent, **other,
        )  # fmt: skip
    try:
        _await(process, port, password, log)
        yield f"postgresql://rondom:{password}@127.0.0.1:{port}/rondom"
    finally:
        _stop(process)


def _make(folder: Path, home: Path, other: dict[str, Any]) -> None:
    secret = home / "password"
    secret.write_text(secrets.token_urlsafe(18), "ascii")
    if other:
        os.chown(secret, other["user"], other["group"])
    made = subprocess.run(
        [
            folder / "initdb", "--pgdata", home / "data", "--username", "rondom", "--pwfile", secret,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
        ],
        cwd=home, capture_output=True, text=True, check=False, **other,
    )  # fmt: skip
    if made.returncode:
        raise NoServer(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")


def _await(process: subprocess.Popen[bytes], port: int, password: str, log: Path) -> None:
    """Wait until the server answers, and make the database that the tests name theirs after."""
    until = time.monotonic() + 60
    while True:
        if process.poll() is not None:
            raise NoServer(f"the server stopped: {log.read_text('utf-8', 'replace').strip()[-500:]}")
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="rondom", password=password, dbname="postgres",
                connect_timeout=2, autocommit=True,
            ) as connection:  # fmt: skip
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'rondom'").fetchone():
                    connection.execute("CREATE DATABASE rondom")
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise NoServer("the server did not answer within a minute") from None
            time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(sign)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                continue
