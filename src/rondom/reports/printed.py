"""The sums of a printed table, computed beside what is printed. Nothing is repaired. Pure: needs no installation.

The first line of a CSV names the columns, the first cell of each line is its label, the others are figures. A total is
known by its name (Totaal, Subtotaal, Eindtotaal, Som) or is named by the caller. A subtotal adds the lines
above it up to the previous subtotal; a total adds all ordinary lines. "-" is a printed zero, an empty cell is nothing
printed. Sentences are Dutch here, as in `law`: there is no catalogue without Django.
"""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

REPORT = "printed_table"
LARGEST = 10_000_000  # bytes
TOTALS = re.compile(r"(sub|eind|jaar)?[\s-]*(totaal|totalen|total|som)\b", re.IGNORECASE)
SUBTOTALS = re.compile(r"sub[\s-]*tota", re.IGNORECASE)
LAST = ""  # given for a name: the last line is the total
MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{NO-BREAK SPACE}": " "})


class NoTable(ValueError):
    """Why a file cannot be read as a table; a Dutch sentence."""


@dataclass(frozen=True)
class Line:
    """A line of the table: its number in the file, its label and its figures; None where nothing is printed."""

    number: int
    label: str
    figures: tuple[Decimal | None, ...]


@dataclass
class Check:
    """What the check found, ready to be written as JSON."""

    columns: list[str]
    lines: int
    totals: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def mark(raw: bytes) -> str:
    """Return what tells this very file from another: the beginning of its SHA-256 digest."""
    return hashlib.sha256(raw).hexdigest()[:40]


def check(raw: bytes, named: Sequence[str] = ()) -> Check:
    """Check the totals of a table; raise NoTable with a sentence when it is none, or when no total is found."""
    notes: list[str] = []
    columns, lines = _read(raw, notes)
    named = [lines[-1].label if name == LAST else name for name in named]
    for name in named:
        if not any(_same(name, label) for label in [*columns, *(line.label for line in lines)]):
            raise NoTable(f"Er is geen regel of kolom “{name}”. Schrijf de naam zoals hij in de tabel staat.")
    sums = [line for line in lines if _is_total(line.label, named)]
    across = [index for index, name in enumerate(columns) if _is_total(name, named)]
    if not sums and not across:
        raise NoTable("Er is geen regel of kolom met een totaal. Noem hem zelf (op de opdrachtregel: --total NAAM).")
    if sum(not SUBTOTALS.search(line.label) for line in sums) > 1:
        notes.append("Er zijn meer totaalregels. Elk telt alle gewone regels op; noem een deeltotaal “Subtotaal”.")
    found = Check(columns, len(lines) - len(sums), notes=notes)
    _down(found, lines, sums)
    _across(found, lines, across)
    return found


def _down(found: Check, lines: list[Line], sums: list[Line]) -> None:
    """Check the total lines: each adds up the lines above or around it."""
    since = 0
    for line in lines:
        if line not in sums:
            continue
        parts = [part for part in lines if part not in sums]
        if SUBTOTALS.search(line.label):
            parts = [part for part in parts if since < part.number < line.number]
            since = line.number
        computed = [_sum(part.figures[index] for part in parts) for index in range(len(found.columns))]
        _add(found, "row", line.label, found.columns, list(line.figures), computed)


def _across(found: Check, lines: list[Line], across: list[int]) -> None:
    """Check the total columns: each adds up the figures of its line."""
    for index in across:
        parts = [place for place in range(len(found.columns)) if place not in across]
        if SUBTOTALS.search(found.columns[index]):
            earlier = [place for place in across if place < index]
            parts = [place for place in parts if (earlier[-1] if earlier else -1) < place < index]
        computed = [_sum(line.figures[place] for place in parts) for line in lines]
        labels = [line.label for line in lines]
        _add(found, "column", found.columns[index], labels, [line.figures[index] for line in lines], computed)


def _add(
    found: Check, kind: str, label: str, places: list[str], printed: list[Decimal | None], computed: list[Decimal]
) -> None:
    differences = [None if said is None else said - made for said, made in zip(printed, computed, strict=True)]
    found.totals.append({
        "kind": kind, "label": label, "of": places, "printed": [_plain(value) for value in printed],
        "computed": [_plain(value) for value in computed], "difference": [_plain(value) for value in differences],
    })  # fmt: skip
    for place, said, made, difference in zip(places, printed, computed, differences, strict=True):
        if difference:
            found.flags.append({
                "id": f"{label}/{place}" if kind == "row" else f"{place}/{label}",
                "text": f"{label}, {place}: het gedrukte totaal (links) is niet de som van de delen (rechts).",
                "left": _plain(said), "right": _plain(made), "difference": _plain(difference),
            })  # fmt: skip


def _sum(values: Any) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _same(name: str, label: str) -> bool:
    return name.strip().casefold() == label.strip().casefold()


def _is_total(label: str, named: Sequence[str]) -> bool:
    if named:
        return any(_same(name, label) for name in named)
    return bool(TOTALS.match(label.strip()))


# --- reading ---


def _read(raw: bytes, notes: list[str]) -> tuple[list[str], list[Line]]:
    if len(raw) > LARGEST:
        raise NoTable("Het bestand is groter dan 10 MB. Een gedrukte tabel is kleiner: splits het bestand.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoTable("Het bestand is niet als UTF-8 opgeslagen. Kies in Excel: Opslaan als, “CSV UTF-8”.") from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=head.count), strict=True)
    try:
        rows = [
            (reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise NoTable(
            f"Bij regel {reader.line_num} klopt de CSV niet: een aanhalingsteken is niet gesloten."
        ) from error
    if len(rows) < 2 or len(rows[0][1]) < 2:
        raise NoTable("Er is geen tabel: zet de kolommen op de eerste regel, en daaronder een label met cijfers.")
    columns, body = rows[0][1][1:], rows[1:]
    grouped = _comma_groups(cell for _number, row in body for cell in row[1:])
    if grouped:
        notes.append(
            "Komma's zijn gelezen als scheiding van duizendtallen: elke komma staat voor precies drie cijfers."
        )
    lines = []
    for number, row in body:
        if len(row) != len(columns) + 1:
            raise NoTable(f"Regel {number} heeft {len(row)} cellen; de eerste regel heeft er {len(columns) + 1}.")
        lines.append(Line(number, row[0], tuple(_number(cell, number, grouped) for cell in row[1:])))
    return columns, lines


def _comma_groups(cells: Any) -> bool:
    """Tell whether commas part thousands: every cell with a comma looks so, and none uses a point for that."""
    with_comma = [cell for cell in cells if "," in cell]
    return bool(with_comma) and all(re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", cell) for cell in with_comma)


def _number(cell: str, line: int, grouped: bool) -> Decimal | None:
    text = cell.translate(MINUS).replace("€", "").strip()
    if not text:
        return None
    if text == "-":
        return Decimal(0)
    if grouped:
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    text = re.sub(r"(?<=\d) (?=\d{3})", "", text).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text, re.ASCII):
        raise NoTable(f"Regel {line}: “{cell[:30]}” is geen getal.")
    return Decimal(text)
