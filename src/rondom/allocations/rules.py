"""What can change in an order that went out, and when that asks a decision: pure, no rows.

iJw lets four things change under the same number: the last day, the volume of a whole period, the budget, and the order
being withdrawn (OP033x1, OP380, OP257). Anything else ends the order and lets another one follow. Whether somebody gets
less than was awarded is another question: of the Awb, not of iJw (practice 6).
"""

import datetime as dt
from dataclasses import dataclass

from rondom.allocations.enums import ChangeKind, ChangeReason, Decision, Frequency

BY_OTHERS = frozenset({Decision.GI_DETERMINATION, Decision.COURT_ORDER})


@dataclass(frozen=True)
class Terms:
    """What is ordered, as far as it can change: `ends` is the first day that no longer counts (None: no end agreed).

    `budget` is the most it may cost in the whole period, in cents.
    """

    ends: dt.date | None
    volume: int | None = None
    frequency: str = ""
    product: str = ""
    budget: int | None = None


@dataclass(frozen=True)
class How:
    """How a change is carried out: under the same number, or by ending it and letting another follow.

    `takes_away`: somebody gets less, shorter or something else than was ordered.
    """

    kinds: tuple[ChangeKind, ...]
    in_place: bool
    takes_away: bool


def how(now: Terms, wish: Terms, *, today: dt.date, reason: ChangeReason | str) -> How:
    """Return how a wish is carried out on a day; without kinds nothing would change.

    The same help under another code (a new contract, another way of paying) takes nothing away as long as it is not
    less in the same unit of time and does not end earlier.
    """
    shorter, longer = _earlier(wish.ends, now.ends), _earlier(now.ends, wish.ends)
    same_product = wish.product == now.product
    counted_alike = same_product and wish.frequency == now.frequency and _budgeted(wish) == _budgeted(now)
    less, more = _less(wish, now), _less(now, wish)
    if not (shorter or longer or less or more or not counted_alike):
        return How((), in_place=True, takes_away=False)
    passed = now.ends is not None and now.ends <= today
    whole_period = now.frequency == Frequency.TOTAL or _budgeted(now)
    if counted_alike and (whole_period or not (less or more)) and not (longer and passed):
        kinds = (
            (ChangeKind.LONGER, longer), (ChangeKind.SHORTER, shorter), (ChangeKind.MORE, more),
            (ChangeKind.LESS, less),
        )  # fmt: skip
        return How(tuple(kind for kind, is_so in kinds if is_so), in_place=True, takes_away=shorter or less)
    otherwise = not counted_alike and reason not in ChangeReason.same_help()
    return How((ChangeKind.FOLLOWED,), in_place=False, takes_away=shorter or less or otherwise)


def _earlier(one: dt.date | None, other: dt.date | None) -> bool:
    """Tell whether a last day lies before another; no end agreed lies after every day."""
    return one is not None and (other is None or one < other)


def _budgeted(terms: Terms) -> bool:
    return terms.budget is not None


def _less(one: Terms, other: Terms) -> bool:
    """Tell whether one is less than the other; of what is not counted alike nobody can say."""
    if one.budget is not None and other.budget is not None:
        return one.budget < other.budget
    if one.frequency != other.frequency or one.volume is None or other.volume is None:
        return False
    return one.volume < other.volume


def asks_decision(decision: Decision | str, reason: ChangeReason | str, *, takes_away: bool) -> bool:
    """Tell whether a change asks a decision (Awb 1:3; Jw 2.3; practice 6).

    What a decision awarded changes by decision: less and more. What a doctor asked for is not made less without one,
    unless who gives the help asked it. A mistake, a death or the same help under another contract asks none.
    """
    if reason in ChangeReason.about_nobody():
        return False
    if decision == Decision.TAKEN:
        return takes_away or reason not in ChangeReason.same_help()
    return decision == Decision.MEDICAL_AS_ASKED and takes_away and reason != ChangeReason.PROVIDER_ASKED


def belongs_to_others(decision: Decision | str, reason: ChangeReason | str, *, takes_away: bool) -> bool:
    """Tell whether less is not ours to choose: a certified institution or the court said what is needed (Jw 3.5)."""
    return decision in BY_OTHERS and takes_away and reason == ChangeReason.SHORTER
