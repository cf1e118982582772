"""Asking with an exact key whether somebody is known outside one's own families, and answering such a question.

Hit and miss look the same to who asks (docs/adr/0131). The question goes to who works with the family, who decides
whether to get in touch.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now
from rondom.core.errors import BadInput, NotAllowed, Stale
from rondom.core.events import look, subject
from rondom.desk.doors import act_once, done, family_door
from rondom.desk.person_forms import AnswerForm, ExactKeyForm
from rondom.dossiers import queries
from rondom.people.enums import ElsewhereAnswer
from rondom.people.search import EXACT_KEYS_A_DAY, answer_elsewhere, ask_elsewhere, asked_on
from rondom.people.sight import sees
from rondom.privacy.enums import Sight


@family_door
def ask(request: Any) -> HttpResponse:
    """Ask with a BSN, or with family name, date of birth and postcode, and say why."""
    at, by = now(), request.principal
    form = ExactKeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            ask_elsewhere(
                by=by, at=at, reason=said["reason"], bsn=said["bsn"], family_name=said["family_name"],
                born_on=said["born_on"], postcode=said["postcode"],
            )  # fmt: skip
            sentence = _(
                "Your question is passed on. If this person is known here, a colleague who works with the family reads "
                "it and decides whether to ring you. Nobody is told here whether somebody is known."
            )
            return done(request, sentence, reverse("desk:ask_elsewhere"))

        try:
            return act_once(request, act)
        except (BadInput, NotAllowed) as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    left = max(EXACT_KEYS_A_DAY - asked_on(by, at), 0)
    context = {"form": form, "once_key": once.fresh(), "left": left, "most": EXACT_KEYS_A_DAY}
    return render(request, "desk/ask_elsewhere.html", context, status=422 if form.errors else 200)


@family_door
def question(request: Any, knownelsewhererequest: UUID) -> HttpResponse:
    """A question of a colleague about somebody in one's family: who asks, why, how to ring; then say what you did."""
    at, by = now(), request.principal
    row, case = queries.question_for(by, knownelsewhererequest, at=at)
    about = row.person
    subjects = [("case", case), *([subject(about)] if about else [])]
    look(by, "desk.question_shown", row, subjects=subjects, at=at)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            answer = ElsewhereAnswer(form.cleaned_data["answer"])
            version = int(request.POST.get("_version") or row.version)
            answer_elsewhere(by=by, at=at, request=row, answer=answer, opened_version=version)
            return done(request, _("Handled. It is kept with the question."), reverse("desk:day"))

        try:
            return act_once(request, act)
        except Stale:
            form.add_error(None, _("A colleague handled this question a moment ago."))
    asker = queries.colleagues_by_id([row.asked_by]).get(row.asked_by)
    context = {
        "row": row, "asker": asker, "form": form, "once_key": once.fresh(), "case": case,
        "family": queries.case_names([case], by, at=at, sight=Sight.ROW)[case],
        "person": about if about and sees(by, about.pk, at=at) else None,
        "opens": bool(queries.openable(by, [case], at=at)),
    }  # fmt: skip
    return render(request, "desk/question.html", context, status=422 if form.errors else 200)
