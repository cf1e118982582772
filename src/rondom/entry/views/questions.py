"""The page of a question without a name: read it and answer it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now
from rondom.dossiers.doors import act_once, done, tried
from rondom.entry import actions, queries
from rondom.entry.enums import QuestionState
from rondom.entry.forms import AnswerForm
from rondom.entry.views.concerns import triage_door


@triage_door
def question(request: Any, openquestion: UUID) -> HttpResponse:
    """Answer a question without a name; who asked reads it with the code."""
    at, by = now(), request.principal
    row = queries.open_question(by, openquestion, at=at, page="entry.question_shown")
    waits = row.state == QuestionState.WAITING
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.answer(by=by, at=at, question=row, answered_by=staff_member(by), text=form.cleaned_data["answer"])
            return done(request, _("Answered. It counts as advice."), reverse("entry:concerns"))

        found = tried(form, lambda: act_once(request, act))
        if found:
            return found
    context = {"row": row, "form": form if waits else None, "once_key": once.fresh()}
    return render(request, "entry/question.html", context)
