"""In answer to the room itself: a received document is scanned."""

from typing import Any

from django.dispatch import receiver

from rondom.documents.models import Document
from rondom.documents.signals import document_received
from rondom.documents.tasks import scan


@receiver(document_received, dispatch_uid="documents.scan")
def have_it_scanned(sender: Any, *, document: Document, **kwargs: Any) -> None:
    """Queue the scan in the transaction that added the document: they commit together."""
    scan.enqueue(str(document.pk))
