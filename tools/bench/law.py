"""`./dev bench law`: answers of the law against reading and writing the same JSON, 100,000 cases of two rules."""

import json
from typing import Any

from rondom.cli.law import answers
from rondom.law import subjects
from tools.bench import Measured, interleaved
from tools.running import ticking

CASES = 100_000
MOST = 25.0
RESIDENCE = {
    "on": "2026-11-24",
    "addresses": [
        {"municipality": "GM0184", "starts": "2015-01-01", "last_day": "2023-09-10"},
        {"municipality": "GM0119", "starts": "2023-09-11"},
    ],
    "stays": [
        {"kind": "foster_care", "starts": "2023-09-01", "last_day": "2026-01-31"},
        {"kind": "family_home", "starts": "2026-02-01"},
    ],
}
TERM = {"received_on": "2026-10-30", "suspensions": [{"invited_on": "2026-11-10", "ended_on": "2026-11-20"}]}


def main(options: list[str]) -> list[Measured]:
    """Measure both rules."""
    cases = CASES // 20 if "--quick" in options else CASES
    return [_measure("responsible_municipality", RESIDENCE, cases), _measure("decision_term", TERM, cases)]


def _measure(rule: str, facts: dict[str, Any], cases: int) -> Measured:
    text = json.dumps([facts] * cases)

    def answered() -> Any:
        return json.dumps(answers(subjects.RULES[rule], text))

    written = json.loads(answered())

    def plain() -> Any:
        return json.loads(text), json.dumps(written)

    with ticking(f"{cases:,} cases of {rule}"):
        found = interleaved({"law": (answered, None), "json": (plain, None)}, rounds=3)
    note = f"{cases:,} cases, {found['law']:.0f} ms beside {found['json']:.0f} ms"
    measured = Measured(rule, found["law"] / found["json"], MOST, note, group="law")
    measured.say()
    return measured
