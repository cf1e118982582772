"""Who waits, of one family and over all; and what ends soon, with the next act."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.allocations import drawing, queries, waits
from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.allocations.norms import Norms
from rondom.allocations.views.shared import PAGE, TAB, state_pill
from rondom.allocations.waiting import is_watched
from rondom.allocations.waits import Waited
from rondom.core.clock import now, today
from rondom.core.components import Chip, Column, Pill, Step, Tab, Table
from rondom.core.events import look
from rondom.core.why import Why, norm
from rondom.core.words import date_words
from rondom.dossiers.doors import family_door
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import case_names
from rondom.plans.enums import PlanState
from rondom.plans.queries import plans_for
from rondom.privacy.enums import Sight


@family_door
def waits_of_family(request: Any, case: UUID) -> HttpResponse:
    """How long a family waits and waited: the three waits and the norm for the start, as a picture and a table."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="allocations.waits_shown")
    day = today(at)
    rows = list(queries.allocations_for(by, at=at).filter(case=row).order_by("ordered_on", "created_at"))
    norms = Norms(row.municipality, on=day)
    bridged = waits.bridged_since(rows)
    found = [waits.to_first_talk("", queries.first_talks(row, by, at=at), norms, today=day)]
    for order in rows:
        found += waits.of_allocation(order, norms, today=day, bridged_on=bridged.get(order.pk))
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB), "waits": found, "picture": _picture(found, day),
        "summary": _summary(found), "table": _table(found),
        "bridges": [r for r in rows if r.bridges_id and r.state in AllocationState.open_states()],
    }  # fmt: skip
    return render(request, "allocations/waits.html", context)


def _picture(found: list[Waited], day: dt.date) -> str:
    drawn = drawing.draw(found, today=day)
    return render_to_string("allocations/_waits_picture.html", {"drawing": drawn}) if drawn else ""


def _summary(found: list[Waited]) -> str:
    running = [each for each in found if each.runs]
    if not running:
        return _("Nobody in this family waits now.")
    longest = max(running, key=lambda each: each.days or 0)
    said = {"title": longest.title, "days": longest.days_words, "count": len(running)}
    words = ngettext(
        "%(count)d wait goes on. The longest: %(title)s, %(days)s.",
        "%(count)d waits go on. The longest: %(title)s, %(days)s.",
        len(running),
    )
    return words % said


def _table(found: list[Waited]) -> Table:
    columns = [Column(_("Wait")), Column(_("From")), Column(_("Until")), Column(_("Days"), numeric=True),
               Column(_("Norm up to")), Column(_("How it stands"))]  # fmt: skip
    rows = [
        [
            " · ".join(filter(None, (each.whose, each.what, each.title))),
            date_words(each.starts) if each.starts else each.missing,
            date_words(each.ends) if each.ends else (_("still waits") if each.starts else "–"),
            "–" if each.days is None else each.days, date_words(each.norm_until) if each.norm_until else "–", each.pill,
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Waits of this family"), columns, rows)


@dataclass(frozen=True)
class WaitingRow:
    """Somebody who waits, in a list: the wait that decides, and the next step."""

    row: Allocation
    wait: Waited | None
    pill: Pill
    why: Why | None
    bridged: bool
    watched: bool


def _tabs(current: str) -> list[Tab]:
    found = (("allocations:ending", _("Ends soon")), ("allocations:waiting", _("Waits for help")))
    return [Tab(label, reverse(name), name == current) for name, label in found]


def _whose(request: Any, count_all: int, count_mine: int) -> tuple[bool, list[Chip]]:
    """Return whether only the families one coordinates are shown, and the two chips that say so."""
    mine = request.GET.get("wie") != "allen"
    return mine, [
        Chip(_("Of my families"), f"{request.path}?wie=mij", mine, count_mine),
        Chip(_("Of everybody I see"), f"{request.path}?wie=allen", not mine, count_all),
    ]


@family_door
def waiting(request: Any) -> HttpResponse:
    """Who waits for help now, the longest first."""
    at, by = now(), request.principal
    day = today(at)
    every = queries.waiting_now(queries.allocations_for(by, at=at))
    own = queries.of_coordinator(every, by.key, day)
    mine, chips = _whose(request, every.count(), own.count())
    page = Paginator(own if mine else every, PAGE).get_page(request.GET.get("blad"))
    rows = list(page)
    look(by, "allocations.waiting_shown", subjects=[("dossier", row.dossier_id) for row in rows], at=at)
    norms = Norms(by.municipality, on=day)
    bridges = queries.bridging(rows)
    bridged = waits.bridged_since(bridges)
    open_bridges = {r.bridges_id for r in bridges if r.state in AllocationState.open_states()}
    shown = []
    for row in rows:
        found = waits.of_allocation(row, norms, today=day, bridged_on=bridged.get(row.pk))
        wait = next((each for each in reversed(found) if each.runs), found[-1] if found else None)
        pill = wait.pill if wait else state_pill(row)
        shown.append(WaitingRow(row, wait, pill, wait.why if wait else None, row.pk in open_bridges,
                                is_watched(row)))  # fmt: skip
    context = {"tabs": _tabs("allocations:waiting"), "chips": chips, "page": page, "rows": shown}
    return render(request, "allocations/waiting.html", context)


@dataclass(frozen=True)
class EndingRow:
    """Help that ends soon or has passed its last day: how far off, and what can be done, the likely act first."""

    row: Allocation
    pill: Pill
    passed: bool
    acts: list[Step]


@family_door
def ending(request: Any) -> HttpResponse:
    """What help ends soon, of my families or of all in sight; of closed families only that there is something."""
    at, by = now(), request.principal
    day = today(at)
    weeks = queries.ending_weeks(by.municipality, day)
    every = queries.ending(queries.allocations_for(by, at=at), day, int(weeks.value))
    own = queries.of_coordinator(every, by.key, day)
    mine, chips = _whose(request, every.count(), own.count())
    page = Paginator(own if mine else every, PAGE).get_page(request.GET.get("blad"))
    rows = list(page)
    look(by, "allocations.ending_shown", subjects=[("dossier", row.dossier_id) for row in rows], at=at)
    plans = {
        plan.case_id: plan.pk
        for plan in plans_for(by, at=at).filter(case__in=[r.case_id for r in rows], state=PlanState.AGREED)
    }
    context = {
        "tabs": _tabs("allocations:ending"), "chips": chips, "page": page,
        "rows": [EndingRow(r, pill_of(r.last_day or day, at), _passed(r, day), _acts(r, plans, day)) for r in rows],
        "weeks": int(weeks.value), "why": norm(_("Why these weeks?"), weeks.source),
        "closed": [] if mine else _closed(by, at, int(weeks.value)),
    }  # fmt: skip
    return render(request, "allocations/ending.html", context)


def _passed(row: Allocation, day: dt.date) -> bool:
    return row.ends is not None and row.ends <= day


def _acts(row: Allocation, plans: dict[Any, UUID], day: dt.date) -> list[Step]:
    """Return what can be done: look back first when there is a plan, stop when the last day has passed."""
    passed = _passed(row, day)
    stop = Step(_("Stop"), reverse("allocations:stop", args=[row.pk]), about=row.what, primary=passed)
    longer = Step(_("Extend"), reverse("allocations:change", args=[row.pk]), about=row.what)
    plan = plans.get(row.case_id)
    if passed:
        return [stop, longer]
    if plan is None:
        return [longer, stop]
    return [Step(_("Look back"), reverse("plans:evaluate", args=[plan]), about=row.what, primary=True), longer, stop]


def _closed(by: Any, at: dt.datetime, weeks: int) -> list[tuple[str, Pill, Step]]:
    """Return the families of one's team that are not open to the viewer and have help that ends soon: the row only."""
    day = today(at)
    rows = list(queries.ending(queries.closed_to_me(by, at=at), day, weeks)[:PAGE])
    called = case_names({r.case_id for r in rows if r.case_id}, by, at=at, sight=Sight.ROW)
    found: dict[UUID, tuple[str, Pill, Step]] = {}
    for row in rows:
        if row.case_id in found or row.case_id not in called:
            continue
        name = called[row.case_id]
        step = Step(_("Say why and open"), reverse("desk:state_ground", args=[row.case_id]), about=name)
        found[row.case_id] = (name, pill_of(row.last_day or day, at), step)
    return list(found.values())
