"""Relations decide all sight; each must be what its event says it is. One forged row is named here."""

import datetime as dt
from collections.abc import Iterator
from itertools import batched
from typing import Any
from uuid import UUID

from rondom.core import sealing
from rondom.core.events import Subject
from rondom.core.models import Event, EventSubject
from rondom.privacy.models import Relation

BATCH = 1_000
STARTED, ENDED = "privacy.relation_started", "privacy.relation_ended"


def facts(relation: Relation) -> list[str]:
    """Return what an event keeps of a relation besides its subjects: kind, ground and until when it was given."""
    until = relation.ends_at.astimezone(dt.UTC).isoformat() if relation.ends_at else ""
    return [f"kind:{relation.kind}", f"until:{until}"]


def relations_without_event() -> Iterator[str]:
    """Yield a sentence for each relation that has no genuine event, or differs from what its events say."""
    rows = Relation.objects.order_by("pk").iterator(chunk_size=BATCH)
    for relations in batched(rows, BATCH):
        yield from _check(list(relations))


def _check(relations: list[Relation]) -> Iterator[str]:
    started = {e.key: e for e in Event.objects.filter(key__in=[r.event for r in relations], kind=STARTED)}
    ended: dict[str, list[Event]] = {}
    for event in Event.objects.filter(object_id__in=[str(r.pk) for r in relations], kind=ENDED).order_by("number"):
        ended.setdefault(event.object_id, []).append(event)
    subjects: dict[int, list[Subject]] = {}
    numbers = [e.number for e in started.values()] + [e.number for events in ended.values() for e in events]
    pairs: Any = EventSubject.objects.filter(record__in=numbers).values_list("record_id", "kind", "subject")
    for number, kind, subject in pairs:
        subjects.setdefault(number, []).append((kind, subject))
    for relation in relations:
        finding = _compare(relation, started, ended.get(str(relation.pk), []), subjects)
        if finding:
            yield f"relation {relation.pk}: {finding}"


def _compare(
    relation: Relation,
    started: dict[UUID, Event],
    ended: list[Event],
    subjects: dict[int, list[Subject]],
) -> str:
    """Return what is wrong with a relation, or an empty text. Genuine (by mac) are the events, not the row."""
    event = started.get(relation.event)
    if event is None or not sealing.fits(event, subjects.get(event.number, [])):
        return "given without an event"
    about = {(relation.subject_kind, relation.subject), ("principal", relation.principal)}
    if (event.object_id, event.at, event.ground, event.municipality) != (
        str(relation.pk), relation.starts_at, relation.ground, relation.municipality,
    ) or set(subjects.get(event.number, [])) != about:  # fmt: skip
        return "differs from the event that gave it"
    said = dict(fact.partition(":")[::2] for fact in event.rules)
    if said.get("kind") != relation.kind:
        return "is of another kind than the event says"
    ends = [e.at for e in ended if "ends_at" in e.fields and sealing.fits(e, subjects.get(e.number, []))]
    given = dt.datetime.fromisoformat(said["until"]) if said.get("until") else None
    expected = min([*ends, *([given] if given else [])], default=None)
    return "" if relation.ends_at == expected else "ends at another moment than its events say"
