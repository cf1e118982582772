"""Key rotation: a new generation, everything encrypted again while people work, the old generation put away.

    begin      add a generation to the key file; running workers take it up within seconds, writing under it
    rewrite    encrypt again what still lies under an older generation, in small steps; kill it and start it again
    retire     when nothing old is left: keep of the old generation only what verifies its audit records

Blind indexes move with their value. Until a row is rewritten it is found under the old generation: every look-up asks
under all generations on file. Rooms register what they keep outside encrypted fields (`hoards`).
"""

import base64
import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from rondom.core import keys
from rondom.core.actions import action
from rondom.core.declarations import our_models
from rondom.core.errors import VoidByLaw
from rondom.core.events import record
from rondom.core.fields import Box, EncryptedTextField
from rondom.core.models import KeyCheck
from rondom.core.principals import Principal
from rondom.core.registry import Registry

BATCH = 200
SETTLED = dt.timedelta(seconds=60)  # by then every worker writes under the new generation (keys.REFRESH is 5 s)
DEMO_MARK = b"rondom demo\0"

# What lies outside encrypted fields: name -> function(newest generation) that rewrites all older and returns how many.
hoards: Registry[Callable[[int], int]] = Registry("hoard of encrypted things")


@dataclasses.dataclass(frozen=True)
class BlindIndex:
    """A column that indexes the value of an encrypted field: `compute` gives it for a decrypted row."""

    model: type[models.Model]
    field: str
    column: str
    compute: Callable[[Any], bytes | None]


indexes: Registry[BlindIndex] = Registry("blind index")


class NotYet(VoidByLaw):
    """The old generation cannot be put away while something still needs it."""


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    """Return the encrypted fields of a model."""
    return [f for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]


def _indexes_of(model: type[models.Model]) -> list[BlindIndex]:
    return [index for _name, index in indexes if index.model is model]


@action
def begin(*, by: Principal, at: dt.datetime) -> int:
    """Add a key generation to the key file and return it, or finish a beginning that was killed halfway.

    Raises NotYet while an earlier rotation is unfinished.
    """
    ring = keys.read_again()
    if under_way(ring):
        raise NotYet(_("The last rotation is not finished. Run `rondom keys rotate` again, then `rondom keys retire`."))
    if len(ring.generations) == 1:
        path = Path(settings.RONDOM_KEY_FILE)
        line = _new_line(max(ring.audit_generations) + 1)
        keys.write_key_file(path, path.read_text("ascii").rstrip("\n") + "\n" + line)
        ring = keys.read_again()
    fresh = ring.newest
    row = KeyCheck.objects.create(generation=fresh, check_value=ring.check_value(fresh), first_used_at=at)
    record(by, "core.key_generation_begun", row, at=at)
    return fresh


def under_way(ring: keys.KeyRing) -> bool:
    """Tell whether a rotation was begun and not yet finished by `retire`."""
    return len(ring.generations) > 1 and KeyCheck.objects.filter(generation=ring.newest).exists()


def _new_line(generation: int) -> str:
    if not settings.DEMO:
        return keys.new_key_line(generation)
    marked = DEMO_MARK + os.urandom(32 - len(DEMO_MARK))  # a demonstration's keys stay recognisable
    return f"{generation} {base64.b64encode(marked).decode()}\n"


def rewrite(*, say: Callable[[str], None] = lambda line: None) -> int:
    """Encrypt again everything that lies under an older generation; return how many things.

    Can be killed at any moment and started again. A row that somebody saves meanwhile is left to that save.
    """
    total = 0
    for model in our_models():
        count = _rewrite_model(model) if encrypted_fields(model) else 0
        if count:
            say(f"{model._meta.label}: {count}")
        total += count
    for name, again in hoards:
        count = again(keys.ring().newest)
        if count:
            say(f"{name}: {count}")
        total += count
    return total


def _old_rows(model: type[models.Model]) -> Iterator[tuple[Any, dict[str, bytes]]]:
    """Yield (key, ciphertexts by field) of rows that hold something of an older generation, in order of key."""
    fields, newest, last = encrypted_fields(model), keys.ring().newest, None
    while True:
        rows: Any = model._default_manager.order_by("pk")
        rows = rows.filter(pk__gt=last) if last is not None else rows
        page = list(rows.only("pk", *(f.name for f in fields))[:BATCH])
        for row in page:
            boxes = {f.name: row.__dict__[f.attname].box for f in fields if row.__dict__[f.attname] is not None}
            if any(box[0] != newest for box in boxes.values()):
                yield row.pk, boxes
        if len(page) < BATCH:
            return
        last = page[-1].pk


def _rewrite_model(model: type[models.Model]) -> int:
    count, fields = 0, {f.name: f for f in encrypted_fields(model)}
    for pk, boxes in _old_rows(model):
        with transaction.atomic():
            changes: dict[str, Any] = {name: fields[name].rewrite(pk, box) for name, box in boxes.items()}
            for index in _indexes_of(model):
                changes[index.column] = index.compute(model._default_manager.get(pk=pk))
            same: Any = {name: Box(box) for name, box in boxes.items()}
            count += model._default_manager.filter(pk=pk, **same).update(**changes)
    return count


def left(generation: int | None = None) -> dict[str, int]:
    """Return how many rows per model still hold something of an older generation."""
    counts = {m._meta.label: sum(1 for _row in _old_rows(m)) for m in our_models() if encrypted_fields(m)}
    return {label: count for label, count in counts.items() if count}


@action
def retire(*, by: Principal, at: dt.datetime) -> list[int]:
    """Put every generation but the newest away and return them; their audit records can still be verified.

    Raises NotYet while something is encrypted under an older generation, or could still be written under it.
    """
    ring = keys.read_again()
    old = ring.generations[:-1]
    if not old:
        raise NotYet(_("There is no older key generation to put away."))
    begun = KeyCheck.objects.get(generation=ring.newest).first_used_at
    if at - begun < SETTLED:
        raise NotYet(_("Wait a minute: other workers may still write under the old keys."))
    if rewrite():
        raise NotYet(_("Something was still written under the old keys just now. Run this again in a minute."))
    lines = Path(settings.RONDOM_KEY_FILE).read_text("ascii").splitlines()
    kept = [line for line in lines if line.split()[:1] not in [[str(g)] for g in old]]
    text = "".join(ring.retired_line(g) for g in old) + "\n".join(filter(None, kept)) + "\n"
    KeyCheck.objects.filter(generation__in=old).update(retired_at=at)
    for generation in old:
        record(by, "core.key_generation_retired", KeyCheck(generation=generation), at=at)
    keys.write_key_file(Path(settings.RONDOM_KEY_FILE), text)
    keys.read_again()
    return old
