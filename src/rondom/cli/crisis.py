"""The crisis register: lines in, the quarterly report out.

    rondom crisis import FILE.csv                         all or nothing; the same file again changes nothing
    rondom crisis import FILE.csv --correct "REASON"      known lines may be replaced by what the file says
    rondom crisis withdraw R12 --because "REASON" --name "NAME"   a line that should never have been there
    rondom crisis report 2016Q3 --format json             the report as the register is now
    rondom crisis report 2016Q3 --printed FILE            beside printed figures: every difference is a flag
    rondom crisis report 2016Q3 --public                  what may be published: small counts are not shown
    rondom crisis report 2016Q3 --edition 1               a frozen edition; the next number freezes one now
    rondom crisis close 2016Q3 CF03 --note "NOTE" --name "NAME"   a flag that was looked at; both numbers stay

The columns of the file stand in docs/how-to/crisis-quarter.md. Exit code 4 and the refused lines when nothing was
stored.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from rondom.cli.progress import part_read

HELP = "import lines of a crisis register and make its quarterly report"
REFUSED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Four verbs: import, withdraw, report, close."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    load = verbs.add_parser("import", help="import a file of register lines, all or nothing")
    load.add_argument("file", type=Path, help="CSV in UTF-8, at most 50 MB")
    load.add_argument("--correct", default="", metavar="REASON", help="replace known lines, and say why")
    report = verbs.add_parser("report", help="print the report of a quarter")
    report.add_argument("quarter", help="for example 2016Q3")
    report.add_argument("--format", choices=("json", "csv", "pdf"), default="json", help="how to print it")
    report.add_argument("--printed", type=Path, metavar="FILE", help="printed figures to compare (JSON or CSV)")
    report.add_argument("--public", action="store_true", help="only what may be published")
    report.add_argument("--edition", type=int, metavar="N", help="a frozen edition; the next number freezes one")
    withdraw = verbs.add_parser("withdraw", help="let a line no longer count, and say why")
    withdraw.add_argument("report_id", help="the number of the line in the register")
    withdraw.add_argument("--because", required=True, metavar="REASON", help="why it should not have been there")
    withdraw.add_argument("--name", required=True, help="who withdraws it")
    close = verbs.add_parser("close", help="close a flag of a quarter with a note and a name")
    close.add_argument("quarter", help="for example 2016Q3")
    close.add_argument("flag", help="its id, for example CF03")
    close.add_argument("--note", required=True, help="what was found when somebody looked")
    close.add_argument("--name", required=True, help="who looked")
    for verb in (load, report, withdraw, close):
        verb.add_argument("--region", default="", help="youth region, when there is more than one register")


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    from django.utils import translation

    with translation.override("nl"):
        return {"import": _import, "withdraw": _withdraw, "report": _report, "close": _close}[options.what](options)


def _import(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.crisis import importing

    try:
        report = importing.load(
            by=machine("command:crisis"), at=clock.now(), path=options.file, region=options.region,
            correct=options.correct.strip(), progress=part_read(),
        )  # fmt: skip
    except importing.ImportRefused as refused:
        for number, reason in refused.report.refused:
            print(f"regel {number}: {reason}", file=sys.stderr)
        print(refused.sentence, file=sys.stderr)
        return REFUSED
    print(f"{report.new} nieuw, {report.corrected} verbeterd, {report.unchanged} regels ongewijzigd")
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.crisis import actions, lists

    line = actions.withdraw(
        by=machine("command:crisis"), at=clock.now(), region=lists.region_of(options.region),
        report_id=options.report_id, because=options.because, name=options.name,
    )  # fmt: skip
    print(f"Regel {line.report_id} telt niet meer mee. De volgende editie noemt wat daardoor verandert.")
    return 0


def _close(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.crisis import lists
    from rondom.crisis.quarter import Quarter
    from rondom.reports import crisis_quarter

    try:
        quarter = Quarter.read(options.quarter)
    except ValueError:
        return _wrong(f"“{options.quarter}” is geen kwartaal. Schrijf het zo: 2016Q3.")
    closed = crisis_quarter.close(
        lists.region_of(options.region), quarter, options.flag, note=options.note, name=options.name,
        by=machine("command:crisis"), at=clock.now(),
    )  # fmt: skip
    print(f"{closed.flag} is afgedaan. Beide getallen ({closed.left} en {closed.right}) blijven staan.")
    return 0


def _report(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.events import look
    from rondom.core.principals import machine
    from rondom.crisis import lists, printed
    from rondom.crisis.quarter import Quarter
    from rondom.reports import crisis_quarter

    try:
        quarter = Quarter.read(options.quarter)
    except ValueError:
        return _wrong(f"“{options.quarter}” is geen kwartaal. Schrijf het zo: 2016Q3.")
    if options.format == "pdf" and sys.stdout.isatty():
        return _wrong("Een pdf hoort in een bestand. Zet er achter: > kwartaal.pdf")
    region, by, at = lists.region_of(options.region), machine("command:crisis"), clock.now()
    figures = printed.read(options.printed, crisis_quarter.known_figures(region, quarter)) if options.printed else None
    if options.edition is None:
        report = crisis_quarter.live(region, quarter, public=options.public, printed_figures=figures)
    else:
        report = crisis_quarter.edition(
            region, quarter, options.edition, public=options.public, by=by, at=at, printed_figures=figures
        )
        if report.frozen_now:
            print(f"Editie {options.edition} van {quarter} is nu vastgelegd.", file=sys.stderr)
        elif figures is not None:
            print(f"Editie {options.edition} lag al vast: --printed verandert daar niets aan.", file=sys.stderr)
    kind = "crisis.public_report_given" if options.public else "crisis.report_given"
    made = _rendered(report, options.format)
    look(by, kind, at=at, object_kind="crisis.quarter", object_id=f"{region} {quarter}"[:36])
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def _rendered(report: Any, form: str) -> bytes:
    from rondom.reports import rendering

    if form == "json":
        return str(report.text).encode()
    return rendering.as_pdf(report.content) if form == "pdf" else rendering.as_csv(report.content).encode()


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
