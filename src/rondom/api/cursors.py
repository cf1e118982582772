"""The place in a list where a reader was: signed, so that it can be handed out and only ever comes back as it was.

A cursor of one organisation, list or installation is worth nothing in another: each is part of what is signed.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from rondom.core.errors import BadInput

LONGEST = 300


def written(values: list[str], *, listed: str, holder: UUID) -> str:
    """Return the cursor of a place in a list of one organisation."""
    return signing.dumps(values, salt=_salt(listed, holder))


def read(cursor: str, *, listed: str, holder: UUID) -> list[str]:
    """Return what a cursor of this list and organisation holds; raises BadInput (field na) for any other text."""
    try:
        if len(cursor) > LONGEST:
            raise signing.BadSignature
        found: Any = signing.loads(cursor, salt=_salt(listed, holder))
        return list(found)
    except (signing.BadSignature, ValueError):
        sentence = _("This place in the list is not known. Leave it out to begin at the start.")
        raise BadInput(sentence, field="na") from None


def _salt(listed: str, holder: UUID) -> str:
    return f"rondom.api.{listed}.{holder}"


def moment_of(values: list[str]) -> tuple[dt.datetime, UUID]:
    """Return the moment and id of a place in a list of changes."""
    return dt.datetime.fromisoformat(values[0]), UUID(values[1])
