"""Periods of figures: a year, a half-year, a quarter or a month. Half-open: `ends` is the first day after it."""

import datetime as dt
import re
from dataclasses import dataclass

LENGTHS = {"": 12, "H": 6, "Q": 3, "M": 1}
FORM = re.compile(r"(\d{4})(?:-?([HQ])([1-4])|-(\d{2}))?", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole months. Facts carry months, so every period ends where a month ends and is counted exactly."""

    starts: dt.date
    months: int

    @classmethod
    def read(cls, text: str) -> "Period":
        """Read "2026", "2026H1", "2026Q3" or "2026-09"; raise ValueError when it is none of these."""
        found = FORM.fullmatch(text.strip())
        if found is None or not 1900 <= int(found[1]) <= 9000:
            raise ValueError(text)
        kind = "M" if found[4] else (found[2] or "").upper()
        number, length = int(found[4] or found[3] or 1), LENGTHS[kind]
        if not 1 <= number <= 12 // length:
            raise ValueError(text)
        return cls(dt.date(int(found[1]), (number - 1) * length + 1, 1), length)

    @property
    def ends(self) -> dt.date:
        """The first day after the period."""
        return _later(self.starts, self.months)

    @property
    def last(self) -> dt.date:
        """The last day of the period: the reference day of what is counted at the end (CBS: peildatum)."""
        return self.ends - dt.timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The period of the same length just before."""
        return Period(_later(self.starts, -self.months), self.months)

    def __str__(self) -> str:
        year, month = self.starts.year, self.starts.month
        kind = next(k for k, length in LENGTHS.items() if length == self.months)
        return {"": f"{year}", "M": f"{year}-{month:02d}"}.get(kind, f"{year}{kind}{(month - 1) // self.months + 1}")


def _later(day: dt.date, months: int) -> dt.date:
    total = day.year * 12 + day.month - 1 + months
    return dt.date(total // 12, total % 12 + 1, 1)
