"""Who is signed in, with the teams and roles of this moment."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q

from rondom.accounts.enums import AwardState, Role
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
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.periods import on, overlaps
from rondom.core.principals import Principal


def principal_of_staff(staff: StaffMember, *, at: dt.datetime, session: str = "") -> Principal:
    """Return the principal of a staff member with the roles and teams that hold at this moment."""
    day = clock.today(at)
    roles = list(
        RoleAssignment.objects.filter(on(day), staff=staff).order_by("starts", "pk").values_list("role", flat=True)
    )
    teams = TeamMembership.objects.filter(on(day), staff=staff).values_list("team_id", flat=True)
    return Principal(
        key=staff.pk,
        kind="staff",
        role=roles[0] if roles else "",
        roles=frozenset(roles),
        municipality=staff.municipality,
        organisation=staff.organisation_id,
        teams=frozenset(teams),
        session=session,
    )


def principal_of_resident(resident: Resident, *, assurance: str, session: str = "") -> Principal:
    """Return the principal of a resident; key and person are the id of people.Person."""
    return Principal(
        key=resident.person,
        kind="resident",
        role="resident",
        roles=frozenset({"resident"}),
        municipality=resident.municipality,
        session=session,
        assurance=assurance,
        person=resident.person,
    )


def principal_for(account: Account, *, at: dt.datetime, session: str = "", assurance: str = "") -> Principal | None:
    """Return the principal behind an account, or None when it belongs to nobody (any more)."""
    if account.kind == Account.Kind.STAFF:
        staff = StaffMember.objects.filter(account=account).first()
        return principal_of_staff(staff, at=at, session=session) if staff else None
    if account.kind == Account.Kind.REFERRER:
        referrer = Referrer.objects.filter(on(clock.today(at)), account=account).first()
        return _visitor(referrer, "referrer", assurance, session) if referrer else None
    if account.kind == Account.Kind.PROVIDER:
        worker = ProviderWorker.objects.filter(on(clock.today(at)), account=account).first()
        return _of_provider(worker, assurance, session) if worker else None
    if account.kind == Account.Kind.ASKER:
        asker = Asker.objects.filter(account=account).first()
        return _visitor(asker, "asker", assurance, session) if asker else None
    resident = Resident.objects.filter(account=account).first()
    return principal_of_resident(resident, assurance=assurance, session=session) if resident else None


def _visitor(row: Referrer | Asker, kind: str, assurance: str, session: str) -> Principal:
    """Return the principal of somebody with one way in and no file: it can see only what it shared or asked itself."""
    return Principal(
        key=row.pk, kind=kind, role=kind, roles=frozenset({kind}), municipality=row.municipality, session=session,
        assurance=assurance, teams=frozenset({row.place}) if isinstance(row, Referrer) else frozenset(),
    )  # fmt: skip


def _of_provider(row: ProviderWorker, assurance: str, session: str) -> Principal:
    """Return the principal of somebody of a provider: it acts on the responsibility of that provider."""
    return Principal(
        key=row.pk, kind="provider", role="provider", roles=frozenset({"provider"}), municipality=row.municipality,
        organisation=row.provider, session=session, assurance=assurance,
    )  # fmt: skip


def staff_names(ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of staff members by id."""
    return {s.pk: s.name for s in StaffMember.objects.filter(pk__in=ids)}


def team_names(ids: Iterable[str]) -> dict[str, str]:
    """Return the names of teams by the text of their id."""
    return {str(team.pk): team.name for team in Team.objects.filter(pk__in=[one for one in ids if one])}


def kind_of_organisation(by: Principal) -> str:
    """Return the kind of the organisation somebody works for; "" without one."""
    if by.organisation is None:
        return ""
    return Organisation.objects.filter(pk=by.organisation).values_list("kind", flat=True).first() or ""


def organisation_kinds(ids: set[UUID]) -> dict[UUID, str]:
    """Return the kind of each organisation: what may be told of it to whoever may not know its name."""
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "kind"))


def roles_on(staff: StaffMember, starts: dt.date, ends: dt.date | None = None) -> frozenset[str]:
    """Return the roles somebody holds on a day, or on any day of a period (`ends` empty: from then on)."""
    period = overlaps(starts, ends) if ends else Q(ends__isnull=True) | Q(ends__gt=starts)
    return frozenset(RoleAssignment.objects.filter(period, staff=staff).values_list("role", flat=True))


def administrators_on(municipality: str, day: dt.date) -> set[UUID]:
    """Return the ids of the functional administrators of a municipality whose account is in use."""
    held = RoleAssignment.objects.filter(
        on(day), municipality=municipality, role=Role.FUNCTIONAL_ADMINISTRATOR, staff__account__is_active=True
    )
    return set(held.values_list("staff_id", flat=True))


def _one(rows: Any, pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def organisations_for(by: Principal) -> Any:
    """Return the organisations of the administrator's municipality, with their teams at hand."""
    return Organisation.objects.filter(municipality=by.municipality).order_by("name").prefetch_related("teams")


def organisation_for(by: Principal, pk: UUID) -> Organisation:
    """Return one organisation of the administrator's municipality; raises NotFound otherwise."""
    return _one(organisations_for(by), pk)


def team_for(by: Principal, pk: UUID) -> Team:
    """Return one team of the administrator's municipality; raises NotFound otherwise."""
    return _one(Team.objects.filter(municipality=by.municipality), pk)


def staff_for(by: Principal, *, words: str = "", gone: bool = False) -> Any:
    """Return the staff of the administrator's municipality by name; `gone` shows closed accounts instead."""
    rows = StaffMember.objects.filter(municipality=by.municipality, account__is_active=not gone)
    for word in words.split():
        rows = rows.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(account__username__icontains=word)
        )
    return rows.select_related("organisation", "account").order_by("last_name", "first_name", "pk")


def staff_member_for(by: Principal, pk: UUID) -> StaffMember:
    """Return one staff member of the administrator's municipality; raises NotFound otherwise."""
    rows = StaffMember.objects.filter(municipality=by.municipality)
    return _one(rows.select_related("organisation", "account"), pk)


def memberships_of(staff: StaffMember) -> Any:
    """Return every team period of somebody, newest first."""
    return TeamMembership.objects.filter(staff=staff).select_related("team", "staff").order_by("-starts", "pk")


def assignments_of(staff: StaffMember) -> Any:
    """Return every role period of somebody, newest first."""
    return RoleAssignment.objects.filter(staff=staff).select_related("staff").order_by("-starts", "pk")


def membership_of(staff: StaffMember, pk: UUID) -> TeamMembership:
    """Return one team period; raises NotFound otherwise."""
    return _one(memberships_of(staff), pk)


def assignment_of(staff: StaffMember, pk: UUID) -> RoleAssignment:
    """Return one role period; raises NotFound otherwise."""
    return _one(assignments_of(staff), pk)


def roles_by_staff(rows: list[StaffMember], day: dt.date) -> dict[UUID, list[str]]:
    """Return the labels of the roles of a day for a list of staff, in one query."""
    found: dict[UUID, list[str]] = {}
    held = RoleAssignment.objects.filter(on(day), staff__in=rows).order_by("starts", "pk")
    for assignment in held:
        found.setdefault(assignment.staff_id, []).append(assignment.get_role_display())
    return found


def second_factors(rows: list[StaffMember]) -> set[UUID]:
    """Return the account ids that have a second factor (recovery codes alone are none), in one query."""
    accounts = [row.account_id for row in rows]
    held = Authenticator.objects.filter(user__in=accounts).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(held.values_list("user_id", flat=True))


def awards_waiting_for(by: Principal) -> Any:
    """Return the roles of the administrator's municipality that wait for a second person, oldest first."""
    rows = RoleAward.objects.filter(municipality=by.municipality, state=AwardState.WAITING)
    return rows.select_related("staff__organisation", "asked_by").order_by("asked_at", "pk")


def award_for(by: Principal, pk: UUID) -> RoleAward:
    """Return one role award of the administrator's municipality; raises NotFound otherwise."""
    return _one(RoleAward.objects.filter(municipality=by.municipality).select_related("staff", "asked_by"), pk)


def link_of(digest: bytes, *, at: dt.datetime) -> PasswordLink | None:
    """Return a password link that can still be used."""
    rows = PasswordLink.objects.filter(used_at__isnull=True, expires_at__gt=at, account__is_active=True)
    return rows.filter(digest=digest).select_related("account").first()


def account_called(username: str) -> Account | None:
    """Return a staff account in use by its user name."""
    rows = Account.objects.filter(username__iexact=username, kind=Account.Kind.STAFF, is_active=True)
    return rows.first()


def staff_member(by: Principal) -> StaffMember:
    """Return the staff member behind a principal; raises NotFound for residents and machines."""
    return _signed_in(StaffMember, "staff", by)


def _signed_in[M: (StaffMember, Referrer, ProviderWorker)](model: type[M], kind: str, by: Principal) -> M:
    row = model._default_manager.filter(pk=by.key).first() if by.kind == kind else None
    if row is None:
        raise NotFound("")
    return row


def _called_outside[M: (Referrer, ProviderWorker)](model: type[M], username: str, day: dt.date) -> M | None:
    rows = model._default_manager.filter(on(day), account__username__iexact=username, account__is_active=True)
    return rows.select_related("account").first() if username else None


def referrer(by: Principal) -> Referrer:
    """Return who signed in for a practice or school; raises NotFound for everybody else."""
    return _signed_in(Referrer, "referrer", by)


def referrer_called(username: str, day: dt.date) -> Referrer | None:
    """Return who may sign in for a practice or school on a day, by the name an identity provider gives."""
    return _called_outside(Referrer, username, day)


def referrers_of(place: UUID) -> Any:
    """Return who could and can sign in for a practice or school, newest first."""
    return Referrer.objects.filter(place=place).select_related("account").order_by("-starts", "-pk")


def provider_worker(by: Principal) -> ProviderWorker:
    """Return who signed in for a provider; raises NotFound for everybody else."""
    return _signed_in(ProviderWorker, "provider", by)


def provider_worker_called(username: str, day: dt.date) -> ProviderWorker | None:
    """Return who may sign in for a provider on a day, by the name an identity provider gives."""
    return _called_outside(ProviderWorker, username, day)


def provider_workers_of(provider: UUID) -> Any:
    """Return who could and can sign in for a provider, newest first."""
    return ProviderWorker.objects.filter(provider=provider).select_related("account").order_by("-starts", "-pk")


def provider_worker_for(by: Principal, pk: UUID) -> ProviderWorker:
    """Return who signs in for a provider of one's municipality; raises NotFound, also when that ended."""
    rows = ProviderWorker.objects.filter(municipality=by.municipality, account__is_active=True)
    return _one(rows.select_related("account"), pk)
