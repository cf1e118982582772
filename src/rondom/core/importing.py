"""An import of a file: read as a stream, staged in small steps, and stored in one short swap or not at all."""

import fcntl
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, Literal, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rondom.core.errors import BadInput


class Source(Protocol):
    """A file to import: one that lies on the disk (a Path), or one that came in through a page (Held)."""

    @property
    def name(self) -> str: ...

    def is_file(self) -> bool: ...

    def stat(self) -> Any: ...

    def open(self, mode: Literal["rb"], /) -> IO[bytes]: ...


@dataclass(frozen=True)
class Held:
    """A file that came in through a page: read from memory, so that nothing of it lies on the disk in clear."""

    name: str
    content: bytes = field(repr=False)

    def is_file(self) -> bool:
        """It is there."""
        return True

    def stat(self) -> Any:
        """Tell its size in bytes, as a file on the disk does (`st_size`)."""
        return SimpleNamespace(st_size=len(self.content))

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """Begin to read it from its first byte."""
        return io.BytesIO(self.content)


@dataclass(kw_only=True)
class Counted:
    """What an import did: numbers of what came in, and the refused lines with their number and reason."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class ImportRefused(BadInput):
    """Nothing of the file was stored; `report` names the refused lines."""

    def __init__(self, report: Counted) -> None:
        sentence = ngettext(
            "Nothing was stored: %(count)s line is refused. Correct it and import the whole file again.",
            "Nothing was stored: %(count)s lines are refused. Correct them and import the whole file again.",
            len(report.refused),
        )
        super().__init__(sentence % {"count": len(report.refused)})
        self.report = report


class Work(Protocol):
    """The lines of one file on their way in."""

    report: Any

    @property
    def seen(self) -> Sized:
        """What was read so far; empty for a file without lines."""

    def take(self, some: tuple[Any, ...], /) -> None:
        """Check a few lines and stage what is new; once a line was refused nothing more is staged."""


def digest_of(path: Source) -> str:
    """Return the SHA-256 of a file; raises BadInput when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except OSError as error:
        raise BadInput(_("The file %(file)s cannot be read. Check the name.") % {"file": path}) from error


@contextmanager
def alone(name: str, busy: Any) -> Iterator[None]:
    """Let one import of this name run on this machine, or say `busy`; the lock goes back however its holder ends."""
    with (Path(settings.DATA) / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(busy) from error
        yield


def carry(
    path: Source, lines: Iterable[Any], work: Work, *, step: int, digest: str, store: Callable[..., object],
    discard: Callable[[], object],
) -> None:  # fmt: skip
    """Take all lines in, `step` at a time, and `store` them; whatever goes wrong, `discard` what was staged.

    Raises ImportRefused when a line was refused; BadInput for a file without lines, or one that is no more what it was.
    """
    try:
        for some in batched(lines, step):
            work.take(some)
        report = work.report
        if report.refused:
            raise ImportRefused(report)
        if not work.seen:
            raise BadInput(_("%(file)s holds no lines. Nothing was stored.") % {"file": path.name})
        if digest_of(path) != digest:
            raise BadInput(_("The file changed while it was read. Nothing was stored: import it again."))
        store(digest=digest, new=report.new, corrected=report.corrected, unchanged=report.unchanged)
    except BaseException:
        discard()
        raise
