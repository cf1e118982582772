"""What a file is, by its content: a small table of first bytes. A name or a browser's word is never believed.

Sources: ISO 32000 (PDF header), ECMA-376 and ODF 1.3 part 2 (packages), ITU T.81, PNG, ISO/IEC 14496-12 (HEIF brands),
RFC 5322 (header fields).
"""

import re

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.documents.enums import MediaType

HEAD = 65_536  # bytes of the beginning that are looked at
MACROS = b"vbaProject.bin"
HEIF_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"heim", b"heis"})
MAIL_HEADER = re.compile(
    rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
    rb"(?:from|received|return-path|message-id|mime-version|delivered-to):",
    re.IGNORECASE,
)
OLD_OFFICE, PROGRAMS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")


def media_type(head: bytes) -> MediaType:
    """Return what a file is, from its first bytes; raise BadInput with a sentence that says what to do instead."""
    if found := _recognised(head):
        return found
    if head.startswith(OLD_OFFICE):
        sentence = _("This is a file of an old Office version or of Outlook. Save it as PDF and add that.")
    elif head.startswith(b"PK\x03\x04"):
        sentence = _("This is a packed file or a spreadsheet. Add the documents in it one by one, as PDF.")
    elif head.startswith(PROGRAMS) or head.lstrip()[:1] == b"<":
        sentence = _("This kind of file can carry a program and is not taken in. Save what you need as PDF.")
    elif not head:
        sentence = _("This file is empty. Choose another file.")
    else:
        sentence = _("This kind of file is not known here. Use PDF, Word, OpenDocument, a photo, an e-mail or text.")
    raise BadInput(sentence, field="file")


def _recognised(head: bytes) -> MediaType | None:
    if b"%PDF-" in head[:1024]:
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return MediaType.HEIC
    if head.startswith(b"PK\x03\x04"):
        return _package(head)
    return _text(head)


def _package(head: bytes) -> MediaType | None:
    if head[30:38] == b"mimetype" and head[38:].startswith(MediaType.ODT.value.encode()):
        return MediaType.ODT
    if b"[Content_Types].xml" in head and b"word/" in head:
        return MediaType.DOCX
    return None


def _text(head: bytes) -> MediaType | None:
    if not head or head.startswith(PROGRAMS) or head.lstrip()[:1] == b"<":
        return None
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return None
    try:
        head[: HEAD - 4].decode("utf-8") if len(head) >= HEAD else head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) < HEAD or error.start < len(head) - 8:
            try:
                head.decode("cp1252")
            except UnicodeDecodeError:
                return None
    return MediaType.EML if MAIL_HEADER.match(head) else MediaType.TXT


class Watcher:
    """Looks at a file as it streams by: keeps its beginning, and notices macros wherever they stand."""

    def __init__(self) -> None:
        self.head = b""
        self.macros = False
        self._tail = b""

    def see(self, chunk: bytes) -> None:
        """Take in the next piece."""
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        self.macros = self.macros or MACROS in self._tail + chunk
        self._tail = (self._tail + chunk)[-len(MACROS) :]

    def verdict(self) -> MediaType:
        """Return what the file is; raise BadInput for what is not taken in."""
        found = media_type(self.head)
        if found is MediaType.DOCX and self.macros:
            raise BadInput(_("This Word file holds macros. Save it as PDF and add that."), field="file")
        return found
