"""What every page about a family shares: who comes in, the form that answers a refusal, and the words afterwards."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import once
from rondom.core.errors import BadInput, Stale, Unwise, VoidByLaw

family_door = staff_door(Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
team_door = staff_door(Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)


def tried[R](form: BaseForm, act: Callable[[], R]) -> R | None:
    """Carry out, or put the refusal beside its field and return None: nothing typed is lost."""
    try:
        return act()
    except (BadInput, VoidByLaw, Unwise, Stale) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return None


def done(request: HttpRequest, sentence: Any, address: str) -> str:
    """Say what happened on the next page and return its address."""
    messages.success(request, str(sentence))
    return address


def act_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Carry out a small form once; a second press gets the answer of the first."""
    return once.answer(request, act)
