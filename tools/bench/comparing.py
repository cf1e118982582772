"""Pages beside the same pages without permission and audit, and the queries they take: for one family, three, many."""

from collections.abc import Callable, Iterator
from typing import Any

from tools.bench import Measured, interleaved, pages
from tools.bench.pages import Bare, Request, text_of
from tools.running import say

ROUNDS = 25
MOST = 2.0
Pages = Callable[[str], dict[str, Request]]
"""The pages of a colleague, by user name."""


def beside_bare(
    asked: Pages, title: str, *, group: str = "pages", of_team: tuple[str, ...] = (), as_many: tuple[str, ...] = ()
) -> Iterator[Measured]:
    """Measure each page in turn with the bare page.

    of_team  names of pages on which the team selects the rows
    as_many  beginnings of the names of pages that, bare, find other rows: only their number is compared
    """
    bare, bare_team = Bare(), Bare(of_team=True)
    for name, request in asked(pages.MANY).items():
        without = bare_team if name in of_team else bare
        answer = request()
        with without():
            other = request()
        assert answer.status_code == other.status_code == 200, (name, answer.status_code, other.status_code)
        _same(name, answer, other, as_many)
        found = interleaved({"page": (request, None), "bare": (request, without)}, ROUNDS)
        note = f"{found['page']:.0f} ms beside {found['bare']:.0f} ms, {len(answer.content) // 1024} kB"
        measured = Measured(name, found["page"] / found["bare"], MOST, note, group=group, engine=title)
        measured.say()
        yield measured


def _same(name: str, answer: Any, other: Any, as_many: tuple[str, ...]) -> None:
    """The bare page shows as much: the same page, or (a search, a list of the team) as many rows."""
    rows = [text_of(each).count(b"rondom-row__title") for each in (answer, other)]
    alike = text_of(answer) == text_of(other) or name.startswith(as_many)
    if rows[0] != rows[1] or not alike:
        say(f"      {name}: the bare page is another page ({rows[0]} rows, bare {rows[1]})")


def counted(asked: Pages, title: str, *, group: str = "counts") -> Iterator[Measured]:
    """Count the queries of each page for a colleague with one family, three, and many."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    everybody = {user: asked(user) for user in (pages.ONE, pages.THREE, pages.MANY)}
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
        measured = Measured(name, float(max(counts) - min(counts)), 0.0, note, group=group, engine=title)
        measured.say()
        yield measured
