"""Where the made region stands: an installation of its own per engine, made once and copied when it is kept."""

import contextlib
import hashlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools import postgresql
from tools.running import ROOT, module, say

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum_naptime": "1min"}


class NotMade(Exception):
    """The region could not be made."""


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
    digest = hashlib.sha256((Path(__file__).parent / "population.py").read_bytes())
    for path in sorted((ROOT / "src" / "rondom").glob("*/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    subprocess.run(["cp", "-a", source, part], check=True)  # -a: the server's files keep their owner
    part.rename(target)
