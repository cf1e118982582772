"""Sending the file of a document: as an attachment that no browser runs, whole or not at all."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from rondom.accounts.doors import refuse
from rondom.core.errors import RondomError
from rondom.documents import store
from rondom.documents.enums import EXTENSION, MediaType
from rondom.documents.models import Document

NO_STORE = "private, no-store"


def file_of(request: Any, document: Document) -> HttpResponse | StreamingHttpResponse:
    """Answer with the file of a document that was opened for the viewer; a damaged file says so and sends nothing.

    Its name is a number: never a name of somebody.
    """
    try:
        size, digest = store.digest_of(document.blob)  # whole before the first byte leaves
    except store.Damaged:
        size, digest = 0, ""
    if digest != document.digest:
        sentence = _("The file in the store is damaged. Call the functional administrator; the backup holds it.")
        return refuse(request, RondomError(sentence))
    response = StreamingHttpResponse(store.read(document.blob), content_type=document.media_type)
    name = f"document-{document.pk.hex[-12:]}.{EXTENSION[MediaType(document.media_type)]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = NO_STORE
    return response
