"""Backup and restore: both databases, the documents and the ledger, never the keys (ADR 0184).

A backup is taken while people work. The databases come first, each as one consistent moment; then the documents: every
row in the backup had its file before it had its row. The manifest comes last and says what is inside, with digests, the
count of every table and the heads of the audit chains at that moment.

What cannot come back is decided outside the backup: `REPLAYS` hold what restores must repeat from the outside ledger
(destructions first of all) before anybody can open what was restored.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections, transaction

from rondom import installation
from rondom.core import boxes, keys, sealing
from rondom.core.actions import action
from rondom.core.archive import FORMAT, NOTE, Manifest, Say
from rondom.core.events import record
from rondom.core.principals import Principal, machine
from rondom.core.registry import Registry
from rondom.installation import DoesNotStart

# name -> function(ledger folder, at) that repeats what must not come back, and returns what it did, in words.
REPLAYS: Registry[Callable[[Path, dt.datetime], str]] = Registry("replay after a restore")


# Taking


def take(folder: Path, public: Path, *, at: dt.datetime, say: Say) -> Path:
    """Write one backup into a folder and return its file. Raises DoesNotStart for a wrong key or folder."""
    key = boxes.read_public(public)
    if not folder.is_dir():
        raise DoesNotStart(f"The folder {folder} for backups is not there. Make it first, on another disk.")
    if folder.resolve().is_relative_to(Path(settings.DATA).resolve()):
        raise DoesNotStart("A backup does not belong in the data folder itself. Choose another disk.")
    target = folder / f"rondom-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.backup"
    if target.exists():
        raise DoesNotStart(f"{target} is there already.")
    manifest = _begin(at)
    with boxes.sealed(target, key) as box, tarfile.open(fileobj=box, mode="w|gz", compresslevel=1) as tar:  # type: ignore[call-overload]
        for alias in connections:
            say(f"database {alias}")
            with _copy_of(alias, manifest) as copy:
                _add(tar, f"db/{copy.name}", copy, manifest)
        say("documents")
        for name, path in _files():
            _add(tar, name, path, manifest)
        _add_bytes(tar, "manifest.json", json.dumps(asdict(manifest), indent=1).encode())
    note_backup(by=machine("backup"), at=at, file=target)
    return target


def _begin(at: dt.datetime) -> Manifest:
    ring = keys.ring()
    return Manifest(
        format=FORMAT,
        made_at=at.isoformat(),
        rondom=version("rondom"),
        kind=settings.KIND,
        data_version=installation.DATA_VERSION,
        engines={alias: connections[alias].vendor for alias in connections},
        key_checks={str(g): ring.check_value(g) for g in ring.generations},
    )


def _files() -> Iterator[tuple[str, Path]]:
    """Yield what lies in the data folder besides databases: documents, ledger."""
    for top in (Path(settings.RONDOM_DOCUMENTS), Path(settings.RONDOM_LEDGER)):
        for path in sorted(top.rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield f"{top.name}/{path.relative_to(top).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            watched = _Watched(file, size)
            info = tarfile.TarInfo(name)
            info.size, info.mode = size, 0o600
            tar.addfile(info, watched)  # type: ignore[arg-type]
    except FileNotFoundError:  # destroyed since the list was made: its row went too, or will be repeated by the ledger
        return
    manifest.members[name] = (size, watched.digest.hexdigest())


class _Watched:
    """Reads a file and keeps its digest; never more than the size it had when it was opened."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        self.digest.update(data)
        return data


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


@contextmanager
def _copy_of(alias: str, manifest: Manifest) -> Iterator[Path]:
    """Give a consistent copy of one database, in a folder beside it that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as folder:
        if connections[alias].vendor == "sqlite":
            copy = Path(folder) / f"{alias}.sqlite3"
            _copy_sqlite(str(connections[alias].settings_dict["NAME"]), copy)
            with _opened(copy) as database:
                _describe(alias, manifest, lambda sql: list(database.execute(sql)), _SQLITE_TABLES)
        else:
            copy = Path(folder) / f"{alias}.pgdump"
            _dump_postgresql(alias, copy, manifest)
        yield copy


_SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        yield database
    finally:
        database.close()


def _copy_sqlite(source: str, copy: Path) -> None:
    """Copy one moment of a database that is being written to (the online backup of SQLite)."""
    with _opened(Path(source)) as database:
        target = sqlite3.connect(copy)
        try:
            database.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()


def _describe(alias: str, manifest: Manifest, ask: Callable[[str], list[Any]], tables: str) -> None:
    """Note the count of every table and the head of the chain."""
    names = sorted(row[0] for row in ask(tables))
    manifest.counts[alias] = {n: ask(f'SELECT count(*) FROM "{n}"')[0][0] for n in names}  # noqa: S608 - our tables
    chain = next(c for c in sealing.CHAINS if c.database == alias)
    table = chain.link._meta.db_table
    last = ask(f'SELECT position, link FROM "{table}" ORDER BY position DESC LIMIT 1')  # noqa: S608 - our table
    manifest.heads[chain.name] = (last[0][0], bytes(last[0][1]).hex()) if last else (0, sealing.START.hex())


def _address(alias: str) -> str:
    s = connections[alias].settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=s["NAME"], user=s["USER"] or None, password=s["PASSWORD"] or None, host=s["HOST"] or None,
        port=s["PORT"] or None,
    )  # fmt: skip


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DoesNotStart(
            f"The program {name} of PostgreSQL is not installed here. Install the client programs of your server's "
            "version (Debian: postgresql-client), or make the backup where they are."
        )
    return found


def _postgresql(alias: str, *command: str) -> None:
    """Run a program of PostgreSQL; the password goes by environment, never on the command line."""
    s = connections[alias].settings_dict
    environment = {**os.environ, "PGPASSWORD": s["PASSWORD"] or ""}
    where = ["--host", s["HOST"] or "localhost", "--port", s["PORT"] or "5432", "--username", s["USER"]]
    done = subprocess.run(  # noqa: S603 - our own words
        [_program(command[0]), *where, "--no-password", *command[1:]], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise DoesNotStart(f"{command[0]} did not succeed: {said[-1] if said else done.returncode}")


def _dump_postgresql(alias: str, copy: Path, manifest: Manifest) -> None:
    with psycopg.connect(_address(alias)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        _describe(alias, manifest, lambda sql: connection.execute(sql).fetchall(), _POSTGRESQL_TABLES)  # type: ignore[arg-type]
        name = connections[alias].settings_dict["NAME"]
        _postgresql(
            alias,
            "pg_dump",
            "--format=custom",
            "--compress=0",
            f"--snapshot={row[0] if row else ''}",
            f"--file={copy}",
            name,
        )


@action
def note_backup(*, by: Principal, at: dt.datetime, file: Path) -> None:
    """Note that a backup was made: an event, and a file for the health page."""
    record(by, "core.backup_made", at=at)
    part = Path(settings.DATA) / f"{NOTE}.part"
    part.write_text(json.dumps({"made_at": at.isoformat(), "file": file.name}), "utf-8")
    part.replace(Path(settings.DATA) / NOTE)


# Restoring


def load(manifest: Manifest, folder: Path, *, say: Say) -> None:
    """Put the databases of an unpacked backup in place. Django is set up for the folder, and not connected yet."""
    for alias in connections:
        vendor = connections[alias].vendor
        if manifest.engines.get(alias) != vendor:
            raise DoesNotStart(
                f"This backup holds {manifest.engines.get(alias)}, RONDOM_DATABASE_URL asks for {vendor}. "
                "Restore it on the same engine."
            )
        say(f"database {alias}")
        if vendor == "sqlite":
            (folder / "db" / f"{alias}.sqlite3").rename(connections[alias].settings_dict["NAME"])
        else:
            dump = folder / "db" / f"{alias}.pgdump"
            _refuse_filled(alias)
            name = connections[alias].settings_dict["NAME"]
            _postgresql(alias, "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
                        f"--dbname={name}", str(dump))  # fmt: skip
            dump.unlink()


def _refuse_filled(alias: str) -> None:
    with psycopg.connect(_address(alias)) as connection:
        if connection.execute(_POSTGRESQL_TABLES).fetchone():
            raise DoesNotStart(f"The database {connection.info.dbname} is not empty. Make a new one to restore into.")


def differences(manifest: Manifest) -> list[str]:
    """Return every table whose count is not what the manifest says."""
    found = []
    for alias, counts in manifest.counts.items():
        with connections[alias].cursor() as cursor:
            for table, count in counts.items():
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names from our own manifest
                (have,) = cursor.fetchone()
                if have != count:
                    found.append(f"{alias}.{table}: {have} rows, the backup counted {count}")
    return found


def replay(ledger: Path | None, *, at: dt.datetime, say: Say) -> None:
    """Repeat what must not come back, and end every session of before."""
    with transaction.atomic():
        Session.objects.all().delete()
    for name, again in REPLAYS:  # without a newer ledger: what the backup itself carries
        say(f"{name}: {again(ledger or Path(settings.RONDOM_LEDGER), at)}")


@action
def note_restore(*, by: Principal, at: dt.datetime) -> None:
    """Record that this installation was restored from a backup."""
    record(by, "core.restored", at=at)
