"""Pages of reports: the quarters of the crisis register for its desk, its public editions for anybody, sums of a table.

The internal figures are for who keeps the register (`crisis.queries.kept_by`); a public edition passed the disclosure
gate when it was frozen, and is for everybody from then on.
"""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rondom.accounts.doors import open_door, staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.core import clock, once
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import look
from rondom.crisis import printed as crisis_printed
from rondom.crisis import queries as crisis
from rondom.crisis.doors import desk_door
from rondom.crisis.quarter import Quarter
from rondom.crisis.words import quarter_words
from rondom.documents.answering import as_file
from rondom.dossiers.doors import answered, done
from rondom.reports import crisis_quarter as report
from rondom.reports import printed, queries, rendering, showing
from rondom.reports.forms import CloseForm, CompareForm, FreezeForm, TableForm
from rondom.reports.models import Edition

MEDIA = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}
tables_door = staff_door(Role.POLICY_MAKER, Role.CRISIS_DESK)


def _read(text: str) -> Quarter:
    try:
        return Quarter.read(text)
    except ValueError as error:
        raise NotFound("") from error


def _given(request: Any, kind: str, region: str, quarter: Any, at: dt.datetime) -> None:
    """Record that a report was given to somebody who is signed in; of anybody else nothing is kept."""
    if request.principal is not None:
        look(request.principal, kind, at=at, object_kind="crisis.quarter", object_id=f"{region} {quarter}"[:36])


# --- the desk of the register


@desk_door
@require_safe
def quarters(request: Any) -> HttpResponse:
    """List the quarters of the register, each with its frozen editions."""
    region = crisis.kept_by(request.principal)
    frozen: dict[str, list[Edition]] = {}
    for row in queries.every_edition(report.REPORT, region):
        frozen.setdefault(row.period, []).append(row)
    known = {str(quarter): quarter for quarter in crisis.quarters(region)} | {text: _read(text) for text in frozen}
    ordered = sorted(known.values(), key=lambda quarter: quarter.starts, reverse=True)
    look(request.principal, "reports.quarters_shown", at=clock.now(), object_kind="crisis.register", object_id=region)
    context = {
        "region": capfirst(region),
        "quarters": [(str(one), capfirst(quarter_words(one)), frozen.get(str(one), [])) for one in ordered],
    }  # fmt: skip
    return render(request, "reports/quarters.html", context)


@desk_door
@require_safe
def quarter(request: Any, crisis_quarter: str) -> HttpResponse:
    """Show the internal report of a quarter as the register is now: what does not fit first, then the figures."""
    region, asked = crisis.kept_by(request.principal), _read(crisis_quarter)
    with showing.in_dutch():
        now = report.live(region, asked, public=False)
    _given(request, "crisis.report_given", region, asked, clock.now())
    context = showing.page(now.content) | {
        "quarter": asked, "words": quarter_words(asked), "live": True,
        "editions": list(queries.editions(report.REPORT, region, str(asked))),
    }  # fmt: skip
    return render(request, "reports/quarter.html", context)


@desk_door
def compare(request: Any, crisis_quarter: str) -> HttpResponse:
    """Lay printed figures beside the counted ones: every difference is a flag; nothing is kept or repaired."""
    region, asked = crisis.kept_by(request.principal), _read(crisis_quarter)
    form = CompareForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "quarter": asked, "words": quarter_words(asked)}
    if request.method == "POST" and form.is_valid():
        try:
            with showing.in_dutch():
                figures = crisis_printed.parsed(form.cleaned_data["file"], report.known_figures(region, asked))
                now = report.live(region, asked, public=False, printed_figures=figures)
            context |= {"compared": len(figures), "flags": showing.page(now.content)["flags"]}
        except BadInput as error:
            form.add_error("file", str(error.sentence))
    _given(request, "crisis.report_given", region, asked, clock.now())
    return render(request, "reports/compare.html", context, status=422 if form.errors else 200)


@desk_door
def freeze(request: Any, crisis_quarter: str) -> HttpResponse:
    """Freeze the next edition of a quarter: the figures as they were seen, internal and public, for good."""
    by, at = request.principal, clock.now()
    region, asked = crisis.kept_by(by), _read(crisis_quarter)
    form = FreezeForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        with showing.in_dutch():
            report.freeze_seen(region, asked, said["number"], seen=said["seen"], by=by, at=at)
        sentence = _("Edition %(number)s is frozen. Anybody can read the public one from now on.")
        place = {"crisis_quarter": asked, "edition_number": said["number"]}
        return done(request, sentence % {"number": said["number"]}, reverse("reports:edition", kwargs=place))

    response = answered(request, form, act)
    if response:
        return response
    with showing.in_dutch():
        now = report.live(region, asked, public=False)
    last = queries.editions(report.REPORT, region, str(asked)).last()
    fresh = {"number": last.number + 1 if last else 1, "seen": report.mark(now)}
    shown = FreezeForm(initial=fresh)
    _given(request, "crisis.report_given", region, asked, at)
    context = showing.page(now.content) | {
        "form": shown, "refused": form.non_field_errors() if form.is_bound else [], "once_key": once.fresh(),
        "number": fresh["number"], "last": last, "quarter": asked, "words": quarter_words(asked),
        "open": sum("closed" not in flag for flag in now.content["flags"]),
    }  # fmt: skip
    return render(request, "reports/freeze.html", context, status=422 if form.is_bound else 200)


@desk_door
def close_flag(request: Any, crisis_quarter: str, flag_id: str) -> HttpResponse:
    """Close a flag with what was found; both numbers stay, under the name of who looked."""
    by, at = request.principal, clock.now()
    region, asked = crisis.kept_by(by), _read(crisis_quarter)
    form = CloseForm(request.POST or None)
    here = reverse("reports:quarter", kwargs={"crisis_quarter": asked})

    def act(said: dict[str, Any]) -> str:
        with showing.in_dutch():
            row = report.close(
                region, asked, flag_id, note=said["note"], name=staff_member(by).name, by=by, at=at,
                seen=request.POST.get("seen", ""),
            )  # fmt: skip
        sentence = _("Kept. Both numbers, %(left)s and %(right)s, stay where they are.")
        return done(request, sentence % {"left": row.left, "right": row.right}, here)

    response = answered(request, form, act)
    if response:
        return response
    try:
        with showing.in_dutch():
            flag = report.flag_to_close(region, asked, flag_id)
    except BadInput as error:
        raise NotFound("") from error
    _given(request, "crisis.report_given", region, asked, at)
    context = {
        "form": form, "seen": report.sides(flag), "flag": flag,
        "closed_on": showing.day_words(flag.get("closed", {}).get("on")), "left": showing.side_words(flag["left"]),
        "right": showing.side_words(flag["right"]), "back": here, "quarter": asked,
        "words": quarter_words(asked), "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "reports/close_flag.html", context, status=422 if form.is_bound else 200)


@desk_door
@require_safe
def edition(request: Any, crisis_quarter: str, edition_number: int) -> HttpResponse:
    """Show a frozen internal edition."""
    region, asked = crisis.kept_by(request.principal), _read(crisis_quarter)
    row = queries.edition(report.REPORT, region, str(asked), edition_number)
    content = report.Report(queries.text_of(row, public=False)).content
    _given(request, "crisis.report_given", region, asked, clock.now())
    context = showing.page(content) | {"row": row, "quarter": asked, "words": quarter_words(asked)}
    return render(request, "reports/edition.html", context)


@desk_door
@require_safe
def edition_file(request: Any, crisis_quarter: str, edition_number: int, report_format: str) -> HttpResponse:
    """Give a frozen internal edition as CSV or PDF."""
    region, asked = crisis.kept_by(request.principal), _read(crisis_quarter)
    row = queries.edition(report.REPORT, region, str(asked), edition_number)
    made = _file(row, report_format, public=False)
    _given(request, "crisis.report_given", region, asked, clock.now())
    return made


def _file(row: Edition, form: str, *, public: bool) -> HttpResponse:
    """Answer with an edition as a file that no browser runs."""
    if form not in MEDIA:
        raise NotFound("")
    text = queries.text_of(row, public=public)
    made = showing.pdf(text) if form == "pdf" else rendering.as_csv(report.Report(text).content).encode()
    return as_file(HttpResponse(made, content_type=MEDIA[form]), showing.name_of(row, public=public, form=form))


# --- for anybody


@open_door()
@require_safe
def published(request: Any) -> HttpResponse:
    """List the public editions of every register."""
    regions: dict[str, dict[str, list[Edition]]] = {}
    for row in queries.every_edition(report.REPORT):
        regions.setdefault(row.scope, {}).setdefault(row.period, []).append(row)
    listed = [
        (capfirst(region), [(capfirst(quarter_words(_read(text))), rows) for text, rows in periods.items()])
        for region, periods in regions.items()
    ]
    return render(request, "reports/published.html", {"regions": listed})


def _public(register_region: str, crisis_quarter: str, edition_number: int) -> Edition:
    return queries.edition(report.REPORT, register_region, str(_read(crisis_quarter)), edition_number)


@open_door()
@require_safe
def public_edition(request: Any, register_region: str, crisis_quarter: str, edition_number: int) -> HttpResponse:
    """Show a public edition: what passed the disclosure gate when it was frozen."""
    row = _public(register_region, crisis_quarter, edition_number)
    content = report.Report(queries.text_of(row, public=True)).content
    _given(request, "crisis.public_report_given", row.scope, row.period, clock.now())
    words = quarter_words(_read(row.period))
    context = showing.page(content) | {"row": row, "quarter": row.period, "words": words}
    return render(request, "reports/public_edition.html", context)


@open_door()
@require_safe
def public_file(
    request: Any, register_region: str, crisis_quarter: str, edition_number: int, report_format: str
) -> HttpResponse:
    """Give a public edition as CSV or PDF."""
    row = _public(register_region, crisis_quarter, edition_number)
    made = _file(row, report_format, public=True)
    _given(request, "crisis.public_report_given", row.scope, row.period, clock.now())
    return made


# --- printed tables


@tables_door
def check_table(request: Any) -> HttpResponse:
    """Compute the totals of a printed table beside what is printed; nothing of it is kept."""
    form = TableForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        raw = form.cleaned_data["file"]
        try:
            found = printed.check(raw, form.cleaned_data["total"])
        except printed.NoTable as reason:
            form.add_error("file", str(reason))
        else:
            found.flags = queries.with_closings(found.flags, printed.REPORT, printed.mark(raw), "")
            context |= showing.checked(found) | {"checked": True}
        look(request.principal, "reports.table_checked", at=clock.now(), object_kind="reports.table", object_id="")
    return render(request, "reports/check_table.html", context, status=422 if form.errors else 200)
