"""What a new installation gets beside its databases: rooms register here what they fill it with."""

import datetime as dt
from collections.abc import Callable

from rondom.core.principals import Principal
from rondom.core.registry import Registry

fillers: Registry[Callable[[Principal, dt.datetime], str]] = Registry("fillers of a new installation")
"""Each fills what is missing, may be repeated, and returns what it did in a few words."""


def fill(by: Principal, *, at: dt.datetime) -> list[str]:
    """Let every room fill in what a new installation needs; return a line per room."""
    return [f"{name}: {work(by, at)}" for name, work in fillers]
