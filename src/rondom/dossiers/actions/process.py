"""Process coordination (N54): asked by who works with a family, decided by a process coordinator, ended."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.dossiers.actions.files import case_subjects
from rondom.dossiers.actions.roles import assign_role, end_role
from rondom.dossiers.enums import CaseRoleKind, ProcessGround, ProcessState
from rondom.dossiers.models import Case, ProcessRequest
from rondom.dossiers.queries import role_for


def _tell(by: Principal, kind: str, row: ProcessRequest, at: dt.datetime, *fields: str) -> None:
    record(
        by, f"dossiers.{kind}", row, at=at, ground=row.ground, municipality=row.municipality, fields=fields,
        subjects=case_subjects(row.case, day=clock.today(at)),
    )  # fmt: skip


def _move(row: ProcessRequest, at: dt.datetime, *, from_: ProcessState, **values: Any) -> None:
    """Move a request from one state: of two at the same moment the first one stands."""
    moved = ProcessRequest.objects.filter(pk=row.pk, state=from_).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not moved:
        raise BadInput(_("Somebody decided on this in the meantime. Open it again."))
    row.refresh_from_db()


def _hold(case: Case) -> None:
    """Of two who ask at once the second sees the first."""
    Case.objects.select_for_update().get(pk=case.pk)
    if case.closed_on:
        raise BadInput(_("This case is closed."))
    if ProcessRequest.objects.filter(case=case, state__in=ProcessState.open_states()).exists():
        raise BadInput(_("Process coordination was asked for this family already."))


@action
def ask_process(
    *, by: Principal, at: dt.datetime, case: Case, asked_by: StaffMember, ground: ProcessGround | str, words: str
) -> ProcessRequest:
    """Ask process coordination, or a consult, with why. It waits for a process coordinator of the team.

    Raises BadInput without a ground or words, in a closed case, or while a request is open.
    """
    if ground not in ProcessGround.values:
        raise BadInput(_("Choose why you ask process coordination."), field="ground")
    if not words.strip():
        raise BadInput(_("Write what is the matter and what you tried."), field="words")
    _hold(case)
    row = ProcessRequest.objects.create(
        municipality=case.municipality, case=case, ground=ground, words=words.strip(), asked_by=asked_by, asked_at=at,
        created_at=at, changed_at=at,
    )  # fmt: skip
    _tell(by, "process_asked", row, at)
    return row


@action
def not_now(*, by: Principal, at: dt.datetime, case: Case, asked_by: StaffMember, reason: str) -> ProcessRequest:
    """Leave the proposal to ask process coordination, with the reason; it comes back when the case still stands still.

    Raises BadInput without a reason, or while a request is open.
    """
    if not reason.strip():
        raise BadInput(_("Write why it is not needed now."), field="reason")
    _hold(case)
    row = ProcessRequest.objects.create(
        municipality=case.municipality, case=case, ground=ProcessGround.STANDS_STILL, state=ProcessState.NOT_NOW,
        asked_by=asked_by, asked_at=at, decided_by=asked_by, decided_at=at, decision=reason.strip(), created_at=at,
        changed_at=at,
    )  # fmt: skip
    _tell(by, "process_not_now", row, at)
    return row


@action
def decide_process(
    *, by: Principal, at: dt.datetime, request: ProcessRequest, decided_by: StaffMember, takes_up: bool, decision: str
) -> ProcessRequest:
    """Decide on a request as process coordinator: take it up, with what you will do, or not, with why.

    Taken up, the process coordinator gets the role and with it sight of the family; a consult is answered and done.
    Raises NotAllowed for who is no process coordinator of this team, BadInput without a decision in words.
    """
    if not by.has(Role.PROCESS_COORDINATOR) or request.case.team_id not in by.teams:
        raise NotAllowed(_("A process coordinator of the team decides on this."))
    if not decision.strip():
        raise BadInput(_("Write what you decide, so that who asked can go on."), field="decision")
    consult = request.ground == ProcessGround.CONSULT
    answered = ProcessState.ENDED if consult else ProcessState.TAKEN_UP
    _move(
        request, at, from_=ProcessState.ASKED, state=answered if takes_up else ProcessState.DECLINED,
        decided_by=decided_by, decided_at=at, decision=decision.strip(), ended_at=at if takes_up and consult else None,
    )  # fmt: skip
    if takes_up and not consult:
        assign_role(by=by, at=at, case=request.case, kind=CaseRoleKind.PROCESS, staff=decided_by)
    _tell(by, "process_decided", request, at, "state", "decision")
    return request


@action
def end_process(*, by: Principal, at: dt.datetime, request: ProcessRequest, result: str) -> ProcessRequest:
    """End process coordination with what came of it; the role and its sight end with it.

    By who holds it or who works with the family. Raises BadInput without a result, or when it does not run.
    """
    if not result.strip():
        raise BadInput(_("Write what came of it."), field="result")
    _move(request, at, from_=ProcessState.TAKEN_UP, state=ProcessState.ENDED, ended_at=at, result=result.strip())
    role = role_for(by, request.case, CaseRoleKind.PROCESS, at=at)
    if role:
        end_role(by=by, at=at, role=role)
    _tell(by, "process_ended", request, at, "state", "result")
    return request
