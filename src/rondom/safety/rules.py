"""How great the risk is that follows from the last outcome and the agreements. Pure."""

import datetime as dt
from collections.abc import Iterable

from rondom.law.engine import Answer
from rondom.law.safety import CodeOutcome, WeighingFacts, reporting_code
from rondom.safety.enums import Outcome, Risk

OPEN = frozenset({Risk.UNSAFE, Risk.BROKEN, Risk.CONDITIONS})
GRAVE = frozenset({Risk.UNSAFE, Risk.BROKEN})
_OF_OUTCOME = {Outcome.UNSAFE: Risk.UNSAFE, Outcome.CONDITIONS: Risk.CONDITIONS, Outcome.UNKNOWN: Risk.UNKNOWN}


def risk_of(outcome: str, judged_at: dt.datetime | None, broken_at: Iterable[dt.datetime]) -> Risk | None:
    """Return the risk of one child, None when it is safe enough or was never judged.

    outcome    of the last assessment, "" when there is none; judged_at is when it was written down
    broken_at  when agreements about this child were broken; one after the last judgement counts
    """
    if outcome == Outcome.UNSAFE:
        return Risk.UNSAFE
    if any(judged_at is None or moment > judged_at for moment in broken_at):
        return Risk.BROKEN
    return _OF_OUTCOME.get(Outcome(outcome)) if outcome else None


def gravest(risks: Iterable[Risk]) -> list[Risk]:
    """Return the risks that occur, gravest first."""
    found = set(risks)
    return [risk for risk in Risk if risk in found]


def report_answer(day: dt.date) -> Answer[CodeOutcome]:
    """Return what the reporting code says on a day when a child is judged unsafe (MC-04)."""
    return reporting_code(WeighingFacts(on=day, suspicion=True, unsafe=True))
