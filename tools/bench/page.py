"""Puts the figures of a run in docs/explanation/speed.md, between its marks; what was not measured stays."""

import datetime as dt
import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools import postgresql
from tools.bench import COUNTS, Measured
from tools.running import ROOT, say

PAGE = ROOT / "docs" / "explanation" / "speed.md"
HEADS = {
    "pages": ("Page", "{engine}: ratio (bound)", "measured"),
    "counts": ("Page", "{engine}: queries more", "queries"),
    "beside": ("While this runs", "{engine}: longest wait (bound)", "asked"),
    "chain": ("Page", "{engine}: ratio (bound)", "measured"),
    "chain counts": ("Page", "{engine}: queries more", "queries"),
    "clocks": ("The night's pass", "{engine}: twice as many (bound)", "measured"),
    "law": ("Rule", "Ratio (bound)", "measured"),
    "insight": ("Figures", "Ratio (bound)", "measured"),
    "snapshot": ("Snapshot", "Memory (bound in MB)", "measured"),
}

AFTER = {"insight": "\n\n![Seconds for every indicator, by millions of trajectories](insight.svg)"}


def write(found: Iterable[Measured], *, quick: bool) -> None:
    """Write the tables of the groups and engines that were measured; a quick run writes nothing."""
    if quick:
        say("A quick run is no measurement: nothing is written.")
        return
    text = PAGE.read_text("utf-8")
    measured = [each for each in found if each.group in HEADS]
    for group, engine in dict.fromkeys((each.group, each.engine) for each in measured):
        rows = [each for each in measured if (each.group, each.engine) == (group, engine)]
        text = _put(text, _mark(group, engine), table(rows))
    PAGE.write_text(_put(text, "machine", machine()), "utf-8")
    say(f"The figures are in {PAGE.relative_to(ROOT)}.")


def _mark(group: str, engine: str) -> str:
    return f"{group} {engine}".strip().lower()


def _put(text: str, mark: str, content: str) -> str:
    begin, end = f"<!-- figures: {mark} -->", f"<!-- end: {mark} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise LookupError(f"{PAGE} has no place for the figures of {mark}")
    return pattern.sub(lambda _found: f"{begin}\n{content}\n{end}", text)


def table(rows: list[Measured]) -> str:
    """Return the figures of one group as a table."""
    head = [title.format(engine=rows[0].engine) for title in HEADS[rows[0].group]]
    lines = [f"| {' | '.join(head)} |", "| --- | --- | --- |"]
    for row in rows:
        bound = "" if row.group in COUNTS else f" ({row.most:g})"
        over = "" if row.holds else " **over**"
        lines.append(f"| {row.what} | {row.figure}{bound}{over} | {row.note} |")
    return "\n".join(lines) + AFTER.get(rows[0].group, "")


def machine() -> str:
    """Say on what and when was measured, and how busy it was."""
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
        model = found[1].strip() if found else model
    busy = f"{os.getloadavg()[0]:.1f}"
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()}: {os.cpu_count()} cores ({model}), Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, PostgreSQL {_postgresql()}; load average "
        f"{busy} at the end."
    )


def _postgresql() -> str:
    folder = postgresql.programs()
    if folder is None:
        return "not there"
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return said.strip().split()[2]
