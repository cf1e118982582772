"""Single-key shortcuts: which there are, and a switch per browser, as WCAG 2.1.4 asks."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

COOKIE = "rondom_keys"
YEAR = 60 * 60 * 24 * 365


def are_off(request: HttpRequest) -> bool:
    """Tell whether this person switched the shortcuts off in this browser."""
    return request.COOKIES.get(COOKIE) == "off"


def page(request: HttpRequest) -> HttpResponse:
    """Show the shortcuts; a post switches them on or off."""
    if request.method != "POST":
        return render(request, "core/shortcuts.html")
    answer = HttpResponseRedirect(request.path)
    answer.set_cookie(
        COOKIE,
        "off" if request.POST.get("keys") == "off" else "on",
        max_age=YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer
