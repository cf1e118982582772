"""How messages come and go: one small interface, and a watched folder that keeps it.

    in/       what others send; a file is taken once it is whole
    out/      what we send; whoever carries the messages (the software of the chain) takes them away
    kept/     what was taken in, under our own name
    refused/  what could not be taken in, with the reason in a text file beside it

A file is put down under a `.part` name, synced and renamed: it is there whole or not at all. Nothing is deleted here:
a file of somebody else is only moved. A folder that others on this machine may write to, or that is a link, is not
used (docs/explanation/messages.md).
"""

import datetime as dt
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

IN, OUT, KEPT, REFUSED = "in", "out", "kept", "refused"
EXTENSION = ".xml"
SETTLED = dt.timedelta(seconds=5)  # a file that changed less long ago may still be written
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Unsafe(Exception):
    """The folder may be written to by others, is a link, or is no folder: nothing is read from it or put in it."""


@dataclass(frozen=True)
class Arrived:
    """A message that lies ready to be taken in."""

    path: Path
    at: dt.datetime

    def open(self) -> BufferedReader:
        """Open its content for reading."""
        return self.path.open("rb")


@dataclass(frozen=True)
class Left:
    """A file that stays in `in/`: since when, and whether it is named as a whole message."""

    name: str
    since: dt.datetime
    is_message: bool


class Transport(Protocol):
    """A way messages come and go. Every step can be done twice without harm."""

    def arrived(self, at: dt.datetime) -> Iterator[Arrived]:
        """Yield what lies ready to be taken in, the oldest first."""
        ...

    def acknowledge(self, arrived: Arrived, name: str, refused: str = "") -> None:
        """Say that a message is in our books, or (with the reason) that it was refused; its file is kept."""
        ...

    def send(self, name: str, content: Iterable[bytes]) -> None:
        """Send a message. The same name twice is the same message."""
        ...


class Folder:
    """The watched folder: the transport that is always there. Raises Unsafe at the first use of an unsafe folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        """Make the folders where they are not there yet, for our own user only, and look whether they are safe."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in (IN, OUT, KEPT, REFUSED):
            (self.root / name).mkdir(exist_ok=True, mode=0o700)
        self.look()

    def look(self) -> None:
        """Look whether the folders that are there are safe, and make none. Raises Unsafe."""
        for folder in (self.root, *(self.root / name for name in (IN, OUT, KEPT, REFUSED))):
            with suppress(FileNotFoundError):
                _safe(folder)

    def arrived(self, at: dt.datetime) -> Iterator[Arrived]:
        """Yield the whole files in `in/`, the oldest first; links, other names and fresh files are left alone."""
        self.prepare()
        found = []
        for path in (self.root / IN).iterdir():
            with suppress(FileNotFoundError):  # another worker was first
                state = path.lstat()
                changed = dt.datetime.fromtimestamp(state.st_mtime, dt.UTC)
                whole = stat.S_ISREG(state.st_mode) and at - changed >= SETTLED
                if whole and path.suffix.lower() == EXTENSION and not path.name.startswith("."):
                    found.append((changed, path.name, Arrived(path, changed)))
        yield from (one for _changed, _name, one in sorted(found, key=lambda each: each[:2]))

    def left(self, before: dt.datetime) -> list[Left]:
        """Return what lies in `in/` since before a moment, the oldest first; makes no folder. Raises Unsafe."""
        self.look()
        found = []
        with suppress(FileNotFoundError):
            for path in (self.root / IN).iterdir():
                with suppress(FileNotFoundError):  # taken in meanwhile
                    state = path.lstat()
                    changed = dt.datetime.fromtimestamp(state.st_mtime, dt.UTC)
                    if changed < before and not path.name.startswith(".") and not stat.S_ISDIR(state.st_mode):
                        whole = stat.S_ISREG(state.st_mode) and path.suffix.lower() == EXTENSION
                        found.append(Left(path.name, changed, whole))
        return sorted(found, key=lambda each: (each.since, each.name))

    def acknowledge(self, arrived: Arrived, name: str, refused: str = "") -> None:
        """Move the file to `kept/`, or to `refused/` with the reason beside it."""
        folder = self.root / (REFUSED if refused else KEPT)
        if refused:
            _put(folder / f"{name}.txt", [refused.encode(), b"\n"])
        with suppress(FileNotFoundError):  # another worker moved it
            arrived.path.rename(folder / f"{name}{EXTENSION}")
            _sync(folder)

    def send(self, name: str, content: Iterable[bytes]) -> None:
        """Put a message in `out/`."""
        self.prepare()
        _put(self.root / OUT / f"{name}{EXTENSION}", content)

    def forget(self, name: str) -> None:
        """Remove every file of a message: it was destroyed."""
        for folder in (OUT, KEPT, REFUSED):
            for end in (EXTENSION, ".txt"):
                (self.root / folder / f"{name}{end}").unlink(missing_ok=True)

    def sweep(self, before: dt.datetime) -> int:
        """Remove what was taken in before a moment, whose content is in our books; return how many files."""
        count = 0
        for folder in (KEPT, REFUSED):
            for path in (self.root / folder).glob("*"):
                with suppress(FileNotFoundError):
                    if path.lstat().st_mtime < before.timestamp():
                        path.unlink()
                        count += 1
        return count


def _safe(folder: Path) -> None:
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode):
        raise Unsafe(f"{folder} is a link or no folder")
    if state.st_mode & OTHERS_WRITE:
        raise Unsafe(f"{folder} may be written to by others: chmod go-w")


def _put(path: Path, content: Iterable[bytes]) -> None:
    """Write a file whole, or not at all."""
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb") as file:
        for piece in content:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
