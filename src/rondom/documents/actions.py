"""What can be done with documents. The content is in the store before the row exists; without row it is swept away."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.events import record, subject
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.documents.enums import DocumentKind, DocumentState, MediaType, Regime
from rondom.documents.models import Document, DocumentConcern, DocumentDossier
from rondom.documents.queries import subjects_of
from rondom.documents.scanner import Verdict
from rondom.documents.signals import document_received
from rondom.dossiers.actions import touch
from rondom.dossiers.models import Case, CaseDossier, Dossier
from rondom.people.models import Person


class Replaced(BadInput):
    """Of two who add a newer version of the same document, the second: the first one's stands already."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else added a newer version just now."), field="file")


def _link(document: Document, persons: list[Person], day: dt.date) -> None:
    DocumentConcern.objects.bulk_create([DocumentConcern(document=document, person=p) for p in persons])
    linked = CaseDossier.objects.filter(on(day), case=document.case_id, dossier__youth__in=persons)
    dossiers = linked.order_by("dossier_id").values_list("dossier_id", flat=True).distinct()
    DocumentDossier.objects.bulk_create([DocumentDossier(document=document, dossier_id=d) for d in dossiers])


def _checked(title: str, persons: list[Person]) -> str:
    if not title.strip():
        raise BadInput(_("Give the document a title, in a few words."), field="title")
    if not persons:
        raise BadInput(_("Choose whom this document is about."), field="concerns")
    return title.strip()


@action
def receive(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    kind: DocumentKind,
    title: str,
    concerns: Iterable[Person],
    regime: Regime,
    blob: UUID,
    size: int,
    digest: str,
    media_type: MediaType,
    author: str = "",
    dated_on: dt.date | None = None,
    replaces: Document | None = None,
) -> Document:
    """Add a document whose content is in the store already. It becomes part of the dossiers of whom it concerns.

    It waits for the scanner first (`document_received`). With `replaces` it is the newer version of another, which
    stays as it is; raises Replaced when that one has a newer version already.
    """
    persons = list(concerns)
    title = _checked(title, persons)
    day = clock.today(at)
    if dated_on and dated_on > day:
        raise BadInput(_("The date of the document lies in the future."), field="dated_on")
    if replaces:
        _claim(replaces)
    document = Document.objects.create(
        municipality=case.municipality, case=case, kind=kind, title=title, author=author.strip(), dated_on=dated_on,
        regime=regime, media_type=media_type, size=size, digest=digest, blob=blob, state=DocumentState.RECEIVED,
        added_by_id=by.key, added_at=at, replaces=replaces,
    )  # fmt: skip
    _link(document, persons, day)
    touch(case, day)
    older = [subject(replaces)] if replaces else []
    record(
        by, "documents.received", document, at=at, municipality=case.municipality,
        fields=["replaces"] if replaces else [], subjects=[subject(document), *older, *subjects_of(document)],
    )  # fmt: skip
    document_received.send(Document, document=document)
    return document


@action
def file_own(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    dossier: Dossier,
    kind: DocumentKind,
    title: str,
    author: str,
    blob: UUID,
    size: int,
    digest: str,
    media_type: MediaType,
    added_by: StaffMember,
) -> Document:
    """File a document that was made here (a letter) in one dossier: its content is in the store, nothing is scanned.

    It is part of this dossier alone: a letter about one child is not in the dossier of a brother.
    """
    day = clock.today(at)
    document = Document.objects.create(
        municipality=case.municipality, case=case, kind=kind, title=title[:160], author=author, dated_on=day,
        regime=Regime.MUNICIPAL, media_type=media_type, size=size, digest=digest, blob=blob, state=DocumentState.OWN,
        added_by=added_by, added_at=at,
    )  # fmt: skip
    DocumentConcern.objects.create(document=document, person=dossier.youth)
    DocumentDossier.objects.create(document=document, dossier=dossier)
    touch(case, day)
    record(
        by, "documents.filed", document, at=at, municipality=case.municipality,
        subjects=[subject(document), *subjects_of(document)],
    )  # fmt: skip
    return document


def _claim(document: Document) -> None:
    """Hold a document until this transaction ends, so that of two newer versions exactly one is added."""
    Document.objects.select_for_update().get(pk=document.pk)
    if Document.objects.filter(replaces=document).exists():
        raise Replaced


@action
def correct(
    *, by: Principal, at: dt.datetime, document: Document, opened_version: int, changes: dict[str, Any]
) -> Document:
    """Change what is written about a document (never its content); `concerns` may be among the changes.

    Raises Stale when somebody else saved since `opened_version`.
    """
    changes = dict(changes)
    persons: list[Person] | None = list(changes.pop("concerns")) if "concerns" in changes else None
    before = set(document.concerns.values_list("pk", flat=True))
    if persons is not None:
        _checked(changes.get("title", document.title), persons)
    changed = save_changes(document, changes, opened_version=opened_version, at=at)
    about = subjects_of(document)
    if persons is not None and {p.pk for p in persons} != before:
        DocumentConcern.objects.filter(document=document).delete()
        DocumentDossier.objects.filter(document=document).delete()
        _link(document, persons, clock.today(at))
        changed.append("concerns")
    record(
        by, "documents.corrected", document, at=at, municipality=document.municipality, fields=changed,
        subjects=[subject(document), *about, *subjects_of(document)],
    )  # fmt: skip
    return document


@action
def wait_for_scan(*, by: Principal, at: dt.datetime, document: Document) -> None:
    """Note that the scanner looks at it."""
    _move(by, at, document, DocumentState.SCANNING, "documents.scan_started")


@action
def judge(*, by: Principal, at: dt.datetime, document: Document, verdict: Verdict) -> None:
    """Note what the scanner says: clean, closed for good, or (without scanner) to quarantine."""
    state = {
        Verdict.CLEAN: DocumentState.CLEAN,
        Verdict.FOUND: DocumentState.REFUSED,
        Verdict.ABSENT: DocumentState.QUARANTINED,
    }[verdict]
    _move(by, at, document, state, "documents.scanned")


@action
def release(*, by: Principal, at: dt.datetime, document: Document, reason: str) -> None:
    """Open a document that no scanner could look at, on one's own name and with a reason (ADR 0182).

    What a scanner refused stays closed, whoever asks.
    """
    if document.state == DocumentState.REFUSED:
        raise VoidByLaw(
            _("The scanner found something in this file. Ask the sender for a new one."), source="BIO2; AVG 32"
        )
    if document.state != DocumentState.QUARANTINED:
        raise BadInput(_("This document is not waiting to be opened."))
    if len(reason.strip()) < 5:
        raise BadInput(_("Write why you trust this file: who sent it, and how you know."), field="reason")
    document.released_reason, document.released_by_id = reason.strip()[:200], by.key
    document.save(update_fields=["released_reason", "released_by"])
    _move(by, at, document, DocumentState.RELEASED, "documents.released")


@action
def release_own(*, by: Principal, at: dt.datetime, document: Document) -> None:
    """Open a document that this system wrote itself: nothing of it came in as a file, so there is nothing to scan."""
    if document.state != DocumentState.RECEIVED:
        raise BadInput(_("This document is not waiting to be opened."))
    document.released_reason, document.released_by_id = str(_("Written by Rondom itself."))[:200], by.key
    document.save(update_fields=["released_reason", "released_by"])
    _move(by, at, document, DocumentState.RELEASED, "documents.released")


def _move(by: Principal, at: dt.datetime, document: Document, state: DocumentState, kind: str) -> None:
    document.state = state
    document.save(update_fields=["state"])
    record(
        by, kind, document, at=at, municipality=document.municipality, fields=["state"],
        subjects=[subject(document), *subjects_of(document)],
    )  # fmt: skip
