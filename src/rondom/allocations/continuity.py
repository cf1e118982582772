"""Until when the Youth Act holds for a young person and this help, and whether the contract outlives the help.

Help that began before the 18th birthday may go on until the 23rd (Jw 1.1; JW-01, JW-08). Help that runs goes on with
the same provider when its contract ends under it: that asks an agreement, not another provider (D11, R11, R40).
"""

import datetime as dt
from dataclasses import dataclass

from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.dossiers.models import Dossier
from rondom.law.engine import Answer
from rondom.law.person import Youth, YouthFacts, YouthGround, is_youth

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Until:
    """The last day on which the Youth Act can hold, with what the law answered."""

    last_day: dt.date
    answer: Answer[Youth]


def youth_until(dossier: Dossier, starts: dt.date, ends: dt.date | None) -> Until | None:
    """Return until when the Youth Act can hold for help in a period (half-open); None when that is not known.

    Not known: the date of birth is not, or the law leaves it open. Help that began before the 18th birthday can go on;
    resumed within half a year after it ended as well.
    """
    born_on = dossier.youth.born_on
    if born_on is None or born_on > starts:
        return None
    last = (ends or starts + DAY) - DAY
    facts = _history(dossier, born_on, starts)
    answers = [facts(starts), facts(last)] if last > starts else [facts(starts)]
    if any(answer.outcome is None for answer in answers):
        return None
    begins = answers[0].certain
    if not begins.is_youth:
        return Until(starts - DAY, answers[0])
    ends_as = answers[-1].certain
    if ends_as.is_youth and ends_as.until:
        return Until(ends_as.until, answers[-1])
    goes_on = facts(begins.until + DAY) if begins.ground == YouthGround.MINOR and begins.until else answers[0]
    if goes_on.outcome and goes_on.outcome.is_youth and goes_on.outcome.until:
        return Until(goes_on.outcome.until, goes_on)
    return Until(begins.until, answers[0]) if begins.until else None


def _history(dossier: Dossier, born_on: dt.date, starts: dt.date) -> "Asked":
    given = list(Allocation.objects.filter(dossier=dossier, started_on__isnull=False).order_by("started_on"))
    began = min([starts, *(row.started_on for row in given if row.started_on)])
    runs = any(row.state in AllocationState.running_states() for row in given)
    ended = [row.stopped_on for row in given if row.stopped_on and row.stopped_on < starts]
    first = is_youth(YouthFacts(born_on, began)) if began >= born_on else None
    before = first is not None and first.outcome is not None and first.outcome.ground == YouthGround.MINOR
    return Asked(born_on, before, None if runs or not ended else max(ended))


@dataclass(frozen=True)
class Asked:
    """What is known of the help somebody had, to ask the law about a day."""

    born_on: dt.date
    began_before_18: bool
    ended_on: dt.date | None

    def __call__(self, day: dt.date) -> Answer[Youth]:
        """Return what the law says of a day."""
        return is_youth(YouthFacts(self.born_on, day, began_before_18=self.began_before_18, ended_on=self.ended_on))


def contract_ends_first(row: Allocation) -> dt.date | None:
    """Return the last day of the contract when it ends before the order does, else None."""
    if row.product is None:
        return None
    ends = row.product.lot.contract.ends
    return ends - DAY if ends and (row.ends is None or ends < row.ends) else None
