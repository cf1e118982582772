"""The pages of the guided tour: a step with its button, and the button itself. Works without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from rondom.accounts.doors import open_door
from rondom.accounts.models import Account
from rondom.core.errors import NotFound
from rondom.demo import tour as guided
from rondom.demo.guard import is_local, refuse_elsewhere
from rondom.demo.views import enter

refuse_elsewhere()
AT = "demo_step"


def _number(typed: object) -> int:
    """Return the number of a step, 1 for anything that is none."""
    text = str(typed or "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return number if 1 <= number <= len(guided.STEPS) else 1


@open_door()
@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """Show one step: the one asked for, else the one whose page was opened last."""
    if not is_local(request) or not guided.present():
        raise NotFound("")
    number = _number(request.GET.get("stap") or request.session.get(AT))
    context = {
        "step": guided.STEPS[number - 1], "number": number, "total": len(guided.STEPS),
        "steps": list(enumerate((step.title for step in guided.STEPS), 1)),
        "back": number - 1, "further": number + 1 if number < len(guided.STEPS) else 0,
    }  # fmt: skip
    return render(request, "demo/tour.html", context)


@open_door()
@require_POST
@csrf_protect
def go(request: HttpRequest) -> HttpResponse:
    """Sign in as who does this step and open its page."""
    if not is_local(request) or not guided.present():
        raise NotFound("")
    number = _number(request.POST.get("stap"))
    step = guided.STEPS[number - 1]
    account = Account.objects.filter(username=step.who.username, is_active=True).first()
    if account is None:
        raise NotFound("")
    enter(request, account)
    request.session[AT] = number
    return redirect(step.address())
