"""`rondom check`: is everything there, whole, and fitting together? Rooms register what only they can look at."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

from django.db import connections

from rondom.core import sealing
from rondom.core.registry import Registry

# name -> function that yields one sentence per finding.
CHECKS: Registry[Callable[[], Iterator[str]]] = Registry("check of an installation")


@CHECKS("databases")
def databases() -> Iterator[str]:
    """SQLite: every page and every reference. PostgreSQL: that every table can be read to its end."""
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            name = connections[alias].settings_dict["NAME"]
            with closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as database:
                for (said,) in database.execute("PRAGMA integrity_check"):
                    if said != "ok":
                        yield f"database {alias}: {said}"
                for table, row, other, _number in database.execute("PRAGMA foreign_key_check"):
                    yield f"database {alias}: {table} row {row} points to a {other} that is not there"
        else:
            with connections[alias].cursor() as cursor:
                for table in connections[alias].introspection.table_names(cursor):
                    cursor.execute(f'SELECT count(*) FROM (SELECT * FROM "{table}" OFFSET 0) AS everything')  # noqa: S608 - our own tables


@CHECKS("audit")
def audit() -> Iterator[str]:
    """Every chain, and what rooms compare with it."""
    reports, further = sealing.verify_all()
    for report in reports:
        yield from report.broken
    yield from further
