"""Who may be one human being twice: found when a person is registered or corrected, ruled on by a data steward.

Compared are only persons of the same municipality with the same date of birth, or one that a slip of the fingers makes
of it. The BSN needs no comparison: one BSN belongs to one person, and turned digits fail the eleven-test. The data
steward sees identity fields only, never a case, an address or a note.
"""

import datetime as dt
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import QuerySet

from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.people.enums import DuplicateReason, DuplicateRuling, KinshipKind
from rondom.people.models import DuplicateCandidate, Kinship, Merge, Person
from rondom.people.normalising import plain, turned_dates, words

ALIKE = 0.75
COMPARED = 200  # persons born on one day; more is a register of a million


def alike(one: str, other: str) -> bool:
    """Tell whether two names could be one name with a slip, a missing accent or a part left out."""
    a, b = " ".join(words(one)), " ".join(words(other))
    if not a or not b:
        return False
    if a == b or set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return True
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _first_names_alike(one: Person, other: Person) -> bool:
    names = [{n for n in (p.called, p.first_names, p.first_names.partition(" ")[0]) if n} for p in (one, other)]
    return any(alike(a, b) for a in names[0] for b in names[1])


def doubles_of(person: Person) -> list[tuple[Person, DuplicateReason]]:
    """Return the persons who may be the same human being, with why; brothers and sisters on record are not."""
    if person.born_on is None or person.merged_into_id:
        return []
    turned = turned_dates(person.born_on)
    same_place = Person.objects.filter(
        municipality=person.municipality, merged_into=None, born_on__in=[person.born_on, *turned]
    ).exclude(pk=person.pk)
    siblings = Kinship.objects.filter(kind=KinshipKind.SIBLING)
    siblings_of = set(siblings.filter(person=person).values_list("other", flat=True))
    siblings_of |= set(siblings.filter(other=person).values_list("person", flat=True))
    found: list[tuple[Person, DuplicateReason]] = []
    for other in same_place.exclude(pk__in=siblings_of).order_by("pk")[:COMPARED]:
        if other.born_on == person.born_on:
            if alike(person.family_name, other.family_name) and _first_names_alike(person, other):
                found.append((other, DuplicateReason.SAME_BIRTH))
        elif plain(person.family_name) == plain(other.family_name) and _same_first_name(person, other):
            found.append((other, DuplicateReason.TURNED_BIRTH))
    return found


def _same_first_name(one: Person, other: Person) -> bool:
    return plain(one.called or one.first_names) == plain(other.called or other.first_names)


def look_for_doubles(person: Person, *, at: dt.datetime) -> int:
    """Put possible doubles of a person before the data steward; return how many are new. Part of an action."""
    new = 0
    for other, reason in doubles_of(person):
        one, two = sorted((person.pk, other.pk))
        _row, made = DuplicateCandidate.objects.get_or_create(
            one_id=one, other_id=two,
            defaults={"municipality": person.municipality, "reason": reason, "created_at": at},
        )  # fmt: skip
        new += made
    return new


def open_candidates(by: Principal) -> QuerySet[DuplicateCandidate]:
    """Return the pairs of the steward's municipality that nobody ruled on yet, oldest first."""
    rows = DuplicateCandidate.objects.filter(municipality=by.municipality, ruling=DuplicateRuling.OPEN)
    return (
        rows.filter(one__merged_into=None, other__merged_into=None)
        .select_related("one", "other")
        .order_by("created_at", "pk")
    )


def candidate_for(by: Principal, pk: UUID, *, at: dt.datetime) -> DuplicateCandidate:
    """Return a proposed pair of the steward's municipality; raises NotFound, and records the refused attempt."""
    row = DuplicateCandidate.objects.select_related("one", "other").filter(pk=pk).first()
    if row is not None and row.municipality == by.municipality:
        return row
    if row is not None:
        subjects = [("person", row.one_id), ("person", row.other_id)]
        look(by, "people.double_shown", row, subjects=subjects, result="denied", at=at)
    raise NotFound("")


def merge_for(by: Principal, pk: UUID, *, at: dt.datetime) -> Merge:
    """Return a merge of the steward's municipality; raises NotFound, and records the refused attempt."""
    row = Merge.objects.select_related("kept", "gone").filter(pk=pk).first()
    if row is not None and row.municipality == by.municipality:
        return row
    if row is not None:
        subjects = [("person", row.kept_id), ("person", row.gone_id)]
        look(by, "people.double_shown", row, subjects=subjects, result="denied", at=at)
    raise NotFound("")
