"""The documents of a family: list and upload, one document and its versions, its file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from rondom.accounts.doors import refuse, staff_door
from rondom.core import clock, once, words
from rondom.core.components import Cell, Column, Table
from rondom.core.errors import BadInput, NoRoom, RondomError, Stale
from rondom.core.views import cannot_save
from rondom.documents import actions, store
from rondom.documents.actions import Replaced
from rondom.documents.answering import file_of
from rondom.documents.enums import DocumentKind, DocumentState, Regime
from rondom.documents.forms import DocumentForm, NewDocumentForm, ReleaseForm, values_of
from rondom.documents.models import Document
from rondom.documents.queries import (
    documents_in,
    is_replaced,
    newer_version,
    open_document,
    same_content,
    versions_of,
)
from rondom.dossiers import drafts
from rondom.dossiers.drafts import OpenDraft, form_with_draft
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import people_in


@staff_door()
def documents(request: Any, case: UUID) -> HttpResponse:
    """Show the documents of a family, and take in a new one."""
    at, by = clock.now(), request.principal
    opened = open_case(by, case, at=at, page="documents.listed")
    people = people_in(opened, by, at=at)
    form, draft = form_with_draft(
        request, NewDocumentForm, name="documents.new", subject=opened.pk, anchor=opened, people=people
    )
    answer = _taken_in(request, form, draft, lambda: _receive(request, opened, form))
    if isinstance(answer, HttpResponse):
        return answer
    rows = list(documents_in(opened, by, at=at))
    context = {
        "frame": frame_of(opened, by, at=at, tab="documents:list"), "rows": rows, "form": form, "draft": draft,
        "typed": request.method == "POST" or draft.restored or "nieuw" in request.GET,
        "readable": DocumentState.readable(),
    }  # fmt: skip
    return render(request, "documents/list.html", context, status=answer)


@staff_door()
def newer(request: Any, document: UUID) -> HttpResponse:
    """Take in a newer version of a document; the earlier ones stay as they are."""
    at, by = clock.now(), request.principal
    opened = open_document(by, document, at=at, page="documents.newer_opened")
    if is_replaced(opened) and not once.used(once.typed(request)):
        return _replaced(request, opened)
    form, draft = form_with_draft(
        request, NewDocumentForm, name="documents.newer", subject=opened.pk, anchor=opened.case,
        initial=values_of(opened) | {"dated_on": None}, people=people_in(opened.case, by, at=at),
    )  # fmt: skip
    try:
        answer = _taken_in(request, form, draft, lambda: _receive(request, opened.case, form, replaces=opened))
    except Replaced:
        return _replaced(request, opened)
    if isinstance(answer, HttpResponse):
        return answer
    frame = frame_of(opened.case, by, at=at, tab="documents:list")
    context = {"frame": frame, "document": opened, "form": form, "draft": draft}
    return render(request, "documents/newer.html", context, status=answer)


def _replaced(request: Any, document: Document) -> HttpResponse:
    """Say who was first, and keep what was typed for the version after that one."""
    at, by = clock.now(), request.principal
    newest = versions_of(document, by, at=at)[0]
    if request.method == "POST" and newest != document:
        binding = drafts.bind(by, form="documents.newer", subject=newest.pk, anchor=document.case)
        drafts.save(binding, drafts.typed_values(request.POST), at=at)
    context = {
        "frame": frame_of(document.case, by, at=at, tab="documents:list"), "document": document,
        "newest": newest if newest != document else None, "typed": request.method == "POST",
    }  # fmt: skip
    return render(request, "documents/replaced.html", context, status=409 if request.method == "POST" else 200)


def _taken_in(request: Any, form: NewDocumentForm, draft: OpenDraft, act: Callable[[], str]) -> HttpResponse | int:
    """Return the answer to a form with a file that was taken in; else the status of the page that shows it again."""
    if request.method != "POST":
        return 200
    if set(request.FILES) - {"file"}:
        raise BadInput(_("One file at a time."))
    try:
        return draft.submit(act) if form.is_valid() else 422
    except Replaced:
        raise
    except (NoRoom, OSError, OperationalError) as error:
        if not isinstance(error, NoRoom) and not cannot_save(error):
            raise
        form.add_error(None, str(NoRoom().sentence))
        return NoRoom.status
    except BadInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.sentence))
        return error.status


def _receive(request: Any, case: Case, form: NewDocumentForm, *, replaces: Document | None = None) -> str:
    """Keep the content, then make the row; without row the content is swept away. Return where the document stands."""
    at, typed = clock.now(), form.cleaned_data
    upload = typed["file"]
    if upload.writer is None:
        raise NoRoom()
    earlier = same_content(case, upload.writer.digest, request.principal, at=at)
    if earlier:
        raise BadInput(
            _("This same file is here already: “%(title)s”, added on %(day)s. It was not added twice.")
            % {"title": earlier.title, "day": clock.today(earlier.added_at).strftime("%d-%m-%Y")},
            field="file",
        )
    blob = upload.writer.keep()
    try:
        document = actions.receive(
            by=request.principal, at=at, case=case, kind=DocumentKind(typed["kind"]), title=typed["title"],
            concerns=typed["concerns"], regime=Regime(typed["regime"]), author=typed["author"],
            dated_on=typed["dated_on"], blob=blob, size=upload.writer.size, digest=upload.writer.digest,
            media_type=form.media_type, replaces=replaces,
        )  # fmt: skip
    except BaseException:
        store.remove(blob)
        raise
    return reverse("documents:document", args=[document.pk])


@staff_door()
@require_safe
def document(request: Any, document: UUID) -> HttpResponse:
    """Show one document: what it is, whom it is about, and whether its file can be opened."""
    opened = open_document(request.principal, document, at=clock.now(), page="documents.shown")
    return _page(request, opened, ReleaseForm())


def _page(request: Any, document: Document, form: ReleaseForm, status: int = 200) -> HttpResponse:
    at, by = clock.now(), request.principal
    context = {
        "document": document,
        "people": [p.name for p in document.concerns.all()],
        "versions": _versions(document, versions_of(document, by, at=at)),
        "frame": frame_of(document.case, by, at=at, tab="documents:list"),
        "once_key": once.fresh(),
        "readable": document.state in DocumentState.readable(),
        "waits": document.state == DocumentState.QUARANTINED,
        "refused": document.state == DocumentState.REFUSED,
        "newer": newer_version(document, by, at=at),
        "release_form": form,
    }
    return render(request, "documents/document.html", context, status=status)


def _versions(document: Document, line: list[Document]) -> Table | None:
    """Return the table of the versions of a document, the newest first; None when this is the only one."""
    if len(line) == 1:
        return None

    def row(number: int, one: Document) -> list[Any]:
        name = _("Version %(number)s") % {"number": number}
        here = _("%(version)s (this page)") % {"version": name}
        added = _("%(day)s by %(name)s") % {"day": words.moment_words(one.added_at), "name": one.added_by.name}
        address = reverse("documents:document", args=[one.pk])
        first = Cell(here) if one == document else Cell(name, url=address)
        return [first, added, one.title, one.get_state_display().capitalize(), f"{one.digest[:12]}…"]

    columns = [Column(label) for label in (_("Version"), _("Added"), _("Title"), _("Scan"), _("Checksum"))]
    return Table(_("Versions of this document"), columns, [row(len(line) - n, one) for n, one in enumerate(line)])


@staff_door()
def correct(request: Any, document: UUID) -> HttpResponse:
    """Correct what is written about a document; of two who do so at once the second sees both."""
    at, by = clock.now(), request.principal
    opened = open_document(by, document, at=at, page="documents.correction_opened")
    form, draft = form_with_draft(
        request, DocumentForm, name="documents.correct", subject=opened.pk, anchor=opened.case, record=opened,
        values=values_of, people=people_in(opened.case, by, at=at),
    )  # fmt: skip

    def act() -> str:
        actions.correct(
            by=by, at=at, document=opened, opened_version=draft.opened_version, changes=dict(form.cleaned_data)
        )
        return reverse("documents:document", args=[opened.pk])

    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return draft.submit(act)
            except Stale as error:
                return draft.show_both(form, error)
            except BadInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.sentence))
    frame = frame_of(opened.case, by, at=at, tab="documents:list")
    context = {"frame": frame, "document": opened, "form": form, "draft": draft}
    return render(request, "documents/correct.html", context, status=status)


@staff_door()
@require_POST
def release(request: Any, document: UUID) -> HttpResponse:
    """Open a file that was not scanned, with a reason."""
    at, by = clock.now(), request.principal
    opened = open_document(by, document, at=at, page="documents.release_opened")
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, opened, form, status=422)

    def act() -> str:
        actions.release(by=by, at=at, document=opened, reason=form.cleaned_data["reason"])
        messages.success(request, _("The file can be opened now. Your reason stands beside it."))
        return reverse("documents:document", args=[opened.pk])

    try:
        return once.answer(request, act)
    except BadInput as error:
        form.add_error("reason" if error.field else None, str(error.sentence))
        return _page(request, opened, form, status=error.status)


@staff_door()
@require_GET
def download(request: Any, document: UUID) -> Any:
    """Send the file, as an attachment that no browser runs; every download is a look."""
    opened = open_document(request.principal, document, at=clock.now(), page="documents.downloaded")
    if opened.state not in DocumentState.readable():
        return refuse(request, RondomError(_("This file cannot be opened yet: it was not scanned.")))
    return file_of(request, opened)
