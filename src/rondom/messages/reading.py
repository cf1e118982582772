"""Reading a message as a stream and checking it on level 1: its elements, their order, number, types and codes.

Every repeated class is turned into values and forgotten as XML as soon as it ends, so memory follows the values, not
the text. Bounded: the size of the file, one repeated class or what stands around them (1 MB), the depth (by
libxml2), the findings.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, BinaryIO

from lxml import etree

from rondom.messages import opening, words
from rondom.messages.declaring import MAYBE, Complex, Element, Group, Message, Wrapper, group_of
from rondom.messages.opening import Finding
from rondom.messages.simple import BLANKS, Values, Wrong

CHUNK = 64 * 1024
MOST_OPEN = 1024 * 1024  # bytes between the ends of two repeated classes
MOST_FINDINGS = 100
ORDERS_KEPT = 256
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
HARMLESS = frozenset({f"{INSTANCE}schemaLocation", f"{INSTANCE}noNamespaceSchemaLocation"})
_HAS_ATTRIBUTES = etree.XPath("boolean(.//@*)")


@dataclass
class Reading:
    """A message as read. `content` is None as soon as there are findings: on level 1 a message is good or refused."""

    message: Message
    findings: list[Finding]
    content: Any = None
    prefixes: dict[str | None, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    indent: str = ""


def read(source: BinaryIO | bytes) -> Reading:
    """Read a seekable binary file or bytes; raises opening.Unreadable when it is no message at all."""
    opened = opening.look(source)
    with no_collecting():
        return _Reader(opened).run()


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep the cyclic collector out: the values of a message hold no cycles, and looking for them costs a sixth."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


class Part:
    """One element of a group as it stands in one message: its tag, its place, what reads its text or its group."""

    def __init__(self, place: int, element: Element, inside: str, message: Message) -> None:
        self.place, self.element = place, element
        self.tag = f"{{{inside}}}{element.name}"
        group = group_of(element)
        self.shape = Shape(group, message) if group else None
        self.read: Callable[[str], Any] = element.type.read if group is None else _blank


class Shape:
    """A group as it stands in one message, and the orders of children that were found right before."""

    def __init__(self, group: type[Group], message: Message) -> None:
        basis = message.release.namespace("basisschema")
        self.group, self.name = group, group.__name__
        self.inside = basis if issubclass(group, Complex) else message.namespace
        self.parts = [Part(place, e, self.inside, message) for place, e in enumerate(group.elements)]
        self.wraps = issubclass(group, Wrapper)
        self.plain: bool = not self.wraps and all(part.shape is None or part.shape.plain for part in self.parts)
        self.orders: dict[tuple[str, ...], tuple[Part, ...]] = {}
        self.layouts: dict[tuple[str, ...], Layout] = {}

    def order(self, tags: tuple[str, ...]) -> tuple[Part, ...] | None:
        """Return the parts that the tags of the children stand for, None when the order is not that of the message."""
        known = self.orders.get(tags)
        if known is None and (known := self._follow(tags)) is not None:
            if len(self.orders) >= ORDERS_KEPT:
                self.orders.clear()
            self.orders[tags] = known
        return known

    def _follow(self, tags: tuple[str, ...]) -> tuple[Part, ...] | None:
        found: list[Part] = []
        parts = iter(self.parts)
        for tag in tags:
            for part in parts:
                if part.tag == tag:
                    found.append(part)
                    break
                if part.element.times != MAYBE:
                    return None
            else:
                return None
        return tuple(found) if all(part.element.times == MAYBE for part in parts) else None

    def below(self) -> Iterator["Shape"]:
        """Yield this shape and all below it."""
        yield self
        for part in self.parts:
            if part.shape:
                yield from part.shape.below()


def _only_blanks(text: str) -> None:
    if text.strip(BLANKS):
        raise Wrong(text)


# reads the text between the elements of a group; raises Wrong when it is more than blanks
_blank = Values(_only_blanks).__getitem__


class Layout:
    """One way a class was found written: which elements, in document order. Reads the next one like it in one go.

    Right only together with the tags it was made of: those give the order, the numbers of children give the nesting.
    """

    def __init__(self, shape: Shape, tags: tuple[str, ...]) -> None:
        self.reads: list[Callable[[str], Any]] = []
        self.groups: list[tuple[int, int, type[Group], Callable[[list[Any]], Any]]] = []
        self._add(shape, list(tags[1:]), len(tags))

    def _add(self, shape: Shape, tags: list[str], absent: int) -> None:
        here, places, children = len(self.reads), [absent] * len(shape.parts), 0
        self.reads.append(_blank)
        for part in shape.parts:
            if not tags or tags[0] != part.tag:
                continue
            tags.pop(0)
            places[part.place], children = len(self.reads), children + 1
            if part.shape is None:
                self.reads.append(part.read)
            else:
                self._add(part.shape, tags, absent)
        self.groups.append((here, children, shape.group, _several(places)))

    def read(self, nodes: list[Any]) -> Any:
        """Return the values; None when anything is not as simple as that."""
        try:
            for tail in {node.tail for node in nodes}:
                _blank(tail or "")
            values = [read(node.text or "") for read, node in zip(self.reads, nodes, strict=True)]
        except Wrong:
            return None
        values.append(None)  # what is absent
        for place, children, group, pick in self.groups:
            if len(nodes[place]) != children:
                return None
            values[place] = tuple.__new__(group, pick(values))
        return values[0]


def _several(places: list[int]) -> Callable[[list[Any]], Any]:
    return itemgetter(*places) if len(places) > 1 else lambda values: (values[places[0]],)


@lru_cache(maxsize=64)
def shape_of(message: Message) -> Shape:
    """Return the shape of a message, made once."""
    return Shape(message.content, message)


class _Reader:
    def __init__(self, opened: opening.Opened) -> None:
        self.source, self.message = opened.source, opened.message
        self.reading = Reading(opened.message, opened.findings, prefixes=opened.prefixes)
        self.shape = shape_of(opened.message)
        wrappers = [shape for shape in self.shape.below() if shape.wraps]
        self.repeated = {
            (w.parts[0].tag, f"{{{opened.message.namespace}}}{w.name}"): w.parts[0].shape for w in wrappers
        }
        self.streamed = {way: shape for way, shape in self.repeated.items() if shape is not None}
        self.ready: dict[Shape, deque[Any]] = {shape: deque() for shape in self.streamed.values()}

    def run(self) -> Reading:
        reading = self.reading
        try:
            content = self._stream()
        except _Enough:
            content = None
        if not reading.findings:
            reading.content = content
        return reading

    def _stream(self) -> Any:
        tags = [tag for tag, _wrapper in self.streamed] or ["{}none"]
        parser = etree.XMLPullParser(events=("end",), tag=tags, **opening.SAFE)
        events = parser.read_events()
        still_open = 0
        while chunk := self.source.read(CHUNK):
            with self._well_formed(words.NOT_XML):
                parser.feed(chunk)
            still_open += len(chunk)
            for _event, element in events:
                if self._ended(element):
                    still_open = 0
            if still_open > MOST_OPEN:
                raise opening.Unreadable(words.TOO_BIG_PART, 0, self.message)
        with self._well_formed(words.CUT_OFF):
            root = parser.close()
        self.reading.findings += opening.not_utf8(root)
        self._note_layout(root)
        return self._group(root, self.shape)

    @contextmanager
    def _well_formed(self, otherwise: str) -> Iterator[None]:
        """Refuse the file when what happens inside finds a mistake in the XML itself."""
        try:
            yield
        except etree.XMLSyntaxError as error:
            raise opening.Unreadable(otherwise, error.lineno or 0, self.message) from None

    def _note_layout(self, root: Any) -> None:
        self.reading.indent = (root.text or "").replace("\r", "").lstrip("\n")
        self.reading.attributes = {str(name): str(value) for name, value in root.attrib.items() if name in HARMLESS}
        if _HAS_ATTRIBUTES(root):
            self._attributes(root)

    def _ended(self, element: Any) -> bool:
        """Turn a repeated class into values, and forget its XML. Tells whether it was one."""
        parent = element.getparent()
        shape = self.streamed.get((element.tag, parent.tag)) if parent is not None else None
        if shape is None:
            return False
        if _HAS_ATTRIBUTES(element):
            self._attributes(element)
        self.ready[shape].append(self._at_once(element, shape) if shape.plain else self._group(element, shape))
        element.clear(keep_tail=True)
        return True

    def _at_once(self, element: Any, shape: Shape) -> Any:
        """Return the values of a repeated class without repeats: by a layout seen before, else step by step."""
        nodes = list(element.iter())
        tags = tuple([node.tag for node in nodes])
        layout = shape.layouts.get(tags)
        if layout is not None and (values := layout.read(nodes)) is not None:
            return values
        before = len(self.reading.findings)
        values = self._group(element, shape)
        if layout is None and len(self.reading.findings) == before and len(shape.layouts) < ORDERS_KEPT:
            shape.layouts[tags] = Layout(shape, tags)
        return values

    def _group(self, element: Any, shape: Shape) -> Any:
        children = list(element)
        if shape.wraps:
            return self._wrapped(element, shape, children)
        values: list[Any] = [None] * len(shape.parts)
        parts = shape.order(tuple([child.tag for child in children]))
        if parts is None:
            parts, children = self._disorder(element, shape, children)
        self._only_elements(element, shape)
        for child, part in zip(children, parts, strict=True):
            values[part.place] = self._value(child, part) if part.shape is None else self._group(child, part.shape)
        return shape.group.of(values)

    def _only_elements(self, element: Any, shape: Shape) -> None:
        for text in (element.text, *[child.tail for child in element]):
            if text and text.strip(BLANKS):
                self._found(element, words.TEXT_BETWEEN.format(name=shape.name))

    def _value(self, element: Any, part: Part) -> Any:
        if len(element):
            self._found(element, words.ELEMENTS_INSIDE.format(name=part.element.name))
        try:
            return part.read(element.text or "")
        except Wrong as wrong:
            return self._found(element, str(wrong))

    def _wrapped(self, element: Any, shape: Shape, children: list[Any]) -> Any:
        part = shape.parts[0]
        values: list[Any] = []
        self._only_elements(element, shape)
        for child in children:
            if child.tag == part.tag:
                values.append(self._value(child, part) if part.shape is None else self._ready(child, part.shape))
            else:
                self._found(child, self._unexpected(child, [part]))
        if not values:
            self._found(element, words.MISSING.format(parent=shape.name, expected=part.element.name))
        return shape.group.of([tuple(values)])

    def _ready(self, element: Any, shape: Shape) -> Any:
        """Return the values of a repeated class that ended before."""
        ready = self.ready[shape]
        return ready.popleft() if ready else self._group(element, shape)

    def _disorder(self, element: Any, shape: Shape, children: list[Any]) -> tuple[tuple[Part, ...], list[Any]]:
        """Say what stands in the wrong place or is missing; return the children that can still be looked at."""
        self._first_fault(element, shape, children)
        by_tag = {part.tag: part for part in shape.parts}
        known: dict[Part, Any] = {}
        for child in children:
            if part := by_tag.get(child.tag):
                known.setdefault(part, child)
        return tuple(known), list(known.values())

    def _first_fault(self, element: Any, shape: Shape, children: list[Any]) -> None:
        left = list(shape.parts)
        for child in children:
            skipped = []
            while left and left[0].tag != child.tag:
                skipped.append(left.pop(0))
                if skipped[-1].element.times != MAYBE:
                    left = []
            if not left:
                return self._found(child, self._unexpected(child, skipped))
            left.pop(0)
        missing = [part.element.name for part in left if part.element.times != MAYBE][:1]
        return self._found(element, words.MISSING.format(parent=shape.name, expected=", ".join(missing)))

    def _unexpected(self, child: Any, expected: list[Part]) -> str:
        name = opening.split(child.tag)[1]
        shown = words.shown(name)
        for part in expected:
            if part.element.name == name:
                return words.OTHER_NAMESPACE.format(name=shown, namespace=opening.split(part.tag)[0])
        if not expected:
            return words.NOTHING_EXPECTED.format(name=shown)
        return words.NOT_EXPECTED.format(name=shown, expected=", ".join(part.element.name for part in expected))

    def _attributes(self, element: Any) -> None:
        for each in element.iter():
            for name in each.attrib:
                if name not in HARMLESS:
                    shown = words.shown(opening.split(name)[1])
                    self._found(each, words.ATTRIBUTES.format(name=opening.split(each.tag)[1], attribute=shown))

    def _found(self, element: Any, text: str) -> None:
        self.reading.findings.append(Finding(element.sourceline or 0, self._path(element), text))
        if len(self.reading.findings) >= MOST_FINDINGS:
            self.reading.findings.append(Finding(0, "", words.ENOUGH.format(most=MOST_FINDINGS)))
            raise _Enough

    def _path(self, element: Any) -> str:
        """Return the way to an element: `Bericht/.../StartProduct[2]`; a repeated class has its number."""
        steps: list[str] = []
        while element is not None:
            parent = element.getparent()
            before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
            repeats = before or (parent is not None and (element.tag, parent.tag) in self.repeated)
            name = opening.split(element.tag)[1]
            steps.append(f"{name}[{before + 1}]" if repeats else name)
            element = parent
        return "/".join(reversed(steps))


class _Enough(Exception):
    """So much is wrong that looking further helps nobody."""
