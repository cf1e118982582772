"""Where the made region stands: an installation of its own per engine, made once and copied when it is kept."""

import contextlib
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools import postgresql
from tools.bench import Measured, option, pages
from tools.running import ROOT, module, say

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SAFE = {"fsync": "on", "jit": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum_naptime": "1min"}


SIZE, QUICK = 100_000, 4_000


class NotMade(Exception):
    """The region could not be made."""


def on_both_engines(name: str, options: list[str]) -> list[Measured]:
    """Run the measurement in the module `name` on a region per engine; what could not be measured is over its bound."""
    size = int(option(options, "dossiers") or (QUICK if "--quick" in options else SIZE))
    keep = option(options, "keep")
    found = []
    for engine, title in ENGINES.items():
        if option(options, "engine") not in ("", engine):
            continue
        say(f"--- {title}")
        try:
            found += _on(name, engine, title, size, Path(keep).resolve() if keep else None, options)
        except postgresql.NoServer as why:
            say(f"PostgreSQL is left out: {why}")
        except NotMade:
            found.append(Measured(f"{title}: the region is made", 1.0, 0.0, "", group="made", engine=title))
    return found


def _on(name: str, engine: str, title: str, size: int, keep: Path | None, options: list[str]) -> list[Measured]:
    with region(engine, size, keep) as environment, tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        if module(name, "measure", title, str(result), *options, env=environment) or not result.exists():
            return [Measured(f"{title}: measured to the end", 1.0, 0.0, "", group="made", engine=title)]
        return [Measured(**each) for each in json.loads(result.read_text())]


@contextlib.contextmanager
def measuring() -> Iterator[None]:
    """Prepare this process: Rondom on the region of RONDOM_DATA, at the moment for which it was made."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    django.setup()
    from django.conf import settings

    from rondom.core import clock

    settings.ALLOWED_HOSTS = ["testserver"]
    with clock.standing_at(pages.NOW):
        yield


@contextlib.contextmanager
def region(engine: str, size: int, keep: Path | None) -> Iterator[dict[str, str]]:
    """Give the environment of an installation with `size` dossiers; raises NoServer or NotMade.

    With `keep` the region is made once, kept in that folder, and every later measurement works on a copy of it.
    """
    with tempfile.TemporaryDirectory(prefix="rondom-bench-") as folder:
        place = Path(folder) / "place"
        Path(folder).chmod(0o711)  # the server of PostgreSQL may run as another user
        kept = keep / f"{engine}-{size}-{_recipe()}" if keep else None
        if kept and kept.exists():
            say(f"      the region of {kept} is used again")
            _copy(kept, place)
        else:
            place.mkdir(mode=0o711)
            with _running(engine, place) as environment:
                if module("tools.bench.web", "fill", str(size), env=environment):
                    raise NotMade
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                _copy(place, kept)
        with _running(engine, place) as environment:
            yield environment


@contextlib.contextmanager
def _running(engine: str, place: Path) -> Iterator[dict[str, str]]:
    environment = {"RONDOM_DATA": str(place / "data")}
    if engine == "sqlite":
        yield environment
        return
    with postgresql.server(place / "server", **SAFE) as url:
        _look_store(url)
        yield {**environment, "RONDOM_DATABASE_URL": url, "RONDOM_LOOKS_URL": f"{url}_looks"}


def _look_store(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'rondom_looks'").fetchone():
            connection.execute("CREATE DATABASE rondom_looks")


def _recipe() -> str:
    """Return a digest of what a region is made from: another recipe or another table makes another region."""
    digest = hashlib.sha256()
    for recipe in ("population.py", "history.py"):
        digest.update((Path(__file__).parent / recipe).read_bytes())
    for path in sorted((ROOT / "src" / "rondom").glob("*/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    subprocess.run(["cp", "-a", source, part], check=True)  # -a: the server's files keep their owner
    part.rename(target)
