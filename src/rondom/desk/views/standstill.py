"""What stands still in the teams one directs: why, since when, with whom it rests, and who is loaded how much."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core.clock import now, today
from rondom.core.components import Chip, Step
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.desk import lists
from rondom.desk.doors import team_door
from rondom.dossiers import queries
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import ProcessRequest
from rondom.dossiers.process import asked_among
from rondom.dossiers.rules import case_name
from rondom.dossiers.standstill import Reason, Told, reasons, set_days, standing_still, told_of
from rondom.privacy.enums import Sight

NOBODY = "niemand"


@dataclass(frozen=True)
class StillRow:
    """One family that stands still: its reasons in words, who coordinates, and the next step."""

    case: UUID
    name: str
    coordinator: str
    told: list[str]
    step: Step


@dataclass(frozen=True)
class Load:
    """How many open families a colleague coordinates (None: nobody does), and how many of them stand still."""

    who: StaffMember | None
    team: UUID
    families: int
    still: int


@team_door
def standing(request: Any) -> HttpResponse:
    """Families of my teams that stand still: for every reason or one, of everybody or of one colleague."""
    at, by = now(), request.principal
    code = request.GET.get("reden", "")
    code = code if code in [reason.code for _name, reason in reasons] else ""
    every = lists.rows_in_sight(by, at=at, few=True).filter(team__in=by.teams, closed_on=None)
    still: Any = every.filter(standing_still(by, at=at, code=code))
    worker = request.GET.get("wie", "")
    member = lists.colleague(worker, by, at)
    rows: Any = still
    if member:
        rows = queries.coordinated_by(still, member.pk, at=at)
    elif worker == NOBODY:
        rows = still.filter(queries.nobody_holds(CaseRoleKind.COORDINATION, at=at))
    page = Paginator(rows.order_by("next_due", "pk"), lists.ON_A_PAGE).get_page(request.GET.get("blad"))
    shown = list(page)
    found = _rows(shown, by, at)
    look(by, "desk.standstill_shown", subjects=[("case", row.case) for row in found], at=at)
    context = {
        "page": page, "rows": found, "chips": _chips(request.path, code, worker, every, by, at),
        "loads": _loads(by, still, at), "worker": member.name if member else "", "reason": code,
        "chosen": set_days(by.municipality, today(at)),
    }  # fmt: skip
    return render(request, "desk/standstill.html", context)


def _chips(path: str, code: str, worker: str, every: Any, by: Principal, at: dt.datetime) -> list[Chip]:
    """Return the reasons that occur, with how many families have each; one at a time, pressed again: all of them."""
    keep = f"&wie={worker}" if worker else ""
    found = []
    for _name, reason in reasons:
        on = reason.code == code
        count = every.filter(standing_still(by, at=at, code=reason.code)).order_by().count()
        if count or on:
            found.append(Chip(reason.label, f"{path}?reden={'' if on else reason.code}{keep}", on, count))
    return found


def _rows(shown: list[Any], by: Principal, at: dt.datetime) -> list[StillRow]:
    cases = [row.pk for row in shown]
    opens = queries.openable(by, cases, at=at)
    told = told_of(cases, by, at=at, sight=Sight.ROW)
    held = queries.coordinators_of(cases, at=at)
    asked = asked_among(cases)
    found = []
    for row in shown:
        name = case_name([link.dossier.youth for link in row.shown_links], today(at))
        step = lists.step_to(row, name, opens=row.pk in opens)
        coordinator = held[row.pk].name if row.pk in held else ""
        words = [*_words(told[row.pk], held.get(row.pk)), *_process(asked.get(row.pk))]
        found.append(StillRow(row.pk, name, coordinator, words, step))
    return found


def _words(told: Iterable[tuple[Reason, Told]], coordinator: StaffMember | None) -> Iterable[str]:
    """Say why a family stands still; with whom it rests only when that is not who coordinates."""
    for reason, each in told:
        said = {"why": reason.label, "day": date_words(each.since) if each.since else ""}
        words = _("%(why)s, since %(day)s") % said if each.since else str(reason.label)
        other = each.rests_with if each.rests_with and each.rests_with != coordinator else None
        yield f"{words} ({other.name})" if other else words


def _process(asked: ProcessRequest | None) -> Iterable[str]:
    """Say that process coordination was asked or runs; not why."""
    if asked is None:
        return
    if asked.decided_by:
        yield _("process coordination: %(who)s") % {"who": asked.decided_by.name}
    else:
        yield _("process coordination was asked on %(day)s") % {"day": date_words(asked.asked_at)}


def _loads(by: Principal, still: Any, at: dt.datetime) -> list[tuple[str, list[Load]]]:
    """Return per team the load of each colleague and of nobody, the most that stands still on top."""
    counted = queries.counted_by_coordinator(still, at=at)
    found = []
    for team in queries.teams_of(by):
        load = queries.team_load(by, team.pk, at=at)
        people: list[StaffMember | None] = [*queries.colleagues_in([team.pk], today(at))]
        if None in load:
            people.append(None)
        lines = []
        for who in people:
            key = who.pk if who else None
            lines.append(Load(who, team.pk, load.get(key, (0, 0))[0], counted.get((team.pk, key), 0)))
        found.append((team.name, sorted(lines, key=lambda line: (-line.still, -line.families))))
    return found
