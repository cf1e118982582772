"""`./dev bench NAME`: speed and memory as ratios within one run, because machines differ and days differ.

A bench runs the things it compares in turn, many times, and gives the median of each and the ratio of the medians.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from importlib import import_module

from tools.running import say

BENCHES = {"web": "tools.bench.web", "law": "tools.bench.law"}


def bench(words: list[str]) -> int:
    """Measure speed as ratios. `web`, `law`; without a name all of them."""
    names = [word for word in words if not word.startswith("-")] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        say(f"There is no bench {unknown[0]}. Known: {', '.join(BENCHES)}.")
        return 2
    options = [word for word in words if word.startswith("-")]
    return max(import_module(BENCHES[name]).main(options) for name in names)


def interleaved(variants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run each variant in turn, `rounds` times after one warm-up, and return the median of each in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(rounds + 1):
        for name, run in variants.items():
            began = time.perf_counter()
            run()
            if turn:
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def verdict(what: str, ratio: float, most: float) -> bool:
    """Print a ratio beside its bound and return whether it holds."""
    holds = ratio <= most
    say(f"{'ok  ' if holds else 'OVER'}  {what}: {ratio:.2f}x (at most {most:g}x)")
    return holds
