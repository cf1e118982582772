"""Blind indexes of this room, worked out again when the keys change."""

from rondom.core.fields import blind_index
from rondom.core.rotation import BlindIndex, indexes
from rondom.people.models import Address, ContactPoint, Person
from rondom.people.normalising import postcode_in


def _bsn(row: Person) -> bytes | None:
    return blind_index("bsn", str(row.bsn), row.municipality) if row.bsn and row.bsn_index is not None else None


def _contact(row: ContactPoint) -> bytes:
    return blind_index("contact", str(row.value), row.municipality)


def _postcode(row: Address) -> bytes | None:
    postcode = postcode_in(str(row.lines))
    return blind_index("postcode", postcode, row.municipality) if postcode else None


def register() -> None:
    """Tell the rotation of keys which columns index which encrypted field."""
    indexes.register("people.bsn", BlindIndex(Person, "bsn", "bsn_index", _bsn))
    indexes.register("people.contact", BlindIndex(ContactPoint, "value", "value_index", _contact))
    indexes.register("people.postcode", BlindIndex(Address, "lines", "postcode_index", _postcode))
