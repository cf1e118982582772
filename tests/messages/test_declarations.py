"""The declarations against the official schemas: what they make is valid, what those refuse is refused in the same
place.
"""

import io
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from rondom.messages.declaring import Class, Complex, walk
from rondom.messages.ijw32 import MESSAGES as MODULES
from rondom.messages.opening import Unreadable
from rondom.messages.reading import read
from rondom.messages.writing import rewritten
from tests.messages.making import MESSAGES, as_bytes, canonical, document, schema, with_schemas

few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
each_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)


def rewrite(data: bytes) -> bytes:
    out = io.BytesIO()
    rewritten(read(data), out)
    return out.getvalue()


def test_there_are_fourteen_messages_each_declared_in_its_own_module():
    assert len(MODULES) == 14
    assert {module.__name__.rpartition(".")[2].upper() for module in MODULES} == {m.name for m in MESSAGES}


@each_message
@given(data=st.data())
@few
def test_reading_and_rewriting_gives_an_equal_document(message, data):
    made = as_bytes(data.draw(document(message)))
    reading = read(made)
    assert reading.findings == []
    assert canonical(rewrite(made)) == canonical(made)


@each_message
@with_schemas
@given(data=st.data())
@few
def test_what_the_declaration_makes_is_valid(message, data):
    root = etree.fromstring(as_bytes(data.draw(document(message))))
    official = schema(message.name)
    assert official.validate(root), official.error_log


def spoil(draw: st.DrawFn, root: Any) -> None:
    """Make one change that may make a document wrong."""
    nodes = list(root.iter())
    node = nodes[draw(st.integers(1, len(nodes) - 1))]
    parent = node.getparent()
    change = draw(
        st.sampled_from(["remove", "double", "move", "rename", "text", "attribute", "value", "namespace", "nest"])
    )
    if change == "remove":
        parent.remove(node)
    elif change == "double":
        node.addnext(etree.fromstring(etree.tostring(node)))
    elif change == "move":
        parent.insert(0, node)
    elif change == "rename":
        node.tag = re.sub(r"}.*", "}Onbekend", node.tag)
    elif change == "text":
        node.tail = "tekst"
    elif change == "attribute":
        node.set("soort", "1")
    elif change == "value":
        node.text = draw(
            st.sampled_from(
                [
                    "",
                    " ",
                    "2026-06-31",
                    "x" * 250,
                    "-1",
                    "1.5",
                    "9",
                    "00",
                    "2026-01-01Z",
                    "0000-01-01",
                    "2026-01-01+01:00",
                    "\n",
                    "a\nb",
                    "24:00:01",
                    "é",
                    "00001-01-01",
                    "1 2",
                ]
            )
        )
    elif change == "namespace":
        node.tag = re.sub(r"{.*}", "{urn:other}", node.tag)
    else:
        etree.SubElement(node, node.tag).text = "1"


def local(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def places(official: Any, root: Any) -> set[str]:
    """Return where the schema says it is wrong, as our own paths."""
    found = set()
    prefixes = {prefix: uri for node in root.iter() for prefix, uri in node.nsmap.items() if prefix}
    for error in official.error_log:
        steps = root.getroottree().xpath(error.path, namespaces=prefixes)
        names, node = [], steps[0]
        while node is not None:
            names.append(etree.QName(node).localname)
            node = node.getparent()
        found.add("/".join(reversed(names)))
    return found


@st.composite
def spoiled(draw: st.DrawFn, message: Any) -> Any:
    root = etree.fromstring(as_bytes(draw(document(message))))
    spoil(draw, root)
    return root


@each_message
@with_schemas
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_the_schema_refuses_is_refused_in_the_same_place_and_nothing_else(message, data):
    root = data.draw(spoiled(message))
    made = as_bytes(root)
    root = etree.fromstring(made)
    official = schema(message.name)
    valid = official.validate(root)
    try:
        ours = {local(finding.path) for finding in read(made).findings}
    except Unreadable:
        ours = {""}
    assert bool(ours) is not valid, (ours, official.error_log)
    for place in [] if valid else places(official, root):
        near = {place, place.rpartition("/")[0]}
        assert ours & near, (ours, official.error_log)


@each_message
def test_every_class_of_a_return_message_ends_with_its_codes_and_no_wrapper_has_them(message):
    if message.forward is None:
        return
    for way, element in walk(message.content):
        group = element.type
        if isinstance(group, type) and not issubclass(group, Complex) and way[0] != "Header":
            ends = group.elements[-1].name == "RetourCodes"
            assert ends is issubclass(group, Class), way
