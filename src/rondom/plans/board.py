"""The plan board: every running plan with what it waits for, counted in the query that lists it.

A board tells how many, never which: no goal, no name of a signer. So it can also be a list about families that are a
row on one's list only (`Sight.ROW`, for who directs their team; decision record 0610).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.dossiers.enums import ClockState
from rondom.dossiers.queries import about_kept_youth, cases_for, rests_with
from rondom.plans.enums import Doer, GoalState, PlanState, SignatureState, WritingState
from rondom.plans.models import FamilyPlan, Goal, PlanLine, PlanSignature, Screening, Writing
from rondom.privacy.enums import Sight
from rondom.privacy.queries import still_read

Rows = QuerySet[Any]


def open_plans_of(by: Principal, *, at: dt.datetime) -> Rows:
    """Return the plans that are not ended of the families that rest with somebody."""
    return FamilyPlan.objects.filter(state__in=PlanState.open_states(), case__in=rests_with(by, at=at))


def plans_on_board(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> Rows:
    """Return the plans that are not ended, of open cases within sight, what comes first on top, with their counts.

    Each carries: `next_at` (when people look back; None: no date runs), `is_late`, `goal_count`, `without_line` and
    `without_network` (goals without anything anybody does; without a share of people around the family), `late_lines`
    (agreed, not done, past their date), `unsigned`, `declined`, `screenings` (goals a second person is to look at) and
    `from_home` (texts of the family that wait for an answer).
    """
    day = clock.today(at)
    goals = Goal.objects.filter(plan=OuterRef("pk")).exclude(state=GoalState.LEFT)
    goals = goals.exclude(about_kept_youth(by, at, sight, dossier__youth__goalconcern__goal=OuterRef("pk")))
    goals = goals.filter(still_read(by, at=at, sight=sight))
    lines = PlanLine.objects.filter(goal=OuterRef("pk"), dropped_on=None)
    about_goal = about_kept_youth(by, at, sight, dossier__youth__goalconcern__goal=OuterRef("goal"))
    about_goal |= ~still_read(by, at=at, sight=sight, outer="goal")
    late = PlanLine.objects.filter(
        goal__plan=OuterRef("pk"), goal__state=GoalState.OPEN, dropped_on=None, done_on=None, due_on__lt=day
    ).exclude(about_goal)
    signatures = PlanSignature.objects.filter(plan=OuterRef("pk"), plan_version=OuterRef("version")).exclude(
        about_kept_youth(by, at, sight, dossier__youth=OuterRef("person"))
    )
    asked = Screening.objects.filter(goal__plan=OuterRef("pk"), judged_at=None).exclude(about_goal)
    runs = Q(evaluation_clock__state=ClockState.RUNNING)
    return (
        FamilyPlan.objects.filter(
            state__in=PlanState.open_states(), case__closed_on=None,
            case__in=cases_for(by, at=at, sight=sight).values("pk"),
        )
        .select_related("case__team", "evaluation_clock")
        .annotate(
            next_at=F("evaluation_clock__due_at"),
            is_late=Exists(FamilyPlan.objects.filter(runs, pk=OuterRef("pk"), evaluation_clock__due_at__lte=at)),
            goal_count=_count(goals, "plan"),
            without_line=_count(goals.exclude(Exists(lines)), "plan"),
            without_network=_count(goals.exclude(Exists(lines.filter(doer=Doer.NETWORK))), "plan"),
            late_lines=_count(late, "goal__plan"),
            unsigned=_count(signatures.filter(state=SignatureState.ASKED), "plan"),
            declined=_count(signatures.filter(state=SignatureState.DECLINED), "plan"),
            screenings=_count(asked, "goal__plan"),
            from_home=_count(_from_home(by, at, sight), "case"),
        )
        .order_by(F("next_at").asc(nulls_first=True), "created_at", "pk")
    )  # fmt: skip


def _from_home(by: Principal, at: dt.datetime, sight: Sight) -> Rows:
    kept = about_kept_youth(by, at, sight, dossier__youth=OuterRef("about")) | about_kept_youth(
        by, at, sight, dossier=OuterRef("dossier")
    )
    return Writing.objects.filter(case=OuterRef("case"), state=WritingState.SHARED).exclude(kept)


def _count(rows: Rows, by_column: str) -> Any:
    counted = rows.order_by().values(by_column).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class BoardFilter:
    """A filter of the board: its word in the address, what its chip says, and what it leaves over."""

    code: str
    label: Any
    narrow: Callable[[Rows, Principal, dt.datetime], Rows]


FILTERS = (
    BoardFilter("van-mij", _("My families"), lambda rows, by, at: rows.filter(case__in=rests_with(by, at=at))),
    BoardFilter(
        "te-laat", _("Something is late"), lambda rows, by, at: rows.filter(Q(is_late=True) | Q(late_lines__gt=0))
    ),
    BoardFilter("concept", _("Not agreed yet"), lambda rows, by, at: rows.filter(state=PlanState.CONCEPT)),
    BoardFilter(
        "zonder-netwerk", _("Without a share of the network"), lambda rows, by, at: rows.filter(without_network__gt=0)
    ),
    BoardFilter("zonder-actie", _("Without who does what"), lambda rows, by, at: rows.filter(without_line__gt=0)),
    BoardFilter(
        "handtekening", _("A signature is missing"),
        lambda rows, by, at: rows.filter(Q(unsigned__gt=0) | Q(declined__gt=0)),
    ),
    BoardFilter("bekijken", _("A goal is to be screened"), lambda rows, by, at: rows.filter(screenings__gt=0)),
    BoardFilter("thuis", _("Written at home"), lambda rows, by, at: rows.filter(from_home__gt=0)),
)  # fmt: skip


def narrowed(rows: Rows, codes: list[str], by: Principal, at: dt.datetime) -> Rows:
    """Apply the filters with these words."""
    for each in FILTERS:
        if each.code in codes:
            rows = each.narrow(rows, by, at)
    return rows
