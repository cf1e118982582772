"""What the family tells, who keeps the plan going, meetings about it, and what was written at home."""

import datetime as dt
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
from rondom.dossiers import queries as dossiers
from rondom.dossiers.actions import Invited
from rondom.dossiers.doors import act_once, answered, done, family_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.enums import MeetingGround
from rondom.dossiers.frame import frame_of
from rondom.dossiers.grounds import Seats
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.people.whereabouts import secret_among
from rondom.plans import actions, queries
from rondom.plans.enums import Goes, WritingKind, WritingState
from rondom.plans.forms import FindingForm, GuardianForm, LeaveForm, PlanMeetingForm, TakeOverForm
from rondom.plans.models import Writing
from rondom.plans.views.plan import TAB, form_page, plan_in_sight
from rondom.reference.queries import word

FINDING = "plans.finding"
FORMS.register(
    FINDING, DraftForm(gettext_lazy("What they tell"), lambda plan: reverse("plans:finding_new", args=[plan]))
)


@family_door
def finding_new(request: Any, familyplan: UUID) -> HttpResponse:
    """Write down how something goes, in somebody's own words."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    people = dossiers.people_in(row.case, by, at=at)
    form, draft = form_with_draft(
        request, FindingForm, name=FINDING, subject=row.pk, anchor=row.case, people=people,
        domains=queries.domains(today(at)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.tell_finding(
                by=by, at=at, plan=row, goes=Goes(said["goes"]), text=said["text"], said_by=said["said_by"],
                concerns=[p for p in people if str(p.pk) in said["concerns"]], written_by=staff_member(by),
                domain=said["domain"],
            )  # fmt: skip
            return done(request, _("Kept."), reverse("plans:plan", args=[row.pk]))

        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return form_page(request, row.case, form, at, title=_("What they tell"), button=_("Keep"), draft=draft)


@family_door
@require_POST
def finding_withdraw(request: Any, finding: UUID) -> HttpResponse:
    """Take back what should not have been written down, on the same day."""
    at, by = now(), request.principal
    rows = queries.findings_for(by, at=at).select_related("plan__case")
    row = row_in_sight(by, rows, finding, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")

    def act() -> str:
        back = reverse("plans:plan", args=[row.plan_id])
        actions.withdraw_finding(by=by, at=at, finding=row)
        return done(request, _("Taken back."), back)

    return act_once(request, act)


@family_door
def guardian(request: Any, familyplan: UUID) -> HttpResponse:
    """Name who keeps the plan going while the parents cannot; or say that the family directs it again."""
    at, by = now(), request.principal
    row = plan_in_sight(request, familyplan, at)
    colleagues = list(dossiers.colleagues_in([row.case.team_id], today(at)))
    if request.method == "POST" and request.POST.get("do") == "end":

        def end() -> str:
            actions.end_guardian(by=by, at=at, plan=row, kept_by=staff_member(by))
            return done(request, _("The family directs the plan itself again."), reverse("plans:plan", args=[row.pk]))

        return act_once(request, end)
    form = GuardianForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.name_guardian(
                by=by, at=at, plan=row, because=said["because"], outside=said["outside"], kept_by=staff_member(by),
                staff=next((c for c in colleagues if str(c.pk) == said["staff"]), None),
            )  # fmt: skip
            return done(request, _("Named."), reverse("plans:plan", args=[row.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    title = _("Who keeps the plan going?")
    return form_page(request, row.case, form, at, title=title, button=_("Name this person"))


@family_door
def meeting_new(request: Any, case: UUID) -> HttpResponse:
    """Plan a meeting in which the family and its people make the plan."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="plans.plan_shown")
    people = dossiers.people_in(row, by, at=at)
    colleagues = list(dossiers.colleagues_in([row.team_id], today(at)))
    purpose = word("plan_meeting", row.municipality, on=today(at)).say(capital=True)
    form = PlanMeetingForm(
        request.POST or None, people=people, colleagues=colleagues, initial={"staff": [str(by.key)]},
        secret=bool(secret_among([p.pk for p in people])),
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        seats = Seats(row, today(said["planned_at"]))
        guests = [
            Invited(MeetingGround.CONCERNED if seats.is_deciding(p.pk) else MeetingGround.NETWORK, person=p)
            for p in people if str(p.pk) in said["persons"]
        ]  # fmt: skip
        guests += [Invited(MeetingGround.NETWORK, outside=name) for name in said["network"]]
        guests += [Invited(MeetingGround.WORKS_WITH, staff=c) for c in colleagues if str(c.pk) in said["staff"]]
        made = actions.plan_meeting(
            by=by, at=at, case=row, planned_at=said["planned_at"], purpose=purpose, place=said["place"],
            questions=said["questions"], invited=guests,
        )  # fmt: skip
        return done(request, _("The meeting is planned."), reverse("desk:meeting", args=[made.meeting_id]))

    return answered(request, form, act) or form_page(request, row, form, at, title=purpose, button=_("Plan meeting"))


def _writing(request: Any, pk: UUID, at: dt.datetime) -> Writing:
    by = request.principal
    row = row_in_sight(by, queries.writings_for(by, at=at), pk, at=at, page="plans.plan_shown")
    open_case(by, row.case_id, at=at, page="plans.plan_shown")
    return row


@family_door
def writing(request: Any, writing: UUID) -> HttpResponse:
    """Read what somebody of the family wrote at home, and take it over into the plan as they said it."""
    at, by = now(), request.principal
    row = _writing(request, writing, at)
    plan, people = queries.plan_in(row.case, by, at=at), dossiers.people_in(row.case, by, at=at)
    form = TakeOverForm(
        request.POST or None, people=people, is_goal=row.kind == WritingKind.GOAL,
        initial={"concerns": [str(row.about_id)]},
    )  # fmt: skip
    if request.method == "POST" and plan and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.take_over(
                by=by, at=at, writing=row, plan=plan, taken_by=staff_member(by),
                concerns=[p for p in people if str(p.pk) in said["concerns"]],
                noticed_by=said.get("noticed_by", ""), due_on=said.get("due_on"),
            )  # fmt: skip
            return done(request, _("It is in the plan, in their own words."), reverse("plans:plan", args=[plan.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "writing": row, "plan": plan, "form": form,
        "waits": row.state == WritingState.SHARED, "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "plans/writing.html", context)


@family_door
def writing_leave(request: Any, writing: UUID) -> HttpResponse:
    """Leave what somebody wrote out of the plan, with an answer they read."""
    at, by = now(), request.principal
    row = _writing(request, writing, at)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            answer = form.cleaned_data["answer"]
            actions.leave(by=by, at=at, writing=row, left_by=staff_member(by), answer=answer)
            return done(request, _("Answered."), reverse(TAB, args=[row.case_id]))

        answered = tried(form, lambda: act_once(request, act))
        if answered:
            return answered
    title = _("Not in the plan")
    return form_page(request, row.case, form, at, title=title, button=_("Send the answer"), intro=row.text)
