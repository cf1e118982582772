"""The work of the exchange: take in what came, send what waits. Every step can be done twice without harm.

Taking in: the content goes into the store, then message and answer into our books in one transaction, then the file
is moved. Sending: the transport takes it whole, then that is noted. Whatever is killed in between is done again: what
came twice is known by its digest, what is sent twice carries the same identification.

The watched folder is the transport of every municipality that has no line to the hub (messages.stuf_hub).
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from rondom.core import clock, schedule
from rondom.core.principals import Principal, machine
from rondom.documents import store
from rondom.exchange import actions, ordering, queries, standing
from rondom.exchange.enums import Direction, Trouble
from rondom.exchange.models import Message
from rondom.messages import stuf_lines
from rondom.messages.stuf_hub import Away, Hub, Refused
from rondom.messages.transport import Arrived, Folder, Transport, Unsafe

logger = logging.getLogger("rondom.exchange")
PIECE = 1 << 20
OFTEN = dt.timedelta(seconds=10)
FILES_KEPT = dt.timedelta(days=30)  # beside the books, where a message stays as long as its dossier


def name_of(message: Message) -> str:
    """Return the name of the file of a message: says what it is, not about whom."""
    return f"{message.name or 'bericht'}-{message.pk.hex}"


def transport_of(municipality: str, lines: stuf_lines.Lines) -> Folder:
    """Return how messages of a municipality come and go: its folder, or that folder with its line to the hub."""
    folder, line = queries.folder_of(municipality), lines.of.get(municipality)
    return Hub(folder.root, line, clock.now) if line else folder


def work(*, at: dt.datetime) -> int:
    """Handle the post of every municipality; return how many messages came or went."""
    count = 0
    try:
        lines = stuf_lines.read(settings.RONDOM_STUF_FILE)
    except stuf_lines.BadLines:  # who has a line is not known: a message put in the wrong place would be lost
        logger.error("the file of lines to the hub cannot be used: nothing is read or sent")
        return 0
    for municipality in queries.offices():
        transport = transport_of(municipality, lines)
        try:
            count += receive_all(transport, municipality, at=at) + send_all(transport, municipality, at=at)
        except Unsafe:
            logger.error("the folder of messages of %s is not safe: nothing is read or sent", municipality)
        except Away:
            logger.warning("the hub cannot be reached: the messages of %s wait", municipality)
    return count


def receive_all(transport: Transport, municipality: str, *, at: dt.datetime) -> int:
    """Take in what lies ready; return how many. A file that goes wrong stays where it is and is tried again."""
    count, by = 0, machine("messages", municipality)
    for arrived in transport.arrived(at):
        try:
            take_in(transport, arrived, municipality, by=by, at=at)
            count += 1
        except Exception as error:  # noqa: BLE001 - one file that goes wrong must not keep the others waiting
            logger.error("a message could not be taken in: %s", type(error).__qualname__)
    return count


def take_in(transport: Transport, arrived: Arrived, municipality: str, *, by: Principal, at: dt.datetime) -> Message:
    """Take in one message; one that is known already is dropped."""
    with arrived.open() as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    row = queries.known(municipality, Direction.IN, digest)
    if row is None:
        row, why = _new(arrived, municipality, by, at)
    else:
        actions.note_double(by=by, at=at, message=row)
        why = _why(row, at)
    transport.acknowledge(arrived, name_of(row), refused=why)
    return row


def _new(arrived: Arrived, municipality: str, by: Principal, at: dt.datetime) -> tuple[Message, str]:
    kept = actions.keep(_pieces(arrived))
    judgement = actions.judged(kept, municipality, at=at)
    reply = actions.keep([judgement.reply[1]]) if judgement.reply else None
    try:
        row = actions.receive(by=by, at=at, municipality=municipality, kept=kept, judgement=judgement, reply=reply)
    except IntegrityError:  # another worker was first; what was kept here is swept away
        first = queries.known(municipality, Direction.IN, kept.digest)
        if first is None:
            raise
        return first, _why(first, at)
    return row, judgement.why or _said(row)


def _why(row: Message, at: dt.datetime) -> str:
    """Return why a message was refused, "" when it was not."""
    if not row.trouble:
        return ""
    try:
        kept = actions.Kept(row.blob, row.size, row.digest)
        return actions.judged(kept, row.municipality, at=at, but=row.pk).why or _said(row)
    except store.Damaged:
        return _said(row)


def _said(row: Message) -> str:
    return str(Trouble(row.trouble).label) if row.trouble else ""


def _pieces(arrived: Arrived) -> Iterator[bytes]:
    with arrived.open() as file:
        while piece := file.read(PIECE):
            yield piece


def send_all(transport: Transport, municipality: str, *, at: dt.datetime) -> int:
    """Send what waits; return how many went. Raises Away when the hub cannot be reached: nothing counts as an attempt.

    What the hub refused later comes first. A JW301 waits for the answer to the one before it (`queries.held_for`).
    """
    by = machine("messages", municipality)
    if isinstance(transport, Hub):
        take_refusals(transport, municipality, by=by, at=at)
    today = clock.today(at)
    ready = (row for row in queries.to_send(municipality) if queries.held_for(row, today) is None)
    return sum(send(transport, row, by=by, at=at) for row in ready)


def take_refusals(hub: Hub, municipality: str, *, by: Principal, at: dt.datetime) -> None:
    """Let what the hub refused after it took it get stuck, with its words: a clerk works it."""
    for name, path in hub.faults():
        row = queries.sent_as(municipality, UUID(hex=name.rpartition("-")[2]))
        if row is not None:
            _is_refused(row, _said_in(path), by=by, at=at)
        hub.settle(name, path)


def _said_in(fault: Path) -> str:
    with suppress(FileNotFoundError):  # another worker was first
        return fault.read_text("utf-8", "replace").strip()
    return ""


def _is_refused(row: Message, words: str, *, by: Principal, at: dt.datetime) -> None:
    """A refusal is not tried again by itself: it counts as the last attempt. Its words stand on the message."""
    row.attempts = max(row.attempts, actions.MOST_ATTEMPTS - 1)
    actions.note_failed(by=by, at=at, message=row, trouble=Trouble.NOT_SENT, refusal=words)


def send(transport: Transport, row: Message, *, by: Principal, at: dt.datetime) -> bool:
    """Send one message; tell whether it went."""
    try:
        transport.send(name_of(row), store.read(row.blob))
    except Refused as refused:
        _is_refused(row, str(refused), by=by, at=at)
        return False
    except (store.Damaged, OSError) as error:
        trouble = Trouble.DAMAGED if isinstance(error, store.Damaged) else Trouble.NOT_SENT
        actions.note_failed(by=by, at=at, message=row, trouble=trouble)
        return False
    actions.note_sent(by=by, at=at, message=row)
    return True


def sweep(*, at: dt.datetime) -> int:
    """Remove the files beside our books of more than thirty days ago; return how many."""
    try:
        lines = stuf_lines.read(settings.RONDOM_STUF_FILE)
    except stuf_lines.BadLines:
        lines = stuf_lines.Lines({})  # its references are swept another night
    return sum(transport_of(place, lines).sweep(at - FILES_KEPT) for place in queries.offices())


def tell(*, at: dt.datetime) -> int:
    """Try again what could not go out because something was missing; return how many messages were made."""
    made = 0
    for place in queries.offices():
        for row in standing.hindered(place):
            by = machine("messages", place)
            made += ordering.send_order(by=by, at=at, allocation=row.allocation) is not None
    return made


def register() -> None:
    """Put the work on the schedule."""
    schedule.every("exchange.post", OFTEN, work)
    schedule.nightly("exchange.tell", dt.time(4, 10), tell)
    schedule.nightly("exchange.sweep", dt.time(3, 40), sweep)
