"""Worries about somebody of a colleague's own circle: closed to that colleague, also while nobody knows who it is.

A worry names people as they were told. What a colleague declared (people.relatives) is laid beside those names when the
worry comes in, when the colleague declares, and when the worry is handed out and the names become persons. ADR 0197.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from rondom.core.principals import Principal
from rondom.dossiers.models import Case
from rondom.entry.models import Concern
from rondom.entry.signals import concern_handed_out
from rondom.people.relatives import closed_by_name
from rondom.people.signals import relative_declared
from rondom.privacy.actions import relate
from rondom.privacy.actions.barriers import BY_NAME
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import OwnRelative
from rondom.privacy.queries import relations_on


def close_to_relatives(*, by: Principal, at: dt.datetime, concern: Concern) -> None:
    """Close a worry to whoever declared somebody with a name in it; part of an action."""
    for who in concern.persons.all():
        for staff in closed_by_name(concern.municipality, who.name, who.born_on):
            _bar(by, at, SubjectKind.CONCERN, concern.pk, staff, concern.municipality)


def is_relative(concern: Concern, staff: UUID) -> bool:
    """Tell whether a worry is closed to a colleague because of somebody it names."""
    named = ((who.name, who.born_on) for who in concern.persons.all())
    return any(staff in closed_by_name(concern.municipality, name, born_on) for name, born_on in named)


@receiver(concern_handed_out, dispatch_uid="entry.relatives")
def close_persons(sender: Any, concern: Concern, case: Case, by: Principal, at: dt.datetime, **more: Any) -> None:
    """The names became persons: their file closes to the same colleagues."""
    for who in concern.persons.exclude(person=None):
        for staff in closed_by_name(concern.municipality, who.name, who.born_on):
            if who.person_id:
                _bar(by, at, SubjectKind.PERSON, who.person_id, staff, concern.municipality)


@receiver(relative_declared, dispatch_uid="entry.relatives")
def close_what_waits(sender: Any, row: OwnRelative, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Somebody declared a relative: the worries that name this person and are in no case close too."""
    rows = Concern.objects.filter(municipality=row.municipality, case=None).prefetch_related("persons")
    for concern in rows.iterator(chunk_size=200):
        if is_relative(concern, row.staff):
            _bar(by, at, SubjectKind.CONCERN, concern.pk, row.staff, row.municipality)


def _bar(by: Principal, at: dt.datetime, kind: SubjectKind, subject: UUID, staff: UUID, municipality: str) -> None:
    if not relations_on(kind, subject, at=at).filter(principal=staff, kind=RelationKind.BARRIER).exists():
        relate(
            by=by, at=at, subject_kind=kind, subject=subject, principal=staff, kind=RelationKind.BARRIER,
            ground=BY_NAME, municipality=municipality,
        )  # fmt: skip
