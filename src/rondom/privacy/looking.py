"""Who looked: the looks at cases, dossiers and persons, read from the look store. For staff of a case and the desk."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rondom.accounts.queries import staff_names
from rondom.core.models import LookSubject
from rondom.privacy.enums import SubjectKind


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
    newest = list(rows.order_by("-record__at", "-pk")[:limit])
    names = staff_names({row.record.actor for row in newest})
    return [
        Seen(
            row.record.at, row.subject, row.record.actor, names.get(row.record.actor, ""), row.record.actor_role,
            row.record.kind, row.record.ground, row.record.result == "denied",
        )
        for row in newest
    ]  # fmt: skip
