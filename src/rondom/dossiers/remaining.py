"""What stays of a row when the dossier of one it concerns is destroyed is read by nobody new (ADR 0518).

A note, goal or document that also concerns another child stays; only the line to the child that leaves goes (ADR 0191).
That line decided who may read it. So before it goes, who can read the row now is written down as relations with the row
itself, and from then on the row asks for one (`privacy.queries.still_read`). A room with such rows registers them:

    @shared_rows("plans.Goal")
    def _shared(doomed): ...   # yields (id of a row that stays, the moment that counts for who gained authority later)
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from rondom.core import clock
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.models import Dossier
from rondom.people.models import Authority
from rondom.privacy.actions import end_relation, relate
from rondom.privacy.destruction import ROOT, Doomed, first
from rondom.privacy.enums import GIVES, RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation, Remainder
from rondom.privacy.queries import relations_on

GROUND = "could read it when another dossier was destroyed"
Shared = Callable[[Doomed], Iterable[tuple[UUID, dt.datetime]]]
shared_rows: Registry[Shared] = Registry("rows that can concern several persons")


@dataclass(frozen=True)
class Reader:
    """Somebody who can read about the child that leaves; `since`: nothing older than that, None: everything."""

    relation: Relation
    since: dt.datetime | None = None

    def reads(self, moment: dt.datetime) -> bool:
        """Tell whether a row of that moment could be read."""
        return self.since is None or moment >= self.since


@first("dossiers.remaining")
def keep_readers(by: Principal, at: dt.datetime, doomed: Doomed) -> None:
    """Write down who can read the rows that stay, for every dossier that goes. Part of the action that destroys."""
    rows = [pair for _name, found in shared_rows for pair in found(doomed)]
    for dossier in Dossier.objects.filter(pk__in=doomed.of(ROOT)) if rows else ():
        residents, staff, kept = _readers(dossier, at)
        for row, moment in sorted(set(rows), key=str):
            readers = [reader for reader in residents if reader.reads(moment)] + staff
            _narrow(by, at, dossier, row, readers, kept_from_staff=kept)


def _readers(dossier: Dossier, at: dt.datetime) -> tuple[list[Reader], list[Reader], bool]:
    """Return the residents and the colleagues who can read about a dossier, and whether it is kept from colleagues."""
    standing = list(relations_on(SubjectKind.DOSSIER, dossier.pk, at=at))
    barred = {row.principal for row in standing if row.kind == RelationKind.BARRIER}
    facts = Authority.objects.filter(on(clock.today(at)), child=dossier.youth_id, holder__isnull=False)
    held = {fact.holder_id: fact.starts for fact in facts.order_by("-starts")}
    residents = [Reader(row, _since(row, held)) for row in standing if row.kind in GIVES[Sight.RESIDENT]]
    staff = [Reader(row) for row in standing if row.kind in GIVES[Sight.OPEN] and row.principal not in barred]
    return residents, staff, dossier.shielded or bool(barred)


def _since(relation: Relation, held: dict[UUID | None, dt.date]) -> dt.datetime | None:
    """Return from when somebody may read back, as `resident.right_since`."""
    if relation.kind == RelationKind.SELF:
        return None
    starts = held.get(relation.principal)
    return dt.datetime.combine(starts, dt.time(), clock.AMSTERDAM) if starts else relation.starts_at


def _narrow(
    by: Principal, at: dt.datetime, dossier: Dossier, row: UUID, readers: list[Reader], *, kept_from_staff: bool
) -> None:
    """Let a row be read by these only; a row that was narrowed before by who is among both."""
    before = Remainder.objects.filter(pk=row).first()
    standing = {one.principal: one for one in relations_on(SubjectKind.REMAINDER, row, at=at)}
    narrows = {kind for sight in (Sight.RESIDENT, Sight.OPEN) for kind in GIVES[sight]}
    narrows -= GIVES[Sight.OPEN] if not kept_from_staff else set()
    now = {reader.relation.principal: reader.relation for reader in readers if reader.relation.kind in narrows}
    for principal, relation in standing.items():
        if relation.kind in narrows and principal not in now:
            end_relation(by=by, at=at, relation=relation, ground="destroyed")
    for principal, relation in now.items():
        is_new = before is None or (relation.kind in GIVES[Sight.OPEN] and not before.kept_from_staff)
        if is_new and principal not in standing:
            _keep(by, at, dossier, row, relation)
    if before is None:
        Remainder.objects.create(
            id=row, municipality=dossier.municipality, kept_from_staff=kept_from_staff, created_at=at, changed_at=at
        )
    elif kept_from_staff and not before.kept_from_staff:
        Remainder.objects.filter(pk=row).update(kept_from_staff=True, version=before.version + 1, changed_at=at)


def _keep(by: Principal, at: dt.datetime, dossier: Dossier, row: UUID, relation: Relation) -> None:
    """Give who could read the row a relation with it. That of a colleague ends when it would have.

    That of a resident has no end of its own: an end would tell the birthday of a child who is gone. Whom the row still
    concerns has to be in sight as well, so it ends with that.
    """
    ends_at = relation.ends_at if relation.kind in GIVES[Sight.OPEN] else None
    relate(
        by=by, at=at, subject_kind=SubjectKind.REMAINDER, subject=row, principal=relation.principal,
        kind=RelationKind(relation.kind), ground=GROUND, municipality=dossier.municipality, ends_at=ends_at,
    )  # fmt: skip
