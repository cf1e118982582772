"""Writing a message as OP192 asks: UTF-8 without byte-order mark, lines ending in CR/LF, no empty elements."""

import io
from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

from rondom.messages.declaring import Message
from rondom.messages.reading import Part, Reading, Shape, shape_of
from rondom.messages.simple import Wrong

INDENT = "  "
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\r\n'


def write(
    message: Message,
    content: Any,
    to: BinaryIO,
    *,
    prefixes: Mapping[str | None, str] | None = None,
    attributes: Mapping[str, str] | None = None,
    indent: str = INDENT,
) -> None:
    """Write a message element by element. An empty indent writes it on one line.

    Raises NotWritten when a value is none of its type: what we write passes level 1.
    """
    prefixes = prefixes or usual_prefixes(message)
    to.write(DECLARATION)
    with etree.xmlfile(_CarriageReturns(to), encoding="utf-8") as out:
        name = f"{{{message.namespace}}}Bericht"
        _Writer(out, prefixes, indent).group(name, shape_of(message), content, 0, dict(attributes or {}))
    to.write(b"\r\n")


def written(message: Message, content: Any, **how: Any) -> bytes:
    """Return a message as bytes."""
    out = io.BytesIO()
    write(message, content, out, **how)
    return out.getvalue()


def rewritten(reading: Reading, to: BinaryIO) -> None:
    """Write a message that was read, with the prefixes and the indentation it came with."""
    write(
        reading.message,
        reading.content,
        to,
        prefixes=reading.prefixes,
        attributes=reading.attributes,
        indent=reading.indent,
    )


def usual_prefixes(message: Message) -> dict[str | None, str]:
    """Return the prefixes the standard itself uses: `jw301` and `ijw`."""
    return {message.name.lower(): message.namespace, "ijw": message.release.namespace("basisschema")}


class NotWritten(Exception):
    """A value cannot stand in its element; says which and why."""


class _CarriageReturns:
    def __init__(self, to: BinaryIO) -> None:
        self.to = to

    def write(self, data: bytes) -> int:
        self.to.write(data.replace(b"\n", b"\r\n"))
        return len(data)


class _Writer:
    def __init__(self, out: Any, prefixes: Mapping[str | None, str], indent: str) -> None:
        self.out, self.prefixes, self.indent = out, prefixes, indent

    def group(self, tag: str, shape: Shape, values: Any, depth: int, attributes: dict[str, str]) -> None:
        """Write an element with the elements below it."""
        with self.out.element(tag, attributes, nsmap=None if depth else self.prefixes):
            for part, value in zip(shape.parts, values, strict=True):
                if value is not None:
                    for each in value if shape.wraps else (value,):
                        self._part(part, each, depth + 1)
            self._new_line(depth)
        if not depth:
            self.out.flush()

    def _part(self, part: Part, value: Any, depth: int) -> None:
        self._new_line(depth)
        if part.shape is not None:
            self.group(part.tag, part.shape, value, depth, {})
            return
        text = str(value)
        try:
            part.read(text)
        except Wrong as wrong:
            raise NotWritten(f"{part.element.name}: {wrong}") from None
        with self.out.element(part.tag):
            self.out.write(text)

    def _new_line(self, depth: int) -> None:
        if self.indent:
            self.out.write("\n" + self.indent * depth)
