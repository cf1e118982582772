"""Whether a database has the form that this version expects."""

from django.db import connections
from django.db.migrations.loader import MigrationLoader


def is_behind(alias: str) -> bool:
    """Tell whether a database waits for `rondom migrate`, or is from before the tables were made at once.

    The first migration of a room replaces the small ones of its beginning: a database that had all of these is whole,
    one that had some of them cannot be brought up to date by this version.
    """
    loader = MigrationLoader(connections[alias])
    return not set(loader.disk_migrations) <= set(loader.applied_migrations)
