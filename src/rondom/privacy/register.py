"""The register of processing (AVG 30), made from what every model declares: it cannot fall behind the code.

`digest_of` is the fingerprint of a room's declarations; its DPIA in docs/dpia records the one it was reviewed for.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from rondom.core.declarations import CLASSES, FieldPrivacy, field_privacy, our_models

COLUMNS = ("room", "model", "field", "class", "purpose", "ground", "retention", "release")


@dataclass
class Processing:
    """One purpose in one room: what about people is kept for it, on which articles, how long.

    `fields` holds "model.field" per privacy class; `released` those of which something goes to the figures.
    """

    room: str
    purpose: str
    grounds: set[str] = field(default_factory=set)
    retentions: set[str] = field(default_factory=set)
    fields: dict[str, list[str]] = field(default_factory=dict)
    released: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many fields there are of each class that says something about somebody."""
        return {name: len(self.fields[name]) for name in CLASSES if name != "open" and self.fields.get(name)}


def answers() -> Iterator[FieldPrivacy]:
    """Yield the five answers of every field of every room, in a fixed order."""
    for model in our_models():
        yield from field_privacy(model)


def processings() -> list[Processing]:
    """Return the register: per room and purpose, only what says something about somebody."""
    found: dict[tuple[str, str], Processing] = {}
    for answer in answers():
        if answer.privacy_class == "open":
            continue
        room = answer.model._meta.app_label
        row = found.setdefault((room, answer.purpose), Processing(room, answer.purpose))
        row.grounds |= {article.strip() for article in answer.ground.split(";")}
        row.retentions.add(answer.retention)
        name = f"{answer.model._meta.object_name}.{answer.field}"
        row.fields.setdefault(answer.privacy_class, []).append(name)
        if answer.release != "none":
            row.released.append(name)
    return list(found.values())


def rows() -> Iterator[tuple[str, ...]]:
    """Yield one row per field for the download, open ones too, in the order of COLUMNS."""
    for answer in answers():
        meta = answer.model._meta
        yield (
            meta.app_label, str(meta.object_name), answer.field, answer.privacy_class, answer.purpose, answer.ground,
            answer.retention, answer.release,
        )  # fmt: skip


def rooms() -> list[str]:
    """Return the rooms that keep anything, in order."""
    return sorted({model._meta.app_label for model in our_models()})


def digest_of(room: str) -> str:
    """Return the fingerprint (16 hex digits of SHA-256) of what a room declares about its fields."""
    mine = [row for row in rows() if row[0] == room]
    return hashlib.sha256(json.dumps(mine, separators=(",", ":")).encode()).hexdigest()[:16]
