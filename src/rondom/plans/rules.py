"""What a plan still lacks, what an evaluation proposes, and how far up or down a case can go. Pure where it can be."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.entry.enums import Route
from rondom.plans.enums import Answer, Doer, Gap, Outcome

LADDER: tuple[str, ...] = (Route.PROVIDER, Route.SUPPORT_TEAM, Route.HELP_TEAM)
"""The steps of the flow chart of Dronten (D36, D42): data of this room; above the last one stands forced help."""


@dataclass(frozen=True)
class Lined:
    """A goal and whose shares stand under it, as the test for gaps needs it."""

    doers: frozenset[str]


def gaps(goals: Sequence[Lined], *, has_first_evaluation: bool, directed: bool = True) -> list[Gap]:
    """Return what a plan lacks before it can be agreed (D35, D49), in the order in which people fill it in.

    `directed`: the family directs it, or a plan guardian was named (N59).
    """
    found = []
    if not goals:
        found.append(Gap.GOAL)
    if any(not goal.doers for goal in goals):
        found.append(Gap.LINE)
    if goals and not any(Doer.NETWORK in goal.doers for goal in goals):
        found.append(Gap.NETWORK)
    if not has_first_evaluation:
        found.append(Gap.FIRST_EVALUATION)
    if not directed:
        found.append(Gap.GUARDIAN)
    return found


def not_smart(*, noticed_by: str, due_on: dt.date | None, doers: frozenset[str]) -> list[Any]:
    """Return what a reader misses in a goal that should be SMART (N63): how it is noticed, by when, who does something.

    Whether it is specific, acceptable and realistic no rule can see: that is what the second person reads it for.
    """
    checks = (
        (noticed_by.strip(), _("how you notice that it works")),
        (due_on, _("by when")),
        (doers, _("who does what for it")),
    )
    return [words for there, words in checks if not there]


def proposed(helped: str, satisfied: str, alone: str, *, more_problems: bool) -> frozenset[str]:
    """Return the outcomes that follow from the answers of an evaluation; others ask a reason.

    More problems: more help (D46). It did not help: adapt the plan or more help (D56). It helped and they can go on
    alone: out, or less help first (D46, D50). Else: less, on, or support that stays.
    """
    if more_problems:
        return frozenset({Outcome.UP})
    if helped == Answer.NO:
        return frozenset({Outcome.ADAPT, Outcome.UP})
    if alone == Answer.YES and satisfied != Answer.NO:
        return frozenset({Outcome.OUT, Outcome.DOWN})
    steady = {Outcome.CONTINUE, Outcome.ADAPT, Outcome.STRUCTURAL}
    return frozenset(steady | ({Outcome.DOWN} if helped == Answer.YES else set()))


def next_route(current: str, outcome: str) -> str:
    """Return the route after an outcome: one step up or down the ladder, "" when there is none that way."""
    step = {Outcome.UP: 1, Outcome.DOWN: -1}.get(Outcome(outcome), 0)
    if not step:
        return ""
    place = LADDER.index(current) if current in LADDER else LADDER.index(Route.SUPPORT_TEAM)
    there = place + step
    return LADDER[there] if 0 <= there < len(LADDER) else ""


def said(gaps_: Iterable[Gap]) -> str:
    """Return gaps as "a goal, the date of the first evaluation"."""
    return ", ".join(str(gap.label) for gap in gaps_)
