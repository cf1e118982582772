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
) -> Consent:
    """Keep that somebody agreed to share these data of a person with these parties, for this purpose, from today.

    Given by a person, or by an institution with guardianship. Who may give it is asked of the law by
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
        data=data.strip(), points_to_place=points_to_place,
    )  # fmt: skip
    givers = [given_by] if given_by and given_by != person else []
    record(
        by, "privacy.consent_given", row, at=at, municipality=municipality,
        subjects=[("person", pk) for pk in (person, *givers)],
    )  # fmt: skip
    return row


@action
def withdraw_consent(*, by: Principal, at: dt.datetime, consent: Consent) -> None:
    """Withdraw a consent: from this moment nothing is shared on it. Withdrawing again is quietly the same."""
    withdrawn = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=at, changed_at=at)
    record(
        by, "privacy.consent_withdrawn", consent, at=at, municipality=consent.municipality,
        subjects=[("person", consent.person)], fields=["withdrawn_at"] if withdrawn else [],
    )  # fmt: skip
