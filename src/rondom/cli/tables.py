"""The sums of printed tables.

    rondom tables check FILE.csv                   what is printed beside what the parts add up to
    rondom tables check FILE.csv --format json     the same as JSON
    rondom tables check FILE.csv --total "Alles"   when the total has another name; may be given more than once
    rondom tables check FILE.csv --total           the last line is the total

The first line names the columns, the first cell of a line is its label, the others are figures. Nothing is repaired:
a difference is printed minus computed. Needs no installation. Exit code 0 also when a sum does not fit; 4 when the file
is no table.
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

HELP = "check the sums of a printed table"
NEEDS = "nothing"
REFUSED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: check."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    check = verbs.add_parser("check", help="compute the totals beside the printed ones")
    check.add_argument("file", type=Path, help="CSV: labels in the first column, figures in the others")
    check.add_argument(
        "--total", action="append", nargs="?", const="", default=[], metavar="NAME",
        help="name of a total row or column; without a name: the last line",
    )  # fmt: skip
    check.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Check a file and print what was found."""
    from rondom.reports import printed

    try:
        found = printed.check(options.file.read_bytes(), options.total)
    except OSError as error:
        return _refuse(f"{options.file} kan niet worden gelezen ({error.strerror}).")
    except printed.NoTable as reason:
        return _refuse(str(reason))
    if options.format == "json":
        json.dump(dataclasses.asdict(found), sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    for total in found.totals:
        print(total["label"])
        numbers = zip(total["of"], total["printed"], total["computed"], total["difference"], strict=True)
        for place, said, made, difference in numbers:
            mark = f"  verschil {difference:+}" if difference else ""
            print(f"  {place}: gedrukt {'niets' if said is None else said}, berekend {made}{mark}")
    for note in found.notes:
        print(note)
    print(f"{len(found.flags)} verschil(len); niets is verbeterd.")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED
