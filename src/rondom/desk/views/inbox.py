"""The inbox: everything that came in and waits for an answer of mine, from every room, in one list."""

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.core.clock import now, today
from rondom.core.components import Chip, Pill, Row, Step
from rondom.core.events import look
from rondom.desk.doors import family_door
from rondom.desk.lists import ON_A_PAGE
from rondom.dossiers.inbox import Box, Incoming, boxes, inbox_of
from rondom.dossiers.queries import case_names
from rondom.privacy.enums import Sight


@family_door
def inbox(request: Any) -> HttpResponse:
    """What presses first, then what waits longest; chips leave one kind over. Answering happens in its own room."""
    at, by = now(), request.principal
    every = inbox_of(by, at=at)
    counts = Counter(box.code for box, _each in every)
    asked = request.GET.get("soort", "")
    chosen = asked if asked in counts else ""
    page = Paginator([pair for pair in every if chosen in ("", pair[0].code)], ON_A_PAGE).get_page(
        request.GET.get("blad")
    )
    shown = list(page)
    called = case_names({each.case for _box, each in shown if each.case}, by, at=at, sight=Sight.ROW)
    subjects = dict.fromkeys(subject for _box, each in shown for subject in each.subjects)
    look(by, "desk.inbox_shown", subjects=list(subjects), at=at)
    context = {
        "page": page, "rows": [_row(box, each, called, at) for box, each in shown],
        "chips": _chips(request.path, counts, chosen), "chosen": chosen,
    }  # fmt: skip
    return render(request, "desk/inbox.html", context)


def _chips(path: str, counts: Counter[str], chosen: str) -> list[Chip]:
    """Return the kinds of which something waits, each with how many; pressed again, all of them."""
    return [
        Chip(box.label, path if box.code == chosen else f"{path}?soort={box.code}", box.code == chosen,
             counts[box.code])
        for _name, box in boxes
        if counts[box.code]
    ]  # fmt: skip


def _row(box: Box, each: Incoming, called: dict[UUID, str], at: dt.datetime) -> Row:
    family = called.get(each.case, "") if each.case else ""
    step = Step(each.step.label, each.step.url, about=f"{each.text} {family}".strip())
    text = f"{box.label} · {family}" if family else str(box.label)
    return Row(each.text, each.step.url, text, _waits(each, at), step)


def _waits(each: Incoming, at: dt.datetime) -> Pill:
    """Say how long something waits, and that it presses."""
    if each.pressing:
        return Pill(_("danger?"), "late")
    days = (today(at) - today(each.since)).days
    words = ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days > 0 else _("today")
    return Pill(words, "plain")
