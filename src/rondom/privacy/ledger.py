"""The ledger of destructions: ids only, outside the database, only ever added to. Every restore repeats it (ADR 0191).

One line of JSON per destruction in `settings.RONDOM_LEDGER/destructions.jsonl`: which dossier, who asked, who approved,
when. A mac over the line and the mac before it shows a line that was altered, added or taken out in the middle. A line
is written and synced just before the transaction commits: whatever happens after it, the destruction is finished.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from rondom.core import keys
from rondom.installation import DoesNotStart

NAME = "destructions.jsonl"


@dataclass(frozen=True)
class Line:
    """One destruction. Ids, a code for the reason, and moments in ISO 8601 (UTC); nothing of what was destroyed."""

    destruction: str
    dossier: str
    municipality: str
    reason: str
    asked_by: str
    asked_at: str
    approved_by: str
    done_at: str

    @property
    def dossier_id(self) -> UUID:
        """The dossier that is gone."""
        return UUID(self.dossier)


def _folder() -> Path:
    return Path(settings.RONDOM_LEDGER)


def _mac(line: dict[str, Any], before: str, generation: int) -> str:
    text = json.dumps([generation, before, *(line[name] for name in Line.__dataclass_fields__)], separators=(",", ":"))
    return keys.ring().audit_mac(b"ledger " + text.encode(), generation=generation).hex()


def _whole(path: Path) -> tuple[list[dict[str, Any]], int]:
    """Return the lines of a ledger file and the size of its whole lines; half a line at the end was never finished."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [], 0
    size = content.rfind(b"\n") + 1
    try:
        return [json.loads(line) for line in content[:size].splitlines()], size
    except ValueError as error:
        raise DoesNotStart(f"The ledger {path} is damaged. Take the newest copy from outside.") from error


def read(folder: Path | None = None) -> list[Line]:
    """Return the destructions of a ledger folder (default: our own), oldest first.

    Raises DoesNotStart when a line is not as it was written.
    """
    path = (folder or _folder()) / NAME
    found: list[Line] = []
    before = ""
    for written in _whole(path)[0]:
        try:
            fits = written["mac"] == _mac(written, before, written["generation"])
        except (KeyError, TypeError, keys.KeysMissing):
            fits = False
        if not fits:
            raise DoesNotStart(f"Line {len(found) + 1} of the ledger {path} is not as it was written.")
        before = written["mac"]
        found.append(Line(**{name: written[name] for name in Line.__dataclass_fields__}))
    return found


def append(line: Line) -> None:
    """Add a destruction and sync it to the disk; a line for the same destruction is not written twice."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        written, size = _whole(path)
        if any(known["destruction"] == line.destruction for known in written):
            return
        before, generation = (written[-1]["mac"] if written else ""), keys.ring().newest
        content = asdict(line)
        content |= {"generation": generation, "mac": _mac(content, before, generation)}
        file.truncate(size)
        file.seek(size)
        file.write(json.dumps(content, separators=(",", ":")).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def take_over(lines: Iterable[Line]) -> int:
    """Add the lines of another ledger that ours does not have; return how many."""
    known = {line.destruction for line in read()}
    fresh = [line for line in lines if line.destruction not in known]
    for line in fresh:
        append(line)
    return len(fresh)
