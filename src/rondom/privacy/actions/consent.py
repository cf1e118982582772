"""Consent to share: specific, for named parties, withdrawable at any moment (CNS-09, Jw 7.3.11)."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.privacy.models import Consent


@action
def record_consent(
    *,
    by: Principal,
    at: dt.datetime,
    person: UUID,
    given_by: UUID | None,
    municipality: str,
    purpose: str,
    parties: str,
    data: str,
    ends: dt.date | None = None,
    given_by_organisation: str = "",
    points_to_place: bool = False,
    place: UUID | None = None,
    objection: bool = False,
) -> Consent:
    """Keep that somebody agreed to share these data of a person with these parties, for this purpose, from today.

    With `objection`: that somebody objects to it.

    Given by a person, or by an institution with guardianship. With `place` (of the list of practices and schools) that
    place reads on its own page when help after its referral begins and ends. Who may give it is asked of the law by
    `dossiers.actions.give_consent`, which calls this. Raises BadInput when one of the three is not said: consent in
    general does not exist.
    """
    for name, text in (("purpose", purpose), ("parties", parties), ("data", data)):
        if not text.strip():
            raise BadInput(_("Say what for, with whom and which information: all three."), field=name)
    day = clock.today(at)
    if ends and ends <= day:
        raise BadInput(_("The end lies before the beginning."), field="ends")
    row = Consent.objects.create(
        municipality=municipality, person=person, given_by=given_by, starts=day, ends=ends,
        given_by_organisation=given_by_organisation.strip(), purpose=purpose.strip(), parties=parties.strip(),
        data=data.strip(), points_to_place=points_to_place, place=place,
        objection=objection,
    )  # fmt: skip
    givers = [given_by] if given_by and given_by != person else []
    record(
        by, "privacy.objection_made" if objection else "privacy.consent_given", row, at=at, municipality=municipality,
        subjects=[("person", pk) for pk in (person, *givers)],
    )  # fmt: skip
    return row


@action
def withdraw_consent(*, by: Principal, at: dt.datetime, consent: Consent) -> None:
    """Withdraw a consent, or an objection: from this moment it does not count. Again is quietly the same."""
    withdrawn = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=at, changed_at=at)
    kind = "privacy.objection_withdrawn" if consent.objection else "privacy.consent_withdrawn"
    record(
        by, kind, consent, at=at, municipality=consent.municipality,
        subjects=[("person", consent.person)], fields=["withdrawn_at"] if withdrawn else [],
    )  # fmt: skip
