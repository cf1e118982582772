"""Work of the room that comes back by itself."""

import datetime as dt

from rondom.core import schedule
from rondom.documents import scanner, store
from rondom.documents.enums import DocumentState
from rondom.documents.models import Document
from rondom.documents.tasks import scan

ORPHANS_AFTER = dt.timedelta(hours=24)
STUCK_AFTER = dt.timedelta(minutes=15)


def sweep(*, at: dt.datetime) -> int:
    """Remove contents that no row knows after a day: of uploads that were broken off."""
    return store.sweep(store.owned(), older_than=ORPHANS_AFTER.total_seconds())


def scan_waiting(*, at: dt.datetime) -> int:
    """Scan what waits in quarantine, or got stuck half-way, as soon as there is a scanner."""
    if not scanner.place():
        return 0
    stuck = (DocumentState.RECEIVED, DocumentState.SCANNING)
    waiting = Document.objects.filter(state=DocumentState.QUARANTINED) | Document.objects.filter(
        state__in=stuck, added_at__lt=at - STUCK_AFTER
    )
    found = list(waiting.values_list("pk", flat=True)[:100])
    for pk in found:
        scan.enqueue(str(pk))
    return len(found)


def register() -> None:
    """Put the jobs of the room on the schedule, and say which contents its rows hold."""
    store.OWNERS.register("documents", lambda: Document.objects.values_list("blob", flat=True))
    schedule.every("documents.scan_waiting", dt.timedelta(minutes=5), scan_waiting)
    schedule.nightly("documents.sweep", dt.time(3, 30), sweep)
