"""One-click sign-in: only here, only from this machine."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from rondom.accounts.doors import open_door
from rondom.accounts.models import Account
from rondom.core.errors import NotFound
from rondom.demo import tour
from rondom.demo.guard import is_local, refuse_elsewhere
from rondom.demo.personas import PERSONAS, Persona

refuse_elsewhere()
BACKEND = "rondom.demo.backends.OneClick"


def present() -> list[Persona]:
    """Return the personas whose account exists in this demonstration."""
    accounts = Account.objects.filter(username__in=[p.username for p in PERSONAS.values()])
    known = set(accounts.values_list("username", flat=True))
    return [persona for persona in PERSONAS.values() if persona.username in known]


@open_door()
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show a card per persona."""
    if not is_local(request):
        raise NotFound("")
    return render(request, "demo/start.html", {"personas": present(), "tour": tour.present()})


@open_door()
@require_POST
@csrf_protect
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the persona named in the form and go to its first page."""
    persona = PERSONAS.get(request.POST.get("persona", ""))
    account = Account.objects.filter(username=persona.username, is_active=True).first() if persona else None
    if persona is None or account is None or not is_local(request):
        raise NotFound("")
    enter(request, account)
    return redirect(persona.start)


def enter(request: HttpRequest, account: Account) -> None:
    """Sign somebody of the cast in; whoever was signed in before is not any more."""
    if request.user.is_authenticated and request.user.pk != account.pk:
        request.session.flush()
    login(request, account, backend=BACKEND)
