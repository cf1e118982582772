"""Writing audit records: `record` for writes, `look` for looks and refusals. Values never enter a record."""

import datetime as dt
import json
import os
import threading
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, transaction
from django.db.transaction import TransactionManagementError

from rondom.core import clock, keys
from rondom.core.actions import note_recorded
from rondom.core.ids import new_id
from rondom.core.models import AuditRecord, Event, EventSubject, Look, LookSubject
from rondom.core.principals import Principal

Subject = tuple[str, uuid.UUID]
SIGNED = (
    "key", "at", "actor", "actor_kind", "actor_role", "organisation", "on_behalf_of", "municipality", "session",
    "kind", "object_kind", "object_id", "fields", "rules", "ground", "result", "writer", "writer_number",
)  # fmt: skip


class _Writer(threading.local):
    """Numbers the records of one thread of one process, in one store, without gaps.

    A number counts once its transaction has committed. A record of a transaction that was rolled back gives its number
    to the next one; when it is not certain what became of it (a connection lost during commit), the thread goes on as
    another writer. So whatever happens, the committed records of a writer are numbered 1, 2, 3, ...
    """

    def __init__(self, database: str) -> None:
        self.database = database
        self.begin()

    def begin(self) -> None:
        """Go on as another writer, from number 1."""
        self.pid, self.id, self.committed, self.unsure = os.getpid(), new_id(), 0, False

    def number(self, record: AuditRecord) -> None:
        """Give the record its writer and number. Call inside a transaction, and `written` after the insert."""
        connection = connections[self.database]
        if not connection.in_atomic_block:
            raise TransactionManagementError("An audit record is written inside a transaction.")
        hooks: list[Any] = [hook[1] for hook in connection.run_on_commit]  # Django's own list: savepoints take back
        pending = [hook for hook in hooks if isinstance(hook, _Committed) and hook.writer is self.id]
        if self.pid != os.getpid() or (self.unsure and not pending):
            self.begin()  # after a fork or a rollback this is another writer
            pending = []
        record.writer, record.writer_number = self.id, self.committed + len(pending) + 1

    def written(self, record: AuditRecord) -> None:
        """The record is in the database, if its transaction commits."""
        self.unsure = True
        transaction.on_commit(_Committed(self, self.id, record.writer_number), using=self.database)


class _Committed:
    """Called by Django after the commit; a rolled back savepoint forgets it."""

    def __init__(self, state: _Writer, writer: uuid.UUID, number: int) -> None:
        self.state, self.writer, self.number = state, writer, number

    def __call__(self) -> None:
        if self.state.id is self.writer:
            self.state.committed, self.state.unsure = self.number, False


_event_writer = _Writer("default")
_look_writer = _Writer("looks")


def begin_anew() -> None:
    """Let this thread go on as another writer: for tests that empty their database."""
    for writer in (_event_writer, _look_writer):
        writer.begin()


def canonical(record: AuditRecord, subjects: Iterable[Subject]) -> bytes:
    """Return the bytes a mac covers: schema version, the signed columns and the sorted subjects, as compact JSON."""

    def plain(value: Any) -> Any:
        if isinstance(value, uuid.UUID):
            return str(value)
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        return value

    columns = [plain(getattr(record, name)) for name in SIGNED]
    named = sorted(f"{kind}:{subject}" for kind, subject in subjects)
    return json.dumps([1, *columns, named], ensure_ascii=True, separators=(",", ":")).encode()


def subject(thing: models.Model) -> Subject:
    """Return (kind, id) of a row, e.g. ("dossier", UUID(...))."""
    return (thing._meta.model_name or "", thing.pk)


def _fill(
    record: AuditRecord,
    by: Principal,
    kind: str,
    thing: models.Model | None,
    at: dt.datetime,
    extra: dict[str, Any],
) -> None:
    record.at, record.kind = at, kind
    record.actor, record.actor_kind, record.actor_role = by.key, by.kind, by.role
    record.organisation, record.on_behalf_of = by.organisation, by.on_behalf_of
    record.municipality, record.session = by.municipality, by.session
    record.object_kind = thing._meta.label_lower if thing is not None else extra.get("object_kind", "")
    record.object_id = str(thing.pk) if thing is not None else str(extra.get("object_id", ""))
    record.fields = sorted(extra.get("fields", ()))
    record.rules = sorted(extra.get("rules", ()))
    record.ground, record.result = extra.get("ground", ""), extra.get("result", "done")


def record(
    by: Principal,
    kind: str,
    thing: models.Model | None = None,
    *,
    at: dt.datetime,
    subjects: Sequence[Subject] = (),
    fields: Iterable[str] = (),
    rules: Iterable[str] = (),
    ground: str = "",
    municipality: str = "",
) -> Event:
    """Record a write within the running transaction and return the event.

    kind is past tense and named after its room ("dossiers.note_written"); subjects are (kind, id) pairs of the persons,
    dossiers and cases concerned; fields are names, never values. Call it inside an @action.
    """
    event = Event()
    _fill(event, by, kind, thing, at, {"fields": fields, "rules": rules, "ground": ground})
    if municipality:
        event.municipality = municipality
    _write(event, subjects, EventSubject, _event_writer)
    note_recorded(event)
    return event


def _write(record: AuditRecord, subjects: Sequence[Subject], side_table: Any, writer: _Writer) -> None:
    writer.number(record)
    unique = sorted(set(subjects))
    record.mac = keys.ring().audit_mac(canonical(record, unique))
    record.save(force_insert=True)
    side_table.objects.bulk_create([side_table(record=record, kind=k, subject=s) for k, s in unique])
    writer.written(record)


def look(
    by: Principal,
    kind: str,
    thing: models.Model | None = None,
    *,
    subjects: Sequence[Subject] = (),
    ground: str = "",
    result: str = "done",
    at: dt.datetime | None = None,
    object_kind: str = "",
    object_id: str = "",
) -> Look:
    """Record a look, list, search, export or refusal in the look store, in its own short transaction.

    Must succeed before anything is shown: an exception here means the page is not sent (fail closed). The transaction
    is durable: a look cannot be undone by something that fails around it.
    """
    entry = Look()
    extra = {"ground": ground, "result": result, "object_kind": object_kind, "object_id": object_id}
    _fill(entry, by, kind, thing, at or clock.now(), extra)
    with transaction.atomic(using="looks", durable=True):
        _write(entry, subjects, LookSubject, _look_writer)
    return entry
