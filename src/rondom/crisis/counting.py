"""A quarter of a register, from the stored lines and the lists and choices of its first day to figures."""

from dataclasses import dataclass
from typing import Any

from rondom.crisis import extract, lists, queries
from rondom.crisis.enums import STAYS, Form
from rondom.crisis.known import OLDER
from rondom.crisis.quarter import Area, Counted, Frame, Quarter, count
from rondom.reference import queries as reference

PARAMETERS = ("crisis_age_twelve", "crisis_few")


@dataclass(frozen=True)
class Made:
    """A counted quarter with its frame, and where its lists and choices come from."""

    counted: Counted
    frame: Frame
    sources: list[dict[str, Any]]


def make(region: str, quarter: Quarter) -> Made:
    """Count a quarter of a register; raise BadInput when a list or choice has no value on its first day."""
    frame, sources = _frame(region, quarter)
    return Made(count(extract.crisis_lines(queries.of_quarter(region, quarter)), quarter, frame), frame, sources)


def _frame(region: str, quarter: Quarter) -> tuple[Frame, list[dict[str, Any]]]:
    day = quarter.starts
    held = reference.parameter_set(day, [f"region:{region}"])
    found = {name: held[name] for name in PARAMETERS}
    keys = (lists.AREAS, lists.AMBULATORY, lists.STAY, lists.REASONS)
    codes = {key: lists.load(key).on(day) for key in keys}
    areas = [
        Area(code.code, code.label, code.extra.get("desk") != "nee")
        for code in codes[lists.AREAS]
        if code.extra.get("region") == region
    ]
    outside = next(code.label for code in codes[lists.AREAS] if code.code == lists.OUTSIDE)
    ambulatory, stay, reasons = (
        tuple((code.code, code.label) for code in codes[key]) for key in (lists.AMBULATORY, lists.STAY, lists.REASONS)
    )
    frame = Frame(
        forms=tuple(Form.values),
        stays=STAYS,
        ambulatory=Form.AMBULATORY.value,
        areas=tuple(areas),
        outside=Area("", outside),
        after_ambulatory=ambulatory,
        after_stay=stay,
        reasons=reasons,
        first_older_age=12 if found["crisis_age_twelve"].value == OLDER else 13,
        few=found["crisis_few"].value,
    )
    sources: list[dict[str, Any]] = [
        {"parameter": name, "value": row.value, "since": row.valid_from.isoformat(), "source": row.source}
        for name, row in found.items()
    ]
    sources += [{"list": key, "source": reference.code_list(key).source} for key in keys]
    return frame, sources
