"""What a received message is and what has to be answered: the engine asked on behalf of one municipality.

Reads no folder and writes nothing. What the standard prescribes per case stands in docs/explanation/messages.md.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rondom.core import clock
from rondom.exchange.enums import State, Trouble
from rondom.messages.answering import TRANSPORT_ERROR, Signature, accepted, answer
from rondom.messages.checking import check, judge_header, meant_for
from rondom.messages.checking import judge as rules_broken
from rondom.messages.declaring import Group
from rondom.messages.explaining import return_codes
from rondom.messages.judging import Case
from rondom.messages.knowing import Earlier, Outside
from rondom.messages.opening import LARGEST
from rondom.messages.providing import identification_of, sentence
from rondom.messages.words import TOO_LARGE
from rondom.messages.writing import written

BSN = re.compile(rb"[:<]Bsn>\s*([0-9]{9})\s*<")
PROVIDER = re.compile(rb"[:<](?:Afzender|Ontvanger)>\s*([0-9]{8})\s*<")
CLAIM = "JW323"
LEVELS_BESIDE = (3, 4)


@dataclass(frozen=True)
class Routing:
    """What routing needs of a message; everything empty when it could not be read."""

    name: str = ""
    release: str = ""
    sender: str = ""
    receiver: str = ""
    identification: str = ""
    dated_on: dt.date | None = None


Beside = Callable[[Routing, frozenset[str]], tuple[Earlier, Outside]]


@dataclass(frozen=True)
class Judged:
    """A message and what has to be done with it.

    `reply` is the routing and the bytes of the answer to send, when there is one. Of a return message `original` is
    the routing of what it answers and `grants` whether it accepts that. `codes` are the return codes that reject: of a
    return message those in it, else those in our answer. `content` is the message as declared, None when unreadable.
    """

    routing: Routing = Routing()
    trouble: str = ""
    why: str = ""
    state: State = State.RECEIVED
    reply: tuple[Routing, bytes] | None = None
    original: Routing | None = None
    grants: bool = False
    bsns: frozenset[str] = field(default_factory=frozenset)
    codes: tuple[str, ...] = ()
    content: Any = None


def code_of(municipality: str) -> str:
    """Return the four digits under which a municipality stands in messages: GM0303 is 0303."""
    return municipality.removeprefix("GM")


def bsns_in(content: bytes) -> frozenset[str]:
    """Return every BSN in a message, also in one that cannot be read."""
    return frozenset(found.decode() for found in BSN.findall(content))


def _provider_in(content: bytes) -> str:
    """Return the provider named in a message that cannot be read, so that a clerk knows whom to call; "" if none."""
    found = PROVIDER.search(content)
    return found[1].decode() if found else ""


def routing_of(message: Any, content: Any) -> Routing:
    """Return what routing needs. A return message repeats the header of what it answers: who sent it is turned."""
    header, release = content.Header, str(message.release)
    if message.forward is None:
        own = header.BerichtIdentificatie
        return Routing(
            message.name, release, header.Afzender, header.Ontvanger, own.Identificatie, _day(own.Dagtekening)
        )
    return Routing(
        message.name, release, header.Ontvanger, header.Afzender, header.IdentificatieRetour,
        _day(header.DagtekeningRetour),
    )  # fmt: skip


def _day(found: Any) -> dt.date:
    return dt.date(found.year, found.month, found.day)


def too_large(size: int) -> bool:
    """Tell whether a file is larger than the standard allows; it is not read then."""
    return size > LARGEST


def judge(content: bytes, municipality: str, *, digest: str, beside: Beside, at: dt.datetime) -> Judged:
    """Return what a received message is and what has to be answered.

    `beside` is asked, with the routing and the BSNs in the message, what its rules must know beside it: our books with
    the sender, and the day, lists and contract. Levels run in order, up to the first that fails (IV032).
    """
    bsns = bsns_in(content)
    checked = check(io.BytesIO(content))
    reading = checked.reading
    if reading is None or reading.content is None:
        trouble = Trouble.UNREADABLE if checked.unreadable else Trouble.FORMAT
        why = "\n".join([f"{TRANSPORT_ERROR}: geen retourbericht.", *map(sentence, checked.level1)])
        name = reading.message.name if reading else ""
        return Judged(Routing(name, sender=_provider_in(content)), trouble, why, State.DEAD, bsns=bsns)
    message, routing = reading.message, routing_of(reading.message, reading.content)
    if elsewhere := meant_for(reading, code_of(municipality)):
        return Judged(routing, Trouble.FOR_ANOTHER, elsewhere, State.DEAD, bsns=bsns)
    if message.forward is not None:
        header = reading.content.Header
        original = Routing(
            message.forward.name, routing.release, header.Afzender, header.Ontvanger,
            header.BerichtIdentificatie.Identificatie, _day(header.BerichtIdentificatie.Dagtekening),
        )  # fmt: skip
        return Judged(
            routing, original=original, grants=accepted(reading.content), bsns=bsns, codes=rejecting(reading.content),
            content=reading.content,
        )  # fmt: skip
    found = list(checked.level2)
    if not found:
        earlier, outside = beside(routing, bsns)
        case = Case(message, reading.content, earlier=earlier, outside=outside)
        found = judge_header(case) if message.name == CLAIM else rules_broken(case, levels=LEVELS_BESIDE)
    if message.answer is None or (message.name == CLAIM and not found):
        return Judged(routing, bsns=bsns, content=reading.content)  # a claim is granted by people, on its lines
    reply, made = answer(message, reading.content, found, Signature(identification_of(digest), clock.today(at)))
    state = State.REJECTED if found else State.ACCEPTED
    return Judged(
        routing, state=state, reply=(routing_of(reply, made), written(reply, made)), bsns=bsns, codes=rejecting(made),
        content=reading.content,
    )  # fmt: skip


def codes_in(value: Any) -> Iterator[str]:
    """Yield every return code in a message, in order."""
    if isinstance(value, Group):
        for element, inner in zip(value.elements, value, strict=True):
            if element.name == "RetourCode":
                yield from map(str, inner)
            else:
                yield from codes_in(inner)
    elif isinstance(value, tuple):
        for each in value:
            yield from codes_in(each)


def rejecting(content: Any) -> tuple[str, ...]:
    """Return the return codes in an answer that reject something, each once."""
    known = return_codes()
    return tuple(code for code in dict.fromkeys(codes_in(content)) if code in known and known[code].rejects)


def refused_for_size() -> Judged:
    """Return the judgement of a file that is too large to read."""
    return Judged(trouble=Trouble.TOO_LARGE, why=f"{TRANSPORT_ERROR}: {TOO_LARGE}", state=State.DEAD)
