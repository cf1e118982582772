"""Freezing an edition."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from rondom.core import locks
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.reports import queries
from rondom.reports.models import Edition


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
