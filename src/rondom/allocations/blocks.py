"""What rooms above show on the page of one order: registered here, drawn there."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Protocol

from rondom.allocations.models import Allocation
from rondom.core.principals import Principal
from rondom.core.registry import Registry


@dataclass(frozen=True)
class Block:
    """A part of the page: its template, with a head of level 2 (`plainly`) or 3, and what that needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


class MakesBlock(Protocol):
    """Makes the block of one order for who may see that order; None: nothing to show."""

    def __call__(self, row: Allocation, by: Principal, *, at: dt.datetime) -> Block | None:
        """Return the block."""
        ...


BLOCKS: Registry[MakesBlock] = Registry("block on the page of an order")


def blocks_of(row: Allocation, by: Principal, *, at: dt.datetime) -> list[Block]:
    """Return the blocks of an order that was opened for somebody, in the order of their registration."""
    made = [make(row, by, at=at) for _name, make in BLOCKS]
    return [block for block in made if block is not None]
