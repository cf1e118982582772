"""The room answers its own news: an order that goes out opens a warm handover, one that ends closes it."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from rondom.allocations import handing
from rondom.allocations.enums import AllocationState, ChangeKind
from rondom.allocations.models import Allocation, AllocationChange
from rondom.allocations.signals import allocation_changed, allocation_ordered, allocation_stopped
from rondom.core.principals import Principal


@receiver(allocation_ordered, dispatch_uid="allocations.handover_opens")
def opens(sender: Any, allocation: Allocation, by: Principal, at: dt.datetime, **more: Any) -> None:
    """From now on the team has somebody to hand over to."""
    handing.open_for(by, at, allocation)


@receiver(allocation_stopped, dispatch_uid="allocations.handover_ends")
def ends(sender: Any, allocation: Allocation, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Help that ended has nobody to hand over to; help that rests for a while still has."""
    if allocation.state == AllocationState.STOPPED:
        handing.end_with(
            by, at, allocation, _("The help stopped: %(why)s.") % {"why": allocation.get_stop_reason_display()}
        )


@receiver(allocation_changed, dispatch_uid="allocations.handover_withdrawn")
def withdrawn(
    sender: Any, allocation: Allocation, change: AllocationChange, by: Principal, at: dt.datetime, **more: Any
) -> None:
    """An order that was withdrawn has nobody to hand over to."""
    if change.kind == ChangeKind.WITHDRAWN:
        handing.end_with(by, at, allocation, _("The order was withdrawn."))
