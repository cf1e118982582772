"""What goes well and what needs attention, as somebody told it; on a life domain or not."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.principals import Principal
from rondom.people.models import Person
from rondom.plans.actions.plan import is_open, keep, tell
from rondom.plans.enums import Goes, PlanState
from rondom.plans.models import FamilyPlan, Finding, FindingConcern, Writing
from rondom.plans.queries import DOMAINS
from rondom.reference.queries import code


@action
def tell_finding(
    *, by: Principal, at: dt.datetime, plan: FamilyPlan, goes: Goes, text: str, said_by: str,
    concerns: Iterable[Person], written_by: StaffMember, domain: str = "",
) -> Finding:  # fmt: skip
    """Write down how something goes. Raises BadInput without words, whose they are, or whom they are about.

    `domain` must be in the list of life domains today, or "". Nothing is ever asked about the others.
    """
    is_open(plan)
    persons, day = list(concerns), clock.today(at)
    if not text.strip():
        raise BadInput(_("Write it down in their own words."), field="text")
    if not said_by.strip():
        raise BadInput(_("Write whose words these are."), field="said_by")
    if not persons:
        raise BadInput(_("Choose whom this is about."), field="concerns")
    if domain:
        code(DOMAINS, domain, on=day)
    row = Finding.objects.create(
        municipality=plan.municipality, plan=plan, case=plan.case, domain=domain, goes=goes, text=text.strip(),
        said_by=said_by.strip(), said_on=day, written_by=written_by, created_at=at,
    )  # fmt: skip
    FindingConcern.objects.bulk_create([FindingConcern(finding=row, person=person) for person in persons])
    tell(by, "plans.finding_told", row, plan, at)
    keep(plan, written_by, at)
    return row


@action
def withdraw_finding(*, by: Principal, at: dt.datetime, finding: Finding) -> None:
    """Take back, on the same day and before the plan is agreed, what should not have been written down.

    Nothing of it stays but that it was taken back. Raises BadInput later: then what is different is written beside it.
    """
    plan = finding.plan
    is_open(plan)
    if plan.state != PlanState.CONCEPT or clock.today(finding.created_at) != clock.today(at):
        raise BadInput(_("This is part of the plan now. Write beside it what is different."))
    tell(by, "plans.finding_withdrawn", finding, plan, at)
    Writing.objects.filter(finding=finding).update(finding=None)
    FindingConcern.objects.filter(finding=finding).delete()
    finding.delete()
