"""What can be asked about persons. None of these checks sight: they start from persons the caller may see.

Addresses are asked from `whereabouts`, people by what one types from `search`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core.periods import on
from rondom.people.enums import AuthorityKind, ContactKind, ContactSafety, KinshipKind
from rondom.people.models import (
    Authority,
    ContactPoint,
    HouseholdMember,
    Kinship,
    Measure,
    NetworkTie,
    Person,
    Representation,
)

ADULT_AGE = 18  # BW 1:233

INVERSE: dict[str, Any] = {
    KinshipKind.PARENT: _("child of"),
    KinshipKind.STEP_PARENT: _("stepchild of"),
    KinshipKind.FOSTER_PARENT: _("foster child of"),
    KinshipKind.PARTNER: KinshipKind.PARTNER.label,
    KinshipKind.EX_PARTNER: KinshipKind.EX_PARTNER.label,
    KinshipKind.SIBLING: KinshipKind.SIBLING.label,
    KinshipKind.GRANDPARENT: _("grandchild of"),
    KinshipKind.OTHER: KinshipKind.OTHER.label,
}
_TWO_HOLDERS = frozenset({AuthorityKind.JOINT, AuthorityKind.WITH_PARTNER})


def birthday(born_on: dt.date, age: int) -> dt.date:
    """Return the day somebody turns an age; who was born on 29 February does so on 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return dt.date(born_on.year + age, 3, 1)


def of_age_on(person: Person) -> dt.date | None:
    """Return the first day on which nobody has authority over this person, None when the birth date is unknown."""
    return birthday(person.born_on, ADULT_AGE) if person.born_on else None


@dataclass(frozen=True)
class AuthorityPicture:
    """Who holds authority over a child on a day, as far as known.

    facts      the rows that hold, with holder and source; empty when unknown, unborn or adult
    adult      True: 18 or older, nobody has authority
    complete   False: nothing is known, or one of two joint holders is missing
    """

    facts: tuple[Authority, ...]
    adult: bool
    complete: bool

    @property
    def holders(self) -> list[str]:
        """The names of the holders, for the head of a page."""
        return [fact.holder.name if fact.holder else fact.holder_organisation for fact in self.facts]

    @property
    def unknown(self) -> bool:
        """Nothing is known: not the same as "nobody has it"."""
        return not self.facts and not self.adult


def authority_over(child: Person, day: dt.date) -> AuthorityPicture:
    """Return who holds authority over a child on a day. Ends on the 18th birthday, whatever is recorded."""
    return authority_over_many([child], day)[child.pk]


def authority_over_many(children: Iterable[Person], day: dt.date) -> dict[UUID, AuthorityPicture]:
    """Return the picture of several children in one query."""
    listed = list(children)
    rows: dict[UUID, list[Authority]] = {child.pk: [] for child in listed}
    for row in Authority.objects.filter(on(day), child__in=rows).select_related("holder").order_by("starts", "pk"):
        rows[row.child_id].append(row)
    return {child.pk: _picture(child, rows[child.pk], day) for child in listed}


def _picture(child: Person, facts: list[Authority], day: dt.date) -> AuthorityPicture:
    adult_from = of_age_on(child)
    if adult_from and day >= adult_from:
        return AuthorityPicture((), adult=True, complete=True)
    needed = 2 if facts and facts[0].kind in _TWO_HOLDERS else 1
    return AuthorityPicture(tuple(facts), adult=False, complete=len(facts) >= needed)


def authority_history(child: Person) -> QuerySet[Authority]:
    """Return all that is known about authority over a child, newest first."""
    return Authority.objects.filter(child=child).select_related("holder").order_by("-starts", "pk")


def children_under(holder: Person, day: dt.date) -> QuerySet[Authority]:
    """Return the authority somebody holds on a day, leaving out children who are 18."""
    rows = Authority.objects.filter(on(day), holder=holder).select_related("child").order_by("child__born_on", "pk")
    return rows.filter(Q(child__born_on__isnull=True) | Q(child__born_on__gt=_born_before(day)))


def _born_before(day: dt.date) -> dt.date:
    """Return the last birth date of those who are 18 on a day."""
    year = day.year - ADULT_AGE
    return dt.date(year, 2, 28) if (day.month, day.day) == (2, 29) and year % 4 else day.replace(year=year)


def household_of(person: Person, day: dt.date) -> list[HouseholdMember]:
    """Return the memberships of everybody who lives with this person on a day, own household(s) first."""
    return list(members_of(HouseholdMember.objects.filter(on(day), person=person).values("household"), day))


def members_of(households: Any, day: dt.date) -> QuerySet[HouseholdMember]:
    """Return who lives in these households on a day: adults first, then children from old to young."""
    rows = HouseholdMember.objects.filter(on(day), household__in=households).select_related("person")
    return rows.order_by("household", "part", "person__born_on", "pk")


def living_with(persons: Iterable[Person], day: dt.date) -> set[UUID]:
    """Return the ids of everybody who shares a household with one of these persons on a day, themselves included."""
    own = HouseholdMember.objects.filter(on(day), person__in=list(persons)).values("household")
    return set(members_of(own, day).values_list("person_id", flat=True))


def household_history(person: Person) -> QuerySet[HouseholdMember]:
    """Return the households a person lived in, newest first."""
    return HouseholdMember.objects.filter(person=person).order_by("-starts", "pk")


@dataclass(frozen=True)
class Kin:
    """Somebody's relative: who, and how they stand to the person asked about ("parent of" read backwards: "child of").

    `word` reads as "<other> is <word> <person>".
    """

    other: Person
    word: Any
    kinship: Kinship
    forward: bool


def kin_of(person: Person) -> list[Kin]:
    """Return the relatives of a person, read from both sides, in the order of kind and birth."""
    rows = Kinship.objects.filter(Q(person=person) | Q(other=person)).select_related("person", "other")
    found = []
    for row in rows:
        forward = row.other_id == person.pk
        kind = KinshipKind(row.kind)
        other = row.person if forward else row.other
        found.append(Kin(other, kind.label if forward else INVERSE[kind], row, forward))
    order = list(KinshipKind)
    return sorted(found, key=lambda k: (order.index(KinshipKind(k.kinship.kind)), k.other.born_on or dt.date.max))


def measures_on(children: Iterable[Person], day: dt.date) -> QuerySet[Measure]:
    """Return the measures that hold over these children on a day."""
    return Measure.objects.filter(on(day), child__in=list(children)).select_related("child").order_by("starts", "pk")


def measure_history(child: Person) -> QuerySet[Measure]:
    """Return all measures over a child, newest first."""
    return Measure.objects.filter(child=child).order_by("-starts", "pk")


def representation_of(person: Person, day: dt.date) -> QuerySet[Representation]:
    """Return who represents a person other than by authority, in the order of the law (CNS-05)."""
    rows = Representation.objects.filter(on(day), person=person).select_related("representative")
    return rows.order_by("kind", "starts", "pk")


def representation_history(person: Person) -> QuerySet[Representation]:
    """Return everybody who represents or represented a person, newest first."""
    return Representation.objects.filter(person=person).select_related("representative").order_by("-starts", "pk")


def contact_points_of(persons: Iterable[Person | UUID], day: dt.date) -> QuerySet[ContactPoint]:
    """Return the running contact points of persons, phone before e-mail, safe ones first."""
    rows = ContactPoint.objects.filter(on(day), person__in=list(persons)).select_related("person")
    return rows.order_by("person", "-kind", "-safety", "pk")


def safe_phone(person: Person, day: dt.date) -> ContactPoint | None:
    """Return a number that somebody said is safe to ring, or None: then ask first."""
    rows = contact_points_of([person], day)
    return rows.filter(kind=ContactKind.PHONE, safety=ContactSafety.SAFE).first()


def ties_of(persons: Iterable[Person], day: dt.date) -> QuerySet[NetworkTie]:
    """Return the ties around persons on a day, by name."""
    rows = NetworkTie.objects.filter(on(day), person__in=list(persons)).select_related("person", "other")
    return rows.order_by("label", "pk")
