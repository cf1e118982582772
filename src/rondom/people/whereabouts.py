"""The one reader of addresses, and of what points to one.

Nothing else reads `Address.lines`. A secret address, and everything that points to it, is kept from everybody but who
holds the explicit right (a relation of kind `whereabouts` with this person); the address itself also asks a fresh
second factor (step-up). Staff are told that something is kept from them; residents never are: to them a secret address
is an address nobody wrote down. ADR 0150.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import look, subject
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.people.enums import AddressKind, AddressPurpose, Derived
from rondom.people.models import Address, Person, SecrecyReason
from rondom.people.normalising import plain
from rondom.people.sight import sees
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation


@dataclass(frozen=True)
class ShownAddress:
    """What a viewer gets to see of an address.

    lines       street, number, postcode and place, one line each; empty when there is none, or none for this viewer
    hidden      True: an address is kept from this viewer, who may be told so (staff only)
    needs_step  True: the viewer has the right and must give the second factor again
    fact        the row, for its kind, period, source and version; None when hidden
    """

    lines: tuple[str, ...] = ()
    hidden: bool = False
    needs_step: bool = False
    fact: Address | None = None

    def __bool__(self) -> bool:
        return self.fact is not None


def is_secret(person: UUID) -> bool:
    """Tell whether the whereabouts of this person are secret.

    Secrecy is of the person: it holds for every address, also one that ended, until it is lifted by hand. For rooms
    that must not send or print an address by themselves (messages, letters). Never shown as such.
    """
    return person in secret_among({person})


def secret_among(persons: Iterable[UUID]) -> set[UUID]:
    """Return those persons whose whereabouts are secret."""
    rows = Address.objects.filter(person__in=set(persons), secret=True)
    return set(rows.values_list("person_id", flat=True))


def with_secret_whereabouts() -> QuerySet[Any, Any]:
    """Return the persons whose whereabouts are secret, as a subquery: for a query that leaves them out."""
    return Address.objects.filter(secret=True).values("person")


def districts_among(persons: Iterable[UUID], day: dt.date) -> dict[UUID, str]:
    """Return the wijk (CBS code) where persons are registered on a day, for counting; not of whom it is secret."""
    known = set(persons)
    rows = Address.objects.filter(on(day), person__in=known - secret_among(known), kind=AddressKind.REGISTERED)
    return dict(rows.exclude(district="").values_list("person_id", "district"))


def has_right(by: Principal, person: UUID, *, at: dt.datetime) -> bool:
    """Tell whether the viewer holds the explicit right to this person's secret whereabouts."""
    return by.kind == "staff" and person in _rights_among(by, {person}, at=at)


def _rights_among(by: Principal, persons: set[UUID], *, at: dt.datetime) -> set[UUID]:
    rows = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject__in=persons, principal=by.key,
        kind=RelationKind.WHEREABOUTS,
    )  # fmt: skip
    return set(rows.values_list("subject", flat=True))


def rights_on(persons: Iterable[UUID], *, at: dt.datetime) -> QuerySet[Relation]:
    """Return the explicit rights to the whereabouts of these persons that hold now, for who gives and withdraws them.

    A right can be given for anybody: that there is one does not tell that an address is secret.
    """
    return Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject__in=list(persons), kind=RelationKind.WHEREABOUTS
    ).order_by("ends_at", "pk")


def _sight_for(by: Principal) -> Sight:
    if by.kind == "resident":
        return Sight.RESIDENT
    return Sight.OPEN if by.kind == "staff" else Sight.ROW


def _checked(person: Person, by: Principal, purpose: AddressPurpose, at: dt.datetime) -> None:
    if purpose not in AddressPurpose.values:
        raise BadInput(_("Say what you need the address for."), field="purpose")
    if by.kind != "machine" and not sees(by, person.pk, at=at, sight=_sight_for(by)):
        look(by, "people.address_shown", person, subjects=[subject(person)], ground=purpose, result="denied", at=at)
        raise NotFound("")


def address_for(
    person: Person,
    *,
    by: Principal,
    purpose: AddressPurpose,
    at: dt.datetime,
    kind: AddressKind = AddressKind.REGISTERED,
    stepped_up: bool = False,
) -> ShownAddress:
    """Return the address of a person for a purpose, and record the look with that purpose.

    Raises NotFound outside the viewer's sight (recorded as a refused look) and BadInput without a purpose. When the
    address is secret the result is empty with `hidden` for staff, and plainly empty for residents; with the explicit
    right it is shown after a step-up. A machine gets an address, never a secret one.
    """
    shown = history_for(person, by=by, purpose=purpose, at=at, kinds=[kind], stepped_up=stepped_up, current=True)
    return shown[0] if shown else ShownAddress()


def lines_to_send(person: Person, *, kinds: Iterable[AddressKind], day: dt.date) -> list[tuple[AddressKind, list[str]]]:
    """Return the addresses of a person that may stand in a message to a provider, of these kinds in this order.

    Nothing of whom it is secret. Nobody looks at it here, so no look is written: the act that sends it is an event with
    the dossier it is about (`exchange.message_made`), and the message itself is kept as it went.
    """
    if is_secret(person.pk):
        return []
    held = {row.kind: row for row in Address.objects.filter(on(day), person=person)}
    return [(kind, str(held[kind].lines).splitlines()) for kind in kinds if kind in held]


def history_for(
    person: Person,
    *,
    by: Principal,
    purpose: AddressPurpose,
    at: dt.datetime,
    kinds: Iterable[AddressKind] = tuple(AddressKind),
    stepped_up: bool = False,
    current: bool = False,
) -> list[ShownAddress]:
    """Return the addresses of a person, newest first, under the same rules; one look for the whole list.

    `current` keeps only those that hold today. While any address is secret, none is shown without the right: an old
    address, a post box or a place of stay points to the new one.
    """
    _checked(person, by, purpose, at)
    day = clock.today(at)
    rows: QuerySet[Address] = Address.objects.filter(person=person, kind__in=list(kinds)).order_by("-starts", "-pk")
    if current:
        rows = rows.filter(on(day))
    if is_secret(person.pk):
        right = has_right(by, person.pk, at=at)
        if not (right and stepped_up):
            look(by, "people.address_shown", person, subjects=[subject(person)], ground=purpose, result="hidden", at=at)
            return [ShownAddress(hidden=by.kind == "staff", needs_step=right)] if by.kind == "staff" else []
    found = list(rows)
    look(by, "people.address_shown", person, subjects=[subject(person)], ground=purpose, at=at)
    return [ShownAddress(lines=tuple(str(row.lines).splitlines()), fact=row) for row in found]


def reasons_for(person: Person, *, by: Principal, at: dt.datetime) -> list[SecrecyReason]:
    """Return why the address of a person is secret and who was given the right, newest first; only with the right."""
    if not has_right(by, person.pk, at=at):
        return []
    return list(SecrecyReason.objects.filter(person=person).order_by("-said_at", "-pk"))


def may_show(person: UUID, *, by: Principal, what: Derived, at: dt.datetime) -> bool:
    """Tell whether a derived fact (school, neighbourhood, location, distance, tie) of this person may be shown.

    True when nothing is secret; else only for staff with the explicit right. What is not shown is left out: a door
    tells staff so with one sentence, and tells residents nothing.
    """
    return person in showable({person}, by=by, what=what, at=at)


def showable(persons: Iterable[UUID], *, by: Principal, what: Derived, at: dt.datetime) -> set[UUID]:
    """Return those persons whose derived facts this viewer may see: `may_show` for a list, in two queries."""
    if what not in Derived.values:
        raise ValueError(what)
    asked = set(persons)
    secret = secret_among(asked)
    if secret and by.kind == "staff":
        secret -= _rights_among(by, secret, at=at)
    return asked - secret


def at_one_address(some: Iterable[UUID], others: Iterable[UUID], *, day: dt.date) -> set[tuple[UUID, UUID]]:
    """Return the pairs (one of `some`, one of `others`) who are registered at one address on a day.

    Only that it is one address is told, never which. Who has secret whereabouts is in no pair.
    """
    left, right = set(some), set(others)
    known = (left | right) - secret_among(left | right)
    rows = Address.objects.filter(on(day), kind=AddressKind.REGISTERED, person__in=known, postcode_index__isnull=False)
    shared = rows.filter(person__in=left).values("postcode_index")
    homes: dict[str, set[UUID]] = {}
    for row in rows.filter(postcode_index__in=shared):
        homes.setdefault("".join(plain(str(row.lines)).split()), set()).add(row.person_id)
    return {(a, b) for home in homes.values() for a in home & left for b in home & right if a != b}
