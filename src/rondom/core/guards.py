"""Database guards: what was written once cannot be changed, replaced, emptied or removed, whoever asks the database.

The guards are triggers, installed after every `migrate` (so a table that a migration rebuilt gets them back) and looked
for by `rondom audit verify`. An owner of the database can still remove a trigger; then the macs, links and numbers of
`core.sealing` name what was done.

SQLite passes UPDATE and DELETE triggers with `REPLACE INTO`: an INSERT of a key that exists is refused. PostgreSQL
passes row triggers with TRUNCATE: a statement trigger refuses it. Its triggers are ENABLE ALWAYS, so that
`session_replication_role = replica` does not switch them off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from rondom.core.registry import Registry


@dataclass(frozen=True)
class Guard:
    """Rows of `model` are written once. `may_change` are the columns that may still move, and only if `when` holds.

    `when` is an SQL condition over OLD and NEW that both engines read the same way.
    """

    model: type[models.Model]
    may_change: tuple[str, ...] = ()
    when: str = ""

    @property
    def table(self) -> str:
        """The guarded table."""
        return self.model._meta.db_table

    def single(self) -> list[str]:
        """Columns of which a value exists once."""
        return [str(f.column) for f in self.model._meta.concrete_fields if f.unique]

    def frozen(self) -> list[str]:
        """Columns that never change."""
        return [str(f.column) for f in self.model._meta.concrete_fields if f.name not in self.may_change]


guards: Registry[Guard] = Registry("database guard")


def guard(model: type[models.Model], *, may_change: tuple[str, ...] = (), when: str = "") -> None:
    """Register the guard of a model; called where the room is made ready (AppConfig.ready)."""
    guards.register(model._meta.label, Guard(model, may_change, when))


def _allowed(guarded: Guard, same: str) -> str:
    """Return the SQL condition under which an update is allowed."""
    if not guarded.may_change:
        return ""
    return " AND ".join([*(f'OLD."{c}" {same} NEW."{c}"' for c in guarded.frozen()), f"({guarded.when})"])


def _sqlite(guarded: Guard) -> Iterator[tuple[str, str]]:
    table = guarded.table
    allowed = _allowed(guarded, "IS")
    update = f" WHEN NOT ({allowed})" if allowed else ""
    exists = " OR ".join(f'"{key}" = NEW."{key}"' for key in guarded.single())
    # No user input: names of our own models only.
    replace = f' WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {exists})'  # noqa: S608
    for what, when in (("UPDATE", update), ("DELETE", ""), ("INSERT", replace)):
        name = f"guard_{table}_{what.lower()}"
        yield (
            name,
            (
                f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {what} ON "{table}"{when} '
                f"BEGIN SELECT RAISE(ABORT, 'guarded: {table} is written once'); END"
            ),
        )


REFUSE = """
CREATE OR REPLACE FUNCTION rondom_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'guarded: % is written once', TG_TABLE_NAME; END$$
"""


def _postgresql(guarded: Guard) -> Iterator[tuple[str, str]]:
    table = guarded.table
    allowed = _allowed(guarded, "IS NOT DISTINCT FROM")
    update = f" WHEN (NOT ({allowed}))" if allowed else ""
    for what, level, when in (("UPDATE", "ROW", update), ("DELETE", "ROW", ""), ("TRUNCATE", "STATEMENT", "")):
        name = f"guard_{table}_{what.lower()}"
        yield (
            name,
            (
                f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {what} ON "{table}" FOR EACH {level}{when} '
                f'EXECUTE FUNCTION rondom_refuse(); ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
            ),
        )


def _statements(using: str) -> Iterator[tuple[Guard, str, str]]:
    """Yield (guard, trigger name, SQL) for the tables that live in this database."""
    make = _postgresql if connections[using].vendor == "postgresql" else _sqlite
    for _, guarded in guards:
        if router.db_for_write(guarded.model) == using:
            for name, sql in make(guarded):
                yield guarded, name, sql


def _settle(connection: BaseDatabaseWrapper) -> None:
    """Check waiting foreign keys now: PostgreSQL alters no table of which a row still waits for its check."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()


def install(using: str) -> None:
    """Put every guard of a database in its place; doing it again changes nothing."""
    connection = connections[using]
    _settle(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        present = set(connection.introspection.table_names(cursor))
        for guarded, _name, sql in _statements(using):
            if guarded.table in present:
                cursor.execute(sql)


def missing(using: str) -> list[str]:
    """Return the names of guards that are not in their place (or, on PostgreSQL, switched off)."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for _guard, name, _sql in _statements(using) if name not in present]


@contextmanager
def lifted(using: str) -> Iterator[None]:
    """Take the guards of a database away for a while: for emptying a test database, never in service."""
    connection = connections[using]
    _settle(connection)
    with connection.cursor() as cursor:
        for guarded, name, _sql in _statements(using):
            on = f' ON "{guarded.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')
    try:
        yield
    finally:
        install(using)


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Receive post_migrate of this room, which comes when the tables of every room are there."""
    install(using)
