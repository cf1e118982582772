"""What allocations give to the facts: what was ordered, changed, started, stopped, and the waits in between."""

import datetime as dt
import functools
from collections.abc import Collection, Iterator
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from rondom.allocations import waits as waiting
from rondom.allocations.enums import AllocationState, WaitReason
from rondom.allocations.models import Allocation, AllocationChange
from rondom.allocations.norms import Norms
from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Meeting
from rondom.entry.actions import FIRST_CONTACT
from rondom.facts.allocations import AllocationFact, ChangeFact, FirstTalkFact, WaitFact
from rondom.people.whereabouts import districts_among, secret_among
from rondom.providers.queries import agb_codes_on

AT_ONCE = 500


def allocations(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[AllocationFact]:
    """Yield every allocation (of these youths), oldest first, with the wijk where the youth lives at a moment.

    Of a youth whose whereabouts are secret neither the wijk nor the provider is told: both point to a place.
    """
    today = clock.today(at)
    for rows in batched(_rows(youths), AT_ONCE):
        youths = {row.dossier.youth_id for row in rows}
        secret, districts = secret_among(youths), districts_among(youths, today)
        codes = agb_codes_on({row.provider_id for row in rows if row.provider_id}, today)
        for row in rows:
            hidden = row.dossier.youth_id in secret
            district = "" if hidden else districts.get(row.dossier.youth_id, "")
            yield _allocation(row, district=district, provider="" if hidden else codes.get(row.provider_id, ""))


def _allocation(row: Any, *, district: str, provider: str) -> AllocationFact:
    return AllocationFact(
        **_keys(row),
        district=district,
        born_on=row.dossier.youth.born_on,
        provider=provider,
        product=row.product.code if row.product else "",
        free_offer=row.product is None,
        volume=row.volume,
        unit=row.unit,
        frequency=row.frequency,
        ground=row.ground,
        decision=row.decision,
        state=row.state,
        ordered_on=row.ordered_on,
        starts=row.starts,
        last_on=row.last_day,
        started_on=row.started_on,
        stopped_on=row.stopped_on,
        stop_reason=row.stop_reason,
        days_since_help=(row.started_on - row.helped_until).days if row.started_on and row.helped_until else None,
        follows=row.follows_id is not None,
        bridges=row.bridges_id is not None,
        no_contract=row.no_contract,
    )


def waits(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[WaitFact]:
    """Yield the waits that are known, of every order that went out, oldest first, as they stand at a moment."""
    today = clock.today(at)
    bridged = waiting.bridged_since(Allocation.objects.filter(bridges__isnull=False).iterator(chunk_size=500))
    norms = functools.cache(lambda municipality: Norms(municipality, on=today))
    for row in _rows(youths):
        for each in waiting.of_allocation(row, norms(row.municipality), today=today, bridged_on=bridged.get(row.pk)):
            if each.days is None:
                continue
            unsure = each.notice_until is not None
            yield WaitFact(
                **_keys(row),
                ordered_on=row.ordered_on,
                kind=str(each.kind),
                days=each.days,
                ended=not each.runs,
                standing="" if unsure or each.standing is None else str(each.standing),
                reason=row.wait_reason,
                accepted=row.wait_reason in WaitReason.accepted(),
            )


def changes(*, youths: Collection[UUID] | None = None) -> Iterator[ChangeFact]:
    """Yield every change that took effect, oldest first."""
    rows = AllocationChange.objects.select_related("allocation__product", "allocation__dossier", "follower")
    rows = rows if youths is None else rows.filter(allocation__dossier__youth__in=youths)
    for row in rows.order_by("made_at", "pk").iterator(chunk_size=500):
        if row.follower and row.follower.state in (AllocationState.WAITING, AllocationState.SENT_BACK):
            continue
        yield ChangeFact(
            **_keys(row.allocation),
            kind=row.kind,
            reason=row.reason,
            made_on=clock.today(row.made_at),
            days=(row.ends_after - row.ends_before).days if row.ends_before and row.ends_after else None,
        )


def first_talks(*, at: dt.datetime, cases: Collection[UUID] | None = None) -> Iterator[FirstTalkFact]:
    """Yield the wait of each case (of these) to our first talk, oldest first: from its first worry, or its opening."""
    today = clock.today(at)
    norms = functools.cache(lambda municipality: Norms(municipality, on=today))
    met = Clock.objects.filter(kind=FIRST_CONTACT, state=ClockState.MET)
    held = Meeting.objects.filter(held_at__isnull=False)
    every = Case.objects.all() if cases is None else Case.objects.filter(pk__in=cases)
    rows = every.order_by("opened_on", "pk").prefetch_related(
        "concerns", Prefetch("clocks", met, to_attr="talked"), Prefetch("meetings", held, to_attr="met")
    )
    for case in rows.iterator(chunk_size=500):
        worries = [(clock.today(row.received_at), row.danger_now) for row in case.concerns.all()]
        came = min([day for day, _urgent in worries], default=case.opened_on)
        moments = [row.ended_at for row in case.talked] + [row.held_at for row in case.met]  # type: ignore[attr-defined]
        talked = [clock.today(moment) for moment in moments if moment and clock.today(moment) >= came]
        known = waiting.FirstTalk(came, min(talked, default=None), urgent=any(urgent for _day, urgent in worries))
        each = waiting.to_first_talk("", known, norms(case.municipality), today=today)
        yield FirstTalkFact(
            case_key=pseudonym("case", case.pk),
            municipality=case.municipality,
            team=str(case.team_id),
            came_on=came,
            from_worry=bool(worries),
            days=each.days or 0,
            ended=not each.runs,
            standing="" if each.standing is None else str(each.standing),
        )


def _keys(row: Allocation) -> dict[str, Any]:
    return {
        "allocation_key": pseudonym("allocation", row.pk),
        "youth_key": pseudonym("youth", row.dossier.youth_id),
        "municipality": row.municipality,
        "category": row.product.category if row.product else "",
    }


def _rows(youths: Collection[UUID] | None = None) -> Iterator[Any]:
    """Yield the orders, each with the last day of the help the youth had before this one started."""
    before = Allocation.objects.filter(
        dossier__youth=OuterRef("dossier__youth"), stopped_on__lt=OuterRef("started_on")
    ).order_by("-stopped_on")
    every = Allocation.objects.all() if youths is None else Allocation.objects.filter(dossier__youth__in=youths)
    rows = every.select_related("product", "dossier__youth").order_by("ordered_on", "pk")
    return rows.annotate(helped_until=Subquery(before.values("stopped_on")[:1])).iterator(chunk_size=AT_ONCE)
