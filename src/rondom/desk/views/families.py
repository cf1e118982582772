"""The families within sight, as a list with filters."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from rondom.core.clock import now
from rondom.core.events import look
from rondom.desk import lists
from rondom.desk.doors import family_door
from rondom.dossiers import queries

REMEMBERED = "desk.families.filters"


@family_door
def families(request: Any) -> HttpResponse:
    """My families first; chips open the rest of the team, what is late, what is closed. The choice is remembered."""
    at, by = now(), request.principal
    if "filter" in request.GET:
        filters = lists.chosen(request.GET.getlist("filter"))
        if "wie" not in request.GET:  # the list behind a count is not a choice to remember
            request.session[REMEMBERED] = filters
    else:
        filters = lists.chosen(request.session.get(REMEMBERED, ["van-mij"]))
    worker = request.GET.get("wie", "")
    member = lists.colleague(worker, by, at)
    few = member is not None or not lists.FEW.isdisjoint(filters)
    rows = lists.narrowed(lists.rows_in_sight(by, at=at, few=few), filters, by, at)
    if member:  # the families this colleague coordinates, as the counts on the team page
        rows = queries.coordinated_by(rows, member.pk, at=at)
    page, shown = lists.page_of(rows, by, at=at, number=request.GET.get("blad"))
    look(by, "desk.families_shown", subjects=[("case", row.case) for row in shown], at=at)
    keep = f"wie={worker}" if worker else ""
    context = {
        "page": page, "rows": shown, "chips": lists.chips(filters, request.path, keep), "filters": filters,
        "worker": member.name if member else "", "without_worker": request.path + "?" + "&".join(
            f"filter={code}" for code in filters
        ),
    }  # fmt: skip
    return render(request, "desk/families.html", context)
