"""What the pages of reports show: the content of an edition as tables, flags, errata and a picture.

Every figure comes from the content of the report, as the command, the CSV and the PDF have it, and bears a mark of
whose it is (`data-figure`). Reports are Dutch, whatever language somebody reads the pages in.
"""

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.core import typesetting
from rondom.core.components import Cell, Column, Table
from rondom.core.words import date_words
from rondom.crisis.quarter import AGES, LENGTHS, TOTAL
from rondom.indicators import drawing
from rondom.reports import layout, printed, rendering
from rondom.reports.layout import Block, Content, Figure
from rondom.reports.models import Edition

HIDDEN = gettext_lazy("not shown")
NOBODY = gettext_lazy("nobody")


def in_dutch() -> Any:
    """Speak Dutch while a report is made: its words are kept with its figures."""
    return translation.override("nl")


def words_of(figure: Figure, *, public: bool) -> str:
    """Return a figure in words: the number, with its unit where it is of days; or why there is none."""
    if figure.value is None:
        return str(HIDDEN if public else NOBODY)
    if figure.path[0] == LENGTHS and figure.path[-1] != "lines":
        days = ngettext("%(days)s day", "%(days)s days", 1 if figure.value == 1 else 2)
        return days % {"days": _number(figure.value)}
    return _number(figure.value)


def _number(value: float) -> str:
    whole = int(value) if value == int(value) else value
    return number_format(whole, force_grouping=True)


def key_of(content: Content, *path: str) -> str:
    """Return the mark of a figure: region, quarter, edition, for whom, and its path."""
    kind = "public" if content["public"] else "internal"
    return f"{content['region']} {content['quarter']} {content['edition'] or 'now'} {kind}: {'/'.join(path)}"


def page(content: Content) -> dict[str, Any]:
    """Return everything a page shows of a report."""
    public = bool(content["public"])
    found = list(layout.blocks(content))
    lengths = next((block for block in found if block.key == LENGTHS), None)
    return {
        "content": content,
        "title": layout.title(content),
        "subtitle": layout.subtitle(content, day_words(content["frozen_on"])),
        "numbers": [
            (label, words_of(figure, public=public), key_of(content, *figure.path))
            for label, figure in layout.numbers(content)
        ],
        "tables": [table(content, block) for block in found if block.key != LENGTHS],
        "lengths": table(content, lengths) if lengths else None,
        "picture": picture(content, lengths) if lengths else None,
        "summary": summary(content) if lengths else "",
        "flags": [_flag(content, number, flag) for number, flag in enumerate(content["flags"])],
        "errata": errata(content),
        "definitions": layout.definitions(content), "sources": layout.sources(content),
        "can_typeset": typesetting.available(),
    }  # fmt: skip


def table(content: Content, block: Block) -> Table:
    """Return a table of a report, each figure with its mark."""
    columns = [Column(name, numeric=number > 0) for number, name in enumerate(block.head)]
    rows = [[label, *(_cell(content, figure) for figure in figures)] for label, figures in block.rows]
    return Table(block.title, columns, rows)


def _cell(content: Content, figure: Figure) -> Cell:
    return Cell(words_of(figure, public=bool(content["public"])), figure=key_of(content, *figure.path))


def picture(content: Content, block: Block) -> Any:
    """Return the lengths of stay as bars: the middle one, with a line from the shortest to the longest; else None."""
    chart = drawing.draw(list(_items(content, block)))
    return render_to_string("indicators/_bars.html", {"chart": chart}) if chart else None


def _items(content: Content, block: Block) -> Iterator[drawing.Item]:
    for label, figures in block.rows:
        held = {figure.path[2:]: figure for figure in figures}
        for age in AGES:
            middle = held[age, "median"]
            low, high = (held.get((age, name)) for name in ("shortest", "longest"))
            if middle.value is not None:
                yield drawing.Item(
                    label=f"{label}, {age}", figure=float(middle.value),
                    words=words_of(middle, public=bool(content["public"])), key=key_of(content, *middle.path),
                    low=low.value if low else None, high=high.value if high else None,
                    own=middle.path[1] == TOTAL,
                )  # fmt: skip


def summary(content: Content) -> str:
    """Say the picture in one sentence: half of all stays took less than this."""
    said = content[LENGTHS][TOTAL]
    middle = [
        f"{age}: {words_of(Figure((LENGTHS, TOTAL, age, 'median'), said[age]['median']), public=content['public'])}"
        for age in AGES
    ]
    return _("The middle one of all stays that ended: %(ages)s.") % {"ages": "; ".join(middle)}


def day_words(day: str | None) -> str:
    """Say a day as a report keeps it (2026-11-24) in words; "" when there is none."""
    return date_words(dt.date.fromisoformat(day)) if day else ""


def _closed(flag: Mapping[str, Any]) -> dict[str, Any]:
    if "closed" not in flag:
        return {}
    return {"closed": dict(flag["closed"]) | {"on": day_words(flag["closed"]["on"])}}


def _flag(content: Content, number: int, flag: Mapping[str, Any]) -> dict[str, Any]:
    return dict(flag) | _closed(flag) | {
        "left_words": side_words(flag["left"]), "right_words": side_words(flag["right"]),
        "left_key": key_of(content, "flags", flag["id"], str(number), "left"),
        "right_key": key_of(content, "flags", flag["id"], str(number), "right"),
        "slug": flag["id"] if ":" not in flag["id"] else "",
    }  # fmt: skip


def side_words(value: Any) -> str:
    """Return one number of a flag or of an erratum; an empty one is not counted here."""
    return _("nothing") if value is None else _number(value)


def errata(content: Content) -> Table | None:
    """Return what changed since the previous edition; None when nothing did."""
    if not content["errata"]:
        return None
    columns = [Column(_("What changed")), Column(_("It was"), numeric=True), Column(_("It is now"), numeric=True)]
    rows = [[each["text"], side_words(each["left"]), side_words(each["right"])] for each in content["errata"]]
    return Table(_("Errata since the previous edition"), columns, rows)


@functools.lru_cache(maxsize=64)
def pdf(text: str) -> bytes:
    """Return the PDF of the text of a frozen edition; the same text gives the same bytes, so it is made once."""
    with in_dutch():
        return rendering.as_pdf(json.loads(text))


def name_of(edition: Edition, *, public: bool, form: str) -> str:
    """Return the name of the file of an edition."""
    kind = "openbaar" if public else "intern"
    return f"crisishulp-{edition.scope}-{edition.period}-editie-{edition.number}-{kind}.{form}"


# --- printed tables ---


def checked(found: printed.Check) -> dict[str, Any]:
    """Return what a page shows of a checked table: per total the printed and the computed sum, and each difference."""
    return {
        "totals": [_total(total) for total in found.totals], "notes": found.notes,
        "flags": [
            {**flag, **_closed(flag), "left_words": side_words(flag["left"]), "right_words": side_words(flag["right"])}
            for flag in found.flags
        ],
    }  # fmt: skip


def _total(total: Mapping[str, Any]) -> Table:
    columns = [
        Column(_("Column") if total["kind"] == "row" else _("Row")), Column(_("Printed"), numeric=True),
        Column(_("Computed"), numeric=True), Column(_("Difference"), numeric=True),
    ]  # fmt: skip
    numbers = zip(total["of"], total["printed"], total["computed"], total["difference"], strict=True)
    rows = [[place, side_words(said), side_words(made), _signed(off)] for place, said, made, off in numbers]
    return Table(total["label"], columns, rows)


def _signed(difference: float | None) -> str:
    """Return printed minus computed with its sign; a dash when nothing was printed."""
    if difference is None:
        return "–"
    return f"{'+' if difference > 0 else ''}{_number(difference)}"
