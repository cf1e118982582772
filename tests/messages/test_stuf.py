"""The envelope of the hub: built as its schema says, read back, and everything that is no envelope refused."""

import base64
import datetime as dt
import io
import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from lxml import etree

from rondom.messages import stuf
from rondom.messages.stuf import Choice, Envelope, Fault, NoEnvelope
from rondom.messages.stuf_hub import heading_of, reference_of
from rondom.messages.writing import written
from tests.messages import samples

AT = dt.datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001 - the time on the clock in the Netherlands
REFERENCE, OTHER = UUID("6f1d9a52-0b1c-4f5e-9a77-2f5c7d3e1a10"), UUID("0d8f4c3e-1111-4222-8333-444455556666")
FOLDER = os.environ.get("RONDOM_IJW_XSD", "")


def envelope(**more):
    said = {"function": "JW301", "sender": "0303", "receiver": "73730001", "reference": REFERENCE, "payload": b"<x/>"}
    return Envelope(**{**said, **more})


def made(**more):
    return stuf.written(envelope(**more), Choice(), at=AT)


@pytest.mark.parametrize("answers", [None, OTHER])
def test_what_is_written_is_read_back(answers):
    assert stuf.read(made(answers=answers)) == envelope(answers=answers)


def test_it_is_what_the_sources_say():
    root = etree.fromstring(made())
    texts = {etree.QName(e).localname: e.text for e in root.iter() if len(e) == 0}
    assert etree.QName(root).localname == "envelopHeenbericht-ggk_Di01"
    assert texts == {
        "berichtcode": "Di01", "organisatie": "73730001", "applicatie": "GGk", "referentienummer": str(REFERENCE),
        "tijdstipBericht": "20261124103000", "functie": "JW301", "applicatieVersie": "0001",
        "applicatieSubversie": "0000", "functieVersie": "0003", "functieSubversie": "0002",
        "xmlBestand": base64.b64encode(b"<x/>").decode(),
    }  # fmt: skip


@pytest.mark.skipif(not FOLDER, reason="RONDOM_IJW_XSD names no folder with the official schemas")
@pytest.mark.parametrize("answers", [None, OTHER])
def test_the_official_schema_takes_it(answers):
    schema = Path(FOLDER) / "ggk-envelope/ggk0210/ggkberichten/ggk0210_msg_ggkberichten.xsd"
    etree.XMLSchema(etree.parse(str(schema))).assertValid(etree.parse(io.BytesIO(made(answers=answers))))


def without(name):
    root = etree.fromstring(made())
    for found in list(root.iter(f"{{*}}{name}")):
        found.getparent().remove(found)
    return etree.tostring(root)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<x/>", made()[:-20], without("referentienummer"), without("functie"), without("xmlBestand"),
        without("ontvanger"), without("organisatie"), made().replace(b"-4f5e-", b"-1f5e-"),
        made().replace(b">0303<", b">Dronten<"), made().replace(b"PHgvPg==", b"PHgv!g=="),
        made().replace(b"JW301", b"../x"),
        made(answers=OTHER).replace(str(OTHER).encode(), b"x"),
        made().replace(b"<ggk:parameters>", b"<ggk:parameters>&x;"),
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + made().partition(b"?>")[2],
        made().decode().replace("UTF-8", "UTF-16").replace("<?xml", "<?xml").encode("utf-16"),
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_refused(content):
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        assert stuf.read(content).reference == REFERENCE  # another encoding is no mistake, a DOCTYPE in it is
        hidden = content.decode("utf-16").replace("?>", "?><!DOCTYPE x>", 1).encode("utf-16")
        content = hidden
    with pytest.raises(NoEnvelope):
        stuf.read(content)


def test_too_large_and_what_does_not_fit_is_not_written():
    for wrong in ({"payload": b"x" * 20_000_000}, {"sender": "GM0303"}, {"function": "JW3"}):
        with pytest.raises(NoEnvelope):
            made(**wrong)
    with pytest.raises(NoEnvelope):
        stuf.written(envelope(), Choice(function_version="3"), at=AT)


def test_a_refusal_is_read_with_its_words():
    found = Fault("IB010", "geadresseerde niet aangesloten", REFERENCE)
    assert stuf.read(stuf.refused(found, sender="GGk", receiver="0303", reference=uuid4(), at=AT)) == found


@pytest.mark.parametrize("name", sorted(samples.GOOD))
def test_the_heading_says_who_sends_what_to_whom(name):
    content = samples.GOOD[name]()
    found = heading_of(written(samples.message(name), content))
    ours = name in ("JW301", "JW319", "JW325")
    parties = (samples.MUNICIPALITY, samples.PROVIDER)
    assert found.function == name and (found.sender, found.receiver) == (parties if ours else parties[::-1])
    assert found.own and bool(found.answers) == (name == "JW325")


def test_an_answer_finds_the_reference_of_what_it_answers():
    from rondom.messages.answering import Signature, answer

    forward = samples.message("JW305")
    content = samples.GOOD["JW305"]()
    reply, said = answer(forward, content, [], Signature("R1", samples.DATED))
    asked, found = heading_of(written(forward, content)), heading_of(written(reply, said))
    assert (found.function, found.sender, found.receiver) == ("JW306", asked.receiver, asked.sender)
    assert found.answers == asked.own and found.own == ""


def test_a_message_keeps_its_reference():
    found = reference_of("JW301-0193a000")
    assert found == reference_of("JW301-0193a000") != reference_of("JW301-0193a001")
    assert stuf.REFERENCE.match(str(found))
