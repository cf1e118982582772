"""The other end: a provider that takes messages from a watched folder, answers them and sends its own (levels 1 and 2).

It keeps no books. What makes it answer once is that the same file always gets the same answer: the identification is
made of the content, the date is that of the file. An answer that was written twice is one file.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from rondom.messages import words
from rondom.messages.answering import TRANSPORT_ERROR, NoAnswer, Signature, answer
from rondom.messages.checking import check, meant_for
from rondom.messages.opening import Finding
from rondom.messages.transport import Arrived, Transport
from rondom.messages.writing import NotWritten, written

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
IDENTIFICATION = 12  # characters


@dataclass(frozen=True)
class Handled:
    """What became of one file: which message it was, the name of its answer, or why it was refused."""

    path: Path
    message: str = ""
    answer: str = ""
    refused: str = ""


def identification_of(digest: str) -> str:
    """Return an identification made of the SHA-256 of what is answered: the same each time."""
    return digest[:IDENTIFICATION].upper()


def sentence(found: Finding) -> str:
    """Return a finding of level 1 as one sentence, with its line and the way to the element."""
    return f"Regel {found.line}, {found.path}: {found.text}" if found.path else found.text


def serve(transport: Transport, agb: str, *, at: dt.datetime) -> Iterator[Handled]:
    """Take in what lies ready for a provider, answer it, and yield what became of each file."""
    for arrived in transport.arrived(at):
        yield _handled(transport, arrived, agb)


def _handled(transport: Transport, arrived: Arrived, agb: str) -> Handled:
    with arrived.open() as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        checked = check(file)
    name = digest[:32]
    reading = checked.reading
    if reading is None or reading.content is None:
        why = "\n".join([f"{TRANSPORT_ERROR}: geen retourbericht.", *map(sentence, checked.level1)])
        transport.acknowledge(arrived, name, refused=why)
        return Handled(arrived.path, refused=why)
    if elsewhere := meant_for(reading, agb):
        transport.acknowledge(arrived, name, refused=elsewhere)
        return Handled(arrived.path, reading.message.name, refused=elsewhere)
    dated = arrived.at.astimezone(AMSTERDAM).date()
    try:
        reply, content = answer(
            reading.message, reading.content, checked.level2, Signature(identification_of(digest), dated)
        )
        sent = f"{reply.name}-{name}"
        transport.send(sent, [written(reply, content)])
    except NoAnswer:  # a return message or a JW325
        sent = ""
    except NotWritten as why:
        transport.acknowledge(arrived, name, refused=str(why))
        return Handled(arrived.path, reading.message.name, refused=str(why))
    transport.acknowledge(arrived, name)
    return Handled(arrived.path, reading.message.name, sent)


class NotSent(Exception):
    """A message of our own is not good, or not from us; says why, a line per finding."""


def send(transport: Transport, agb: str, data: bytes) -> str:
    """Send a message of the provider itself (JW305, JW307, JW315, JW317, JW323); return its name.

    The same message has the same name: sent twice it is one file. Raises NotSent for what does not keep to levels 1 and
    2, is no message of a provider, or is from another one.
    """
    checked = check(data)
    reading = checked.reading
    if reading is None or reading.content is None:
        raise NotSent("\n".join(map(sentence, checked.level1)))
    if checked.level2:
        raise NotSent("\n".join(f"{one.rule}: {one.path}" for one in checked.level2))
    if reading.message.forward is not None or reading.content.Header.Afzender != agb:
        raise NotSent(words.NOT_OURS.format(sender=reading.content.Header.Afzender, here=agb))
    name = f"{reading.message.name}-{hashlib.sha256(data).hexdigest()[:32]}"
    transport.send(name, [data])
    return name
