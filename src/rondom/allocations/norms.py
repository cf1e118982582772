"""Which norm holds for a wait: of the product, the municipality, the region or the country, on the day it began.

All values of a municipality are read once (two queries), so that a list of waits asks no more than one wait.
"""

import datetime as dt

from rondom.law.engine import ParameterSet, national
from rondom.law.engine import Value as LawValue
from rondom.reference import queries as reference
from rondom.reference import scopes
from rondom.reference.models import Parameter

NAMES = (
    "first_talk_working_days", "waiting_norm_intake_days", "waiting_norm_treatment_days", "waiting_norm_help_days",
    "start_after_decision_days",
)  # fmt: skip


class Norms:
    """The norms for waiting of one municipality, by day and product."""

    def __init__(self, municipality: str, *, on: dt.date) -> None:
        self._rows = list(reference.visible_to(municipality).filter(name__in=NAMES))
        self._held = reference.scopes_of(municipality, on=on)
        self._numbers: dict[tuple[dt.date, str], ParameterSet] = {}

    def numbers(self, day: dt.date, product: str = "") -> ParameterSet:
        """Return the numbers for the law as they held on a day, for a product code ("" for none)."""
        key = (day, product)
        if key not in self._numbers:
            best = [self._best(name, day, product) for name in NAMES]
            self._numbers[key] = national().with_rows(row for row in best if row)
        return self._numbers[key]

    def has(self, name: str, day: dt.date, product: str = "") -> bool:
        """Tell whether a norm was chosen here for a day; a national guideline of the law is not a choice."""
        return self._best(name, day, product) is not None

    def _best(self, name: str, day: dt.date, product: str) -> LawValue | None:
        held = (*self._held, f"product:{product}") if product else self._held
        fitting = set(scopes.candidates(held))
        rows = [r for r in self._rows if r.name == name and r.scope in fitting and r.holds_on(day)]
        best: Parameter | None = max(rows, key=lambda row: scopes.weight(row.scope), default=None)
        if best is None:
            return None
        found = reference.dated(best)
        return LawValue(name, found.value, found.valid_from, found.source, found.scope)
