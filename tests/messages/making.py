"""Making messages for the tests: at random from the declarations, and by hand with invented people and test BSNs."""

import datetime as dt
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from lxml import etree

from rondom.messages.declaring import MANY, MAYBE, Element, Group, Message, group_of
from rondom.messages.ijw32 import RELEASE
from rondom.messages.simple import Code, Date, Fixed, FixedNumber, Text, Time, Whole
from rondom.messages.writing import usual_prefixes

MESSAGES = list(RELEASE.messages.values())
SCHEMAS = os.environ.get("RONDOM_IJW_XSD", "")
with_schemas = pytest.mark.skipif(
    not SCHEMAS,
    reason="RONDOM_IJW_XSD names no folder with the official iJw 3.2 schemas (JW301.xsd ... basisschema.xsd)",
)
LETTERS = st.text(st.sampled_from("abcdeXYZ éüñ'-.&<>\"0123456789"), min_size=1, max_size=12)
DIGITS = {"LDT_AgbCode": 8, "LDT_BurgerServicenummer": 9, "LDT_Gemeente": 4}


@lru_cache(maxsize=32)
def schema(name: str) -> Any:
    """Return the official schema of a message, from the folder RONDOM_IJW_XSD."""
    return etree.XMLSchema(etree.parse(str(Path(SCHEMAS) / f"{name}.xsd")))


def text_of(kind: Any) -> st.SearchStrategy[str]:
    """Return a strategy for the text of a simple type."""
    if isinstance(kind, FixedNumber | Fixed):
        return st.just(kind.value)
    if isinstance(kind, Code):
        return st.sampled_from(list(kind))
    if isinstance(kind, Whole):
        usual = st.integers(kind.least, kind.most)
        return st.one_of(usual.map(str), usual.map(lambda n: f" +0{n} "), st.sampled_from(["-0", "007"]))
    if isinstance(kind, Date):
        usual = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(str)
        return st.one_of(usual, st.sampled_from([" 2024-02-29\n", "12000-02-29", "-0044-03-15"]))
    if isinstance(kind, Time):
        return st.one_of(st.times().map(str), st.sampled_from(["24:00:00", " 08:15:00 "]))
    assert isinstance(kind, Text)
    return _free_text(kind)


def _free_text(kind: Text) -> st.SearchStrategy[str]:
    most = kind.most or 60
    if kind.name in DIGITS:
        return st.text("0123456789", min_size=DIGITS[kind.name], max_size=DIGITS[kind.name])
    if kind.name == "LDT_Versie":
        return st.tuples(*[st.integers(0, 12)] * 3).map(lambda parts: ".".join(map(str, parts)))
    if kind.name == "LDT_Telefoonnummer":
        return st.text("0123456789", min_size=1, max_size=most)
    if kind.name in ("LDT_Voorletters", "LDT_IdentificatieDeclaratie"):
        return st.text("ABCxyz", min_size=1, max_size=most)
    free = LETTERS.map(lambda text: text[:most])
    return free.filter(lambda text: text.strip()) if kind.filled else free


@st.composite
def document(draw: st.DrawFn, message: Message) -> Any:
    """Draw a document of a message, as an element tree."""
    root = etree.Element(f"{{{message.namespace}}}Bericht", nsmap=usual_prefixes(message))
    _fill(draw, root, message.content, message)
    return root


def _fill(draw: st.DrawFn, parent: Any, group: type[Group], message: Message) -> None:
    for element in group.elements:
        for _ in range(draw(_times(element))):
            child = etree.SubElement(parent, f"{{{_inside(group, message)}}}{element.name}")
            below = group_of(element)
            if below:
                _fill(draw, child, below, message)
            else:
                child.text = draw(text_of(element.type))


def _times(element: Element) -> st.SearchStrategy[int]:
    return {MANY: st.integers(1, 2), MAYBE: st.integers(0, 1)}.get(element.times, st.just(1))


def _inside(group: type[Group], message: Message) -> str:
    from rondom.messages.declaring import Complex

    return message.release.namespace("basisschema") if issubclass(group, Complex) else message.namespace


def as_bytes(root: Any) -> bytes:
    """Return a tree as a file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def canonical(data: bytes) -> bytes:
    """Return a document in canonical form (C14N)."""
    return etree.tostring(etree.fromstring(data), method="c14n")
