"""Destroying a dossier with everything that hangs on it, and nothing that concerns others (Jw 7.3.8, 7.3.9; ADR 0191).

Every model with rows about people says what becomes of them, in its own room:

    destruction.follows("decisions.Decision", "application")     # goes when the row it points to goes
    destruction.goes("dossiers.Note", rows=..., loosen=...)      # goes by a rule of its own; what stays is loosened
    destruction.stays("core.Event", "the audit holds ids only")  # stays, and why

A test fails for a model that says nothing. What goes is worked out first, as a growing set of keys (`Doomed`), then
loosened, deleted and checked in one transaction: all or nothing.

Dutch words: vernietigen (destroy), bewaren (keep), vernietigingslijst (ledger of destructions).
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from rondom.core.principals import Principal
from rondom.core.registry import Registry

CHUNK = 500
ROOT = "dossiers.Dossier"


@dataclass
class Doomed:
    """What goes with a dossier: keys of rows by model label, growing until nothing more goes."""

    dossier: UUID
    gone: dict[str, set[Any]] = field(default_factory=dict)

    def of(self, label: str) -> set[Any]:
        """Return the keys of the rows of a model that go."""
        return self.gone.get(label, set())

    def add(self, label: str, keys: Iterable[Any]) -> bool:
        """Add rows that go too; tell whether there was one that did not go yet."""
        mine = self.gone.setdefault(label, set())
        before = len(mine)
        mine |= set(keys)
        return len(mine) > before

    @property
    def ids(self) -> set[UUID]:
        """Every UUID that goes: for columns that hold the id of a row of any kind."""
        return {key for keys in self.gone.values() for key in keys if isinstance(key, UUID)}

    def counts(self) -> dict[str, int]:
        """Return how many rows of each model go."""
        return {label: len(keys) for label, keys in sorted(self.gone.items()) if keys}


Rows = Callable[[Doomed], Iterable[Any]]
Loosen = Callable[[Doomed], None]
Beside = Callable[[set[Any]], Callable[[], None]]


@dataclass(frozen=True)
class Handler:
    """What becomes of the rows of one model when a dossier is destroyed.

    rows     which rows go too, given what goes already; only ever more when more goes
    loosen   changes rows that stay, so that they no longer name what goes
    beside   told the keys that go, returns what removes their content outside the database once it is committed
    cascade  delete with what other packages hang on it (sign-in accounts)
    """

    rows: Rows | None = None
    loosen: Loosen | None = None
    beside: Beside | None = None
    cascade: bool = False


handlers: Registry[Handler] = Registry("destruction handler")
copies: Registry[Callable[[], None]] = Registry("copy of many dossiers outside the database")
"""What removes a copy made of many dossiers together, after any destruction; it is made anew later."""
reasons_to_stay: Registry[str] = Registry("reason to stay at a destruction")
holds: Registry[Callable[[UUID], Any]] = Registry("what forbids a destruction")
"""name -> function(dossier): a sentence that says why it may not be destroyed now, or "" (ARC-03: a legal hold)."""


first: Registry[Callable[[Principal, dt.datetime, Doomed], None]] = Registry("what is kept before a destruction")
"""name -> function(by, at, doomed): part of the action, called while everything is still there."""


def goes(
    label: str, *, rows: Rows | None = None, loosen: Loosen | None = None, beside: Beside | None = None,
    cascade: bool = False,
) -> None:  # fmt: skip
    """Register what becomes of the rows of a model, by a rule of its own."""
    handlers.register(label, Handler(rows, loosen, beside, cascade))


def follows(label: str, *fields: str) -> None:
    """Register that rows of a model go when a row goes that one of these foreign keys points to."""

    def rows(doomed: Doomed) -> Iterable[Any]:
        model = apps.get_model(label)
        for name in fields:
            target: Any = model._meta.get_field(name).related_model
            yield from keys_where(model, f"{name}__in", doomed.of(target._meta.label))

    goes(label, rows=rows)


def stays(label: str, why: str) -> None:
    """Register that the rows of a model stay, and why."""
    reasons_to_stay.register(label, why)


def keys_where(model: Any, lookup: str, values: Iterable[Any], **more: Any) -> Iterable[Any]:
    """Yield the keys of the rows whose column holds one of many values, in steps the database can take."""
    for some in batched(sorted(values, key=str), CHUNK):
        yield from model._base_manager.filter(**{lookup: some}, **more).values_list("pk", flat=True)


def doomed_with(dossier: UUID) -> Doomed:
    """Return everything that would go with a dossier, changing nothing."""
    doomed = Doomed(dossier)
    doomed.add(ROOT, keys_where(apps.get_model(ROOT), "pk__in", [dossier]))
    growing = bool(doomed.of(ROOT))
    while growing:
        growing = False
        for label, handler in handlers:
            if handler.rows is not None:
                growing |= doomed.add(label, handler.rows(doomed))
    return doomed


def remove(doomed: Doomed) -> list[Callable[[], None]]:
    """Loosen what stays and delete what goes; return what is to be done once it is committed.

    Part of an action. Raises IntegrityError when a row that stays still points to one that goes: then nothing goes.
    """
    afterwards = [h.beside(doomed.of(label)) for label, h in handlers if h.beside and doomed.of(label)]
    for _label, handler in handlers:
        if handler.loosen is not None:
            handler.loosen(doomed)
    for model in _referrers_first({apps.get_model(label) for label, keys in doomed.gone.items() if keys}):
        cascade = handlers[model._meta.label].cascade
        for some in batched(sorted(doomed.of(model._meta.label), key=str), CHUNK):
            rows: Any = model._base_manager.filter(pk__in=some)
            rows.delete() if cascade else rows._raw_delete(
                rows.db
            )  # every model speaks for itself, none is swept along
    connection.check_constraints()
    return afterwards + [forget for _name, forget in copies]


def _referrers_first(wanted: set[type[models.Model]]) -> list[type[models.Model]]:
    """Return models so that each comes before the models its foreign keys point to."""
    ordered: list[type[models.Model]] = []
    left = sorted(wanted, key=lambda m: m._meta.label)
    while left:
        pointed = {f.related_model for m in left for f in m._meta.concrete_fields if f.related_model not in (None, m)}
        free = [m for m in left if m not in pointed] or left
        ordered += free
        left = [m for m in left if m not in free]
    return ordered


goes(ROOT)
