"""Dates and numbers in plain Dutch, for explanations."""

import datetime as dt

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def day(value: dt.date) -> str:
    """Return "maandag 28 december 2026"."""
    return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime) -> str:
    """Return "zondag 27 december 2026, 15.00 uur"."""
    return f"{day(value.date())}, {value:%H.%M} uur"


def count(number: int, one: str, many: str) -> str:
    """Return "1 dag" or "9 dagen"."""
    return f"{number} {one if number == 1 else many}"
