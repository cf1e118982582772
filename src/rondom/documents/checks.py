"""What `rondom check` asks of the documents: every content there, as it was written, and none too many."""

import time
from collections.abc import Iterator

from django.conf import settings

from rondom.core.checking import CHECKS
from rondom.documents import scanner, store
from rondom.documents.jobs import ORPHANS_AFTER
from rondom.documents.models import Document


@CHECKS("documents")
def documents() -> Iterator[str]:
    """Read every document to its end and compare its digest; name contents that belong to no row."""
    known = store.owned()
    for pk, blob, size, digest in Document.objects.values_list("pk", "blob", "size", "digest").iterator():
        try:
            if store.digest_of(blob) != (size, digest):
                yield f"document {pk}: its content is not what was added"
        except store.Damaged:
            missing = not store.path_of(blob).exists()
            yield f"document {pk}: its content is {'missing' if missing else 'damaged'}; take it from a backup"
    late = time.time() - 2 * ORPHANS_AFTER.total_seconds()
    for blob, written in store.stored():
        if blob not in known and written < late:
            yield f"content {blob} belongs to no row; a nightly job removes those: does the worker run?"


@CHECKS("virus scanner")
def virus_scanner() -> Iterator[str]:
    """Without one every file waits in quarantine (ADR 0182)."""
    if settings.PRODUCTION and not scanner.place():
        yield "there is no virus scanner: every file waits in quarantine. Install clamd, or name it in RONDOM_CLAMD."
