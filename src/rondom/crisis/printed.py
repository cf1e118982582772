"""Printed figures of a quarter, to lay beside what was counted: a JSON file with the keys of the report, or its CSV.

Only what was printed has to be there; a printed count that this report does not count is told as such. JSON:
{"persons": 79, "placed": {"ambulant": {"Almere": {"12-": 8}}}}. CSV: the columns figure, row, column, age, value of the
report itself. "-" is a printed zero.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.crisis.flags import name_of
from rondom.crisis.quarter import Figures, Path

LARGEST = 1_000_000
COLUMNS = ("figure", "row", "column", "age", "value")
NOT_COMPARED = frozenset(
    {
        "report",
        "title",
        "region",
        "quarter",
        "period",
        "public",
        "edition",
        "frozen_on",
        "length_of_stay",
        "flags",
        "errata",
        "definition",
    }
)


def read(path: FilePath, known: Figures) -> Figures:
    """Return the printed counts of a file by path, in the words of the report; raise BadInput for what is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(_("The file with printed figures is larger than 1 MB."))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(_("The file %(file)s cannot be read. Check the name.") % {"file": path}) from error
    except UnicodeDecodeError as error:
        raise BadInput(_("The file %(file)s is not saved as UTF-8.") % {"file": path}) from error
    return parsed(text, known)


def parsed(text: str, known: Figures) -> Figures:
    """Return the printed counts of a text by path, as `read` does."""
    found = _json(text) if text.lstrip().startswith("{") else _csv(text)
    names = {tuple(part.casefold() for part in figure): figure for figure in known}
    return dict(_count(figure, value, names) for figure, value in found)


def _count(figure: Path, value: Any, names: dict[Path, Path]) -> tuple[Path, int]:
    key = tuple(part.strip().casefold() for part in figure)
    number = 0 if value == "-" else value
    if isinstance(number, str) and number.strip().isdecimal():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        words = {"value": str(value)[:20], "figure": name_of(figure)[:120]}
        raise BadInput(_("“%(value)s” at %(figure)s is no count.") % words)
    return names.get(key, figure), number


def _json(text: str) -> Iterator[tuple[Path, Any]]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise BadInput(_("The printed figures are no proper JSON: %(problem)s.") % {"problem": error}) from error
    for key, value in content.items():
        if key not in NOT_COMPARED:
            yield from flatten(value, (key,))


def flatten(value: Any, before: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield (path, value) of nested figures; what is not shown (null) is passed over."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from flatten(part, (*before, str(key)))
    elif value is not None:
        yield before, value


def _csv(text: str) -> Iterator[tuple[Path, Any]]:
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;", key=head.count))
    if set(COLUMNS) - set(reader.fieldnames or ()):
        raise BadInput(_("Printed figures need the columns %(columns)s.") % {"columns": ", ".join(COLUMNS)})
    for row in reader:
        path = tuple(row[name] for name in COLUMNS[:-1] if row[name])
        if row["value"] and path and path[0] not in NOT_COMPARED:
            yield path, row["value"].strip()
