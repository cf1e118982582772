"""The contact desk: what the front office does today, and how people reached it this month."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Column, Table
from rondom.core.events import look
from rondom.entry import queries
from rondom.entry.enums import Channel
from rondom.entry.forms import CountForm
from rondom.entry.views.concerns import question_row, waiting_row


@staff_door(Role.FRONT_OFFICE)
def contact_desk(request: Any) -> HttpResponse:
    """Who waits for an answer, most pressing first; what was judged and waits for the team; counting an advice."""
    at, by = now(), request.principal
    rows, questions = list(queries.waiting(by, at=at)), list(queries.unanswered(by))
    shown = [("concern", row.pk) for row in rows] + [("openquestion", row.pk) for row in questions]
    look(by, "entry.contact_desk_shown", subjects=shown, ground="triage", at=at)
    judged = queries.judged_among(rows)
    context = {
        "waiting": [waiting_row(row, at) for row in rows if row.pk not in judged],
        "judged": [waiting_row(row, at) for row in rows if row.pk in judged],
        "questions": [question_row(row, at) for row in questions],
        "counting": CountForm(initial={"channel": Channel.PHONE}), "once_key": once.fresh(),
        "table": _channels(by, today(at)),
    }  # fmt: skip
    return render(request, "entry/contact_desk.html", context)


def _channels(by: Any, day: Any) -> Table:
    """Return how often advice was enough this month, by how people reached us."""
    found = queries.advice_by_channel(by, since=day.replace(day=1))
    lines = [[label, str(found.get(value, 0))] for value, label in Channel.choices]
    lines.append([_("together"), str(sum(found.values()))])
    columns = [Column(_("How")), Column(_("Times"), numeric=True)]
    return Table(_("Advice was enough, this month"), columns, lines)
