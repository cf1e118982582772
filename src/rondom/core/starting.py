"""Fit to start? Asked by every command that opens the databases and by the server: it refuses rather than guesses."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from rondom import installation
from rondom.core import keys
from rondom.core.making import refuse_demo_keys, refuse_keys_inside, refuse_sqlite
from rondom.core.migrating import is_behind
from rondom.core.models import Installation, KeyCheck
from rondom.installation import DoesNotStart


def refuse_unfit(*, migrated: bool = True) -> None:
    """Raise DoesNotStart with a sentence unless folder, keys, kind and databases belong together.

    `migrated` also asks that the databases have the form this version of Rondom expects.
    """
    _folder()
    if settings.KIND != "demo":
        refuse_keys_inside(settings.RONDOM_KEY_FILE, settings.DATA)
        refuse_demo_keys(settings.RONDOM_KEY_FILE)
    refuse_sqlite(settings.KIND)
    for alias in connections:
        _reachable(alias)
    _same_kind()
    _same_keys()
    if migrated:
        for alias in connections:
            _migrated(alias)


def _folder() -> None:
    """The data folder can be written: a full disk or a wrong owner shows at start, not at the first save."""
    for folder in (settings.DATA, settings.DATA / "db"):
        try:
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".probe-"):
                pass
        except OSError as error:
            raise DoesNotStart(
                f"Rondom cannot write in its data folder {folder}: {error.strerror}. It needs a folder of its own."
            ) from error


def _reachable(alias: str) -> None:
    name = connections[alias].settings_dict["NAME"]
    if connections[alias].vendor == "sqlite" and not Path(name).exists():  # opening it would make an empty one
        raise DoesNotStart(f"The database {name} is gone. Put it back from the backup.")
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise DoesNotStart(
            f"The database {name} ({alias}) cannot be opened. Check that it is there, that its server "
            "runs and that this user may use it."
        ) from error


def _same_kind() -> None:
    try:
        row = Installation.objects.first()
    except DatabaseError as error:
        raise DoesNotStart(
            "The database holds no Rondom. Check RONDOM_DATABASE_URL, or put the database back from the backup."
        ) from error
    if row is None:
        raise DoesNotStart("The database does not say what kind of installation it belongs to. Check which one it is.")
    if row.kind != settings.KIND:
        raise DoesNotStart(
            f"The data folder says this is a {settings.KIND} installation, its database says {row.kind}: they do not "
            "belong together. Check RONDOM_DATA and RONDOM_DATABASE_URL."
        )
    if row.data_version > installation.DATA_VERSION:
        raise DoesNotStart("The database was written by a newer Rondom. Start that newer version.")


def _same_keys() -> None:
    known = dict(KeyCheck.objects.values_list("generation", "check_value"))
    ring = keys.ring()
    if not known:
        raise DoesNotStart("The database does not know its keys. Check which database and which folder these are.")
    for generation in ring.generations:
        if known.get(generation, "") not in ("", ring.check_value(generation)):
            raise DoesNotStart(
                f"The keys in {settings.RONDOM_KEY_FILE} do not belong to this database (generation {generation}). "
                "Name the right file in RONDOM_KEY_FILE, or take the keys from escrow."
            )
    if max(known) not in ring.generations:
        raise DoesNotStart(
            f"Key generation {max(known)} is not in {settings.RONDOM_KEY_FILE}. Take the newest key file, from escrow "
            "if need be."
        )


def _migrated(alias: str) -> None:
    if is_behind(alias):
        raise DoesNotStart(
            "The database has an older form than this version of Rondom expects. Make a backup, then run "
            "`rondom migrate` and `rondom migrate --database looks`."
        )


def let_go() -> None:
    """Close every database connection and pool, before other processes are started from this one."""
    for connection in connections.all():
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
