"""Figures that others published, laid beside ours.

    rondom figures import FILE.csv                      all or nothing; the same figures again change nothing
    rondom figures import FILE.csv --correct "REASON"   known figures may be replaced: an office revised them
    rondom figures layouts                              the kinds of file that are known, by their columns
    rondom figures ranks share 2021                     a comparison with its ranks within rounding, as CSV

A file is recognised by its columns. Exit code 4 and the refused lines when nothing was stored.
See docs/how-to/published-figures.md.
"""

import argparse
import csv
import sys
from pathlib import Path

from rondom.cli.progress import part_read

HELP = "import and compare figures that others published"
REFUSED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three verbs: import, layouts, ranks."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    load = verbs.add_parser("import", help="import a file of published figures, all or nothing")
    load.add_argument("file", type=Path, help="CSV in UTF-8, at most 50 MB")
    load.add_argument("--correct", default="", metavar="REASON", help="replace known figures, and say why")
    verbs.add_parser("layouts", help="list the kinds of file that are known")
    ranks = verbs.add_parser("ranks", help="print a comparison of municipalities")
    ranks.add_argument("comparison", help="its short name, for example share")
    ranks.add_argument("period", help="for example 2021")


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    from django.utils import translation

    with translation.override("nl"):
        return {"import": _import, "layouts": _layouts, "ranks": _ranks}[options.what](options)


def _import(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.indicators import importing

    try:
        report = importing.load(
            by=machine("command:figures"), at=clock.now(), path=options.file, correct=options.correct.strip(),
            progress=part_read(),
        )  # fmt: skip
    except importing.ImportRefused as refused:
        for number, reason in refused.report.refused:
            print(f"regel {number}: {reason}", file=sys.stderr)
        print(refused.sentence, file=sys.stderr)
        return REFUSED
    print(
        f"{report.layout.source}, {report.layout.table}: {report.new} nieuw, {report.corrected} vervangen, "
        f"{report.unchanged} cijfers ongewijzigd"
    )
    return 0


def _layouts(_options: argparse.Namespace) -> int:
    from rondom.indicators.layouts import LAYOUTS

    for key, layout in LAYOUTS.items():
        print(
            f"{key}: {layout.source}, {layout.table} ({layout.licence}). Kolommen: {', '.join(sorted(layout.needed))}."
        )
    return 0


def _ranks(options: argparse.Namespace) -> int:
    from rondom.indicators import published

    comparison = published.COMPARISONS.get(options.comparison)
    if comparison is None or comparison.split:
        usable = ", ".join(key for key, each in published.COMPARISONS.items() if not each.split)
        print(f"“{options.comparison}” is geen vergelijking met een volgorde. Kies uit: {usable}.", file=sys.stderr)
        return REFUSED
    found = published.values(comparison, options.period, level="GM")
    known = found.of("")
    places = published.ranks(known)
    writer = csv.writer(sys.stdout)
    writer.writerow(["code", "naam", "cijfer", "minstens", "hoogstens", "plaats_van", "plaats_tot"])
    for place in sorted(known, key=lambda place: (places[place], -known[place].value)):
        one = known[place]
        figures = (f"{number:.{comparison.decimals + 1}f}" for number in (one.value, one.low, one.high))
        writer.writerow([place, found.names[place], *figures, *places[place]])
    return 0
