"""Making the letters of a signed decision: outside any transaction, one per person it is addressed to, once."""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core.clock import today
from rondom.core.errors import BadInput, RondomError
from rondom.core.principals import Principal
from rondom.decisions import actions
from rondom.decisions.letters import letter_for
from rondom.decisions.models import Decision
from rondom.decisions.queries import addressees, letters_of
from rondom.documents import store
from rondom.documents.letters import made
from rondom.people.models import Person


def missing(decision: Decision, at: dt.datetime) -> list[Person]:
    """Return to whom a letter is still to be made."""
    have = {letter.addressee_id for letter in letters_of(decision)}
    return [person for person in addressees(decision, today(at)) if person.pk not in have]


def make_letters(
    decision: Decision, *, by: Principal, at: dt.datetime, filed_by: StaffMember, handed: bool = False
) -> int:
    """Make and file the letters that are not there yet; return how many. `handed`: without address, to hand over.

    Raises BadInput when it is not known to whom the decision is addressed, and typesetting.Unavailable when no PDF can
    be made; what was made stays.
    """
    if not addressees(decision, today(at)):
        raise BadInput(_("It is not known who has authority over this child. Find that out, then make the letters."))
    wanted = missing(decision, at)
    for person in wanted:
        letter, no_address = letter_for(decision, person, at=at, handed=handed)
        content, media_type = made(letter)
        blob, size, digest = store.keep([content])
        try:
            actions.file_letter(
                by=by, at=at, decision=decision, addressee=person, title=f"{letter.title} ({decision.number})",
                no_address=no_address, blob=blob, size=size, digest=digest, media_type=media_type, filed_by=filed_by,
            )  # fmt: skip
        except RondomError:
            store.remove(blob)
            raise
    return len(wanted)
