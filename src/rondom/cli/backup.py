"""Make a backup while people work, encrypted to a public key. Only the private key, kept elsewhere, opens it.

It holds both databases, the documents and the ledger. It never holds the keys of the installation: back those up apart
(see the how-to on backup). Run it from a timer, as often as you can bear to lose.
"""

import argparse
from pathlib import Path

HELP = "make a backup, encrypted to a public key"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to, and to whom."""
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="folder for backups, on another disk")
    parser.add_argument("--public-key", required=True, type=Path, metavar="FILE", help="made by `rondom backup-keys`")


def run(options: argparse.Namespace) -> int:
    """Make it and say where it is."""
    from rondom.core import backups, clock

    made = backups.take(
        options.to.absolute(), options.public_key, at=clock.now(), say=lambda line: print(f"  {line}", flush=True)
    )
    print(f"{made} ({made.stat().st_size / 1e6:.1f} MB). Test it: restore it into an empty folder.")
    return 0
