"""The comparisons of CBS 2021 reckoned from the files alone, in fractions: nothing of ours takes part."""

import csv
from fractions import Fraction
from pathlib import Path

HALF = Fraction(5, 2)  # counts are rounded to multiples of 5, so each can really lie this much lower or higher
REFERRERS = {
    "municipal": "verw_gemeentelijke_toegang", "gp": "verw_huisarts", "youth_doctor": "verw_jeugdarts",
    "gi": "verw_gecertificeerde_instelling", "specialist": "verw_medisch_specialist", "court": "verw_rechter_ovj",
    "none": "verw_geen", "unknown": "verw_onbekend",
}  # fmt: skip
MISSING = {"", ".", "-"}


def rows(path: Path) -> dict[str, dict[str, str]]:
    """Return the lines about municipalities of a file, by code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file) if row["code"].startswith("GM")}


def shares(path: Path) -> dict[str, Fraction]:
    """Return the printed share of each municipality of which it is printed."""
    printed = {code: row["pct_jongeren_met_jeugdzorg"] for code, row in rows(path).items()}
    return {code: Fraction(text) for code, text in printed.items() if text not in MISSING}


def share_ranks(share: dict[str, Fraction]) -> dict[str, tuple[int, int]]:
    """Return best and worst rank: printed to one decimal, so a higher printed share really is the higher."""
    every = sorted(share.values())
    return {
        code: (1 + sum(other > mine for other in every), sum(other >= mine for other in every))
        for code, mine in share.items()
    }


def per_youth(path: Path) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    """Return trajectories per youth of each municipality: as printed, the least, and what it stays just under."""
    found = {}
    for code, row in rows(path).items():
        if row["trajecten_natura"] in MISSING or row["jongeren_jeugdzorg_natura"] in MISSING:
            continue
        trajectories, youths = Fraction(row["trajecten_natura"]), Fraction(row["jongeren_jeugdzorg_natura"])
        if youths > HALF:
            found[code] = (
                trajectories / youths, (trajectories - HALF) / (youths + HALF), (trajectories + HALF) / (youths - HALF)
            )  # fmt: skip
    return found


def per_youth_ranks(found: dict[str, tuple[Fraction, Fraction, Fraction]]) -> dict[str, tuple[int, int]]:
    """Return best and worst rank: above a place for certain stands whose least is at least what it stays under."""
    return {
        code: (
            1 + sum(other[1] >= mine[2] for other in found.values()),
            sum(other[2] > mine[1] for other in found.values()),
        )
        for code, mine in found.items()
    }


def mixes(path: Path) -> dict[str, dict[str, Fraction]]:
    """Return who referred in each municipality, in percent of what has a referrer in the table."""
    found = {}
    for code, row in rows(path).items():
        known = {group: Fraction(row[column]) for group, column in REFERRERS.items() if row[column] not in MISSING}
        whole = sum(known.values())
        if whole:
            found[code] = {group: 100 * count / whole for group, count in known.items()}
    return found


def written(value: Fraction, decimals: int) -> str:
    """Return a number as it is written here: rounded half up, with a comma."""
    scaled = (2 * value * 10**decimals + 1) // 2
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole},{rest:0{decimals}d}"
