"""My day: what now?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from rondom.accounts.queries import staff_member
from rondom.core import clock, once
from rondom.core.events import look
from rondom.desk.day import day_of
from rondom.desk.doors import family_door


@family_door
def my_day(request: Any) -> HttpResponse:
    """What cannot wait, today's appointments with half a page each, call-backs, what is new."""
    at, by = clock.now(), request.principal
    me = staff_member(by)
    day = day_of(by, me.first_name, at=at)
    look(by, "desk.day_shown", subjects=[("case", pk) for pk in day.cases], at=at)
    return render(request, "desk/day.html", {"day": day, "today": at, "once_key": once.fresh()})
