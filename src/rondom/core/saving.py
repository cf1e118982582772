"""Saving an edited record: the version it was opened with decides, and nothing typed is lost."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import Stale
from rondom.core.models import Record

R = TypeVar("R", bound=Record)


def save_changes[R: Record](
    record: R, changes: Mapping[str, Any], *, opened_version: int, at: dt.datetime
) -> list[str]:
    """Apply changes to a record that was opened at `opened_version`; return the names of the fields that changed.

    Call inside an @action. The row is taken with a conditional update, so of two savers at once exactly one wins; the
    other gets Stale with the current row and keeps what was typed (the form shows both values).
    """
    changed = [name for name, value in changes.items() if getattr(record, name) != value]
    taken = (
        type(record)
        ._default_manager.filter(pk=record.pk, version=opened_version)
        .update(version=opened_version + 1, changed_at=at)
    )
    if not taken:
        raise Stale(
            _("Somebody else saved this while you were typing. Below you see both; nothing you typed is lost."),
            current=type(record)._default_manager.get(pk=record.pk),
        )
    record.version, record.changed_at = opened_version + 1, at
    for name in changed:
        setattr(record, name, changes[name])
    if changed:
        record.save(update_fields=changed)
    return changed
