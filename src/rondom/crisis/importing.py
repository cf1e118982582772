"""Importing a file of register lines: read as a stream, checked, staged in small steps, and stored in one short swap.

All or nothing per file. Importing a file again changes nothing: a line is known by its number in the register. A line
that is known with other content is refused, unless the import is said to correct (with a reason). Killed half-way,
nothing counts; the next import puts away what was staged. Two at once: the second is refused while the first runs.

Youths are kept as a pseudonym of their reference in the register (`pseudonyms`), which also finds a youth who was
imported before the keys of the installation changed.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.importing import Counted, ImportRefused, Source, alone, carry, digest_of
from rondom.core.principals import Principal
from rondom.crisis import actions, checking, lists, pseudonyms, queries, reading
from rondom.crisis.checking import LineRefused, Values
from rondom.crisis.models import RegisterImport, RegisterLine

__all__ = ["ImportRefused", "Report", "load"]
STEP = 500  # lines per staging step
COMPARED = (
    "reported_on", "municipality", "age", "form", "no_help_reason", "started_on", "ended_on", "follow_up",
)  # fmt: skip
Refuse = Callable[[int, str], None]


@dataclass
class Report(Counted):
    """What an import of the register of one region did."""

    region: str


def load(
    *, by: Principal, at: dt.datetime, path: Source, region: str = "", correct: str = "",
    progress: reading.Progress = lambda done, total: None,
) -> Report:  # fmt: skip
    """Import a file and return what became of it; raise ImportRefused when a line is refused, and store nothing then.

    `correct` is the reason why known lines may be replaced by what this file says; without it they are refused.
    """
    region = lists.region_of(region)
    with _alone(region):
        found = lists.for_region(region)
        source = reading.rows(path, checking.COLUMNS, progress=progress)
        digest = digest_of(path)
        batch = actions.begin(by=by, at=at, region=region, reason=correct)
        work = _Work(batch, found, clock.today(at), bool(correct))
        carry(
            path, source, work, step=STEP, digest=digest,
            store=partial(actions.store, by=by, at=at, batch=batch),
            discard=partial(actions.discard, by=by, at=at, batch=batch),
        )  # fmt: skip
    return work.report


def _alone(region: str) -> AbstractContextManager[None]:
    """Let one import per register run on this machine."""
    return alone(
        f"crisis-{region}", _("Another import of this register is running. Nothing was stored: wait until it is done.")
    )


class _Work:
    """The lines of one file on their way in."""

    def __init__(self, batch: RegisterImport, found: lists.Lists, today: dt.date, correct: bool) -> None:
        self.batch, self.lists, self.today, self.correct = batch, found, today, correct
        self.report = Report(found.region)
        self.seen: dict[str, tuple[int, int]] = {}  # number in the register -> line, hash of its values
        self.withdrawn: dict[str, RegisterLine] = {}
        self.pseudonyms = pseudonyms.of_register(batch.region)

    def take(self, some: tuple[tuple[int, dict[str, str] | None], ...]) -> None:
        """Check a few lines and stage what is new; once a line was refused nothing more is staged."""
        lines = [line for line in (self._checked(number, cells) for number, cells in some) if line]
        stored = queries.known_lines(self.batch.region, [values.report_id for _number, values in lines])
        self.withdrawn = queries.withdrawn(self.batch.region, [values.report_id for _number, values in lines])
        rows = [self._row(number, values, stored) for number, values in lines]
        if not self.report.refused:
            with transaction.atomic():
                RegisterLine.objects.bulk_create([row for row in rows if row is not None])

    def _refuse(self, number: int, *reasons: Any) -> None:
        self.report.refused.append((number, " ".join(str(reason) for reason in reasons)))

    def _checked(self, number: int, cells: dict[str, str] | None) -> tuple[int, Values] | None:
        try:
            values = checking.check(cells, self.lists, self.today)
        except LineRefused as refused:
            self._refuse(number, *refused.reasons)
            return None
        earlier = self.seen.setdefault(values.report_id, (number, hash(values)))
        if earlier[0] == number:
            return number, values
        if earlier[1] == hash(values):
            self.report.unchanged += 1
        else:
            sentence = _("report_id %(id)s is also on line %(line)s, with other content.")
            self._refuse(number, sentence % {"id": values.report_id, "line": earlier[0]})
        return None

    def _row(self, number: int, values: Values, stored: dict[str, RegisterLine]) -> RegisterLine | None:
        known = stored.get(values.report_id)
        differs = self._differs(values, known) if known else []
        if known and not differs:
            self.report.unchanged += 1
            return None
        if known and not self.correct:
            sentence = _(
                "report_id %(id)s is stored already with another %(names)s. Correct the file; or, if the register was "
                "wrong, import it as a correction, with the reason (on the command line: --correct)."
            )
            self._refuse(number, sentence % {"id": values.report_id, "names": ", ".join(differs)})
            return None
        if values.report_id in self.withdrawn and not self.correct:
            sentence = _(
                "report_id %(id)s was withdrawn. Leave it out; or, if it does count, import it as a correction, with "
                "the reason (on the command line: --correct)."
            )
            self._refuse(number, sentence % {"id": values.report_id})
            return None
        self.report.corrected += known is not None
        self.report.new += known is None
        fields = {name: getattr(values, name) for name in COMPARED}
        return RegisterLine(
            batch=self.batch, region=self.batch.region, report_id=values.report_id,
            youth_key=self.pseudonyms.of(values.youth_ref), generation=self.pseudonyms.generation, replaces=known,
            created_at=self.batch.created_at, changed_at=self.batch.created_at, **fields,
        )  # fmt: skip

    def _differs(self, values: Values, known: RegisterLine) -> list[str]:
        names = [name for name in COMPARED if getattr(values, name) != getattr(known, name)]
        return names if self.pseudonyms.of(values.youth_ref) == known.youth_key else [*names, "youth_ref"]
