"""What residents see of a dossier: worked out from ages and authority, never typed in (DOS-06, DOS-07; Jw 7.3.15).

    youth                 from the 12th birthday, the own dossier
    holder of authority   until the 16th birthday of the youth, and not after the authority ends
    curator or mentor     from the 18th birthday
    parent without authority, stepparent, grandparent: nothing here (information on request is a letter, DOS-07)

A relation ends at the moment it must, midnight in Amsterdam at the beginning of the birthday, without any job. The
nightly recompute starts what begins that day and compares all with the facts. A difference that neither a birthday nor
a change of the facts explains is repaired and told: event `dossiers.sight_differed`, and a line in the log.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.events import record
from rondom.core.models import Event
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal, machine
from rondom.core.slices import in_slices
from rondom.dossiers.models import Dossier
from rondom.law.engine import national
from rondom.law.person import birthday
from rondom.people.models import Authority, Person, Representation
from rondom.privacy.actions import end_relation, relate
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

logger = logging.getLogger("rondom.privacy")
BATCH = 50
ADULT = 18  # BW 1:233
KINDS = (RelationKind.SELF, RelationKind.AUTHORITY)
COMPARED = "dossiers.sight_compared"
FOR_ADULTS = ("curator", "mentor")


@dataclass(frozen=True)
class Entitled:
    """Somebody may see a dossier on a day, until a moment (None: until something changes)."""

    dossier: UUID
    principal: UUID
    kind: str
    ground: str
    ends_at: dt.datetime | None = None


@dataclass
class Outcome:
    """What a recompute did: relations started and ended, and how many differences nobody had announced."""

    started: int = 0
    ended: int = 0
    unexplained: int = 0


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment a day begins in Amsterdam."""
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.AMSTERDAM).astimezone(dt.UTC)


def entitled(dossiers: Iterable[Dossier], day: dt.date) -> set[Entitled]:
    """Return who may see these dossiers on a day, from the facts alone. Dossiers come with their youth."""
    rows = list(dossiers)
    youths = [row.youth_id for row in rows]
    authority: dict[UUID, list[Authority]] = {}
    held = Authority.objects.filter(on(day), child__in=youths, holder__isnull=False).select_related("holder")
    for fact in held:
        authority.setdefault(fact.child_id, []).append(fact)
    representation: dict[UUID, list[Representation]] = {}
    for spoken in Representation.objects.filter(on(day), person__in=youths, kind__in=FOR_ADULTS):
        representation.setdefault(spoken.person_id, []).append(spoken)
    found: set[Entitled] = set()
    for row in rows:
        found |= set(_of(row, day, authority.get(row.youth_id, []), representation.get(row.youth_id, [])))
    return found


def _of(
    dossier: Dossier, day: dt.date, authority: list[Authority], representation: list[Representation]
) -> Iterator[Entitled]:
    youth = dossier.youth
    own_from = _age("consent_with_parents_from_age", day)
    alone_from = _age("consent_alone_from_age", day)
    born = youth.born_on
    if born and day >= birthday(born, own_from) and not youth.died_on:
        yield Entitled(dossier.pk, youth.pk, RelationKind.SELF, "Jw 7.3.15: own dossier")
    if born is None or day < birthday(born, alone_from):
        for fact in authority:
            yield from _parent(dossier, day, fact, birthday(born, alone_from) if born else None)
    if born and day >= birthday(born, ADULT):
        for spoken in representation:
            until = midnight(spoken.ends) if spoken.ends else None
            ground = f"Jw 7.3.15: {spoken.kind}"
            yield Entitled(dossier.pk, spoken.representative_id, RelationKind.AUTHORITY, ground, until)


def _parent(dossier: Dossier, day: dt.date, fact: Authority, grown: dt.date | None) -> Iterator[Entitled]:
    holder = fact.holder
    if holder is None or (holder.died_on and holder.died_on <= day):
        return
    ends = [moment for moment in (grown, fact.ends) if moment]
    until = midnight(min(ends)) if ends else None
    yield Entitled(dossier.pk, holder.pk, RelationKind.AUTHORITY, "Jw 7.3.15: authority", until)


def _age(name: str, day: dt.date) -> int:
    return int(national().on(name, day).value)


def _standing(dossiers: Iterable[UUID], at: dt.datetime) -> dict[Entitled, Relation]:
    rows = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, subject__in=list(dossiers), kind__in=KINDS
    )
    return {Entitled(r.subject, r.principal, r.kind, r.ground, r.ends_at): r for r in rows}


def keep_up(dossiers: Iterable[Dossier], *, by: Principal, at: dt.datetime, since: dt.date | None = None) -> Outcome:
    """Make the relations of residents with these dossiers fit the facts of this moment. Call within an @action.

    since (the nightly job): the day of the last comparison. What did not fit the facts of that day either was changed
    by nobody we know, and is told as such.
    """
    rows = list(dossiers)
    day = clock.today(at)
    wanted, standing = entitled(rows, day), _standing([row.pk for row in rows], at)
    fresh, stale = wanted - standing.keys(), standing.keys() - wanted
    outcome = Outcome(len(fresh), len(stale))
    if since and (fresh or stale):
        then = entitled(rows, since)
        odd = {e for e in fresh if e in then} | {e for e in stale if e not in then}
        outcome.unexplained = len(odd)
        for one in sorted(odd, key=lambda e: (str(e.dossier), str(e.principal))):
            record(
                by, "dossiers.sight_differed", at=at, ground=one.ground,
                subjects=[("dossier", one.dossier), ("principal", one.principal)],
            )  # fmt: skip
    scope = {row.pk: row.municipality for row in rows}
    for gone in stale:
        end_relation(by=by, at=at, relation=standing[gone], ground="no longer entitled")
    for new in fresh:
        relate(
            by=by, at=at, subject_kind=SubjectKind.DOSSIER, subject=new.dossier, principal=new.principal,
            kind=RelationKind(new.kind), ground=new.ground, municipality=scope[new.dossier], ends_at=new.ends_at,
        )  # fmt: skip
    return outcome


def dossiers_around(person: UUID) -> Any:
    """Return the dossiers whose sight facts about this person touch: the own one, those of children and of protégés."""
    children = Authority.objects.filter(holder=person).values("child")
    represented = Representation.objects.filter(representative=person).values("person")
    about = Q(youth=person) | Q(youth__in=children) | Q(youth__in=represented)
    return Dossier.objects.filter(about).select_related("youth")


@action
def follow(*, by: Principal, at: dt.datetime, person: Person) -> Outcome:
    """The facts about a person changed (birth date, authority, representation): let sight follow at once."""
    outcome = keep_up(dossiers_around(person.pk), by=by, at=at)
    record(by, "dossiers.sight_followed", person, at=at, subjects=[("person", person.pk)])
    return outcome


def _all_dossiers() -> Iterator[UUID]:
    """Give the ids of all dossiers, asked in pieces: none stays open while others write."""
    last, some = UUID(int=0), [UUID(int=0)]
    while some:
        some = list(Dossier.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[: BATCH * 100])
        yield from some
        last = some[-1] if some else last


def recompute(*, at: dt.datetime) -> Outcome:
    """Compare the sight of residents on every dossier with ages and authority of today; repair and tell differences."""
    by, total = machine("privacy"), Outcome()
    last = Event.objects.filter(kind=COMPARED, at__lte=at).order_by("-at").first()
    since = clock.today(last.at) if last else None

    def compare(some: tuple[UUID, ...]) -> None:
        rows = Dossier.objects.filter(pk__in=some).select_related("youth")
        done = keep_up(rows, by=by, at=at, since=since)
        total.started += done.started
        total.ended += done.ended
        total.unexplained += done.unexplained

    in_slices(batched(_all_dossiers(), BATCH), compare)
    with transaction.atomic():
        record(by, COMPARED, at=at)
    if total.unexplained:
        logger.warning("sight of residents: %s differences that no birthday or change explains", total.unexplained)
    return total
