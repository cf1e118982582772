"""Plans within sight: those of a case one may open, without goals about a child whose dossier is kept."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, Prefetch, QuerySet

from rondom.core.principals import Principal
from rondom.dossiers.models import Case
from rondom.dossiers.queries import about_kept_youth, cases_for
from rondom.entry.queries import triage_in
from rondom.plans.enums import Gap, GoalState, PlanState
from rondom.plans.models import Evaluation, FamilyPlan, Goal, PlanAgreement, PlanLine, PlanVersion
from rondom.plans.rules import Lined, gaps


def plans_for(by: Principal, *, at: dt.datetime) -> QuerySet[FamilyPlan]:
    """Return the plans of all cases the principal may open, newest first."""
    rows = FamilyPlan.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    return rows.select_related("begun_by", "evaluation_clock").order_by("-created_at", "-pk")


def goals_for(by: Principal, *, at: dt.datetime) -> QuerySet[Goal]:
    """Return the goals within sight, in the order they were made; none that concerns a kept youth."""
    return (
        Goal.objects.filter(case__in=cases_for(by, at=at).values("pk"))
        .exclude(about_kept_youth(by, at, dossier__youth__goalconcern__goal=OuterRef("pk")))
        .prefetch_related("concerns", Prefetch("lines", PlanLine.objects.order_by("due_on", "pk")))
        .order_by("created_at", "pk")
    )


def lines_for(by: Principal, *, at: dt.datetime) -> QuerySet[PlanLine]:
    """Return the lines under the goals within sight, by date."""
    goals = goals_for(by, at=at).order_by().values("pk")
    return PlanLine.objects.filter(goal__in=goals).select_related("goal__plan").order_by("due_on", "pk")


def evaluations_for(by: Principal, *, at: dt.datetime) -> QuerySet[Evaluation]:
    """Return the evaluations of all cases the principal may open, newest first."""
    rows = Evaluation.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    return rows.select_related("written_by").order_by("-held_on", "-created_at")


def plan_in(case: Case, by: Principal, *, at: dt.datetime) -> FamilyPlan | None:
    """Return the plan of a case: the open one, else the last."""
    rows = list(plans_for(by, at=at).filter(case=case))
    return next((row for row in rows if row.state in PlanState.open_states()), rows[0] if rows else None)


def goals_in(plan: FamilyPlan, by: Principal, *, at: dt.datetime) -> list[Goal]:
    """Return the goals of a plan within sight, with their lines and whom they concern."""
    return list(goals_for(by, at=at).filter(plan=plan))


def gaps_of(plan: FamilyPlan) -> list[Gap]:
    """Return what a plan lacks, over all its goals: a gap is a gap also where a part is kept from the viewer."""
    goals = Goal.objects.filter(plan=plan).exclude(state=GoalState.LEFT).prefetch_related("lines")
    lined = [Lined(frozenset(line.doer for line in g.lines.all() if line.dropped_on is None)) for g in goals]
    return gaps(lined, has_first_evaluation=plan.first_evaluation_on is not None)


@dataclass(frozen=True)
class KeptVersion:
    """A version of an agreed plan, as far as it is within sight."""

    number: int
    kept_at: dt.datetime
    kept_by: str
    texts: tuple[str, ...]
    agreed: tuple[str, ...]


def versions_of(plan: FamilyPlan, by: Principal, *, at: dt.datetime) -> list[KeptVersion]:
    """Return the kept versions of a plan, newest first; texts of goals outside sight are left out."""
    seen = set(goals_for(by, at=at).filter(plan=plan).order_by().values_list("pk", flat=True))
    head_first = F("goal__created_at").asc(nulls_first=True)
    rows = PlanVersion.objects.filter(plan=plan).select_related("kept_by").order_by("-plan_version", head_first, "pk")
    agreed: dict[int, list[str]] = {}
    for row in PlanAgreement.objects.filter(plan=plan).select_related("person").order_by("created_at", "pk"):
        agreed.setdefault(row.plan_version, []).append(row.person.name)
    found: dict[int, list[PlanVersion]] = {}
    for version in rows:
        found.setdefault(version.plan_version, []).append(version)
    return [
        KeptVersion(
            number, kept[0].kept_at, kept[0].kept_by.name,
            tuple(v.text for v in kept if v.goal_id is None or v.goal_id in seen), tuple(agreed.get(number, ())),
        )
        for number, kept in found.items()
    ]  # fmt: skip


def agreed_with(plan: FamilyPlan) -> list[PlanAgreement]:
    """Return who agreed with the plan as it is, oldest first."""
    rows = PlanAgreement.objects.filter(plan=plan).select_related("person").order_by("-plan_version", "created_at")
    found = list(rows)
    return [row for row in found if row.plan_version == found[0].plan_version]


def route_of(case: Case) -> str:
    """Return the route a case is on: where the last evaluation brought it, else what triage found, "" when unknown."""
    moved = Evaluation.objects.filter(case=case).exclude(route_to="").order_by("-held_on", "-created_at").first()
    if moved:
        return moved.route_to
    triage = triage_in(case)
    return triage.route if triage else ""


def open_plans(case: Case) -> QuerySet[FamilyPlan]:
    """Return the plans of a case that are not ended."""
    return FamilyPlan.objects.filter(case=case, state__in=PlanState.open_states())
