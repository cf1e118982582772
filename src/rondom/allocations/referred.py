"""When help after a referral began and ended, for who may hear that: the door decides who does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.entry.models import Referral


@dataclass(frozen=True)
class Given:
    """Help of one provider: the first day, and the last day when nothing of it goes on (None: it goes on)."""

    started_on: dt.date
    stopped_on: dt.date | None = None


def help_after(referrals: Iterable[Referral]) -> dict[UUID, Given]:
    """Return per referral the help of the provider that was named, as far as it began; in one query.

    Of an earlier stretch that had ended when the referral reached us nothing is told, nor of other providers.
    """
    rows = [row for row in referrals if row.provider_id]
    given = Allocation.objects.filter(
        dossier__in={row.dossier_id for row in rows}, provider__in={row.provider_id for row in rows},
        started_on__isnull=False,
    ).order_by("started_on", "pk")  # fmt: skip
    by_pair: dict[tuple[UUID, UUID | None], list[Allocation]] = {}
    for one in given:
        by_pair.setdefault((one.dossier_id, one.provider_id), []).append(one)
    found = {row.pk: _given(row, by_pair.get((row.dossier_id, row.provider_id), [])) for row in rows}
    return {pk: one for pk, one in found.items() if one is not None}


def _given(referral: Referral, rows: list[Allocation]) -> Given | None:
    told = [row for row in rows if row.stopped_on is None or row.stopped_on >= referral.received_on]
    begun = [row.started_on for row in told if row.started_on]
    if not begun:
        return None
    ended = [row.stopped_on for row in told if row.state == AllocationState.STOPPED and row.stopped_on]
    return Given(min(begun), max(ended) if len(ended) == len(told) else None)
