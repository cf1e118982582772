"""The sums of printed tables.

    rondom tables check FILE.csv                   what is printed beside what the parts add up to
    rondom tables check FILE.csv --format json     the same as JSON
    rondom tables check FILE.csv --total "Alles"   when the total has another name; may be given more than once
    rondom tables check FILE.csv --total           the last line is the total
    rondom tables check FILE.csv --closings        with the flags that were looked at
    rondom tables close FILE.csv "Totaal/2019" --note "NOTE" --name "NAME"   a flag that was looked at

The first line names the columns, the first cell of a line is its label, the others are figures. Nothing is repaired:
a difference is printed minus computed. Checking needs no installation; closing a flag, and seeing that it was closed,
does. A closed flag keeps both numbers, and belongs to this very file. Exit code 0 also when a sum does not fit; 4 when
the file is no table.
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

HELP = "check the sums of a printed table"
REFUSED = 4


def NEEDS(options: argparse.Namespace) -> str:  # noqa: N802 - the name every command gives to what it needs
    """Return what must be there: nothing to check a table, an installation to keep or see that a flag was closed."""
    return "fit" if options.what == "close" or options.closings else "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs: check and close."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    check = verbs.add_parser("check", help="compute the totals beside the printed ones")
    check.add_argument("--closings", action="store_true", help="show which flags were closed, by whom and why")
    close = verbs.add_parser("close", help="close a flag with a note and a name")
    for verb in (check, close):
        verb.add_argument("file", type=Path, help="CSV: labels in the first column, figures in the others")
        verb.add_argument(
            "--total", action="append", nargs="?", const="", default=[], metavar="NAME",
            help="name of a total row or column; without a name: the last line",
        )  # fmt: skip
    close.add_argument("flag", help="its id, for example Totaal/2019")
    close.add_argument("--note", required=True, help="what was found when somebody looked")
    close.add_argument("--name", required=True, help="who looked")
    check.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Check a file and print what was found, or close a flag of it."""
    from rondom.reports import printed

    try:
        raw = options.file.read_bytes()
        found = printed.check(raw, options.total)
    except OSError as error:
        return _refuse(f"{options.file} kan niet worden gelezen ({error.strerror}).")
    except printed.NoTable as reason:
        return _refuse(str(reason))
    if options.what == "close":
        return _close(options, raw, found)
    if options.closings:
        from rondom.reports import queries

        found.flags = queries.with_closings(found.flags, printed.REPORT, printed.mark(raw), "")
    return _print(found, options.format)


def _close(options: argparse.Namespace, raw: bytes, found: Any) -> int:
    from django.utils import translation

    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.reports import actions, printed

    flag = next((each for each in found.flags if each["id"] == options.flag), None)
    if flag is None:
        known = ", ".join(each["id"] for each in found.flags) or "geen"
        return _refuse(f"“{options.flag}” is geen verschil in deze tabel. Er zijn: {known}.")
    with translation.override("nl"):
        actions.close_flag(
            by=machine("command:tables"), at=clock.now(), report=printed.REPORT, scope=printed.mark(raw), period="",
            flag=flag, note=options.note, name=options.name,
        )  # fmt: skip
    print(f"{flag['id']} is afgedaan. Beide getallen ({flag['left']} en {flag['right']}) blijven staan.")
    return 0


def _print(found: Any, form: str) -> int:
    if form == "json":
        json.dump(dataclasses.asdict(found), sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    for total in found.totals:
        print(total["label"])
        numbers = zip(total["of"], total["printed"], total["computed"], total["difference"], strict=True)
        for place, said, made, difference in numbers:
            mark = f"  verschil {difference:+}" if difference else ""
            print(f"  {place}: gedrukt {'niets' if said is None else said}, berekend {made}{mark}")
    for flag in found.flags:
        if "closed" in flag:
            closed = flag["closed"]
            print(f"{flag['id']} is afgedaan op {closed['on']} door {closed['name']}: {closed['note']}")
    for note in found.notes:
        print(note)
    print(f"{len(found.flags)} verschil(len); niets is verbeterd.")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
