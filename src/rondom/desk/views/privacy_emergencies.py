"""Emergency accesses: the list with the day by which somebody must have judged, and the page to judge one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.accounts.queries import staff_names
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Pill, Row, Step
from rondom.core.events import look
from rondom.core.words import clock_words, moment_words
from rondom.desk.doors import act_once, done, tried
from rondom.desk.privacy_forms import JudgeForm
from rondom.desk.privacy_places import review_door
from rondom.desk.seen import page_words
from rondom.dossiers import oversight
from rondom.privacy.actions import review_emergency
from rondom.privacy.enums import Verdict
from rondom.privacy.models import EmergencyAccess
from rondom.privacy.why import review_why

JUDGED = 20


def due_on(row: EmergencyAccess) -> dt.date:
    """Return the last day on which a judgement is in time."""
    return today(row.review_due_at - dt.timedelta(microseconds=1))


@review_door
def emergencies(request: Any) -> HttpResponse:
    """What waits to be judged, the most urgent first, and what was judged lately."""
    at, by = now(), request.principal
    rows = oversight.emergencies_for(by, at=at)
    waiting = list(rows.filter(reviewed_at=None))
    judged = list(rows.filter(reviewed_at__isnull=False).order_by("-reviewed_at")[:JUDGED])
    names = staff_names({r.staff for r in [*waiting, *judged]} | {r.reviewed_by for r in judged if r.reviewed_by})
    shown = [("dossier", r.dossier) for r in [*waiting, *judged]]
    look(by, "desk.emergencies_shown", subjects=shown, at=at)

    def line(row: EmergencyAccess, pill: Pill, text: str, verb: str, *, primary: bool) -> Row:
        address = reverse("privacy:emergency", args=[row.pk])
        name = names.get(row.staff, "")
        return Row(name, address, text, pill, Step(verb, address, primary=primary, about=name))

    open_lines = []
    for row in waiting:
        said = clock_words(due_on(row), at)
        text = _("opened one dossier, %(when)s") % {"when": moment_words(row.created_at)}
        open_lines.append(line(row, Pill(said.text, said.tone), text, _("Judge"), primary=True))
    judged_lines = []
    for row in judged:
        good = row.verdict == Verdict.JUSTIFIED
        text = _("%(when)s, judged by %(who)s") % {
            "when": moment_words(row.created_at), "who": names.get(row.reviewed_by, "") if row.reviewed_by else "",
        }  # fmt: skip
        pill = Pill(Verdict(row.verdict).label, "calm" if good else "late")
        judged_lines.append(line(row, pill, text, _("View"), primary=False))
    return render(request, "desk/privacy/emergencies.html", {"waiting": open_lines, "judged": judged_lines})


@review_door
def emergency(request: Any, emergency: UUID) -> HttpResponse:
    """One emergency access: who, when, the reason typed then, what was opened; and the judgement."""
    at, by = now(), request.principal
    row = oversight.emergency_for(by, emergency, at=at)
    look(by, "desk.emergency_shown", row, subjects=[("dossier", row.dossier), ("principal", row.staff)], at=at)
    if request.method == "POST" and row.reviewed_at:
        return HttpResponseRedirect(done(request, _("Somebody judged this already."), request.path))
    story = oversight.story_of(row)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def judge() -> str:
            review_emergency(by=by, at=at, row=row, verdict=Verdict(said["verdict"]), remark=said["remark"])
            return done(request, _("Your judgement is kept."), reverse("privacy:emergencies"))

        answer = tried(form, lambda: act_once(request, judge))
        if answer:
            return answer
    said_due = clock_words(due_on(row), at)
    context = {
        "row": row, "story": story, "form": form, "once_key": once.fresh(), "due_on": due_on(row),
        "why": review_why(row), "pill": Pill(said_due.text, said_due.tone),
        "pages": [{"at": s.at, "page": page_words(s)} for s in story.seen],
        "acts": ngettext("wrote or changed something once", "wrote or changed something %(count)s times", story.acts)
        % {"count": story.acts} if story.acts else _("wrote and changed nothing in the week after"),
        "judge": staff_names({row.reviewed_by}).get(row.reviewed_by, "") if row.reviewed_by else "",
    }  # fmt: skip
    return render(request, "desk/privacy/emergency.html", context)
