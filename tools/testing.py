"""`./dev test`: every test on every engine, and a closing that hides nothing."""

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgresql
from tools.running import module, say

NOTHING_SELECTED = 5  # pytest's exit code when no test matches
WORKERS = str(min(os.cpu_count() or 2, 4))


@dataclass
class Outcome:
    """What became of the tests, over all stages."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    broken: bool = False

    def add(self, stage: str, code: int, path: Path, seconds: float) -> None:
        """Add a stage: its exit code, the file its pytest wrote (if it came that far), and its time."""
        self.times.append(f"{stage} {seconds:.0f} s")
        if code == NOTHING_SELECTED:
            return
        written = json.loads(path.read_text("utf-8")) if path.exists() else None
        if written is None or (code and not written["failed"]):
            self.broken = True
            self.failed.append(f"{stage}: pytest ended with code {code}")
        if written is None:
            return
        self.counts.update(written["counts"])
        self.failed += [f"{stage}: {name}" for name in written["failed"]]
        for reason, count in written["reasons"].items():
            self.skipped.append(f"{stage}: {count} test{'s' if count > 1 else ''} skipped: {reason}")

    def close(self, seconds: float) -> int:
        """Print the closing lines and return the exit code."""
        say("")
        say(f"Times: {', '.join(self.times)}")
        for line in [*self.failed, *self.skipped]:
            say(line)
        wrong = self.counts["failed"] + self.counts["error"] + (1 if self.broken else 0)
        nothing = not wrong and not self.counts["passed"]
        if nothing:
            say("No test matches.")
        parts = [f"{self.counts['passed']} passed", f"{wrong} failed", f"{self.counts['skipped']} skipped"]
        say(f"{', '.join(parts)} in {seconds:.2f}s")
        return 1 if wrong or nothing else 0


def _stage(outcome: Outcome, name: str, words: list[str], env: dict[str, str] | None = None) -> None:
    say(f"--- {name}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rondom-outcome-") as folder:
        path = Path(folder) / "outcomes.json"
        # what takes long is named; our logs tell nothing that a failure does not
        ours = ("-p", "tools.outcomes", "--show-capture=no", "--durations=10")
        code = module("pytest", *ours, *words, env={**(env or {}), "RONDOM_TEST_OUTCOMES": str(path)})
        outcome.add(name, code, path, time.monotonic() - began)
    say(f"--- {name}: {time.monotonic() - began:.1f} s")


@contextmanager
def _engine() -> Iterator[str]:
    """Give the address of a PostgreSQL to test on: the one in the environment, else a throwaway server."""
    named = os.environ.get("RONDOM_TEST_DATABASE_URL")
    if named:
        yield named
        return
    with postgresql.server() as url:
        yield url


def _on_postgresql(outcome: Outcome, words: list[str]) -> None:
    try:
        with _engine() as url:
            _stage(outcome, "PostgreSQL", words, {"RONDOM_DATABASE_URL": url, "RONDOM_TEST_WALK": "sample"})
    except postgresql.NoServer as reason:
        outcome.skipped.append(f"PostgreSQL: all skipped: {reason}")


def test(words: list[str]) -> int:
    """Run everything: SQLite, browser, faults, PostgreSQL. `--fast`: SQLite only. Other words go to pytest."""
    began = time.monotonic()
    fast = "--fast" in words
    extra = [word for word in words if word != "--fast"]
    for name in ("RONDOM_DATABASE_URL", "RONDOM_LOOKS_URL", "RONDOM_KEY_FILE", "RONDOM_NOW"):
        os.environ.pop(name, None)  # the tests decide what they run on
    outcome = Outcome()
    spread = ["-n", WORKERS, "--dist", "loadfile"]
    plain = ["-m", "not browser and not fault and not postgresql"]
    sample = {"RONDOM_TEST_WALK": "sample"}  # tests/trust/walking.py: every address and person, not every combination
    _stage(outcome, "SQLite", [*spread, *plain, *extra], sample if fast else None)
    if fast:
        outcome.skipped.append("--fast: browser, fault and PostgreSQL tests were left out; the walks took a sample")
    else:
        _stage(outcome, "browser", ["-n", WORKERS, "-m", "browser", *extra])  # each worker has a site of its own
        _stage(outcome, "faults", [*spread, "-m", "fault and not browser", *extra])
        _on_postgresql(outcome, [*spread, "-m", "not browser and not fault", *extra])
    return outcome.close(time.monotonic() - began)
