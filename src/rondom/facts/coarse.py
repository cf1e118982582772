"""How a value is made coarser before it goes into a snapshot. Pure."""

import datetime as dt
from collections.abc import Callable
from typing import Any

BANDS = ((3, "0-3"), (11, "4-11"), (12, "12"), (17, "13-17"))


def month(day: dt.date | None) -> dt.date | None:
    """Return the first day of the month of a day."""
    return day.replace(day=1) if day else None


def age_band(age: int) -> str:
    """Return the band of an age in years; 12 stands alone, because regions count it with either side."""
    return next((name for oldest, name in BANDS if age <= oldest), "18+")


REPORTERS = {
    "parent": "family", "youth": "family", "neighbour": "network", "school": "school", "childcare": "school",
    "youth_health": "health", "general_practice": "health", "hospital": "health", "police": "safety",
    "veilig_thuis": "safety", "gi": "safety",
}  # fmt: skip


def reporter_group(kind: str) -> str:
    """Return the group of who reported: one that is too wide to say which neighbour, teacher or doctor it was."""
    return REPORTERS.get(kind, "other")


COARSER: dict[str, Callable[[Any], Any]] = {
    "month": month, "age band": age_band, "group of reporters": reporter_group,
}  # fmt: skip
TYPES = {"month": "day", "age band": "text", "group of reporters": "text"}  # what the value is afterwards
