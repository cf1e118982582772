"""Sending a file from the store: as an attachment that no browser runs, whole or not at all."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from rondom.accounts.doors import refuse
from rondom.core.errors import RondomError
from rondom.documents import store
from rondom.documents.enums import EXTENSION, MediaType
from rondom.documents.models import Document

NO_STORE = "private, no-store"


def file_of(request: Any, document: Document) -> HttpResponse | StreamingHttpResponse:
    """Answer with the file of a document that was opened for the viewer.

    Its name is a number: never a name of somebody.
    """
    name = f"document-{document.pk.hex[-12:]}.{EXTENSION[MediaType(document.media_type)]}"
    return attachment(request, document.blob, digest=document.digest, name=name, media_type=document.media_type)


def attachment(
    request: Any, blob: UUID, *, digest: str, name: str, media_type: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a content of the store that has this digest; a damaged one says so and sends nothing."""
    try:
        size, found = store.digest_of(blob)  # whole before the first byte leaves
    except store.Damaged:
        size, found = 0, ""
    if found != digest:
        sentence = _("The file in the store is damaged. Call the functional administrator; the backup holds it.")
        return refuse(request, RondomError(sentence))
    response = as_file(StreamingHttpResponse(store.read(blob), content_type=media_type), name)
    response.headers["Content-Length"] = str(size)
    return response


def as_file[R: HttpResponseBase](response: R, name: str) -> R:
    """Let an answer be a file to save: no browser runs it, and nothing on the way keeps it."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = NO_STORE
    return response
