"""What can be done with organisations, teams, staff, roles and ways to sign in. Each action writes its event."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rondom.accounts import signals
from rondom.accounts.enums import AwardState, OrganisationKind, Role
from rondom.accounts.models import (
    Account,
    Asker,
    Organisation,
    PasswordLink,
    ProviderWorker,
    Referrer,
    Resident,
    RoleAssignment,
    RoleAward,
    StaffMember,
    Team,
    TeamMembership,
)
from rondom.accounts.queries import administrators_on, principal_for, roles_on
from rondom.accounts.roles import ROLES, clash
from rondom.core import clock, keys
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound, Unwise
from rondom.core.events import Subject, record
from rondom.core.fields import blind_index
from rondom.core.ids import new_id
from rondom.core.periods import on
from rondom.core.principals import Principal, machine
from rondom.core.registry import Registry

LINK_LIFE = dt.timedelta(hours=24)

held_work: Registry[Callable[[UUID, UUID | None, dt.date], int]] = Registry("work somebody still holds")
"""Rooms above tell how many cases a staff member holds a role in: (staff, team or None, day) -> count. Never which."""


def _who(staff: StaffMember) -> list[Subject]:
    return [("principal", staff.pk)]


def _administers(by: Principal, municipality: str) -> None:
    """Refuse whoever may not award roles: another role, another municipality, or an administrator who holds more."""
    if by.kind == "machine":
        return
    if not by.has(Role.FUNCTIONAL_ADMINISTRATOR):
        raise NotAllowed(_("Only a functional administrator does this. Ask one of them."))
    if clash(Role.FUNCTIONAL_ADMINISTRATOR, by.roles):
        raise NotAllowed(_("Who awards roles holds no other role. Ask another functional administrator."))
    if by.municipality != municipality:
        raise NotFound("")


def _named(text: str, field: str = "name") -> str:
    name = " ".join(text.split())
    if not name:
        raise BadInput(_("Type a name."), field=field)
    return name


@action
def add_organisation(*, by: Principal, at: dt.datetime, name: str, kind: str) -> Organisation:
    """Add an organisation to the administrator's municipality. Raises BadInput for a name that is there already."""
    _administers(by, by.municipality)
    name = _named(name)
    if Organisation.objects.filter(municipality=by.municipality, name__iexact=name).exists():
        raise BadInput(_("There is an organisation with this name already."), field="name")
    organisation = Organisation.objects.create(
        municipality=by.municipality, name=name, kind=OrganisationKind(kind), created_at=at, changed_at=at
    )
    record(by, "accounts.organisation_added", organisation, at=at)
    return organisation


@action
def add_team(*, by: Principal, at: dt.datetime, organisation: Organisation, name: str) -> Team:
    """Add a team to an organisation. Raises BadInput for a name that is there already."""
    _administers(by, organisation.municipality)
    name = _named(name)
    if Team.objects.filter(organisation=organisation, name__iexact=name).exists():
        raise BadInput(_("This organisation has a team with this name already."), field="name")
    team = Team.objects.create(
        municipality=organisation.municipality, organisation=organisation, name=name, created_at=at, changed_at=at
    )
    record(by, "accounts.team_added", team, at=at)
    return team


@action
def add_staff(
    *,
    by: Principal,
    at: dt.datetime,
    organisation: Organisation,
    username: str,
    first_name: str,
    last_name: str,
    phone: str = "",
) -> StaffMember:
    """Let a new colleague in: an account without password, without team and without role."""
    _administers(by, organisation.municipality)
    username = _named(username, "username").lower()
    if Account.objects.filter(username__iexact=username).exists():
        raise BadInput(_("This user name is taken. Choose another one."), field="username")
    account = Account.objects.create_user(username=username, kind=Account.Kind.STAFF)
    staff = StaffMember.objects.create(
        municipality=organisation.municipality, account=account, organisation=organisation,
        first_name=_named(first_name, "first_name"), last_name=_named(last_name, "last_name"), phone=phone.strip(),
        created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "accounts.staff_added", staff, at=at, subjects=_who(staff))
    return staff


@action
def join_team(*, by: Principal, at: dt.datetime, staff: StaffMember, team: Team) -> TeamMembership:
    """Put somebody in a team of the own organisation from today."""
    _administers(by, staff.municipality)
    day = clock.today(at)
    if team.organisation_id != staff.organisation_id:
        raise BadInput(_("This team belongs to another organisation."), field="team")
    if TeamMembership.objects.filter(on(day), staff=staff, team=team).exists():
        raise BadInput(_("This colleague is in this team already."), field="team")
    membership = TeamMembership.objects.create(
        municipality=staff.municipality, staff=staff, team=team, starts=day, created_at=at, changed_at=at
    )
    record(by, "accounts.team_joined", membership, at=at, subjects=_who(staff))
    return membership


def _end(row: Any, day: dt.date, at: dt.datetime) -> None:
    """End a dated row today; a row that began today never was."""
    if row.starts >= day:
        row.delete()
    else:
        row.ends, row.changed_at = day, at
        row.save(update_fields=["ends", "changed_at"])


def _mind_work(staff: StaffMember, team: Team | None, day: dt.date, reason: str) -> None:
    """Ask a reason before work is left without anybody."""
    count = sum(count(staff.pk, team.pk if team else None, day) for _name, count in held_work)
    if count and not reason.strip():
        raise Unwise(
            _(
                "This colleague still holds a role with %(count)s families. Let the team lead hand them over first, "
                "or give a reason to go on."
            )
            % {"count": count},
            field="reason",
        )


@action
def leave_team(*, by: Principal, at: dt.datetime, membership: TeamMembership, reason: str = "") -> None:
    """Take somebody out of a team today; sight of the families of that team ends in the same transaction.

    Raises Unwise without a reason when the colleague still holds a role with families of the team.
    """
    _administers(by, membership.municipality)
    _leave(by, at, membership, reason)


def _leave(by: Principal, at: dt.datetime, membership: TeamMembership, reason: str) -> None:
    staff, team, day = membership.staff, membership.team, clock.today(at)
    _mind_work(staff, team, day, reason)
    record(
        by, "accounts.team_left", membership, at=at, subjects=_who(staff), ground="reason given" if reason else ""
    )  # fmt: skip
    _end(membership, day, at)
    signals.team_left.send(TeamMembership, staff=staff, team=team, by=by, at=at)


def _check_award(
    by: Principal, staff: StaffMember, role: str, starts: dt.date, ends: dt.date | None, day: dt.date
) -> None:
    _administers(by, staff.municipality)
    if by.key == staff.pk:
        raise NotAllowed(_("Nobody awards a role to oneself. Ask another functional administrator."))
    if role not in ROLES:
        raise BadInput(_("Choose a role."), field="role")
    if starts < day:
        raise BadInput(_("A role starts today or later."), field="starts")
    if ends is not None and ends <= starts:
        raise BadInput(_("A role ends after it started."), field="ends")
    held = roles_on(staff, starts, ends)
    if role in held:
        raise BadInput(_("This colleague has this role already."), field="role")
    working = role == Role.FUNCTIONAL_ADMINISTRATOR and any(c(staff.pk, None, day) for _n, c in held_work)
    if clash(role, held) or working:
        raise NotAllowed(_("Who awards roles holds no other role and works with no family. End the other role first."))


@action
def award_role(
    *, by: Principal, at: dt.datetime, staff: StaffMember, role: str, starts: dt.date, ends: dt.date | None = None
) -> RoleAssignment | RoleAward:
    """Award a role for a period; a role that weighs waits as a RoleAward until a second administrator confirms it.

    Raises NotAllowed when it does not go together with what the colleague holds, or for oneself.
    """
    _check_award(by, staff, role, starts, ends, clock.today(at))
    if not ROLES[role].privileged or by.kind == "machine":
        return _assign(by, at, staff, role, starts, ends, "accounts.role_awarded")
    if RoleAward.objects.filter(staff=staff, role=role, state=AwardState.WAITING).exists():
        raise BadInput(_("This role waits for a second person already."), field="role")
    award = RoleAward.objects.create(
        municipality=staff.municipality, staff=staff, role=role, starts=starts, ends=ends, asked_by_id=by.key,
        asked_at=at, created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "accounts.role_asked", award, at=at, subjects=_who(staff))
    return award


def _assign(
    by: Principal, at: dt.datetime, staff: StaffMember, role: str, starts: dt.date, ends: dt.date | None, kind: str
) -> RoleAssignment:
    assignment = RoleAssignment.objects.create(
        municipality=staff.municipality, staff=staff, role=role, starts=starts, ends=ends, created_at=at, changed_at=at
    )
    record(by, kind, assignment, at=at, subjects=_who(staff))
    return assignment


def _decide(by: Principal, at: dt.datetime, award: RoleAward, state: AwardState) -> None:
    _administers(by, award.municipality)
    taken = RoleAward.objects.filter(pk=award.pk, state=AwardState.WAITING).update(
        state=state, decided_by=by.key, decided_at=at, version=F("version") + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("Somebody else decided on this role already."))


@action
def confirm_role(*, by: Principal, at: dt.datetime, award: RoleAward) -> RoleAssignment:
    """Confirm a role somebody else asked for; it starts on the day asked, or today when that day has passed.

    Raises NotAllowed for who asked it or receives it.
    """
    if by.key in (award.asked_by_id, award.staff_id):
        raise NotAllowed(_("A second person confirms this role: not who asked for it, and not who receives it."))
    starts = max(award.starts, clock.today(at))
    _check_award(by, award.staff, award.role, starts, award.ends, clock.today(at))
    _decide(by, at, award, AwardState.CONFIRMED)
    return _assign(by, at, award.staff, award.role, starts, award.ends, "accounts.role_confirmed")


@action
def refuse_role(*, by: Principal, at: dt.datetime, award: RoleAward) -> None:
    """Do not give a role that waits; who asked for it may also take it back."""
    _decide(by, at, award, AwardState.REFUSED)
    record(by, "accounts.role_refused", award, at=at, subjects=_who(award.staff))


@action
def end_role(*, by: Principal, at: dt.datetime, assignment: RoleAssignment, reason: str = "") -> None:
    """End a role today; sight that came with it ends in the same transaction.

    Raises Unwise without a reason when families would be left without somebody, or fewer than two administrators stay.
    """
    staff, day = assignment.staff, clock.today(at)
    _administers(by, staff.municipality)
    if ROLES[assignment.role].near_families:
        _mind_work(staff, None, day, reason)
    elif len(administrators_on(staff.municipality, day) - {staff.pk}) < 2 and not reason.strip():
        raise Unwise(
            _("Fewer than two functional administrators would be left: nobody could confirm a role. Give a reason."),
            field="reason",
        )
    record(
        by, "accounts.role_ended", assignment, at=at, subjects=_who(staff), ground="reason given" if reason else ""
    )  # fmt: skip
    role = assignment.role
    _end(assignment, day, at)
    left = roles_on(staff, day)
    signals.role_ended.send(RoleAssignment, staff=staff, role=role, roles=left, by=by, at=at)


def _may_look_again(by: Principal, row: RoleAssignment | TeamMembership) -> None:
    """Refuse who may not say that a right is still needed: oneself, another municipality, another team.

    A team lead looks at who is in the own team; a functional administrator at roles, and at teams too: those of team
    leads, and of a team without one.
    """
    if by.key == row.staff_id:
        raise NotAllowed(_("Nobody confirms oneself. A colleague who may do this looks at your access."))
    if by.municipality != row.municipality:
        raise NotFound("")
    if isinstance(row, TeamMembership) and by.has(Role.TEAM_LEAD) and row.team_id in by.teams:
        return
    _administers(by, row.municipality)


@action
def keep_access(*, by: Principal, at: dt.datetime, row: RoleAssignment | TeamMembership) -> None:
    """Say that a colleague still needs a role or a team: good for another quarter (SEC-08).

    Raises NotAllowed for the own access and for who may not do this, BadInput when the right ended already.
    """
    _may_look_again(by, row)
    day = clock.today(at)
    if not row.holds_on(day):
        raise BadInput(_("This ended already."))
    type(row).objects.filter(pk=row.pk).update(
        confirmed_on=day, confirmed_by=by.key, version=F("version") + 1, changed_at=at
    )
    record(
        by, "accounts.access_confirmed", row, at=at, subjects=_who(row.staff), fields=["confirmed_on", "confirmed_by"]
    )
    row.refresh_from_db()


@action
def end_access(*, by: Principal, at: dt.datetime, row: RoleAssignment | TeamMembership, reason: str = "") -> None:
    """End a role or team that turned out not to be needed any more; sight ends with it.

    Raises NotAllowed as `keep_access`, and Unwise without a reason as `leave_team` and `end_role`.
    """
    _may_look_again(by, row)
    if isinstance(row, TeamMembership):
        _leave(by, at, row, reason)
    else:
        end_role(by=by, at=at, assignment=row, reason=reason)


@action
def leave_service(*, by: Principal, at: dt.datetime, staff: StaffMember, reason: str = "") -> None:
    """Close everything for somebody who leaves: teams, roles, sessions and the account. The name stays in history."""
    _administers(by, staff.municipality)
    if by.key == staff.pk:
        raise NotAllowed(_("You cannot close your own account. Ask another functional administrator."))
    day = clock.today(at)
    for membership in TeamMembership.objects.filter(on(day), staff=staff).select_related("team", "staff"):
        leave_team(by=by, at=at, membership=membership, reason=reason)
    for assignment in RoleAssignment.objects.filter(on(day), staff=staff).select_related("staff"):
        end_role(by=by, at=at, assignment=assignment, reason=reason)
    RoleAssignment.objects.filter(staff=staff, starts__gt=day).delete()
    for award in RoleAward.objects.filter(staff=staff, state=AwardState.WAITING):
        refuse_role(by=by, at=at, award=award)
    _close_sessions(staff.account, is_active=False)
    PasswordLink.objects.filter(account=staff.account, used_at__isnull=True).delete()
    record(by, "accounts.service_left", staff, at=at, subjects=_who(staff))


def _close_sessions(account: Account, **changes: Any) -> None:
    Account.objects.filter(pk=account.pk).update(session_generation=F("session_generation") + 1, **changes)


@action
def reset_second_factor(*, by: Principal, at: dt.datetime, staff: StaffMember) -> None:
    """Remove every second factor of a colleague and end their sessions; at the next sign-in they set up a new one."""
    _administers(by, staff.municipality)
    if by.key == staff.pk:
        raise NotAllowed(_("You cannot renew your own second factor here. Ask another functional administrator."))
    Authenticator.objects.filter(user=staff.account).delete()
    _close_sessions(staff.account)
    record(by, "accounts.second_factor_reset", staff, at=at, subjects=_who(staff))


@action
def make_password_link(*, by: Principal, at: dt.datetime, staff: StaffMember) -> str:
    """Make a link for one use within a day and return its token; it is shown once and kept as a digest only."""
    _administers(by, staff.municipality)
    if by.key == staff.pk:
        raise NotAllowed(_("You cannot make a link for yourself. Ask another functional administrator."))
    if not staff.account.is_active:
        raise BadInput(_("This account is closed."))
    token = secrets.token_urlsafe(24)
    PasswordLink.objects.filter(account=staff.account, used_at__isnull=True).delete()
    link = PasswordLink.objects.create(
        account=staff.account, digest=digest_of(token), made_by=by.key, made_at=at, expires_at=at + LINK_LIFE
    )
    record(by, "accounts.password_link_made", link, at=at, subjects=_who(staff), municipality=staff.municipality)
    return token


def digest_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


@action
def set_password(*, by: Principal, at: dt.datetime, link: PasswordLink, password: str) -> None:
    """Use a link: set the password, end every session, and make the link worthless. Raises BadInput for a weak one."""
    account = link.account
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password") from error
    taken = PasswordLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=at).update(used_at=at)
    if not taken:
        raise BadInput(_("This link was used already, or is older than a day. Ask for a new one."))
    account.set_password(password)
    account.save(update_fields=["password"])
    _close_sessions(account)
    record(by, "accounts.password_set", account, at=at, subjects=[("principal", by.key)], municipality=by.municipality)


def principal_of_link(link: PasswordLink, *, at: dt.datetime) -> Principal:
    """Return who uses a link: the staff member it was made for."""
    return principal_for(link.account, at=at) or machine("password link")


@action
def make_first_administrators(
    *, by: Principal, at: dt.datetime, organisation: Organisation, people: tuple[tuple[str, str, str], ...]
) -> dict[str, str]:
    """Let the first two functional administrators in: (user name, first name, last name) each; return their tokens.

    For `rondom init` only: a machine principal, and no administrator yet. Two, because weighty roles need two people.
    """
    if by.kind != "machine" or administrators_on(organisation.municipality, clock.today(at)):
        raise NotAllowed(_("There are functional administrators already. They let staff in."))
    if len({username.lower() for username, _first, _last in people}) < 2:
        raise BadInput(_("Name two different people: one asks for a weighty role, the other confirms it."))
    tokens = {}
    for username, first, last in people:
        staff = add_staff(by=by, at=at, organisation=organisation, username=username, first_name=first, last_name=last)
        award_role(by=by, at=at, staff=staff, role=Role.FUNCTIONAL_ADMINISTRATOR, starts=clock.today(at))
        tokens[username] = make_password_link(by=by, at=at, staff=staff)
    return tokens


@action
def note_sign_in(*, by: Principal, at: dt.datetime, account: Account, kind: str) -> None:
    """Record that somebody signed in or out, was refused, or changed a second factor (`kind`, past tense)."""
    record(by, f"accounts.{kind}", account, at=at, subjects=[("principal", by.key)], municipality=by.municipality)


@action
def admit_resident(*, by: Principal, at: dt.datetime, person: UUID, municipality: str) -> Resident:
    """Return the account of a resident whom an identity provider vouches for; made at the first sign-in."""
    resident = Resident.objects.filter(person=person).select_related("account").first()
    if resident is None:
        account = Account.objects.create_user(username=f"inwoner-{person}", kind=Account.Kind.RESIDENT)
        resident = Resident.objects.create(municipality=municipality, account=account, person=person)
    record(by, "accounts.resident_admitted", resident, at=at, subjects=[("person", person)], municipality=municipality)
    return resident


@action
def admit_asker(*, by: Principal, at: dt.datetime, number: str, municipality: str) -> Asker:
    """Return the account of somebody who is in no file here and asks a question; made at the first one.

    The number itself is kept nowhere: only its keyed index, found again under every key that is in use.
    """
    indexes = [blind_index("asker", number, municipality, each) for each in keys.ring().generations]
    rows = Asker.objects.filter(index__in=indexes).select_related("account")
    row = rows.first()
    if row is None:
        try:
            with transaction.atomic():
                account = Account.objects.create_user(username=f"vrager-{new_id()}", kind=Account.Kind.ASKER)
                row = Asker.objects.create(
                    municipality=municipality, account=account, created_at=at, changed_at=at,
                    index=blind_index("asker", number, municipality),
                )  # fmt: skip
        except IntegrityError:  # signed in twice at the same moment: the other one was first
            row = rows.get()
    else:
        Asker.objects.filter(pk=row.pk).update(changed_at=at, version=F("version") + 1)
    record(by, "accounts.asker_admitted", row, at=at, municipality=municipality)
    return row


@action
def forget_asker(*, by: Principal, at: dt.datetime, asker: Asker) -> None:
    """Let go of somebody who asked, with the account: no question of it is kept any more."""
    record(by, "accounts.asker_forgotten", asker, at=at, municipality=asker.municipality)
    account = asker.account
    asker.delete()
    account.delete()


def _account_from_outside(username: str, kind: Account.Kind) -> Account:
    """Make an account without a password, for who comes in through an identity provider for work. Raises BadInput."""
    username = _named(username, "username").lower()
    if Account.objects.filter(username__iexact=username).exists():
        raise BadInput(_("This user name is taken. Choose another one."), field="username")
    return Account.objects.create_user(username=username, kind=kind)


@action
def admit_referrer(
    *, by: Principal, at: dt.datetime, place: UUID, municipality: str, username: str, name: str, what: str = "",
    phone: str = "",
) -> Referrer:  # fmt: skip
    """Let somebody of a practice or school sign in from today; `entry` decides who may do this.

    Raises BadInput without a name, or for a user name that somebody has already.
    """
    account = _account_from_outside(username, Account.Kind.REFERRER)
    row = Referrer.objects.create(
        municipality=municipality, account=account, place=place, name=_named(name), what=what.strip(),
        phone=phone.strip(), starts=clock.today(at), created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "accounts.referrer_admitted", row, at=at, municipality=municipality, subjects=[("principal", row.pk)])
    return row


@action
def end_referrer(*, by: Principal, at: dt.datetime, referrer: Referrer) -> None:
    """End from now on that somebody signs in for a practice or school; open sessions end as well."""
    _end_outside(by, at, referrer, "accounts.referrer_ended")


def _end_outside(by: Principal, at: dt.datetime, row: Referrer | ProviderWorker, kind: str) -> None:
    ends = max(clock.today(at), row.starts + dt.timedelta(days=1))
    type(row)._default_manager.filter(pk=row.pk).update(ends=ends, changed_at=at, version=F("version") + 1)
    Account.objects.filter(pk=row.account_id).update(is_active=False, session_generation=F("session_generation") + 1)
    row.refresh_from_db()
    record(
        by, kind, row, at=at, municipality=row.municipality, fields=["ends"], subjects=[("principal", row.pk)]
    )  # fmt: skip


@action
def admit_provider_worker(
    *, by: Principal, at: dt.datetime, provider: UUID, municipality: str, username: str, name: str, phone: str = ""
) -> ProviderWorker:
    """Let somebody of a provider sign in from today; `providers` decides who may do this.

    Raises BadInput without a name, or for a user name that somebody has already.
    """
    row = ProviderWorker.objects.create(
        municipality=municipality, account=_account_from_outside(username, Account.Kind.PROVIDER), provider=provider,
        name=_named(name), phone=phone.strip(), starts=clock.today(at), created_at=at, changed_at=at,
    )  # fmt: skip
    subjects = [("principal", row.pk)]
    record(by, "accounts.provider_worker_admitted", row, at=at, municipality=municipality, subjects=subjects)
    return row


@action
def end_provider_worker(*, by: Principal, at: dt.datetime, worker: ProviderWorker) -> None:
    """End from now on that somebody signs in for a provider; open sessions end as well."""
    _end_outside(by, at, worker, "accounts.provider_worker_ended")
