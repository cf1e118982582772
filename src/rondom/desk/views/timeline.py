"""The timeline of a family: the lanes as a picture with their table, and the last moments as a list."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.core.clock import now, today
from rondom.core.components import Cell, Column, Entry, Table
from rondom.core.words import date_words
from rondom.desk import drawing
from rondom.desk.doors import address_of, family_door
from rondom.desk.drawing import Span
from rondom.dossiers import lanes, timeline
from rondom.dossiers.frame import frame_of
from rondom.dossiers.lanes import Form, LaneShown, Stretch
from rondom.dossiers.opening import open_case

YEAR, THREE, ALL = "jaar", "drie-jaar", "alles"
PERIODS = ((YEAR, gettext_lazy("The last year")), (THREE, gettext_lazy("Three years")), (ALL, gettext_lazy("All")))
YEARS_BACK = {YEAR: 1, THREE: 3}
AHEAD = dt.timedelta(days=183)  # what is still to come is drawn for half a year


@family_door
def timeline_page(request: Any, case: UUID) -> HttpResponse:
    """What lasts and what happened, from every room: as a picture with its table, and the newest as a list."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.timeline_shown")
    frame, day = frame_of(row, by, at=at, tab="desk:timeline"), today(at)
    laid = lanes.in_lanes(lanes.stretches(row, by, at=at), frame.children)
    asked = request.GET.get("periode", YEAR)
    chosen = asked if asked in dict(PERIODS) else YEAR
    span = _span(laid, chosen, day)
    drawn = drawing.draw(laid, span, today=day)
    context = {
        "frame": frame, "entries": [_entry(each, at) for each in timeline.entries(row, by, at=at)],
        "chips": drawing.chips(PERIODS, chosen, request.path),
        "picture": render_to_string("desk/_lanes.html", {"drawing": drawn}) if drawn else "",
        "summary": _summary(laid, span, day), "table": _table(laid, span, day),
    }  # fmt: skip
    return render(request, "desk/timeline.html", context)


def _entry(each: timeline.Entry, at: dt.datetime) -> Entry:
    return Entry(
        when=today(each.at) if each.whole_day else each.at, title=each.title, text=each.detail, who=each.lane,
        url=address_of(each.link, **each.link_args) if each.link else "", coming=each.at > at,
    )  # fmt: skip


def _span(laid: list[LaneShown], chosen: str, day: dt.date) -> Span:
    """Return the days the picture tells: as far back as was chosen, ahead as far as something is known, half a year."""
    every = [each for lane in laid for each in lane.stretches]
    ahead = max([day, *(each.last_day(day) for each in every)])
    first = min([day - dt.timedelta(days=30), *(each.starts for each in every)])
    if chosen in YEARS_BACK:
        first = max(first, day - dt.timedelta(days=365 * YEARS_BACK[chosen]))
    return Span(first, min(ahead, day + AHEAD))


def _summary(laid: list[LaneShown], span: Span, day: dt.date) -> str:
    """Say in words what the picture shows: how many lanes, what runs now, and where somebody waits."""
    inside = {each for lane in laid for each in _within(lane, span, day)}
    runs = [each for each in inside if each.form == Form.RUNS and each.starts <= day <= each.last_day(day)]
    waits = [each for each in inside if each.form == Form.WAITS and each.starts <= day <= each.last_day(day)]
    parts = [_("From %(first)s to %(last)s.") % {"first": date_words(span.first), "last": date_words(span.last)}]
    parts.append(ngettext("%(n)d thing goes on now.", "%(n)d things go on now.", len(runs)) % {"n": len(runs)})
    if waits:
        words = "; ".join(sorted(each.title for each in waits))
        parts.append(_("Is waited for: %(what)s.") % {"what": words})
    return " ".join(parts)


def _within(lane: LaneShown, span: Span, day: dt.date) -> list[Stretch]:
    return [each for each in lane.stretches if span.holds(each, day)]


def _table(laid: list[LaneShown], span: Span, day: dt.date) -> Table:
    columns = [Column(_("What")), Column(_("Lane")), Column(_("From")), Column(_("Up to and including"))]
    rows = [
        [
            Cell(_whole(each), address_of(each.link, **each.link_args) if each.link else ""), lane.title,
            date_words(each.starts), _until(each),
        ]
        for lane in laid
        for each in _within(lane, span, day)
    ]  # fmt: skip
    return Table(_("The lanes of this family"), columns, rows)


def _whole(each: Stretch) -> str:
    return f"{each.title} ({each.detail})" if each.detail else each.title


def _until(each: Stretch) -> str:
    if each.form == Form.MOMENT:
        return _("one day")
    goes_on = _("still waits") if each.form == Form.WAITS else _("goes on")
    return drawing.last_words(each) or goes_on
