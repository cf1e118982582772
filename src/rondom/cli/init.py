"""Make a production or training installation.

Makes the data folder, a key file outside it that only you can read, the databases and the row that fixes for good what
kind of installation this is. Refuses a folder that is not empty. When it was interrupted, run it again with the same
words. PostgreSQL is named in RONDOM_DATABASE_URL and RONDOM_LOOKS_URL; production needs it.
"""

import argparse
from pathlib import Path

from rondom import installation

HELP = "make a production or training installation"
NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add kind, key file and folder."""
    parser.add_argument(
        "--kind", required=True, choices=("production", "training"), help="what it is for; never changes"
    )
    parser.add_argument("--key-file", required=True, type=Path, help="where the keys are kept; outside the folder")
    parser.add_argument("--folder", type=Path, help="the data folder (default: RONDOM_DATA, else var/)")


def run(options: argparse.Namespace) -> int:
    """Make it, and say what was made and what to keep apart."""
    from rondom.core import clock, making

    folder = (options.folder or installation.data_folder()).absolute()
    key_file = options.key_file.absolute()
    made = making.make(folder, options.kind, key_file, at=clock.now(), say=lambda line: print(line, flush=True))
    print(
        f"""
This is now a {made.kind} installation of Rondom.

Keep apart, today:
  1. a copy of {key_file} in a sealed envelope or vault (escrow). Without it
     names, addresses and documents cannot be read any more, by nobody, ever.
  2. never in the same place: the data folder and the databases. Their backups go elsewhere than the keys.

Start it:
  RONDOM_DATA={folder} rondom serve
  RONDOM_DATA={folder} rondom worker"""
    )
    return 0
