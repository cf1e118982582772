"""`./dev bench web`: pages over 100,000 dossiers, 200 staff, 20 teams, on both engines.

Each page is measured beside the same page without permission join and audit (`pages.Bare`), in turn, with medians.
Also: the number of queries is the same for one family, three and many; and the real server is asked pages while a file
of contracts is loaded, and while the night's work is done: none waits more than a second.

--quick             a small region
--keep=FOLDER       keep the made region there, and use it again the next time
--engine=NAME       only sqlite or postgresql
--only=WHAT         only pages, counts or beside
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools import postgresql
from tools.bench import Measured, option, pages, places
from tools.bench.pages import Bare, requests_of, text_of
from tools.running import module, say

ROUNDS = 25
MOST = 2.0
LONGEST_WAIT = 1.0
AS_MANY = ("Search", "Families of the team", "Team page")  # bare, these say "open" to everybody, or find other people
SIZE, QUICK = 100_000, 4_000
LINES, FEW_LINES = 5_000, 500


def main(options: list[str]) -> list[Measured]:
    """Measure on SQLite and PostgreSQL, each in a process of its own."""
    size = QUICK if "--quick" in options else SIZE
    keep = option(options, "keep")
    found = []
    for engine, title in places.ENGINES.items():
        if option(options, "engine") not in ("", engine):
            continue
        say(f"--- {title}")
        try:
            found += _engine(engine, title, size, Path(keep).resolve() if keep else None, options)
        except postgresql.NoServer as why:
            say(f"PostgreSQL is left out: {why}")
        except places.NotMade:
            found.append(Measured(f"{title}: the region is made", 1.0, 0.0, "", group="made", engine=title))
    return found


def _engine(engine: str, title: str, size: int, keep: Path | None, options: list[str]) -> list[Measured]:
    with places.region(engine, size, keep) as environment, tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        words = ["measure", title, str(size), str(result), *options]
        if module("tools.bench.web", *words, env=environment) or not result.exists():
            return [Measured(f"{title}: measured to the end", 1.0, 0.0, "", group="made", engine=title)]
        return [Measured(**each) for each in json.loads(result.read_text())]


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


def measure(title: str, size: int, result: Path, options: list[str]) -> int:
    """Measure what the options ask and write the figures to `result`."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    django.setup()
    from django.conf import settings

    from rondom.core import clock

    settings.ALLOWED_HOSTS = ["testserver"]
    only = option(options, "only")
    found: list[Measured] = []
    with clock.standing_at(pages.NOW):
        if only in ("", "counts"):
            found += _counts(title)
        if only in ("", "pages"):
            found += _pages(title)
    if only in ("", "beside"):
        found += _beside(title, FEW_LINES if "--quick" in options else LINES)
    result.write_text(json.dumps([each.__dict__ for each in found]))
    return 0


def _pages(title: str) -> Iterator[Measured]:
    from tools.bench import interleaved

    bare, of_team = Bare(), Bare(of_team=True)
    for name, request in requests_of(pages.MANY).items():
        without = of_team if "of the team" in name or name == "Team page" else bare
        answer = request()
        with without():
            other = request()
        assert answer.status_code == other.status_code == 200, (name, answer.status_code, other.status_code)
        _same(name, answer, other)
        found = interleaved({"page": (request, None), "bare": (request, without)}, ROUNDS)
        note = f"{found['page']:.0f} ms beside {found['bare']:.0f} ms, {len(answer.content) // 1024} kB"
        measured = Measured(name, found["page"] / found["bare"], MOST, note, group="pages", engine=title)
        measured.say()
        yield measured


def _same(name: str, answer: Any, other: Any) -> None:
    """The bare page shows as much: the same page, or (a search, a list of the team) as many rows."""
    rows = [text_of(each).count(b"rondom-row__title") for each in (answer, other)]
    alike = text_of(answer) == text_of(other) or name.startswith(AS_MANY)
    if rows[0] != rows[1] or not alike:
        say(f"      {name}: the bare page is another page ({rows[0]} rows, bare {rows[1]})")


def _counts(title: str) -> Iterator[Measured]:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    users = (pages.ONE, pages.THREE, pages.MANY)
    for user in users:
        pages.fill_the_day(user)
    everybody = {user: requests_of(user) for user in users}
    for name in everybody[pages.MANY]:
        counts = []
        for requests in everybody.values():
            requests[name]()
            with (
                CaptureQueriesContext(connections["default"]) as main,
                CaptureQueriesContext(connections["looks"]) as looks,
            ):
                requests[name]()
            counts.append(len(main) + len(looks))
        note = f"{counts[0]} for one family, {counts[1]} for three, {counts[2]} for many"
        measured = Measured(name, float(max(counts) - min(counts)), 0.0, note, group="counts", engine=title)
        measured.say()
        yield measured


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
    raise SystemExit(measure(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), sys.argv[5:]))
