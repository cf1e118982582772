"""Sight: the one join that every query about cases, dossiers and persons makes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from rondom.core.models import Look
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal
from rondom.privacy.enums import GIVES, RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation


def sight_of(subject_kind: SubjectKind, by: Principal, *, at: dt.datetime, sight: Sight, outer: str = "pk") -> Q:
    """Return the condition "this row's subject is within the principal's sight at this moment".

    `outer` is the column of the outer query that holds the subject's id. A barrier (own relative, own file, closed
    subject) outweighs every relation. A forgotten relation shows nothing.
    """
    mine: Any = Relation.objects.filter(
        moment_filter(at), subject_kind=subject_kind, subject=OuterRef(outer), principal__in=by.keys
    )
    granting = mine.filter(kind__in=GIVES[sight])
    barred = mine.filter(kind=RelationKind.BARRIER)
    return Q(Exists(granting)) & ~Q(Exists(barred))


def relations_on(subject_kind: SubjectKind, subject: Any, *, at: dt.datetime) -> Any:
    """Return the relations that hold on one subject at a moment (for actions that copy sight to a new subject)."""
    return Relation.objects.filter(moment_filter(at), subject_kind=subject_kind, subject=subject)


@dataclass(frozen=True)
class SeenLook:
    """A look as it may be told: when, in which role and organisation, on which ground, and whether it was refused."""

    at: dt.datetime
    actor_kind: str
    role: str
    organisation: UUID | None
    ground: str
    refused: bool


def looks_on(dossier: UUID, *, since: dt.datetime | None = None) -> list[SeenLook]:
    """Return who opened a dossier, or was refused, newest first; `since` empty: from the beginning.

    Without who it was and which page: those are for the coordinator and the privacy officer, in queries of their own.
    Looks at an address are not among them: they name the person, not the dossier.
    """
    rows = Look.objects.filter(subjects__kind=SubjectKind.DOSSIER, subjects__subject=dossier)
    if since is not None:
        rows = rows.filter(at__gte=since)
    rows = rows.filter(result__in=("done", "denied")).order_by("-at", "-number")
    return [SeenLook(r.at, r.actor_kind, r.actor_role, r.organisation, r.ground, r.result == "denied") for r in rows]
