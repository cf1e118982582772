"""Closing files to somebody: own relatives and the own person, and what a data steward or privacy officer closes."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.events import record
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal
from rondom.privacy.actions.sight import end_relation, relate
from rondom.privacy.enums import RelationKind, RelativeKind, SubjectKind
from rondom.privacy.models import OwnRelative, Relation

BY_NAME = "relative: by name"  # of somebody who is told about and not known yet (entry.relatives)
KEEPERS = (Role.DATA_STEWARD, Role.PRIVACY_OFFICER)


@action
def declare_relative(
    *, by: Principal, at: dt.datetime, key: str, kind: RelativeKind, person: UUID | None = None
) -> OwnRelative:
    """Keep that somebody is a relative (or the own person) of the staff member `by`, and close the file when known.

    `key` is the exact key as read by the door; `person` whom it fits, or None. Hit and miss leave the same row and get
    the same answer; a nightly job looks again for who becomes known later.
    """
    if by.kind != "staff":
        raise NotFound("")
    row = OwnRelative.objects.create(municipality=by.municipality, staff=by.key, kind=kind, key=key)
    record(by, "privacy.relative_declared", row, at=at, subjects=[("principal", by.key)])
    if person:
        match_relative(by=by, at=at, row=row, person=person)
    return row


@action
def match_relative(*, by: Principal, at: dt.datetime, row: OwnRelative, person: UUID) -> None:
    """A declared relative is known: close the file to who declared it. Doing it again changes nothing."""
    OwnRelative.objects.filter(pk=row.pk).update(person=person)
    row.person = person
    _bar(by, at, person, row.staff, row.municipality, f"relative: {row.kind}")
    record(by, "privacy.relative_matched", row, at=at, subjects=[("person", person), ("principal", row.staff)])


@action
def withdraw_relative(*, by: Principal, at: dt.datetime, row: OwnRelative) -> None:
    """Undo a declaration made by mistake; a data steward or privacy officer does this, never who declared it.

    What closed by name alone opens with the last declaration: which one closed it is not kept.
    """
    if not by.has(*KEEPERS) or by.key == row.staff:
        raise NotAllowed(_("A data steward or the privacy officer can undo this."))
    OwnRelative.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at)
    record(by, "privacy.relative_withdrawn", row, at=at, subjects=[("principal", row.staff)], fields=["ended_at"])
    if row.person:
        others = OwnRelative.objects.filter(staff=row.staff, person=row.person, ended_at=None)
        if not others.exists():
            _unbar(by, at, row.person, row.staff, "relative withdrawn")
    if not OwnRelative.objects.filter(staff=row.staff, ended_at=None).exists():
        for relation in Relation.objects.filter(
            moment_filter(at), principal=row.staff, kind=RelationKind.BARRIER, ground=BY_NAME
        ):
            end_relation(by=by, at=at, relation=relation, ground="relative withdrawn")


@action
def close_to(*, by: Principal, at: dt.datetime, person: UUID, staff: UUID, reason: str, municipality: str) -> None:
    """Close everything about a person to one staff member (or resident): a colleague's family, a conflict.

    Only a data steward or the privacy officer does this. The barrier covers the person's dossiers and cases, now and
    later, and outweighs every other relation.
    """
    if not by.has(*KEEPERS):
        raise NotAllowed(_("A data steward or the privacy officer can do this."))
    if not reason.strip():
        raise BadInput(_("Write in a few words why this stays closed."), field="reason")
    _bar(by, at, person, staff, municipality, "closed by privacy")
    record(by, "privacy.person_closed", at=at, subjects=[("person", person), ("principal", staff)])


@action
def open_again(*, by: Principal, at: dt.datetime, person: UUID, staff: UUID) -> None:
    """Lift what `close_to` closed; a declared relative stays closed."""
    if not by.has(*KEEPERS) or by.key == staff:
        raise NotAllowed(_("A data steward or the privacy officer can do this, never for themselves."))
    if OwnRelative.objects.filter(staff=staff, person=person, ended_at=None).exists():
        raise NotAllowed(_("This colleague declared a relative. Undo that first, if it was a mistake."))
    _unbar(by, at, person, staff, "barrier lifted")
    record(by, "privacy.person_opened_again", at=at, subjects=[("person", person), ("principal", staff)])


def _bar(by: Principal, at: dt.datetime, person: UUID, staff: UUID, municipality: str, ground: str) -> None:
    standing = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject=person, principal=staff, kind=RelationKind.BARRIER
    )
    if not standing.exists():
        relate(
            by=by, at=at, subject_kind=SubjectKind.PERSON, subject=person, principal=staff,
            kind=RelationKind.BARRIER, ground=ground, municipality=municipality,
        )  # fmt: skip


def _unbar(by: Principal, at: dt.datetime, person: UUID, staff: UUID, ground: str) -> None:
    standing = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject=person, principal=staff, kind=RelationKind.BARRIER
    )
    for relation in standing:
        end_relation(by=by, at=at, relation=relation, ground=ground)
