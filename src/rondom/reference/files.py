"""Reading reference files: a CSV of codes or areas with a header that names its source, a TOML of parameters.

A file that cannot be read at all raises BadInput. A line that cannot be read is refused with its number and reason,
beside the lines that can; nothing of a file is stored while it has a refused line.
"""

import csv
import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.reference import parameters, scopes
from rondom.reference.enums import AreaKind

SHIPPED = Path(__file__).parent / "data"
LARGEST = 20_000_000
CODES, AREAS, PARAMETERS = "codes", "areas", "parameters"
_KEY = re.compile(r"[a-z][a-z0-9_]{1,35}")
_LINKS = re.compile(r"([a-z_]+) in ([a-z_]+)")


@dataclass(frozen=True)
class Line:
    """One row of a file: its line number, the series it belongs to, its period and its content by field name."""

    number: int
    series: tuple[str, ...]
    starts: dt.date
    ends: dt.date | None
    content: dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """A line that cannot be stored, and why."""

    number: int
    reason: Any


@dataclass
class ReferenceFile:
    """A file as read: what it is (codes, areas, parameters), its header, its lines and its refused lines."""

    name: str
    what: str
    header: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def link_kinds(self) -> tuple[str, str]:
        """The kinds of area a file of areas links: ("municipality", "youth_region")."""
        small, whole = self.header["links"].split(" in ")
        return small, whole


class LineRefused(Exception):
    """Why one line cannot be read."""


def shipped() -> list[Path]:
    """Return the files that come with Rondom, in the order in which they can be loaded: codes, areas, parameters."""

    def order(path: Path) -> tuple[int, str]:
        if path.suffix == ".toml":
            return 2, path.name
        return int("# links:" in path.read_text("utf-8").partition("\n")[0]), path.name

    return sorted([*SHIPPED.glob("*.csv"), *SHIPPED.glob("*.toml")], key=order)


def read(path: Path) -> ReferenceFile:
    """Read a reference file; raise BadInput when it is not one."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        sentence = _("The file %(file)s cannot be opened. Check the name and whether you may read it.")
        raise BadInput(sentence % {"file": path}) from error
    return parse(path.name, raw)


def parse(name: str, raw: bytes) -> ReferenceFile:
    """Read the bytes of a reference file; its name decides between CSV and TOML."""
    if len(raw) > LARGEST:
        raise BadInput(_("The file %(file)s is larger than 20 MB. Split it.") % {"file": name})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = _("The file %(file)s is not UTF-8 text. Save it as “CSV UTF-8” and try again.")
        raise BadInput(sentence % {"file": name}) from error
    return _toml(name, text) if name.endswith(".toml") else _csv(name, text)


def plain(value: str, what: Any, longest: int) -> str:
    """Return a cell as one line of text; raise LineRefused when it is empty, too long or could run as a formula."""
    value = value.strip()
    words = {"what": what, "longest": longest, "value": value[:40]}
    if not value:
        raise LineRefused(_("%(what)s is empty.") % words)
    if len(value) > longest:
        raise LineRefused(_("%(what)s is longer than %(longest)s characters.") % words)
    if value[0] in "=+-@" or any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for sign in value):
        raise LineRefused(_("%(what)s “%(value)s” begins with = + - or @, or holds hidden signs.") % words)
    return value


def period(starts: Any, ends: Any) -> tuple[dt.date, dt.date | None]:
    """Return the half-open period of a line; raise LineRefused when it is none."""
    try:
        first = starts if isinstance(starts, dt.date) else dt.date.fromisoformat(str(starts).strip())
        last = ends if isinstance(ends, dt.date) else dt.date.fromisoformat(ends.strip()) if ends else None
    except ValueError:
        sentence = _("The period “%(starts)s” to “%(ends)s” has no dates like 2026-01-31.")
        raise LineRefused(sentence % {"starts": starts, "ends": ends}) from None
    if last is not None and last <= first:
        raise LineRefused(_("The period ends on %(ends)s, before it begins.") % {"ends": last})
    return first, last


def _header(name: str, rows: Sequence[str]) -> dict[str, str]:
    header = {}
    for row in rows:
        key, colon, value = row.removeprefix("#").partition(":")
        if colon:
            header[key.strip()] = value.strip()
    missing = [key for key in ("name", "source", "licence") if not header.get(key)]
    if missing or ("list" in header) == ("links" in header):
        sentence = _("The head of %(file)s must say list (or links), name, source and licence, each after a #.")
        raise BadInput(sentence % {"file": name})
    return header


def _csv(name: str, text: str) -> ReferenceFile:
    every = text.splitlines(keepends=True)
    count = next((index for index, row in enumerate(every) if not row.startswith("#")), len(every))
    header = _header(name, every[:count])
    what, columns, take = _shape(name, header)
    try:
        rows = csv.reader(every[count:], strict=True)
        found = next(rows, [])
        if found[: len(columns)] != columns:
            sentence = _("The columns of %(file)s must begin with: %(columns)s.")
            raise BadInput(sentence % {"file": name, "columns": ", ".join(columns)})
        file = ReferenceFile(name, what, header)
        _take(file, ((count + rows.line_num, row) for row in rows if row), lambda row: take(found, row))
    except csv.Error as error:
        sentence = _("The file %(file)s is not a whole CSV file near line %(line)s.")
        raise BadInput(sentence % {"file": name, "line": count + rows.line_num}) from error
    return file


Take = Callable[[list[str], list[str]], tuple[tuple[str, ...], Any, Any, dict[str, Any]]]


def _shape(name: str, header: dict[str, str]) -> tuple[str, list[str], Take]:
    if "list" in header:
        if not _KEY.fullmatch(header["list"]):
            sentence = _("“%(key)s” cannot be the key of a list: use small letters, digits and _.")
            raise BadInput(sentence % {"key": header["list"][:60]})
        return CODES, ["code", "label", "starts", "ends"], _code
    kinds = _LINKS.fullmatch(header["links"])
    if not kinds or not set(kinds.groups()) <= set(AreaKind.values):
        sentence = _("The head of %(file)s says “links: %(links)s”. Write for instance: municipality in youth_region.")
        raise BadInput(sentence % {"file": name, "links": header["links"][:60]})
    return AREAS, ["area", "part_of", "starts", "ends"], _area


def _cells(columns: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(columns):
        sentence = _("This line has %(found)s cells; the file has %(wanted)s columns.")
        raise LineRefused(sentence % {"found": len(row), "wanted": len(columns)})
    return dict(zip(columns, row, strict=True))


def _code(columns: list[str], row: list[str]) -> tuple[tuple[str, ...], Any, Any, dict[str, Any]]:
    cells = _cells(columns, row)
    code = plain(cells["code"], _("The code"), 40)
    label = plain(cells["label"], _("The meaning"), 200)
    extra = {key: plain(cells[key], key, 200) for key in columns[4:] if cells[key].strip()}
    return (code,), cells["starts"], cells["ends"], {"label": label, "extra": extra}


def _area(columns: list[str], row: list[str]) -> tuple[tuple[str, ...], Any, Any, dict[str, Any]]:
    cells = _cells(columns, row)
    area, whole = plain(cells["area"], _("The area"), 40), plain(cells["part_of"], _("The larger area"), 40)
    return (area,), cells["starts"], cells["ends"], {"whole": whole}


def _take(file: ReferenceFile, rows: Iterable[tuple[int, Any]], take: Callable[[Any], Any]) -> None:
    for number, row in rows:
        try:
            series, starts, ends, content = take(row)
            file.lines.append(Line(number, series, *period(starts, ends), content))
        except LineRefused as reason:
            file.refused.append(Refusal(number, reason.args[0]))
        except BadInput as error:
            file.refused.append(Refusal(number, error.sentence))


def _toml(name: str, text: str) -> ReferenceFile:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence = _("The file %(file)s is not whole TOML: %(problem)s.")
        raise BadInput(sentence % {"file": name, "problem": error}) from error
    file = ReferenceFile(name, PARAMETERS, {"name": name})
    seen: dict[str, int] = {}
    rows = []
    for number, row in enumerate(text.splitlines(), 1):
        heading = re.fullmatch(r"\[\[\s*([a-z0-9_]+)\s*\]\]\s*(#.*)?", row.strip())
        if heading:
            key = heading[1]
            rows.append((number, (key, tables[key][seen.setdefault(key, 0)])))
            seen[key] += 1
    if {key: len(given) for key, given in tables.items() if isinstance(given, list)} != seen or len(seen) != len(
        tables
    ):
        raise BadInput(_("Every parameter in %(file)s begins with its name in [[ ]] on a line.") % {"file": name})
    _take(file, rows, lambda row: _parameter(*row))
    return file


def _parameter(name: str, row: dict[str, Any]) -> tuple[tuple[str, ...], Any, Any, dict[str, Any]]:
    kind = parameters.changeable(name)
    unknown = set(row) - {"scope", "value", "starts", "ends", "source", "note"}
    if unknown:
        raise LineRefused(_("“%(key)s” is not a part of a parameter.") % {"key": sorted(unknown)[0][:60]})
    if "value" not in row or "starts" not in row:
        raise LineRefused(_("A parameter needs a value and the day from which it holds (starts)."))
    scope = scopes.normal(str(row.get("scope", "")))
    source = str(row.get("source", "")).strip()
    if not source:
        raise LineRefused(_("%(title)s has no source. Name the law, decision or agreement.") % {"title": kind.title})
    content = {
        "value": kind.write(kind.read(row["value"])),
        "source": plain(source, _("The source"), 300),
        "note": plain(str(row["note"]), _("The remark"), 300) if row.get("note") else "",
    }
    return (name, scope), row["starts"], row.get("ends"), content
