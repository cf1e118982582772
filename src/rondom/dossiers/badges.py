"""Marks that stay on a family for as long as what they say is so: nobody can wave them away. Rooms above register.

A badge is text with a shape, never colour alone. It is for staff: no page of a resident asks this registry.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.privacy.enums import Sight


@dataclass(frozen=True)
class Badge:
    """What stays in view: a few words, about whom, how grave (late or due), and the url name of the page behind it."""

    text: Any
    about: str
    tone: str
    url_name: str


Source = Callable[[Collection[UUID], Principal, dt.datetime, Sight], Mapping[UUID, list[Badge]]]
"""Of these cases: the badges of each, about children within this sight only, in a fixed number of queries."""

badges: Registry[Source] = Registry("badges of a family")


def badges_of(
    cases: Collection[UUID], by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN
) -> dict[UUID, list[Badge]]:
    """Return the badges of cases that were opened or listed for this viewer, gravest first."""
    found: dict[UUID, list[Badge]] = {pk: [] for pk in cases}
    if found:
        for _name, source in badges:
            for pk, marks in source(cases, by, at, sight).items():
                found[pk] += marks
    return {pk: sorted(marks, key=lambda badge: badge.tone != "late") for pk, marks in found.items()}
