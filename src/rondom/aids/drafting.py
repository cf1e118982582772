"""Writing a table file for a person to complete, from what another tool exported."""

import json
from typing import Any

ASKED = ("version", "valid_from", "source", "ground", "author", "reviewer")


def to_toml(data: dict[str, Any]) -> str:
    """Return a table file with everything the exchange holds; what it cannot hold is asked in comments at the top.

    The file is refused by `rondom aids check` until somebody has filled those in and added worked examples.
    """
    lines = ["# Complete these before the table can be checked and published:"]
    lines += [f"# {name} =" for name in ASKED]
    lines += ["# [[examples]] with name, given and expect; and a source in every row", ""]
    lines += [f"{name} = {_value(data[name])}" for name in ("key", "title", "about", "hit")]
    for part in ("inputs", "outcomes", "rows"):
        for item in data[part]:
            lines += ["", f"[[{part}]]", *(f"{name} = {_value(value)}" for name, value in item.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
