"""The StUF-GGk envelope in which an iJw message travels to and from the hub of the municipalities (ijw section 15.1).

A forward message goes in a Di01, a return message in a Du01 that names the reference of the Di01 it answers; a refusal
comes as a Fo01. The chain does not look inside. Built and read here; nothing is sent. What the sources leave open is a
`Choice`, so that a municipality can follow what its hub says (section 16, 7).

Dutch words: envelop (envelope), stuurgegevens (control data), referentienummer (reference).
"""

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import etree

from rondom.messages.opening import LARGEST, SAFE

GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
STUF = "http://www.egem.nl/StUF/StUF0301"
FORWARD, RETURN, FAULT = "envelopHeenbericht-ggk_Di01", "envelopRetourbericht-ggk_Du01", "Fo01Bericht"
HUB = "GGk"
REFERENCE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
PARTY = re.compile(r"[0-9]{4}([0-9]{4})?\Z")  # a municipality (CBS) or a provider (AGB)
FUNCTION = re.compile(r"JW[0-9]{3}\Z")
VERSION = re.compile(r"[0-9]{4}\Z")
WORDS = 300  # signs of a refusal that are kept


class NoEnvelope(Exception):
    """What came is no envelope that can be read, or what should go does not fit in one. Says why, in Dutch."""


@dataclass(frozen=True)
class Choice:
    """What the sources leave open, or what differs per municipality.

    application  the name under which the hub knows us; `version` and `sub_version` of that application, four digits
    function_version, function_sub_version  of the payload: 0003 and 0002 for iJw 3.2 is our reading, not verified
    claim_answer_returns  a JW325 goes as a return message (Du01) with the reference of the JW323; else as a Di01
    """

    application: str = "Rondom"
    version: str = "0001"
    sub_version: str = "0000"
    function_version: str = "0003"
    function_sub_version: str = "0002"
    claim_answer_returns: bool = True


@dataclass(frozen=True)
class Envelope:
    """A message with what its envelope says: who, to whom, under which reference, what it is, and what it answers."""

    function: str
    sender: str
    receiver: str
    reference: UUID
    payload: bytes
    answers: UUID | None = None


@dataclass(frozen=True)
class Fault:
    """A refusal by the hub (Fo01): its code, in its words, and the reference of what it refuses."""

    code: str
    words: str
    answers: UUID | None


def written(envelope: Envelope, choice: Choice, *, at: dt.datetime) -> bytes:
    """Return the envelope as bytes; raises NoEnvelope when it would be larger than 25 MB or a part does not fit.

    `at` is the moment on the envelope, written in the time of the Netherlands by the caller's choice of zone.
    """
    parts = (PARTY.match(envelope.sender), PARTY.match(envelope.receiver), FUNCTION.match(envelope.function))
    versions = (choice.version, choice.sub_version, choice.function_version, choice.function_sub_version)
    if not all(parts) or not all(VERSION.match(each) for each in versions):
        raise NoEnvelope("Afzender, ontvanger, functie of versie past niet in een envelop.")
    returns = envelope.answers is not None
    root = etree.Element(f"{{{GGK}}}{RETURN if returns else FORWARD}", nsmap={"ggk": GGK, "stuf": STUF})
    control = etree.SubElement(root, f"{{{GGK}}}stuurgegevens")

    def add(parent: Any, space: str, name: str, text: str) -> None:
        etree.SubElement(parent, f"{{{space}}}{name}").text = text

    add(control, STUF, "berichtcode", "Du01" if returns else "Di01")
    for name, party, application in (
        ("zender", envelope.sender, choice.application), ("ontvanger", envelope.receiver, HUB)
    ):  # fmt: skip
        system = etree.SubElement(control, f"{{{STUF}}}{name}")
        add(system, STUF, "organisatie", party)
        add(system, STUF, "applicatie", application)
    add(control, STUF, "referentienummer", str(envelope.reference))
    add(control, STUF, "tijdstipBericht", at.strftime("%Y%m%d%H%M%S"))
    if returns:
        add(control, STUF, "crossRefnummer", str(envelope.answers))
    add(control, STUF, "functie", envelope.function)
    about = etree.SubElement(root, f"{{{GGK}}}parameters")
    names = ("applicatieVersie", "applicatieSubversie", "functieVersie", "functieSubversie")
    for name, text in zip(names, versions, strict=True):
        add(about, GGK, name, text)
    holder = etree.SubElement(about, f"{{{GGK}}}bericht")
    add(holder, GGK, "xmlBestand", base64.b64encode(envelope.payload).decode())
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if len(made) > LARGEST:
        raise NoEnvelope("De envelop zou groter zijn dan 25 MB.")
    return made


def read(content: bytes) -> Envelope | Fault:
    """Return what came; raises NoEnvelope for anything that is no envelope or fault, is too large, or has a DOCTYPE."""
    root = _root(content)
    kind = etree.QName(root)
    if (kind.namespace, kind.localname) == (STUF, FAULT):
        return Fault(
            _text(root, STUF, "code")[:20], _text(root, STUF, "omschrijving")[:WORDS],
            _reference(_text(root, STUF, "crossRefnummer")),
        )  # fmt: skip
    if kind.namespace != GGK or kind.localname not in (FORWARD, RETURN):
        raise NoEnvelope("Dit is geen envelop van het knooppunt.")
    reference, answers = (_reference(_text(root, STUF, name)) for name in ("referentienummer", "crossRefnummer"))
    function = _text(root, STUF, "functie")
    sender, receiver = (_party(root, name) for name in ("zender", "ontvanger"))
    if reference is None or not FUNCTION.match(function) or not sender or not receiver:
        raise NoEnvelope("Het referentienummer, de functie, de zender of de ontvanger ontbreekt of klopt niet.")
    if (kind.localname == RETURN) != (answers is not None):
        raise NoEnvelope("Een retourbericht noemt het bericht dat het beantwoordt, een heenbericht niet.")
    return Envelope(function, sender, receiver, reference, _payload(root), answers)


def _root(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise NoEnvelope("De envelop is groter dan 25 MB.")
    parser = etree.XMLPullParser(events=("start",), **{**SAFE, "huge_tree": True})
    try:
        for start in range(0, len(content), 1 << 16):  # a DOCTYPE is refused before anything after it is read
            parser.feed(content[start : start + (1 << 16)])
            for _event, element in parser.read_events():
                if element.getroottree().docinfo.doctype:
                    raise NoEnvelope("Een envelop heeft geen DOCTYPE.")
        return parser.close()
    except etree.XMLSyntaxError:
        raise NoEnvelope("Dit is geen XML die te lezen is.") from None


def _text(root: Any, space: str, name: str) -> str:
    found = next(root.iter(f"{{{space}}}{name}"), None)
    return (found.text or "").strip() if found is not None else ""


def _party(root: Any, name: str) -> str:
    """Return the organisation of the sender or receiver; "" when it is none we exchange messages with."""
    system = next(root.iter(f"{{{STUF}}}{name}"), None)
    found = _text(system, STUF, "organisatie") if system is not None else ""
    return found if PARTY.match(found) else ""


def _reference(text: str) -> UUID | None:
    return UUID(text) if REFERENCE.match(text) else None


def _payload(root: Any) -> bytes:
    """Return the message inside: one file, in base64 and nothing else. Bounded by the size of the envelope."""
    files = list(root.iter(f"{{{GGK}}}xmlBestand"))
    if len(files) != 1 or not (files[0].text or "").strip():
        raise NoEnvelope("In de envelop zit niet precies één XML-bestand.")
    try:
        return base64.b64decode("".join(files[0].text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise NoEnvelope("Het bestand in de envelop is niet te lezen.") from None


def refused(fault: Fault, *, sender: str, receiver: str, reference: UUID, at: dt.datetime) -> bytes:
    """Return a refusal (Fo01) as bytes; `sender` and `receiver` are the organisations, `reference` its own."""
    root = etree.Element(f"{{{STUF}}}{FAULT}", nsmap={"stuf": STUF})
    control = etree.SubElement(root, f"{{{STUF}}}stuurgegevens")
    etree.SubElement(control, f"{{{STUF}}}berichtcode").text = "Fo01"
    for name, party in (("zender", sender), ("ontvanger", receiver)):
        system = etree.SubElement(control, f"{{{STUF}}}{name}")
        etree.SubElement(system, f"{{{STUF}}}organisatie").text = party
    for name, text in (
        ("referentienummer", str(reference)), ("tijdstipBericht", at.strftime("%Y%m%d%H%M%S")),
        ("crossRefnummer", str(fault.answers or "")),
    ):  # fmt: skip
        etree.SubElement(control, f"{{{STUF}}}{name}").text = text
    body = etree.SubElement(root, f"{{{STUF}}}body")
    for name, text in (("code", fault.code), ("plek", "client"), ("omschrijving", fault.words)):
        etree.SubElement(body, f"{{{STUF}}}{name}").text = text
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made
