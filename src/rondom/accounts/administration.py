"""Pages of the functional administrator: what waits, staff, roles, teams. No family is ever shown here."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from rondom.accounts import actions, queries, recertification, stepup
from rondom.accounts.admin_forms import AwardForm, JoinForm, OrganisationForm, ReasonForm, StaffForm, TeamForm
from rondom.accounts.doors import DoorRequest, staff_door
from rondom.accounts.enums import Role
from rondom.accounts.models import RoleAward, StaffMember
from rondom.accounts.roles import ROLES
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, Unwise

administrator_door = staff_door(Role.FUNCTIONAL_ADMINISTRATOR)
SHOWN = 50


def refusal(form: Any, error: BadInput | Unwise | NotAllowed) -> None:
    """Put a refusal beside the field it belongs to, else on top; what was typed stays."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def _to(staff: StaffMember, done: str = "") -> HttpResponse:
    address = reverse("administration:staff_member", kwargs={"staff": staff.pk})
    return redirect(f"{address}?{urlencode({'gedaan': done})}" if done else address)


@administrator_door
def start(request: DoorRequest) -> HttpResponse:
    """Show what waits for this administrator."""
    by, day = request.principal, clock.today()
    awards = list(queries.awards_waiting_for(by))
    staff = list(queries.staff_for(by))
    roles, factors = queries.roles_by_staff(staff, day), queries.second_factors(staff)
    context = {
        "mine": [a for a in awards if by.key not in (a.asked_by_id, a.staff_id)],
        "asked": [a for a in awards if a.asked_by_id == by.key],
        "without_role": [s for s in staff if s.pk not in roles],
        "without_factor": [s for s in staff if s.pk in roles and s.account_id not in factors],
        "count": len(staff),
        "late": len(recertification.late_access(by, day=day)),
    }
    return render(request, "accounts/administration/start.html", context)


@administrator_door
def staff_list(request: DoorRequest) -> HttpResponse:
    """Show the staff; searching posts, so that no name stands in an address."""
    words = request.POST.get("words", "").strip()[:80]
    gone = request.GET.get("weg") == "1"
    found = queries.staff_for(request.principal, words=words, gone=gone)
    number = int(page) if (page := request.GET.get("pagina", "1")).isdigit() and 0 < int(page) < 10_000 else 1
    rows = list(found) if words else list(found[(number - 1) * SHOWN : number * SHOWN + 1])
    more = not words and len(rows) > SHOWN
    rows = rows if words else rows[:SHOWN]
    roles, factors = queries.roles_by_staff(rows, clock.today()), queries.second_factors(rows)
    context = {
        "rows": [
            {"staff": s, "roles": roles.get(s.pk, []), "has_factor": s.account_id in factors} for s in rows
        ],
        "words": words,
        "gone": gone,
        "before": number - 1,
        "after": number + 1 if more else 0,
    }  # fmt: skip
    return render(request, "accounts/administration/staff.html", context)


@administrator_door
def add_staff(request: DoorRequest) -> HttpResponse:
    """Let a new colleague in."""
    by = request.principal
    form = StaffForm(request.POST or None, organisations=queries.organisations_for(by))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        organisation = queries.organisation_for(by, UUID(typed.pop("organisation")))
        try:
            staff = actions.add_staff(by=by, at=clock.now(), organisation=organisation, **typed)
        except BadInput as error:
            refusal(form, error)
        else:
            return _to(staff, "toegevoegd")
    return render(request, "accounts/administration/add_staff.html", {"form": form})


def _staff_context(request: DoorRequest, staff: StaffMember) -> dict[str, Any]:
    day = clock.today()
    memberships, assignments = list(queries.memberships_of(staff)), list(queries.assignments_of(staff))
    return {
        "staff": staff,
        "is_self": staff.pk == request.principal.key,
        "memberships": [m for m in memberships if m.ends is None or m.ends > day],
        "past_memberships": [m for m in memberships if m.ends is not None and m.ends <= day],
        "assignments": [a for a in assignments if a.ends is None or a.ends > day],
        "past_assignments": [a for a in assignments if a.ends is not None and a.ends <= day],
        "waiting": [a for a in queries.awards_waiting_for(request.principal) if a.staff_id == staff.pk],
        "has_factor": staff.account_id in queries.second_factors([staff]),
        "has_password": staff.account.has_usable_password(),
        "today": day,
        "done": request.GET.get("gedaan", ""),
    }


@administrator_door
def staff_page(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Show one colleague: teams and roles with their periods, and what can be done."""
    member = queries.staff_member_for(request.principal, staff)
    return render(request, "accounts/administration/staff_member.html", _staff_context(request, member))


@administrator_door
@stepup.required
def award(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Award a role: each role says itself what it allows."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    form = AwardForm(request.POST or None, initial={"starts": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.award_role(by=by, at=clock.now(), staff=member, **form.cleaned_data)
        except (BadInput, NotAllowed) as error:
            refusal(form, error)
        else:
            return _to(member, "gevraagd" if isinstance(given, RoleAward) else "rol")
    context = {"staff": member, "form": form, "roles": [(r, Role(r).label, text) for r, text in ROLES.items()]}
    return render(request, "accounts/administration/award.html", context)


@administrator_door
@stepup.required
def decide(request: DoorRequest, award: UUID) -> HttpResponse:
    """Show a role that waits for a second person, and confirm or refuse it."""
    by = request.principal
    row = queries.award_for(by, award)
    if request.method == "POST":
        if request.POST.get("decision") == "confirm":
            actions.confirm_role(by=by, at=clock.now(), award=row)
            return _to(row.staff, "rol")
        actions.refuse_role(by=by, at=clock.now(), award=row)
        return _to(row.staff, "niet-gegeven")
    context = {"award": row, "text": ROLES[row.role], "may_confirm": by.key not in (row.asked_by_id, row.staff_id)}
    return render(request, "accounts/administration/decide.html", context)


def _with_reason(request: DoorRequest, member: StaffMember, act: Any, page: dict[str, Any], done: str) -> HttpResponse:
    """Ask whether it must really happen, and for a reason when that is wise."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except (Unwise, BadInput, NotAllowed) as error:
            refusal(form, error)
        else:
            return _to(member, done)
    return render(request, "accounts/administration/sure.html", {"staff": member, "form": form, **page})


@administrator_door
@stepup.required
def end_role(request: DoorRequest, staff: UUID, assignment: UUID) -> HttpResponse:
    """End a role today."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    row = queries.assignment_of(member, assignment)
    page = {"question": "role", "what": row.get_role_display()}
    return _with_reason(
        request, member, lambda r: actions.end_role(by=by, at=clock.now(), assignment=row, reason=r), page, "einde-rol"
    )


@administrator_door
def join(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Put a colleague in a team."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    teams = queries.organisation_for(by, member.organisation_id).teams.all()
    form = JoinForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        team = queries.team_for(by, UUID(form.cleaned_data["team"]))
        try:
            actions.join_team(by=by, at=clock.now(), staff=member, team=team)
        except BadInput as error:
            refusal(form, error)
        else:
            return _to(member, "team")
    return render(request, "accounts/administration/join.html", {"staff": member, "form": form, "teams": teams})


@administrator_door
def leave(request: DoorRequest, staff: UUID, membership: UUID) -> HttpResponse:
    """Take a colleague out of a team."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    row = queries.membership_of(member, membership)
    page = {"question": "team", "what": row.team.name}
    return _with_reason(
        request, member, lambda r: actions.leave_team(by=by, at=clock.now(), membership=row, reason=r), page,
        "einde-team",
    )  # fmt: skip


@administrator_door
@stepup.required
def leave_service(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Close everything for a colleague who leaves."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    return _with_reason(
        request, member, lambda r: actions.leave_service(by=by, at=clock.now(), staff=member, reason=r),
        {"question": "service", "what": member.organisation.name}, "uit-dienst",
    )  # fmt: skip


@administrator_door
@stepup.required
@require_POST
def password_link(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Make a link to choose a password and show it, once."""
    member = queries.staff_member_for(request.principal, staff)
    token = actions.make_password_link(by=request.principal, at=clock.now(), staff=member)
    link = request.build_absolute_uri(reverse("password_link", kwargs={"token": token}))
    return render(request, "accounts/administration/link.html", {"staff": member, "link": link})


@administrator_door
@stepup.required
def reset_factor(request: DoorRequest, staff: UUID) -> HttpResponse:
    """Remove a lost second factor."""
    by = request.principal
    member = queries.staff_member_for(by, staff)
    return _with_reason(
        request, member, lambda _reason: actions.reset_second_factor(by=by, at=clock.now(), staff=member),
        {"question": "factor", "what": ""}, "tweede-stap",
    )  # fmt: skip


@administrator_door
def organisations(request: DoorRequest) -> HttpResponse:
    """Show organisations with their teams, and add an organisation."""
    by = request.principal
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_organisation(by=by, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            refusal(form, error)
        else:
            return redirect("administration:organisations")
    context = {"rows": queries.organisations_for(by), "form": form}
    return render(request, "accounts/administration/organisations.html", context)


@administrator_door
def add_team(request: DoorRequest, organisation: UUID) -> HttpResponse:
    """Add a team to an organisation."""
    by = request.principal
    row = queries.organisation_for(by, organisation)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_team(by=by, at=clock.now(), organisation=row, name=form.cleaned_data["name"])
        except BadInput as error:
            refusal(form, error)
        else:
            return redirect("administration:organisations")
    return render(request, "accounts/administration/add_team.html", {"organisation": row, "form": form})
