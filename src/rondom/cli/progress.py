"""A word on standard error, now and then, about how far something long has come."""

import sys
import time
from collections.abc import Callable

PATIENCE = 2.0  # seconds between two words


def part_read() -> Callable[[int, int], None]:
    """Return what says which part of a file was read; called with what is done and the whole, in one unit."""
    last = time.monotonic()

    def show(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > PATIENCE:
            last = time.monotonic()
            print(f"{100 * done // total}% gelezen", file=sys.stderr, flush=True)

    return show
