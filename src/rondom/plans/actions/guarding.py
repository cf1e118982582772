"""Who keeps the plan going when the parents cannot direct now, and the meetings in which the plan is made."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Invited, case_subjects
from rondom.dossiers.models import Case
from rondom.plans.actions.plan import is_open, keep, tell
from rondom.plans.models import FamilyPlan, PlanGuardian, PlanMeeting


@action
def name_guardian(
    *, by: Principal, at: dt.datetime, plan: FamilyPlan, because: str, kept_by: StaffMember,
    staff: StaffMember | None = None, outside: str = "",
) -> PlanGuardian:  # fmt: skip
    """Name who keeps the plan going while the parents cannot direct it, and why they cannot (N59, N107).

    One colleague or one person around the family; who was it before ends today. Raises BadInput otherwise.
    """
    is_open(plan)
    if not because.strip():
        raise BadInput(_("Write why the parents cannot direct the plan now, in words they can read."), field="because")
    if (staff is None) == (not outside.strip()):
        raise BadInput(_("Name one person: a colleague, or somebody around the family."), field="outside")
    day = clock.today(at)
    _end(plan, day)
    row = PlanGuardian.objects.create(
        municipality=plan.municipality, plan=plan, case=plan.case, staff=staff, outside=outside.strip(),
        because=because.strip(), starts=day, created_at=at,
    )  # fmt: skip
    changed = save_changes(plan, {"cannot_direct": True}, opened_version=plan.version, at=at)
    tell(by, "plans.guardian_named", row, plan, at, *changed)
    keep(plan, kept_by, at, moved=True)
    return row


def _end(plan: FamilyPlan, day: dt.date) -> int:
    """End the guardian of now; one that began today never was."""
    open_rows = PlanGuardian.objects.filter(plan=plan, ends=None)
    gone, _by_model = open_rows.filter(starts=day).delete()
    return gone + open_rows.update(ends=day)


@action
def end_guardian(*, by: Principal, at: dt.datetime, plan: FamilyPlan, kept_by: StaffMember) -> FamilyPlan:
    """The family directs the plan itself again. Raises BadInput when there is no guardian."""
    is_open(plan)
    if not _end(plan, clock.today(at)):
        raise BadInput(_("This plan has no plan guardian."))
    changed = save_changes(plan, {"cannot_direct": False}, opened_version=plan.version, at=at)
    tell(by, "plans.guardian_ended", plan, plan, at, *changed)
    keep(plan, kept_by, at, moved=True)
    return plan


@action
def plan_meeting(
    *, by: Principal, at: dt.datetime, case: Case, planned_at: dt.datetime, purpose: str, place: str = "",
    questions: str = "", invited: Iterable[Invited] = (),
) -> PlanMeeting:  # fmt: skip
    """Plan a meeting in which the family and its people make or look at the plan: a meeting that counts as such (N58).

    Raises BadInput and VoidByLaw as `dossiers.actions.plan_meeting`, and BadInput when nobody of the family is invited.
    """
    guests = list(invited)
    if not any(guest.person for guest in guests):
        raise BadInput(_("Invite somebody of the family: it is their plan."), field="persons")
    meeting = dossiers.plan_meeting(
        by=by, at=at, case=case, planned_at=planned_at, purpose=purpose, place=place, questions=questions,
        invited=guests,
    )  # fmt: skip
    row = PlanMeeting.objects.create(municipality=case.municipality, meeting=meeting, case=case, created_at=at)
    day = clock.today(at)
    record(
        by, "plans.meeting_planned", row, at=at, municipality=case.municipality,
        subjects=[subject(meeting), *case_subjects(case, day=day)],
    )  # fmt: skip
    return row
