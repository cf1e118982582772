"""Make a pair of keys for backups. Do this on another machine: only the public half comes to the server."""

import argparse
from pathlib import Path

HELP = "make the key pair that backups are encrypted to"
NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two files."""
    parser.add_argument("--private-key", required=True, type=Path, metavar="FILE", help="stays offline")
    parser.add_argument("--public-key", required=True, type=Path, metavar="FILE", help="goes to the server")


def run(options: argparse.Namespace) -> int:
    """Make both files; refuse to write over any."""
    from rondom.core import boxes
    from rondom.installation import DoesNotStart

    for path in (options.private_key, options.public_key):
        if path.exists():
            raise DoesNotStart(f"{path} is there already. It is not written over.")
    boxes.new_pair(options.private_key, options.public_key)
    print(f"{options.private_key}: keep it offline, and a copy in escrow. Without it no backup opens.")
    print(f"{options.public_key}: bring it to the server.")
    return 0
