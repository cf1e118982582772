"""The inner `class Privacy` of a model: five answers per field (trust, section 3.4).

    class Privacy:
        purpose = "youth help"            # what for (AVG art. 5)
        ground = "Jw 7.3.8"               # legal basis or article
        retention = "youth_help"          # retention class, see privacy.retention
        open = ("kind",)                  # says nothing about a person
        personal = ("text",)
        whereabouts = ()                  # an address, or what points to one
        source = ()                       # who reported, and what identifies that person
        release = {"kind": "exact", "written_on": "coarse"}   # to the facts; not named = none

Key, version, municipality and moments of a Record are declared by Record itself. From these declarations come the
processing register, the canary list and the columns an extract may carry.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

CLASSES = ("open", "personal", "whereabouts", "source")
RELEASES = ("none", "coarse", "exact")
INHERITED_OPEN = frozenset({"id", "version", "municipality", "created_at", "changed_at"})


@dataclass(frozen=True)
class FieldPrivacy:
    """The five answers for one field."""

    model: type[models.Model]
    field: str
    purpose: str
    ground: str
    retention: str
    privacy_class: str
    release: str


class IncompletePrivacy(Exception):
    """A model of ours does not say for every field how sensitive it is."""


def field_privacy(model: type[models.Model]) -> list[FieldPrivacy]:
    """Return the five answers for every concrete field of a model; raise IncompletePrivacy when one is missing."""
    declared: Any = getattr(model, "Privacy", None)
    label = model._meta.label
    if declared is None:
        raise IncompletePrivacy(f"{label} has no class Privacy")
    for answer in ("purpose", "ground", "retention"):
        if not getattr(declared, answer, ""):
            raise IncompletePrivacy(f"{label}.Privacy does not say its {answer}")
    classes: dict[str, str] = {}
    for name in CLASSES:
        for field in getattr(declared, name, ()):
            if field in classes:
                raise IncompletePrivacy(f"{label}.{field} is declared twice")
            classes[field] = name
    release: dict[str, str] = getattr(declared, "release", {})
    fields = [f.name for f in model._meta.concrete_fields]
    for field in fields:
        if field not in classes and field in INHERITED_OPEN:
            classes[field] = "open"
    unknown = (set(classes) | set(release)) - set(fields)
    missing = set(fields) - set(classes)
    if unknown or missing or set(release.values()) - set(RELEASES):
        raise IncompletePrivacy(f"{label}.Privacy: missing {sorted(missing)}, unknown {sorted(unknown)}")
    return [
        FieldPrivacy(
            model,
            f,
            declared.purpose,
            declared.ground,
            declared.retention,
            classes[f],
            release.get(f, "none"),
        )
        for f in fields
    ]


def our_models() -> list[type[models.Model]]:
    """Return the models of all rooms, in a fixed order."""
    found = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("rondom.")]
    return sorted(found, key=lambda m: m._meta.label)
