"""The snapshot of the facts: Parquet files that analysis reads instead of the database. They are personal data.

A snapshot is a folder `facts/<moment>/`, in it a folder per municipality (or per region, for what lies outside every
municipality), in it a file per table. It is made whole beside the others and then renamed: a reader sees all of it or
nothing. It holds only what the columns release: months instead of days, bands of ages, and for each key that is renewed
a pseudonym under a key that is thrown away, so that two snapshots cannot be laid side by side. The newest three stay,
and the first of the month: that one is shown on pages (`shown`).

What the rooms gave is kept per table in `facts/work`, with the stamp of when that was (`_stamps`): a table of which
nothing can have changed since is not asked again, and a run that was killed goes on where it was. A snapshot is made of
those files under fresh keys. What is in them is what a snapshot holds, under our own pseudonyms; they go with every
destruction, and are made anew every night.

Needs DuckDB (`pip install 'rondom[insight]'`); `Unavailable` says so.
"""

import csv
import datetime as dt
import fcntl
import functools
import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Count, Max
from django.tasks import task
from django.utils.translation import gettext_lazy as _

from rondom.allocations import extract as allocations
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, RondomError
from rondom.core.events import record
from rondom.core.keys import ring
from rondom.core.models import Event
from rondom.core.principals import Principal, machine
from rondom.crisis import extract as crisis
from rondom.decisions import extract as decisions
from rondom.entry import extract as entry
from rondom.exchange import extract as exchange
from rondom.facts import coarse, schema
from rondom.facts.schema import Column, Release, Table
from rondom.plans import extract as plans
from rondom.safety import extract as safety

KEPT = 3
PART = ".part"
SQL_TYPES = {"text": "VARCHAR", "whole number": "INTEGER", "yes or no": "BOOLEAN", "day": "DATE"}
SOURCES: dict[str, Callable[[dt.datetime], Iterable[Any]]] = {
    "concern": lambda at: entry.concerns(),
    "advice": lambda at: entry.advice(),
    "referral": lambda at: entry.referrals(),
    "family_plan": lambda at: plans.plans(),
    "plan_meeting": lambda at: plans.meetings(),
    "screening": lambda at: plans.screenings(),
    "evaluation": lambda at: plans.evaluations(),
    "safety_judgement": lambda at: safety.assessments(),
    "safety_condition": lambda at: safety.conditions(),
    "application": lambda at: decisions.applications(),
    "decision": lambda at: decisions.decisions(),
    "allocation": lambda at: allocations.allocations(at=at),
    "trajectory": lambda at: allocations.trajectories(at=at),
    "wait": lambda at: allocations.waits(at=at),
    "first_talk": lambda at: allocations.first_talks(at=at),
    "allocation_change": lambda at: allocations.changes(),
    "provider_request": lambda at: exchange.requests(at=at),
    "crisis_line": lambda at: crisis.everything(),
}
"""What fills each table, as things stand at a moment."""


class Unavailable(RondomError):
    """No snapshot can be made or read here: DuckDB is not installed."""

    status = 503


CRISIS = "crisis"
APART = frozenset({"accounts", "indicators", "reports", CRISIS})
"""Rooms whose events change no row of a table of the chain. The register of crisis help is changed by its own alone."""
OF_THE_DAY = frozenset({"allocation", "trajectory", "wait", "first_talk", "provider_request"})
"""Tables that differ from one day to the next although nothing happened: waits last, people move, codes change."""


@dataclass
class Made:
    """A snapshot that was made: its folder, the rows per table, and which tables were asked of their rooms anew."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


def available() -> bool:
    """Tell whether DuckDB is installed."""
    return find_spec("duckdb") is not None


def require() -> None:
    """Raise Unavailable with what to install, when DuckDB is not there."""
    if not available():
        raise Unavailable(
            _("A snapshot of the facts needs DuckDB, which is not installed here: pip install 'rondom[insight]'.")
        )


def home() -> Path:
    """Return the folder of all snapshots."""
    return Path(settings.DATA) / "facts"


def generations() -> list[Path]:
    """Return the folders of whole snapshots, oldest first."""
    found = home().glob("*Z") if home().exists() else []
    return sorted(folder for folder in found if folder.is_dir())


def make(*, by: Principal, at: dt.datetime, whole: bool = False) -> Made:
    """Make a snapshot of every table, take it into use, and remove all but the newest three and the one that is shown.

    Only the tables of which something may have changed are asked anew; all of them when `whole`. What a killed run
    finished is used, what it left half is removed. The database is read only, so nobody waits for it. Raises
    Unavailable without DuckDB, BadInput while another run is busy.
    """
    require()
    with _alone():
        for left in (*home().glob(f"*{PART}"), *_work().glob(f"*{PART}"), *([_work()] if whole else ())):
            shutil.rmtree(left, ignore_errors=True)
        made = Made(home() / at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ"))
        part = made.folder.with_name(made.folder.name + PART)
        part.mkdir(mode=0o700)
        stamps = _stamps(at)
        for table, source in SOURCES.items():
            if _stamp_of(table) != stamps[table]:
                _ask(schema.tables[table], source(at), stamps[table])
                made.asked.append(table)
        keys = {each.renewed: os.urandom(32).hex() for table in SOURCES for each in schema.tables[table].columns}
        for table in SOURCES:  # the keys are thrown away when this is made
            made.rows[table] = _renew(part, schema.tables[table], keys)
        _take_into_use(by=by, at=at, part=part, made=made)
        kept = {*generations()[-KEPT:], shown()}
        for old in generations():
            if old not in kept:
                shutil.rmtree(old)
    return made


def made_at(folder: Path) -> dt.datetime:
    """Return the moment of a snapshot."""
    return dt.datetime.strptime(folder.name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=dt.UTC)


def shown() -> Path | None:
    """Return the folder of the snapshot that pages show and that is published from; None when there is none.

    It is the first of the month of the newest: a figure that moves from one night to the next would tell that something
    happened, and to whom. `show_newest` moves it within a month; a destruction does, because it removes all of them.
    """
    found = generations()
    if not found:
        return None
    month = _month(found[-1])
    chosen = home() / _chosen()
    return chosen if chosen in found and _month(chosen) == month else next(one for one in found if _month(one) == month)


def _month(folder: Path) -> tuple[int, int]:
    day = clock.today(made_at(folder))
    return day.year, day.month


def _chosen() -> str:
    """Return the name of the snapshot that was chosen to be shown, "-" when none was."""
    try:
        return _mark().read_text("utf-8")
    except FileNotFoundError:
        return "-"


def _mark() -> Path:
    return home() / "shown"


@action
def show_newest(*, by: Principal, at: dt.datetime) -> Path:
    """Let pages show the newest snapshot now, in the middle of a month. Raises BadInput when there is none.

    For a new installation, or after a mistake was put right: whoever laid the pages of before beside those of now sees
    what changed in between.
    """
    newest = next(reversed(generations()), None)
    if newest is None:
        raise BadInput(_("There is no snapshot of the facts yet: run rondom facts snapshot."))
    record(by, "indicators.figures_moved", at=at)
    part = _mark().with_suffix(PART)
    part.write_text(newest.name, "utf-8")
    part.rename(_mark())
    return newest


def forget() -> None:
    """Remove every snapshot: after a destruction none may hold the dossier. The worker makes one anew.

    What the rooms gave goes too. A folder gets another name first: whoever is still making it finds it gone, and fails.
    """
    for folder in (*generations(), *home().glob(f"*{PART}"), *([_work()] if _work().exists() else ())):
        gone = folder.with_name(f"gone-{uuid4().hex}{PART}")
        with suppress(FileNotFoundError):
            folder.rename(gone)
            shutil.rmtree(gone)
    if available():
        make_anew.enqueue()


@task()
def make_anew() -> None:
    """Make a snapshot, when there is none: later, by the worker."""
    if not generations():
        make(by=machine("scheduler:facts"), at=clock.now())


@action
def _take_into_use(*, by: Principal, at: dt.datetime, part: Path, made: Made) -> None:
    record(by, "indicators.snapshot_made", at=at, fields=sorted(made.rows))
    part.rename(made.folder)
    _sync(home())


@contextmanager
def _alone() -> Iterator[None]:
    home().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(_("Another snapshot is being made. Wait until it is done.")) from error
        yield


# --- what the rooms gave ---


def _work() -> Path:
    return home() / "work"


def _stamps(at: dt.datetime) -> dict[str, str]:
    """Return the stamp of every table: the same stamp, the same rows.

    Every write is recorded as an event in its own transaction, so the number of events of the rooms that can change a
    table and the last of them say whether anything can have changed. A count beside the last number also shows the
    event of a transaction that was slower than others. Our own code and keys are in the stamp too.
    """
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    kinds = Event.objects.order_by().values_list("kind").annotate(Count("number"), Max("number"))
    for kind, number, last in kinds:
        room = kind.partition(".")[0]
        group = room if room in APART else ""
        seen[group] = [seen[group][0] + number, max(seen[group][1], last)]
    common = [_code(), ring().newest]
    day = clock.today(at).isoformat()
    return {
        table: json.dumps([*common, seen[CRISIS if table == "crisis_line" else ""], day if table in OF_THE_DAY else ""])
        for table in SOURCES
    }


@functools.cache
def _code() -> str:
    """Return a mark of the code that runs: another version may see other rows in the same database."""
    here = Path(__file__).parent.parent
    seen = [(str(path.relative_to(here)), path.stat().st_size, path.stat().st_mtime_ns) for path in here.rglob("*.py")]
    return hashlib.sha256(repr(sorted(seen)).encode()).hexdigest()


def _stamp_of(table: str) -> str:
    """Return the stamp of the rows of a table that are kept, "" when there are none."""
    try:
        return (_work() / table / "stamp").read_text("utf-8")
    except FileNotFoundError:
        return ""


def _ask(table: Table, rows: Iterable[Any], stamp: str) -> None:
    """Keep what a room gives of a table, whole or not at all."""
    _work().mkdir(mode=0o700, exist_ok=True)
    folder, part = _work() / table.name, _work() / f"{table.name}{PART}"
    part.mkdir(mode=0o700)
    _write(part, table, rows)
    (part / "stamp").write_text(stamp, "utf-8")
    for place in (part / "stamp", part):
        _sync(place)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    _sync(_work())


def columns(table: Table) -> dict[str, str]:
    """Return the columns a snapshot of a table has, with their type in SQL."""
    released = (each for each in table.columns if each.renewed or each.release is not Release.NONE)
    return {each.name: SQL_TYPES[coarse.TYPES.get(each.coarse, each.type).partition(",")[0]] for each in released}


def _write(part: Path, table: Table, rows: Iterable[Any]) -> None:
    """Write a table: as text per scope first, so that memory stays bounded, then each as Parquet."""
    made = columns(table)
    taken = [_taking(each) for each in table.columns if each.name in made]
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for row in rows:
            scope = row.municipality or row.region  # only lines of a register lie outside every municipality
            if scope not in writers:
                file = stack.enter_context((part / f"{scope}.csv").open("w", encoding="utf-8", newline=""))
                writers[scope] = csv.writer(file, quoting=csv.QUOTE_NOTNULL)
            writers[scope].writerow([take(row) for take in taken])
    for scope in writers:
        _as_parquet(part / f"{scope}.csv", made)


def _taking(each: Column) -> Callable[[Any], Any]:
    """Return what takes the released value of a column from a row; a key as our own pseudonym, that never leaves."""
    change = coarse.COARSER.get(each.coarse, lambda value: value)
    return lambda row: change(getattr(row, each.name))


def _as_parquet(text: Path, made: dict[str, str]) -> None:
    import duckdb  # noqa: PLC0415 - an extra: only where snapshots are made

    target = text.with_suffix(".parquet")
    types = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in made.items())
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "512MB"}) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv({_quoted(str(text))}, header=false, columns={{{types}}}, nullstr='', "  # noqa: S608
            f"allow_quoted_nulls=false)) TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        )
    text.unlink()
    _sync(target)


# --- a snapshot of it ---


def _renew(part: Path, table: Table, keys: Mapping[str, str]) -> int:
    """Write a table into a snapshot, per scope, with pseudonyms under fresh keys; return how many rows.

    A pseudonym of ours has a fixed length, so a digest over key and pseudonym cannot be lengthened into another.
    """
    import duckdb  # noqa: PLC0415 - an extra: only where snapshots are made

    renewed = {each.name: each.renewed for each in table.columns if each.renewed}
    picked = ", ".join(
        f"left(sha256({_quoted(keys[renewed[name]])} || {name}), 24) AS {name}" if name in renewed else name
        for name in columns(table)
    )
    count = 0
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "512MB"}) as connection:
        for kept in sorted((_work() / table.name).glob("*.parquet")):
            folder = part / kept.stem
            if not folder.exists():
                folder.mkdir(mode=0o700)
                _sync(part)
            target = folder / f"{table.name}.parquet"
            rows = connection.execute(
                f"COPY (SELECT {picked} FROM read_parquet({_quoted(str(kept))})) "  # noqa: S608
                f"TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
            count += rows[0] if rows else 0
            for place in (target, folder):
                _sync(place)
    return count


def _quoted(text: str) -> str:
    """Return a text of ours as SQL: names of columns and folders, never what people wrote."""
    return "'" + text.replace("'", "''") + "'"


def _sync(place: Path) -> None:
    """Let a file or a folder be on the disk for certain."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- reading ---


def scopes() -> list[str]:
    """Return every municipality and region of which the newest snapshot has facts."""
    newest = next(reversed(generations()), None)
    return sorted(folder.name for folder in newest.iterdir()) if newest else []


@contextmanager
def opened(scopes: Iterable[str], of: Path | None = None) -> Iterator[Any]:
    """Give a DuckDB connection with a view per table over a snapshot (the newest) of these scopes, and of nothing else.

    The connection reads the folders of the scopes only, writes nothing, loads nothing, and cannot be opened up again.
    Raises BadInput when there is no snapshot yet.
    """
    require()
    import duckdb  # noqa: PLC0415 - an extra: only where snapshots are read

    newest = of or next(reversed(generations()), None)
    if newest is None:
        raise BadInput(_("There is no snapshot of the facts yet: run rondom facts snapshot."))
    folders = [newest / scope for scope in scopes if _is_name(scope) and (newest / scope).is_dir()]
    allowed = ", ".join(_quoted(f"{folder}/") for folder in folders)
    with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"}) as connection:
        connection.execute(f"SET allowed_directories = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for name, table in schema.tables.items():
            files = [folder / f"{name}.parquet" for folder in folders if (folder / f"{name}.parquet").exists()]
            connection.execute(_view(name, table, files))
        yield connection


def _view(name: str, table: Table, files: list[Path]) -> str:
    if files:
        listed = ", ".join(_quoted(str(file)) for file in files)
        return f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])"  # noqa: S608 - names of ours only
    empty = ", ".join(f"NULL::{kind} AS {column}" for column, kind in columns(table).items())
    return f"CREATE VIEW {name} AS SELECT {empty} WHERE false"


def _is_name(scope: str) -> bool:
    """Tell whether a scope is the name of a folder, and no way out of it."""
    return bool(scope) and scope.replace("-", "").replace("_", "").isalnum()
