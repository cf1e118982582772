"""`./dev bench web`: pages over 100,000 dossiers, 200 staff, 20 teams, on both engines.

Each page is measured beside the same page without permission join and audit (`pages.Bare`), in turn, with medians.
Also: the number of queries is the same for one family, three and many; and the real server is asked pages while a file
of contracts is loaded, and while the night's work is done: none waits more than a second.

--quick             a small region
--dossiers=NUMBER   a region of another size
--keep=FOLDER       keep the made region there, and use it again the next time
--engine=NAME       only sqlite or postgresql
--only=WHAT         only pages, counts or beside
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench import Measured, option, pages, places
from tools.bench.comparing import beside_bare, counted
from tools.bench.pages import requests_of
from tools.running import say

LONGEST_WAIT = 1.0
OF_TEAM = ("Families of the team, 50 rows", "Team page")
AS_MANY = ("Search", *OF_TEAM)  # bare, these say "open" to everybody, or find other people
LINES, FEW_LINES = 5_000, 500


def main(options: list[str]) -> list[Measured]:
    """Measure on SQLite and PostgreSQL, each in a process of its own."""
    return places.on_both_engines("tools.bench.web", options)


# In a process of its own, with the installation of RONDOM_DATA


def fill(size: int) -> int:
    """Make the installation and fill it."""
    from rondom import installation
    from rondom.core import making

    making.make(installation.data_folder(), "demo", None, at=pages.NOW, say=lambda line: None)

    from tools.bench import population

    def progress(made: int, total: int) -> None:
        if made % 10_000 < population.CHUNK * 2:
            say(f"  ... {made:,} of {total:,} dossiers made")

    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # only while the region is made
    population.fill(dossiers=size, staff=200, teams=20, at=pages.NOW, progress=progress)
    return 0


def measure(title: str, result: Path, options: list[str]) -> int:
    """Measure what the options ask and write the figures to `result`."""
    only = option(options, "only")
    found: list[Measured] = []
    with places.measuring():
        if only in ("", "counts"):
            for user in (pages.ONE, pages.THREE, pages.MANY):
                pages.fill_the_day(user)
            found += counted(requests_of, title)
        if only in ("", "pages"):
            found += beside_bare(requests_of, title, of_team=OF_TEAM, as_many=AS_MANY)
    if only in ("", "beside"):
        found += _beside(title, FEW_LINES if "--quick" in options else LINES)
    result.write_text(json.dumps([each.__dict__ for each in found]))
    return 0


def _beside(title: str, lines: int) -> Iterator[Measured]:
    from tools.bench import beside

    for name, waits, took in beside.measure(lines):
        note = (
            f"{waits.count} pages in {took:.0f} s, half within {waits.median:.2f} s; slowest: {waits.slowest.lower()}"
        )
        for wrong in sorted(set(waits.wrong)):
            say(f"      {wrong} ({waits.wrong.count(wrong)}x)")
        measured = Measured(
            name, waits.longest, 0.0 if waits.wrong else LONGEST_WAIT, note, group="beside", engine=title
        )
        measured.say()
        yield measured


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        raise SystemExit(fill(int(sys.argv[2])))
    raise SystemExit(measure(sys.argv[2], Path(sys.argv[3]), sys.argv[4:]))
