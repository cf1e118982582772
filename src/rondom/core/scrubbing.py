"""Leave no bytes of deleted rows behind in the files of the database.

SQLite overwrites deleted content (secure_delete, settings); what it copied elsewhere in the file while it balanced its
trees goes with VACUUM, what stands in the write-ahead log with a checkpoint that truncates it. PostgreSQL keeps dead
rows until its own vacuum; there the encrypted disk and the term of its log archive stand for this (how-to destroy).
"""

import sqlite3
from contextlib import closing

from django.db import connections

WAIT = 3.0  # seconds; a page must not wait long for a colleague who reads


def scrub(alias: str = "default") -> bool:
    """Rewrite a SQLite database without what was deleted; tell whether it succeeded (busy: try again later)."""
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=WAIT, isolation_level=None)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("VACUUM")
            (busy, _log, _done) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except sqlite3.OperationalError:  # somebody is writing
        return False
