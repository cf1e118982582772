"""What can be asked of frozen editions and of closed flags."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.errors import BadInput, NotFound, RondomError
from rondom.reports.models import ClosedFlag, Edition


class Altered(RondomError):
    """A frozen edition is not what it was: somebody changed it outside Rondom."""

    status = 500


def digest(content: str, public: str, definition: str) -> str:
    """Return the digest over an edition: of its internal and public text, and of how it was counted."""
    parts = [hashlib.sha256(text.encode()).hexdigest() for text in (content, public, definition)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def editions(report: str, scope: str, period: str) -> QuerySet[Edition]:
    """Return the frozen editions of a report over a period, first one first."""
    return Edition.objects.filter(report=report, scope=scope, period=period).order_by("number")


def every_edition(report: str, scope: str = "") -> QuerySet[Edition]:
    """Return every frozen edition of a report (of one scope), newest period first, newest edition of it on top."""
    rows = Edition.objects.filter(report=report, **({"scope": scope} if scope else {}))
    return rows.order_by("scope", "-period", "-number")


def edition(report: str, scope: str, period: str, number: int) -> Edition:
    """Return a frozen edition; raise NotFound when it was never frozen."""
    row = editions(report, scope, period).filter(number=number).first()
    if row is None:
        raise NotFound("")
    return row


def text_of(edition: Edition, *, public: bool) -> str:
    """Return what an edition says, byte for byte; raise Altered when it does not fit its digest.

    An internal edition whose time has passed says so (BadInput).
    """
    if not edition.content and not public:
        raise BadInput(_("The internal edition is no longer kept. The public edition is: add --public."))
    if edition.content and digest(edition.content, edition.public, edition.definition) != edition.digest:
        raise Altered(_("This edition was altered outside Rondom. Call the functional administrator."))
    return edition.public if public else edition.content


def side(value: Any) -> str:
    """Return a number of a flag as it is compared: 14160, 31.5, or "" for nothing."""
    return "" if value is None else str(value)


def closings(report: str, scope: str, period: str) -> Mapping[tuple[str, str, str], ClosedFlag]:
    """Return the flags that were closed, by id and the two numbers; of one that was closed twice the last closing."""
    rows = ClosedFlag.objects.filter(report=report, scope=scope, period=period).order_by("created_at", "pk")
    return {(row.flag, row.left, row.right): row for row in rows}


def with_closings(flags: Iterable[dict[str, Any]], report: str, scope: str, period: str) -> list[dict[str, Any]]:
    """Return the flags; one that was closed for these two numbers also says `closed`: the note, the name, the day."""
    found = closings(report, scope, period)
    return [flag | _closed(found.get((flag["id"], side(flag["left"]), side(flag["right"])))) for flag in flags]


def _closed(row: ClosedFlag | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"closed": {"note": row.note, "name": row.name, "on": clock.today(row.created_at).isoformat()}}
