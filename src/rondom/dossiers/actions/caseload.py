"""Many families at once: cover for an absent colleague, and a caseload that moves with a second person's approval."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember, Team
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import Subject, record, subject
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.actions.files import relate_once
from rondom.dossiers.actions.roles import assign_role, offer_role, withdraw
from rondom.dossiers.due import end_of
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import (
    Case,
    CaseDossier,
    CaseloadMove,
    CaseRole,
    Clock,
    Cover,
    CoveredCase,
    Dossier,
    MovedCase,
    RoleHandover,
)
from rondom.dossiers.rules import directs
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

LONGEST_COVER = dt.timedelta(days=92)


def _cases_of(staff: StaffMember, team: Team, day: dt.date) -> list[Case]:
    held = CaseRole.objects.filter(on(day), staff=staff).values("case")
    return list(Case.objects.filter(pk__in=held, team=team, closed_on=None).order_by("opened_on", "pk"))


@action
def cover(
    *, by: Principal, at: dt.datetime, team: Team, absent: StaffMember, taken_by: StaffMember, until: dt.date
) -> Cover:
    """Let a colleague see to the families of an absent one, from today up to and including `until`.

    Gives sight that ends by date; roles and clocks stay where they are, and show at both. Shielded dossiers are not
    shared this way. Raises NotAllowed for who does not direct the team, BadInput for an empty or overlong period.
    """
    if not directs(by, team):
        raise NotAllowed(_("Cover is arranged by the team lead or the process coordinator."))
    day = clock.today(at)
    if absent.pk == taken_by.pk:
        raise BadInput(_("Choose another colleague."), field="taken_by")
    if not day <= until <= day + LONGEST_COVER:
        raise BadInput(_("Choose a last day from today up to three months ahead."), field="until")
    ends = until + dt.timedelta(days=1)
    row = Cover.objects.create(municipality=team.municipality, absent=absent, taken_by=taken_by, starts=day, ends=ends)
    cases = _cases_of(absent, team, day)
    CoveredCase.objects.bulk_create([CoveredCase(cover=row, case=case) for case in cases])
    named: list[Subject] = [("principal", absent.pk), ("principal", taken_by.pk), *map(subject, cases)]
    record(by, "dossiers.cover_arranged", row, at=at, municipality=team.municipality, subjects=named)
    things: list[Case | Dossier] = [*cases, *_open_dossiers(cases, day)]
    for thing in things:
        relate_once(by, at, thing, taken_by.pk, RelationKind.COVER, "cover for a colleague", end_of(until))
    return row


def _open_dossiers(cases: Iterable[Case], day: dt.date) -> list[Dossier]:
    linked = CaseDossier.objects.filter(on(day), case__in=list(cases)).values("dossier")
    return list(Dossier.objects.filter(pk__in=linked, shielded=False))


@action
def end_cover(*, by: Principal, at: dt.datetime, row: Cover) -> None:
    """End a cover early: the colleague is back. Sight through another cover of the same families stays."""
    day = clock.today(at)
    cases = list(row.cases.all())
    if not cases or not all(directs(by, case.team) or by.key in {row.absent_id, row.taken_by_id} for case in cases):
        raise NotAllowed(_("Cover is ended by the team lead, the process coordinator or one of the two colleagues."))
    record(
        by, "dossiers.cover_ended", row, at=at, municipality=row.municipality, fields=["ends"],
        subjects=[("principal", row.absent_id), ("principal", row.taken_by_id), *map(subject, cases)],
    )  # fmt: skip
    others = Cover.objects.filter(on(day), taken_by=row.taken_by_id).exclude(pk=row.pk)
    still = set(CoveredCase.objects.filter(cover__in=others).values_list("case_id", flat=True))
    over = [case for case in cases if case.pk not in still]
    subjects = [case.pk for case in over] + [dossier.pk for dossier in _open_dossiers(over, day)]
    standing = Relation.objects.filter(
        moment_filter(at), principal=row.taken_by_id, kind=RelationKind.COVER, subject__in=subjects,
        subject_kind__in=(SubjectKind.CASE, SubjectKind.DOSSIER),
    )  # fmt: skip
    for relation in standing:
        end_relation(by=by, at=at, relation=relation, ground="cover ended")
    if row.starts == day:
        row.delete()
    else:
        row.ends = day
        row.save(update_fields=["ends"])


@action
def ask_move(
    *,
    by: Principal,
    at: dt.datetime,
    team: Team,
    giver: StaffMember,
    receiver: StaffMember,
    cases: Iterable[Case],
    asked_by: StaffMember,
    reason: str,
) -> CaseloadMove:
    """Ask to move families of one colleague to another; nothing moves before a second person approves."""
    chosen = list(cases)
    if not directs(by, team):
        raise NotAllowed(_("A caseload is moved by the team lead or the process coordinator."))
    if not chosen:
        raise BadInput(_("Choose at least one family."), field="cases")
    if giver.pk == receiver.pk:
        raise BadInput(_("Choose another colleague."), field="receiver")
    if not reason.strip():
        raise BadInput(_("Write why these families move; the colleague who approves reads it."), field="reason")
    if any(case.team_id != team.pk for case in chosen):
        raise BadInput(_("These families are not all with this team."), field="cases")
    move = CaseloadMove.objects.create(
        municipality=team.municipality, team=team, giver=giver, receiver=receiver, reason=reason.strip(),
        asked_by=asked_by, asked_at=at,
    )  # fmt: skip
    MovedCase.objects.bulk_create([MovedCase(move=move, case=case) for case in chosen])
    record(
        by, "dossiers.move_asked", move, at=at, municipality=team.municipality,
        subjects=[("principal", giver.pk), ("principal", receiver.pk), *map(subject, chosen)],
    )  # fmt: skip
    return move


@action
def decide_move(
    *, by: Principal, at: dt.datetime, move: CaseloadMove, decided_by: StaffMember, approve: bool
) -> CaseloadMove:
    """Approve or refuse a move as the second person; approving moves every role and running clock of the giver.

    Sight on safety is offered to the receiver and stays with the giver until it is accepted (practice 9).

    Raises NotAllowed for the one who asked and for who does not direct the team, BadInput when it was decided already.
    """
    if by.key == move.asked_by_id or not directs(by, move.team):
        raise NotAllowed(_("A second person decides: another team lead or process coordinator of this team."))
    taken = CaseloadMove.objects.filter(pk=move.pk, approved=None).update(
        decided_by=decided_by, decided_at=at, approved=approve, version=move.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("Somebody has decided about this already."))
    move.refresh_from_db()
    cases = list(move.cases.filter(closed_on=None))
    record(
        by, "dossiers.move_approved" if approve else "dossiers.move_refused", move, at=at,
        municipality=move.municipality, fields=["approved"],
        subjects=[("principal", move.giver_id), ("principal", move.receiver_id), *map(subject, cases)],
    )  # fmt: skip
    if approve:
        _carry_out(by, at, move, cases)
    return move


def _carry_out(by: Principal, at: dt.datetime, move: CaseloadMove, cases: list[Case]) -> None:
    held = CaseRole.objects.filter(on(clock.today(at)), case__in=cases, staff=move.giver_id).select_related("case")
    for role in list(held):
        if role.kind == CaseRoleKind.SIGHT_ON_SAFETY:
            _offer(by, at, move, role)
        else:
            assign_role(by=by, at=at, case=role.case, kind=CaseRoleKind(role.kind), staff=move.receiver)
    running = Clock.objects.filter(case__in=cases, rests_with=move.giver_id, state__in=ClockState.open_states())
    running.update(rests_with=move.receiver, changed_at=at)


def _offer(by: Principal, at: dt.datetime, move: CaseloadMove, role: CaseRole) -> None:
    """Offer sight on safety to the receiver of a move; an offer that stands to another colleague ends."""
    standing = RoleHandover.objects.filter(case=role.case_id, kind=role.kind, ended_at=None).first()
    if standing and standing.to_id == move.receiver_id:
        return
    if standing:
        withdraw(by=by, at=at, handover=standing)
    offer_role(by=by, at=at, role=role, to=move.receiver, offered_by=move.asked_by, passed_on=move.reason)
