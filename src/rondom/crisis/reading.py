"""Reading a CSV file line by line, however it was saved: BOM, semicolons, CRLF, quotes. Never more than it may hold.

A problem with the file as a whole is one sentence that says what to do; a problem with one line belongs to the line.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.importing import Source

LARGEST = 50_000_000  # bytes
LONGEST_CELL = 10_000  # characters
Progress = Callable[[int, int], None]


def rows(
    path: Source, columns: Sequence[str], *, progress: Progress = lambda done, total: None
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield (line number, cells by column) of a file; None for a line with another number of cells.

    Empty lines are passed over. `progress` is told (bytes read, bytes in all) now and then. Raises BadInput at once for
    a file that is not there, too large or empty; on the way for one that is not UTF-8, badly quoted, or without exactly
    these columns.
    """
    return _stream(path, columns, _size(path), progress)


def _stream(
    path: Source, columns: Sequence[str], total: int, progress: Progress
) -> Iterator[tuple[int, dict[str, str] | None]]:
    try:
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            for count, found in enumerate(_rows(text, columns)):
                if count % 1000 == 0:
                    progress(raw.tell(), total)
                yield found
            progress(total, total)
    except UnicodeDecodeError as error:
        raise BadInput(
            _(
                "This file is not saved as UTF-8, so letters such as ë would be lost. In Excel: choose Save as, and "
                "then “CSV UTF-8”. In LibreOffice: choose Save as, tick “Edit filter settings”, and choose “Unicode "
                "(UTF-8)”."
            )
        ) from error
    except OSError as error:
        raise BadInput(_("The file %(file)s cannot be read. Check the name.") % {"file": path}) from error


def _size(path: Source) -> int:
    if not path.is_file():
        raise BadInput(_("The file %(file)s cannot be read. Check the name.") % {"file": path})
    size = path.stat().st_size
    if size > LARGEST:
        words = {"file": path.name, "size": size // 1_000_000, "largest": LARGEST // 1_000_000}
        sentence = _("%(file)s is %(size)s MB; at most %(largest)s MB is read. Split it, for example by quarter.")
        raise BadInput(sentence % words)
    if size == 0:
        raise BadInput(_("%(file)s is empty. Nothing was stored.") % {"file": path.name})
    return size


def _rows(text: io.TextIOWrapper, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | None]]:
    head = text.readline(LONGEST_CELL)
    delimiter = max(",;\t", key=head.count)
    names = _names(head, delimiter, columns)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 2
    try:
        for row in reader:
            if max(map(len, row), default=0) > LONGEST_CELL:  # not the limit of `csv`: that is one for every thread
                raise csv.Error
            if any(cell.strip() for cell in row):
                cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
                yield number, cells if len(row) == len(names) else None
            number = reader.line_num + 2
    except csv.Error as error:
        sentence = _("From line %(number)s this is no proper CSV: a quote is not closed, or a cell is far too long.")
        raise BadInput(sentence % {"number": number}) from error


def _names(head: str, delimiter: str, columns: Sequence[str]) -> list[str]:
    names = [name.strip().strip('"').strip().lower() for name in head.split(delimiter)]
    missing, unknown = [c for c in columns if c not in names], [n for n in names if n not in columns]
    if missing or unknown or len(names) != len(columns):
        sentence = _(
            "The first line must name these columns: %(columns)s. Missing: %(missing)s. Not known, or there twice: "
            "%(unknown)s."
        )
        twice = {name for name in names if names.count(name) > 1}
        words = {
            "columns": ", ".join(columns),
            "missing": ", ".join(missing) or "-",
            "unknown": ", ".join(sorted({name[:30] for name in [*unknown, *twice]})) or "-",
        }
        raise BadInput(sentence % words)
    return names
