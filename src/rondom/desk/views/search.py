"""Search within sight: by post, so that no name ever stands in an address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rondom.core.clock import now, today
from rondom.core.events import look
from rondom.desk.doors import family_door
from rondom.desk.forms import SearchForm
from rondom.desk.lists import rows_in_sight, step_to
from rondom.dossiers import queries
from rondom.law.person import age_on
from rondom.people.search import search
from rondom.privacy.enums import Sight


@family_door
def search_page(request: Any) -> HttpResponse:
    """Find a person by name, birth date or phone number; each line leads to the family."""
    at, by = now(), request.principal
    words = request.POST.get("words", "").strip()
    form = SearchForm(initial={"words": words})
    found = list(search(by, words, at=at)) if words else []
    lines = []
    if found:
        families = queries.cases_of_persons([p.pk for p in found], by, at=at)
        cases = {case for listed in families.values() for case in listed}
        rows = {row.pk: row for row in rows_in_sight(by, at=at, few=True).filter(pk__in=cases)}
        names = queries.case_names(cases, by, at=at, sight=Sight.ROW)
        opens = queries.openable(by, cases, at=at)
        for person in found:
            steps = [
                (names[pk], rows[pk].closed_on, step_to(rows[pk], names[pk], opens=pk in opens))
                for pk in families[person.pk]
            ]
            lines.append((person, age_on(person.born_on, today(at)) if person.born_on else None, steps))
    if words:
        look(by, "desk.search_shown", subjects=[("person", p.pk) for p in found], at=at)
    context = {
        "form": form, "words": words, "lines": lines, "elsewhere": reverse("desk:ask_elsewhere"),
    }  # fmt: skip
    return render(request, "desk/search.html", context)
