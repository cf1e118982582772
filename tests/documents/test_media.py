"""A file is what its content says; what is not taken in gets a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rondom.core.errors import BadInput
from rondom.documents.enums import MediaType
from rondom.documents.media import HEAD, Watcher, media_type
from tests.documents.conftest import PDF, zipped

MAIL = b"Received: from mail\r\n\tby host; x\r\nFrom: school@example.org\r\n\r\nHello"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, MediaType.PDF),
        (b"\xff\xd8\xff\xe0....", MediaType.JPEG),
        (b"\x89PNG\r\n\x1a\n....", MediaType.PNG),
        (b"\x00\x00\x00\x18ftypheic....", MediaType.HEIC),
        (zipped("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
        (zipped("mimetype", "content.xml"), MediaType.ODT),
        (MAIL, MediaType.EML),
        ("Moeder belde. Zoë is ziek – morgen weer.".encode(), MediaType.TXT),
        ("Zoë in oude tekens".encode("cp1252"), MediaType.TXT),
        ("é".encode() * HEAD, MediaType.TXT),
    ],
    ids=range(10),
)
def test_it_is_recognised_by_its_content(content, expected):
    assert media_type(content[:HEAD]) is expected


@pytest.mark.parametrize(
    "content",
    [
        b"", b"Rar!\x1a", b"MZ\x90\x00", b"#!/bin/sh\nrm", b"<html><script>", b"  <svg onload=x>", zipped("a.txt"),
        zipped("[Content_Types].xml", "xl/workbook.xml"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x01\x02",
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_not_taken_in_gets_a_sentence(content):
    with pytest.raises(BadInput) as refused:
        media_type(content)
    assert len(str(refused.value)) > 20


def test_macros_are_noticed_wherever_they_stand():
    watcher = Watcher()
    content = zipped("[Content_Types].xml", "word/document.xml", *(f"word/media/{n}.bin" for n in range(2000)),
                     "word/vbaProject.bin")  # fmt: skip
    for start in range(0, len(content), 7):
        watcher.see(content[start : start + 7])
    with pytest.raises(BadInput):
        watcher.verdict()


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(content):
    try:
        assert media_type(content) in MediaType
    except BadInput as refused:
        assert refused.field == "file"
