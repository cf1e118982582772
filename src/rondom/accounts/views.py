"""The start page, and one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rondom.accounts import queries
from rondom.accounts.doors import DoorRequest, open_door, staff_door, to_sign_in
from rondom.accounts.roles import ROLES
from rondom.accounts.start import start_path
from rondom.core import clock


@open_door()
def root(request: HttpRequest) -> HttpResponse:
    """Send everybody to the page where their work begins."""
    if getattr(request, "setting_up", False):
        return to_sign_in(request)
    return redirect(start_path(request.principal))  # type: ignore[attr-defined]


@staff_door()
def me(request: DoorRequest) -> HttpResponse:
    """Show a staff member the own account and what the own roles allow."""
    day = clock.today()
    staff = queries.staff_member_for(request.principal, request.principal.key)
    context = {
        "staff": staff,
        "teams": [m.team.name for m in queries.memberships_of(staff) if m.holds_on(day)],
        "roles": [(a, ROLES[a.role]) for a in queries.assignments_of(staff) if a.holds_on(day)],
    }
    return render(request, "accounts/me.html", context)
