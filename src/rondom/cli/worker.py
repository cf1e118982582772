"""Do the background work: tasks from the queue, and what the schedule says (sealing every ten seconds, nightly work).

One worker is enough; two do no harm. Stops gracefully on SIGTERM and Ctrl-C: the task that runs is finished and the
audit records are sealed.
"""

import argparse
import signal
import threading
from types import FrameType

HELP = "do the background and nightly work"
PAUSE = 1.0  # seconds between two looks in the queue when there is nothing to do


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --once."""
    parser.add_argument("--once", action="store_true", help="do what is waiting and due now, then stop")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    from django.db import close_old_connections

    from rondom.core import clock, queue, schedule, sealing
    from rondom.core.ids import new_id

    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    name = str(new_id())
    print(f"worker {name} works", flush=True)
    while not stopping.is_set():
        close_old_connections()
        schedule.run_due(at=clock.now())
        if queue.work_off_one(name):
            continue
        if options.once:
            break
        stopping.wait(PAUSE)
    sealing.seal_all(at=clock.now())
    print(f"worker {name} stopped; the audit records are sealed", flush=True)
    return 0
