"""Starting programs: where they run, what they see, how long they took."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
CALLED_FROM = Path(os.environ.get("RONDOM_CALLED_FROM", Path.cwd()))


def say(text: str) -> None:
    """Print a line at once, also when the output is a pipe."""
    print(text, flush=True)


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> int:
    """Run a command to its end and return its exit code (a signal counts as 128 + its number)."""
    try:
        process = subprocess.Popen([str(word) for word in command], cwd=cwd, env={**os.environ, **(env or {})})
    except FileNotFoundError:
        say(f"{command[0]} is not installed here.")
        return 127
    try:
        code = process.wait()
    except BaseException:  # Ctrl-C or a request to stop: the program may end in order, then so do we
        _end(process)
        raise
    return code if code >= 0 else 128 - code


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def module(name: str, *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> int:
    """Run a Python module of .venv; unlike the scripts in .venv/bin this survives any path."""
    return run(sys.executable, "-m", name, *words, cwd=cwd, env=env)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Print the name of a stage and, when it ends, how long it took."""
    say(f"--- {name}")
    began = time.monotonic()
    try:
        yield
    finally:
        say(f"--- {name}: {time.monotonic() - began:.1f} s")


@contextmanager
def ticking(what: str, every: float = 2.0) -> Iterator[None]:
    """Say what takes so long, when it does."""
    done = threading.Event()

    def tick() -> None:
        began = time.monotonic()
        while not done.wait(every):
            say(f"  ... {what}, {time.monotonic() - began:.0f} s")

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def data_folder() -> Path:
    """Return the data folder `./dev` works on: RONDOM_DATA, else var/ in the repository."""
    named = os.environ.get("RONDOM_DATA")
    return CALLED_FROM / named if named else ROOT / "var"


def become(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> NoReturn:
    """Go on as another program: signals and exit codes are its own."""
    os.chdir(cwd)
    sys.stdout.flush()
    try:
        os.execve(str(command[0]), [str(word) for word in command], {**os.environ, **(env or {})})
    except OSError as error:
        raise SystemExit(f"{command[0]} does not start: {error.strerror}") from error


def become_rondom(*words: str) -> NoReturn:
    """Go on as `rondom` on the data folder, in the folder the caller stands in."""
    become(sys.executable, "-m", "rondom.cli.main", *words, cwd=CALLED_FROM, env={"RONDOM_DATA": str(data_folder())})
