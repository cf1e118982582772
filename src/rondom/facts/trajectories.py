"""When orders of help are one trajectory (CBS, Jeugdhulp 2020, ch. 2). Pure."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol


class Spell(Protocol):
    """Help from a first day to a last day; it runs while `stopped_on` is empty."""

    @property
    def started_on(self) -> dt.date:
        """First day of help."""

    @property
    def stopped_on(self) -> dt.date | None:
        """Last day of help."""


def merged[S: Spell](spells: Iterable[S]) -> list[list[S]]:
    """Return the spells of one form at one provider for one youth as trajectories, oldest first.

    Spells that share at least one day are one trajectory, also through a third. One that begins the day after another
    ended does not overlap it.
    """
    found: list[list[S]] = []
    last: dt.date | None = None
    for spell in sorted(spells, key=lambda each: (each.started_on, each.stopped_on or dt.date.max)):
        ends = spell.stopped_on or dt.date.max
        if found and last is not None and spell.started_on <= last:
            found[-1].append(spell)
            last = max(last, ends)
        else:
            found.append([spell])
            last = ends
    return found
