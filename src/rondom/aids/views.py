"""Looking at decision tables, trying them, and publishing them with two people."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rondom.accounts.doors import staff_door
from rondom.aids import actions, dmn, library, pages, queries
from rondom.aids.checks import check, differences
from rondom.aids.enums import PublicationState
from rondom.aids.evaluation import AnswerNeeded, Outcome, evaluate
from rondom.aids.forms import ProposeForm, TryForm
from rondom.aids.rules import PUBLISHERS, SECOND_PERSONS, may_decide, may_propose
from rondom.aids.tables import Table
from rondom.core import clock, once
from rondom.core.errors import BadInput, NotAllowed, NotFound, RondomError, Stale


@staff_door()
@require_safe
def aids(request: Any) -> HttpResponse:
    """List the aids: which version is in force here, what is planned, and which files cannot be used."""
    by, day = request.principal, clock.today()
    shelf = library.shelf()
    context = {
        "table": pages.list_table(shelf.for_municipality(by.municipality), by.municipality, day),
        "refused": shelf.refused if may_propose(by) else [],
    }
    return render(request, "aids/aids.html", context)


def _table(by: Any, key: str, version: str) -> Table:
    """Return a table by key and version: as it was published here, else from the reviewed files."""
    published = queries.publications(key, by.municipality).filter(table_version=version).first()
    if published:
        return queries.content(published)
    found = [t for t in library.shelf().for_municipality(by.municipality) if (t.key, t.version) == (key, version)]
    if not found:
        raise NotFound("")
    return found[-1]


@staff_door()
@require_safe
def aid(request: Any, aid: str, edition: str) -> HttpResponse:
    """Show a table: rows, examples, checks and versions."""
    return _show(request, _table(request.principal, aid, edition))


def _show(request: Any, table: Table, *, form: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    by, day = request.principal, clock.today()
    context = {
        "aid": table,
        "facts": pages.facts(table, by.municipality, day),
        "table": pages.rows_table(table),
        "examples": pages.examples_table(table),
        "checked": check(table),
        "versions": pages.versions_table(queries.publications(table.key, by.municipality), day),
        "form": form or TryForm(table=table),
        "may_propose": may_propose(by),
        "propose_form": ProposeForm(initial={"starts": day + dt.timedelta(days=1)}),
        "once": once.fresh(),
        **more,
    }
    return render(request, "aids/aid.html", context, status=status)


@staff_door()
@require_POST
def attempt(request: Any, aid: str, edition: str) -> HttpResponse:
    """Try a table with answers: the outcome with its reasons, or the next question. Nothing is kept."""
    table = _table(request.principal, aid, edition)
    form = TryForm(request.POST, table=table)
    outcome: Outcome | None = None
    asked = ""
    if form.is_valid():
        try:
            given = {
                name: table.question(name).read(typed) for name, typed in form.cleaned_data.items() if typed.strip()
            }
            outcome = evaluate(table, given)
        except AnswerNeeded as needed:
            asked = needed.question.words
        except BadInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _show(request, table, form=form, outcome=outcome, asked=asked)


@staff_door()
@require_safe
def as_dmn(request: Any, aid: str, edition: str) -> HttpResponse:
    """Give a table as DMN, for other tools."""
    table = _table(request.principal, aid, edition)
    response = HttpResponse(dmn.write(table), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{table.key}-{table.version}.dmn"'
    return response


@staff_door(*PUBLISHERS)
@require_POST
def propose(request: Any, aid: str, edition: str) -> HttpResponse:
    """Propose that a table holds from a day."""
    by, at = request.principal, clock.now()
    table = _table(by, aid, edition)
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            return once.answer(request, lambda: _propose(by, at, table, form.cleaned_data["starts"]))
        except RondomError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _show(request, table, propose_form=form)


def _propose(by: Any, at: dt.datetime, table: Table, starts: dt.date) -> str:
    made = actions.propose(by=by, at=at, table=table, starts=starts)
    return reverse("aids:publication", args=[made.pk])


DEEDS = {"publish": actions.publish, "decline": actions.decline, "call_off": actions.call_off}


@staff_door(*SECOND_PERSONS)
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: Any, publication: UUID) -> HttpResponse:
    """Show what a publication changes; the second person publishes or declines it."""
    by, at = request.principal, clock.now()
    found = queries.publication(publication, municipality=by.municipality)
    if found is None:
        raise NotFound("")
    problem: Any = ""
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise BadInput(_("Choose one of the buttons."))
        try:
            return once.answer(request, lambda: _decide(request, deed, found, at))
        except (BadInput, NotAllowed, Stale) as error:
            problem = error
            found.refresh_from_db()
    table = queries.content(found)
    before = queries.table_before(found)
    waits = found.state == PublicationState.PROPOSED
    later = found.state == PublicationState.PUBLISHED and found.starts > clock.today(at)
    context = {
        "publication": found,
        "aid": table,
        "before": before,
        "facts": pages.publication_facts(found),
        "changes": pages.differences_table(differences(before, table)),
        "waits": waits,
        "may_decide": waits and may_decide(by, found.proposed_by),
        "may_withdraw": waits and by.key == found.proposed_by,
        "may_call_off": later and may_propose(by),
        "problem": problem,
        "once": once.fresh(),
    }
    return render(request, "aids/publication.html", context, status=problem.status if problem else 200)


def _decide(request: Any, deed: Any, found: Any, at: dt.datetime) -> str:
    version = request.POST.get("version", "")
    deed(by=request.principal, at=at, publication=found, opened_version=int(version) if version.isdecimal() else 0)
    return reverse("aids:publication", args=[found.pk])
