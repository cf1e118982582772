"""The facts: what can be counted, as files for analysis.

    rondom facts snapshot     make a snapshot now (it is made every night too)

A snapshot is personal data: see docs/how-to/facts.md. Needs the extra `insight`.
"""

import argparse
import time

HELP = "make a snapshot of the facts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: snapshot."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    verbs.add_parser("snapshot", help="make a snapshot now")


def run(options: argparse.Namespace) -> int:
    """Make a snapshot and say how much, how fast and where."""
    from django.utils import translation

    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.indicators import snapshot

    began = time.monotonic()
    with translation.override("nl"):
        made = snapshot.make(by=machine("command:facts"), at=clock.now())
    seconds = time.monotonic() - began
    for table, rows in made.rows.items():
        print(f"{table}: {rows} rijen")
    print(f"{sum(made.rows.values()) / max(seconds, 0.001):.0f} rijen per seconde, in {made.folder}")
    return 0
