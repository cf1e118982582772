"""The quarterly report of a crisis register: internal or public, live or as a frozen edition.

The content is a plain dictionary, the same for every format:

    placed            reported in the quarter: form, municipality by printed name, age group, count; totals as `totaal`
    after_ambulatory  ended in the quarter, by what followed: label, age group, count
    after_stay        the same for help with stay
    no_help_reasons   reported without help: reason, age group, count (internal only)
    length_of_stay    stays that ended: municipality, age group, lines, and the median, shortest and longest in days;
                      in the public content the median only, where it rests on enough lines for conclusions
    persons, lines, help_lines
    flags             id, text, left, right; internally of one that was closed also the note, the name and the day
    errata            figure, text, left, right: what changed since the previous edition
    definition        how it was counted, with the sources

In the public content a count that must not be shown is null. Lines and flags are made of shown counts only, so they
give nothing away; a flag that would need a count that is not shown is left out.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rondom.core import clock, locks
from rondom.core.errors import BadInput
from rondom.core.principals import Principal
from rondom.crisis import counting, printed
from rondom.crisis.flags import Flag, Shown, flags, name_of
from rondom.crisis.quarter import (
    AFTER_AMBULATORY,
    AFTER_STAY,
    AGES,
    LENGTHS,
    NONE,
    PLACED,
    REASONS,
    TOTAL,
    Figures,
    Frame,
    Lengths,
    Path,
    Quarter,
)  # fmt: skip
from rondom.indicators import disclosure
from rondom.reference import queries as reference
from rondom.reports import actions, queries
from rondom.reports.models import ClosedFlag, Edition

REPORT = "crisis_quarter"
TABLES = (PLACED, AFTER_AMBULATORY, AFTER_STAY, REASONS, LENGTHS)
NUMBERS = ("persons", "lines", "help_lines")
GATE = ("disclosure_smallest", "disclosure_rounding")


@dataclass(frozen=True)
class Report:
    """A report ready to be rendered: its text as JSON, and whether an edition was frozen for it just now."""

    text: str
    frozen_now: bool = False

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.text))


def live(region: str, quarter: Quarter, *, public: bool, printed_figures: Figures | None = None) -> Report:
    """Return the report as the register is now."""
    internal, shown = _both(region, quarter, None, None, printed_figures or {})
    return Report(shown if public else internal)


def edition(
    region: str, quarter: Quarter, number: int, *, public: bool, by: Principal, at: dt.datetime,
    printed_figures: Figures | None = None,
) -> Report:  # fmt: skip
    """Return a frozen edition, byte for byte. The one after the last is frozen now; raises BadInput for another one."""
    found = list(queries.editions(REPORT, region, str(quarter)))
    if 1 <= number <= len(found):
        return Report(queries.text_of(found[number - 1], public=public))
    if number != len(found) + 1:
        sentence = _("The next edition of %(quarter)s is edition %(next)s; %(number)s cannot be given or frozen.")
        raise BadInput(sentence % {"quarter": quarter, "next": len(found) + 1, "number": number})
    internal, shown = _both(region, quarter, number, clock.today(at), printed_figures or {})
    definition = _text(json.loads(internal)["definition"])
    frozen = actions.freeze(
        by=by, at=at, report=REPORT, scope=region, period=str(quarter), number=number, content=internal, public=shown,
        definition=definition,
    )  # fmt: skip
    return Report(queries.text_of(frozen, public=public), frozen_now=True)


def known_figures(region: str, quarter: Quarter) -> Figures:
    """Return every figure of the report, so that printed ones can be told from words that mean nothing here."""
    return counting.make(region, quarter).counted.figures


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _both(
    region: str, quarter: Quarter, number: int | None, day: dt.date | None, printed_figures: Figures
) -> tuple[str, str]:
    """Return the internal and the public text."""
    made = counting.make(region, quarter)
    gate = {name: reference.value(name, on=quarter.starts, scopes=[f"region:{region}"]) for name in GATE}
    earlier = list(queries.editions(REPORT, region, str(quarter)))
    limit, rounding = (gate[name].value for name in GATE)
    shown = gated(made.counted.figures, made.frame, limit=limit, rounding=rounding, earlier=earlier)
    raised = flags(made.counted, made.frame, printed_figures)
    sources = made.sources + [
        {"parameter": name, "value": row.value, "since": row.valid_from.isoformat(), "source": row.source}
        for name, row in gate.items()
    ]
    texts = []
    lengths, told = made.counted.lengths, _told(made.counted.lengths, made.frame.few)
    for figures, days, public in ((made.counted.figures, lengths, False), (shown, told, True)):
        before = json.loads(earlier[-1].public if public else earlier[-1].content or "{}") if earlier else {}
        content = {
            "report": REPORT, "region": region, "quarter": str(quarter), "edition": number,
            "frozen_on": day.isoformat() if day else None, "public": public,
            **_nested({**figures, **days}, [table for table in TABLES if not (public and table == REASONS)]),
            **{name: figures[(name,)] for name in NUMBERS},
            "flags": _with_closings(_flags(raised, figures, public=public), region, quarter, public=public),
            "errata": list(_errata(before, {**figures, **days})),
            "definition": _definition(made.frame, sources, limit if public else None),
        }  # fmt: skip
        texts.append(_text(content))
    return texts[0], texts[1]


def _nested(figures: Mapping[Path, Any], tables: Iterable[str]) -> dict[str, Any]:
    nested: dict[str, Any] = {table: {} for table in tables}
    for (table, *names), value in figures.items():
        if table in nested:
            inner = nested[table]
            for name in names[:-1]:
                inner = inner.setdefault(name, {})
            inner[names[-1]] = value
    return nested


def _flags(raised: list[Flag], figures: Shown, *, public: bool) -> Iterable[dict[str, Any]]:
    for flag in raised:
        left, right = flag.left.value(figures), flag.right.value(figures)
        if not public or None not in (left, right):
            yield {"id": flag.id, "text": str(flag.text), "left": left, "right": right}


def _with_closings(
    found: Iterable[dict[str, Any]], region: str, quarter: Quarter, *, public: bool
) -> list[dict[str, Any]]:
    """Return the flags with their closings; a note is written by a colleague, so it is not published."""
    return list(found) if public else queries.with_closings(found, REPORT, region, str(quarter))


def flag_to_close(region: str, quarter: Quarter, flag_id: str) -> dict[str, Any]:
    """Return a flag of a quarter as the register is now, or of its last edition; BadInput when it is in neither.

    Of several with the same id (a rule can find more than one municipality) the first that still stands open.
    """
    last = queries.editions(REPORT, region, str(quarter)).last()
    texts = [live(region, quarter, public=False).text, *([last.content] if last and last.content else ())]
    flags_now = [flag for text in texts for flag in json.loads(text)["flags"]]
    found = sorted((flag for flag in flags_now if flag["id"] == flag_id), key=lambda flag: "closed" in flag)
    if not found:
        known = ", ".join(dict.fromkeys(flag["id"] for flag in flags_now))
        sentence = _("There is no flag %(flag)s in %(quarter)s. There are: %(known)s.")
        raise BadInput(sentence % {"flag": flag_id[:60], "quarter": quarter, "known": known or "-"})
    return found[0]


def close(
    region: str, quarter: Quarter, flag_id: str, *, note: str, name: str, by: Principal, at: dt.datetime, seen: str = ""
) -> ClosedFlag:
    """Close a flag (`flag_to_close`). `seen`: the two numbers somebody looked at; BadInput when they changed since."""
    found = flag_to_close(region, quarter, flag_id)
    if seen and seen != sides(found):
        raise BadInput(_("The numbers changed since you looked. Look at them again before you close this."))
    words = {"report": REPORT, "scope": region, "period": str(quarter)}
    return actions.close_flag(by=by, at=at, flag=found, note=note, name=name, **words)


def sides(flag: Mapping[str, Any]) -> str:
    """Return the two numbers of a flag as one text: 92/79."""
    return f"{queries.side(flag['left'])}/{queries.side(flag['right'])}"


def mark(report: Report) -> str:
    """Return what tells the figures of a report from those of another moment."""
    return hashlib.sha256(report.text.encode()).hexdigest()


def freeze_seen(
    region: str, quarter: Quarter, number: int, *, seen: str, by: Principal, at: dt.datetime
) -> dict[str, Any]:
    """Freeze the next edition, of the figures somebody saw (`seen`: their mark); return its internal content.

    Raises BadInput when the figures changed since, or when somebody else froze this edition meanwhile. No line comes
    into the register between looking and freezing.
    """
    with transaction.atomic():
        locks.hold("reports.freeze")
        locks.hold("crisis.register")
        if seen != mark(live(region, quarter, public=False)):
            raise BadInput(_("The figures changed since you opened this page. Look at them again before you freeze."))
        frozen = edition(region, quarter, number, public=False, by=by, at=at)
    if not frozen.frozen_now:
        raise BadInput(_("Somebody froze an edition meanwhile. Look at that one first."))
    return frozen.content


def _errata(before: Mapping[str, Any], figures: Mapping[Path, Any]) -> Iterable[dict[str, Any]]:
    """Yield what changed since the previous edition, of figures that are shown in both."""
    told = {name: before[name] for name in (*TABLES, *NUMBERS) if name in before}
    for path, old in printed.flatten(told):
        new = figures.get(path)
        if new is not None and new != old:
            words = {"figure": name_of(path), "old": _said(old), "new": _said(new), "edition": before["edition"]}
            text = _("%(figure)s: edition %(edition)s said %(old)s, it is now %(new)s.") % words
            yield {"figure": "/".join(path), "text": text, "left": old, "right": new}


def _said(value: float) -> str:
    """Return a figure as people write it: 18 for a median of 18.0, and 21,5."""
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")


def _definition(frame: Frame, sources: list[dict[str, Any]], limit: int | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "placed": _("Lines of the register that were reported in the quarter."),
        "after": _("Lines of help that ended in the quarter, by what followed."),
        "length_of_stay": _(
            "Days from start to end of help with stay that ended in the quarter, the last day not counted."
        ),
        "persons": _("Different youths among the lines that were reported in the quarter."),
        "lines": _("Lines that were reported in the quarter; a youth can have several."),
        "help_lines": _("Lines that were reported in the quarter, without those of the form geen."),
        "age_groups": _("12+ begins at %(age)s years, on the day of the report.") % {"age": frame.first_older_age},
        "sources": sources,
    }
    if limit is not None:
        found["not_shown"] = _(
            "Empty: not shown, because it is smaller than %(limit)s or would give away a smaller count."
        ) % {"limit": limit}
    return found


# --- the gate ---


def gated(
    figures: Figures, frame: Frame, *, limit: int, rounding: int = 1, earlier: Iterable[Edition] = ()
) -> dict[Path, int | None]:
    """Return the figures that may be published: suppressed ones are None, what is not published at all is absent."""
    before = [(json.loads(edition.content or edition.public), json.loads(edition.public)) for edition in earlier]
    shown: dict[Path, int | None] = {}
    for table, paths in _tables(figures, frame):
        editions = [_edition(paths, content, public) for content, public in before]
        hidden = disclosure.suppressed(table, limit, editions)
        for cell, path in paths.items():
            shown[path] = None if cell in hidden else disclosure.rounded(figures[path], rounding)
    ordered = {path: shown[path] for path in figures if path in shown}
    return ordered | _derived(ordered, figures[("persons",)], limit, rounding)


def _told(lengths: Lengths, few: int) -> Lengths:
    """Return the lengths of stay that may be published: medians over enough lines. A shortest stay is somebody's."""
    enough = {path[:-1] for path, value in lengths.items() if path[-1] == "lines" and (value or 0) >= few}
    return {path: value if path[:-1] in enough else None for path, value in lengths.items() if path[-1] == "median"}


Paths = dict[disclosure.Cell, Path]


def _tables(figures: Figures, frame: Frame) -> Iterable[tuple[disclosure.Table, Paths]]:
    """Yield the tables that are published, each with the path of every cell. Reasons without help are not."""
    forms = (*frame.forms, TOTAL)
    names = (*(area.name for area in frame.areas), frame.outside.name, TOTAL)
    for age in AGES:
        cells: Paths = {(form, name): (PLACED, form, name, age) for form in forms for name in names}
        counts = {cell: figures[path] for cell, path in cells.items()}
        yield disclosure.Table(forms, names, counts, TOTAL), cells
    for key in (AFTER_AMBULATORY, AFTER_STAY):
        cells = {(path[1], path[2]): path for path in figures if path[0] == key}
        labels = tuple(dict.fromkeys(label for label, _age in cells))
        yield disclosure.Table(labels, AGES, {cell: figures[path] for cell, path in cells.items()}), cells


def _edition(paths: Paths, content: Mapping[str, Any], public: Mapping[str, Any]) -> disclosure.Edition:
    counts, told = dict(printed.flatten(content)), dict(printed.flatten(public))
    return disclosure.Edition(
        {cell: counts[path] for cell, path in paths.items() if path in counts},
        frozenset(cell for cell, path in paths.items() if path not in told),
    )


def _derived(shown: Shown, persons: int, limit: int, rounding: int) -> dict[Path, int | None]:
    """Return lines, lines with help and persons, from nothing but what is shown."""
    totals = [shown[PLACED, TOTAL, TOTAL, age] for age in AGES]
    without = [shown[PLACED, NONE, TOTAL, age] for age in AGES]
    lines = None if None in totals else sum(count or 0 for count in totals)
    help_lines = None if lines is None or None in without else lines - sum(count or 0 for count in without)
    may = lines is not None and (persons == 0 or persons >= limit)
    return {
        ("persons",): disclosure.rounded(persons, rounding) if may else None,
        ("lines",): lines,
        ("help_lines",): help_lines,
    }
