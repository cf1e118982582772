"""Figures as pages show them: of the newest snapshot, through the disclosure gate, in whole years, in words.

Whole years only: of shorter periods inside longer ones a reader could subtract one from the other and get back what was
not shown. A snapshot never changes, so what was made of it once is kept for as long as it is the newest.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.queries import kind_of_organisation
from rondom.core.principals import Principal
from rondom.indicators import publishing, snapshot, words
from rondom.indicators.declared import Indicator, indicators
from rondom.indicators.measuring import Figure, measured
from rondom.indicators.periods import Period
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind

YEARS = 3
SUBJECTS = {
    "concern": "entry", "advice": "entry", "referral": "entry", "family_plan": "plans", "plan_meeting": "plans",
    "screening": "plans", "evaluation": "plans", "safety_judgement": "safety", "safety_condition": "safety",
    "application": "decisions", "decision": "decisions", "allocation": "help", "allocation_change": "help",
    "wait": "waits", "first_talk": "waits", "crisis_line": "crisis",
}  # fmt: skip
"""Table of facts -> the heading its indicators stand under."""


@dataclass(frozen=True)
class Shown:
    """One figure on a page. `value` is None when there is none or it is not shown; `key` is its mark."""

    indicator: Indicator
    period: str
    group: tuple[str, ...]
    value: float | None
    text: str
    hidden: bool
    key: str


@dataclass(frozen=True)
class Split:
    """An indicator in a period, split or not, with the SQL that was asked."""

    figures: tuple[Shown, ...]
    sql: str


def made_at() -> dt.datetime | None:
    """Return the moment of the newest snapshot; None when there is none, or none can be read here."""
    newest = next(reversed(snapshot.generations()), None) if snapshot.available() else None
    return dt.datetime.strptime(newest.name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=dt.UTC) if newest else None


def scopes_of(by: Principal, day: dt.date) -> tuple[str, ...]:
    """Return the municipalities whose figures somebody may see: the own one; of a region's office those of the region."""
    if kind_of_organisation(by) != OrganisationKind.PURCHASE:
        return (by.municipality,)
    region = reference.part_of(AreaKind.MUNICIPALITY, by.municipality, AreaKind.YOUTH_REGION, on=day)
    return tuple(reference.areas_in(AreaKind.YOUTH_REGION, region, AreaKind.MUNICIPALITY, on=day)) or (by.municipality,)


def years(day: dt.date) -> list[str]:
    """Return the years that can be asked for on a day, newest first."""
    return [str(day.year - back) for back in range(YEARS)]


def totals(keys: Iterable[str], period: str, scopes: tuple[str, ...]) -> dict[str, Shown]:
    """Return several indicators over a year, not split, by key. One connection."""
    return dict(_totals(_newest(), tuple(keys), period, scopes, _limits(period)))


def split(indicator: Indicator, period: str, by: str, scopes: tuple[str, ...]) -> Split:
    """Return an indicator over a year, split in one way or ("") not at all. Raises what `snapshot.opened` raises."""
    return _split(_newest(), indicator.key, period, by, scopes, _limits(period))


def _newest() -> str:
    newest = next(reversed(snapshot.generations()), None)
    return str(newest) if newest else ""


def _limits(period: str) -> tuple[tuple[str, int], ...]:
    return tuple(publishing.limits(Period.read(period).starts).items())


Limits = tuple[tuple[str, int], ...]


@functools.lru_cache(maxsize=256)
def _totals(
    newest: str, keys: tuple[str, ...], period: str, scopes: tuple[str, ...], limits: Limits
) -> tuple[tuple[str, Shown], ...]:
    with snapshot.opened(scopes) as connection:
        return tuple((key, _asked(connection, indicators[key], period, "", limits).figures[0]) for key in keys)


@functools.lru_cache(maxsize=256)
def _split(newest: str, key: str, period: str, by: str, scopes: tuple[str, ...], limits: Limits) -> Split:
    with snapshot.opened(scopes) as connection:
        return _asked(connection, indicators[key], period, by, limits)


def _asked(connection: Any, indicator: Indicator, period: str, by: str, limits: Limits) -> Split:
    asked = measured(connection, indicator, Period.read(period), [by] if by else [])
    public = publishing.public(asked, **dict(limits))
    pairs = list(zip(asked.figures, public.figures, strict=True))
    return Split(tuple(_shown(indicator, period, by, real, told) for real, told in pairs), asked.sql)


def _shown(indicator: Indicator, period: str, by: str, real: Figure, told: Figure) -> Shown:
    hidden = real.number > 0 and told.value is None and real.value is not None
    return Shown(
        indicator=indicator, period=period, group=told.group, value=None if hidden else told.value,
        text=words.figure_words(indicator, told, hidden=hidden), hidden=hidden,
        key=words.key_of(indicator.key, period, [by] if by else [], told.group),
    )  # fmt: skip
