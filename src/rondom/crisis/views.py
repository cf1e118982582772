"""Pages of the crisis desk about its register: the lines, a file on its way in, one line that is withdrawn."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.accounts.queries import staff_member
from rondom.core import clock, once
from rondom.core.components import Cell, Column, Fact, Table
from rondom.core.errors import BadInput
from rondom.core.events import look
from rondom.core.words import date_words, moment_words
from rondom.crisis import actions, checking, importing, queries
from rondom.crisis.doors import desk_door
from rondom.crisis.forms import ImportForm, WithdrawForm
from rondom.crisis.models import RegisterImport, RegisterLine
from rondom.crisis.quarter import Quarter
from rondom.crisis.words import follow_up_words, place_names, quarter_words, reason_words
from rondom.dossiers.doors import answered, done

PAGE, NEWEST = 50, 5
NOTHING = "–"


@desk_door
def register(request: Any) -> HttpResponse:
    """Show the lines of a quarter (else the newest), and the files that were brought in last."""
    by, at = request.principal, clock.now()
    region = queries.kept_by(by)
    quarters = queries.quarters(region)
    asked = request.GET.get("kwartaal", "")
    chosen = next((one for one in quarters if str(one) == asked), quarters[0] if quarters else None)
    look(by, "crisis.lines_shown", at=at, object_kind="crisis.register", object_id=f"{region} {chosen or ''}"[:36])
    context: dict[str, Any] = {
        "region": capfirst(region), "chosen": chosen,
        "quarters": [(str(one), capfirst(quarter_words(one)), one == chosen) for one in quarters],
        "imports": _imports_table(list(queries.imports_of(region)[:NEWEST])),
    }  # fmt: skip
    if chosen:
        rows = queries.of_quarter(region, chosen).order_by("reported_on", "report_id")
        page: Page[RegisterLine] = Paginator(rows, PAGE).get_page(request.GET.get("blad"))
        context |= {"page": page, "table": _lines_table(list(page), chosen)}
    return render(request, "crisis/register.html", context)


def _lines_table(rows: list[RegisterLine], quarter: Quarter) -> Table:
    """Return the lines as a table; each number leads to its line. The pseudonym of a youth is not shown."""
    names = place_names(row.municipality for row in rows)
    columns = [
        Column(_("Number in the register")), Column(_("Reported")), Column(_("Municipality")),
        Column(_("Age"), numeric=True), Column(_("Form of help")), Column(_("Help from")), Column(_("Help until")),
    ]  # fmt: skip
    caption = _("Lines that were reported or ended in %(quarter)s") % {"quarter": quarter_words(quarter)}
    lines = [
        [
            Cell(row.report_id, reverse("crisis:line", args=[row.pk])), date_words(row.reported_on),
            names[row.municipality], row.age, row.get_form_display(),
            date_words(row.started_on) if row.started_on else NOTHING,
            date_words(row.ended_on) if row.ended_on else NOTHING,
        ]
        for row in rows
    ]  # fmt: skip
    return Table(caption, columns, lines)


def _imports_table(rows: list[RegisterImport]) -> Table:
    columns = [
        Column(_("When")), Column(_("New"), numeric=True), Column(_("Corrected"), numeric=True),
        Column(_("Unchanged"), numeric=True), Column(_("Why corrected")),
    ]  # fmt: skip
    lines = [
        [moment_words(row.ended_at or row.created_at), row.new, row.corrected, row.unchanged, row.reason or NOTHING]
        for row in rows
    ]
    return Table(_("Files that were brought in last"), columns, lines)


@desk_door
def bring_in(request: Any) -> HttpResponse:
    """Bring a file into the register: all of it, or nothing and every refused line with its reason."""
    region = queries.kept_by(request.principal)
    form = ImportForm(request.POST or None, request.FILES or None)
    refused: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _brought_in(request, region, form)
        except importing.ImportRefused as error:
            refused = error.report.refused
            form.add_error(None, str(error.sentence))
        except BadInput as error:
            form.add_error("file", str(error.sentence))
    context = {
        "form": form, "columns": checking.COLUMNS, "refused": _refused_table(refused) if refused else None,
        "region": capfirst(region),
    }  # fmt: skip
    return render(request, "crisis/bring_in.html", context, status=422 if form.is_bound else 200)


def _brought_in(request: Any, region: str, form: ImportForm) -> HttpResponse:
    """Import, outside a transaction of our own: it stages in steps, and the same file twice changes nothing."""
    said = form.cleaned_data
    report = importing.load(
        by=request.principal, at=clock.now(), path=said["file"], region=region, correct=said["correct"]
    )
    sentence = ngettext(
        "Brought in: %(new)s new line, %(corrected)s corrected, %(unchanged)s unchanged.",
        "Brought in: %(new)s new lines, %(corrected)s corrected, %(unchanged)s unchanged.", report.new,
    )  # fmt: skip
    numbers = {"new": report.new, "corrected": report.corrected, "unchanged": report.unchanged}
    return redirect(done(request, sentence % numbers, reverse("crisis:register")))


def _refused_table(refused: list[tuple[int, str]]) -> Table:
    columns = [Column(_("Line of the file")), Column(_("Why it is refused"))]
    return Table(_("Refused lines"), columns, sorted(refused))


@desk_door
def line(request: Any, registerline: UUID) -> HttpResponse:
    """Show one line of the register, and let it no longer count when it should never have been there."""
    by, at = request.principal, clock.now()
    form = WithdrawForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        row = queries.line_kept_by(by, registerline, at=at)
        actions.withdraw(
            by=by, at=at, region=row.region, report_id=row.report_id, because=said["because"],
            name=staff_member(by).name,
        )  # fmt: skip
        sentence = _("Line %(number)s no longer counts. The next edition tells what changed by it.")
        return done(request, sentence % {"number": row.report_id}, reverse("crisis:register"))

    response = answered(request, form, act)
    if response:
        return response
    row = queries.line_kept_by(by, registerline, at=at)
    look(by, "crisis.line_opened", row, at=at)
    context = {"line": row, "facts": _facts(row), "form": form, "once_key": once.fresh()}
    return render(request, "crisis/line.html", context, status=422 if form.is_bound else 200)


def _facts(row: RegisterLine) -> list[Fact]:
    said = [
        (_("Reported"), date_words(row.reported_on)),
        (_("Municipality"), place_names([row.municipality])[row.municipality]),
        (_("Age"), row.age),
        (_("Form of help"), row.get_form_display()),
        (_("Help from"), date_words(row.started_on) if row.started_on else ""),
        (_("Help until"), date_words(row.ended_on) if row.ended_on else ""),
        (_("Follow-up"), follow_up_words(row)),
        (_("Reason without help"), reason_words(row)),
    ]
    return [Fact(label, value) for label, value in said if value != ""]
