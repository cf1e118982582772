"""The plan board: all running plans of my families, or of the team, with what they wait for and the next step."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.clock import now
from rondom.core.components import Chip, Pill, Step
from rondom.core.events import look
from rondom.dossiers import queries as dossiers
from rondom.dossiers.doors import family_door
from rondom.dossiers.frame import pill_of
from rondom.dossiers.rules import directs
from rondom.plans.board import FILTERS, narrowed, open_plans_of, plans_on_board
from rondom.plans.enums import PlanState
from rondom.privacy.enums import Sight

ON_A_PAGE = 50
TEAM = "team"


@dataclass(frozen=True)
class BoardRow:
    """One plan on the board: whose, when people look back, what it waits for, with whom, and the next step."""

    family: str
    pill: Pill
    marks: list[str]
    coordinator: str
    step: Step


@family_door
def board(request: Any) -> HttpResponse:
    """Running plans, those without a date and those that are late on top; filters say what they leave over.

    Who directs a team can look at the plans of the whole team: of families that are not open, how many, never what.
    """
    at, by = now(), request.principal
    directs_any = _directs_any(request, at)
    asked = request.GET.getlist("filter") if "filter" in request.GET else _at_first(by, at, directs_any)
    whole = TEAM in asked and directs_any
    codes = [each.code for each in FILTERS if each.code in asked]
    rows = plans_on_board(by, at=at, sight=Sight.ROW if whole else Sight.OPEN)
    if whole:
        rows = rows.filter(case__team__in=by.teams)
    page = Paginator(narrowed(rows, codes, by, at), ON_A_PAGE).get_page(request.GET.get("blad"))
    shown = list(page)
    cases = [row.case_id for row in shown]
    called = dossiers.case_names(cases, by, at=at, sight=Sight.ROW if whole else Sight.OPEN)
    opens, held = dossiers.openable(by, cases, at=at), dossiers.coordinators_of(cases, at=at)
    look(by, "plans.board_shown", subjects=[("case", pk) for pk in set(cases)], at=at)
    context = {
        "page": page, "chips": _chips(request.path, codes, whole, directs_any),
        "rows": [
            _row(row, called[row.case_id], at, opens=row.case_id in opens,
                 coordinator=held[row.case_id].name if row.case_id in held else "")
            for row in shown
        ],
    }  # fmt: skip
    return render(request, "plans/board.html", context)


def _at_first(by: Any, at: dt.datetime, directs_any: bool) -> list[str]:
    """Return the filter with which the board opens: my families; for who has none of those, but a team, the team."""
    if directs_any and not open_plans_of(by, at=at).exists():
        return [TEAM]
    return ["van-mij"]


def _directs_any(request: Any, at: dt.datetime) -> bool:
    by = request.principal
    return any(directs(by, team) for team in dossiers.teams_of(by))


def _chips(path: str, codes: list[str], whole: bool, may: bool) -> list[Chip]:
    """Return the filters as chips; each switches its own and leaves the others. The team is for who directs it."""
    on = [*codes, *([TEAM] if whole else [])]
    every = [*((each.code, each.label) for each in FILTERS), *([(TEAM, _("Of the whole team"))] if may else [])]
    found = []
    for code, label in every:
        rest = [each for each in on if each != code] if code in on else [*on, code]
        query = "&".join(f"filter={each}" for each in rest) or "filter="
        found.append(Chip(label, f"{path}?{query}", code in on))
    return found


def _row(row: Any, family: str, at: dt.datetime, *, opens: bool, coordinator: str) -> BoardRow:
    return BoardRow(family, _pill(row, at), marks_of(row), coordinator, _step(row, family, opens=opens))


def _pill(row: Any, at: dt.datetime) -> Pill:
    if row.state == PlanState.CONCEPT:
        return Pill(_("not agreed yet"), "due")
    running = row.evaluation_clock
    return pill_of(running.due, at) if running and row.next_at else Pill(_("no date to look back"), "late")


def marks_of(row: Any) -> list[str]:
    """Return what a plan waits for, in words that count and never name."""
    found = []
    if not row.goal_count:
        found.append(_("no goal yet"))
    for count, one, more in (
        (row.late_lines, _("%(n)d action is late"), _("%(n)d actions are late")),
        (row.without_line, _("%(n)d goal without who does what"), _("%(n)d goals without who does what")),
        (
            row.without_network, _("%(n)d goal without a share of the network"),
            _("%(n)d goals without a share of the network"),
        ),
        (row.unsigned, _("%(n)d signature is missing"), _("%(n)d signatures are missing")),
        (row.declined, _("%(n)d person does not sign"), _("%(n)d people do not sign")),
        (row.screenings, _("%(n)d goal waits for a second person"), _("%(n)d goals wait for a second person")),
        (row.from_home, _("%(n)d text written at home waits"), _("%(n)d texts written at home wait")),
    ):  # fmt: skip
        if count:
            found.append((one if count == 1 else more) % {"n": count})
    return found


def _step(row: Any, family: str, *, opens: bool) -> Step:
    """Return the act that helps this plan on; a family that is not open asks its ground first."""
    if not opens:
        return Step(_("Say why and open"), reverse("desk:state_ground", args=[row.case_id]), about=family)
    there = reverse("plans:plan", args=[row.pk])
    for holds, label, address in (
        (row.is_late, _("Look back"), reverse("plans:evaluate", args=[row.pk])),
        (row.from_home, _("Read what was written"), there),
        (row.declined, _("Talk about signing"), there),
        (not row.goal_count or row.without_line, _("Fill in the plan"), there),
        (row.state == PlanState.CONCEPT, _("Agree on the plan"), reverse("plans:agree", args=[row.pk])),
        (row.late_lines, _("Ask how it goes"), there),
        (row.unsigned, _("Ask for signatures"), there),
    ):
        if holds:
            return Step(label, address, primary=bool(row.is_late), about=family)
    return Step(_("Open the plan"), there, about=family)
