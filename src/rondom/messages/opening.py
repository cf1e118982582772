"""Opening a file that someone else made: what may be read at all, and which message it is.

Refused here, before anything of the content is looked at: a file over 25 MB, no XML, a DOCTYPE (and so every entity
and external reference) in whatever encoding, and a message or release that is not declared. The reader goes on
bounding what it reads (`reading`).
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
UTF8 = ("UTF-8", "UTF8", "US-ASCII", "ASCII")  # ASCII is UTF-8 too
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
    return opened


def _document_element(source: BinaryIO) -> tuple[Any, bytes]:
    """Return the document element as soon as it has begun, and the first bytes; raises Unreadable."""
    parser = etree.XMLPullParser(events=("start",), **SAFE)
    events = parser.read_events()
    first = b""
    for _step in range(PROLOGUE // STEP):
        chunk = source.read(STEP)
        first = first or chunk
        mistake = _feed(parser, chunk)
        for _event, element in events:  # what began before a mistake is still told: a DOCTYPE is named as such
            return element.getroottree().getroot(), first
        if mistake is not None or not chunk:
            raise Unreadable(words.NOT_XML, (mistake.lineno if mistake else 0) or 0)
    raise Unreadable(words.LATE_START.format(most=PROLOGUE))


def _feed(parser: Any, chunk: bytes) -> Any:
    try:
        parser.feed(chunk) if chunk else parser.close()
    except etree.XMLSyntaxError as error:
        return error
    return None


def find_message(root: Any) -> Message:
    """Return the message a document element belongs to; raises Unreadable."""
    namespace, name = split(root.tag)
    for release in RELEASES:
        for message in release.messages.values():
            if namespace == message.namespace and name == "Bericht":
                return message
    if name == "Bericht" and namespace:
        known = ", ".join(str(release) for release in RELEASES)
        raise Unreadable(words.OTHER_RELEASE.format(namespace=words.shown(namespace), known=known), root.sourceline)
    raise Unreadable(words.NO_MESSAGE.format(name=words.shown(name)), root.sourceline)


def split(tag: Any) -> tuple[str, str]:
    """Return the namespace and the local name of a tag, however odd; the namespace is empty when there is none."""
    namespace, _, name = str(tag).rpartition("}")
    return namespace.removeprefix("{"), name


def not_utf8(root: Any) -> list[Finding]:
    """Return what is wrong with the encoding of a document that was read to its end."""
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() in UTF8:
        return []
    return [Finding(1, "", words.NOT_UTF8.format(encoding=words.shown(encoding)))]
