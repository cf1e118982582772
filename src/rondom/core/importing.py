"""An import of a file: read as a stream, staged in small steps, and stored in one short swap or not at all."""

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rondom.core.errors import BadInput


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


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; raises BadInput when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
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
    path: Path, lines: Iterable[Any], work: Work, *, step: int, digest: str, store: Callable[..., object],
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
