"""Documents within sight: those of a case one may open, as far as one may open every dossier they are part of."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from rondom.core.errors import NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.principals import Principal
from rondom.documents.enums import TemplateState
from rondom.documents.letters import LETTERS, LetterKind, Wording
from rondom.documents.models import Document, DocumentDossier, LetterTemplate
from rondom.dossiers.models import Case
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import cases_for, dossiers_for
from rondom.privacy.enums import Sight, SubjectKind
from rondom.privacy.queries import still_read


def documents_for(by: Principal, *, at: dt.datetime) -> QuerySet[Document]:
    """Return the documents this principal may open."""
    hidden: Any = DocumentDossier.objects.filter(document=OuterRef("pk")).exclude(
        dossier__in=dossiers_for(by, at=at).values("pk")
    )
    rows = Document.objects.filter(~Exists(hidden), case__in=cases_for(by, at=at).values("pk"))
    return rows.filter(still_read(by, at=at, sight=Sight.OPEN))


def documents_in(case: Case, by: Principal, *, at: dt.datetime) -> QuerySet[Document]:
    """Return of each document of a case the newest version within sight, those added last first."""
    seen = documents_for(by, at=at).filter(case=case)
    rows = seen.filter(~Exists(seen.filter(replaces=OuterRef("pk"))))
    return rows.select_related("added_by").prefetch_related("concerns").order_by("-added_at", "pk")


def same_content(case: Case, digest: str, by: Principal, *, at: dt.datetime) -> Document | None:
    """Return a document within sight with exactly this content in the same case, if there is one."""
    return documents_for(by, at=at).filter(case=case, digest=digest).order_by("added_at").first()


def newer_version(document: Document, by: Principal, *, at: dt.datetime) -> Document | None:
    """Return the version that replaced a document, when it is within sight."""
    return documents_for(by, at=at).filter(replaces=document).first()


def versions_of(document: Document, by: Principal, *, at: dt.datetime) -> list[Document]:
    """Return the versions of a document within sight, the newest first; itself is one of them."""
    seen = documents_for(by, at=at).filter(case=document.case_id).exclude(replaces=None, replaced_by=None)
    rows: dict[UUID | None, Document] = {row.pk: row for row in seen.select_related("added_by")}
    line = [rows.get(document.pk, document)]
    newer = {row.replaces_id: row for row in rows.values()}
    while found := newer.get(line[0].pk):
        line.insert(0, found)
    while found := rows.get(line[-1].replaces_id):
        line.append(found)
    return line


def is_replaced(document: Document) -> bool:
    """Tell whether a newer version exists, also one out of sight: then there is no room for another."""
    return Document.objects.filter(replaces=document).exists()


def subjects_of(document: Document) -> list[Subject]:
    """Return what an act or look at a document concerns: its case, its dossiers and the persons it is about."""
    dossiers = document.dossiers.values_list("pk", flat=True)
    persons = document.concerns.values_list("pk", flat=True)
    return [("case", document.case_id), *(("dossier", d) for d in dossiers), *(("person", p) for p in persons)]


def open_document(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Document:
    """Return the document when it is within sight and record the look; a refused look is recorded as well.

    Raises NotFound, the same for what does not exist and what is not theirs.
    """
    rows = Document.objects.select_related("case", "case__team", "added_by", "released_by")
    document = rows.filter(pk=pk).first()
    if document is None:
        raise NotFound("")
    subjects = [subject(document), *subjects_of(document)]
    if not documents_for(by, at=at).filter(pk=pk).exists():
        look(by, page, document, subjects=subjects, result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.CASE, document.case_id, at=at, sight=Sight.OPEN)
    look(by, page, document, subjects=subjects, ground=ground, at=at)
    return document


def letter_kind(key: str) -> LetterKind:
    """Return a kind of letter by its key; raises NotFound."""
    if key not in LETTERS:
        raise NotFound("")
    return LETTERS[key]


def templates_of(key: str, municipality: str) -> QuerySet[LetterTemplate]:
    """Return the versions of the words of a kind of letter, the newest first."""
    rows = LetterTemplate.objects.filter(kind=key, municipality=municipality)
    return rows.select_related("written_by", "decided_by").order_by("-starts", "-pk")


def proposal_of(key: str, municipality: str) -> LetterTemplate | None:
    """Return the words of a kind of letter that wait for a second person; None when there are none."""
    return templates_of(key, municipality).filter(state=TemplateState.PROPOSED).first()


def template_of(municipality: str, pk: UUID) -> LetterTemplate:
    """Return words of a letter of this municipality, in whatever state; raises NotFound."""
    rows = LetterTemplate.objects.select_related("written_by", "decided_by")
    row = rows.filter(municipality=municipality, pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def wording_on(key: str, municipality: str, day: dt.date) -> Wording:
    """Return the words of a kind of letter as they hold on a day: of the municipality, else the first text."""
    row = templates_of(key, municipality).filter(starts__lte=day, state=TemplateState.IN_USE).first()
    if row is None:
        kind = letter_kind(key)
        return Wording(kind.first_title, kind.first_text)
    return Wording(row.title, row.text, row.starts, row.written_by.name)
