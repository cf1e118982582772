"""A pytest plugin that writes what became of the tests to a file, for the closing lines of `./dev test`."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

KINDS = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write counts and the reasons of what was skipped (runs in the controller, also under xdist)."""
    path = os.environ.get("RONDOM_TEST_OUTCOMES")
    if not path or hasattr(terminalreporter.config, "workerinput"):
        return
    stats = terminalreporter.stats
    reasons: Counter[str] = Counter()
    for report in stats.get("skipped", []):
        longrepr = report.longrepr
        reason = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    failed = [report.nodeid for kind in ("failed", "error") for report in stats.get(kind, [])]
    counts = {kind: len(stats.get(kind, [])) for kind in KINDS}
    Path(path).write_text(json.dumps({"counts": counts, "reasons": reasons, "failed": failed}), "utf-8")
