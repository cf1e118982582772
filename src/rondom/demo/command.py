"""Start a demonstration: an invented municipality on this machine, with one-click sign-ins.

Makes its own database in the data folder when there is none yet, fills it with the invented cast, starts the server
and the worker, and stops both on Ctrl-C. Refuses a folder that holds a training or production installation.
"""

import argparse
import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from rondom import installation
from rondom.installation import DoesNotStart

HELP = "start a demonstration with invented people"
NEEDS = "nothing"
FIRST_PORT, PORTS = 8000, 50
STOPS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 180  # seconds the server may take to start, also on a slow and busy machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add port, folder and the two ways to run."""
    parser.add_argument("--port", type=int, help="port to listen on (default: the first that is free from 8000)")
    parser.add_argument("--data", type=Path, help="the data folder (default: RONDOM_DATA, else var/)")
    parser.add_argument("--fresh", action="store_true", help="throw this demonstration away and begin a new one")
    parser.add_argument("--make", action="store_true", help="make what is not there yet, and stop")
    parser.add_argument(
        "--check", action="store_true", help="in a throwaway folder: sign each persona in, walk its pages, and stop"
    )


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def run(options: argparse.Namespace) -> int:
    """Make what lacks, start, and wait for Ctrl-C; or check."""
    for name in ("RONDOM_DATABASE_URL", "RONDOM_LOOKS_URL", "RONDOM_KEY_FILE", "RONDOM_HOSTS"):
        if os.environ.pop(name, None):  # a demonstration never touches a database or keys that are not its own
            say(f"{name} is left aside: a demonstration makes its own database and keys.")
    if options.check:
        with tempfile.TemporaryDirectory(prefix="rondom-demo-") as folder:
            return _demonstrate(Path(folder) / "data", options, check=True)
    return _demonstrate((options.data or installation.data_folder()).absolute(), options, check=False)


def _demonstrate(folder: Path, options: argparse.Namespace, *, check: bool) -> int:
    _refuse_others(folder)
    port = 0 if options.make else _port(options.port)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        if options.fresh:
            _throw_away(folder)
        personas = _prepare(folder)
        if options.make:
            return 0
        with _running(port) as processes:
            if check:
                from rondom.demo.tour import STEPS
                from rondom.demo.walk import walk

                return walk(port, personas, say=say, steps=STEPS)
            asked = Asked.listening()
            _invite(folder, port, personas)
            return _wait(processes, asked)


def _port(wanted: int | None) -> int:
    """Return the port to serve on; a port somebody named is never replaced by another."""

    def free(port: int) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                return False
            return True

    if wanted is not None:
        if not free(wanted):
            raise DoesNotStart(f"Port {wanted} is taken or not allowed. Choose another one, or leave --port out.")
        return wanted
    found = next(filter(free, range(FIRST_PORT, FIRST_PORT + PORTS)), None)
    if found is None:
        raise DoesNotStart(f"No port is free between {FIRST_PORT} and {FIRST_PORT + PORTS}. Name one with --port.")
    return found


def _refuse_others(folder: Path) -> None:
    """Raise DoesNotStart when the folder holds anything that is not a demonstration, whole or half-made."""
    if folder.exists() and not folder.is_dir():
        raise DoesNotStart(f"{folder} is a file, not a folder. Choose another one with --data.")
    os.environ["RONDOM_DATA"] = str(folder)
    try:
        kind = installation.find().kind
    except installation.NotInitialised:
        begun = installation.unfinished(folder)
        if begun is None and folder.exists() and any(folder.iterdir()):
            raise DoesNotStart(
                f"The folder {folder} is not empty and holds no demonstration. Choose another one with --data."
            ) from None
        kind = begun.kind if begun else "demo"
    if kind != "demo":
        raise DoesNotStart(
            f"{folder} holds a {kind} installation; a demonstration never touches it. Choose another folder with "
            "--data."
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lock the folder itself: two demonstrations in one folder would throw away each other's work."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise DoesNotStart(
            f"A demonstration runs in {folder} already. Stop that one, or choose another folder with --data."
        ) from error
    finally:
        os.close(handle)


def _throw_away(folder: Path) -> None:
    """Empty the folder of a demonstration; `installation.json` goes last, so that an interruption is seen as such."""
    if (folder / installation.WRITTEN).exists() or installation.unfinished(folder):
        say(f"Throwing the demonstration in {folder} away.")
    last = (installation.WRITTEN, installation.UNFINISHED)
    for path in sorted(folder.iterdir(), key=lambda path: path.name in last):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _prepare(folder: Path) -> list[Any]:
    """Make the databases and the cast when they are not there yet; return the personas somebody can be."""
    from rondom.core import clock, making

    began = time.monotonic()
    try:
        installation.find()
    except installation.NotInitialised:
        say(f"Making a demonstration with its own database in {folder} (a few seconds)")
        making.make(folder, "demo", None, at=clock.now(), say=lambda line: say(f"  {line}"))
    else:
        import django

        django.setup()
        _newest_form()
    from django.db import transaction

    from rondom.accounts.models import Account
    from rondom.core.starting import let_go, refuse_unfit
    from rondom.demo.cast import build
    from rondom.demo.cast_figures import figures
    from rondom.demo.cast_privacy import looked

    refuse_unfit()
    if not Account.objects.exists():
        with _ticking("inventing families"), transaction.atomic():
            looked(build(clock.now(), whole=True))
        with _ticking("reckoning figures"):
            figures(clock.now())
    personas = _present()
    let_go()
    say(f"Ready in {time.monotonic() - began:.1f} s")
    return personas


def _newest_form() -> None:
    """Bring the databases of an older demonstration to the form of this version."""
    from django.core.management import call_command
    from django.db import DatabaseError, connections
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    from rondom.core.migrating import is_behind

    try:
        for alias in connections:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            if is_behind(alias):
                raise DatabaseError
    except (DatabaseError, InconsistentMigrationHistory) as error:
        raise DoesNotStart(
            "This demonstration was made by another version of Rondom and cannot be brought up to date. "
            "Begin a new one with --fresh."
        ) from error


def _present() -> list[Any]:
    from rondom.accounts.models import Account
    from rondom.demo.personas import PERSONAS

    known = set(Account.objects.values_list("username", flat=True))
    return [persona for persona in PERSONAS.values() if persona.username in known]


@contextmanager
def _ticking(what: str) -> Iterator[None]:
    """Say every two seconds what takes so long."""
    done = threading.Event()
    began = time.monotonic()

    def tick() -> None:
        while not done.wait(2):
            say(f"  ... {what}, {time.monotonic() - began:.0f} s")

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def _running(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the server and the worker; stop the server first, so that the worker seals what it wrote last."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(_start("serve", "--port", str(port), "--quiet"))
        processes.append(_start("worker"))
        with _ticking("starting the server"):
            _answers(port, processes[0])
        yield processes
    finally:
        for number in STOPS:  # a second Ctrl-C does not leave the worker behind
            signal.signal(number, signal.SIG_IGN)
        for process in processes:
            process.terminate()
            try:
                process.wait(25)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # all it started: its processes would serve on
                process.wait()


def _start(*words: str) -> subprocess.Popen[bytes]:
    """Start `rondom` with these words in its own session: Ctrl-C reaches us, and we stop it in order."""
    return subprocess.Popen(
        [sys.executable, "-m", "rondom.cli.main", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_us,
    )


def _end_with_us() -> None:
    """Let the kernel stop the server and the worker when this process is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _answers(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; raise DoesNotStart when it stops or stays silent for PATIENCE seconds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise DoesNotStart("The server stopped while it started; what it said stands above.")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if b" 200 " in line.recv(64):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise DoesNotStart(f"The server did not answer within {PATIENCE} seconds.")


def _invite(folder: Path, port: int, personas: list[Any]) -> None:
    """Print the address and who somebody can be."""
    from django.utils import translation

    say(f"\nRondom runs at http://127.0.0.1:{port}/demo/  (Ctrl-C stops it)\n\nSign in with one click as:")
    with translation.override("en"):
        for persona in personas:
            say(f"  {persona.label!s:26} {persona.person:18} http://127.0.0.1:{port}/demo/#persona-{persona.key}")
    say(f"\nEverybody is invented. Everything it writes lies in {folder}; --fresh begins a new one.")


class Asked:
    """Whether somebody asked to stop, with Ctrl-C or SIGTERM. Only a note, so that no moment is a wrong one to ask."""

    def __init__(self) -> None:
        self.to_stop = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True

    @classmethod
    def listening(cls) -> "Asked":
        """Listen from now on: whoever reads that Ctrl-C stops it can rely on it."""
        asked = cls()
        for number in STOPS:
            signal.signal(number, asked)
        return asked


def _wait(processes: list[subprocess.Popen[bytes]], asked: Asked) -> int:
    """Wait until somebody asks to stop; when the server or the worker ends by itself, say so and stop."""
    while not asked.to_stop:
        if any(process.poll() is not None for process in processes):
            say("The server or the worker ended by itself; what it said stands above.")
            return 1
        time.sleep(0.2)
    say("\nStopping.")
    return 0
