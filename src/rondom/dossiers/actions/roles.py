"""Dated roles in a case: given, handed over, ended. Sight on safety is never empty."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.accounts.queries import roles_on
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, VoidByLaw
from rondom.core.events import record
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers import signals
from rondom.dossiers.actions.files import case_subjects, relate_once
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import Case, CaseDossier, CaseRole, RoleHandover
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation


@action
def assign_role(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    kind: CaseRoleKind,
    staff: StaffMember | None = None,
    outside: str = "",
    accepted_by: str = "",
) -> CaseRole:
    """Give one of the four roles to a staff member or to somebody outside; the former holder's role ends today.

    A staff member gets a personal relation with the case and its dossiers; the former holder keeps one only through
    another role. Sight on safety moves only on acceptance (practice 9): outside when somebody there accepted it
    (`accepted_by`), to a colleague when that colleague acts (`accept_handover`, or taking it over); the first holder in
    a case needs none. Raises BadInput when neither or both holders are named, VoidByLaw without that acceptance.
    """
    if (staff is None) == (outside == ""):
        raise BadInput(_("Name either a colleague or somebody outside."), field="staff")
    if staff is not None and Role.FUNCTIONAL_ADMINISTRATOR in roles_on(staff, clock.today(at)):
        raise NotAllowed(_("Who awards roles works with no family. Choose another colleague."))
    if outside and kind == CaseRoleKind.SIGHT_ON_SAFETY and not accepted_by.strip():
        raise VoidByLaw(
            _("Sight on safety moves only when somebody accepts it. Write who said yes there; until then it is yours."),
            field="accepted_by",
        )
    day = clock.today(at)
    former = CaseRole.objects.filter(on(day), case=case, kind=kind).select_related("staff").first()
    if former and staff and kind == CaseRoleKind.SIGHT_ON_SAFETY and by.key != staff.pk != former.staff_id:
        raise VoidByLaw(
            _("Sight on safety moves only when your colleague accepts it. Offer it; until then it stays where it is."),
            field="staff",
        )
    if former:
        end_role_and_sight(by, at, former)
    role = CaseRole.objects.create(
        municipality=case.municipality,
        case=case,
        kind=kind,
        staff=staff,
        outside=outside,
        starts=day,
        accepted_by=accepted_by.strip(),
    )
    subjects = case_subjects(case, day=day)
    record(
        by, "dossiers.role_assigned", role, at=at, municipality=case.municipality,
        subjects=[*subjects, ("principal", staff.pk)] if staff else subjects,
    )  # fmt: skip
    if staff:
        relate_once(by, at, case, staff.pk, RelationKind.ASSIGNED, f"role: {kind}")
        links = CaseDossier.objects.filter(on(day), case=case).select_related("dossier")
        for link in links:
            relate_once(by, at, link.dossier, staff.pk, RelationKind.ASSIGNED, f"role: {kind}")
    signals.role_assigned.send(sender=CaseRole, role=role, first=former is None, by=by, at=at)
    return role


def end_role_and_sight(by: Principal, at: dt.datetime, role: CaseRole) -> None:
    """End a role today, and with it the personal sight of its holder unless another role in the case gives it."""
    day = clock.today(at)
    if role.starts == day:  # begun today: a role of no days never was
        role.delete()
    else:
        role.ends = day
        role.save(update_fields=["ends"])
    if role.staff_id is None:
        return
    others = CaseRole.objects.filter(on(day), case=role.case, staff=role.staff_id).exclude(pk=role.pk)
    if others.exists():
        return
    dossiers = CaseDossier.objects.filter(case=role.case).values("dossier")
    sight = Relation.objects.filter(
        moment_filter(at),
        Q(subject_kind=SubjectKind.CASE, subject=role.case_id)
        | Q(subject_kind=SubjectKind.DOSSIER, subject__in=dossiers),
        principal=role.staff_id,
        kind=RelationKind.ASSIGNED,
    )
    for relation in sight:
        end_relation(by=by, at=at, relation=relation, ground="role ended")


@action
def end_role(*, by: Principal, at: dt.datetime, role: CaseRole) -> None:
    """End a role without a successor. Raises VoidByLaw for sight on safety in an open case: that is never empty."""
    if role.kind == CaseRoleKind.SIGHT_ON_SAFETY and not role.case.closed_on:
        raise VoidByLaw(
            _("Somebody must always have sight on safety. Give it to a colleague, or write who accepted it outside.")
        )
    if role.ends:
        raise BadInput(_("This role has ended already."))
    case = role.case
    record(
        by, "dossiers.role_ended", role, at=at, municipality=case.municipality, fields=["ends"],
        subjects=case_subjects(case, day=clock.today(at)),
    )  # fmt: skip
    end_role_and_sight(by, at, role)


@action
def offer_role(
    *,
    by: Principal,
    at: dt.datetime,
    role: CaseRole,
    to: StaffMember,
    offered_by: StaffMember,
    passed_on: str,
    family_present: bool = False,
) -> RoleHandover:
    """Offer a role to a colleague with what must be known; it stays where it is until that colleague accepts (N6).

    Raises BadInput when nothing is passed on, or when the role is on offer already.
    """
    if not passed_on.strip():
        raise BadInput(_("Write what your colleague must know to take over well."), field="passed_on")
    if role.ends or role.staff_id == to.pk:
        raise BadInput(_("Choose a colleague who does not hold this role."), field="to")
    if RoleHandover.objects.filter(case=role.case_id, kind=role.kind, ended_at=None).exists():
        raise BadInput(_("This role is on offer already. Withdraw that offer first."), field="to")
    handover = RoleHandover.objects.create(
        municipality=role.municipality, case=role.case, kind=role.kind, to=to, offered_by=offered_by, offered_at=at,
        passed_on=passed_on.strip(), family_present=family_present,
    )  # fmt: skip
    record(
        by, "dossiers.role_offered", handover, at=at, municipality=role.municipality,
        subjects=[*case_subjects(role.case, day=clock.today(at)), ("principal", to.pk)],
    )  # fmt: skip
    return handover


@action
def accept_handover(*, by: Principal, at: dt.datetime, handover: RoleHandover) -> CaseRole:
    """Accept an offered role: from now it is yours. Raises NotAllowed for others, BadInput when it has ended."""
    if by.key != handover.to_id:
        raise NotAllowed(_("Only the colleague who is asked can accept."))
    _end_handover(handover, at, accepted=True)
    record(
        by, "dossiers.role_accepted", handover, at=at, municipality=handover.municipality,
        subjects=case_subjects(handover.case, day=clock.today(at)), fields=["accepted", "ended_at"],
    )  # fmt: skip
    return assign_role(by=by, at=at, case=handover.case, kind=CaseRoleKind(handover.kind), staff=handover.to)


@action
def end_handover(*, by: Principal, at: dt.datetime, handover: RoleHandover) -> None:
    """Decline (the one asked) or withdraw (the one who offered) a handover; the role stays where it is."""
    if by.key not in {handover.to_id, handover.offered_by_id}:
        raise NotAllowed(_("Only the two colleagues of this handover can end it."))
    withdraw(by=by, at=at, handover=handover)


@action
def withdraw(*, by: Principal, at: dt.datetime, handover: RoleHandover) -> None:
    """End an offer that something else has overtaken, without moving the role."""
    _end_handover(handover, at, accepted=False)
    record(
        by, "dossiers.role_offer_ended", handover, at=at, municipality=handover.municipality,
        subjects=case_subjects(handover.case, day=clock.today(at)), fields=["accepted", "ended_at"],
    )  # fmt: skip


def _end_handover(handover: RoleHandover, at: dt.datetime, *, accepted: bool) -> None:
    taken = RoleHandover.objects.filter(pk=handover.pk, ended_at=None).update(
        ended_at=at, accepted=accepted, version=handover.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("This handover has ended already."))
