"""An order that goes out to a provider whose system reads orders gives that provider sight of it, in the same act."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from rondom.allocations.models import Allocation
from rondom.allocations.signals import allocation_ordered
from rondom.api import queries
from rondom.api.actions import settle
from rondom.core.principals import Principal


@receiver(allocation_ordered, dispatch_uid="api.allocation_ordered")
def give_sight(sender: Any, allocation: Allocation, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Give it; without a connected system nothing happens."""
    if allocation.provider and queries.reads_orders(allocation.provider, at=at):
        settle(by, at, allocation.provider, dossiers=[allocation.dossier_id])
