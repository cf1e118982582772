"""Opening a file that someone else made: what may be read at all, and which message it is.

Refused here, before anything of the content is looked at: a file over 25 MB, no XML, a DOCTYPE (and so every entity and
external reference) in whatever encoding, and a message or release that is not declared. The reader goes on bounding what it
reads (`reading`).
"""

import io
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from rondom.messages import words
from rondom.messages.declaring import Message, Release
from rondom.messages.ijw32 import RELEASE

RELEASES: tuple[Release, ...] = (RELEASE,)
LARGEST = 25 * 1024 * 1024  # OP179 says 25 MB; the larger reading of MB, so that nothing the chain lets pass is refused
PROLOGUE = 64 * 1024  # the document element begins within these bytes
STEP = 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True)
class Finding:
    """What is wrong on level 1: the line in the file, the way to the element, a Dutch sentence."""

    line: int
    path: str
    text: str


class Unreadable(Exception):
    """The file is no message that can be read; no return message can follow. Carries one finding."""

    def __init__(self, text: str, line: int = 0, message: Message | None = None) -> None:
        super().__init__(text)
        self.finding = Finding(line, "", text)
        self.message = message


@dataclass
class Opened:
    """A file that may be read: the message it is, its prefixes, and what is already wrong with it."""

    source: BinaryIO
    message: Message
    prefixes: dict[str | None, str]
    findings: list[Finding] = field(default_factory=list)


def look(source: BinaryIO | bytes) -> Opened:
    """Look at the beginning of a file and return the message it is; raises Unreadable. The file must be seekable."""
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    if source.seek(0, io.SEEK_END) > LARGEST:
        raise Unreadable(words.TOO_LARGE)
    source.seek(0)
    root, first = _document_element(source)
    source.seek(0)
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None or info.externalDTD is not None:
        raise Unreadable(words.HAS_DTD, root.sourceline or 0)
    opened = Opened(source, find_message(root), dict(root.nsmap))
    if first.startswith(BYTE_ORDER_MARK):
        opened.findings.append(Finding(1, "", words.BYTE_ORDER_MARK))
    encoding = info.encoding or "UTF-8"
    if encoding.upper().replace("_", "-") not in ("UTF-8", "UTF8", "US-ASCII", "ASCII"):
        opened.findings.append(Finding(1, "", words.NOT_UTF8.format(encoding=words.shown(encoding))))
    return opened


def _document_element(source: BinaryIO) -> tuple[Any, bytes]:
    """Return the document element as soon as it has begun, and the first bytes; raises Unreadable."""
    parser = etree.XMLPullParser(events=("start",), **SAFE)
    events = parser.read_events()
    first = b""
    try:
        for _step in range(PROLOGUE // STEP):
            chunk = source.read(STEP)
            first = first or chunk
            parser.feed(chunk) if chunk else parser.close()
            for _event, element in events:
                return element.getroottree().getroot(), first
    except etree.XMLSyntaxError as error:
        raise unreadable(error, whole=False) from None
    raise Unreadable(words.LATE_START.format(most=PROLOGUE))


def find_message(root: Any) -> Message:
    """Return the message a document element belongs to; raises Unreadable."""
    name = etree.QName(root)
    for release in RELEASES:
        for message in release.messages.values():
            if name.namespace == message.namespace and name.localname == "Bericht":
                return message
    if name.localname == "Bericht" and name.namespace:
        known = ", ".join(str(release) for release in RELEASES)
        raise Unreadable(words.OTHER_RELEASE.format(namespace=words.shown(name.namespace), known=known), root.sourceline)
    raise Unreadable(words.NO_MESSAGE.format(name=words.shown(name.localname)), root.sourceline)


def unreadable(error: Any, whole: bool = True, message: Message | None = None) -> Unreadable:
    """Return what a mistake in the XML itself means: cut off, or no XML."""
    ends = {etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_DOCUMENT_END}
    cut = whole and error.code in ends
    return Unreadable(words.CUT_OFF if cut else words.NOT_XML, error.lineno or 0, message)
