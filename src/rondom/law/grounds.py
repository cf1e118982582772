"""The table of legal bases for sharing information about a youth (`grounds.toml`): where each stands, what it gives.

Whether a basis holds for a case is decided by `rondom.law.consent.may_share` alone; this is what it is called, where it
is written and what to do with it.
"""

import datetime as dt
import functools
import tomllib
from dataclasses import dataclass
from typing import Any

from rondom.law.engine import HERE


@dataclass(frozen=True)
class Ground:
    """One legal basis: its name, article, the ids of its rules, who may get what, and what to do (all in Dutch).

    `since` is the first day on which it exists, None for as long as the Jeugdwet.
    """

    key: str
    name: str
    article: str
    rules: tuple[str, ...]
    gives: str
    then: tuple[str, ...]
    since: dt.date | None = None

    def exists_on(self, day: dt.date) -> bool:
        """Tell whether the law knew this basis on a day."""
        return self.since is None or day >= self.since


@functools.cache
def table() -> dict[str, Ground]:
    """Return all bases by key, in the order of the file, read once."""
    written: dict[str, Any] = tomllib.loads((HERE / "grounds.toml").read_text("utf-8"))
    return {
        key: Ground(
            key, row["name"], row["article"], tuple(row["rules"]), row["gives"], tuple(row["then"]), row.get("since")
        )
        for key, row in written.items()
    }
