"""Importing a file of published figures: recognised by its columns, read as a stream, stored in one short swap.

All or nothing per file, and every refused line is named with its reason. The same figures again change nothing. A
figure that is known with another value is refused, unless the import says why it may be replaced: offices revise.
What the office does not publish (".", "-" or empty) is kept as unknown; it is not zero.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.importing import Counted, ImportRefused, alone, carry, digest_of
from rondom.core.principals import Principal
from rondom.crisis import reading
from rondom.indicators import actions, published
from rondom.indicators.layouts import LAYOUTS, MEASURES, NAMED_PLACES, NATION, REFERRERS, Layout, layout_of
from rondom.indicators.models import FigureImport, PublishedFigure

__all__ = ["ImportRefused", "Report", "load"]
STEP = 200  # lines per staging step
UNKNOWN = frozenset({"", ".", "-"})
PLACE = re.compile(r"NL00|GM[0-9]{4}|WK[0-9]{6}|PV[0-9]{2}|LD[0-9]{2}|CR[0-9]{2}")
PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:H[12])?")
NUMBER = re.compile(r"[0-9]{1,11}(?:[.,][0-9]{1,2})?")
NOT_A_NUMBER = _("%(column)s: “%(value)s” is no figure. Write a number, or nothing when it is not published.")
NOT_ROUNDED = _(
    "%(column)s: %(value)s is no multiple of %(step)s. CBS rounds this figure: look whether the file is theirs."
)
OVER_100 = _("%(column)s: %(value)s is more than 100 percent.")


@dataclass
class Report(Counted):
    """What an import of a file of this layout did."""

    layout: Layout


class LineRefused(Exception):
    """Why a line cannot be stored."""


def load(
    *, by: Principal, at: dt.datetime, path: Path, correct: str = "",
    progress: reading.Progress = lambda done, total: None,
) -> Report:  # fmt: skip
    """Import a file and return what became of it; raise ImportRefused when a line is refused, and store nothing then.

    `correct` is the reason why known figures may be replaced by what this file says; without it they are refused.
    """
    names = _columns(path)
    layout = layout_of(set(names))
    if layout is None:
        sentence = _("The columns of %(file)s fit none of the known layouts: %(layouts)s. See the page about figures.")
        raise BadInput(sentence % {"file": path.name, "layouts": ", ".join(LAYOUTS)})
    with alone("published-figures", _("Another import of figures is running. Wait until it is done.")):
        source = reading.rows(path, names, progress=progress)
        digest = digest_of(path)
        batch = actions.begin(by=by, at=at, layout=layout, file_name=path.name, reason=correct)
        work = _Work(batch, layout, bool(correct))
        carry(
            path, source, work, step=STEP, digest=digest,
            store=partial(actions.store, by=by, at=at, batch=batch),
            discard=partial(actions.discard, by=by, at=at, batch=batch),
        )  # fmt: skip
    return work.report


def _columns(path: Path) -> list[str]:
    """Return the names of the columns, as the reader will find them; [] when there is no first line to read."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            head = file.readline(reading.LONGEST_CELL)
    except OSError as error:
        raise BadInput(_("The file %(file)s cannot be read. Check the name.") % {"file": path}) from error
    return [name.strip().strip('"').strip().lower() for name in head.split(max(",;\t", key=head.count))]


Key = tuple[str, str, str, str]


class _Work:
    """The lines of one file on their way in."""

    def __init__(self, batch: FigureImport, layout: Layout, correct: bool) -> None:
        self.batch, self.layout, self.correct = batch, layout, correct
        self.report = Report(layout)
        self.seen: dict[tuple[str, str, str], int] = {}  # place, period, group of the line -> line

    def take(self, some: tuple[tuple[int, dict[str, str] | None], ...]) -> None:
        """Check a few lines and stage what is new; once a line was refused nothing more is staged."""
        lines = [line for line in (self._read(number, cells) for number, cells in some) if line]
        places = {figure.place for _number, figures in lines for figure in figures}
        known = published.known(places, {figure.period for _number, figures in lines for figure in figures})
        rows = [row for number, figures in lines for row in self._new(number, figures, known)]
        if not self.report.refused:
            with transaction.atomic():
                PublishedFigure.objects.bulk_create(rows)

    def _read(self, number: int, cells: dict[str, str] | None) -> tuple[int, list[PublishedFigure]] | None:
        try:
            if cells is None:
                raise LineRefused(_("This line has another number of cells than there are columns."))
            figures = figures_of(self.layout, cells)
            place = (figures[0].place, figures[0].period, cells.get(self.layout.groups, ""))
            first = self.seen.setdefault(place, number)
            if first != number:
                sentence = _("%(place)s is also on line %(line)s. A place stands in a file once per period.")
                raise LineRefused(sentence % {"place": " ".join(filter(None, place)), "line": first})
        except LineRefused as reason:
            self.report.refused.append((number, str(reason.args[0])))
            return None
        return number, figures

    def _new(
        self, number: int, figures: list[PublishedFigure], known: dict[Key, Decimal | None]
    ) -> Iterator[PublishedFigure]:
        """Yield the figures of a line that are not known yet, or known with another value when that is allowed."""
        differs = []
        for figure in figures:
            key = (figure.measure, figure.place, figure.period, figure.group)
            if key in known and known[key] == figure.value:
                self.report.unchanged += 1
                continue
            if key in known and not self.correct:
                differs.append(figure.column)
            self.report.corrected += key in known
            self.report.new += key not in known
            figure.batch = self.batch
            yield figure
        if differs:
            sentence = _(
                "%(place)s is stored already with another %(columns)s. Look which file is right; when CBS revised its "
                "figures, import with --correct and the reason."
            )
            words = {"place": figures[0].place, "columns": ", ".join(differs)}
            self.report.refused.append((number, str(sentence % words)))


def figures_of(layout: Layout, cells: dict[str, str]) -> list[PublishedFigure]:
    """Return the figures on one line; raise LineRefused with what is wrong with it."""
    place, group = _place(layout, cells), _group(layout, cells)
    name = cells[layout.name][:80] if layout.name else ""
    found = []
    for column, (measure, part) in layout.columns.items():
        period = cells[layout.period] if layout.period else layout.period_of(column)
        if not PERIOD.fullmatch(period):
            raise LineRefused(
                _("“%(period)s” is no year or half-year. Write 2021 or 2021H1.") % {"period": period[:20]}
            )
        found.append(
            PublishedFigure(
                measure=measure, place=place, name=name, period=period, group="/".join(filter(None, (group, part))),
                column=column, value=_value(measure, place, column, cells[column]),
            )
        )  # fmt: skip
    return found


def _place(layout: Layout, cells: dict[str, str]) -> str:
    if not layout.place:
        return NATION
    said = cells[layout.place]
    code = NAMED_PLACES.get(said.lower(), "") if layout.named else said
    if not PLACE.fullmatch(code):
        raise LineRefused(_("“%(place)s” is no place that CBS knows by that code or name.") % {"place": said[:40]})
    return code


def _group(layout: Layout, cells: dict[str, str]) -> str:
    if not layout.groups:
        return ""
    said = cells[layout.groups]
    if said.lower() not in REFERRERS:
        raise LineRefused(_("“%(group)s” is no referrer that CBS counts.") % {"group": said[:40]})
    return REFERRERS[said.lower()]


def _value(measure_key: str, place: str, column: str, said: str) -> Decimal | None:
    """Return a figure; None when it is not published."""
    measure, words = MEASURES[measure_key], {"column": column, "value": said[:20]}
    if said in UNKNOWN:
        return None
    if not NUMBER.fullmatch(said):
        raise LineRefused(NOT_A_NUMBER % words)
    value, step = Decimal(said.replace(",", ".")), Decimal(str(measure.step_of(place)))
    if value % step:
        raise LineRefused(NOT_ROUNDED % {**words, "step": f"{step.normalize():f}"})
    if measure.is_share and value > 100:
        raise LineRefused(OVER_100 % words)
    return value
