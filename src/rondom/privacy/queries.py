"""Sight: the one join that every query about cases, dossiers and persons makes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from rondom.core.models import Look
from rondom.core.periods import moment_filter
from rondom.core.prepared import Prepared, slot, slots
from rondom.core.principals import Principal
from rondom.privacy.enums import GIVES, RelationKind, Sight, SubjectKind
from rondom.privacy.models import Consent, Relation, Remainder


def related(subject_kind: SubjectKind, kinds: Iterable[RelationKind], keys: int) -> Any:
    """Return the ids of subjects with a relation of these kinds to a principal of so many keys, at a moment.

    With slots `keys` and `at`: for prepared queries (core.prepared) here and in the rooms above.
    """
    return Relation.objects.filter(
        moment_filter(slot("at")), subject_kind=subject_kind, kind__in=sorted(kinds), principal__in=slots("keys", keys)
    ).values("subject")


def barred(subject_kind: SubjectKind, keys: int) -> Any:
    """Return the ids of subjects that are closed to a principal of so many keys, with slots `keys` and `at`."""
    return related(subject_kind, (RelationKind.BARRIER,), keys)


def seen(subject_kind: SubjectKind, sight: Sight, keys: int) -> Any:
    """Return the ids of subjects within sight of a principal of so many keys, with slots `keys` and `at`.

    A barrier (own relative, own file, closed subject) outweighs every relation. A forgotten relation shows nothing.
    """
    return related(subject_kind, GIVES[sight], keys).exclude(subject__in=barred(subject_kind, keys))


_SEEN = Prepared(seen)


def sight_of(subject_kind: SubjectKind, by: Principal, *, at: dt.datetime, sight: Sight, outer: str = "pk") -> Q:
    """Return the condition "this row's subject is within the principal's sight at this moment".

    `outer` is the column of the outer query that holds the subject's id.
    """
    return Q(_SEEN.holds(outer, subject_kind, sight, len(by.keys), keys=by.keys, at=at))


def still_read(by: Principal, *, at: dt.datetime, sight: Sight, outer: str = "pk") -> Q:
    """Return "this row did not stay after a destruction, or the principal could read it when the other dossier went".

    For every query of rows that can concern several persons (ADR 0518). `outer` holds the id of the row.
    """
    left = Remainder.objects.filter(pk=OuterRef(outer))
    if sight != Sight.RESIDENT:
        left, sight = left.filter(kept_from_staff=True), Sight.OPEN
    return ~Q(Exists(left)) | sight_of(SubjectKind.REMAINDER, by, at=at, sight=sight, outer=outer)


def whole() -> Q:
    """Return "this row did not stay after a destruction": for what is copied into something others will read."""
    return ~Q(Exists(Remainder.objects.filter(pk=OuterRef("pk"))))


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


def consents_of(persons: Iterable[UUID]) -> list[Consent]:
    """Return every consent to share data of these persons, newest first, also withdrawn and ended ones.

    Checks no sight: the caller starts from persons the viewer may open.
    """
    return list(Consent.objects.filter(person__in=list(persons)).order_by("-starts", "-pk"))


def consents_in_force(persons: Iterable[UUID], day: dt.date) -> list[Consent]:
    """Return the consents of these persons on which something may rest on a day; checks no sight."""
    return [row for row in consents_of(persons) if row.in_force_on(day)]


def consents_with_place(place: UUID, persons: Iterable[UUID], day: dt.date) -> list[Consent]:
    """Return the consents in force of these persons that let a practice or school read how help goes."""
    rows = Consent.objects.filter(place=place, person__in=list(persons)).order_by("starts", "pk")
    return [row for row in rows if row.in_force_on(day)]


def consents_given_by(giver: UUID, about: Iterable[UUID]) -> list[Consent]:
    """Return the consents somebody gave about these persons, newest first, also those taken back or ended."""
    return list(Consent.objects.filter(given_by=giver, person__in=list(about)).order_by("-starts", "-pk"))
