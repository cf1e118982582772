"""What is inside a backup, and opening one. Knows no framework: it runs before there is an installation to start."""

import datetime as dt
import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rondom import installation
from rondom.core import boxes, keys
from rondom.installation import DoesNotStart

FORMAT = 1
NOTE = "backup.json"  # in the data folder: when the last backup was made
Say = Callable[[str], None]


@dataclass
class Manifest:
    """What a backup holds."""

    format: int
    made_at: str
    rondom: str
    kind: str
    data_version: int
    engines: dict[str, str]
    key_checks: dict[str, str]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """Return the manifest written in JSON; raise DoesNotStart when a newer Rondom wrote it."""
        written = json.loads(text)
        if written["format"] > FORMAT or written["data_version"] > installation.DATA_VERSION:
            raise DoesNotStart("This backup was made by a newer Rondom. Restore it with that newer version.")
        return cls(**written)


def unpack(file: Path, private: Path, folder: Path, key_file: Path, *, say: Say) -> Manifest:
    """Open a backup into a new folder and return its manifest; what is there cannot be started yet (`finish`).

    Raises DoesNotStart for a folder that is not empty, another key, a damaged box or a member that is not as written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DoesNotStart(f"{folder} is not empty. A backup is restored into a new or empty folder only.")
    key = boxes.read_private(private)
    ring = keys.KeyRing.read(key_file)
    part = folder.with_name(folder.name + ".restoring")
    if part.exists():
        raise DoesNotStart(f"An earlier restore stopped half-way in {part}. Remove that folder and start again.")
    part.mkdir(parents=True, mode=0o700)
    say(f"opening {file.name}")
    try:
        manifest = _extract(file, key, part)
        newest = max(manifest.key_checks, key=int)
        if int(newest) not in ring.generations or ring.check_value(int(newest)) != manifest.key_checks[newest]:
            raise DoesNotStart(
                f"The keys in {key_file} do not belong to this backup. Take the right key file, from escrow if need be."
            )
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return manifest


def _extract(file: Path, key: Any, folder: Path) -> Manifest:
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    with file.open("rb") as source:
        box = boxes.Reader(source, key)
        try:
            with tarfile.open(fileobj=box, mode="r|gz") as tar:  # type: ignore[call-overload]
                for member in tar:
                    content = tar.extractfile(member)
                    if content is None:
                        continue
                    if member.name == "manifest.json":
                        manifest = Manifest.read(content.read())
                        continue
                    found[member.name] = _write(content, _place(folder, member.name))
        except (tarfile.TarError, EOFError, OSError) as error:
            if isinstance(error, OSError) and error.errno:
                raise
            raise boxes.Broken("This backup is damaged. Use another one.") from error
        while box.read(boxes.CHUNK):  # to the end: a box that was cut off behind the manifest does not count
            pass
    if manifest is None or found != {name: tuple(v) for name, v in manifest.members.items()}:
        raise boxes.Broken("This backup does not hold what its manifest says. Use another one.")
    return manifest


def _place(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise boxes.Broken("This backup names a place outside its folder.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _write(content: Any, path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(1 << 20):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def last_backup(folder: Path) -> dt.datetime | None:
    """Return when the last backup was made, as far as the data folder knows."""
    try:
        written = json.loads((folder / NOTE).read_text("utf-8"))
        return dt.datetime.fromisoformat(written["made_at"])
    except (OSError, ValueError, KeyError):
        return None
