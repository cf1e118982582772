"""Who looked: the looks at cases, dossiers and persons, read from the look store. For staff of a case and the desk."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from rondom.accounts.queries import staff_names
from rondom.core import clock
from rondom.core.models import LookSubject
from rondom.privacy.enums import RelationKind, SubjectKind

UNUSUAL = (RelationKind.STATED_GROUND, RelationKind.EMERGENCY)
WHEREABOUTS = frozenset({"people.address_shown"})


@dataclass(frozen=True)
class Seen:
    """One look: when, who in which role, which page, on which ground, and whether it was refused."""

    at: dt.datetime
    subject: UUID
    actor: UUID
    name: str
    role: str
    kind: str
    ground: str
    denied: bool
    actor_kind: str = "staff"


def looks_at(
    kind: SubjectKind, subjects: Iterable[UUID], *, since: dt.datetime | None = None, leave_out: UUID | None = None,
    limit: int = 50,
) -> list[Seen]:  # fmt: skip
    """Return the newest looks at these subjects, newest first; `leave_out`: whose own looks say nothing."""
    rows = LookSubject.objects.filter(kind=kind, subject__in=list(subjects)).select_related("record")
    if since:
        rows = rows.filter(record__at__gte=since)
    if leave_out:
        rows = rows.exclude(record__actor=leave_out)
    return _told(list(rows.order_by("-record__at", "-pk")[:limit]))


def _told(rows: list[LookSubject]) -> list[Seen]:
    names = staff_names({row.record.actor for row in rows})
    return [
        Seen(
            row.record.at, row.subject, row.record.actor, names.get(row.record.actor, ""), row.record.actor_role,
            row.record.kind, row.record.ground, row.record.result == "denied", row.record.actor_kind,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A case that stood in lists with a dossier in it: from the first day until the day it no longer was."""

    case: UUID
    starts: dt.date
    ends: dt.date | None = None


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.AMSTERDAM)


def log_of(
    subjects: Iterable[UUID], listed: Iterable[Listed], *, since: dt.datetime, until: dt.datetime, limit: int
) -> list[Seen]:
    """Return every look at these dossiers and persons in [since, until), newest first, each once, at most `limit`.

    Lists name the case, not its dossiers: they count for the days that the dossier was in that case. A look at an
    address is left out: that it was kept from somebody would say that there is something to keep (ADR 0190).
    """
    about = Q(kind__in=(SubjectKind.DOSSIER, SubjectKind.PERSON), subject__in=list(subjects))
    for case in listed:
        days = Q(record__at__gte=_begin(case.starts))
        if case.ends:
            days &= Q(record__at__lt=_begin(case.ends))
        about |= days & Q(kind=SubjectKind.CASE, subject=case.case, record__object_kind="")
    rows = LookSubject.objects.filter(about, record__at__gte=since, record__at__lt=until)
    rows = rows.exclude(record__kind__in=WHEREABOUTS).select_related("record").order_by("-record__at", "-record", "pk")
    found: dict[int, LookSubject] = {}
    for row in rows.iterator(chunk_size=500):
        found.setdefault(row.record_id, row)
        if len(found) == limit:
            break
    return _told(list(found.values()))


@dataclass
class Opened:
    """All times that one staff member opened one dossier, or was refused, in a period."""

    actor: UUID
    dossier: UUID
    first: dt.datetime
    last: dt.datetime
    times: int
    refused: int
    unusual: int


def openings(*, since: dt.datetime) -> list[Opened]:
    """Return who of the staff opened which dossier since a moment, counted per pair; lists do not count."""
    unusual = Q(*(("record__ground__startswith", f"{kind}: ") for kind in UNUSUAL), _connector=Q.OR)
    rows = (
        LookSubject.objects.filter(
            kind=SubjectKind.DOSSIER, record__at__gte=since, record__actor_kind="staff",
            record__result__in=("done", "denied"),
        )
        .exclude(record__object_kind="")
        .order_by()
        .values("record__actor", "subject")
        .annotate(
            first=Min("record__at"), last=Max("record__at"), times=Count("pk"),
            refused=Count("pk", filter=Q(record__result="denied")),
            unusual=Count("pk", filter=unusual & Q(record__result="done")),
        )
    )  # fmt: skip
    return [
        Opened(r["record__actor"], r["subject"], r["first"], r["last"], r["times"], r["refused"], r["unusual"])
        for r in rows
    ]
