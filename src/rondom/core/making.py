"""Making an installation: folder, keys, databases, and the rows that fix its kind and its keys.

Everything is refused before anything is made. What was interrupted can be done again with the same words: keys that are
there stay, embedded databases are begun anew, and `installation.json`, which makes it an installation, comes last.
"""

import base64
import datetime as dt
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
from django.core.management import call_command

from rondom import installation
from rondom.core import keys
from rondom.core.actions import action
from rondom.core.principals import Principal
from rondom.installation import DoesNotStart, Installation

Say = Callable[[str], None]
DEMO_MARK = b"rondom demo\0"  # the first bytes of a demonstration's key: recognised wherever it is copied to


def demo_key_line() -> str:
    """Return a fresh key line that no other kind of installation accepts."""
    return f"1 {base64.b64encode(DEMO_MARK + os.urandom(20)).decode()}\n"


def refuse_demo_keys(path: Path) -> None:
    """Raise DoesNotStart when the key file holds a key of a demonstration."""
    for line in path.read_text("ascii", "replace").splitlines():
        if not line.strip():
            continue
        try:
            key = base64.b64decode(line.split()[-1])
        except ValueError:
            continue
        if key.startswith(DEMO_MARK):
            raise DoesNotStart(f"The keys in {path} are those of a demonstration. Make new ones with `rondom init`.")


def refuse_keys_inside(path: Path, folder: Path) -> None:
    """Raise DoesNotStart when the key file lies in the data folder: a backup of one would hold the other."""
    if path.resolve().is_relative_to(folder.resolve()):
        raise DoesNotStart(
            f"The key file {path} lies inside the data folder. Choose a place outside it, which is backed up apart."
        )


def refuse_sqlite(kind: str) -> None:
    """Raise DoesNotStart when real data would lie in an unencrypted SQLite file."""
    if kind == "production" and not os.environ.get("RONDOM_DATABASE_URL"):
        raise DoesNotStart(
            "A production installation needs PostgreSQL: set RONDOM_DATABASE_URL (and RONDOM_LOOKS_URL). SQLite keeps "
            "its data unencrypted in one file and is for demonstration and training."
        )


def make(folder: Path, kind: str, key_file: Path | None, *, at: dt.datetime, say: Say) -> Installation:
    """Make a whole installation, or finish one whose making was interrupted; `key_file` is None for a demonstration.

    Raises DoesNotStart, before anything is made, when the folder is not empty, when the keys are inside it, open to
    others or a demonstration's, or when the databases cannot be reached or hold something already.
    """
    again = _refuse_folder(folder, kind, key_file)
    refuse_sqlite(kind)
    _refuse_databases(again)
    if key_file is not None:
        refuse_keys_inside(key_file, folder)
        if key_file.exists():
            refuse_demo_keys(key_file)
            keys.KeyRing.read(key_file)
    if again:
        _forget_half_made(folder)
    made = installation.begin(folder, kind, str(key_file) if key_file else "")
    say(f"data folder   {folder}")
    say(f"keys          {made.key_file}{'' if _write_keys(made) else ' (were there already)'}")
    os.environ["RONDOM_DATA"] = str(folder)
    os.environ["RONDOM_KEY_FILE"] = str(made.key_file)
    _databases(made, at, say, again=again)
    return installation.finish(made)


def _refuse_folder(folder: Path, kind: str, key_file: Path | None) -> bool:
    """Return whether this is the second try of something interrupted; raise DoesNotStart for any other content."""
    if folder.exists() and not folder.is_dir():
        raise DoesNotStart(f"{folder} is a file, not a folder. Choose another one.")
    if not folder.exists() or not any(folder.iterdir()):
        return False
    begun = installation.unfinished(folder)
    if begun is None:
        raise DoesNotStart(f"The folder {folder} is not empty. Choose a new or empty one.")
    if (begun.kind, begun.keys) != (kind, str(key_file) if key_file else ""):
        raise DoesNotStart(
            f"In {folder} the making of a {begun.kind} installation was interrupted. Repeat it with --kind {begun.kind}"
            f"{f' --key-file {begun.keys}' if begun.keys else ''}, or remove the folder."
        )
    return True


def _refuse_databases(again: bool) -> None:
    url = os.environ.get("RONDOM_DATABASE_URL")
    if not url:
        return
    for address in (url, os.environ.get("RONDOM_LOOKS_URL") or f"{url}_looks"):
        name = address.rpartition("/")[2]
        try:
            with psycopg.connect(address, connect_timeout=10) as connection:
                row = connection.execute(
                    "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
                ).fetchone()
        except psycopg.OperationalError as error:
            raise DoesNotStart(
                f"The database {name} cannot be reached. Make it first (both: the database and its look store), and "
                "check user, password and address in RONDOM_DATABASE_URL and RONDOM_LOOKS_URL."
            ) from error
        if row and row[0] and not again:
            raise DoesNotStart(f"The database {name} is not empty. Choose a new one.")


def _forget_half_made(folder: Path) -> None:
    """Remove the embedded databases of an interrupted making: a migration may be in them that is not noted as done."""
    for path in (folder / "db").glob("*.sqlite3*"):
        path.unlink()


def _write_keys(made: Installation) -> bool:
    """Write a key file that only its owner can read; return whether it had to be made."""
    path = made.key_file
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = demo_key_line() if made.kind == "demo" else keys.new_key_line(1)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return True


def _databases(made: Installation, at: dt.datetime, say: Say, *, again: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    import django

    django.setup()
    from django.db import DatabaseError, connections

    for alias in connections:
        say(f"database      {alias}: {connections[alias].settings_dict['NAME']}")
        try:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        except DatabaseError as error:
            if not again:
                raise
            name = connections[alias].settings_dict["NAME"]
            raise DoesNotStart(
                f"The making was interrupted within a step, and the database {name} is half-made. Make that database "
                "anew, empty, and repeat this command."
            ) from error
    call_command("createcachetable", verbosity=0)
    from rondom.core.principals import machine

    ring = keys.ring()
    checks = {generation: ring.check_value(generation) for generation in ring.generations}
    fix(by=machine("init"), at=at, kind=made.kind, checks=checks)
    from rondom.core.filling import fill

    for line in fill(machine("init"), at=at):
        say(f"filled        {line}")


@action
def fix(*, by: Principal, at: dt.datetime, kind: str, checks: Mapping[int, str]) -> None:
    """Write the row that fixes the kind of this installation and the fingerprints of its keys.

    Rows that are there already must be the same: raises DoesNotStart otherwise.
    """
    from rondom.core.events import record
    from rondom.core.models import Installation as Row
    from rondom.core.models import KeyCheck

    row, _fresh = Row.objects.get_or_create(id=1, defaults={"kind": kind, "made_at": at})
    if row.kind != kind:
        raise DoesNotStart(f"This database belongs to a {row.kind} installation. Choose a new database.")
    for generation, value in checks.items():
        check, _fresh = KeyCheck.objects.get_or_create(
            generation=generation, defaults={"check_value": value, "first_used_at": at}
        )
        if check.check_value != value:
            raise DoesNotStart("This database was begun with other keys. Use those, or choose a new database.")
    record(by, "core.installation_made", row, at=at, ground=kind)
