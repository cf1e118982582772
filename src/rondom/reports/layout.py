"""The tables of a report as people read them: one order and one set of titles, on a page and in the PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rondom.crisis.quarter import AFTER_AMBULATORY, AFTER_STAY, AGES, LENGTHS, PLACED, REASONS, Path

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """One number of a report by its path; None: not shown, or there is none."""

    path: Path
    value: int | float | None


@dataclass(frozen=True)
class Block:
    """A table: its key in the content, its title, the heads of its columns, and per row a label and its figures."""

    key: str
    title: str
    head: list[str]
    rows: list[tuple[str, list[Figure]]]


def blocks(content: Content) -> Iterator[Block]:
    """Yield every table that a report has, lengths of stay last."""
    yield from _placed(content)
    yield from _after(content)
    if LENGTHS in content:  # an edition from before it was told has none
        yield _lengths(content)


def numbers(content: Content) -> list[tuple[str, Figure]]:
    """Return youths and lines, each with its name."""
    names = {
        "persons": _("Youths who were reported"), "lines": _("Lines in the register"),
        "help_lines": _("Lines with crisis help"),
    }  # fmt: skip
    return [(label, Figure((name,), content[name])) for name, label in names.items()]


def _placed(content: Content) -> Iterator[Block]:
    forms = content[PLACED]
    columns = list(next(iter(forms.values())))
    for age in AGES:
        rows = [
            (form.capitalize(), [Figure((PLACED, form, column, age), cells[column][age]) for column in columns])
            for form, cells in forms.items()
        ]
        title = _("Reported in the quarter, by form and municipality: %(age)s") % {"age": age}
        yield Block(PLACED, title, [_("Form of help"), *(column.capitalize() for column in columns)], rows)


def _after(content: Content) -> Iterator[Block]:
    titles = {
        AFTER_AMBULATORY: _("What followed on ambulatory crisis help that ended in the quarter"),
        AFTER_STAY: _("What followed on crisis help with stay that ended in the quarter"),
        REASONS: _("Why no crisis help was given"),
    }
    for key, title in titles.items():
        if key in content:
            rows = [
                (label, [Figure((key, label, age), cells[age]) for age in AGES])
                for label, cells in content[key].items()
            ]
            yield Block(key, title, [_("What"), *AGES], rows)


def _lengths(content: Content) -> Block:
    names = {"lines": _("lines"), "median": _("median"), "shortest": _("shortest"), "longest": _("longest")}
    cells = content[LENGTHS]
    keys = list(next(iter(cells.values()))[AGES[0]])
    rows = [
        (name.capitalize(), [Figure((LENGTHS, name, age, key), said[age][key]) for age in AGES for key in keys])
        for name, said in cells.items()
    ]
    head = [_("Municipality"), *(f"{age} {names[key]}" for age in AGES for key in keys)]
    return Block(LENGTHS, _("Days of stay, of help that ended in the quarter"), head, rows)


def title(content: Content) -> str:
    """Return what a report is about."""
    return _("Crisis help, %(quarter)s") % {"quarter": content["quarter"]}


def subtitle(content: Content, day: str = "") -> str:
    """Return whose report it is, for whom, and as it stood when; `day` in words, else as it is kept."""
    words = {
        "region": capfirst(content["region"]), "edition": content["edition"],
        "day": day or content["frozen_on"],
        "kind": _("public edition") if content["public"] else _("internal edition: not to be published"),
    }  # fmt: skip
    if content["edition"] is None:
        return _("Region %(region)s, %(kind)s, not frozen") % words
    return _("Region %(region)s, %(kind)s, edition %(edition)s of %(day)s") % words


def definitions(content: Content) -> list[str]:
    """Return how it was counted, a sentence for each kind of figure."""
    return [text for text in content["definition"].values() if isinstance(text, str)]


def sources(content: Content) -> list[str]:
    """Return where lists and choices come from, each once."""
    return list(dict.fromkeys(source["source"] for source in content["definition"]["sources"]))
