"""What allocations give to the facts: what was ordered, changed, started, stopped, and the waits in between."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from rondom.allocations import waits as waiting
from rondom.allocations.enums import WaitReason
from rondom.allocations.models import Allocation, AllocationChange
from rondom.allocations.norms import Norms
from rondom.core import clock
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Meeting
from rondom.entry.actions import FIRST_CONTACT


@dataclass(frozen=True)
class AllocationFact:
    """One allocation. `dossier` is a key that the snapshot replaces by its pseudonym; the period is half-open.

    `follows` and `bridges`: it goes on from another order, or bridges the wait for one. `no_contract` is a code of
    `NoContract`, "" with a contract.
    """

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
    follows: bool = False
    bridges: bool = False
    no_contract: str = ""


@dataclass(frozen=True)
class WaitFact:
    """One wait for one order (practice 17): `kind` intake, treatment or start; days so far when it goes on.

    `standing` is how it stands to its norm ("" without a norm), never over while the notice of a start can come.
    `reason` is a code of `WaitReason`: an accepted one stays counted and apart, an excluded one is not measured (DR52).
    """

    municipality: str
    dossier: str
    category: str
    ordered_on: dt.date
    kind: str
    days: int
    ended: bool
    standing: str
    reason: str
    accepted: bool


@dataclass(frozen=True)
class FirstTalkFact:
    """The wait of one case until our first talk, in calendar days; `from_worry`: counted from the first worry."""

    municipality: str
    came_on: dt.date
    from_worry: bool
    days: int
    ended: bool
    standing: str


@dataclass(frozen=True)
class ChangeFact:
    """One change of an order after it went out; days are by how much the last day moved (None: no day or no end)."""

    municipality: str
    dossier: str
    category: str
    kind: str
    reason: str
    made_on: dt.date
    days: int | None


def allocations() -> Iterator[AllocationFact]:
    """Yield every allocation, oldest first."""
    for row in _rows():
        product = row.product
        yield AllocationFact(
            row.municipality, str(row.dossier_id), str(row.provider_id or ""), product.category if product else "",
            product.code if product else "", product is None, row.volume, row.unit, row.frequency, row.ground,
            row.decision, row.state, row.ordered_on, row.starts, row.ends, row.started_on, row.stopped_on,
            row.stop_reason, row.follows_id is not None, row.bridges_id is not None, row.no_contract,
        )  # fmt: skip


def waits(*, at: dt.datetime) -> Iterator[WaitFact]:
    """Yield the waits that are known, of every order that went out, oldest first, as they stand at a moment."""
    today = clock.today(at)
    bridged = waiting.bridged_since(Allocation.objects.filter(bridges__isnull=False).iterator(chunk_size=500))
    norms: dict[str, Norms] = {}
    for row in _rows():
        if row.municipality not in norms:
            norms[row.municipality] = Norms(row.municipality, on=today)
        held = norms[row.municipality]
        for each in waiting.of_allocation(row, held, today=today, bridged_on=bridged.get(row.pk)):
            if each.days is None:
                continue
            unsure = each.notice_until is not None
            yield WaitFact(
                row.municipality, str(row.dossier_id), row.product.category if row.product else "", row.ordered_on,
                each.kind, each.days, not each.runs, "" if unsure or each.standing is None else str(each.standing),
                row.wait_reason, row.wait_reason in WaitReason.accepted(),
            )  # fmt: skip


def changes() -> Iterator[ChangeFact]:
    """Yield every change that took effect, oldest first."""
    rows = AllocationChange.objects.select_related("allocation__product", "follower").order_by("made_at", "pk")
    for row in rows.iterator(chunk_size=500):
        if not row.took_effect:
            continue
        moved = (row.ends_after - row.ends_before).days if row.ends_before and row.ends_after else None
        product = row.allocation.product
        yield ChangeFact(
            row.municipality, str(row.allocation.dossier_id), product.category if product else "", row.kind, row.reason,
            clock.today(row.made_at), moved,
        )  # fmt: skip


def first_talks(*, at: dt.datetime) -> Iterator[FirstTalkFact]:
    """Yield the wait of each case to our first talk, oldest first: from its first worry, else from when it opened."""
    today = clock.today(at)
    norms: dict[str, Norms] = {}
    met = Clock.objects.filter(kind=FIRST_CONTACT, state=ClockState.MET)
    held = Meeting.objects.filter(held_at__isnull=False)
    rows = Case.objects.order_by("opened_on", "pk").prefetch_related(
        "concerns", Prefetch("clocks", met, to_attr="talked"), Prefetch("meetings", held, to_attr="met")
    )
    for case in rows.iterator(chunk_size=500):
        if case.municipality not in norms:
            norms[case.municipality] = Norms(case.municipality, on=today)
        worries = [(clock.today(row.received_at), row.danger_now) for row in case.concerns.all()]
        came = min([day for day, _urgent in worries], default=case.opened_on)
        moments = [row.ended_at for row in case.talked] + [row.held_at for row in case.met]  # type: ignore[attr-defined]
        talked = [clock.today(moment) for moment in moments if moment and clock.today(moment) >= came]
        known = waiting.FirstTalk(came, min(talked, default=None), urgent=any(urgent for _day, urgent in worries))
        each = waiting.to_first_talk("", known, norms[case.municipality], today=today)
        yield FirstTalkFact(
            case.municipality, came, bool(worries), each.days or 0, not each.runs,
            "" if each.standing is None else str(each.standing),
        )  # fmt: skip


def _rows() -> Iterator[Allocation]:
    rows = Allocation.objects.select_related("product", "dossier__youth").order_by("ordered_on", "pk")
    return rows.iterator(chunk_size=500)
