"""A report as CSV and as PDF, from its content alone: the same content gives the same bytes."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rondom.core import typesetting
from rondom.crisis.quarter import LENGTHS, PLACED
from rondom.reports import layout
from rondom.reports.crisis_quarter import NUMBERS, TABLES
from rondom.reports.layout import Block, Content, Figure

TEMPLATE = Path(__file__).parent / "typst" / "crisis_quarter.typ"
HIDDEN = "."  # as Statistics Netherlands prints a figure that is not published


def as_csv(content: Content) -> str:
    """Return the figures as CSV: figure, row, column, age, value; then flags and errata with their two sides."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["figure", "row", "column", "age", "value"])
    writer.writerows(_rows(content))
    return text.getvalue()


def _rows(content: Content) -> Iterator[list[Any]]:
    for name in ("report", "region", "quarter", "edition"):
        yield [name, "", "", "", content[name] if content[name] is not None else ""]
    for table in TABLES:
        for path, value in _leaves(content.get(table, {}), (table,)):
            if table == LENGTHS:
                yield [table, path[1], path[3], path[2], _cell(value)]
            else:
                yield [table, path[1], path[2] if table == PLACED else "", path[-1], _cell(value)]
    for name in NUMBERS:
        yield [name, "", "", "", _cell(content[name])]
    for kind in ("flags", "errata"):
        for found in content[kind]:
            for side in ("left", "right"):
                value = "" if found[side] is None else found[side]
                yield [kind, found.get("id") or found["figure"], found["text"], side, value]
            for key, value in found.get("closed", {}).items():
                yield [kind, found["id"], found["text"], f"closed: {key}", value]


def _leaves(value: Any, before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """As `crisis.printed.flatten`, with what is not shown."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*before, key))
    else:
        yield before, value


def _cell(value: Any) -> Any:
    return HIDDEN if value is None else value


def as_pdf(content: Content) -> bytes:
    """Return the report as an accessible, tagged PDF (PDF/UA-1); raise Unavailable when no typesetter is installed."""
    words = {
        "title": layout.title(content),
        "subtitle": layout.subtitle(content),
        "tables": [_table(block) for block in layout.blocks(content)],
        "numbers_title": _("Youths and lines"),
        "numbers": [[label, _shown(figure.value)] for label, figure in layout.numbers(content)],
        "flags_title": _("What does not fit"),
        "flags": _pairs(content["flags"]),
        "errata_title": _("Errata since the previous edition"),
        "errata": _pairs(content["errata"]),
        "legend": _("In the tables - is none, and a point is what is not shown or not there."),
        "left": _("Left"), "right": _("Right"), "what": _("What"), "number": _("Number"),
        "definition_title": _("How it was counted"),
        "definition": layout.definitions(content),
        "sources_title": _("Sources"),
        "sources": layout.sources(content),
    }  # fmt: skip
    return typesetting.pdf(TEMPLATE, words)


def _table(block: Block) -> dict[str, Any]:
    rows = [[label, *(_printed(figure) for figure in figures)] for label, figures in block.rows]
    return {"title": block.title, "head": block.head, "rows": rows}


def _printed(figure: Figure) -> str:
    """A stay of nobody has no length; one of less than a day has 0."""
    if figure.path[0] == LENGTHS and figure.path[-1] != "lines":
        return HIDDEN if figure.value is None else _side(figure.value)
    return _shown(figure.value)


def _shown(value: Any) -> str:
    """Zero is printed as "-", as in the source; what is not shown as a point."""
    return HIDDEN if value is None else "-" if value == 0 else str(value).replace(".", ",")


def _pairs(found: list[dict[str, Any]]) -> list[list[str]]:
    sides = [(f"{each['text']}{_closing(each)}", each["left"], each["right"]) for each in found]
    return [[text, _side(left), _side(right)] for text, left, right in sides]


def _closing(each: Mapping[str, Any]) -> str:
    """Return, of a flag that was closed, what was found and who looked."""
    if "closed" not in each:
        return ""
    return " " + _("Closed on %(on)s by %(name)s: %(note)s") % each["closed"]


def _side(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",")
