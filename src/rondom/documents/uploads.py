"""Files come in encrypted: while a browser sends a file it streams into the store, never to the disk in clear.

The handler keeps on reading a file that is too large or of which the disk is full, so that the rest of the form arrives
and nothing typed is lost; the form then says what is wrong.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from rondom.core.errors import NoRoom
from rondom.documents import store
from rondom.documents.media import Watcher
from rondom.documents.store import Writer

PATIENCE = 8  # times the limit that is still read to the end, so that the form arrives; beyond it we hang up


class SealedUpload(UploadedFile):
    """A file as it lies in the store, not kept yet. It has no readable content: only size, digest and beginning."""

    def __init__(self, handler: "SealedUploadHandler", size: int) -> None:
        super().__init__(None, "file", handler.content_type, size, handler.charset)
        self.writer = handler.writer
        self.watcher = handler.watcher
        self.too_large = size > settings.RONDOM_DOCUMENT_LIMIT
        self.no_room = handler.no_room

    def close(self) -> None:
        """Called at the end of the request: what was not kept is gone."""
        if self.writer is not None:
            self.writer.drop()

    def open(self, *args: Any, **kwargs: Any) -> Any:
        raise ValueError("an upload is not read back before it is kept")

    def whole(self) -> bytes:
        """Return the content of a file that is only read, once; nothing of it stays. Raise NoRoom on a full disk."""
        if self.writer is None:
            raise NoRoom()
        blob = self.writer.keep()
        try:
            return b"".join(store.read(blob))
        finally:
            store.remove(blob)

    def __bool__(self) -> bool:
        return True


class SealedUploadHandler(FileUploadHandler):
    """Streams an uploaded file into the encrypted store."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.watcher = Watcher()
        self.seen = 0
        self.no_room = False
        self.writer: Writer | None = None
        try:
            self.writer = Writer()
        except NoRoom:
            self.no_room = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen += len(raw_data)
        if self.seen > settings.RONDOM_DOCUMENT_LIMIT:
            self._drop()
            if self.seen > PATIENCE * settings.RONDOM_DOCUMENT_LIMIT:
                raise StopUpload(connection_reset=True)
        if self.writer is None:
            return
        self.watcher.see(raw_data)
        try:
            self.writer.write(raw_data)
        except NoRoom:
            self.no_room = True
            self._drop()

    def _drop(self) -> None:
        if self.writer is not None:
            self.writer.drop()
            self.writer = None

    def file_complete(self, file_size: int) -> SealedUpload:
        return SealedUpload(self, file_size)

    def upload_interrupted(self) -> None:
        self._drop()
