"""Keys, who comes in with one, and what that organisation may read.

Orders: the relations decide, as everywhere (`allocations.queries.orders_for`); of a provider only what was ordered
from that provider. Worries: only those the organisation sent itself, and of those only whether they were picked up.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from rondom.accounts.models import Organisation
from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.allocations.queries import orders_for
from rondom.allocations.queries import subjects_of as about_order
from rondom.api.enums import WIRE_STATE, Scope
from rondom.api.models import ApiKey, SentConcern
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.dossiers.opening import ground_of
from rondom.entry.enums import ConcernState
from rondom.entry.models import Concern, Partner
from rondom.entry.queries import receivers, subjects_of, weeks_kept
from rondom.entry.registrations import contact_of, partners_for
from rondom.people.models import Authority
from rondom.people.whereabouts import with_secret_whereabouts
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.models import Provider
from rondom.providers.queries import providers_of

KIND, ROLE = "system", "connected_system"
ENDED_SHOWN = dt.timedelta(days=31)  # so long a system can still read that an order ended
BEHIND = dt.timedelta(seconds=60)  # changes are told when whatever began before them has ended too
GONE_OUT = frozenset(WIRE_STATE)


def digest_of(token: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def key_with(token: str) -> ApiKey | None:
    """Return the key with these signs, also one that does not work any more."""
    rows = ApiKey.objects.select_related("partner", "provider", "organisation", "receiver")
    return rows.filter(digest=digest_of(token)).first()


def works(key: ApiKey, at: dt.datetime) -> bool:
    """Tell whether a key works at a moment: not withdrawn, and its last day has not passed."""
    return key.withdrawn_at is None and clock.today(at) <= key.expires_on


def principal_of(key: ApiKey) -> Principal:
    """Return who acts with a key: the system, on the responsibility of the organisation whose relations it has."""
    return Principal(
        key=key.pk, kind=KIND, role=ROLE, roles=key.may, municipality=key.municipality, organisation=key.holder.pk
    )


# --- pages of the functional administrator


def keys_for(by: Principal) -> QuerySet[ApiKey]:
    """Return the keys of the administrator's municipality: what works first, what ends soonest on top."""
    rows = ApiKey.objects.filter(municipality=by.municipality)
    rows = rows.select_related("partner", "provider", "organisation", "receiver", "made_by", "withdrawn_by")
    return rows.order_by("withdrawn_at", "expires_on", "pk")


def key_for(by: Principal, pk: UUID) -> ApiKey:
    """Return one key of the administrator's municipality; raises NotFound otherwise."""
    row = keys_for(by).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def holders(by: Principal, *, at: dt.datetime) -> dict[str, list[Partner | Provider | Organisation]]:
    """Return whose system can be connected, per kind: places that refer, providers, and organisations of our own."""
    own = Organisation.objects.filter(municipality=by.municipality).order_by("name")
    return {
        "partner": list(partners_for(by, at=at)),
        "provider": list(providers_of(by).filter(merged_into=None).order_by("name", "pk")),
        "organisation": list(own),
    }


def receivers_for(by: Principal) -> QuerySet[Organisation]:
    """Return the organisations of the municipality whose triage can receive worries."""
    return receivers(by.municipality)


# --- worries


@dataclass(frozen=True)
class Heard:
    """What the sender of a worry may hear: that it was received, and picked up (practice 16); never by which team.

    `picked_up_on` is the day of it, whatever was decided. `calls` and `phone`: who of us this place can call.
    """

    concern: Concern
    picked_up_on: dt.date | None
    calls: str = ""
    phone: str = ""


def concerns_of(key: ApiKey, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries an organisation sent, as far as it can still hear of them, oldest first.

    One that was picked up is told for as many weeks as the contact record of an advice is kept, whatever was decided:
    so nobody learns from the end of it whether it became a case.
    """
    sent = SentConcern.objects.filter(**_held(key)).values("concern")
    try:
        weeks = weeks_kept(clock.today(at), key.municipality)
    except BadInput:
        weeks = 0
    first = clock.today(at) - dt.timedelta(weeks=weeks) + dt.timedelta(days=1)  # an advice of before is destroyed
    since = dt.datetime.combine(first, dt.time(), clock.AMSTERDAM)
    told = Q(state=ConcernState.WAITING) | Q(decided_at__gte=since)
    return Concern.objects.filter(told, pk__in=sent).prefetch_related("persons").order_by("pk")


def _held(key: ApiKey) -> dict[str, Any]:
    """Return the condition "came with a key of the same organisation": keys are renewed, what was sent stays."""
    return {f"key__{kind}": getattr(key, f"{kind}_id") for kind in ("partner", "provider", "organisation")}


def heard(row: Concern, key: ApiKey, *, at: dt.datetime) -> Heard:
    """Return what the sender may hear of one of its own worries."""
    who = contact_of(key.partner, clock.today(at))
    picked_up = clock.today(row.decided_at) if row.decided_at else None
    return Heard(row, picked_up, who.name if who else "", who.phone if who else "")


def open_own_concern(by: Principal, key: ApiKey, pk: UUID, *, at: dt.datetime) -> Concern:
    """Return a worry this organisation sent and record the look. Raises NotFound; a refusal is recorded as well."""
    row = concerns_of(key, at=at).filter(pk=pk).first()
    hidden = None if row else Concern.objects.filter(pk=pk).first()
    if hidden is not None:
        look(by, "api.concern_heard", hidden, subjects=subjects_of(hidden), result="denied", at=at)
    if row is None:
        raise NotFound("")
    look(by, "api.concern_heard", row, subjects=subjects_of(row), ground="sent it", at=at)
    return row


def sent_before(form_key: UUID) -> SentConcern | None:
    """Return what was sent with this one-time key before."""
    return SentConcern.objects.filter(concern__form_key=form_key).select_related("concern").first()


def sent_lately(key: ApiKey, *, since: dt.datetime) -> int:
    """Return how many worries an organisation sent since a moment."""
    return SentConcern.objects.filter(concern__received_at__gte=since, **_held(key)).count()


# --- orders


def _gone_out(at: dt.datetime) -> Q:
    """Return "the provider has this order, and it runs or ended not long ago"."""
    day = clock.today(at) - ENDED_SHOWN
    runs = Q(state__in=AllocationState.running_states()) & (Q(ends__isnull=True) | Q(ends__gte=day))
    over = Q(state__in=(AllocationState.STOPPED, AllocationState.WITHDRAWN), changed_at__gte=at - ENDED_SHOWN)
    return (Q(deviations="") | Q(let_through_at__isnull=False)) & (runs | over)


def _not_secret(rows: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Leave out whoever has a secret address, or somebody with authority who has (ADR 0313): a person tells those."""
    closed = with_secret_whereabouts()
    beside = Authority.objects.filter(holder__in=closed).values("child")
    return rows.exclude(dossier__youth__in=closed).exclude(dossier__youth__in=beside)


def orders_of(by: Principal, key: ApiKey, *, at: dt.datetime) -> QuerySet[Allocation]:
    """Return the orders a system may read, by id: of a provider what was ordered from it, of a payer what it pays.

    Never of a shielded dossier or a secret address; never before the order went out.
    """
    rows = _not_secret(orders_for(by, at=at).filter(_gone_out(at)))
    return (rows.filter(provider=key.provider) if key.provider else rows).order_by("pk")


def open_order(by: Principal, key: ApiKey, pk: UUID, *, at: dt.datetime) -> Allocation:
    """Return an order within sight of a system and record the look. Raises NotFound; a refusal is recorded."""
    row = orders_of(by, key, at=at).filter(pk=pk).first()
    hidden = None if row else Allocation.objects.filter(pk=pk).first()
    if hidden is not None:
        look(by, "allocations.order_shown", hidden, subjects=about_order(hidden), result="denied", at=at)
    if row is None:
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=Sight.PRODUCT)
    look(by, "allocations.order_shown", row, subjects=about_order(row), ground=ground, at=at)
    return row


def dossiers_ordered_from(provider: Provider, *, at: dt.datetime) -> set[UUID]:
    """Return the dossiers of which a provider has an order that its system may read; asks no sight: it makes it."""
    rows = Allocation.objects.filter(_gone_out(at), provider=provider, product__isnull=False, dossier__shielded=False)
    return set(_not_secret(rows).values_list("dossier_id", flat=True))


def reads_orders(provider: Provider, *, at: dt.datetime) -> bool:
    """Tell whether a system of this provider reads its orders now."""
    keys = ApiKey.objects.filter(provider=provider, withdrawn_at=None, expires_on__gte=clock.today(at))
    return keys.filter(scopes__contains=Scope.ALLOCATIONS).exists()


def connected_providers() -> QuerySet[Provider]:
    """Return the providers that have or had a key with which orders can be read."""
    keys = ApiKey.objects.filter(provider__isnull=False, scopes__contains=Scope.ALLOCATIONS)
    return Provider.objects.filter(pk__in=keys.values("provider")).order_by("pk")


# --- changes


@dataclass(frozen=True)
class Change:
    """Something this organisation may read changed: of which kind, which one, when."""

    kind: str
    pk: UUID
    at: dt.datetime


def changes_since(
    by: Principal, key: ApiKey, after: tuple[dt.datetime, UUID] | None, *, at: dt.datetime, most: int
) -> list[Change]:
    """Return what changed after a place, oldest first, at most so many; what a key may not read is not among them.

    It is told a minute late: by then every act that began earlier is committed, so no change slips behind a place that
    was handed out.
    """
    found: list[Change] = []
    for kind, scope, rows in (
        ("toewijzing", Scope.ALLOCATIONS, lambda: orders_of(by, key, at=at)),
        ("zorg", Scope.CONCERNS, lambda: concerns_of(key, at=at)),
    ):
        if scope in key.may:
            found += [Change(kind, pk, moment) for moment, pk in _changed(rows(), after, at, most)]
    return sorted(found, key=lambda change: (change.at, change.pk))[:most]


def _changed(
    rows: QuerySet[Any], after: tuple[dt.datetime, UUID] | None, at: dt.datetime, most: int
) -> Iterable[tuple[dt.datetime, UUID]]:
    rows = rows.filter(changed_at__lte=at - BEHIND)
    if after:
        moment, pk = after
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=pk))
    return rows.order_by("changed_at", "pk").values_list("changed_at", "pk")[:most]


def origin_of_concern(concern: Concern) -> str:
    """Return whose system sent a worry, "" when none did."""
    sent = SentConcern.objects.filter(concern=concern)
    row = sent.select_related("key__partner", "key__provider", "key__organisation").first()
    return row.key.holder.name if row else ""
