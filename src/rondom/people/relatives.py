"""Own relatives of staff: declared with an exact key, closed at once when known here, and later when they become known.

Hit and miss look the same to who declares (ADR 0197). The key is kept encrypted and never shown again. A name that is
told in a worry is no person yet: `closed_by_name` says to whom it is closed all the same.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.bsn import read_bsn
from rondom.core.errors import BadInput, NotFound
from rondom.core.principals import Principal, machine
from rondom.people import signals
from rondom.people.models import Person
from rondom.people.normalising import asked_words, postcode_in, words
from rondom.people.search import by_bsn, by_name
from rondom.privacy.actions import declare_relative, match_relative
from rondom.privacy.enums import RelativeKind
from rondom.privacy.models import OwnRelative

BSN, NAME = "bsn", "name"


@dataclass(frozen=True)
class Key:
    """An exact key: a BSN, or the words of a family name with date of birth and postcode."""

    bsn: str = ""
    family: tuple[str, ...] = ()
    born_on: dt.date | None = None
    postcode: str = ""

    @property
    def text(self) -> str:
        """How it is kept."""
        if self.bsn:
            return f"{BSN}|{self.bsn}"
        return "|".join((NAME, " ".join(self.family), self.born_on.isoformat() if self.born_on else "", self.postcode))


def key_of(*, bsn: str = "", family_name: str = "", born_on: dt.date | None = None, postcode: str = "") -> Key:
    """Return the key somebody typed; raises BadInput for half a key or a wrong BSN."""
    if bsn.strip():
        return Key(bsn=read_bsn(bsn))
    family, place = tuple(sorted(asked_words(family_name))), postcode_in(postcode)
    if not (family and born_on and place):
        raise BadInput(_("Give the BSN, or the family name, date of birth and postcode together."), field="bsn")
    return Key(family=family, born_on=born_on, postcode=place)


def read_key(text: str) -> Key | None:
    """Return a key as it was kept, None for one that cannot be read (kept in another way)."""
    kind, *parts = text.split("|")
    if kind == BSN and len(parts) == 1:
        return Key(bsn=parts[0])
    if kind != NAME or len(parts) != 3:
        return None
    try:
        return Key(family=tuple(parts[0].split()), born_on=dt.date.fromisoformat(parts[1]), postcode=parts[2])
    except ValueError:
        return None


def _known(key: Key, municipality: str) -> Person | None:
    if key.bsn:
        return by_bsn(key.bsn, municipality)
    if key.born_on is None:
        return None
    return by_name(" ".join(key.family), key.born_on, key.postcode, municipality)


@action
def declare_own(
    *,
    by: Principal,
    at: dt.datetime,
    kind: RelativeKind | str,
    bsn: str = "",
    family_name: str = "",
    born_on: dt.date | None = None,
    postcode: str = "",
) -> OwnRelative:
    """Declare somebody of one's own circle, or oneself: what is known of them here closes to `by`, now and later.

    Raises BadInput without a kind, for half a key, or for a key one declared already.
    """
    if kind not in RelativeKind.values:
        raise BadInput(_("Choose who this is to you."), field="kind")
    key = key_of(bsn=bsn, family_name=family_name, born_on=born_on, postcode=postcode)
    if any(str(row.key) == key.text for row in declared_by(by)):
        raise BadInput(_("You declared this person already."), field="bsn")
    found = _known(key, by.municipality)
    row = declare_relative(
        by=by, at=at, key=key.text, kind=RelativeKind(kind), person=found.pk if found else None
    )  # fmt: skip
    signals.relative_declared.send(sender=OwnRelative, row=row, by=by, at=at)
    return row


def declared_by(by: Principal) -> QuerySet[OwnRelative]:
    """Return what somebody declared and what still holds, newest first."""
    return OwnRelative.objects.filter(staff=by.key, ended_at=None).order_by("-created_at", "-pk")


def declared_in(by: Principal) -> QuerySet[OwnRelative]:
    """Return what colleagues of one's municipality declared and what holds, newest first; for who undoes a mistake.

    Not one's own: nobody opens for oneself what was closed.
    """
    rows = OwnRelative.objects.filter(municipality=by.municipality, ended_at=None).exclude(staff=by.key)
    return rows.order_by("-created_at", "-pk")


def declared_one(by: Principal, pk: UUID) -> OwnRelative:
    """Return one of these; raises NotFound."""
    row = declared_in(by).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def look_again(*, at: dt.datetime) -> int:
    """Close what became known since it was declared (the nightly job); returns how many were found."""
    found = 0
    for row in OwnRelative.objects.filter(person=None, ended_at=None).order_by("pk"):
        key = read_key(str(row.key))
        person = _known(key, row.municipality) if key else None
        if person is not None:
            match_relative(by=machine("privacy", row.municipality), at=at, row=row, person=person.pk)
            found += 1
    return found


def closed_by_name(municipality: str, name: str, born_on: dt.date | None) -> set[UUID]:
    """Return the staff to whom somebody with this name, as it was told, is closed.

    The family name and the date of birth are those of a declared key or of the person it fits; without a date of birth
    the whole name of a person who is known. A family name alone closes nothing: half a town has it.
    """
    told = set(words(name))
    rows = list(OwnRelative.objects.filter(municipality=municipality, ended_at=None))
    persons = Person.objects.in_bulk([row.person for row in rows if row.person]) if told else {}
    closed: set[UUID] = set()
    for row in rows if told else ():
        key = read_key(str(row.key))
        if key and key.family and born_on and key.born_on == born_on and set(key.family) <= told:
            closed.add(row.staff)
        person = persons.get(row.person) if row.person else None
        if person and _same(person, told, born_on):
            closed.add(row.staff)
    return closed


def _same(person: Person, told: set[str], born_on: dt.date | None) -> bool:
    family = set(asked_words(person.family_name))
    if not family or not family <= told:
        return False
    if born_on:
        return person.born_on == born_on
    return bool(set(words(person.called)) & told)
