"""Pages of figures: what matters, every question, one indicator, one published comparison, the families behind it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.indicators import behind, pages, published, showing, snapshot
from rondom.indicators.declared import Indicator, indicators

figures_door = staff_door(Role.POLICY_MAKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
NEAR_FAMILIES = (Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)  # what they see of them is what their relations give
families_door = staff_door(*NEAR_FAMILIES)


@figures_door
@require_safe
def start(request: Any) -> HttpResponse:
    """Show the few figures that matter, ours and published ones, each with the way to its definition."""
    by, made = request.principal, showing.made_at()
    tiles = pages.tiles(pages.KEY_FIGURES, by, clock.today(made)) if made else []
    look(by, "indicators.figures_shown", at=clock.now(), object_kind="indicators.page", object_id="start")
    context = {
        "made": made, "can": snapshot.available(), "tiles": tiles, "headlines": pages.headlines(by.municipality),
        "any_published": published.is_there_any(),
    }  # fmt: skip
    return render(request, "indicators/start.html", context)


@figures_door
@require_safe
def questions(request: Any) -> HttpResponse:
    """List every indicator by its question, under headings."""
    subject = request.GET.get("over", "")
    context = pages.questions(subject if subject in pages.SUBJECT_NAMES else "")
    return render(request, "indicators/questions.html", context)


def _indicator(key: str) -> Indicator:
    if key not in indicators:
        raise NotFound("")
    return indicators[key]


@figures_door
@require_safe
def indicator_page(request: Any, indicator: str) -> HttpResponse:
    """Show one indicator: question, figure, chart, map, table, years, what others published, definition and SQL."""
    by, found, made = request.principal, _indicator(indicator), showing.made_at()
    context: dict[str, Any] = {"indicator": found, "made": made, "can": snapshot.available()}
    if made:
        day = clock.today(made)
        year = request.GET.get("jaar", "")
        year = year if year in showing.years(day) else showing.years(day)[0]
        context |= pages.indicator_page(found, by, day, year=year, split=request.GET.get("naar", ""))
        context["families"] = by.has(*NEAR_FAMILIES) and behind.can_be_asked(found)
    look(
        by, "indicators.figure_shown", at=clock.now(), object_kind="indicators.indicator", object_id=found.key[:36]
    )  # fmt: skip
    return render(request, "indicators/indicator.html", context)


@families_door
@require_safe
def families(request: Any, indicator: str) -> HttpResponse:
    """List the families behind a figure that the asker may open; each opening is a look of its own."""
    by, at, found = request.principal, clock.now(), _indicator(indicator)
    years = showing.years(clock.today(at))
    year = request.GET.get("jaar", "")
    year = year if year in years else years[0]
    if not behind.can_be_asked(found):
        raise NotFound("")
    rows = behind.families(by, found, year, at=at)
    look(by, "indicators.families_shown", subjects=[("case", case) for case, _name, _url in rows], at=at)
    context = {"indicator": found, "rows": rows, "year": year, "years": [(one, one == year) for one in years]}
    return render(request, "indicators/families.html", context)


@figures_door
@require_safe
def published_page(request: Any, comparison: str) -> HttpResponse:
    """Show what others published: per municipality and wijk, with rank, rounding, source, licence and map."""
    found = published.COMPARISONS.get(comparison)
    if found is None:
        raise NotFound("")
    by = request.principal
    context = pages.published_page(
        found, by, clock.today(), period=request.GET.get("periode", ""), region=request.GET.get("regio", "")
    )
    look(by, "indicators.published_shown", at=clock.now(), object_kind="indicators.published", object_id=found.key)
    return render(request, "indicators/published.html", context)
