"""What allocations give to the facts: what was ordered, changed, started, stopped, and the waits in between."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import batched, groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from rondom.allocations import waits as waiting
from rondom.allocations.enums import AllocationState, Decision, Ground, WaitReason
from rondom.allocations.models import Allocation, AllocationChange
from rondom.allocations.norms import Norms
from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Meeting
from rondom.entry.actions import FIRST_CONTACT
from rondom.entry.enums import ReferralEnd, ReferrerKind
from rondom.entry.models import Referral
from rondom.facts.allocations import AllocationFact, ChangeFact, FirstTalkFact, TrajectoryFact, WaitFact
from rondom.facts.trajectories import merged
from rondom.law.counting import Exclusion
from rondom.people.whereabouts import districts_among, secret_among
from rondom.providers.queries import agb_codes_on
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind

AT_ONCE = 500
FORM_LIST = "help_form_of_product"
NINE_WEEKS = dt.timedelta(weeks=9)  # DR52: wants to wait longer than nine weeks
NO_REFERRER = "06"
REFERRER_OF_GROUND = {Ground.MUNICIPAL: "01", Ground.GI: "04", Ground.COURT: "08"}  # code list cbs_referrer
DOCTORS: dict[str, str] = {ReferrerKind.GP: "02", ReferrerKind.YOUTH_DOCTOR: "03", ReferrerKind.SPECIALIST: "05"}


def allocations(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[AllocationFact]:
    """Yield every allocation (of these youths), oldest first, with the wijk where the youth lives at a moment.

    Of a youth whose whereabouts are secret neither the wijk nor the provider is told: both point to a place.
    """
    known = Known(clock.today(at))
    for rows in batched(_rows(youths), AT_ONCE):
        places, referrers = known.places(rows), known.referrers(rows)
        for row in rows:
            yield _allocation(row, known, referrers[row.pk], places[row.pk])


def _allocation(row: Any, known: "Known", referrer: str, place: dict[str, str]) -> AllocationFact:
    return AllocationFact(
        **_keys(row),
        **place,
        help_form=known.help_form(row),
        referrer=referrer,
        not_counted=_not_counted(row, known.today),
        born_on=row.dossier.youth.born_on,
        product=row.product.code if row.product else "",
        free_offer=row.product is None,
        volume=row.volume,
        unit=row.unit,
        frequency=row.frequency,
        ordered_as=str(row.product.kind) if row.product else "",
        budget=row.budget,
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
        handover=handed.state if (handed := getattr(row, "handover", None)) else "",
        handed_over_on=handed.accepted_on if handed else None,
    )


def trajectories(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[TrajectoryFact]:
    """Yield the trajectories of every youth (of these), youth by youth, oldest first, with the wijk at a moment."""
    known = Known(clock.today(at))
    every = Allocation.objects.all() if youths is None else Allocation.objects.filter(dossier__youth__in=youths)
    rows = every.filter(started_on__isnull=False).select_related("product", "dossier__youth")
    ordered = rows.order_by("dossier__youth_id", "started_on", "pk").iterator(chunk_size=AT_ONCE)
    per_youth = (list(found) for _youth, found in groupby(ordered, key=lambda row: row.dossier.youth_id))
    for some in batched(per_youth, AT_ONCE):
        rows_of_some = [row for found in some for row in found]
        places, referrers = known.places(rows_of_some), known.referrers(rows_of_some)
        for found in some:
            yield from _trajectories(found, known, referrers, places)


def _trajectories(
    rows: list[Any], known: "Known", referrers: dict[UUID, str], places: dict[UUID, dict[str, str]]
) -> Iterator[TrajectoryFact]:
    """Yield the trajectories of one youth."""
    same: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        form = known.help_form(row) or (row.product.category if row.product else "")
        same[row.municipality, row.provider_id or row.free_offer, form].append(row)
    found = [each for spells in same.values() for each in merged(spells)]
    for spells in sorted(found, key=lambda each: (each[0].started_on, each[0].pk)):
        first, last = spells[0], max(spells, key=lambda row: row.stopped_on or dt.date.max)
        earlier = max((day for day in _ends(found) if day < first.started_on), default=None)
        yield TrajectoryFact(
            trajectory_key=pseudonym("trajectory", first.pk),
            youth_key=pseudonym("youth", first.dossier.youth_id),
            municipality=first.municipality,
            category=first.product.category if first.product else "",
            **places[first.pk],
            born_on=first.dossier.youth.born_on,
            help_form=known.help_form(first),
            referrer=referrers[first.pk],
            orders=len(spells),
            started_on=first.started_on,
            ended_on=last.stopped_on,
            days=(last.stopped_on - first.started_on).days + 1 if last.stopped_on else None,
            stop_reason=last.stop_reason if last.stopped_on else "",
            days_since_help=(first.started_on - earlier).days if earlier else None,
            follows=first.follows_id is not None,
        )


def _ends(found: list[list[Any]]) -> Iterator[dt.date]:
    """Yield the last day of every trajectory that ended."""
    for spells in found:
        if all(row.stopped_on for row in spells):
            yield max(row.stopped_on for row in spells)


class Known:
    """What many orders share, asked once: forms of help, provinces; and for some orders at once their places."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.province = functools.cache(
            lambda code: reference.part_of(AreaKind.MUNICIPALITY, code, AreaKind.PROVINCE, on=today)
        )

    @functools.cached_property
    def _forms(self) -> dict[str, str]:
        """Return the form of help of CBS of product codes and categories, of every period of the list."""
        return {code.code: code.extra.get("cbs", "") for code in reference.all_periods(FORM_LIST)}

    def help_form(self, row: Any) -> str:
        """Return the form of help of CBS of an order: that of its product, else of its category, else ""."""
        if row.product is None:
            return ""
        return self._forms.get(row.product.code) or self._forms.get(row.product.category, "")

    def places(self, rows: Iterable[Any]) -> dict[UUID, dict[str, str]]:
        """Return of each order what points to a place. Of who must not be found neither wijk nor provider is told."""
        every = list(rows)
        youths = {row.dossier.youth_id for row in every}
        secret, districts = secret_among(youths), districts_among(youths, self.today)
        codes = agb_codes_on({row.provider_id for row in every if row.provider_id}, self.today)
        found = {}
        for row in every:
            hidden = row.dossier.youth_id in secret
            found[row.pk] = {
                "district": "" if hidden else districts.get(row.dossier.youth_id, ""),
                "provider": "" if hidden else codes.get(row.provider_id, ""),
                "province": self.province(row.municipality),
            }
        return found

    def referrers(self, rows: Iterable[Any]) -> dict[UUID, str]:
        """Return who referred, of each order: code of CBS. Of a doctor, the newest referral up to the order."""
        every = list(rows)
        asked = {row.dossier_id for row in every if row.ground == Ground.MEDICAL}
        referrals: dict[UUID, list[Referral]] = defaultdict(list)
        if asked:
            real = Referral.objects.exclude(ended_because=ReferralEnd.MISTAKE)
            for each in real.filter(dossier__in=asked, kind__in=DOCTORS).order_by("received_on", "pk"):
                referrals[each.dossier_id].append(each)
        return {row.pk: self._referrer(row, referrals[row.dossier_id]) for row in every}

    def _referrer(self, row: Any, referrals: list[Referral]) -> str:
        if row.decision == Decision.FREE_OFFER:
            return NO_REFERRER
        if row.ground != Ground.MEDICAL:
            return REFERRER_OF_GROUND[row.ground]
        before = [each for each in referrals if each.received_on <= row.ordered_on]
        return DOCTORS[before[-1].kind] if before else ""


def _not_counted(row: Any, today: dt.date) -> str:
    """Return the printed reason not to count this order (DR52), or ""; wanting to wait counts from over nine weeks."""
    if row.wait_reason == WaitReason.OWN_WISH:
        helped = row.started_on or max(row.starts, today)
        return Exclusion.WANTS_TO_WAIT.value if helped - row.ordered_on > NINE_WEEKS else ""
    return row.wait_reason if row.wait_reason in set(Exclusion) else ""


def waits(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[WaitFact]:
    """Yield the waits that are known, of every order that went out, oldest first, as they stand at a moment."""
    today = clock.today(at)
    bridged = waiting.bridged_since(Allocation.objects.filter(bridges__isnull=False).iterator(chunk_size=500))
    norms = functools.cache(lambda municipality: Norms(municipality, on=today))
    for row in _rows(youths):
        if max(row.ordered_on, row.registered_on or row.ordered_on) > today:
            continue  # dated ahead: nobody waits yet
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
    """Yield the wait of each case (of these) to our first talk, oldest first: from its first worry or its opening."""
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
    rows = every.select_related("product", "dossier__youth", "handover").order_by("ordered_on", "pk")
    return rows.annotate(helped_until=Subquery(before.values("stopped_on")[:1])).iterator(chunk_size=AT_ONCE)
