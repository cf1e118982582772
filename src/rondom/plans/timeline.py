"""What a plan gives to the rest of a case: a closing check, steps of its dates, entries on the timeline."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core import clock as time
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.closing import checks
from rondom.dossiers.enums import ClockState, Lane
from rondom.dossiers.lanes import Form, Stretch, lanes
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.standstill import of_late_clocks, reasons
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline
from rondom.plans.actions import ADVICE, EVALUATION, SCREENING, TALK
from rondom.plans.actions.screening import IMPROVE
from rondom.plans.future import KINDS
from rondom.plans.models import Evaluation
from rondom.plans.parameters import FUTURE_PLAN, FUTURE_REVIEW
from rondom.plans.queries import evaluations_for, open_limits, open_plans, plans_for


@checks("plans")
def plan_is_open(case: Case, at: dt.datetime) -> list[str]:
    """A case closes after people looked back together."""
    return [_("The plan is not ended: look back together first.")] if open_plans(case).exists() else []


@checks("plans.limits")
def limits_are_met(case: Case, at: dt.datetime) -> list[str]:
    """A case closes when what a specialist said that at least must be in order, is (N53)."""
    open_ = open_limits(case).exists()
    return [_("A specialist said what at least must be in order; it is not yet.")] if open_ else []


@steps(KINDS[FUTURE_PLAN])
@steps(KINDS[FUTURE_REVIEW])
@steps(ADVICE)
def to_the_plan(clock: Clock) -> Step:
    """The advice, and what is planned for after 18, stands with the plan."""
    return Step(_("To the plan"), reverse("plans:of_family", kwargs={"case": clock.case_id}))


@steps(EVALUATION)
def look_back(clock: Clock) -> Step:
    """Look back at the plan."""
    return Step(_("Look back"), reverse("plans:evaluate", kwargs={"familyplan": clock.subject}), primary=True)


@steps(TALK)
def talk(clock: Clock) -> Step:
    """The talk about more help is planned as a meeting."""
    return Step(_("Plan a meeting"), reverse("desk:meeting_new", kwargs={"case": clock.case_id}))


@steps(SCREENING)
def look_at_goal(clock: Clock) -> Step:
    """The second person reads the goal and answers."""
    return Step(_("Read and answer"), reverse("plans:screening", kwargs={"screening": clock.subject}), primary=True)


@steps(IMPROVE)
def improve_goal(clock: Clock) -> Step:
    """Make a goal clearer with the family."""
    return Step(_("Change the goal"), reverse("plans:goal_change", kwargs={"goal": clock.subject}), primary=True)


reasons.register("plans", of_late_clocks("terugkijken", gettext_lazy("looking back at the plan is late"), EVALUATION))


@timeline("plans")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return when plans were agreed and looked back at."""
    plans = plans_for(by, at=at).filter(case=case, agreed_on__isnull=False)[:NEWEST]
    agreed = [
        Entry(
            at=on_day(plan.agreed_on), lane=_("Plan"), title=_("Plan agreed"), whole_day=True, link="plans:plan",
            link_args={"familyplan": plan.pk},
        )
        for plan in plans if plan.agreed_on
    ]  # fmt: skip
    looked = [_looked_back(row) for row in evaluations_for(by, at=at).filter(case=case)[:NEWEST]]
    return sorted([*agreed, *looked], key=lambda entry: entry.at, reverse=True)[:NEWEST]


def _looked_back(row: Evaluation) -> Entry:
    return Entry(
        at=on_day(row.held_on), lane=_("Plan"), title=_("Looked back"), detail=str(row.get_outcome_display()),
        whole_day=True, link="plans:plan", link_args={"familyplan": row.plan_id},
    )  # fmt: skip


@lanes("plans")
def stretches(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    """Return how long plans were made and kept, when people looked back, and when they will."""
    found = []
    for plan in plans_for(by, at=at).filter(case=case)[:NEWEST]:
        there: dict[str, Any] = {"link": "plans:plan", "link_args": {"familyplan": plan.pk}}
        begun = time.today(plan.created_at)
        if plan.agreed_on is None or plan.agreed_on > begun:
            made = Stretch(Lane.PLAN, Form.WAITS, _("Plan is being made"), begun, plan.agreed_on, **there)
            found.append(made)
        if plan.agreed_on:
            found.append(Stretch(Lane.PLAN, Form.RUNS, _("Plan"), plan.agreed_on, plan.ended_on, **there))
        coming = plan.evaluation_clock
        if coming and coming.state == ClockState.RUNNING:
            found.append(Stretch(Lane.PLAN, Form.MOMENT, _("We look back"), coming.due_on, **there))
    for row in evaluations_for(by, at=at).filter(case=case)[:NEWEST]:
        found.append(
            Stretch(
                Lane.PLAN, Form.MOMENT, _("Looked back"), row.held_on, detail=str(row.get_outcome_display()),
                link="plans:plan", link_args={"familyplan": row.plan_id},
            )
        )  # fmt: skip
    return found
