"""`./dev bench chain`: the chain over 100,000 dossiers with up to five years of history, on both engines.

Pages of a family and the lists of what waits, each beside the same page without permission join and audit, and with as
many queries for one family as for many. And the night's pass over the running clocks: how it grows when there are twice
as many, and how many one core looks at and hands over in a second. Options as of `./dev bench web`, and

--only=WHAT         only pages, counts or clocks
"""

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools.bench import Measured, interleaved, option, pages, places
from tools.bench.comparing import beside_bare, counted
from tools.bench.pages import chain_of

ROUNDS = 7
LINEAR = 2.4  # twice as many clocks take at most so many times as long: twice, and a fifth for what a measurement moves
LEAVING = 20  # colleagues whose dates must rest with somebody else
AS_MANY = ("Decisions", "Worries")  # bare, these say more about each row


def main(options: list[str]) -> list[Measured]:
    """Measure on SQLite and PostgreSQL, each in a process of its own."""
    return places.on_both_engines("tools.bench.chain", options)


def measure(title: str, result: Path, options: list[str]) -> int:
    """Measure what the options ask and write the figures to `result`."""
    only = option(options, "only")
    found: list[Measured] = []
    with places.measuring():
        if only in ("", "counts"):
            for user in (pages.ONE, pages.THREE, pages.MANY):
                pages.fill_the_day(user)
            found += counted(chain_of, title, group="chain counts")
        if only in ("", "pages"):
            found += beside_bare(chain_of, title, group="chain", as_many=AS_MANY)
        if only in ("", "clocks"):
            found += _clocks(title)
    result.write_text(json.dumps([each.__dict__ for each in found]))
    return 0


def _clocks(title: str) -> Iterator[Measured]:
    from rondom.dossiers.enums import ClockState
    from rondom.dossiers.models import Clock
    from rondom.dossiers.resting import look_after

    running = Clock.objects.filter(state__in=ClockState.open_states())
    look_after(at=pages.NOW)  # what the region left with nobody
    whole = running.count()
    found = _with_half(running, lambda: look_after(at=pages.NOW))
    per_second = whole / found["all"] * 1000
    note = f"{whole:,} running clocks: {found['all']:.0f} ms; half: {found['half']:.0f} ms; {per_second:,.0f} a second"
    grows = found["all"] / found["half"]
    measured = Measured("The night's look at all clocks", grows, LINEAR, note, group="clocks", engine=title)
    measured.say()
    yield measured

    handed, took = _handing()
    note = f"{handed:,} dates of {LEAVING} who left, in {took:.1f} s: {handed / took:,.0f} a second on one core"
    again = float(look_after(at=pages.NOW))
    measured = Measured("Handed over a second time", again, 0.0, note, group="clocks", engine=title)
    measured.say()
    yield measured


def _with_half(running: Any, run: Callable[[], object]) -> dict[str, float]:
    """Measure with all running clocks and, in a transaction that is undone, with every second one."""
    import contextlib

    from django.db import transaction

    half = list(running.order_by("pk").values_list("pk", flat=True))[::2]

    @contextlib.contextmanager
    def halved() -> Iterator[None]:
        with transaction.atomic():
            for start in range(0, len(half), 500):
                running.filter(pk__in=half[start : start + 500]).update(state="met")
            yield
            transaction.set_rollback(True)

    return interleaved({"all": (run, None), "half": (run, halved)}, ROUNDS)


def _handing() -> tuple[int, float]:
    """Let colleagues be gone, nothing handed over; return how many dates went to others, and in how many seconds."""
    from rondom.accounts.models import RoleAssignment, StaffMember, TeamMembership
    from rondom.dossiers.resting import look_after

    gone = list(StaffMember.objects.order_by("-pk").values_list("pk", flat=True)[2 : LEAVING + 2])
    for model in (TeamMembership, RoleAssignment):
        model.objects.filter(staff__in=gone).update(ends=pages.NOW.date() - dt.timedelta(days=1))
    began = time.perf_counter()
    handed = look_after(at=pages.NOW)
    return handed, time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(measure(sys.argv[2], Path(sys.argv[3]), sys.argv[4:]))
