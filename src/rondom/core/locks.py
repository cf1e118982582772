"""One at a time: a named lock that is held until the transaction ends."""

import zlib

from django.db import connection


def hold(name: str) -> None:
    """Let only one transaction at a time pass here for this name. Call within a transaction.

    On SQLite every writing transaction is alone already (IMMEDIATE), so there is nothing to do.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
