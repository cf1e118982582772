"""Checking a message: level 1 by reading it, then levels 2 to 4 by its rules until one fails (IV032).

The table of rules says of every rule of the standard what it asks, on which level, with which return code, and how
it is kept here.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from rondom.messages import words
from rondom.messages.declaring import Message, Release
from rondom.messages.ijw32 import RELEASE
from rondom.messages.judging import Breach, Case, Rule, breaches, class_at, rules_of
from rondom.messages.opening import Finding, Unreadable
from rondom.messages.reading import Reading, no_collecting, read

MOST_BREACHES = 200  # shown per rule of level 2
TECHNICAL = "0001"
TECHNICAL_LEVEL = 2
CLAIM = "Declaratie"
LEVELS = (2, 3, 4)


@dataclass(frozen=True)
class Entry:
    """One rule in the table. `code` is the return code; without one `no_code` says why there is none."""

    id: str
    level: int
    about: str
    code: str | None = None
    no_code: str = ""
    by: str = "function"
    not_implemented: str = ""
    alike: tuple[str, ...] = ()
    implied_by: tuple[str, ...] = ()
    note: str = ""


@lru_cache(maxsize=8)
def table(release: Release = RELEASE) -> dict[str, Entry]:
    """Return every rule of a release by id: its own `rules.toml`, over that of the release before it."""
    found = dict(table(release.before)) if release.before else {}
    if release.rules:
        place = Path(str(import_module(release.rules).__file__)).parents[1] / "rules.toml"
        for key, row in tomllib.loads(place.read_text("utf-8")).items():
            lists = {name: tuple(row[name]) for name in ("alike", "implied_by") if name in row}
            found[key] = Entry(key, **(row | lists))
    return found


@lru_cache(maxsize=128)
def rules_for(message: Message, level: int) -> tuple[Rule, ...]:
    """Return the rules of a level that speak of a message."""
    return tuple(
        rule
        for key, entry in table(message.release).items()
        if entry.level == level
        for rule in rules_of(message.release, key)
        if message.name in rule.targets
    )


def judge(case: Case, levels: Iterable[int] = LEVELS) -> list[Breach]:
    """Return the rules a message breaks, up to the first level that rejects the message as a whole.

    A claim is granted or rejected line by line: when only lines or clients fail on level 3, the others are still
    judged on level 4. Any other message is rejected as a whole by one breach.
    """
    found: dict[Breach, None] = {}
    for level in levels:
        with no_collecting():
            here = [breach for rule in rules_for(case.message, level) for breach in _broken(rule, case, level)]
        found |= dict.fromkeys(here)
        if here and (level == TECHNICAL_LEVEL or rejects_all(case.message, here)):
            break
    return list(found)


def _broken(rule: Rule, case: Case, level: int) -> Iterable[Breach]:
    """Return where a rule is broken; on level 2 the first ones do: more of the same rejects no more."""
    found = breaches(rule, case)
    return islice(found, MOST_BREACHES) if level == TECHNICAL_LEVEL else found


def rejects_all(message: Message, found: Iterable[Breach]) -> bool:
    """Tell whether breaches reject all of a message: always, but for lines and clients of a claim (IV032)."""
    return message.body != CLAIM or any(
        len(class_at(message, breach.place)) <= len(("Bericht", CLAIM)) for breach in found
    )


BY_HEADER = ("TR056", "TR135")  # of levels 3 and 4, what the header alone decides


def judge_header(case: Case) -> list[Breach]:
    """Return which of the rules are broken that need the header and a list of earlier identifications only.

    For who has no books of allocations: the other rules of levels 3 and 4 would take "not known here" for "not there".
    """
    found = (rule for key in BY_HEADER for rule in rules_of(case.message.release, key))
    return [breach for rule in found for breach in breaches(rule, case)]


@dataclass(frozen=True)
class Checked:
    """A message as far as it can be judged without anything beside it: levels 1 and 2."""

    reading: Reading | None
    level1: tuple[Finding, ...]
    level2: tuple[Breach, ...]
    unreadable: Unreadable | None = None

    @property
    def ok(self) -> bool:
        """Nothing found."""
        return not (self.level1 or self.level2)


def check(source: BinaryIO | bytes) -> Checked:
    """Check a file on levels 1 and 2. What cannot be read at all is a finding on level 1 too."""
    try:
        reading = read(source)
    except Unreadable as why:
        return Checked(None, (why.finding,), (), why)
    if reading.content is None:
        return Checked(reading, tuple(reading.findings), ())
    return Checked(reading, (), tuple(judge(Case(reading.message, reading.content), levels=(2,))))


def meant_for(reading: Reading, here: str) -> str | None:
    """Return why a message is not for a municipality or provider, None when it is.

    No rule and no return code says this: a message for another is not processed, and its sender is told by other means
    (OP090x2). A return message goes to who sent the forward message, so there the sender counts.
    """
    header = reading.content.Header
    there = header.Afzender if reading.message.forward else header.Ontvanger
    return None if there == here else words.FOR_ANOTHER.format(there=there, here=here)
