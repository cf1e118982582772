"""The families within sight, as a list with filters."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from rondom.core.clock import now
from rondom.core.events import look
from rondom.desk import lists
from rondom.desk.doors import family_door

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
    rows = lists.narrowed(lists.rows_in_sight(by, at=at), filters, by, at)
    worker = request.GET.get("wie", "")
    rows = lists.of_worker(rows, worker, by, at)
    page, shown = lists.page_of(rows, by, at=at, number=request.GET.get("blad"))
    look(by, "desk.families_shown", subjects=[("case", row.case) for row in shown], at=at)
    keep = f"wie={worker}" if worker else ""
    context = {
        "page": page, "rows": shown, "chips": lists.chips(filters, request.path, keep), "filters": filters,
        "worker": lists.worker_name(worker, by, at), "without_worker": request.path + "?" + "&".join(
            f"filter={code}" for code in filters
        ),
    }  # fmt: skip
    return render(request, "desk/families.html", context)
