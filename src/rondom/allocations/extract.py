"""What allocations give to the facts: what was ordered, started, stopped, and the waits in between."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rondom.allocations.models import Allocation


@dataclass(frozen=True)
class AllocationFact:
    """One allocation. `dossier` is a key that the snapshot replaces by its pseudonym; the period is half-open."""

    municipality: str
    dossier: str
    provider: str
    category: str
    product: str
    free_offer: bool
    volume: int | None
    unit: str
    frequency: str
    ground: str
    decision: str
    state: str
    ordered_on: dt.date
    starts: dt.date
    ends: dt.date | None
    started_on: dt.date | None
    stopped_on: dt.date | None
    stop_reason: str


@dataclass(frozen=True)
class WaitFact:
    """How long somebody waited, in calendar days; None: not known or not there yet (practice 17)."""

    municipality: str
    dossier: str
    category: str
    ordered_on: dt.date
    order_to_first_talk: int | None
    first_talk_to_start: int | None
    order_to_start: int | None


def allocations() -> Iterator[AllocationFact]:
    """Yield every allocation, oldest first."""
    for row in _rows():
        product = row.product
        yield AllocationFact(
            row.municipality, str(row.dossier_id), str(row.provider_id or ""), product.category if product else "",
            product.code if product else "", product is None, row.volume, row.unit, row.frequency, row.ground,
            row.decision, row.state, row.ordered_on, row.starts, row.ends, row.started_on, row.stopped_on,
            row.stop_reason,
        )  # fmt: skip


def waits() -> Iterator[WaitFact]:
    """Yield the waits of every allocation that went out, oldest first."""
    for row in _rows():
        if row.state in ("waiting", "sent_back"):
            continue
        yield WaitFact(
            row.municipality, str(row.dossier_id), row.product.category if row.product else "", row.ordered_on,
            _days(row.ordered_on, row.first_talk_on), _days(row.first_talk_on, row.started_on),
            _days(row.ordered_on, row.started_on),
        )  # fmt: skip


def _rows() -> Iterator[Allocation]:
    return Allocation.objects.select_related("product").order_by("ordered_on", "pk").iterator(chunk_size=500)


def _days(begins: dt.date | None, ends: dt.date | None) -> int | None:
    return (ends - begins).days if begins and ends else None
