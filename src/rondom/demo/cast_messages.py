"""Messages of the cast: what the back office of Dronten exchanged with providers, and what got stuck.

Julia     her help of De Vuurtoren: the order made its message, which was accepted; the start came and was answered. An
          order to Samen Sterk that came back rejected; an order to Zuiderlicht whose return message is late
Lot       the message of her help is never sent by itself: her address is secret
Ruben     his order cannot go out as a message: his BSN is not known
and       a file that broke off, a start for another municipality, a date that does not exist, one put aside
"""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast
from rondom.demo.cast_desk import day, moment
from rondom.exchange import actions, ordering, queries
from rondom.exchange.actions import Kept
from rondom.exchange.judging import code_of
from rondom.exchange.models import AssignmentVersion, Message
from rondom.messages.answering import Signature, answer
from rondom.messages.checking import check
from rondom.messages.judging import Breach
from rondom.messages.writing import written
from rondom.people import actions as people
from rondom.people.enums import ContactKind, ContactSafety

TEMPLATES = Path(__file__).parent / "data" / "messages"
VUURTOREN, ZUIDERLICHT, SAMEN_STERK, KOMPAS = "73730001", "73730002", "73730004", "94940003"
PRODUCT = (("Bericht", 0), ("Client", 0), ("ToegewezenProducten", 0), ("ToegewezenProduct", 1))


def add(cast: Cast) -> None:
    """Send and receive, as the job does."""
    told = AssignmentVersion.objects.select_related("message", "assignment").get(
        assignment__allocation__dossier=cast.dossier["julia"], code="45A04"
    )
    _goes(told.message, moment(cast, -28, 15))
    _received(cast, _reply(told.message, moment(cast, -27, 9)), moment(cast, -27, 9))
    start = _text(
        cast, "JW305", "julia", VUURTOREN, "45A04", told.assignment.number, moment(cast, -20, 8), sender=VUURTOREN,
        receiver=code_of(DRONTEN),
    )  # fmt: skip
    _received(cast, start, moment(cast, -20, 8))
    refused = _sent(cast, "julia", SAMEN_STERK, "45A48", 7002, moment(cast, -5, 14))
    _received(cast, _reply(refused, moment(cast, -4, 9), "TR381"), moment(cast, -4, 9))
    _sent(cast, "julia", ZUIDERLICHT, "44A09", 7003, moment(cast, -11, 10))
    _received(cast, _asked(cast, "julia", moment(cast, -2, 10)), moment(cast, -2, 10))
    _phone_of_lot(cast, moment(cast, -18, 15))
    _stuck(cast)


def _phone_of_lot(cast: Cast, at: dt.datetime) -> None:
    """Her order lacked a way to reach her: the address is secret. A number that is safe makes the message whole."""
    by, lot = cast.principal("sanne", at), cast.person["lot"]
    people.add_contact_point(
        by=by, at=at, person=lot, kind=ContactKind.PHONE, value="06 55 55 01 24", safety=ContactSafety.SAFE,
        remark="van oma Truus",
    )  # fmt: skip
    order = Allocation.objects.get(dossier=cast.dossier["lot"], product__code="45A04")
    ordering.send_order(by=by, at=at, allocation=order)


def _asked(cast: Cast, child: str, at: dt.datetime) -> bytes:
    """Return a request for an order: a treatment from two weeks from now, after a doctor referred."""
    return _text(
        cast, "JW315", child, KOMPAS, "54D01", 7101, at, sender=KOMPAS, receiver=code_of(DRONTEN),
        starts=day(cast, 15), ends=day(cast, 180),
    )  # fmt: skip


def _stuck(cast: Cast) -> None:
    at, us = moment(cast, -3, 8), code_of(DRONTEN)
    _received(cast, start_of(cast, at, receiver=us)[:700], at)
    _received(cast, start_of(cast, at, receiver="0171"), at + dt.timedelta(minutes=4))
    wrong = start_of(cast, at, receiver=us).replace(b"<jw305:Begindatum>", b"<jw305:Begindatum>x", 1)
    _received(cast, wrong, at + dt.timedelta(minutes=9))
    aside = _received(cast, b"Beste backoffice, hierbij de start van Julia.\r\n", moment(cast, -8, 12))
    by, then = cast.principal("rob", moment(cast, -8, 15)), moment(cast, -8, 15)
    actions.put_aside(
        by=by, at=then, message=aside, staff=cast.staff["rob"],
        reason="De Vuurtoren gebeld: dit was een mail. Ze sturen een goed bericht.",
    )  # fmt: skip


def start_of(cast: Cast, at: dt.datetime, *, receiver: str) -> bytes:
    """Return a start message about Julia for some municipality."""
    return _text(cast, "JW305", "julia", VUURTOREN, "45A04", 7009, at, sender=VUURTOREN, receiver=receiver)


def _text(
    cast: Cast, name: str, child: str, agb: str, product: str, number: int, at: dt.datetime, *, sender: str,
    receiver: str, **days: dt.date,
) -> bytes:  # fmt: skip
    person = cast.person[child]
    said = {"starts": day(cast, -26), "ends": day(cast, 90)} | days
    text = (TEMPLATES / f"{name}.xml").read_text("utf-8").format(
        **said, sender=sender, receiver=receiver, identification=f"D{number % 10_000}", dated=clock.today(at),
        bsn=person.bsn,
        born=person.born_on, family_name=person.family_name, called=person.called,
        sex=person.sex if person.sex in "012" else "0", number=number, product=product, category=product[:2],
        assigned=clock.today(at), begun=day(cast, -22),
        stopped=day(cast, -1),
    )  # fmt: skip
    return text.replace("\n", "\r\n").encode()


def _sent(cast: Cast, child: str, agb: str, product: str, number: int, at: dt.datetime) -> Message:
    content = _text(cast, "JW301", child, agb, product, number, at, sender=code_of(DRONTEN), receiver=agb)
    by, kept = machine("messages", DRONTEN), actions.keep([content])
    return _goes(actions.put_out(by=by, at=at, municipality=DRONTEN, kept=kept), at)


def _goes(row: Message, at: dt.datetime) -> Message:
    actions.note_sent(by=machine("messages", DRONTEN), at=at + dt.timedelta(seconds=10), message=row)
    return row


def _reply(row: Message, at: dt.datetime, *broken: str) -> bytes:
    """Return what the provider answers: accepted, or rejected by these rules."""
    reading: Any = check(io.BytesIO(queries.content_of(row))).reading
    found = [Breach(rule, PRODUCT, "") for rule in broken]
    return written(
        *answer(reading.message, reading.content, found, Signature(f"R{row.identification}"[:12], clock.today(at)))
    )


def _received(cast: Cast, content: bytes, at: dt.datetime) -> Message:
    by, kept = machine("messages", DRONTEN), actions.keep([content])
    judgement = actions.judged(kept, DRONTEN, at=at)
    reply: Kept | None = actions.keep([judgement.reply[1]]) if judgement.reply else None
    row = actions.receive(by=by, at=at, municipality=DRONTEN, kept=kept, judgement=judgement, reply=reply)
    for made in row.answered_by.filter(state="ready"):
        actions.note_sent(by=by, at=at + dt.timedelta(seconds=10), message=made)
    return row
