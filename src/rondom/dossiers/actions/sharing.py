"""Recording consent to share data of a person: only who must agree by law can give it."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.principals import Principal
from rondom.dossiers.sharing import Giver, givers_for, own_words
from rondom.people.models import Person
from rondom.privacy.actions import record_consent, withdraw_consent
from rondom.privacy.models import Consent
from rondom.privacy.queries import consents_of


@action
def give_consent(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    givers: Collection[str],
    purpose: str,
    parties: str,
    data: str,
    ends: dt.date | None = None,
    points_to_place: bool = False,
    place: UUID | None = None,
) -> list[Consent]:
    """Record that these givers (keys of `sharing.Giver`) agreed to share data of a person; one consent for each.

    `points_to_place`: with whom tells where somebody is (a school, a club); closed while the address is secret.
    `place`: the practice or school of our list that reads on its own page when help after its referral begins and ends.

    Raises VoidByLaw when the law of today asks somebody else (CNS-09), BadInput when purpose, parties or data are not
    said.
    """
    may = {giver.key: giver for giver in givers_for(person, clock.today(at))}
    if not may:
        raise VoidByLaw(
            _("It is not known who must agree. Record first who has authority, and when this person was born."),
            field="givers", source="Jw 7.3.11; AVG 7",
        )  # fmt: skip
    if not givers:
        raise BadInput(_("Choose who agreed."), field="givers")
    if set(givers) - may.keys():
        raise VoidByLaw(
            _("Somebody you chose cannot agree to this today. Look above who must agree, and why."),
            field="givers", source="Jw 7.3.11; AVG 7",
        )  # fmt: skip
    _take_back(by, at, person, [may[key] for key in may if key in givers], purpose, parties, objections=True)
    return [
        record_consent(
            by=by, at=at, person=person.pk, municipality=person.municipality, purpose=purpose, parties=parties,
            data=data, ends=ends, points_to_place=points_to_place, place=place, given_by=giver.person,
            given_by_organisation="" if giver.person else giver.name,
        )
        for key, giver in may.items()
        if key in givers
    ]  # fmt: skip


@action
def object_to_sharing(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    objector: str,
    purpose: str,
    parties: str,
    data: str,
    points_to_place: bool = False,
) -> Consent:
    """Record that somebody who has a say (a key of `sharing.Giver`) objects to sharing data of a person (CNS-01, -11).

    No consent need have been given before; what this person gave for the same purpose and parties is taken back. While
    it stands, the consent of others is not complete. Raises VoidByLaw for who has no say by the law of today, BadInput
    when purpose, parties or data are not said.
    """
    may = {giver.key: giver for giver in givers_for(person, clock.today(at))}
    if objector not in may:
        raise VoidByLaw(
            _("This person has no say about sharing by law today. Look above who must agree, and why."),
            field="objector", source="Jw 7.3.11; BW 1:253i",
        )  # fmt: skip
    giver = may[objector]
    _take_back(by, at, person, [giver], purpose, parties, objections=False)
    return record_consent(
        by=by, at=at, person=person.pk, municipality=person.municipality, purpose=purpose, parties=parties, data=data,
        points_to_place=points_to_place, given_by=giver.person, objection=True,
        given_by_organisation="" if giver.person else giver.name,
    )  # fmt: skip


def _take_back(
    by: Principal, at: dt.datetime, person: Person, givers: Collection[Giver], purpose: str, parties: str, *,
    objections: bool,
) -> None:  # fmt: skip
    """Take back what the same people said before to the contrary: an objection, or a consent."""
    rows = [row for row in consents_of([person.pk]) if row.objection is objections]
    for giver in givers:
        for row in own_words(rows, giver, purpose, parties):
            withdraw_consent(by=by, at=at, consent=row)
