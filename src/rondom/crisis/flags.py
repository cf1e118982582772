"""What does not fit in a quarter: both numbers side by side, nothing repaired.

Each rule is general; its id is that of the finding in the report that taught it (CF03-CF07, Zorglandschap Jeugd
Flevoland 2016/17), or of the requirement (F24, F26). A side of a flag says which figures it is made of, so that a
published flag is made of published figures only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.crisis.quarter import AGES, NONE, PLACED, TOTAL, Counted, Frame, Path

Shown = Mapping[Path, int | None]
Printed = Mapping[Path, int]


@dataclass(frozen=True)
class Side:
    """One number of a flag: a sum of figures, a share of two sums in per cent, or a number that stands elsewhere."""

    figures: tuple[Path, ...] = ()
    of: tuple[Path, ...] = ()
    fixed: int | None = None

    def value(self, shown: Shown) -> int | float | None:
        """Return the number from the figures that are shown; None when one of them is not."""
        if self.fixed is not None:
            return self.fixed
        part, whole = _total(self.figures, shown), _total(self.of, shown)
        if part is None or whole is None or not self.of:
            return part if not self.of else None
        return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True)
class Flag:
    """Two numbers that one would expect to be the same, or to differ the other way."""

    id: str
    text: Any
    left: Side
    right: Side


def _total(paths: tuple[Path, ...], shown: Shown) -> int | None:
    found = [shown.get(path) for path in paths]
    return None if None in found else sum(value for value in found if value is not None)


def _placed(form: str, *areas: str) -> tuple[Path, ...]:
    return tuple((PLACED, form, area, age) for area in areas or (TOTAL,) for age in AGES)


def flags(counted: Counted, frame: Frame, printed: Printed) -> list[Flag]:
    """Return every flag of a quarter; with printed figures also each one that differs from what was counted."""
    found = [*_rules(counted, frame, printed), *_differences(counted, printed)]
    return [flag for flag in found if flag.left.value(counted.figures) != flag.right.value(counted.figures)]


def _rules(counted: Counted, frame: Frame, printed: Printed) -> Iterator[Flag]:
    figures = counted.figures
    lines, persons = ("lines",), ("persons",)
    said = Side(fixed=printed[persons]) if persons in printed else Side((persons,))
    text = _(
        "Lines with help and lines without help add up to the lines (left), not to the youths (right): a youth can "
        "have several lines."
    )
    yield Flag("CF03", text, Side((("help_lines",), *_placed(NONE))), said)
    text = _("Share without help, in per cent: of the lines (left) and of the youths (right).")
    yield Flag("CF04", text, Side(_placed(NONE), (lines,)), Side((("persons_without_help",),), (persons,)))
    stays = tuple(path for form in frame.forms if form in frame.stays for path in _placed(form))
    ambulatory = _placed(frame.ambulatory)
    if (_total(stays, figures) or 0) > (_total(ambulatory, figures) or 0):
        text = _(
            "Stay goes with ambulatory help, yet there are more lines with stay (left) than with ambulatory help "
            "(right)."
        )
        yield Flag("CF05", text, Side(stays), Side(ambulatory))
    yield from _outside_the_desk(figures, frame)
    reasons = [path for path in printed if path[0] == "no_help_reasons"]
    given = Side(fixed=sum(printed[path] for path in reasons)) if reasons else Side((("none_lines_with_reason",),))
    text = _("Lines without help (left), and how many of them have a reason (right).")
    yield Flag("CF07", text, Side(_placed(NONE)), given)
    left = figures[("left_stay",)]
    if 0 < left < frame.few:
        text = _(
            "So few lines of crisis stay ended (left) that conclusions are not possible: fewer than %(few)s (right)."
        )
        yield Flag("F24", text % {"few": frame.few}, Side((("left_stay",),)), Side(fixed=frame.few))
    text = _("Lines of help that ended (left), and how many of them say what followed (right).")
    yield Flag("F26", text, Side((("ended_lines",),)), Side((("ended_lines_with_follow_up",),)))


def _outside_the_desk(figures: Shown, frame: Frame) -> Iterator[Flag]:
    """An ambulatory line of a municipality whose ambulatory crisis help is not registered here (F16, CF06)."""
    for area in frame.areas:
        lines = _placed(frame.ambulatory, area.name)
        if not area.desk and _total(lines, figures):
            text = _("%(name)s: ambulatory lines (left), while this register holds none for that municipality (right).")
            yield Flag("CF06", text % {"name": area.name}, Side(lines), Side(fixed=0))


def _differences(counted: Counted, printed: Printed) -> Iterator[Flag]:
    for path, number in printed.items():
        text = _("%(figure)s: printed (left) and counted (right).")
        if path not in counted.figures:
            text = _("%(figure)s: printed (left); this report does not count it.")
        yield Flag(f"printed:{'/'.join(path)}", text % {"figure": name_of(path)}, Side(fixed=number), Side((path,)))


NAMES = {
    "placed": _("reported"),
    "after_ambulatory": _("follow-up of ambulatory help"),
    "after_stay": _("follow-up of stay"),
    "no_help_reasons": _("reason without help"),
    "length_of_stay": _("length of stay"),
    "persons": _("youths"),
    "lines": _("lines"),
    "help_lines": _("lines with help"),
}
OF_LENGTHS = {"lines": _("lines"), "median": _("median"), "shortest": _("shortest"), "longest": _("longest")}


def name_of(path: Path) -> str:
    """Return a figure as people read it: "gemeld: geen, Almere, 12+"."""
    first = str(NAMES.get(path[0], path[0])) if path else ""
    rest = [str(OF_LENGTHS.get(part, part)) if path[0] == "length_of_stay" else part for part in path[1:]]
    return f"{first}: {', '.join(rest)}" if rest else first
