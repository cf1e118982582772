"""Figures as pages show them: of the snapshot of this month, through the disclosure gate, in whole years, in words.

Whole years only: of shorter periods inside longer ones a reader could subtract one from the other and get back what was
not shown. For the same reason figures move once a month (`snapshot.shown`). A snapshot never changes, so what was made
of it once is kept for as long as it is shown.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.queries import kind_of_organisation
from rondom.core.principals import Principal
from rondom.indicators import publishing, snapshot, words
from rondom.indicators.declared import Indicator, indicators
from rondom.indicators.measuring import Figure, measured
from rondom.indicators.periods import Period
from rondom.indicators.publishing import Gate
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind

YEARS = 3
SUBJECTS = {
    "concern": "entry", "advice": "entry", "referral": "entry", "family_plan": "plans", "plan_meeting": "plans",
    "screening": "plans", "evaluation": "plans", "safety_judgement": "safety", "safety_condition": "safety",
    "application": "decisions", "decision": "decisions", "allocation": "help", "allocation_change": "help",
    "wait": "waits", "first_talk": "waits", "provider_request": "waits", "crisis_line": "crisis",
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
    """An indicator in a period, split or not, with the SQL that was asked.

    `closed`: something was counted, and nothing of this split may be shown, not even which groups there are.
    """

    figures: tuple[Shown, ...]
    sql: str
    closed: bool = False


def made_at() -> dt.datetime | None:
    """Return the moment of the snapshot that is shown; None when there is none, or none can be read here."""
    shown = snapshot.shown() if snapshot.available() else None
    return snapshot.made_at(shown) if shown else None


def scopes_of(by: Principal, day: dt.date) -> tuple[str, ...]:
    """Return the municipalities whose figures somebody may see: the own one; of a region's office, its region."""
    if kind_of_organisation(by) != OrganisationKind.PURCHASE:
        return (by.municipality,)
    region = reference.part_of(AreaKind.MUNICIPALITY, by.municipality, AreaKind.YOUTH_REGION, on=day)
    return tuple(reference.areas_in(AreaKind.YOUTH_REGION, region, AreaKind.MUNICIPALITY, on=day)) or (by.municipality,)


def years(day: dt.date) -> list[str]:
    """Return the years that can be asked for on a day, newest first."""
    return [str(day.year - back) for back in range(YEARS)]


def totals(keys: Iterable[str], periods: Iterable[str], scopes: tuple[str, ...]) -> dict[tuple[str, str], Shown]:
    """Return several indicators over several years, not split, by key and year."""
    asked = tuple((key, period, "") for key in keys for period in periods)
    return {(key, period): one.figures[0] for (key, period, _by), one in zip(asked, ask(asked, scopes), strict=True)}


Question = tuple[str, str, str]  # key of the indicator, year, how it is split ("": not)


def ask(questions: tuple[Question, ...], scopes: tuple[str, ...]) -> tuple[Split, ...]:
    """Answer questions from the snapshot that is shown, over one connection. Raises what `snapshot.opened` raises."""
    shown = snapshot.shown()
    periods = dict.fromkeys(period for _key, period, _by in questions)
    limits = tuple((period, tuple(publishing.limits(Period.read(period).starts).items())) for period in periods)
    return _answers(shown, questions, scopes, limits)


@functools.lru_cache(maxsize=512)
def _answers(
    shown: Path | None, questions: tuple[Question, ...], scopes: tuple[str, ...],
    limits: tuple[tuple[str, tuple[tuple[str, int], ...]], ...],
) -> tuple[Split, ...]:  # fmt: skip
    held = {period: dict(some) for period, some in limits}
    gates: dict[tuple[str, str], Gate] = {}
    found = []
    with snapshot.opened(scopes, shown) as connection:
        for key, period, by in questions:
            indicator, limit = indicators[key], held[period]
            if (key, period) not in gates:
                gates[key, period] = publishing.gate(
                    connection, indicator, Period.read(period), smallest=limit["smallest"]
                )  # fmt: skip
            found.append(_answer(connection, indicator, period, by, gates[key, period], limit["rounding"]))
    return tuple(found)


def _answer(connection: Any, indicator: Indicator, period: str, by: str, gate: Gate, rounding: int) -> Split:
    asked = measured(connection, indicator, Period.read(period), [by] if by else [])
    public = publishing.public(asked, gate, rounding=rounding)
    if asked.figures and not public.figures:
        return Split((), asked.sql, closed=True)
    pairs = list(zip(asked.figures, public.figures, strict=True))
    return Split(tuple(_shown(indicator, period, by, real, told) for real, told in pairs), asked.sql)


def _shown(indicator: Indicator, period: str, by: str, real: Figure, told: Figure) -> Shown:
    hidden = real.number > 0 and told.value is None and real.value is not None
    return Shown(
        indicator=indicator, period=period, group=told.group, value=None if hidden else told.value,
        text=words.figure_words(indicator, told, hidden=hidden), hidden=hidden,
        key=words.key_of(indicator.key, period, [by] if by else [], told.group),
    )  # fmt: skip
