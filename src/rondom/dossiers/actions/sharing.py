"""Recording consent to share data of a person: only who must agree by law can give it."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.principals import Principal
from rondom.dossiers.sharing import givers_for
from rondom.people.models import Person
from rondom.privacy.actions import record_consent
from rondom.privacy.models import Consent


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
) -> list[Consent]:
    """Record that these givers (keys of `sharing.Giver`) agreed to share data of a person; one consent for each.

    `points_to_place`: with whom tells where somebody is (a school, a club); closed while the address is secret.

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
    return [
        record_consent(
            by=by, at=at, person=person.pk, municipality=person.municipality, purpose=purpose, parties=parties,
            data=data, ends=ends, points_to_place=points_to_place, given_by=giver.person,
            given_by_organisation="" if giver.person else giver.name,
        )
        for key, giver in may.items()
        if key in givers
    ]  # fmt: skip
