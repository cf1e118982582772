"""The life of a case: taken on with its roles, closed with a reason, opened again."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember, Team
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, Unwise, VoidByLaw
from rondom.core.events import record
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.actions.files import case_subjects, open_case, open_dossier, touch
from rondom.dossiers.actions.roles import assign_role, end_role_and_sight
from rondom.dossiers.closing import open_matters, what_bars
from rondom.dossiers.enums import CaseRoleKind, ClockState, DossierGround, ProcessState
from rondom.dossiers.models import Case, CaseDossier, Clock, Dossier, Meeting, ProcessRequest
from rondom.people.models import Person


@action
def close_case(*, by: Principal, at: dt.datetime, case: Case, reason: str, despite: str = "") -> Case:
    """Close a case: roles and personal sight end today, the team keeps the row, the dossiers keep their rights.

    Raises Unwise while something is still open (`closing.checks`); ask again with `despite`, why you close anyway.
    Clocks then stop and meetings are cancelled for that reason. Raises BadInput without a reason, VoidByLaw while
    something bars it (`closing.bars`: an open safety risk).
    """
    if not reason.strip():
        raise BadInput(_("Write in a few words why you close this case."), field="reason")
    if case.closed_on:
        raise BadInput(_("This case is closed already."))
    barred = what_bars(case, at=at)
    if barred:
        raise VoidByLaw(" ".join(barred), field="reason")
    still_open = open_matters(case, at=at)
    if still_open and not despite.strip():
        raise Unwise(" ".join(still_open), field="despite")
    day = clock.today(at)
    subjects = case_subjects(case, day=day)
    Case.objects.filter(pk=case.pk).update(closed_on=day, closing_reason=reason.strip(), version=case.version + 1)
    case.refresh_from_db()
    words = despite.strip() or reason.strip()
    Clock.objects.filter(case=case, state__in=ClockState.open_states()).update(
        state=ClockState.STOPPED, reason=words[:160], ended_at=at
    )
    Meeting.objects.filter(case=case, held_at=None, cancelled_reason="").update(cancelled_reason=words[:160])
    ProcessRequest.objects.filter(case=case, state__in=ProcessState.open_states()).update(
        state=ProcessState.ENDED, ended_at=at, result=reason.strip(), changed_at=at, version=F("version") + 1
    )
    record(
        by, "dossiers.case_closed", case, at=at, municipality=case.municipality, subjects=subjects,
        fields=["closed_on", "closing_reason"],
    )  # fmt: skip
    for role in case.roles.filter(ends=None):
        end_role_and_sight(by, at, role)
    touch(case, day)
    return case


@action
def reopen_case(
    *, by: Principal, at: dt.datetime, case: Case, coordinator: StaffMember, sight_on_safety: StaffMember
) -> Case:
    """Open a closed case again, with a coordinator and somebody who has sight on safety from the first moment."""
    if not case.closed_on:
        raise BadInput(_("This case is open."))
    Case.objects.filter(pk=case.pk).update(closed_on=None, closing_reason="", version=case.version + 1)
    case.refresh_from_db()
    record(
        by, "dossiers.case_reopened", case, at=at, municipality=case.municipality,
        subjects=case_subjects(case, day=clock.today(at)), fields=["closed_on", "closing_reason"],
    )  # fmt: skip
    assign_role(by=by, at=at, case=case, kind=CaseRoleKind.COORDINATION, staff=coordinator)
    assign_role(by=by, at=at, case=case, kind=CaseRoleKind.SIGHT_ON_SAFETY, staff=sight_on_safety)
    return case


@action
def take_on(
    *,
    by: Principal,
    at: dt.datetime,
    team: Team,
    youths: Iterable[Person],
    coordinator: StaffMember,
    sight_on_safety: StaffMember | None = None,
    ground: DossierGround = DossierGround.CASE,
) -> Case:
    """Take on a family: a dossier for each child that has none here, one case, and its roles from the first moment.

    Sight on safety lies with the coordinator unless somebody else is named: it is never empty (practice 9). Raises
    BadInput without a child, or when a child already is in an open case of this team.
    """
    children = list(youths)
    if not children:
        raise BadInput(_("Choose the child this is about."), field="youths")
    day = clock.today(at)
    open_already = CaseDossier.objects.filter(
        on(day), dossier__youth__in=children, case__team=team, case__closed_on=None
    )
    if open_already.exists():
        raise BadInput(_("Your team already works with this child. Look for the family in your list."), field="youths")
    dossiers = []
    for youth in children:
        dossier = Dossier.objects.filter(youth=youth, organisation=team.organisation_id).first()
        dossiers.append(
            dossier or open_dossier(by=by, at=at, youth=youth, organisation=team.organisation, ground=ground)
        )
    case = open_case(by=by, at=at, team=team, dossiers=dossiers)
    assign_role(by=by, at=at, case=case, kind=CaseRoleKind.COORDINATION, staff=coordinator)
    safety = sight_on_safety or coordinator
    assign_role(by=by, at=at, case=case, kind=CaseRoleKind.SIGHT_ON_SAFETY, staff=safety)
    return case
