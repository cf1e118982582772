"""Read a plan, make it, agree on it, look back."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.dossiers import doors
from rondom.dossiers import queries as dossiers
from rondom.dossiers.doors import act_once, done, family_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.entry.enums import CHOICE_OF
from rondom.entry.queries import beginnings, triage_in
from rondom.law.person import age_on
from rondom.plans import actions, queries
from rondom.plans.enums import Answer, Doer, Outcome, PlanState, SignatureState, WritingState
from rondom.plans.forms import AgreeForm, BeginForm, EvaluateForm, GoalForm, HeadForm, LineForm
from rondom.plans.models import FamilyPlan, Goal
from rondom.plans.rules import said

TAB = "plans:of_family"
form_page = partial(doors.form_page, tab=TAB)
BEGIN, HEAD, GOAL, GOAL_CHANGE, LOOK_BACK = (
    "plans.begin", "plans.head", "plans.goal", "plans.goal_change", "plans.look_back",
)  # fmt: skip
SPEAKS_FROM = 12  # Jw 7.3.4: from 12 on a young person is heard and agrees beside the parents

FORMS.register(BEGIN, DraftForm(gettext_lazy("Begin a plan"), lambda case: reverse("plans:begin", args=[case])))
FORMS.register(HEAD, DraftForm(gettext_lazy("Change the plan"), lambda plan: reverse("plans:change", args=[plan])))
FORMS.register(GOAL, DraftForm(gettext_lazy("A goal"), lambda plan: reverse("plans:goal_new", args=[plan])))
FORMS.register(
    GOAL_CHANGE, DraftForm(gettext_lazy("Change a goal"), lambda goal: reverse("plans:goal_change", args=[goal]))
)
FORMS.register(LOOK_BACK, DraftForm(gettext_lazy("Look back"), lambda plan: reverse("plans:evaluate", args=[plan])))


@family_door
def of_family(request: Any, case: UUID) -> HttpResponse:
    """The plan of a family: what goes well, the goals in their words, who does what; or how to begin."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="plans.plan_shown")
    return _show(request, row, queries.plan_in(row, by, at=at), at)


@family_door
def plan(request: Any, familyplan: UUID) -> HttpResponse:
    """One plan of a family that has more of them."""
    at = now()
    row = plan_in_sight(request, familyplan, at)
    return _show(request, row.case, row, at)


def plan_in_sight(request: Any, pk: UUID, at: dt.datetime) -> FamilyPlan:
    """Return a plan within sight and record the look at its case."""
    by = request.principal
    row = row_in_sight(by, queries.plans_for(by, at=at), pk, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")
    return row


def goal_in_sight(request: Any, pk: UUID, at: dt.datetime) -> Goal:
    """Return a goal within sight and record the look at its case."""
    by = request.principal
    row = row_in_sight(by, queries.goals_for(by, at=at).select_related("plan"), pk, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")
    return row


def _show(request: Any, case: Case, row: FamilyPlan | None, at: dt.datetime) -> HttpResponse:
    by = request.principal
    goals = queries.goals_in(row, by, at=at) if row else []
    triage = triage_in(case)
    context = {
        "frame": frame_of(case, by, at=at, tab=TAB), "plan": row,
        "goals": _shown(goals, by, at),
        **_around(row, case, by, at),
        "others": [p for p in queries.plans_for(by, at=at).filter(case=case) if row is None or p.pk != row.pk],
        "missing": said(queries.gaps_of(row)) if row and row.state == PlanState.CONCEPT else "",
        "agreed": queries.agreed_with(row) if row else [],
        "evaluations": queries.evaluations_for(by, at=at).filter(plan=row) if row else [],
        "triage": triage, "choice": CHOICE_OF.get(triage.kind, "") if triage else "",
        "beginnings": beginnings(case, by, at=at)[:5],
        "date": pill_of(row.evaluation_clock.due, at) if row and row.evaluation_clock else None,
        "changes": bool(row and row.state in PlanState.open_states() and not case.closed_on),
        "once_key": once.fresh(), "advices": queries.advices_for(by, at=at).filter(case=case)[:10],
    }  # fmt: skip
    return render(request, "plans/plan.html", context)


def _shown(goals: list[Goal], by: Any, at: dt.datetime) -> list[tuple[Goal, list[Any], Any]]:
    """Return each goal with its lines and the newest screening of it."""
    newest: dict[UUID, Any] = {}
    if goals:
        for screening in queries.screenings_for(by, at=at).filter(goal__plan=goals[0].plan_id):
            newest.setdefault(screening.goal_id, screening)
    return [(goal, _lines(goal, at), newest.get(goal.pk)) for goal in goals]


def _around(row: FamilyPlan | None, case: Case, by: Any, at: dt.datetime) -> dict[str, Any]:
    """Return what stands around the goals: what was told, who keeps it going, who signs, what was written at home."""
    day = today(at)
    shared = list(queries.writings_for(by, at=at).filter(case=case, state=WritingState.SHARED))
    meetings = queries.plan_meetings_in(case, by, at=at)[:5]
    if row is None:
        return {"shared": shared, "plan_meetings": meetings}
    labels = dict(queries.domains(day))
    findings = queries.findings_for(by, at=at).filter(plan=row)
    signatures = queries.signatures_of(row) if row.agreed_on else []
    return {
        "shared": shared, "plan_meetings": meetings, "guardian": queries.guardian_of(row),
        "findings": [(one, labels.get(one.domain, one.domain)) for one in findings],
        "screening_asked": queries.screening_is_asked(row.municipality, day),
        "signatures": [s for s in queries.signatures_for(by, at=at).filter(plan=row) if s in signatures],
        "all_signed": all(s.state == SignatureState.SIGNED for s in signatures),
        "filed": queries.filed_of(row, by, at=at) if signatures else [],
        "is_filed": bool(signatures) and queries.is_filed(row),
    }  # fmt: skip


def _lines(goal: Goal, at: dt.datetime) -> list[Any]:
    live = [line for line in goal.lines.all() if line.dropped_on is None]
    return [(line, None if line.done_on else pill_of(line.due_on, at)) for line in live]


@family_door
def begin(request: Any, case: UUID) -> HttpResponse:
    """Begin a plan with what goes well."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="plans.plan_shown")
    form, draft = form_with_draft(
        request, BeginForm, name=BEGIN, subject=row.pk, anchor=row, second=queries.open_plans(row).exists()
    )
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data

        def act() -> str:
            me = staff_member(by)
            made = actions.begin(
                by=by, at=at, case=row, begun_by=me, going_well=said_["going_well"],
                second_because=said_.get("second_because", ""),
            )  # fmt: skip
            rest = ("effort", "duration", "perspective", "cost", "first_evaluation_on", "cannot_direct")
            changes = {name: said_[name] for name in rest}
            if any(changes.values()):
                actions.change(by=by, at=at, plan=made, changes=changes, opened_version=made.version, kept_by=me)
            return done(request, _("Begun. Now the first goal."), reverse("plans:goal_new", args=[made.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row, form, at, title=_("Begin a plan"), button=_("Begin"), draft=draft)


@family_door
def change(request: Any, familyplan: UUID) -> HttpResponse:
    """Change what goes well, the duration, and the first evaluation."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    fields = [name for name in sorted(actions.HEAD) if row.state == PlanState.CONCEPT or name != "first_evaluation_on"]
    form, draft = form_with_draft(
        request, HeadForm, name=HEAD, subject=row.pk, anchor=row.case, record=row,
        agreed=row.state != PlanState.CONCEPT, values=lambda plan: {name: getattr(plan, name) for name in fields},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change(
                by=by, at=at, plan=row, changes=form.cleaned_data, opened_version=draft.opened_version,
                kept_by=staff_member(by),
            )  # fmt: skip
            return done(request, _("Kept."), reverse("plans:plan", args=[row.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("Change the plan"), button=_("Keep"), draft=draft)


@family_door
def goal_new(request: Any, familyplan: UUID) -> HttpResponse:
    """Add a goal, in the family's words."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    people = dossiers.people_in(row.case, by, at=at)
    form, draft = form_with_draft(request, GoalForm, name=GOAL, subject=row.pk, anchor=row.case, people=people)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            goal = actions.add_goal(
                by=by, at=at, plan=row, text=form.cleaned_data["text"], said_by=form.cleaned_data["said_by"],
                noticed_by=form.cleaned_data["noticed_by"], due_on=form.cleaned_data["due_on"],
                kept_by=staff_member(by),
                concerns=[p for p in people if str(p.pk) in form.cleaned_data["concerns"]],
            )  # fmt: skip
            return done(request, _("Kept. Who does what for it?"), reverse("plans:line_new", args=[goal.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("A goal"), button=_("Keep goal"), draft=draft)


@family_door
def goal_change(request: Any, goal: UUID) -> HttpResponse:
    """Change a goal."""
    at, by = now(), request.principal
    row = goal_in_sight(request, goal, at)
    people = dossiers.people_in(row.case, by, at=at)
    fields = sorted(actions.OF_A_GOAL)

    def values(goal_: Goal) -> dict[str, Any]:
        about = [str(pk) for pk in goal_.concerns.values_list("pk", flat=True)]
        return {**{name: getattr(goal_, name) for name in fields}, "concerns": about}

    form, draft = form_with_draft(
        request, GoalForm, name=GOAL_CHANGE, subject=row.pk, anchor=row.case, record=row, people=people, values=values
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.change_goal(
                by=by, at=at, goal=row, changes={name: form.cleaned_data[name] for name in fields},
                concerns=[p for p in people if str(p.pk) in form.cleaned_data["concerns"]],
                opened_version=draft.opened_version, kept_by=staff_member(by),
            )  # fmt: skip
            return done(request, _("Kept."), reverse("plans:plan", args=[row.plan_id]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("Change a goal"), button=_("Keep goal"), draft=draft)


@family_door
def line_new(request: Any, goal: UUID) -> HttpResponse:
    """Agree on who does what for a goal."""
    at, by = now(), request.principal
    row = goal_in_sight(request, goal, at)
    form = LineForm(request.POST or None, initial={"doer": Doer.FAMILY})
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data

        def act() -> str:
            actions.add_line(
                by=by, at=at, goal=row, doer=Doer(said_["doer"]), who=said_["who"], what=said_["what"],
                due_on=said_["due_on"], kept_by=staff_member(by),
            )  # fmt: skip
            return done(request, _("Kept."), reverse("plans:plan", args=[row.plan_id]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    words = {"title": _("Who does what?"), "button": _("Keep"), "intro": row.text}
    return form_page(request, row.case, form, at, **words)


@family_door
@require_POST
def line_end(request: Any, planline: UUID) -> HttpResponse:
    """A line is done, or not needed any more."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.lines_for(by, at=at), planline, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")

    def act() -> str:
        finished = request.POST.get("do") != "drop"
        actions.end_line(by=by, at=at, line=row, done=finished, kept_by=staff_member(by))
        return done(request, _("Done.") if finished else _("Left out."), reverse("plans:plan", args=[row.goal.plan_id]))

    return act_once(request, act)


@family_door
def agree(request: Any, familyplan: UUID) -> HttpResponse:
    """Agree on the plan with the family."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    day = today(at)
    people = [
        p for p in dossiers.people_in(row.case, by, at=at) if not p.is_unborn
        and (p.born_on is None or age_on(p.born_on, day) >= SPEAKS_FROM)
    ]  # fmt: skip
    form = AgreeForm(request.POST or None, people=people, gaps=queries.gaps_of(row))
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data

        def act() -> str:
            actions.agree(
                by=by, at=at, plan=row, agreed=[p for p in people if str(p.pk) in said_["agreed"]],
                kept_by=staff_member(by), opened_version=row.version,
                no_network_because=said_.get("no_network_because", ""),
                without_agreement_because=said_["without_agreement_because"],
            )  # fmt: skip
            return done(
                request, _("Agreed. The first evaluation is a date on your day."), reverse(TAB, args=[row.case_id])
            )

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("Agree on the plan"), button=_("We agree on this plan"))


@family_door
def evaluate(request: Any, familyplan: UUID) -> HttpResponse:
    """Look back together: the fixed questions and one outcome."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    goals = queries.goals_in(row, by, at=at)
    form, draft = form_with_draft(
        request, EvaluateForm, name=LOOK_BACK, subject=row.pk, anchor=row.case, goals=goals,
        initial={"held_on": today(at)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said_ = form.cleaned_data

        def act() -> str:
            outcome = Outcome(said_["outcome"])
            actions.evaluate(
                by=by, at=at, plan=row, written_by=staff_member(by), held_on=said_["held_on"],
                answers=actions.Answers(
                    Answer(said_["helped"]), Answer(said_["satisfied"]), Answer(said_["alone"]), said_["more_problems"]
                ),
                outcome=outcome, goal_states={goal.pk: said_[f"goal_{n}"] for n, goal in enumerate(goals)},
                words=said_["words"], said_by=said_["said_by"], next_on=said_["next_on"], talk_on=said_["talk_on"],
                despite=said_["despite"],
            )  # fmt: skip
            if outcome == Outcome.OUT:
                words = _("The plan is ended. Is all help stopped? Then close the case.")
                return done(request, words, reverse("desk:family_close", args=[row.case_id]))
            return done(
                request, _("Kept. You look back again on the date you agreed."), reverse(TAB, args=[row.case_id])
            )

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("Look back together"), button=_("Keep"), draft=draft)


@family_door
def versions(request: Any, familyplan: UUID) -> HttpResponse:
    """How the plan read before, and who agreed then."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "plan": row, "versions": queries.versions_of(row, by, at=at),
    }  # fmt: skip
    return render(request, "plans/versions.html", context)
