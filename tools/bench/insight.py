"""`./dev bench insight`: the declared indicators beside SQL written by hand, over five million made trajectories.

Every indicator of trajectories, in total and in every split it offers, through the locked connection people use, beside
the same answers from hand-written SQL (`insight_sql`) on DuckDB with the same limits; in turn, medians of seven. Then
one and twenty million rows: the cost may grow no faster than the rows. pandas and polars compute the totals beside it,
for the record, each in a process of its own. Then a snapshot of 100,000 made dossiers: its memory and throughput, and a
second one in which nothing changed. That PostgreSQL gives equal answers to the same declarations is a test
(tests/indicators/test_measuring.py).

--rows=N, --dossiers=N   take N for five million, or for 100,000
--quick                  take few
--only=WHAT              only figures or snapshot
--keep=FOLDER            use the made region of `web` again
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.bench import Measured, interleaved, option, places
from tools.running import ROOT, module, say, ticking

ROWS, DOSSIERS = 5_000_000, 100_000
QUICK_ROWS, QUICK_DOSSIERS = 200_000, 1_000
ROUNDS, FEW_ROUNDS = 7, 3
MOST_TIME, MOST_GROWTH, MOST_MEMORY = 1.3, 1.0, 400.0
TABLE, YEAR = "trajectory", "2025"
CHART = ROOT / "docs" / "explanation" / "insight.svg"


def main(options: list[str]) -> list[Measured]:
    """Measure figures, growth and snapshot, each in processes of their own."""
    quick = "--quick" in options
    rows = int(option(options, "rows") or (QUICK_ROWS if quick else ROWS))
    dossiers = int(option(options, "dossiers") or (QUICK_DOSSIERS if quick else DOSSIERS))
    keep, only = option(options, "keep"), option(options, "only")
    found = _figures(rows, draw="--write" in options and not quick) if only != "snapshot" else []
    found += _snapshot(dossiers, Path(keep).resolve() if keep else None) if only != "figures" else []
    for each in found:
        each.say()
    return found


def _run(*words: str, data: Path) -> Any:
    """Run a part of this bench with a data folder of its own; return what it found, None when it failed."""
    result = data.parent / "result.json"
    result.unlink(missing_ok=True)
    if module("tools.bench.insight", words[0], str(result), *words[1:], env={"RONDOM_DATA": str(data)}):
        return None
    return json.loads(result.read_text("utf-8"))


def _ended(what: str) -> Measured:
    return Measured(f"{what}: measured to the end", 1.0, 0.0, "", group="made")


# --- figures ---


def _figures(rows: int, *, draw: bool) -> list[Measured]:
    with tempfile.TemporaryDirectory(prefix="rondom-bench-") as folder:
        said = _run("figures", str(rows), data=Path(folder) / "data")
    if said is None:
        return [_ended(f"{rows:,} trajectories")]
    seconds = {int(size): each["ours"] / 1000 for size, each in said.items()}
    whole, small = said[str(rows)], min(seconds)
    note = f"{whole['questions']} questions, {whole['ours']:.0f} ms beside {whole['hand']:.0f} ms"
    name = f"every indicator of {rows:,} trajectories"
    found = [Measured(name, whole["ours"] / whole["hand"], MOST_TIME, note, group="insight")]
    for size, took in seconds.items():
        if size != small:
            note = f"{took:.1f} s for {size:,} rows, {seconds[small]:.1f} s for {small:,}"
            growth = took / seconds[small] / (size / small)
            found.append(Measured(f"cost per row, {size:,} rows", growth, MOST_GROWTH, note, group="insight"))
    if draw:
        CHART.write_text(chart(seconds), "utf-8")
    return found


def _others(snapshot: Path, said: Any) -> None:
    """Say what pandas and polars take for the totals, each in a process of its own; no bound."""
    from tools.bench.insight_sql import OTHERS

    say(f"      the seven totals: ours {said['totals']:.0f} ms")
    for name, (script, packages) in OTHERS.items():
        with_packages = [word for package in packages for word in ("--with", package)]
        words = [str(ROOT / ".venv" / "bin" / "uv"), "run", "--no-project", "--quiet", *with_packages]
        try:
            done = subprocess.run(
                [*words, "python", "-c", script, str(snapshot)], capture_output=True, text=True, timeout=240
            )
        except (OSError, subprocess.TimeoutExpired) as reason:
            say(f"      {name}: not measured ({reason})")
            continue
        if done.returncode:
            say(f"      {name}: not measured ({json.dumps(done.stderr.strip()[-200:])})")
            continue
        answers, took = done.stdout.strip().splitlines()
        same = [round(value, 6) for value in said["answers"]] == [float(word) for word in answers.split()]
        say(f"      {name}: {float(took) * 1000:.0f} ms, {'the same answers' if same else 'OTHER answers: ' + answers}")


def figures(result: Path, rows: int) -> int:
    """Ask a fifth of the rows, the rows, and four times as many; write the medians down."""
    from rondom import installation
    from rondom.core import making
    from tools.bench.pages import NOW

    making.make(installation.data_folder(), "demo", None, at=NOW, say=lambda line: None)
    said = {}
    for size, rounds in ((rows // 5, FEW_ROUNDS), (rows, ROUNDS), (rows * 4, FEW_ROUNDS)):
        said[size] = _asked(size, rounds, others=size == rows)
    result.write_text(json.dumps(said), "utf-8")
    return 0


def _asked(rows: int, rounds: int, *, others: bool) -> dict[str, Any]:
    """Make the rows, ask them both ways, look that the answers are the same, and return the medians."""
    from rondom.indicators import snapshot
    from rondom.indicators.declared import indicators
    from rondom.indicators.measuring import measured
    from rondom.indicators.periods import Period
    from tools.bench.insight_rows import trajectories
    from tools.bench.insight_sql import HAND, WORDS

    folder = snapshot.home() / "20261124T030000.000000Z"
    with ticking(f"making {rows:,} trajectories"):
        trajectories(folder, rows)
    year, numbers = Period.read(YEAR), {"repeat_use_days": 1826}
    asked = [each for each in indicators.values() if each.table == TABLE]
    questions: list[tuple[Any, tuple[str, ...]]] = [
        (each, by) for each in asked for by in ((), *((group,) for group in each.groups))
    ]

    def ours(only: Callable[[tuple[str, ...]], bool] = lambda by: True) -> list[list[tuple[Any, ...]]]:
        with snapshot.opened(snapshot.scopes()) as connection:
            return [
                [_row(each, figure) for figure in measured(connection, each, year, by, numbers=numbers).figures]
                for each, by in questions
                if only(by)
            ]

    files = ", ".join(f"'{path}'" for path in sorted(folder.glob("*/trajectory.parquet")))

    def hand() -> list[list[tuple[Any, ...]]]:
        import duckdb

        with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"}) as connection:
            return [
                connection.execute(
                    HAND[each.key].format(by=f"{by[0]}, " if by else "", rows=f"read_parquet([{files}])", **WORDS)
                ).fetchall()
                for each, by in questions
            ]

    with ticking(f"counting {rows:,} trajectories"):
        for (each, by), mine, written in zip(questions, ours(), hand(), strict=True):
            _same(each, by, mine, written)
        times = interleaved({"ours": (ours, None), "hand": (hand, None)}, rounds=rounds)
        began = time.perf_counter()
        totals = ours(lambda by: not by)
        took = (time.perf_counter() - began) * 1000
    answers = [_value(each, rows_found[0]) for each, rows_found in zip(asked, totals, strict=True)]
    said = {**times, "questions": len(questions), "totals": took, "answers": answers}
    if others:
        _others(folder, said)
    shutil.rmtree(folder)
    return said


def _row(each: Any, figure: Any) -> tuple[Any, ...]:
    """Return a figure as hand-written SQL gives it: group, number, and what is made of it."""
    from rondom.indicators.declared import Made

    more = {Made.NUMBER: (), Made.SHARE: (figure.part,)}.get(each.made, (figure.value,))
    return (*figure.group, figure.number, *more)


def _value(each: Any, row: tuple[Any, ...]) -> float:
    from rondom.indicators.declared import Made

    return 100 * row[1] / row[0] if each.made is Made.SHARE else float(row[-1])


def _same(each: Any, by: tuple[str, ...], mine: list[tuple[Any, ...]], written: list[tuple[Any, ...]]) -> None:
    plain = [
        sorted(tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in rows)
        for rows in (mine, written)
    ]
    assert plain[0] == plain[1], (each.key, by, plain[0][:3], plain[1][:3])


def chart(seconds: dict[int, float]) -> str:
    """Return the chart of the cost by number of rows, beside a straight line from the smallest."""
    wide, high, left, under = 640, 320, 70, 50
    most_rows, (small, first) = max(seconds), min(seconds.items())
    straight = {size: first * size / small for size in (0, most_rows)}
    most = max(*seconds.values(), *straight.values())

    def at(size: float, took: float) -> str:
        x, y = left + (wide - left - 30) * size / most_rows, high - under - (high - under - 30) * took / most
        return f"{x:.1f},{y:.1f}"

    points = " ".join(at(size, took) for size, took in sorted(seconds.items()))
    line = " ".join(at(size, took) for size, took in straight.items())
    marks = []
    for size, took in sorted(seconds.items()):
        x, y = at(size, took).split(",")
        marks.append(f'<circle cx="{x}" cy="{y}" r="4"/>')
        marks.append(f'<text x="{x}" y="{high - under + 20}" text-anchor="middle">{size / 1e6:g}</text>')
        marks.append(f'<text x="{float(x) - 8:.1f}" y="{float(y) - 8:.1f}" text-anchor="end">{took:.1f} s</text>')
    told = "; ".join(f"{size:,} rows {took:.1f} s" for size, took in sorted(seconds.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="t d" '
        'font-family="sans-serif" font-size="14">\n'
        f'<title id="t">Seconds for every indicator, by millions of trajectories</title>\n<desc id="d">{told}. The '
        "dashed line is what it would be when the cost grew as fast as the rows.</desc>\n"
        f'<rect width="{wide}" height="{high}" fill="#fff"/>\n'
        f'<path d="M{left},20V{high - under}H{wide - 20}" fill="none" stroke="#444"/>\n'
        f'<polyline points="{line}" fill="none" stroke="#767676" stroke-dasharray="6 5"/>\n'
        f'<polyline points="{points}" fill="none" stroke="#154273" stroke-width="2"/>\n'
        f'<g fill="#154273">{"".join(marks)}</g>\n'
        f'<text x="{wide / 2}" y="{high - 8}" text-anchor="middle">millions of trajectories</text>\n'
        f'<text x="{left - 10}" y="16" text-anchor="end">seconds</text>\n</svg>\n'
    )


# --- snapshot ---


def _snapshot(dossiers: int, keep: Path | None) -> list[Measured]:
    what = f"snapshot of {dossiers:,} dossiers"
    try:
        with places.region("sqlite", dossiers, keep) as environment, tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "result.json"
            if module("tools.bench.insight", "snapshot", str(result), env=environment):
                return [_ended(what)]
            said = json.loads(result.read_text("utf-8"))
    except places.NotMade:
        return [_ended(what)]
    note = (
        f"{said['rows']:,} rows in {said['seconds']:.1f} s, {said['rows'] / said['seconds']:,.0f} per second; again "
        f"when nothing changed: {said['again']:.1f} s"
    )
    return [Measured(f"memory of a {what}", said["more"], MOST_MEMORY, note, "snapshot")]


def snapshot(result: Path) -> int:
    """Make a snapshot of the region, and another; write down rows, seconds and the memory it took more."""
    _django()
    from rondom.core.principals import machine
    from rondom.indicators import snapshot as snapshots
    from tools.bench.pages import NOW

    by, before = machine("command:facts"), _peak()
    began = time.perf_counter()
    made = snapshots.make(by=by, at=NOW)
    took = time.perf_counter() - began
    more = _peak() - before
    began = time.perf_counter()
    snapshots.make(by=by, at=NOW.replace(hour=NOW.hour + 1))
    again = time.perf_counter() - began
    said = {"rows": sum(made.rows.values()), "seconds": took, "again": again, "more": more}
    result.write_text(json.dumps(said), "utf-8")
    return 0


def _peak() -> float:
    """Return the most memory this process ever held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1000


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    django.setup()


if __name__ == "__main__":
    what, path, *words = sys.argv[1:]
    parts: dict[str, Callable[..., int]] = {"figures": figures, "snapshot": snapshot}
    raise SystemExit(parts[what](Path(path), *map(int, words)))
