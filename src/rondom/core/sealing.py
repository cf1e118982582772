"""Chain and sign the audit records, and verify that none was altered, removed or slipped in.

Sealing links every committed record that has no link yet, and ends a batch with a signature over the head. A record of
a slow transaction is linked when it appears, at the place where the chain then is. What was linked below the `horizon`
of the last seal need not be looked at again, so sealing costs as much as there is new.

What verification can name, and what it cannot, stands in docs/explanation/trust.md.
"""

import dataclasses
import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db import connections, models, transaction

from rondom.core import events, guards, keys
from rondom.core.models import (
    Event,
    EventLink,
    EventSeal,
    EventSubject,
    Look,
    LookLink,
    LookSeal,
    LookSubject,
)  # fmt: skip
from rondom.core.registry import Registry
from rondom.core.slices import breathe

START = b"\0" * 32
BATCH = 1_000  # records sealed in one transaction: pages that write wait for it


@dataclasses.dataclass(frozen=True)
class Chain:
    """One store of records with its links and seals."""

    name: str
    database: str
    record: Any
    subject: Any
    link: Any
    seal: Any

    def rows(self, model: Any) -> Any:
        """Return the rows of one of the four models, in the store of this chain."""
        return model._default_manager.using(self.database)

    @property
    def on_postgresql(self) -> bool:
        """Tell whether this store is a PostgreSQL database."""
        return connections[self.database].vendor == "postgresql"


CHAINS = (
    Chain("events", "default", Event, EventSubject, EventLink, EventSeal),
    Chain("looks", "looks", Look, LookSubject, LookLink, LookSeal),
)

# Rooms above add what only they can compare with the events: name -> function that yields findings.
further_checks: Registry[Callable[[], Iterator[str]]] = Registry("audit check")


@dataclasses.dataclass(frozen=True)
class Report:
    """What verification saw of one chain; `broken` names every finding, the first broken link first."""

    chain: str
    sealed: int
    unsealed: int
    position: int
    head: str
    broken: tuple[str, ...]


# Sealing


def seal(chain: Chain, *, at: dt.datetime) -> int:
    """Link all committed records that have no link yet, sign the new head, and return how many were linked."""
    total = 0
    while True:
        with transaction.atomic(using=chain.database):
            count = _seal_batch(chain, at)
        total += count
        if count < BATCH:
            return total
        breathe(chain.database)


def _query(chain: Chain, sql: str) -> Any:
    with connections[chain.database].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def _one_sealer(chain: Chain) -> None:
    """Let one sealer at a time work on a chain (SQLite: the transaction itself is IMMEDIATE)."""
    if chain.on_postgresql:
        _query(chain, f"SELECT pg_advisory_xact_lock({7513 + CHAINS.index(chain)})")


def _horizon(chain: Chain) -> tuple[int, int]:
    """Return (the number below which nothing new can appear, the number from which none was given out yet).

    On PostgreSQL these are transactions: xmin and xmax of the snapshot. Asked before the records are read, so what a
    later seal skips was visible to this one. On SQLite numbers appear in order.
    """
    if chain.on_postgresql:
        snapshot = "pg_current_snapshot()"
        sql = f"SELECT pg_snapshot_xmin({snapshot})::text::bigint, pg_snapshot_xmax({snapshot})::text::bigint"
        low, high = _query(chain, sql)
        return low, high
    newest = chain.rows(chain.record).aggregate(n=models.Max("number"))["n"] or 0
    return newest + 1, newest + 1


def _waiting(chain: Chain, last_horizon: int, high: int) -> Any:
    """Return the records without link, in order of number."""
    linked = chain.rows(chain.link).filter(record=models.OuterRef("number"))
    rows = chain.rows(chain.record).filter(~models.Exists(linked)).order_by("number")
    if last_horizon > high:
        return rows  # restored into another server, which counts its transactions anew: look at everything once
    return rows.filter(**{"transaction__gte" if chain.on_postgresql else "number__gte": last_horizon})


def _seal_batch(chain: Chain, at: dt.datetime) -> int:
    _one_sealer(chain)
    low, high = _horizon(chain)
    last = chain.rows(chain.link).order_by("-position").first()
    head, position = (bytes(last.link), last.position) if last else (START, 0)
    sealed = chain.rows(chain.seal).order_by("-id").first()
    waiting = _waiting(chain, sealed.horizon if sealed else 0, high)[:BATCH]
    fresh = []
    for number, mac in waiting.values_list("number", "mac"):
        head = hashlib.sha256(head + bytes(mac)).digest()
        position += 1
        fresh.append(chain.link(position=position, record=number, link=head))
    if not fresh:
        return 0
    complete = len(fresh) < BATCH
    chain.rows(chain.link).bulk_create(fresh)
    ring = keys.ring()
    chain.rows(chain.seal).create(
        position=position,
        head=head,
        signature=ring.signer().sign(_signed(chain, position, head)),
        sealed_at=at,
        generation=ring.newest,
        horizon=low if complete else (sealed.horizon if sealed else 0),
    )
    return len(fresh)


def _signed(chain: Chain, position: int, head: bytes) -> bytes:
    return b"rondom/" + chain.name.encode() + b"/" + position.to_bytes(8) + head


def seal_all(*, at: dt.datetime) -> int:
    """Seal every chain; return how many records were linked."""
    return sum(seal(chain, at=at) for chain in CHAINS)


# Verifying


def verify(chain: Chain, *, known: tuple[int, str] | None = None) -> Report:
    """Recompute every mac, link and signature of a chain; see Report.

    known is a head noted earlier outside this database: (position, hex). A chain that was cut off and grown anew no
    longer passes through it.
    """
    broken: list[str] = []
    sealed, position, head = _check_links(chain, known, broken)
    _check_seals(chain, position, broken)
    total = _check_records(chain, broken)
    _check_numbers(chain, broken)
    broken += [f"{chain.name}: the database guard {name} is gone" for name in guards.missing(chain.database)]
    return Report(chain.name, sealed, total - sealed, position, head.hex(), tuple(broken))


def verify_all(*, known: dict[str, tuple[int, str]] | None = None) -> tuple[list[Report], list[str]]:
    """Verify every chain, and what rooms compare with the events; return the reports and the further findings."""
    reports = [verify(chain, known=(known or {}).get(chain.name)) for chain in CHAINS]
    return reports, [finding for _, check in further_checks for finding in check()]


def fits(row: Any, subjects: list[events.Subject]) -> bool:
    """Tell whether the mac of a record covers it and these subjects, under any key generation on file."""
    signed, ring = events.canonical(row, subjects), keys.ring()
    return any(ring.audit_mac(signed, generation=g) == bytes(row.mac) for g in reversed(ring.audit_generations))


def _check_records(chain: Chain, broken: list[str]) -> int:
    """Check every mac, walking records and subjects side by side in order of number; return how many records."""
    pairs = chain.rows(chain.subject).order_by("record_id").values_list("record_id", "kind", "subject").iterator()
    groups = itertools.groupby(pairs, key=lambda pair: pair[0])
    waiting = next(groups, None)
    total = 0
    for row in chain.rows(chain.record).order_by("number").iterator():
        total += 1
        while waiting and waiting[0] < row.number:
            waiting = next(groups, None)
        subjects: list[events.Subject] = []
        if waiting and waiting[0] == row.number:
            subjects = [(kind, subject) for _, kind, subject in waiting[1]]
            waiting = next(groups, None)
        if not (fits(row, subjects) or fits(row, _subjects(chain, row.number))):  # once more: it may be very fresh
            broken.append(f"{chain.name} {row.number} ({row.key}): altered, or not written by Rondom")
    return total


def _subjects(chain: Chain, number: int) -> list[events.Subject]:
    return list(chain.rows(chain.subject).filter(record_id=number).values_list("kind", "subject"))


def _check_links(chain: Chain, known: tuple[int, str] | None, broken: list[str]) -> tuple[int, int, bytes]:
    """Follow the chain; return (records found behind a link, last position, head)."""
    mac = models.Subquery(chain.rows(chain.record).filter(number=models.OuterRef("record")).values("mac"))
    head, sealed, expected, passed = START, 0, 1, known is None or known[0] == 0
    for link in chain.rows(chain.link).annotate(mac=mac).order_by("position").iterator():
        if link.position != expected:
            broken.append(f"{chain.name} link {expected}: missing")
        if link.mac is None:
            broken.append(f"{chain.name} {link.record}: sealed at link {link.position}, but removed")
        else:
            sealed += 1
            if hashlib.sha256(head + bytes(link.mac)).digest() != bytes(link.link):
                broken.append(f"{chain.name} link {link.position} (record {link.record}): does not fit")
        head, expected = bytes(link.link), link.position + 1
        passed = passed or (link.position, head.hex()) == known
    if not passed and known:
        broken.append(f"{chain.name} link {known[0]}: the chain no longer passes the head noted earlier")
    return sealed, expected - 1, head


def _check_seals(chain: Chain, last: int, broken: list[str]) -> None:
    ring, signed = keys.ring(), 0
    link = models.Subquery(chain.rows(chain.link).filter(position=models.OuterRef("position")).values("link"))
    for row in chain.rows(chain.seal).annotate(link=link).order_by("id").iterator():
        head, signed = bytes(row.head), row.position
        try:
            ring.seal_key(row.generation).verify(bytes(row.signature), _signed(chain, row.position, head))
        except (InvalidSignature, keys.KeysMissing):
            broken.append(f"{chain.name} seal {row.id}: signature does not fit")
        if row.link is None or bytes(row.link) != head:
            broken.append(f"{chain.name} seal {row.id}: the chain it signed is gone or changed")
    if signed < last:
        broken.append(f"{chain.name} links {signed + 1}-{last}: without a signature")


def _check_numbers(chain: Chain, broken: list[str]) -> None:
    """Find removed records that no link remembers: the numbers of one writer, and of an SQLite store, have no gaps."""
    rows = chain.rows(chain.record)
    counted = rows.values("writer").annotate(n=models.Count("number"), last=models.Max("writer_number")).order_by()
    for row in counted.iterator():
        if row["n"] != row["last"]:
            gone = row["last"] - row["n"]
            broken.append(f"{chain.name} of writer {row['writer']}: {gone} record(s) removed")
    if not chain.on_postgresql:
        table = chain.record._meta.db_table
        given = _query(chain, f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608
        gone = (given[0] if given else 0) - rows.count()
        if gone:
            broken.append(f"{chain.name}: {gone} number(s) were given out but are not there")
