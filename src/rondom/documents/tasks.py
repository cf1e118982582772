"""Scanning, later: the row of the task holds the id only."""

from uuid import UUID

from django.tasks import task

from rondom.core import clock
from rondom.core.principals import machine
from rondom.documents import actions, scanner, store
from rondom.documents.enums import DocumentState
from rondom.documents.models import Document

UNSCANNED = (DocumentState.RECEIVED, DocumentState.SCANNING, DocumentState.QUARANTINED)


@task()
def scan(document: str) -> None:
    """Let the scanner look at one document. Can be done twice without harm."""
    row = Document.objects.filter(pk=UUID(document), state__in=UNSCANNED).first()
    if row is None:
        return
    by = machine("scanner", row.municipality)
    if row.state == DocumentState.RECEIVED and scanner.place():
        actions.wait_for_scan(by=by, at=clock.now(), document=row)
    try:
        verdict = scanner.scan(store.read(row.blob))
    except store.Damaged:
        verdict = scanner.Verdict.ABSENT
    if verdict is scanner.Verdict.ABSENT and row.state == DocumentState.QUARANTINED:
        return
    actions.judge(by=by, at=clock.now(), document=row, verdict=verdict)
