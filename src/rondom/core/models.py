"""Record, the base of every row about people; Event and Look, the append-only audit records; the seals over them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.ids import new_id


class Record(models.Model):
    """A row with a UUIDv7 key, a version that counts saves, and the municipality it belongs to.

    The version is checked by `core.saving.save_changes`: a second saver is refused with Stale and sees both values.
    `municipality` is the CBS code (GM0303): one member of a region can be exported and removed as a whole.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    municipality = models.CharField(_("municipality"), max_length=6, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __repr__(self) -> str:
        """Name the row without naming the person: logs and tracebacks stay clean."""
        return f"<{type(self).__name__} {self.pk}>"

    __str__ = __repr__


class Installation(models.Model):
    """The one row that fixes what this installation is. Written once by `init`; guarded by the database."""

    class Kind(models.TextChoices):
        """What an installation is for; never changes."""

        DEMO = "demo", _("demonstration")
        TRAINING = "training", _("training")
        PRODUCTION = "production", _("production")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=12, choices=Kind)
    made_at = models.DateTimeField(default=clock.now)
    data_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_installation_only_one")
        ]

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "installation"
        open = ("id", "kind", "made_at", "data_version")


class KeyCheck(models.Model):
    """The public fingerprint of each key generation used by this database: a wrong key does not start."""

    generation = models.PositiveSmallIntegerField(primary_key=True)
    check_value = models.CharField(max_length=16)
    first_used_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "installation"
        open = ("generation", "check_value", "first_used_at", "retired_at")


class TransactionId(models.Func):
    """The number of the running database transaction: 64 bits, never reused (PostgreSQL); 0 on SQLite."""

    output_field = models.BigIntegerField()
    template = "0"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="pg_current_xact_id()::text::bigint", **context)


class OnceKey(models.Model):
    """A form that was handled: its one-time key, whose it was and where the answer stands (core.once). Kept a day."""

    key = models.UUIDField(primary_key=True, editable=False)
    owner = models.UUIDField()
    address = models.CharField(max_length=200, blank=True)
    used_at = models.DateTimeField(db_index=True)

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "draft"
        open = ("key", "used_at")
        personal = ("owner", "address")


class ScheduledRun(models.Model):
    """When a scheduled job last started, and how that ended; moved by `core.schedule` only."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=60, blank=True)

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "installation"
        open = ("name", "started_at", "finished_at", "result")


class AuditRecord(models.Model):
    """One act or look: who, in which role, for whom, when, what, on which ground, with which result. No values.

    NEN 7513 asks event, moment, client, user, responsibility (law-and-norms SEC-01); the clients stand in the side
    table. No foreign keys: history neither blocks deletion nor vanishes with it. `mac` covers the canonical bytes of
    the row and its subjects. `writer` and `writer_number` number the records of one thread of one process without gaps,
    so that a removed record is missed. `transaction` is the database transaction that wrote the row (PostgreSQL; 0 on
    SQLite, where one writer at a time makes it needless): the sealer finds what committed late by it. Rows are guarded
    by triggers against change, replacement and deletion.
    """

    number = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=new_id, unique=True, editable=False)
    at = models.DateTimeField()
    actor = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor_role = models.CharField(max_length=40)
    organisation = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    municipality = models.CharField(max_length=6)
    session = models.CharField(max_length=32)
    kind = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=36)
    fields = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    ground = models.CharField(max_length=60)
    result = models.CharField(max_length=10)
    writer = models.UUIDField()
    writer_number = models.PositiveBigIntegerField()
    mac = models.BinaryField()
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        abstract = True
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["actor", "at"]),
            models.Index(fields=["kind", "at"]),
            models.Index(fields=["object_id"]),
            models.Index(fields=["transaction"]),
            models.Index(fields=["writer", "writer_number"]),
        ]

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7513; AVG 5 lid 2"
        retention = "log"
        open = (
            "number", "key", "at", "actor_kind", "actor_role", "organisation", "kind", "object_kind", "fields",
            "rules", "ground", "result", "writer", "writer_number", "mac", "transaction",
        )  # fmt: skip
        personal = ("actor", "on_behalf_of", "session", "object_id")


class AuditSubject(models.Model):
    """A person, dossier or case an audit record is about."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7513; AVG 5 lid 2"
        retention = "log"
        open = ("id", "kind", "record")
        personal = ("subject",)


class Event(AuditRecord):
    """A write, recorded in the transaction of the write."""


class EventSubject(AuditSubject):
    """Subject of an Event."""

    record = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")


class Look(AuditRecord):
    """A look, a list shown, an export or a refusal, recorded in its own store before the response is sent."""


class LookSubject(AuditSubject):
    """Subject of a Look."""

    record = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="subjects")


class SealLink(models.Model):
    """The place of one record in the chain: link = SHA-256(previous link + the record's mac)."""

    position = models.BigAutoField(primary_key=True)
    record = models.BigIntegerField(unique=True)
    link = models.BinaryField()

    class Meta:
        abstract = True

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7513"
        retention = "log"
        open = ("position", "record", "link")


class EventLink(SealLink):
    """Chain over events."""


class LookLink(SealLink):
    """Chain over looks."""


class Seal(models.Model):
    """An Ed25519 signature over the head of a chain after a batch; the head is what an outside log host keeps.

    `horizon`: every record below it was linked then (a transaction number on PostgreSQL, a record number on SQLite).
    """

    id = models.BigAutoField(primary_key=True)
    position = models.BigIntegerField()
    head = models.BinaryField()
    signature = models.BinaryField()
    sealed_at = models.DateTimeField()
    generation = models.PositiveSmallIntegerField()
    horizon = models.BigIntegerField()

    class Meta:
        abstract = True

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7513"
        retention = "log"
        open = ("id", "position", "head", "signature", "sealed_at", "generation", "horizon")


class EventSeal(Seal):
    """Seal over the chain of events."""


class LookSeal(Seal):
    """Seal over the chain of looks."""


LOOK_STORE = (Look, LookSubject, LookLink, LookSeal)
GUARDED = (Event, EventSubject, EventLink, EventSeal, *LOOK_STORE)
