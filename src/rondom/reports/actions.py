"""Freezing an edition, and closing a flag."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core import locks
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.reports import queries
from rondom.reports.models import ClosedFlag, Edition

LONGEST_NOTE, LONGEST_NAME = 500, 120


@action
def freeze(
    *, by: Principal, at: dt.datetime, report: str, scope: str, period: str, number: int, content: str, public: str,
    definition: str,
) -> Edition:  # fmt: skip
    """Keep an edition as it is now, for good. Its number must follow the last one; raises BadInput otherwise."""
    locks.hold("reports.freeze")
    last = queries.editions(report, scope, period).last()
    if number != (last.number if last else 0) + 1:
        raise BadInput(_("Somebody froze an edition meanwhile. Look at that one first."))
    edition = Edition.objects.create(
        municipality=by.municipality, report=report, scope=scope, period=period, number=number, content=content,
        public=public, definition=definition, digest=queries.digest(content, public, definition), frozen_by=by.key,
        created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "reports.edition_frozen", edition, at=at)
    return edition


@action
def close_flag(
    *, by: Principal, at: dt.datetime, report: str, scope: str, period: str, flag: Mapping[str, Any], note: str,
    name: str,
) -> ClosedFlag:  # fmt: skip
    """Keep that somebody looked at a flag (`id`, `left`, `right`), with a note and a name; both numbers stay shown."""
    note, name = " ".join(note.split()), " ".join(name.split())
    if not note or not name:
        raise BadInput(_("Write what was found, and the name of who looked. Without both a flag stays open."))
    if len(note) > LONGEST_NOTE or len(name) > LONGEST_NAME:
        words = {"note": LONGEST_NOTE, "name": LONGEST_NAME}
        raise BadInput(_("Keep it short: at most %(note)s characters for the note, %(name)s for the name.") % words)
    closed = ClosedFlag.objects.create(
        municipality=by.municipality, report=report, scope=scope, period=period, flag=flag["id"],
        left=queries.side(flag["left"]), right=queries.side(flag["right"]), note=note, name=name, closed_by=by.key,
        created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "reports.flag_closed", closed, at=at, fields=["note", "name"])
    return closed
