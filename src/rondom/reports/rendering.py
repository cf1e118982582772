"""A report as CSV and as PDF, from its content alone: the same content gives the same bytes."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rondom.core import typesetting
from rondom.crisis.quarter import AGES, LENGTHS, PLACED
from rondom.reports.crisis_quarter import NUMBERS, TABLES

TEMPLATE = Path(__file__).parent / "typst" / "crisis_quarter.typ"
HIDDEN = "."  # as Statistics Netherlands prints a figure that is not published
Content = Mapping[str, Any]


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
        "title": _("Crisis help, %(quarter)s") % {"quarter": content["quarter"]},
        "subtitle": _subtitle(content),
        "tables": [*_placed_tables(content), *_after_tables(content), *_lengths_table(content)],
        "numbers_title": _("Youths and lines"),
        "numbers": [[str(label), _shown(content[name])] for name, label in _number_names()],
        "flags_title": _("What does not fit"),
        "flags": _pairs(content["flags"]),
        "errata_title": _("Errata since the previous edition"),
        "errata": _pairs(content["errata"]),
        "legend": _("In the tables - is none, and a point is what is not shown or not there."),
        "left": _("Left"), "right": _("Right"), "what": _("What"), "number": _("Number"),
        "definition_title": _("How it was counted"),
        "definition": [text for text in content["definition"].values() if isinstance(text, str)],
        "sources_title": _("Sources"),
        "sources": list(dict.fromkeys(source["source"] for source in content["definition"]["sources"])),
    }  # fmt: skip
    return typesetting.pdf(TEMPLATE, words)


def _subtitle(content: Content) -> str:
    words = {
        "region": content["region"].capitalize(), "edition": content["edition"], "day": content["frozen_on"],
        "kind": _("public edition") if content["public"] else _("internal edition: not to be published"),
    }  # fmt: skip
    if content["edition"] is None:
        return _("Region %(region)s, %(kind)s, not frozen") % words
    return _("Region %(region)s, %(kind)s, edition %(edition)s of %(day)s") % words


def _number_names() -> Iterator[tuple[str, str]]:
    yield "persons", _("Youths who were reported")
    yield "lines", _("Lines in the register")
    yield "help_lines", _("Lines with crisis help")


def _shown(value: Any) -> str:
    """Zero is printed as "-", as in the source; what is not shown as a point."""
    return HIDDEN if value is None else "-" if value == 0 else str(value).replace(".", ",")


def _placed_tables(content: Content) -> Iterator[dict[str, Any]]:
    for age in AGES:
        forms = content[PLACED]
        columns = list(next(iter(forms.values())))
        yield {
            "title": _("Reported in the quarter, by form and municipality: %(age)s") % {"age": age},
            "head": [_("Form of help"), *(column.capitalize() for column in columns)],
            "rows": [
                [form.capitalize(), *(_shown(cells[column][age]) for column in columns)]
                for form, cells in forms.items()
            ],
        }


def _after_tables(content: Content) -> Iterator[dict[str, Any]]:
    titles = {
        "after_ambulatory": _("What followed on ambulatory crisis help that ended in the quarter"),
        "after_stay": _("What followed on crisis help with stay that ended in the quarter"),
        "no_help_reasons": _("Why no crisis help was given"),
    }
    for table, title in titles.items():
        if table in content:
            rows = [[label, *(_shown(cells[age]) for age in AGES)] for label, cells in content[table].items()]
            yield {"title": title, "head": [_("What"), *AGES], "rows": rows}


def _lengths_table(content: Content) -> Iterator[dict[str, Any]]:
    if LENGTHS not in content:  # an edition from before it was told
        return
    names = {"lines": _("lines"), "median": _("median"), "shortest": _("shortest"), "longest": _("longest")}
    cells = content[LENGTHS]
    keys = list(next(iter(cells.values()))[AGES[0]])
    rows = [
        [name.capitalize(), *(_length(said[age][key], key) for age in AGES for key in keys)]
        for name, said in cells.items()
    ]
    head = [_("Municipality"), *(f"{age} {names[key]}" for age in AGES for key in keys)]
    yield {"title": _("Days of stay, of help that ended in the quarter"), "head": head, "rows": rows}


def _length(value: Any, key: str) -> str:
    """A stay of nobody has no length; one of less than a day has 0."""
    return _shown(value) if key == "lines" else HIDDEN if value is None else _side(value)


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
