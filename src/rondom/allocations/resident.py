"""Help as a resident reads it: what runs and what waits for a youth whose dossier they see (Sight.RESIDENT).

Who gives the help points to a place (trust, section 1). It is told to the youth and to who lives with the youth, and to
nobody else, whether an address is secret or not: so its absence tells nothing. The name of a free offer is treated the
same. What ended before the right to see the dossier began is not shown (practice 1). An order that was sent back or
withdrawn never became help and is not there (ADR 0621).
"""

import datetime as dt
from dataclasses import dataclass

from rondom.allocations import waits
from rondom.allocations.enums import AllocationState, HandoverState, WaitReason
from rondom.allocations.models import Allocation, WarmHandover
from rondom.allocations.norms import Norms
from rondom.allocations.queries import bridging
from rondom.allocations.waits import Waited
from rondom.core import clock
from rondom.core.principals import Principal
from rondom.dossiers.models import Dossier
from rondom.dossiers.queries import dossiers_for
from rondom.dossiers.resident import right_since
from rondom.people.queries import living_with
from rondom.privacy.enums import Sight

NEVER_HELP = frozenset({AllocationState.SENT_BACK, AllocationState.WITHDRAWN})
COMES = frozenset({AllocationState.WAITING, AllocationState.ORDERED})


@dataclass(frozen=True)
class Given:
    """One kind of help for a youth as it is told at home.

    `what` is "" when only its name would tell where it is; `by_whom` is "" for who is not told. `waits` are the waits
    that still go on, `bridged` tells that other help fills the time until it begins, `we_stay` that our team has not
    handed the youth over yet, or that help has still to begin (N6).
    """

    row: Allocation
    what: str
    by_whom: str
    waits: list[Waited]
    bridged: bool
    we_stay: bool

    @property
    def is_over(self) -> bool:
        """Tell whether the help has stopped."""
        return self.row.state == AllocationState.STOPPED

    @property
    def comes(self) -> bool:
        """Tell whether it was arranged and has not begun."""
        return self.row.state in COMES

    @property
    def wait_accepted(self) -> bool:
        """Tell whether it was written down why this wait may be longer."""
        return self.row.wait_reason in WaitReason.accepted()


def help_for(by: Principal, dossier: Dossier, *, at: dt.datetime) -> list[Given]:
    """Return the help of a youth: what runs first, then what waits, then what is over, each the newest first."""
    today = clock.today(at)
    seen = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = Allocation.objects.filter(dossier=dossier, dossier__in=seen).exclude(state__in=NEVER_HELP)
    since = right_since(by, dossier, at=at)
    if since is not None:
        rows = rows.exclude(state=AllocationState.STOPPED, stopped_on__lt=clock.today(since))
    found = list(rows.select_related("dossier__youth", "provider", "product").order_by("-starts", "-pk"))
    near = by.person == dossier.youth_id or by.person in living_with([dossier.youth], today)
    norms = Norms(dossier.municipality, on=today)
    bridged = waits.bridged_since(bridging(found))
    handed = WarmHandover.objects.filter(allocation__in=[row.pk for row in found]).exclude(
        state__in=HandoverState.over_states()
    )
    not_yet = {
        each.allocation_id for each in handed.select_related("allocation") if not each.is_complete
    }  # fmt: skip
    told = [
        Given(
            row, _name(row, near), row.provider.name if near and row.provider else "",
            _still(waits.of_allocation(row, norms, today=today, bridged_on=bridged.get(row.pk))),
            row.pk in bridged, row.pk in not_yet,
        )
        for row in found
    ]  # fmt: skip
    return sorted(told, key=lambda each: (each.is_over, each.comes))


def _name(row: Allocation, near: bool) -> str:
    if row.product:
        return row.product.name
    return row.free_offer if near else ""


def _still(found: list[Waited]) -> list[Waited]:
    return [each for each in found if each.runs]
