"""Giving and ending sight. Called within the actions of rooms above, in their transaction."""

import datetime as dt
from uuid import UUID

from rondom.core.actions import action
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation
from rondom.privacy.witness import ENDED, STARTED, facts


@action
def relate(
    *,
    by: Principal,
    at: dt.datetime,
    subject_kind: SubjectKind,
    subject: UUID,
    principal: UUID,
    kind: RelationKind,
    ground: str,
    municipality: str,
    ends_at: dt.datetime | None = None,
) -> Relation:
    """Give a principal sight of a subject from now; records `privacy.relation_started`."""
    relation = Relation(
        municipality=municipality, subject_kind=subject_kind, subject=subject, principal=principal,
        kind=kind, ground=ground, starts_at=at, ends_at=ends_at,
    )  # fmt: skip
    event = record(
        by, STARTED, relation, at=at, ground=ground, municipality=municipality, rules=facts(relation),
        subjects=[(subject_kind, subject), ("principal", principal)],
    )  # fmt: skip
    relation.event = event.key
    relation.save(force_insert=True)
    return relation


@action
def end_relation(*, by: Principal, at: dt.datetime, relation: Relation, ground: str) -> None:
    """End a relation now. Ending one that ended before is quietly the same."""
    ended = Relation.objects.filter(pk=relation.pk, starts_at__lte=at).exclude(ends_at__lte=at).update(ends_at=at)
    record(
        by, ENDED, relation, at=at, ground=ground, municipality=relation.municipality,
        subjects=[(relation.subject_kind, relation.subject), ("principal", relation.principal)],
        fields=["ends_at"] if ended else [],
    )  # fmt: skip
