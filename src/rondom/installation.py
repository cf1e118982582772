"""Where an installation lives: its data folder and what kind it is, known before Django starts.

Everything an installation writes is in one folder: `RONDOM_DATA`, else `var/` in the current folder. The file
`installation.json` in it says the kind; the database says it too, and both must agree (`core.starting`). Keys of a
production or training installation lie outside the folder (`RONDOM_KEY_FILE`, else the place noted at `rondom init`).

While an installation is being made, `installation.unfinished` lies in the folder; `installation.json` comes last.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

DATA_VERSION = 1
KINDS = ("demo", "training", "production")
PARTS = ("db", "documents", "ledger", "upload", "static")
WRITTEN, UNFINISHED = "installation.json", "installation.unfinished"


class DoesNotStart(Exception):
    """Rondom does not start; the text is one sentence that says why and what to do."""


class NotInitialised(Exception):
    """The data folder is empty: nothing is made by accident; `rondom init` or `./dev demo` makes an installation."""


class HalfMade(NotInitialised):
    """The making of this installation was interrupted; doing it again with the same words finishes it."""


@dataclass(frozen=True)
class Installation:
    """A data folder with its kind ("demo", "training", "production"), data version and the place of its keys."""

    folder: Path
    kind: str
    data_version: int
    keys: str = ""

    @property
    def key_file(self) -> Path:
        """The key file: named by RONDOM_KEY_FILE or at `init`; a demonstration keeps its own inside the folder."""
        named = os.environ.get("RONDOM_KEY_FILE") or self.keys
        return Path(named) if named else self.folder / "keys" / "demo.keys"


_being_made: list[Installation] = []  # in the process that makes an installation, Django starts before it is there


def data_folder() -> Path:
    """Return the data folder named by the environment."""
    return Path(os.environ.get("RONDOM_DATA") or "var").absolute()


def find() -> Installation:
    """Return the installation in the data folder.

    Raises NotInitialised when there is none, HalfMade when its making was interrupted, DoesNotStart when what is
    written there cannot be read or comes from a newer Rondom.
    """
    if _being_made:
        return _being_made[-1]
    folder = data_folder()
    found = _read(folder, WRITTEN)
    if found is None:
        raise (HalfMade if (folder / UNFINISHED).exists() else NotInitialised)(str(folder))
    if found.data_version > DATA_VERSION:
        raise DoesNotStart(
            f"The data in {folder} were written by a newer Rondom (data version {found.data_version}, this Rondom "
            f"knows {DATA_VERSION}). Start that newer version."
        )
    return found


def unfinished(folder: Path) -> Installation | None:
    """Return what was being made in this folder when the making was interrupted, if that is so."""
    return None if (folder / WRITTEN).exists() else _read(folder, UNFINISHED)


def _read(folder: Path, name: str) -> Installation | None:
    path = folder / name
    try:
        written = json.loads(path.read_text("utf-8"))
        found = Installation(folder, str(written["kind"]), int(written["data_version"]), str(written.get("keys", "")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DoesNotStart(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DoesNotStart(f"{path} is damaged. Put it back from the backup.") from error
    if found.kind not in KINDS:
        raise DoesNotStart(f"{path} names a kind of installation that does not exist. Put it back from the backup.")
    return found


def begin(folder: Path, kind: str, keys: str = "") -> Installation:
    """Make the folder with its parts and mark it as unfinished; from now on `find` answers it in this process."""
    made = Installation(folder, kind, DATA_VERSION, keys)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    _write(made, UNFINISHED)
    for part in PARTS:
        (folder / part).mkdir(exist_ok=True, mode=0o700)
    _being_made.append(made)
    return made


def finish(made: Installation) -> Installation:
    """Write `installation.json`, the last thing of the making; from now on every process finds it."""
    _write(made, WRITTEN)
    (made.folder / UNFINISHED).unlink(missing_ok=True)
    _being_made.clear()
    return made


def make(folder: Path, kind: str, keys: str = "") -> Installation:
    """Make the folder of an installation without its database and keys (`core.making` makes a whole one)."""
    return finish(begin(folder, kind, keys))


def _write(made: Installation, name: str) -> None:
    """Write the file whole or not at all."""
    text = json.dumps({"kind": made.kind, "data_version": made.data_version, "keys": made.keys}) + "\n"
    part = made.folder / f"{name}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(made.folder / name)
