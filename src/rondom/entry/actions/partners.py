"""What can be done with places that refer or report: register one, and say who of us they can call."""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.entry.enums import PartnerKind
from rondom.entry.models import Partner, PartnerContact

KEEPERS = (Role.TEAM_LEAD, Role.PROCESS_COORDINATOR, Role.BACK_OFFICE)


def may_keep(by: Principal) -> None:
    """Refuse whoever does not keep the list of places."""
    if not by.has(*KEEPERS):
        raise NotAllowed(_("A team lead, a process coordinator or the back office keeps this list."))


@action
def add_partner(*, by: Principal, at: dt.datetime, name: str, kind: PartnerKind, phone: str = "") -> Partner:
    """Register a practice or school. Raises BadInput without a name, or for one that is known already."""
    may_keep(by)
    if not name.strip():
        raise BadInput(_("Write the name of the practice or school."), field="name")
    if Partner.objects.filter(municipality=by.municipality, name__iexact=name.strip()).exists():
        raise BadInput(_("This name is in the list already. Open that one instead."), field="name")
    row = Partner.objects.create(municipality=by.municipality, name=name.strip(), kind=kind, phone=phone.strip())
    record(by, "entry.partner_added", row, at=at, municipality=row.municipality)
    return row


@action
def set_contact(*, by: Principal, at: dt.datetime, partner: Partner, staff: StaffMember) -> PartnerContact:
    """Name who of us this place can call from today; the former contact person ends today (N28)."""
    may_keep(by)
    day = clock.today(at)
    Partner.objects.select_for_update().get(pk=partner.pk)
    running = PartnerContact.objects.filter(partner=partner, ends=None).first()
    if running and running.staff_id == staff.pk:
        raise BadInput(_("This colleague is the contact person already."), field="staff")
    if running and running.starts == day:  # named today: a contact of no days never was
        running.delete()
    elif running:
        running.ends = day
        running.save(update_fields=["ends"])
    row = PartnerContact.objects.create(municipality=partner.municipality, partner=partner, staff=staff, starts=day)
    record(
        by, "entry.contact_named", partner, at=at, municipality=partner.municipality, fields=["contacts"],
        subjects=[("principal", staff.pk)],
    )  # fmt: skip
    return row
