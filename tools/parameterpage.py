"""`docs/reference/parameters.md`, made from the known parameters and the values that come with Rondom."""

import os
import tomllib
from collections.abc import Iterator
from typing import Any

from tools.running import ROOT

FIRST = ROOT / "src" / "rondom" / "reference" / "data" / "parameters.toml"
HEAD = """
# Parameters

Every number or choice that differs by day or place, with what it means and where it may differ. `statutory` ones have
their values in the files of `law`; the others are rows in `reference`, planned by an administrator or loaded from a
file (see [the how-to](../how-to/parameters-and-codes.md)). A privileged one is approved by a second person.

| Name | Meaning | Value | May differ by | Rule |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page, without its first line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.utils import translation

    with translation.override("en"):
        return HEAD + "".join(_lines()) + _values()


def _lines() -> Iterator[str]:
    from rondom.reference.parameters import known

    for name, kind in sorted(known):
        bounds = f"{kind.lowest}-{kind.highest}" if kind.lowest is not None else ""
        choices = " / ".join(key for key, _label in kind.choices)
        shape = ", ".join(filter(None, [str(kind.type.label), str(kind.unit or ""), bounds, choices]))
        levels = ", ".join(str(level.label) for level in kind.levels)
        marks = "statutory" if kind.statutory else levels + (", privileged" if kind.privileged else "")
        yield f"| `{name}` | **{kind.title}.** {kind.meaning} | {shape} | {marks} | {kind.rule} |\n"


def _values() -> str:
    head = "| Name | Scope | Value | From | Until | Source |\n|---|---|---|---|---|---|\n"
    lines = ["\n## Values that come with Rondom\n\n", head]
    for name, rows in sorted(tomllib.loads(FIRST.read_text("utf-8")).items()):
        lines += [_row(name, row) for row in rows]
    return "".join(lines)


def _row(name: str, row: dict[str, Any]) -> str:
    value = {True: "yes", False: "no"}[row["value"]] if isinstance(row["value"], bool) else row["value"]
    cells = (row.get("scope", "") or "national", value, row["starts"], row.get("ends", ""), row["source"])
    return f"| `{name}` | " + " | ".join(str(cell) for cell in cells) + " |\n"
