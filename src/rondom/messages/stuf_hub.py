"""The hub as a transport: the watched folder of a municipality with a line to the hub, and who takes in what comes.

What we send goes in an envelope over HTTPS. What comes is put in `in/` of the same folder by the listener, and is
taken in from there as ever. Beside it, in `stuf/`, stand small files that name no person:

    <digest>.ref        under which reference a forward message came, for the envelope of its answer
    <reference>.sent    which message went under a reference, for a refusal that comes later
    <reference>.fault   such a refusal, until it is in our books

Every step can be done twice: a message keeps its reference however often it is sent, and a hub that knows it already
(IB016) has it. Whoever cannot be reached keeps the messages waiting; only a refusal counts as one.
"""

import datetime as dt
import hashlib
import http.client
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from lxml import etree

from rondom.messages import stuf
from rondom.messages.opening import SAFE, Unreadable, look
from rondom.messages.stuf import Envelope, Fault, NoEnvelope
from rondom.messages.stuf_lines import Line, Lines, to_hub
from rondom.messages.transport import EXTENSION, IN, REFUSED, Folder, _put

STUF = "stuf"
PATIENCE = 30.0  # seconds for a connection, and between two pieces of an answer
LONGEST_ANSWER, PIECE = 1 << 20, 1 << 14
KNOWN_ALREADY = "IB016"  # the reference is not unique: it came before
NO_PAYLOAD = "StUF055"
SLOW, FAILING = 429, 500
KEPT_REFERENCES = dt.timedelta(days=400)  # an answer to a claim may come long after it
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Away(Exception):
    """The hub cannot be reached or is out of order: nothing is wrong with the message, it waits."""


class Refused(OSError):
    """The hub or the way to it refuses a message; says why. Sending it again changes nothing."""


@dataclass(frozen=True)
class Heading:
    """What an envelope needs of a message: what it is, who sends it to whom, and which one it answers, if any."""

    function: str
    sender: str
    receiver: str
    own: str
    answers: str = ""


def heading_of(payload: bytes) -> Heading:
    """Return what the header of a message says; raises Unreadable for what is no message we know."""
    message = look(payload).message
    said = _header(payload)
    one, other, identification = (said.get(name, "") for name in ("Afzender", "Ontvanger", "BerichtIdentificatie"))
    if message.forward is not None:
        return Heading(message.name, other, one, "", _key(message.forward.name, one, identification))
    claim = said.get("DeclaratieIdentificatie", "")
    answers = _key("JW323", other, claim) if message.name == "JW325" else ""
    return Heading(message.name, one, other, _key(message.name, one, identification), answers)


def _header(payload: bytes) -> dict[str, str]:
    """Return sender, receiver and identification of the header; of an answer to a claim, also that of the claim."""
    parser = etree.XMLPullParser(events=("end",), **SAFE)
    found: dict[str, str] = {}
    with suppress(etree.XMLSyntaxError):  # what follows the header is not looked at here
        for start in range(0, len(payload), PIECE):
            parser.feed(payload[start : start + PIECE])
            for _event, element in parser.read_events():
                name, above = etree.QName(element).localname, element.getparent()
                if name == "Header":
                    return found
                if name in ("Afzender", "Ontvanger"):
                    found[name] = (element.text or "").strip()
                elif name == "Identificatie" and above is not None:
                    found[etree.QName(above).localname] = (element.text or "").strip()
    return found


def _key(name: str, sender: str, identification: str) -> str:
    return hashlib.sha256(f"{name}|{sender}|{identification}".encode()).hexdigest()


def reference_of(name: str) -> UUID:
    """Return the reference under which a message goes: a UUID of version 4, always the same for the same message."""
    return UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)


class Hub(Folder):
    """The folder of a municipality that has a line to the hub."""

    def __init__(self, root: Path, line: Line, now: Callable[[], dt.datetime]) -> None:
        super().__init__(root)
        self.line, self.now = line, now

    def prepare(self) -> None:
        """Make the folders where they are not there yet, and look whether they are safe."""
        super().prepare()
        (self.root / STUF).mkdir(exist_ok=True, mode=0o700)

    def send(self, name: str, content: Iterable[bytes]) -> None:
        """Send a message. Raises Away when the hub cannot be reached, Refused when it (or the envelope) says no."""
        self.prepare()
        try:
            payload = b"".join(content)
            envelope = self._envelope(name, payload)
            made = stuf.written(envelope, self.line.choice, at=self.now().astimezone(AMSTERDAM))
        except (Unreadable, NoEnvelope) as error:
            raise self._no(name, str(error)) from None
        _put(self.root / STUF / f"{envelope.reference}.sent", [name.encode()])
        status, answer = _post(self.line, made)
        fault = _fault_in(answer)
        if fault is not None and fault.code == KNOWN_ALREADY:
            return
        if fault is not None:
            raise self._no(name, f"{fault.code}: {fault.words}")
        if status >= FAILING or status == SLOW:
            raise Away(f"the hub answers {status}")
        if status >= 300:
            raise self._no(name, f"het knooppunt antwoordt {status}")

    def _envelope(self, name: str, payload: bytes) -> Envelope:
        heading, answers = heading_of(payload), None
        returns = heading.own == "" or (heading.function == "JW325" and self.line.choice.claim_answer_returns)
        if returns:
            answers = self._came_under(heading.answers)
        return Envelope(heading.function, heading.sender, heading.receiver, reference_of(name), payload, answers)

    def _came_under(self, key: str) -> UUID:
        try:
            return UUID((self.root / STUF / f"{key}.ref").read_text("ascii"))
        except (OSError, ValueError):
            raise NoEnvelope("Het bericht dat dit beantwoordt, kwam niet langs deze weg.") from None

    def _no(self, name: str, why: str) -> Refused:
        _put(self.root / REFUSED / f"{name}.txt", [why.encode(), b"\n"])
        return Refused(why)

    def faults(self) -> Iterator[tuple[str, Path]]:
        """Yield each refusal that came later: the name of the message it is about, and where it lies."""
        self.prepare()
        for path in sorted((self.root / STUF).glob("*.fault")):
            with suppress(FileNotFoundError):
                yield path.with_suffix(".sent").read_text("ascii"), path

    def settle(self, name: str, path: Path) -> None:
        """Put the words of a refusal beside the other refusals; it is in our books now."""
        with suppress(FileNotFoundError):  # another worker was first
            _put(self.root / REFUSED / f"{name}.txt", [path.read_bytes()])
            path.unlink()

    def sweep(self, before: dt.datetime) -> int:
        """Remove what was taken in before a moment, and references nobody answers any more."""
        count = super().sweep(before)
        oldest = (before - KEPT_REFERENCES).timestamp()
        for path in (self.root / STUF).glob("*"):
            with suppress(FileNotFoundError):
                if path.lstat().st_mtime < oldest:
                    path.unlink()
                    count += 1
        return count


def _post(line: Line, body: bytes) -> tuple[int, bytes]:
    """Send bytes to the hub over HTTPS; return status and answer. No redirect is followed. Raises Away."""
    to = urlsplit(line.address)
    try:
        connection = http.client.HTTPSConnection(
            to.hostname or "", to.port or 443, timeout=PATIENCE, context=to_hub(line)
        )
        try:
            headers = {"Content-Type": "text/xml; charset=utf-8"}
            connection.request("POST", to.path or "/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(LONGEST_ANSWER)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:  # a certificate that does not fit is an OSError too
        raise Away(type(error).__qualname__) from None


def _fault_in(answer: bytes) -> Fault | None:
    if not answer.strip():
        return None
    with suppress(NoEnvelope):
        found = stuf.read(answer)
        return found if isinstance(found, Fault) else None
    return None


class Taking:
    """What the listener does with what came: nothing but putting files down. It needs no database and no keys."""

    def __init__(self, lines: Lines, root: Path, now: Callable[[], dt.datetime]) -> None:
        self.lines, self.root, self.now = lines, root, now

    def take(self, body: bytes, fingerprint: str) -> tuple[int, bytes]:
        """Put down what came from a certificate (its SHA-256); return the status and the answer.

        200: it is on disk, whole. 403: this certificate may not bring anything for this receiver. 400: it cannot be
        read, with a refusal as answer. Whatever else goes wrong is for the sender to try again.
        """
        mine = [line for line in self.lines.of.values() if fingerprint in line.hub]
        if not mine:
            return 403, b""
        try:
            found = stuf.read(body)
        except NoEnvelope as error:
            return 400, self._refusal(Fault(NO_PAYLOAD, str(error), None), "", "")
        if isinstance(found, Fault):
            return self._note(found, mine)
        line = next((each for each in mine if each.municipality == f"GM{found.receiver}"), None)
        if line is None:
            return 403, b""
        return self._put_down(found, Hub(self.root / line.municipality, line, self.now))

    def _put_down(self, found: Envelope, hub: Hub) -> tuple[int, bytes]:
        hub.prepare()
        with suppress(Unreadable):  # what cannot be read goes on: a clerk works it
            heading = heading_of(found.payload)
            if (heading.function, heading.sender, heading.receiver) != (found.function, found.sender, found.receiver):
                why = "De envelop en het bericht noemen niet dezelfde functie, zender of ontvanger."
                _put(hub.root / REFUSED / f"{found.reference}{EXTENSION}", [found.payload])
                _put(hub.root / REFUSED / f"{found.reference}.txt", [why.encode(), b"\n"])
                fault = Fault(NO_PAYLOAD, why, found.reference)
                return 400, self._refusal(fault, found.receiver, found.sender)
            if heading.own:
                _put(hub.root / STUF / f"{heading.own}.ref", [str(found.reference).encode()])
        _put(hub.root / IN / f"{found.reference}{EXTENSION}", [found.payload])
        return 200, b""

    def _note(self, fault: Fault, mine: list[Line]) -> tuple[int, bytes]:
        for line in mine:
            folder = self.root / line.municipality / STUF
            if fault.answers and (folder / f"{fault.answers}.sent").exists():
                _put(folder / f"{fault.answers}.fault", [f"{fault.code}: {fault.words}\n".encode()])
        return 200, b""

    def _refusal(self, fault: Fault, sender: str, receiver: str) -> bytes:
        at: Any = self.now().astimezone(AMSTERDAM)
        reference = UUID(bytes=hashlib.sha256(at.isoformat().encode()).digest()[:16], version=4)
        return stuf.refused(fault, sender=sender, receiver=receiver, reference=reference, at=at)
