"""The register of mandates: who may sign what in the name of the college."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, VoidByLaw
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.decisions.enums import DecisionKind
from rondom.decisions.models import Mandate


def _may_record(by: Principal) -> None:
    if not by.has(Role.BACK_OFFICE):
        raise NotAllowed(_("The back office of the municipality keeps the register of mandates."))


@action
def give_mandate(
    *,
    by: Principal,
    at: dt.datetime,
    organisation: Organisation,
    kinds: Iterable[DecisionKind],
    ground: str,
    starts: dt.date,
    recorded_by: StaffMember,
    role: Role | str = "",
    staff: StaffMember | None = None,
    ends: dt.date | None = None,
    most_cents: int | None = None,
) -> list[Mandate]:
    """Write down a mandate: one line per kind of decision, for a person or for a role in an organisation.

    Raises VoidByLaw without the mandate decision it rests on; BadInput without a kind, or without whom it is for.
    """
    _may_record(by)
    wanted = list(kinds)
    if not ground.strip():
        raise VoidByLaw(
            _("A mandate rests on a decision of the college. Write which one."), field="ground", source="Awb 10:3, 10:5"
        )
    if not wanted:
        raise BadInput(_("Choose which decisions this is for."), field="kinds")
    if bool(role) == bool(staff):
        raise BadInput(_("Choose a role, or one colleague."), field="role")
    if staff and staff.organisation_id != organisation.pk:
        raise BadInput(_("This colleague works for another organisation."), field="staff")
    if ends and ends <= starts:
        raise BadInput(_("The last day lies before the first."), field="last_day")
    rows = [
        Mandate.objects.create(
            municipality=organisation.municipality, organisation=organisation, role=role, staff=staff, kind=kind,
            most_cents=most_cents, ground=ground.strip(), starts=starts, ends=ends, recorded_by=recorded_by,
            created_at=at,
        )
        for kind in wanted
    ]  # fmt: skip
    for row in rows:
        record(by, "decisions.mandate_given", row, at=at, municipality=row.municipality)
    return rows


@action
def end_mandate(*, by: Principal, at: dt.datetime, mandate: Mandate, ends: dt.date) -> Mandate:
    """End a mandate from a day on, today at the earliest: what was signed before stays valid."""
    _may_record(by)
    if ends < clock.today(at):
        raise BadInput(_("A mandate cannot end before today: decisions may have been signed."), field="ends")
    if ends <= mandate.starts:
        raise BadInput(_("The last day lies before the first."), field="ends")
    if mandate.ends and ends > mandate.ends:
        raise BadInput(_("It ends earlier already. Write a new mandate for the time after."), field="ends")
    Mandate.objects.filter(pk=mandate.pk).update(ends=ends, version=mandate.version + 1, changed_at=at)
    mandate.refresh_from_db()
    record(by, "decisions.mandate_ended", mandate, at=at, municipality=mandate.municipality, fields=["ends"])
    return mandate
