"""What the page of a person shows: facts for one viewer, with what must be kept left out.

None of these decides who may open the page: that is `dossiers.opening.open_person`. They leave out what points to a
secret place (household, school, foster home) and whoever is outside the viewer's sight. ADR 0200.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.people.enums import Derived, KinshipKind
from rondom.people.models import ContactPoint, HouseholdMember, NetworkTie, Person
from rondom.people.queries import Kin, household_history, kin_of, members_of, of_age_on
from rondom.people.sight import persons_in_sight
from rondom.people.whereabouts import showable


@dataclass(frozen=True)
class Home:
    """A household a person lives or lived in: the own membership, and who else is in sight there on that day."""

    own: HouseholdMember
    others: tuple[HouseholdMember, ...]


@dataclass(frozen=True)
class Homes:
    """Where somebody lives and lived. `closed`: kept from this viewer, because the whereabouts are secret."""

    now: tuple[Home, ...] = ()
    earlier: tuple[Home, ...] = ()
    closed: bool = False


def in_sight(by: Principal, persons: Iterable[UUID], *, at: dt.datetime) -> set[UUID]:
    """Return those persons whom the viewer may open."""
    rows = persons_in_sight(by, at=at).filter(pk__in=set(persons))
    return set(rows.values_list("pk", flat=True))


def homes_of(person: Person, by: Principal, *, at: dt.datetime) -> Homes:
    """Return the households of a person with the others in sight.

    Somebody whose whereabouts are secret to this viewer is in no household here, and is not in that of another either:
    the address of a housemate would tell where.
    """
    if person.pk not in showable({person.pk}, by=by, what=Derived.HOUSEHOLD, at=at):
        return Homes(closed=True)
    day = clock.today(at)
    own = list(household_history(person))
    now = [row for row in own if row.holds_on(day) or row.starts > day]
    rows = list(members_of([row.household_id for row in now], day))
    others = {row.person_id for row in rows} - {person.pk}
    shown = in_sight(by, others, at=at) & showable(others, by=by, what=Derived.HOUSEHOLD, at=at)
    return Homes(
        tuple(
            Home(row, tuple(m for m in rows if m.household_id == row.household_id and m.person_id in shown))
            for row in now
        ),
        tuple(Home(row, ()) for row in own if row not in now),
    )


def kin_in_sight(person: Person, by: Principal, *, at: dt.datetime) -> tuple[list[Kin], bool]:
    """Return the relatives of a person in sight, and whether some were left out.

    Foster ties are left out while the whereabouts of either are secret: they point to a place.
    """
    known = kin_of(person)
    shown = in_sight(by, {kin.other.pk for kin in known}, at=at)
    foster = {kin.other.pk for kin in known if kin.kinship.kind == KinshipKind.FOSTER_PARENT}
    open_ = showable(foster | {person.pk}, by=by, what=Derived.HOUSEHOLD, at=at) if foster else set()
    kept = [
        kin
        for kin in known
        if kin.other.pk in shown and (kin.other.pk not in foster or {kin.other.pk, person.pk} <= open_)
    ]
    return kept, len(kept) < len(known)


def ties_in_sight(person: Person, by: Principal, *, at: dt.datetime) -> tuple[list[NetworkTie], bool]:
    """Return all ties around a person, running first, and whether some were left out."""
    day = clock.today(at)
    rows = list(NetworkTie.objects.filter(person=person).select_related("other").order_by("label", "pk"))
    places = person.pk in showable({person.pk}, by=by, what=Derived.NETWORK, at=at)
    others = in_sight(by, {row.other_id for row in rows if row.other_id}, at=at)
    kept = [r for r in rows if (places or not r.points_to_place) and (r.other_id is None or r.other_id in others)]
    kept.sort(key=lambda row: not row.holds_on(day))
    return kept, len(kept) < len(rows)


def tie_is_kept(tie: NetworkTie, by: Principal, *, at: dt.datetime) -> bool:
    """Tell whether a tie is kept from the viewer, who may see the person it is around."""
    if tie.points_to_place and tie.person_id not in showable({tie.person_id}, by=by, what=Derived.NETWORK, at=at):
        return True
    return tie.other_id is not None and tie.other_id not in in_sight(by, {tie.other_id}, at=at)


def contact_history(person: Person) -> list[ContactPoint]:
    """Return all contact points of a person: phone before e-mail, running before ended."""
    rows = ContactPoint.objects.filter(person=person).order_by("-kind", "-starts", "pk")
    return sorted(rows, key=lambda row: row.ends is not None)


def authority_until(person: Person, ends: dt.date | None) -> dt.date | None:
    """Return the first day on which authority over this person no longer holds: its own end, or the 18th birthday."""
    return min(filter(None, (ends, of_age_on(person))), default=None)
