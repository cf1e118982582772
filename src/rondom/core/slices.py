"""Long work in short transactions, so that no page waits for it.

On SQLite one transaction writes at a time: whoever writes for half a minute makes every other page that writes wait as
long. Between two slices the others get their turn; they look again at least every tenth of a second.
"""

import time
from collections.abc import Callable, Iterable
from itertools import islice

from django.db import connections, transaction

LONGEST = 0.1  # seconds after which a slice takes no further item
BREATH = 0.12  # seconds between two slices on SQLite: longer than a waiting transaction sleeps at most (0.1)


def in_slices[T](items: Iterable[T], work: Callable[[T], object], *, using: str = "default") -> None:
    """Do work for each item in order, several items to a transaction of about a tenth of a second.

    What raises undoes its slice, not the slices before it: the work must be such that doing it again is harmless.
    """
    left = iter(items)
    waiting = list(islice(left, 1))
    while waiting:
        with transaction.atomic(using=using):
            until = time.monotonic() + LONGEST
            while waiting:
                work(waiting.pop())
                waiting = list(islice(left, 1))
                if time.monotonic() >= until:
                    break
        if waiting:
            breathe(using)


def breathe(using: str = "default") -> None:
    """Let others write, between two transactions of long work."""
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(BREATH)
