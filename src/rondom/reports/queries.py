"""What can be asked of frozen editions."""

import hashlib

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput, RondomError
from rondom.reports.models import Edition


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


def text_of(edition: Edition, *, public: bool) -> str:
    """Return what an edition says, byte for byte; raise Altered when it does not fit its digest.

    An internal edition whose time has passed says so (BadInput).
    """
    if not edition.content and not public:
        raise BadInput(_("The internal edition is no longer kept. The public edition is: add --public."))
    if edition.content and digest(edition.content, edition.public, edition.definition) != edition.digest:
        raise Altered(_("This edition was altered outside Rondom. Call the functional administrator."))
    return edition.public if public else edition.content
