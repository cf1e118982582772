"""A second person looks at a goal; the family signs; the signed plan is filed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.documents import store
from rondom.dossiers.doors import act_once, done, family_door, tried
from rondom.dossiers.frame import frame_of
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.plans import actions, queries
from rondom.plans.enums import ScreeningOutcome, SignatureState
from rondom.plans.forms import FileForm, JudgeForm, PaperForm, ScreeningForm
from rondom.plans.rules import not_smart
from rondom.plans.typesetting import written
from rondom.plans.views.plan import TAB, form_page, goal_in_sight, plan_in_sight

WEEK = dt.timedelta(days=7)


@family_door
def screening_new(request: Any, goal: UUID) -> HttpResponse:
    """Ask a colleague to look whether a goal is clear enough."""
    at, by = now(), request.principal
    row = goal_in_sight(request, goal, at)
    colleagues = queries.colleagues_to_ask(by, at=at)
    form = ScreeningForm(request.POST or None, colleagues=colleagues, initial={"due_on": today(at) + WEEK})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.ask_screening(
                by=by, at=at, goal=row, asked_by=staff_member(by), due_on=said["due_on"],
                asked_of=next(c for c in colleagues if str(c.pk) == said["asked_of"]),
            )  # fmt: skip
            return done(request, _("Asked. It is a date on the day of your colleague."), _plan_page(row.plan_id))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    title = _("A second pair of eyes")
    return form_page(request, row.case, form, at, title=title, button=_("Ask to look at it"), intro=row.text)


def _plan_page(plan: UUID) -> str:
    return reverse("plans:plan", args=[plan])


@family_door
def screening(request: Any, screening: UUID) -> HttpResponse:
    """Look as the second person whether a goal is clear enough, or read what was found."""
    at, by = now(), request.principal
    rows = queries.screenings_for(by, at=at)
    row = row_in_sight(by, rows, screening, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")
    goal = queries.goals_for(by, at=at).get(pk=row.goal_id)
    mine = row.judged_at is None and row.asked_of_id == by.key
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            outcome = ScreeningOutcome(said["outcome"])
            actions.judge_goal(by=by, at=at, screening=row, outcome=outcome, words=said["words"])
            words = _("Your colleague can order help for it.") if outcome == ScreeningOutcome.FINE else _(
                "It goes back to the family and your colleague."
            )  # fmt: skip
            return done(request, words, reverse("desk:day"))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    doers = frozenset(line.doer for line in goal.lines.all() if line.dropped_on is None)
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "screening": row, "goal": goal, "mine": mine, "form": form,
        "lines": [line for line in goal.lines.all() if line.dropped_on is None], "once_key": once.fresh(),
        "missing": not_smart(noticed_by=goal.noticed_by, due_on=goal.due_on, doers=doers),
    }  # fmt: skip
    return render(request, "plans/screening.html", context)


@family_door
@require_POST
def ask(request: Any, familyplan: UUID) -> HttpResponse:
    """Ask everybody whose signature this version needs."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)

    def act() -> str:
        actions.ask_signatures(by=by, at=at, plan=row, asked_by=staff_member(by))
        return done(request, _("Asked. Each signs on the own page, or on paper."), _plan_page(row.pk))

    return act_once(request, act)


@family_door
def paper(request: Any, plansignature: UUID) -> HttpResponse:
    """Write down that somebody signed on paper."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.signatures_for(by, at=at), plansignature, at=at, page="plans.plan_shown")
    case = open_case(by, row.case_id, at=at, page="plans.plan_shown")
    papers = list(queries.papers_in(case, by, at=at))
    form = PaperForm(request.POST or None, papers=papers, initial={"signed_on": today(at)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.register_paper(
                by=by, at=at, signature=row, registered_by=staff_member(by), signed_on=said["signed_on"],
                document=next((d for d in papers if str(d.pk) == said["document"]), None),
            )  # fmt: skip
            return done(request, _("Kept."), _plan_page(row.plan_id))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    title = _("Signed on paper by %(name)s") % {"name": row.person.name}
    return form_page(request, case, form, at, title=title, button=_("Keep"))


@family_door
def file(request: Any, familyplan: UUID) -> HttpResponse:
    """File the signed plan: per child a document with only what concerns that child."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    form = FileForm(request.POST or None)
    if all(answer.state == SignatureState.SIGNED for answer in queries.signatures_of(row)):
        del form.fields["despite"]
    if request.method == "POST" and form.is_valid():
        despite = form.cleaned_data.get("despite", "")

        def act(made: list[actions.Made]) -> str:
            rows = actions.file_signed(
                by=by, at=at, plan=row, filed_by=staff_member(by), made=made, keep=lambda data: store.keep([data]),
                despite=despite,
            )  # fmt: skip
            words = _("Filed: %(number)s documents, each with only what concerns the child.") % {"number": len(rows)}
            return done(request, words, _plan_page(row.pk))

        def file_() -> HttpResponse:
            if once.used(once.typed(request)):  # pressed twice: the answer of the first
                return act_once(request, lambda: act([]))
            made = [actions.Made(sheet, *written(sheet)) for sheet in actions.sheets_to_file(row, despite)]
            return act_once(request, lambda: act(made))

        answer = tried(form, file_)
        if answer:
            return answer
    intro = _("Each child gets a document with only what is about that child. Later changes make a new version.")
    return form_page(request, row.case, form, at, title=_("File the signed plan"), button=_("File"), intro=intro)
