"""Bad input: each gets the reaction the standard prescribes, in bounded time and memory."""

import io
import tracemalloc

import pytest

from rondom.messages import opening, reading
from rondom.messages.checking import check, meant_for
from rondom.messages.writing import written
from tests.messages.samples import GOOD, MUNICIPALITY, claimed, jw301_good, jw305_good, jw323_good, message

NS = "http://www.istandaarden.nl/ijw/3_2/jw305/schema"


def file(name: str = "JW305") -> bytes:
    return written(message(name), GOOD[name]())


def bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><Bericht xmlns="{NS}">&e9;</Bericht>'.encode()


def swap(old: str, new: str, name: str = "JW305") -> bytes:
    made = file(name)
    assert old.encode() in made
    return made.replace(old.encode(), new.encode())


DTD, CUT, NOT_XML = "DOCTYPE", "houdt midden in het bericht op", "geen geldige XML"
# what arrives, what is said, whether the message was recognised
UNREADABLE = {
    "not XML": (b"JW305;999900018", NOT_XML, False),
    "nothing": (b"", NOT_XML, False),
    "cut off in the header": (file()[:600], CUT, True),
    "cut off near the end": (file()[:-20], CUT, True),
    "something after the end": (file() + b"<more/>", NOT_XML, True),
    "wrong namespace": (swap("ijw/3_2/jw305", "iwmo/3_2/wmo305"), "andere release of standaard", False),
    "other release": (swap("ijw/3_2/", "ijw/3_0/"), "andere release of standaard", False),
    "no namespace": (b"<Bericht/>", "geen iJw-bericht", False),
    "another document": (b"<html><body/></html>", "geen iJw-bericht", False),
    "entity bomb": (bomb(), DTD, False),
    "external entity": (b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', DTD, False),
    "external DTD": (b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', DTD, False),
    "DOCTYPE in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"), DTD, False),
    "endless prologue": (b"<!--" + b"x" * 200_000 + b"-->" + file(), "begint geen bericht", False),
    "a part without end": (swap("</jw301:Naam>", "</jw301:Naam>" + "<x/>" * 400_000, "JW301"), "groter dan 1 MB", True),
    "repeats in the wrong place": (
        swap("<jw301:Afzender>", "<jw301:Contact/>" * 100_000 + "<jw301:Afzender>", "JW301"),
        "groter dan 1 MB",
        True,
    ),
    "deep": (swap("<jw305:Client>", "<jw305:Client>" + "<a>" * 5000), NOT_XML, True),
    "attributes without end": (
        swap("<jw301:Relaties>", "<jw301:Relaties " + " ".join(f'a{n}=""' for n in range(200_000)) + ">", "JW301"),
        "groter dan 1 MB",
        True,
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_a_reason(name):
    data, said, recognised = UNREADABLE[name]
    checked = check(data)
    assert checked.unreadable is not None
    assert said in checked.level1[0].text
    assert (checked.unreadable.message is not None) is recognised


BIRTH = "<ijw:Datum>2011-02-01</ijw:Datum>"
PRODUCTS = "Bericht/Client/StartProducten"
# what is changed in a good JW305, where it is said, what is said
FINDINGS = {
    "byte-order mark": (b"\xef\xbb\xbf" + file(), "", "byte-order mark"),
    "Latin-1": (file().replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'), "", "UTF-8"),
    "UTF-16": (file().replace(b'encoding="UTF-8"', b'encoding="UTF-16"').decode().encode("utf-16"), "", "UTF-8"),
    "31 June": (
        swap(BIRTH, "<ijw:Datum>2011-06-31</ijw:Datum>"),
        "Bericht/Client/Geboortedatum/Datum",
        "bestaande datum",
    ),
    "date with a zone": (
        swap(BIRTH, "<ijw:Datum>2011-06-30Z</ijw:Datum>"),
        "Bericht/Client/Geboortedatum/Datum",
        "tijdzone",
    ),
    "element in the wrong class": (
        swap("<jw305:StartProducten>", "<jw305:Begindatum>2024-04-10</jw305:Begindatum><jw305:StartProducten>"),
        "Bericht/Client/Begindatum",
        "hoort hier niet; hier wordt verwacht: StartProducten",
    ),
    "wrong version": (
        swap("<jw305:BerichtVersie>3<", "<jw305:BerichtVersie>4<"),
        "Bericht/Header/BerichtVersie",
        "hoort hier 3",
    ),
    "wrong subversion": (
        swap("<jw305:BerichtSubversie>2<", "<jw305:BerichtSubversie>1<"),
        "Bericht/Header/BerichtSubversie",
        "hoort hier 2",
    ),
    "code of another message": (swap(">438<", ">440<"), "Bericht/Header/BerichtCode", "hoort hier 438"),
    "claim number with a dash": (
        swap("<jw323:DeclaratieNummer>D1<", "<jw323:DeclaratieNummer>D-1<", "JW323"),
        "Bericht/Declaratie/DeclaratieNummer",
        "letters en cijfers",
    ),
    "empty element": (swap("<ijw:Voornamen>Noor<", "<ijw:Voornamen><"), "Bericht/Client/Naam/Voornamen", "leeg"),
    "missing element": (
        swap("<jw305:StatusAanlevering>1</jw305:StatusAanlevering>", ""),
        f"{PRODUCTS}/StartProduct[1]",
        "ontbreekt: StatusAanlevering",
    ),
    "no repeats": (
        swap("<jw305:StartProducten>", "<jw305:StartProducten/><jw305:StartProducten>"),
        PRODUCTS,
        "ontbreekt: StartProduct",
    ),
    "attribute": (swap("<jw305:Bsn>", '<jw305:Bsn soort="1">'), "Bericht/Client/Bsn", "attribuut"),
    "xsi:nil": (
        swap("<jw305:Bsn>", '<jw305:Bsn xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">'),
        "Bericht/Client/Bsn",
        "attribuut",
    ),
    "loose text": (swap("<jw305:Client>", "<jw305:Client>hallo"), "Bericht/Client", "losse tekst"),
    "own namespace on a part of a type": (
        swap(BIRTH, "<jw305:Datum>2011-02-01</jw305:Datum>"),
        "Bericht/Client/Geboortedatum/Datum",
        "verkeerde naamruimte",
    ),
    "code without its zero": (
        swap("<ijw:Categorie>45", "<ijw:Categorie>045"),
        f"{PRODUCTS}/StartProduct[1]/Product/Categorie",
        "codelijst JZ020",
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_what_breaks_the_format_is_found_at_its_element(name):
    data, path, said = FINDINGS[name]
    checked = check(data)
    assert checked.unreadable is None
    assert not checked.ok
    assert (path, True) in {(finding.path, said in finding.text) for finding in checked.level1}, checked.level1
    assert checked.level2 == ()


def test_a_finding_has_the_line_of_its_element():
    made = swap(BIRTH, "<ijw:Datum>2011-06-31</ijw:Datum>")
    (finding,) = check(made).level1
    assert "2011-06-31" in made.decode().splitlines()[finding.line - 1]


def test_duplicate_keys_are_level_2():
    checked = check(written(message("JW323"), jw323_good(claimed("R1"), claimed("R1"))))
    assert checked.level1 == ()
    assert {breach.rule for breach in checked.level2} == {"TR101", "TR416"}


def test_a_message_for_another_municipality_is_good_but_not_ours():
    checked = check(file())
    assert checked.ok
    assert meant_for(checked.reading, MUNICIPALITY) is None
    assert "niet voor 0119" in meant_for(checked.reading, "0119")


def test_a_file_over_25_mb_is_refused_without_reading_it():
    class Large(io.BytesIO):
        def read(self, *size):
            raise AssertionError("nothing is read")

    source = Large()
    source.seek(30_000_000)
    source.write(b" ")
    assert "25 MB" in check(source).level1[0].text
    assert opening.LARGEST == 25 * 1024 * 1024


def test_findings_are_bounded():
    lines = "<jw323:Prestatie/>" * 5000
    made = swap("<jw323:Prestaties>", f"<jw323:Prestaties>{lines}", "JW323")
    checked = check(made)
    assert len(checked.level1) == reading.MOST_FINDINGS + 1
    assert "meer dan 100" in checked.level1[-1].text


def test_schema_location_comments_and_instructions_are_harmless():
    where = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
    made = swap("<jw305:Bericht ", f"<jw305:Bericht {where} ").replace(
        b"<jw305:Client>", b"<!-- c --><?p i?><jw305:Client><!-- d -->"
    )
    assert check(made).ok


def test_memory_follows_the_values_and_not_the_text():
    lines = tuple(claimed(f"R{n:06}", ToewijzingNummer=n) for n in range(2000))
    made = written(message("JW323"), jw323_good(*lines))
    del lines
    tracemalloc.start()
    checked = check(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert checked.ok
    assert most < 1.5 * len(made)


def test_a_good_file_with_and_without_carriage_returns_reads_the_same():
    made = written(message("JW301"), jw301_good())
    assert b"\r\n" in made
    assert check(made.replace(b"\r\n", b"\n")).reading.content == check(made).reading.content == jw301_good()
    assert jw305_good() != jw301_good()
