"""What a plan gives to the rest of a case: a closing check, steps of its dates, entries on the timeline."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.closing import checks
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline
from rondom.plans.actions import EVALUATION, SCREENING, TALK
from rondom.plans.actions.screening import IMPROVE
from rondom.plans.models import Evaluation
from rondom.plans.queries import evaluations_for, open_plans, plans_for


@checks("plans")
def plan_is_open(case: Case, at: dt.datetime) -> list[str]:
    """A case closes after people looked back together."""
    return [_("The plan is not ended: look back together first.")] if open_plans(case).exists() else []


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
