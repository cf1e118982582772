"""What becomes of documents when a dossier is destroyed: one that is part of another dossier stays for that one."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from rondom.documents import store
from rondom.documents.models import Document, DocumentConcern, DocumentDossier
from rondom.dossiers.destroying import CASE, linked_cases, youths
from rondom.dossiers.remaining import shared_rows
from rondom.people import destroying as people
from rondom.privacy.destruction import ROOT, Doomed, goes, keys_where

DOCUMENT = "documents.Document"


def _documents(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Document, "case__in", doomed.of(CASE))
    of_others = DocumentDossier.objects.exclude(dossier__in=doomed.of(ROOT)).values("document")
    parts = DocumentDossier.objects.filter(dossier__in=doomed.of(ROOT)).exclude(document__in=of_others)
    yield from parts.values_list("document", flat=True)


def _concerns(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(DocumentConcern, "document__in", doomed.of(DOCUMENT))
    yield from keys_where(DocumentConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(DocumentConcern, "person__in", youths(doomed), document__case__in=linked_cases(doomed))


def _parts(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(DocumentDossier, "document__in", doomed.of(DOCUMENT))
    yield from keys_where(DocumentDossier, "dossier__in", doomed.of(ROOT))


def _loosen(doomed: Doomed) -> None:
    gone = doomed.of(DOCUMENT)
    Document.objects.filter(replaces__in=gone).exclude(pk__in=gone).update(replaces=None, version=F("version") + 1)


def _contents(keys: set[Any]) -> Callable[[], None]:
    blobs = list(Document.objects.filter(pk__in=keys).values_list("blob", flat=True))

    def remove() -> None:
        for blob in blobs:
            store.remove(blob)

    return remove


@shared_rows(DOCUMENT)
def _shared(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    linked = linked_cases(doomed)
    about = Document.objects.filter(case__in=linked, documentconcern__person__in=youths(doomed))
    part = Document.objects.filter(documentdossier__dossier__in=doomed.of(ROOT))
    for rows in (about, part):
        yield from rows.exclude(pk__in=doomed.of(DOCUMENT)).values_list("pk", "created_at")


@people.needed("documents")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    linked, leaving = linked_cases(doomed), youths(doomed)
    kept = DocumentConcern.objects.filter(person__in=persons).exclude(document__in=doomed.of(DOCUMENT))
    for person, case in kept.values_list("person", "document__case"):
        if person not in leaving or case not in linked:
            yield person


goes(DOCUMENT, rows=_documents, loosen=_loosen, beside=_contents)
goes("documents.DocumentConcern", rows=_concerns)
goes("documents.DocumentDossier", rows=_parts)
