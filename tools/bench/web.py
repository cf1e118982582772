"""`./dev bench web`: pages over 100,000 dossiers, 200 staff, 20 teams, on both engines.

Each page is measured beside the same page without permission join and audit (it is told which rows it may show and
records no look), in turn, with medians. Also: the number of queries does not grow with the rows, and a long import
beside it never makes a page wait more than a second. `--quick` measures a small region.
"""

import contextlib
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools import postgresql
from tools.bench import interleaved, verdict
from tools.running import ROOT, say, ticking

ROUNDS = 25
MOST = 2.0
LONGEST_WAIT = 1.0
SIZE, QUICK = 100_000, 4_000
NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


def main(options: list[str]) -> int:
    """Measure on SQLite and PostgreSQL, each in a process of its own; exit 1 when a bound does not hold."""
    code = _engine("SQLite", {}, options)
    try:
        with postgresql.server() as url:
            code = max(code, _engine("PostgreSQL", {"RONDOM_DATABASE_URL": url}, options))
    except postgresql.NoServer as why:
        say(f"PostgreSQL is left out: {why}")
    return code


def _engine(name: str, env: dict[str, str], options: list[str]) -> int:
    say(f"--- {name}")
    with tempfile.TemporaryDirectory(prefix="rondom-bench-") as folder:
        place = {"RONDOM_DATA": str(Path(folder) / "data"), **env}
        return subprocess.call(
            [sys.executable, "-m", "tools.bench.web", *options], cwd=ROOT, env={**os.environ, **place}
        )


def _installation() -> None:
    from rondom import installation
    from rondom.core import making

    making.make(installation.data_folder(), "demo", None, at=NOW, say=lambda line: None)


def measure(options: list[str]) -> int:
    """Fill one engine and measure it."""
    _installation()
    from django.conf import settings

    from rondom.core import clock
    from tools.bench import population

    settings.ALLOWED_HOSTS = ["testserver"]
    size = QUICK if "--quick" in options else SIZE
    with ticking(f"making {size:,} dossiers"):
        region = population.fill(dossiers=size, staff=200, teams=20, at=NOW)
        _analyse()
    with clock.standing_at(NOW):
        holds = [*_pages(region), *_queries(region)]
    holds.append(_beside_an_import(region, size))
    return 0 if all(holds) else 1


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _client(member: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(member.account, backend="rondom.demo.backends.OneClick")
    return client


def _requests(region: Any, member: Any) -> dict[str, Callable[[], Any]]:
    from rondom.dossiers.models import CaseRole

    client = _client(member)
    case = CaseRole.objects.filter(staff=member).order_by("pk").first()
    assert case is not None
    name = region.names[7][:4]
    return {
        "mijn dag": lambda: client.get("/dag/"),
        "gezinnen (50 rows)": lambda: client.get("/gezinnen/"),
        "search": lambda: client.post("/zoeken/", {"words": name}),
        "family page": lambda: client.get(f"/gezin/{case.case_id}/"),
    }


def _pages(region: Any) -> list[bool]:
    member = region.staff[3]
    holds = []
    for name, request in _requests(region, member).items():
        answer = request()
        if answer.status_code != 200:
            say(f"OVER  {name}: answered {answer.status_code}")
            holds.append(False)
            continue

        def bare(request: Callable[[], Any] = request) -> Any:
            with without_permission_and_audit(member):
                return request()

        found = interleaved({"page": request, "bare": bare}, ROUNDS)
        say(f"      {name}: {found['page']:.0f} ms, bare {found['bare']:.0f} ms, {len(answer.content) // 1024} kB")
        holds.append(verdict(name, found["page"] / found["bare"], MOST))
    return holds


@contextlib.contextmanager
def without_permission_and_audit(member: Any) -> Iterator[None]:
    """Let queries know beforehand which rows they may show, and record no look: the page without its trust."""
    from django.db.models import Q

    from rondom.core import events
    from rondom.privacy import queries

    visible = _visible(member)

    def told(kind: Any, by: Any, *, at: Any, sight: Any, outer: str = "pk") -> Q:
        return Q(**{f"{outer}__in": visible[str(kind)]})

    def silent(*args: Any, **kwargs: Any) -> None:
        return None

    with _everywhere("sight_of", queries.sight_of, told), _everywhere("look", events.look, silent):
        yield


_known: dict[Any, dict[str, list[Any]]] = {}


def _visible(member: Any) -> dict[str, list[Any]]:
    from rondom.privacy.models import Relation

    if member.pk not in _known:
        rows = Relation.objects.filter(principal=member.pk).values_list("subject_kind", "subject")
        kinds: dict[str, list[Any]] = {"case": [], "dossier": [], "person": []}
        for kind, subject in rows:
            kinds[kind].append(subject)
        _known[member.pk] = kinds
    return _known[member.pk]


@contextlib.contextmanager
def _everywhere(name: str, original: Any, replaced: Any) -> Iterator[None]:
    """Replace a function in every module that imported it."""
    holders = [
        m for key, m in list(sys.modules.items()) if key.startswith("rondom.") and getattr(m, name, 0) is original
    ]
    for module in holders:
        setattr(module, name, replaced)
    try:
        yield
    finally:
        for module in holders:
            setattr(module, name, original)


def _queries(region: Any) -> list[bool]:
    """The same number of queries for somebody with one family and for somebody with hundreds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from rondom.privacy.models import Relation

    many, few = region.staff[3], region.staff[4]
    kept = Relation.objects.filter(principal=few.pk, subject_kind="case").order_by("pk").values("pk")[:1]
    Relation.objects.filter(principal__in=[few.pk, few.home_team.pk]).exclude(pk__in=list(kept)).update(ends_at=NOW)
    holds = []
    for name in ("mijn dag", "gezinnen (50 rows)", "search"):
        counts = []
        for member in (few, many):
            request = _requests(region, member)[name]
            request()
            with CaptureQueriesContext(connection) as captured:
                request()
            counts.append(len(captured))
        same = counts[0] == counts[1]
        say(f"{'ok  ' if same else 'OVER'}  {name}: {counts[0]} queries for few rows, {counts[1]} for many")
        holds.append(same)
    return holds


def _beside_an_import(region: Any, size: int) -> bool:
    """Ask pages while another process imports, and return whether none waited longer than a second."""
    requests = _requests(region, region.staff[3])
    importing = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.importing", str(size // 10)], cwd=ROOT, env=os.environ
    )
    waits = []
    try:
        while importing.poll() is None:
            for request in requests.values():
                began = time.perf_counter()
                request()
                waits.append(time.perf_counter() - began)
    finally:
        importing.wait(timeout=600)
    longest = max(waits, default=0.0)
    holds = longest <= LONGEST_WAIT and importing.returncode == 0
    say(f"{'ok  ' if holds else 'OVER'}  beside an import: {len(waits)} pages, the longest wait {longest:.2f} s")
    return holds


if __name__ == "__main__":
    raise SystemExit(measure(sys.argv[1:]))
