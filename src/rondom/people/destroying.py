"""What becomes of persons, and of what is known about them, when a dossier is destroyed.

The youth goes, unless something that stays needs the person: another dossier, a note about a brother. Relatives and
adults go when nothing that stays needs them and nobody who stays is related to them. Rooms above tell who is still
needed (`needed`) and of whom the dossier is (`subjects`).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from rondom.core.registry import Registry
from rondom.people.enums import KinshipKind
from rondom.people.models import (
    Address,
    Authority,
    ContactPoint,
    HouseholdMember,
    Kinship,
    KnownElsewhereRequest,
    NetworkTie,
    Person,
    Representation,
)
from rondom.privacy.destruction import Doomed, follows, goes, keys_where

PERSON = "people.Person"
subjects: Registry[Callable[[Doomed], Iterable[UUID]]] = Registry("persons a destroyed dossier is about")
needed: Registry[Callable[[Doomed, set[UUID]], Iterable[UUID]]] = Registry("persons that rows which stay still need")
TIES: tuple[tuple[Any, str, str], ...] = (
    (Kinship, "person", "other"),
    (Authority, "child", "holder"),
    (Representation, "person", "representative"),
    (NetworkTie, "person", "other"),
)


def _related(persons: set[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Yield (one of these persons, somebody related to them), from both sides."""
    for model, one, other in TIES:
        rows = model.objects.filter(Q(**{f"{one}__in": persons}) | Q(**{f"{other}__in": persons}))
        for a, b in rows.exclude(**{other: None}).values_list(one, other):
            if a in persons:
                yield a, b
            if b in persons:
                yield b, a
    for shell in Person.objects.filter(merged_into__in=persons).only("merged_into"):
        if shell.merged_into_id:
            yield shell.merged_into_id, shell.pk


def _persons(doomed: Doomed) -> Iterable[UUID]:
    about = {pk for _name, find in subjects for pk in find(doomed)}
    if not about:
        return ()
    reached, fresh = set(about), set(about)
    while fresh:
        fresh = {other for _one, other in _related(fresh)} - reached
        reached |= fresh
    free = reached - {pk for _name, need in needed for pk in need(doomed, reached)}
    youths, others = free & about, free - about
    youths -= _parents_of_who_stay(youths, free)
    while others:  # who is related to somebody who stays, stays
        kept = {one for one, other in _related(others) if other not in youths | others}
        if not kept:
            break
        others -= kept
    return youths | others


def _parents_of_who_stay(youths: set[UUID], free: set[UUID]) -> set[UUID]:
    """Return the youths who are a parent of, or have authority over, somebody who stays: that child needs them."""
    parents = Kinship.objects.filter(person__in=youths, kind=KinshipKind.PARENT).exclude(other__in=free)
    holders = Authority.objects.filter(holder__in=youths).exclude(child__in=free)
    return {*parents.values_list("person", flat=True), *holders.values_list("holder", flat=True)}


def _empty_households(doomed: Doomed) -> Iterable[UUID]:
    persons = doomed.of(PERSON)
    left = set(HouseholdMember.objects.filter(person__in=persons).values_list("household", flat=True))
    return left - set(
        HouseholdMember.objects.filter(household__in=left)
        .exclude(person__in=persons)
        .values_list("household", flat=True)
    )


def _shells(doomed: Doomed) -> Iterable[UUID]:
    return keys_where(Person, "merged_into__in", doomed.of(PERSON))


def _forget_questions(doomed: Doomed) -> None:
    """A question whether somebody is known stays as a look; whom it was about and why does not."""
    rows = KnownElsewhereRequest.objects.filter(person__in=doomed.of(PERSON))
    rows.update(person=None, reason="", version=F("version") + 1)


goes(PERSON, rows=lambda doomed: {*_persons(doomed), *_shells(doomed)})
goes("people.Household", rows=_empty_households)
goes("people.KnownElsewhereRequest", loosen=_forget_questions)
for _model in (Address, ContactPoint):
    follows(_model._meta.label, "person")
follows("people.SearchToken", "person")
follows("people.SecrecyReason", "person")
follows("people.ResidenceFinding", "person")
follows("people.HouseholdMember", "person")
follows("people.Kinship", "person", "other")
follows("people.Authority", "child", "holder")
follows("people.Measure", "child")
follows("people.Representation", "person", "representative")
follows("people.NetworkTie", "person", "other")
follows("people.DuplicateCandidate", "one", "other")
follows("people.Merge", "kept", "gone")
