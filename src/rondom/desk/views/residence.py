"""The responsible municipality: what the back office is to find out, why, and recording what was found.

The back office sees who it is about and the register facts, nothing of the help; what points to a secret place is not
among them and reads as a fact that is not known.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import clock, once
from rondom.core.clock import now
from rondom.core.components import Pill, Row, Step
from rondom.core.events import look
from rondom.core.words import date_words
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.person_forms import ResidenceForm
from rondom.desk.persons import period
from rondom.dossiers import residence
from rondom.dossiers.opening import open_dossier
from rondom.law.calendar import ONE_DAY
from rondom.law.engine import word_for
from rondom.law.residence import ResidenceFacts
from rondom.people.actions import find_residence
from rondom.people.enums import ResidenceSource
from rondom.people.models import Person
from rondom.reference.enums import AreaKind
from rondom.reference.queries import area_name, municipality_named

back_office_door = staff_door(Role.BACK_OFFICE)
PAGE = 50


def place_name(code: str) -> str:
    """Return the name of a municipality, or that none is responsible."""
    return area_name(AreaKind.MUNICIPALITY, code) if code else _("no municipality")


def _why(question: residence.Question) -> Pill:
    words = {
        "unknown": (_("not known"), "due"),
        "asked": (_("asked"), "due"),
        "differs": (_("differs"), "due"),
        "doubt": (_("doubtful"), "plain"),
        "provisional": (_("provisional"), "plain"),
    }
    return Pill(*words[question.why])


def _says(question: residence.Question) -> str:
    """Say in a few words what the law makes of the facts that are known."""
    answer = question.answer
    if answer.doubt is not None:
        return _("the law leaves room here")
    if answer.outcome is not None:
        return _("by the known facts: %(place)s") % {"place": place_name(answer.outcome.municipality)}
    return _("needed: %(facts)s") % {"facts": ", ".join(word_for(ResidenceFacts, name) for name in answer.asks)}


def _born(person: Person) -> str:
    if person.born_on:
        return _("born %(day)s") % {"day": date_words(person.born_on)}
    return _("expected %(day)s") % {"day": date_words(person.expected_on)} if person.expected_on else ""


@back_office_door
def residences(request: Any) -> HttpResponse:
    """The youths whose responsible municipality is to be found out, with what the known facts say."""
    at, by = now(), request.principal
    page = Paginator(residence.questions_to_find(by, at=at), PAGE).get_page(request.GET.get("blad"))
    look(by, "desk.residences_shown", subjects=[("dossier", q.dossier.pk) for q in page], at=at)
    rows = [
        Row(
            q.dossier.youth.name, reverse("desk:residence", args=[q.dossier.pk]),
            " · ".join(filter(None, (_born(q.dossier.youth), _says(q)))), _why(q),
            Step(_("Find out"), reverse("desk:residence", args=[q.dossier.pk]), about=q.dossier.youth.name),
        )
        for q in page
    ]  # fmt: skip
    return render(request, "desk/residences.html", {"page": page, "rows": rows})


@back_office_door
def residence_page(request: Any, dossier: UUID) -> HttpResponse:
    """One youth: what is known, what the law makes of it and why, what is missing; then record what was found."""
    at, by = now(), request.principal
    question = residence.question_of(by, dossier, at=at, page="desk.residence_shown")
    youth, answer, day = question.dossier.youth, question.answer, clock.today(at)
    outcome = answer.outcome.municipality if answer.outcome and not answer.doubt else ""
    form = ResidenceForm(
        request.POST if request.method == "POST" else None,
        initial={
            "place": place_name(outcome) if outcome else "", "starts": question.dossier.opened_on,
            "source": ResidenceSource.LAW if outcome else None,
        },
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            place = municipality_named(said["place"], on=day).code
            find_residence(
                by=by, at=at, person=youth, place=place, starts=said["starts"],
                source=ResidenceSource(said["source"]), evidence=said["evidence"], provisional=said["provisional"],
                rules=answer.grounds, explanation=answer.explanation,
            )  # fmt: skip
            return done(request, _("Recorded: %(place)s.") % {"place": place_name(place)}, reverse("desk:residences"))

        found = tried(form, lambda: act_once(request, act))
        if found:
            return found
    context = {
        "youth": youth, "question": question, "form": form, "once_key": once.fresh(), "born": _born(youth),
        "recorded": place_name(question.recorded) if question.recorded else "",
        "outcome": place_name(answer.outcome.municipality) if answer.outcome else "", **_explained(question, day),
    }  # fmt: skip
    return render(request, "desk/residence.html", context, status=422 if form.errors else 200)


def _explained(question: residence.Question, day: dt.date) -> dict[str, Any]:
    """Return why the law says so: the facts it used or lacks, and its readings where it leaves room."""
    answer, facts = question.answer, question.known.facts
    return {
        "asks": [word_for(ResidenceFacts, name) for name in answer.asks],
        "readings": [
            (r.reading, place_name(r.outcome.municipality) if r.outcome else _("not known"))
            for r in (answer.doubt.alternatives if answer.doubt else ())
        ],
        "addresses": [
            (place_name(a.municipality), period(a.starts, _after(a.last_day), day), a) for a in facts.addresses or ()
        ],
        "stays": [period(s.starts, _after(s.last_day), day) for s in facts.stays],
    }


def _after(last_day: Any) -> Any:
    """Return the first day something no longer holds."""
    return last_day + ONE_DAY if last_day else None


@family_door
@require_POST
def ask_residence(request: Any, dossier: UUID) -> HttpResponse:
    """Ask the back office to find out which municipality is responsible for a youth."""
    at, by = now(), request.principal
    row = open_dossier(by, dossier, at=at, page="desk.person_form_shown")

    def act() -> str:
        residence.ask_residence(by=by, at=at, dossier=row)
        return done(request, _("The back office finds it out."), reverse("desk:person", args=[row.youth_id]))

    return act_once(request, act)
