"""Contracts of providers from a file, as the purchase organisation sends it.

    rondom providers load FILE.csv --municipality GM0303             all or nothing, with a report
    rondom providers load FILE.csv --municipality GM0303 --dry-run   only tell what would change

The columns stand in docs/how-to/contracts.md. Exit code 4 and the refused lines when nothing was loaded.
"""

import argparse
import re
import sys
from pathlib import Path

HELP = "load contracts, products and rates from a file"
REFUSED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: load."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    load = verbs.add_parser("load", help="load a file of contracts")
    load.add_argument("file", type=Path)
    load.add_argument("--municipality", required=True, help="whose contracts these are, for example GM0303")
    load.add_argument("--dry-run", action="store_true", help="only tell what would change")


def run(options: argparse.Namespace) -> int:
    """Load, and print what became of the file."""
    from django.utils import translation

    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.providers import loading

    if not re.fullmatch(r"GM\d{4}", options.municipality):
        return _wrong("A municipality is written as GM and four digits, for example GM0303.")
    try:
        content = options.file.read_bytes()
    except OSError as error:
        return _wrong(f"{options.file} cannot be read ({error.strerror}).")
    with translation.override("nl"):
        try:
            report = loading.load(
                by=machine("command:providers", options.municipality), at=clock.now(), content=content,
                dry_run=options.dry_run, progress=_progress,
            )  # fmt: skip
        except loading.LoadRefused as refused:
            for number, reason in refused.report.refused:
                print(f"regel {number}: {reason}", file=sys.stderr)
            return _wrong(str(refused.sentence))
        for word, rows in (("nieuw", report.new), ("gewijzigd", report.changed), ("beëindigd", report.ended)):
            for row in rows:
                print(f"{word}: {row}")
        print(
            f"{len(report.new)} nieuw, {len(report.changed)} gewijzigd, {len(report.ended)} beëindigd, "
            f"{report.unchanged} regels ongewijzigd" + (" (niets bewaard)" if options.dry_run else "")
        )
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 50 == 0 or done == total):
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
