"""The cast is built once per process; each further test gets its rows back, inside its own transaction.

Building goes through the real actions and takes about a second; putting back what it wrote takes a few hundredths.
"""

import copy
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, router
from django.test.testcases import DatabaseOperationForbidden

from rondom.core import events
from rondom.core.models import Event
from rondom.demo.cast import Cast, build


@dataclass
class Rows:
    """What the build added to one table."""

    using: str
    table: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


@dataclass
class Snapshot:
    """The built cast, the rows it wrote, and the files beside the database."""

    cast: Cast
    tables: list[Rows] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)


_taken: dict[tuple[dt.datetime, bool], Snapshot] = {}


def cast_at(moment: dt.datetime, *, whole: bool = False) -> Cast:
    """Return the cast of a moment, its rows in the running transaction: built the first time, put back after that.

    `whole`: with the chapters that only a demonstration tells.
    """
    if Event.objects.exists():
        return build(moment, whole=whole)  # something was written before: the cast joins it, and is nobody's snapshot
    if (moment, whole) not in _taken:
        before = {(rows.using, rows.table): set(map(_key, rows.rows)) for rows in _read()}
        files = set(_files())
        snapshot = Snapshot(build(moment, whole=whole))
        for rows in _read():
            known = before.get((rows.using, rows.table), set())
            rows.rows = [row for row in rows.rows if _key(row) not in known]
            if rows.rows:
                snapshot.tables.append(rows)
        snapshot.files = {path: path.read_bytes() for path in _files() if path not in files}
        _taken[moment, whole] = snapshot
        return copy.deepcopy(snapshot.cast)
    snapshot = _taken[moment, whole]
    events.begin_anew()
    for rows in snapshot.tables:
        _put_back(rows)
    for path, content in snapshot.files.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return copy.deepcopy(snapshot.cast)


def _key(row: tuple[Any, ...]) -> str:
    return repr(row[0])


def _read() -> list[Rows]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if not meta.managed or meta.proxy or meta.app_label in ("contenttypes", "auth", "sessions"):
            continue
        using = router.db_for_write(model)
        if not _allowed(using):
            continue
        quote = connections[using].ops.quote_name
        columns = [f.column for f in sorted(meta.concrete_fields, key=lambda f: not f.primary_key)]
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(meta.db_table)}")
            found.append(Rows(using, meta.db_table, columns, [tuple(row) for row in cursor.fetchall()]))
    return found


def _allowed(using: str) -> bool:
    """Tell whether this test may use a database; one that may not use the look store wrote no look either."""
    try:
        connections[using].ensure_connection()
    except DatabaseOperationForbidden:
        return False
    return True


def _put_back(rows: Rows) -> None:
    connection = connections[rows.using]
    quote = connection.ops.quote_name
    names, marks = ", ".join(map(quote, rows.columns)), ", ".join(["%s"] * len(rows.columns))
    insert = f"INSERT INTO {quote(rows.table)} ({names}) VALUES ({marks})"
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.executemany(insert, [tuple(map(_adapted, row)) if postgresql else row for row in rows.rows])
        if postgresql and isinstance(rows.rows[0][0], int):
            column = rows.columns[0]
            newest = f"(SELECT max({quote(column)}) FROM {quote(rows.table)})"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), {newest})", [quote(rows.table), column])


def _adapted(value: Any) -> Any:
    """Say JSON as PostgreSQL takes it back."""
    if isinstance(value, dict | list):
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return value


def _files() -> list[Path]:
    return [path for path in Path(settings.RONDOM_DOCUMENTS).rglob("*") if path.is_file()]
