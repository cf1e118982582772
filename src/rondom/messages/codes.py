"""The names of codes: from the lists the room `reference` ships, and from those that stand beside the release."""

import csv
from functools import lru_cache
from importlib.resources import files

OWN = files("rondom.messages.ijw32") / "codes.csv"
SHIPPED = files("rondom.reference") / "data"
MARK = "# standard: "


@lru_cache(maxsize=1)
def lists() -> dict[str, dict[str, str]]:
    """Return the names of codes by list of the standard: `lists()["JZ588"]["20"]`."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows(OWN.read_text("utf-8")):
        found.setdefault(row["list"], {})[row["code"]] = row["label"]
    for file in SHIPPED.iterdir():
        if file.name.startswith("ijw-"):
            text = file.read_text("utf-8")
            name = next(line.removeprefix(MARK) for line in text.splitlines() if line.startswith(MARK))
            found[name] = {row["code"]: row["label"] for row in _rows(text)}
    return found


def _rows(text: str) -> csv.DictReader[str]:
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def name_of(code: str, codes: str) -> str | None:
    """Return the name of a code in a list of the standard, None when it is in no list here."""
    return lists().get(codes, {}).get(code)
