"""What is known here of where youths are registered and stay, as facts for `law.residence`.

Only what the population register says is an address in it; a declared address proves nothing. Of stays only foster care
in a household is known here until placements are kept. What points to a secret place is left out for who holds no
right: then the facts are asked for by name, exactly as when nobody wrote them down. ADR 0202.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.law import residence as law
from rondom.law.calendar import ONE_DAY
from rondom.law.engine import Answer
from rondom.people.enums import AddressKind, Derived, FactSource, HouseholdPart, KinshipKind, Sex
from rondom.people.models import Address, HouseholdMember, Kinship, Person, ResidenceFinding
from rondom.people.whereabouts import showable


@dataclass(frozen=True)
class Known:
    """The facts about one youth as this viewer may see them, and what a person should look at besides."""

    facts: law.ResidenceFacts
    notes: tuple[str, ...] = ()
    shown: bool = True

    @property
    def answer(self) -> Answer[law.Residence]:
        """What the law says of these facts."""
        return law.responsible_municipality(self.facts)


def known_of(persons: Iterable[Person], by: Principal, *, at: dt.datetime) -> dict[UUID, Known]:
    """Return the facts of several youths in a fixed number of queries."""
    listed, day = list(persons), clock.today(at)
    mothers = {
        row.other_id: row.person
        for row in Kinship.objects.filter(
            kind=KinshipKind.PARENT, other__in=listed, person__sex=Sex.FEMALE
        ).select_related("person")
    }
    everybody = {p.pk for p in listed} | {m.pk for m in mothers.values()}
    shown = showable(everybody, by=by, what=Derived.MUNICIPALITY, at=at)
    addresses: dict[UUID, list[Address]] = {}
    for row in Address.objects.filter(person__in=shown).exclude(place_municipality="").order_by("starts", "pk"):
        addresses.setdefault(row.person_id, []).append(row)
    foster: dict[UUID, list[HouseholdMember]] = {}
    for member in HouseholdMember.objects.filter(person__in=shown, part=HouseholdPart.FOSTER_CHILD).order_by("starts"):
        foster.setdefault(member.person_id, []).append(member)
    found = {}
    for person in listed:
        mother = mothers.get(person.pk)
        of_mother = addresses.get(mother.pk, []) if mother else []
        known = _known(person, addresses.get(person.pk, []), of_mother, foster.get(person.pk, []), day)
        found[person.pk] = replace(known, shown=person.pk in shown)
    return found


def _last_day(ends: dt.date | None) -> dt.date | None:
    return ends - ONE_DAY if ends else None


def _registered(rows: list[Address]) -> list[law.RegisteredAddress]:
    """Return what the population register says; a postal address in it does not count as living there (WPB-09)."""
    in_register = [r for r in rows if r.source == FactSource.REGISTER and r.kind != AddressKind.STAY]
    return [
        law.RegisteredAddress(
            r.place_municipality, r.starts, _last_day(r.ends), under_investigation=r.in_investigation,
            postal_only=r.kind == AddressKind.POST,
        )
        for r in sorted(in_register, key=lambda r: (r.kind == AddressKind.POST, r.starts))
    ]  # fmt: skip


def _on(rows: list[law.RegisteredAddress], day: dt.date | None) -> str | None:
    counted = (r.municipality for r in rows if day and r.holds_on(day) and not r.postal_only)
    return next(counted, None)


def _known(
    person: Person, rows: list[Address], of_mother: list[Address], foster: list[HouseholdMember], day: dt.date
) -> Known:
    registered, hers = _registered(rows), _registered(of_mother)
    stays = tuple(law.Stay(law.StayKind.FOSTER_CARE, m.starts, _last_day(m.ends)) for m in foster)
    chain = law.chain_on(stays, day)
    decisive = chain - ONE_DAY if chain else day
    begins = min((r.starts for r in registered), default=None)
    reaches = begins is not None and begins <= decisive  # before that our history is not known: not "no address"
    staying = next((r for r in rows if r.kind == AddressKind.STAY and r.holds_on(day)), None)
    facts = law.ResidenceFacts(
        on=day, addresses=tuple(registered) if reaches else None, stays=stays, unborn=person.is_unborn,
        mother_at_birth=_on(hers, person.born_on), actual_stay=staying.place_municipality if staying else None,
        mother_now=_on(hers, day) if person.is_unborn else None,
    )  # fmt: skip
    return Known(facts, _notes(rows, staying))


def _notes(rows: list[Address], staying: Address | None) -> tuple[str, ...]:
    notes = []
    if staying is not None:
        notes.append(_("A place of stay is noted. Does it count as a stay? Then the address before it decides."))
    if any(r.source != FactSource.REGISTER for r in rows):
        notes.append(_("An address is known that nobody looked up in the population register. Look it up."))
    return tuple(notes)


def finding_on(person: Person, day: dt.date) -> ResidenceFinding | None:
    """Return the finding that holds for a youth on a day."""
    return ResidenceFinding.objects.filter(on(day), person=person).order_by("-starts").first()


def findings_on(persons: Iterable[Person], day: dt.date) -> dict[UUID, ResidenceFinding]:
    """Return the findings that hold for several youths on a day, in one query."""
    return {row.person_id: row for row in ResidenceFinding.objects.filter(on(day), person__in=list(persons))}
