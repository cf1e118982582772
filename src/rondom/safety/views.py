"""Pages about safety: how a family stands, an assessment, an agreement, where sight lies, and the weekend."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import look
from rondom.core.why import of_law
from rondom.dossiers import queries as dossiers
from rondom.dossiers.doors import act_once, done, family_door, form_page, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.dossiers.rules import directs
from rondom.safety import actions, queries, rules
from rondom.safety.actions import Judged
from rondom.safety.enums import ConditionState, Met, Occasion, Outcome, Outside, Risk
from rondom.safety.forms import BROKEN, END, AssessForm, BackForm, CheckForm, ConditionForm, OutsideForm
from rondom.safety.models import SafetyCondition

TAB, SHOWN = "safety:of_family", "safety.safety_shown"
ASSESS, AGREE = "safety.assess", "safety.agree"
SIGHT = CaseRoleKind.SIGHT_ON_SAFETY

FORMS.register(ASSESS, DraftForm(gettext_lazy("Assess safety"), lambda case: reverse("safety:assess", args=[case])))
FORMS.register(
    AGREE, DraftForm(gettext_lazy("An agreement about safety"), lambda case: reverse("safety:agree", args=[case]))
)


@family_door
def of_family(request: Any, case: UUID) -> HttpResponse:
    """How safe each child is, what is agreed, with whom sight on safety lies, and how it was judged before."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page=SHOWN)
    states = queries.states_in(row, by, at=at)
    listed = list(queries.conditions_for(by, at=at).filter(case=row))
    live = (ConditionState.RUNNING, ConditionState.BROKEN)
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB), "states": states,
        "asked": [(clock, pill_of(clock.due, at)) for clock in queries.asked_in(row)],
        "conditions": [
            (c, pill_of(c.check_on, at) if c.check_on and c.state == ConditionState.RUNNING else None)
            for c in listed if c.state in live
        ],
        "ended": [c for c in listed if c.state == ConditionState.ENDED],
        "assessments": [a for a in queries.assessments_for(by, at=at).filter(case=row) if a.shown],
        "unsafe": any(state.risk == Risk.UNSAFE for state in states),
        "outside": queries.lies_outside(row, at=at),
        "report": of_law(rules.report_answer(today(at)), _("Why report?")),
        "instrument": queries.instrument_on(today(at), row.municipality),
    }  # fmt: skip
    return render(request, "safety/family.html", context)


@family_door
def assess(request: Any, case: UUID) -> HttpResponse:
    """Assess the safety of the children: the same short questions for each."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page=SHOWN)
    frame = frame_of(row, by, at=at, tab=TAB)
    occasion = queries.occasion_of(queries.asked_in(row))
    form, draft = form_with_draft(
        request, AssessForm, name=ASSESS, subject=row.pk, anchor=row, children=frame.children,
        initial={"held_on": today(at), "occasion": occasion},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            judged = [_judged(child, form.about(number)) for number, child in enumerate(form.children)]
            actions.assess(
                by=by, at=at, case=row, written_by=staff_member(by), occasion=Occasion(said["occasion"]),
                held_on=said["held_on"], judged=judged, parents_spoken=said["parents_spoken"],
                not_spoken_because=said["not_spoken_because"], signal=said["signal"], next_on=said["next_on"],
            )  # fmt: skip
            risky = any(one.outcome in Outcome.risks() for one in judged)
            words = _("Kept. Agree now on what keeps the child safe.") if risky else _("Kept.")
            return done(request, words, reverse(TAB, args=[row.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    context = {
        "frame": frame, "form": form, "draft": draft, "back": reverse(TAB, args=[row.pk]),
        "instrument": queries.instrument_on(today(at), row.municipality),
    }  # fmt: skip
    return render(request, "safety/assess.html", context)


def _judged(child: Any, said: dict[str, Any]) -> Judged:
    met, outcome = Met(said.pop("met")), Outcome(said.pop("outcome"))
    return Judged(child=child, met=met, outcome=outcome, **said)


@family_door
def agree(request: Any, case: UUID) -> HttpResponse:
    """Agree on what keeps a child safe."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page=SHOWN)
    children = [dossier.youth for dossier in dossiers.dossiers_in(row, by, at=at).order_by("youth__born_on")]
    form, draft = form_with_draft(
        request, ConditionForm, name=AGREE, subject=row.pk, anchor=row, children=children,
        initial={"starts_on": today(at)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = dict(form.cleaned_data)
            about = [child for child in children if str(child.pk) in said.pop("concerns")]
            actions.agree_condition(by=by, at=at, case=row, written_by=staff_member(by), concerns=about, **said)
            return done(request, _("Agreed. The check is a date."), reverse(TAB, args=[row.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(
        request, row, form, at, tab=TAB, title=_("An agreement about safety"), button=_("Agree"), draft=draft
    )


@family_door
def condition(request: Any, safetycondition: UUID) -> HttpResponse:
    """Check an agreement about safety: kept, broken, or not needed any more."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.conditions_for(by, at=at), safetycondition, at=at, page=SHOWN)
    open_case(by, row.case_id, at=at, page=SHOWN)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = tried(form, lambda: act_once(request, lambda: _checked(request, row, form.cleaned_data, at)))
        if answer:
            return answer
    intro = f"{row.who}: {row.what}"
    return form_page(
        request, row.case, form, at, tab=TAB, title=_("Check an agreement about safety"), button=_("Keep"), intro=intro
    )


def _checked(request: Any, row: SafetyCondition, said: dict[str, Any], at: dt.datetime) -> str:
    by, back = request.principal, reverse(TAB, args=[row.case_id])
    if said["how"] == END:
        actions.end_condition(by=by, at=at, row=row, because=said["words"])
        return done(request, _("Ended. It stays to be read."), back)
    broken = said["how"] == BROKEN
    actions.check_condition(
        by=by, at=at, row=row, written_by=staff_member(by), kept=not broken, said_by=said["said_by"],
        words=said["words"], next_on=said["next_on"],
    )  # fmt: skip
    return done(request, _("Kept. Assess the safety again today.") if broken else _("Kept."), back)


@family_door
def sight(request: Any, case: UUID) -> HttpResponse:
    """With whom sight on safety lies and lay; let it lie outside, or come back. It moves only on acceptance."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page=SHOWN)
    held = list(dossiers.roles_in(row, at=at))
    may = directs(by, row.team) or any(role.staff_id == by.key for role in held)
    role = next((r for r in held if r.kind == SIGHT), None)
    colleagues = list(dossiers.colleagues_in([row.team_id], today(at)))
    posted = request.POST.get("do")
    out = OutsideForm(request.POST if posted == "out" else None)
    back = BackForm(request.POST if posted == "back" else None, colleagues=colleagues)
    if request.method == "POST" and not may:
        raise NotAllowed(_("Sight on safety moves by who has a role in this family, or directs the team."))

    def move() -> str:
        said = out.cleaned_data
        actions.let_sight_lie_outside(
            by=by, at=at, case=row, where=Outside(said["where"]), name=said["name"], accepted_by=said["accepted_by"]
        )
        words = _("From today sight on safety lies there. You stay involved.")
        return done(request, words, reverse("safety:sight", args=[row.pk]))

    def offer() -> str:
        if role is None:
            raise BadInput(_("Nobody has sight on safety. Give it to a colleague under Who does what."))
        to = next(c for c in colleagues if str(c.pk) == back.cleaned_data["to"])
        actions.offer_sight_back(
            by=by, at=at, role=role, to=to, offered_by=staff_member(by), passed_on=back.cleaned_data["passed_on"]
        )
        words = _("Offered. Until your colleague accepts, sight on safety stays where it is.")
        return done(request, words, reverse("safety:sight", args=[row.pk]))

    for form, act in ((out, move), (back, offer)):
        if form.is_bound and form.is_valid():
            answer = tried(form, lambda act=act: act_once(request, act))  # type: ignore[misc]
            if answer:
                return answer
    states = queries.states_in(row, by, at=at)
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB), "role": role, "history": queries.sights_of(row), "out": out,
        "back": back, "may": may and not row.closed_on, "outside": role is not None and role.staff_id is None,
        "offers": [offer_ for offer_ in dossiers.handovers_in(row) if offer_.kind == SIGHT], "once_key": once.fresh(),
        "weighing": queries.weighing_in(row), "unsafe": any(state.risk == Risk.UNSAFE for state in states),
        "report": of_law(rules.report_answer(today(at)), _("Why report?")),
    }  # fmt: skip
    return render(request, "safety/sight.html", context)


@family_door
def weekend(request: Any) -> HttpResponse:
    """Friday afternoon: which children are at risk, who has sight on their safety, what is agreed, whom to ring.

    The look names cases, like every list: a line of its own among the looks at a dossier would tell that there is a
    risk to the parent who reads them (ADR 0532).
    """
    at, by = now(), request.principal
    teams = [queries.weekend(by, team, at=at) for team in dossiers.teams_of(by)]
    shown = {case for team in teams for case in team.cases}
    look(by, "safety.weekend_shown", subjects=[("case", case) for case in sorted(shown)], at=at)
    return render(request, "safety/weekend.html", {"teams": teams, "made_at": at})
