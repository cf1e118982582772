"""Keys that say nothing about a person: UUIDv7, ordered by the moment they were made (RFC 9562)."""

import os
import threading
import time
import uuid

STEPS = 1 << 12  # parts of a millisecond told apart (RFC 9562, 6.2, method 3)

_lock = threading.Lock()
_latest = 0


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7: 48 bits of milliseconds, 12 bits of the part of a millisecond, 62 bits of chance.

    What one process makes later is greater, also within the same moment and when the clock is set back: rows of one
    moment keep the order in which they were written.
    """
    global _latest
    with _lock:
        _latest = max(time.time_ns() * STEPS // 1_000_000, _latest + 1)
        moment = _latest
    chance = int.from_bytes(os.urandom(8)) >> 2
    return uuid.UUID(int=moment // STEPS << 80 | 0x7 << 76 | moment % STEPS << 64 | 0b10 << 62 | chance)
