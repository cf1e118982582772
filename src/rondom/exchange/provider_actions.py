"""What somebody of a provider does with its messages: answer, report a start or stop, put a report right, and ask.

A message is written by the same engine as everything else and checked on levels 1 and 2: what does not keep to them is
refused with the rule. What does is handed in over a counter, a transport like the folder and the line to the hub, and
taken in exactly as a file of a provider: judged against our books, answered, and followed. The answer is the one that
any provider gets.
"""

import datetime as dt
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record, subject
from rondom.core.principals import Principal, machine
from rondom.exchange import post, provider_messages, queries
from rondom.exchange.books import OurBooks, OurOutside, content_of
from rondom.exchange.enums import Delivered, State
from rondom.exchange.judging import LEVELS_BESIDE, bsns_in, code_of
from rondom.exchange.models import Message
from rondom.exchange.provider_messages import Extent, Head, Person, Referrer, Wish
from rondom.exchange.provider_queries import (
    Order,
    TheirBooks,
    codes_of,
    provider_of,
    waits_for_answer,
)
from rondom.messages import answering
from rondom.messages.checking import check, judge, table
from rondom.messages.judging import Case
from rondom.messages.providing import IDENTIFICATION, sentence
from rondom.messages.transport import Arrived
from rondom.messages.writing import NotWritten, written
from rondom.providers.queries import agb_on

REFERENCE = 12  # signs of a ReferentieAanbieder we make


# --- the counter: a transport of one message


@dataclass(frozen=True)
class Handed(Arrived):
    """A message that is handed in: its content is here and nowhere else yet."""

    content: bytes = b""

    def open(self) -> BufferedReader:
        """Open its content for reading."""
        return BufferedReader(io.BytesIO(self.content))  # type: ignore[arg-type]


class Counter:
    """Takes in what is handed in, and hands nothing out: what we send is read on the pages (messages.transport)."""

    def __init__(self, handed: Handed) -> None:
        self.handed, self.refused = handed, ""

    def arrived(self, at: dt.datetime) -> Iterator[Arrived]:
        """Yield the one message."""
        yield self.handed

    def acknowledge(self, arrived: Arrived, name: str, refused: str = "") -> None:
        """Keep why it was refused."""
        self.refused = refused

    def send(self, name: str, content: Iterable[bytes]) -> None:
        """Nothing: what is sent stands in our books, and the pages show it."""


def _hand_in(by: Principal, at: dt.datetime, made: tuple[Any, Any], fields: Mapping[str, str] | None = None) -> Message:
    """Hand a message in and return it as it was taken in. Raises BadInput with the rules of levels 1 and 2 it breaks.

    `fields` says beside which field of the form a broken rule stands.
    """
    text = _checked(made, fields or {})
    counter = Counter(Handed(Path(), at, text))
    municipality = by.municipality
    row = post.take_in(counter, counter.handed, municipality, by=machine("messages", municipality), at=at)
    if counter.refused:
        raise BadInput(_("This message could not be taken in: %(why)s") % {"why": counter.refused})
    record(
        by, "exchange.provider_handed_in", row, at=at, municipality=municipality,
        subjects=[subject(row), *queries.subjects_of([row])],
    )  # fmt: skip
    return row


def _checked(made: tuple[Any, Any], fields: Mapping[str, str]) -> bytes:
    try:
        text = written(*made)
    except NotWritten as why:
        raise BadInput(_("This cannot stand in the message: %(why)s") % {"why": why}) from None
    checked = check(text)
    if checked.level1:
        raise BadInput("; ".join(map(sentence, checked.level1)))
    if checked.level2:
        rules = list(dict.fromkeys(breach.rule for breach in checked.level2))
        said = " ".join(
            _("%(about)s (rule %(rule)s of the standard)") % {"about": table()[rule].about, "rule": rule}
            for rule in rules
        )
        raise BadInput(said, field=next((fields[rule] for rule in rules if rule in fields), ""))
    return text


def _head(by: Principal, at: dt.datetime, *, sender: str = "") -> Head:
    """Return who sends to whom. Raises BadInput when the provider has no AGB code today."""
    day = clock.today(at)
    code = sender or agb_on(provider_of(by), day)
    if not code:
        raise BadInput(_("Your organisation has no AGB code here today. Call the municipality."))
    return Head(code, code_of(by.municipality), _identification(by, at), day)


def _identification(by: Principal, at: dt.datetime) -> str:
    """Return an identification that this provider did not use before (TR056)."""
    while True:
        made = uuid.uuid4().hex[:IDENTIFICATION].upper()
        rows = Message.objects.filter(municipality=by.municipality, sender__in=codes_of(by, at=at), identification=made)
        if not rows.exists():
            return made


def _is_theirs(by: Principal, order: Order, at: dt.datetime) -> None:
    """Refuse who did not sign in for the provider this order went to: an action trusts no page."""
    if by.kind != "provider" or order.message.receiver not in codes_of(by, at=at):
        raise NotAllowed(_("Only who was asked to help reports about it."))


# --- answering


@action
def answer(*, by: Principal, at: dt.datetime, message: Message) -> Message:
    """Answer a message of ours with the return message the engine makes; return that answer as it was taken in.

    Judged on levels 2 to 4 against what this provider can know. Raises BadInput when it was answered already.
    """
    if by.kind != "provider" or message.receiver not in codes_of(by, at=at):
        raise NotAllowed(_("Only who got a message answers it."))
    row = Message.objects.select_for_update().get(pk=message.pk)
    if not waits_for_answer(row):
        raise BadInput(_("This message was answered already, or asks no answer."))
    reading, found = judged(row, at=at)
    signature = answering.Signature(_identification(by, at), clock.today(at))
    return _hand_in(by, at, answering.answer(reading.message, reading.content, found, signature))


def judged(row: Message, *, at: dt.datetime) -> tuple[Any, list[Any]]:
    """Return a message of ours as it is read, and what a provider finds wrong in it (IV032). Raises BadInput."""
    reading = content_of(row)
    if reading is None:
        raise BadInput(_("The message in the store is damaged. Call the municipality."))
    found = judge(Case(reading.message, reading.content), levels=(2,))
    if not found:
        books = TheirBooks(row, bsns_in(queries.content_of(row)))
        outside = OurOutside(row.municipality, row.receiver, clock.today(at))
        case = Case(reading.message, reading.content, earlier=books, outside=outside)
        found = judge(case, levels=LEVELS_BESIDE)
    return reading, found


# --- start and stop


@action
def report_start(*, by: Principal, at: dt.datetime, order: Order, began_on: dt.date) -> Message:
    """Report that help began, or went on after a stop for a while (JW305)."""
    _is_theirs(by, order, at)
    made = provider_messages.start(_head(by, at, sender=order.message.receiver), order, began_on)
    return _hand_in(by, at, made, {"TR134": "began_on"})


@action
def report_stop(*, by: Principal, at: dt.datetime, order: Order, last_day: dt.date, reason: str) -> Message:
    """Report that help stopped, for good or for a while (JW307). Raises BadInput when no start was reported."""
    _is_theirs(by, order, at)
    if order.began_on is None:
        raise BadInput(_("First report the start: a stop refers to it (rule TR382 of the standard)."))
    head = _head(by, at, sender=order.message.receiver)
    made = provider_messages.stop(head, order, order.began_on, last_day, reason)
    return _hand_in(by, at, made, {"TR134": "last_day", "TR018": "last_day"})


@action
def correct(
    *, by: Principal, at: dt.datetime, order: Order, began_on: dt.date | None = None, last_day: dt.date | None = None,
    reason: str = "",
) -> Message:  # fmt: skip
    """Put the last report right: delete it and report it anew, in one message (IV008).

    Of a start `began_on` is the new day; of a stop `last_day` and `reason`. Raises BadInput when nothing was reported,
    or when nothing changes: then both would have the same key (TR101).
    """
    _is_theirs(by, order, at)
    last, head = _last(order), _head(by, at, sender=order.message.receiver)
    if last.kind == Delivered.START:
        if began_on == last.began_on:
            raise BadInput(_("This day was reported already. Write the right one."), field="began_on")
        made = provider_messages.start(head, order, began_on, deletes=last)
        return _hand_in(by, at, made, {"TR134": "began_on"})
    if (last_day, reason) == (last.ended_on, last.reason):
        raise BadInput(_("This was reported already. Write the right day or reason."), field="last_day")
    made = provider_messages.stop(head, order, last.began_on, last_day, reason, deletes=last)
    return _hand_in(by, at, made, {"TR134": "last_day", "TR018": "last_day"})


@action
def withdraw(*, by: Principal, at: dt.datetime, order: Order) -> Message:
    """Take the last report back: it counts as never sent. Raises BadInput when nothing was reported."""
    _is_theirs(by, order, at)
    last, head = _last(order), _head(by, at, sender=order.message.receiver)
    if last.kind == Delivered.START:
        return _hand_in(by, at, provider_messages.start(head, order, None, deletes=last))
    return _hand_in(by, at, provider_messages.stop(head, order, None, None, "", deletes=last))


def _last(order: Order) -> Any:
    if order.last is None:
        raise BadInput(_("Nothing was reported about this order yet."))
    return order.last


# --- asking


@action
def ask_order(
    *, by: Principal, at: dt.datetime, who: Order | Person, extent: Extent, referrer: Referrer, reference: str = ""
) -> Message:
    """Ask for an order (JW315): for somebody there is an order for, or for somebody new.

    `reference` is the own reference of the provider; one is made when it is empty.
    """
    if isinstance(who, Order):
        _is_theirs(by, who, at)
    elif by.kind != "provider":
        raise NotAllowed(_("Only a provider asks for an order."))
    if referrer.kind not in provider_messages.REFERRERS_WITH_CODE:
        referrer = replace(referrer, code="")
    elif referrer.code:
        referrer = replace(referrer, name="")
    made = provider_messages.new_order(_head(by, at), who, extent, referrer, reference=reference or _reference())
    return _hand_in(by, at, made, ASK_FIELDS)


ASK_FIELDS = {
    "CS002": "bsn", "TR002": "born_on", "TR134": "born_on", "CS003": "last_day", "CD076": "last_day",
    "CD067": "referrer_name", "CD068": "referrer_code", "CD043": "decided_from", "CS343": "frequency",
}  # fmt: skip
"""Beside which field of the form a broken rule stands."""


@action
def ask_change(
    *, by: Principal, at: dt.datetime, order: Order, last_day: dt.date | None, volume: int | None = None,
    budget: int | None = None, from_day: dt.date | None = None, reason: str, reference: str = "",
) -> Message:  # fmt: skip
    """Ask to change an order (JW317); everything else of this youth at this provider stays.

    `budget` is in cents. Another volume per day, week or month needs `from_day`, a day to come (TR357); any other
    change is about the whole order (IV092). Raises BadInput when nothing changes.
    """
    _is_theirs(by, order, at)
    now = order.product
    other = now.Omvang is not None and volume not in (None, now.Omvang.Volume)
    if not other and budget in (None, now.Budget) and last_day == order.last_day:
        raise BadInput(_("Nothing changes. Write until when, or how much."), field="last_day")
    starts = order.first_day
    if other and now.Omvang.Frequentie != provider_messages.TOTAL:
        if from_day is None or from_day <= clock.today(at):
            sentence = _("From which day on? It has to be a day to come (rule TR357 of the standard).")
            raise BadInput(sentence, field="from_day")
        starts = from_day
    wish = Wish(starts, last_day, volume, budget if budget is not None else now.Budget)
    made = provider_messages.change(
        _head(by, at, sender=order.message.receiver), order, wish, beside_of(order, at=at), reason=reason,
        reference=reference or _reference(),
    )  # fmt: skip
    return _hand_in(by, at, made, {"CS003": "last_day", "CD075": "last_day", "CD076": "last_day"})


def beside_of(order: Order, *, at: dt.datetime) -> list[Any]:
    """Return every assignment of this youth at this provider that holds today or later, this one too (TR349)."""
    books = OurBooks(order.message.municipality, order.message.receiver, bsns=[order.client.bsn])
    day = clock.today(at)
    return [one for one in books.assignments(order.client.bsn) if one.current(day)]


def _reference() -> str:
    return f"V{uuid.uuid4().hex[:REFERENCE].upper()}"


def went_well(row: Message) -> bool:
    """Tell whether what was handed in was taken over: it was accepted, or it is a return message that was taken in."""
    return row.state in (State.ACCEPTED, State.RECEIVED)
