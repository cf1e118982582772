"""What the pages show of tables and publications."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_names
from rondom.aids import queries
from rondom.aids.checks import Difference, said
from rondom.aids.enums import PublicationState
from rondom.aids.models import Publication
from rondom.aids.tables import Table as Aid
from rondom.core.components import Cell, Column, Fact, Pill, Table
from rondom.core.words import date_words


def list_table(tables: Iterable[Aid], municipality: str, day: dt.date) -> Table:
    """Return all aids with what is in force here."""
    columns = [Column(_("Aid")), Column(_("Version")), Column(_("Source")), Column(_("Here"))]
    rows = []
    for table in sorted(tables, key=lambda each: (each.title, each.version)):
        address = reverse("aids:aid", args=[table.key, table.version])
        rows.append([Cell(table.title, url=address), table.version, table.source, _state(table, municipality, day)])
    return Table(_("Decision aids"), columns, rows)


def _state(table: Aid, municipality: str, day: dt.date) -> Pill:
    rows = list(queries.publications(table.key, municipality).filter(digest=table.digest))
    published = [row for row in rows if row.state == PublicationState.PUBLISHED]
    if any(row.holds_on(day) for row in published):
        return Pill(_("in force"), "calm")
    later = [row for row in published if row.starts > day]
    if later:
        return Pill(_("from %(day)s") % {"day": date_words(later[-1].starts)}, "due")
    if any(row.state == PublicationState.PROPOSED for row in rows):
        return Pill(_("waits for a second person"), "due")
    return Pill(_("not in force"))


def facts(table: Aid, municipality: str, day: dt.date) -> list[Fact]:
    """Return what a table is, in a few lines."""
    until = date_words(table.valid_until) if table.valid_until else _("no end")
    return [
        Fact(_("Here"), _state(table, municipality, day)),
        Fact(_("Version"), table.version),
        Fact(_("Valid"), _("%(starts)s to %(ends)s") % {"starts": date_words(table.valid_from), "ends": until}),
        Fact(_("Source"), table.source),
        Fact(_("Legal ground"), table.ground),
        Fact(_("Written by"), table.author),
        Fact(_("Reviewed by"), table.reviewer),
        Fact(_("Mark"), table.digest[:12]),
    ]


def rows_table(table: Aid) -> Table:
    """Return the rows of a table in words."""
    columns = [
        Column(_("Row"), numeric=True),
        *(Column(question.words) for question in table.questions),
        *(Column(outcome.words) for outcome in table.outcomes),
        Column(_("Because")),
    ]
    rows = []
    for number, row in enumerate(table.rows, 1):
        cells = [_cell(q.say_cell(cell)) for q, cell in zip(table.questions, row.cells, strict=True)]
        then = [outcome.say(value) for outcome, value in zip(table.outcomes, row.then, strict=True)]
        because = _("%(because)s (%(source)s)") % {"because": row.because, "source": row.source}
        rows.append([str(number), *cells, *then, because])
    return Table(_("The first row that fits decides"), columns, rows)


def _cell(text: str) -> str:
    return _("any") if text == "-" else text


def examples_table(table: Aid) -> Table:
    """Return the worked examples with what comes out."""
    columns = [Column(_("Example")), Column(_("Given")), Column(_("Outcome"))]
    rows = []
    for example in table.examples:
        given = "; ".join(
            _("%(words)s %(value)s") % {"words": q.words, "value": q.say(dict(example.given)[q.name])}
            for q in table.questions
            if q.name in dict(example.given)
        )
        rows.append([example.name, given, said(table, dict(example.given))])
    return Table(_("Worked examples"), columns, rows)


def versions_table(publications: Iterable[Publication], day: dt.date) -> Table | None:
    """Return what was, is and will be in force here."""
    rows = list(publications)
    if not rows:
        return None
    names = staff_names({row.proposed_by for row in rows} | {row.decided_by for row in rows if row.decided_by})
    columns = [
        Column(_("Version")), Column(_("From")), Column(_("Until")), Column(_("Proposed by")), Column(_("Decided by")),
        Column(_("State")),
    ]  # fmt: skip
    lines = [
        [
            Cell(row.table_version, url=reverse("aids:publication", args=[row.pk])),
            date_words(row.starts),
            date_words(row.ends) if row.ends else "",
            names.get(row.proposed_by, ""),
            names.get(row.decided_by, "") if row.decided_by else "",
            row.get_state_display(),
        ]
        for row in rows
    ]
    return Table(_("Publications"), columns, lines)


def publication_facts(publication: Publication) -> list[Fact]:
    """Return who, what and when of a publication."""
    people = {publication.proposed_by, *({publication.decided_by} if publication.decided_by else set())}
    names = staff_names(people)
    found = [
        Fact(_("Version"), publication.table_version),
        Fact(_("From"), date_words(publication.starts)),
        Fact(_("State"), publication.get_state_display()),
        Fact(_("Proposed by"), names.get(publication.proposed_by, "")),
    ]
    if publication.decided_by:
        found.append(Fact(_("Decided by"), names.get(publication.decided_by, "")))
    return found


def differences_table(changes: list[Difference]) -> Table:
    """Return which worked examples come out differently."""
    columns = [Column(_("Example")), Column(_("Now")), Column(_("Then"))]
    return Table(_("What changes"), columns, [[each.name, each.before, each.after] for each in changes])
