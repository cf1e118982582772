"""`./dev bench NAME`: speed as ratios within one run, because machines differ and days differ.

A bench runs the things it compares in turn, many times, and gives the ratio of their medians. `--write` puts the
figures in docs/explanation/speed.md, so that text and figures cannot drift apart.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tools.running import say

BENCHES = {
    "web": "tools.bench.web", "chain": "tools.bench.chain", "law": "tools.bench.law",
    "messages": "tools.bench.messages", "insight": "tools.bench.insight",
}  # fmt: skip
COUNTS = ("counts", "chain counts")
UNITS = {"beside": " s", "snapshot": " MB", "made": ""} | dict.fromkeys(COUNTS, " queries more")  # else a ratio, "x"


@dataclass
class Measured:
    """One figure with its bound: a ratio, a difference ("counts"), seconds ("beside") or MB ("snapshot")."""

    what: str
    value: float
    most: float
    note: str
    group: str
    engine: str = ""

    @property
    def holds(self) -> bool:
        """Within its bound?"""
        return self.value <= self.most

    @property
    def figure(self) -> str:
        """The value with its unit."""
        return f"{self.value:.0f}" if self.group in COUNTS else f"{self.value:.2f}{UNITS.get(self.group, 'x')}"

    def say(self) -> None:
        """Print the figure beside its bound."""
        bound = f"at most {self.most:g}{UNITS.get(self.group, 'x')}"
        say(f"{'ok  ' if self.holds else 'OVER'}  {self.what}: {self.figure} ({bound}); {self.note}")


def option(options: list[str], name: str) -> str:
    """Return the value of `--name=value`, or ""."""
    return next((word.partition("=")[2] for word in options if word.startswith(f"--{name}=")), "")


def bench(words: list[str]) -> int:
    """Measure speed: `web`, `chain`, `law`, `messages`, `insight`, or all. `--quick`, `--keep=FOLDER`, `--write`."""
    names = [word for word in words if not word.startswith("-")] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        say(f"There is no bench {unknown[0]}. Known: {', '.join(BENCHES)}.")
        return 2
    options = [word for word in words if word.startswith("-")]
    found: list[Measured] = []
    for name in names:
        found += import_module(BENCHES[name]).main(options)
    over = [each for each in found if not each.holds]
    say(f"--- {len(found)} figures, {len(over)} over their bound")
    for each in over:
        say(f"OVER  {each.engine} {each.what}: {each.figure}")
    if "--write" in options:
        from tools.bench import page

        page.write(found, quick="--quick" in options)
    return 1 if over else 0


Variant = tuple[Callable[[], object], Callable[[], contextlib.AbstractContextManager[Any]] | None]


def interleaved(variants: Mapping[str, Variant], rounds: int) -> dict[str, float]:
    """Run each variant in turn, `rounds` times after one warm-up, and return the median of each in milliseconds.

    A variant is what to run, and what must hold around it (not timed).
    """
    times: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(rounds + 1):
        for name, (run, around) in variants.items():
            with around() if around else contextlib.nullcontext():
                began = time.perf_counter()
                run()
                took = time.perf_counter() - began
            if turn:
                times[name].append(took * 1000)
    return {name: statistics.median(found) for name, found in times.items()}
