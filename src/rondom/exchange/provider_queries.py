"""What somebody of a provider sees: the messages that went to or came from its AGB codes, and the orders in them.

The provider keeps no books of its own here. What we sent is what it got, what we received is what it sent: one row,
seen from the other side. An order is an assignment that a JW301 told this provider of and that it did not reject; what
stands on its page is what that message says, not what our own rows say. Nothing else of a family can be reached here.

The message is the right: it was addressed to this provider. Of somebody whose address is secret, or whose dossier is
shielded, the content is closed here, also when it was sent before that was so (OP003).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from rondom.allocations.models import Allocation
from rondom.allocations.queries import subjects_of as subjects_of_order
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look, subject
from rondom.core.principals import Principal
from rondom.exchange import queries
from rondom.exchange.books import OurBooks, content_of
from rondom.exchange.enums import Delivered, Direction, State
from rondom.exchange.mapping import DELETED
from rondom.exchange.models import Assignment, AssignmentVersion, Delivery, Message
from rondom.exchange.wishes import day_of
from rondom.law.calendar import add_working_days
from rondom.messages import knowing
from rondom.messages.codes import lists
from rondom.messages.reading import Reading
from rondom.people.models import Authority
from rondom.people.whereabouts import secret_among
from rondom.providers.models import AgbCode, Product, Provider
from rondom.providers.queries import products_on

GROUND = "addressed: to the provider of who looks"
CAME = (State.SENT, State.ACCEPTED, State.REJECTED)
"""Of what we sent: what really left."""
STANDS = (State.SENT, State.ACCEPTED)
HANDED_BACK = ("JW306", "JW308", "JW316", "JW318")
"""Return messages on what was handed in here: read at once, before the post has gone."""
ASKED = ("JW315", "JW317")
FOR_A_WHILE = "20"  # JZ588: help stops for a while
START_DAYS, STOP_DAYS = 5, 5  # working days after the real start and the real end (OP271, OP272)
TO_DO, COMING, RUNNING, OVER = "te-doen", "komt", "loopt", "afgelopen"


def provider_of(by: Principal) -> Provider:
    """Return the provider somebody signed in for; raises NotFound."""
    rows = Provider.objects.filter(municipality=by.municipality)
    row = rows.filter(pk=by.organisation).first() if by.kind == "provider" and by.organisation else None
    if row is None:
        raise NotFound("")
    return row


def codes_of(by: Principal, *, at: dt.datetime) -> frozenset[str]:
    """Return the AGB codes under which messages of a provider came or come; one that went to another is no longer its.

    An earlier code stays: what came under it still has to be answered.
    """
    own = AgbCode.objects.filter(provider=by.organisation, municipality=by.municipality).values("code")
    rows = AgbCode.objects.filter(municipality=by.municipality, code__in=own, starts__lte=clock.today(at))
    holders = dict(rows.order_by("starts", "pk").values_list("code", "provider"))
    return frozenset(code for code, holder in holders.items() if holder == by.organisation)


# --- messages


def messages_for(by: Principal, *, at: dt.datetime) -> QuerySet[Message]:
    """Return what went to and came from a provider, newest first; never what did not leave or got stuck with us."""
    codes = codes_of(by, at=at)
    left = Q(state__in=CAME) | Q(state=State.READY, name__in=HANDED_BACK)
    to_them = left & Q(direction=Direction.OUT, receiver__in=codes)
    from_them = Q(direction=Direction.IN, sender__in=codes)
    rows = Message.objects.filter(to_them | from_them, municipality=by.municipality, trouble="")
    return rows.order_by("-at", "-pk")


def open_message(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Message:
    """Return a message of one's provider and record the look. Raises NotFound; a refusal is recorded as well."""
    row = messages_for(by, at=at).select_related("answers").filter(pk=pk).first()
    if row is None:
        hidden = Message.objects.filter(pk=pk).first()
        if hidden is not None:
            about = [subject(hidden), *queries.subjects_of([hidden])]
            look(by, page, hidden, subjects=about, result="denied", at=at)
        raise NotFound("")
    look(by, page, row, subjects=[subject(row), *queries.subjects_of([row])], ground=GROUND, at=at)
    return as_it_came([row])[0]


def as_it_came(rows: Iterable[Message]) -> list[Message]:
    """Return messages with where they stand for the provider: what is read here was sent, also before the post went."""
    found = list(rows)
    for row in found:
        row.state = State.SENT if row.state == State.READY else row.state
    return found


def exchange_of(row: Message, by: Principal, *, at: dt.datetime) -> list[Message]:
    """Return the messages of one's provider that belong together, in order: what is answered, and all its answers."""
    above = row.answers
    first = (above.answers_id or above.pk) if above is not None else row.pk
    rows = messages_for(by, at=at).filter(Q(pk=first) | Q(answers=first) | Q(answers__answers=first))
    return as_it_came(rows.order_by("at", "direction", "pk"))


def is_closed(message: Message) -> bool:
    """Tell whether the content is kept from the provider now: a secret address, or a shielded dossier."""
    return bool(closed_among([message]))


def closed_among(messages: Iterable[Message]) -> set[UUID]:
    """Return those of these messages whose content is kept from the provider now; the same as one by one, for a list.

    Secret is the address of the youth or of somebody who has or had authority over the youth (OP003).
    """
    about = {row.pk: list(row.dossiers.all()) for row in messages}
    youths = {dossier.youth_id for dossiers in about.values() for dossier in dossiers}
    held = Authority.objects.filter(child__in=youths, holder__isnull=False).values_list("child", "holder")
    pairs = [(child, holder) for child, holder in held if holder]
    secret = secret_among({*youths, *(holder for _child, holder in pairs)})
    hidden = (secret & youths) | {child for child, holder in pairs if holder in secret}
    return {
        key for key, dossiers in about.items() if any(each.shielded or each.youth_id in hidden for each in dossiers)
    }


def waits_for_answer(row: Message) -> bool:
    """Tell whether the provider still has to answer a message of ours."""
    return row.direction == Direction.OUT and row.state == State.SENT and row.name in queries.FORWARD


def unanswered(by: Principal, *, at: dt.datetime) -> QuerySet[Message]:
    """Return the answers on requests (JW319) the provider still has to confirm; orders are in `orders_for`."""
    return messages_for(by, at=at).filter(direction=Direction.OUT, state=State.SENT, name="JW319")


# --- requests


@dataclass(frozen=True)
class Asked:
    """A request of the provider and the newest thing it heard about it: a JW301 or JW319, None while it waits."""

    message: Message
    heard: Message | None
    reading: Reading | None

    @property
    def refused_because(self) -> str:
        """The reason of a refusal in words, "" when it was not refused (WJ759)."""
        said = self._said
        reason = said.RedenAfwijzingVerzoek if said is not None else None
        return lists()["WJ759"].get(reason, reason) if reason else ""

    @property
    def looked_into(self) -> bool:
        """Tell whether the municipality said that it looks into it (WJ760)."""
        return self._said is not None and self._said.VerzoekAntwoord == "2"

    @property
    def _said(self) -> Any:
        if self.heard is None or self.heard.name != "JW319" or self.reading is None:
            return None
        return self.reading.content.Antwoord


def requests_for(by: Principal, *, at: dt.datetime, most: int = 50) -> list[Asked]:
    """Return the last requests of a provider with what it heard about each, newest first."""
    every = messages_for(by, at=at)
    rows = list(every.filter(direction=Direction.IN, name__in=ASKED)[:most])
    heard: dict[UUID, Message] = {}
    for answer in every.filter(answers__in=rows, name__in=("JW301", "JW319")).order_by("at", "pk"):
        if answer.answers_id:
            heard[answer.answers_id] = answer
    return [_asked(row, heard.get(row.pk)) for row in rows]


def _asked(row: Message, heard: Message | None) -> Asked:
    return Asked(row, heard, content_of(heard) if heard is not None and heard.name == "JW319" else None)


# --- orders


def orders_for(by: Principal, *, at: dt.datetime) -> QuerySet[Assignment]:
    """Return the orders a provider was told of and did not reject, with how they stand, what began last on top.

    Beside each row: `told` is the newest JW301 that reached the provider; `first_day`, `last_day` and `why`
    (RedenWijziging) are what it said; `to_answer` tells whether a message about it still has to be answered;
    `last_kind` and `last_reason` are of the last start or stop that counts, "" for none.
    """
    codes = codes_of(by, at=at)
    versions: Any = AssignmentVersion.objects.filter(
        assignment=OuterRef("pk"), message__direction=Direction.OUT, message__receiver__in=codes,
        message__state__in=STANDS, message__trouble="",
    ).order_by("-decided_at", "-message__at", "-pk")  # fmt: skip
    reports: Any = Delivery.objects.filter(
        number=OuterRef("number"), message__municipality=by.municipality, message__sender__in=codes, deletes=False,
        taken_back_by=None,
    ).order_by("-message__at", "-pk")  # fmt: skip
    rows = Assignment.objects.filter(Exists(versions), municipality=by.municipality).annotate(
        told=Subquery(versions.values("message")[:1], output_field=UUIDField()),
        first_day=Subquery(versions.values("first_day")[:1]),
        last_day=Subquery(versions.values("last_day")[:1]), why=Subquery(versions.values("reason")[:1]),
        to_answer=Exists(versions.filter(message__state=State.SENT)),
        last_kind=Coalesce(Subquery(reports.values("kind")[:1]), Value("")),
        last_reason=Coalesce(Subquery(reports.values("reason")[:1]), Value("")),
    )  # fmt: skip
    return rows.order_by(F("first_day").desc(), "-number")


def in_list(rows: QuerySet[Any], name: str, day: dt.date) -> QuerySet[Any]:
    """Narrow orders to a list: what has to be done now, what is still to come, what runs, what is over."""
    begun, stopped = ~Q(last_kind=""), Q(last_kind=Delivered.STOP) & ~Q(last_reason=FOR_A_WHILE)
    over = stopped | Q(why=DELETED)
    goes_on = Q(last_day__isnull=True) | Q(last_day__gte=day)
    now = Q(last_kind="", first_day__lte=day) | (begun & Q(last_day__lt=day))
    quiet = Q(to_answer=False)
    return rows.filter({
        TO_DO: Q(to_answer=True) | (~over & now), COMING: quiet & ~over & Q(last_kind="", first_day__gt=day),
        RUNNING: quiet & ~over & begun & goes_on, OVER: quiet & over,
    }[name])  # fmt: skip


@dataclass(frozen=True)
class Client:
    """Whom an order is for, as the message names them; `born_on` is None when a part of it is not known (IV009)."""

    bsn: str
    name: str
    born_on: dt.date | None
    content: Any


@dataclass(frozen=True)
class Order:
    """An order as the provider knows it. `product` is the ToegewezenProduct of the newest JW301 that reached it.

    `reports` are the starts and stops that count, oldest first. `closed`: how somebody is reached is not shown.
    """

    row: Assignment
    message: Message
    client: Client
    product: Any
    reports: tuple[Delivery, ...]
    to_answer: tuple[Message, ...]
    closed: bool

    @property
    def number(self) -> int:
        """The ToewijzingNummer."""
        return self.row.number

    @property
    def allocation(self) -> UUID:
        """The key under which its page is found."""
        return self.row.allocation_id

    @property
    def first_day(self) -> dt.date:
        """The first ordered day."""
        return day_of(self.product.Ingangsdatum) or dt.date.min

    @property
    def last_day(self) -> dt.date | None:
        """The last ordered day; None: open."""
        return day_of(self.product.Einddatum)

    @property
    def deleted(self) -> bool:
        """Tell whether the municipality took it back as never sent (RedenWijziging 13)."""
        return self.product.RedenWijziging == DELETED

    @property
    def last(self) -> Delivery | None:
        """The last start or stop that counts."""
        return self.reports[-1] if self.reports else None

    @property
    def runs(self) -> bool:
        """Tell whether help was started and not stopped."""
        return self.last is not None and self.last.kind == Delivered.START

    @property
    def paused(self) -> bool:
        """Tell whether help stopped for a while."""
        last = self.last
        return last is not None and last.kind == Delivered.STOP and last.reason == FOR_A_WHILE

    @property
    def stopped(self) -> bool:
        """Tell whether help stopped for good."""
        return self.last is not None and self.last.kind == Delivered.STOP and not self.paused

    @property
    def began_on(self) -> dt.date | None:
        """The day of the start that a stop refers to (iJw TR382)."""
        starts = [row.began_on for row in self.reports if row.kind == Delivered.START]
        return starts[-1] if starts else None


def open_order(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Order:
    """Return an order of one's provider, by the key of the order, and record the look.

    Raises NotFound, also when its message cannot be read any more; a refusal is recorded.
    """
    row = orders_for(by, at=at).filter(allocation=pk).first()
    found = next(iter(read_orders([row], by, at=at)), None) if row is not None else None
    if found is None:
        hidden = Allocation.objects.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of_order(hidden), result="denied", at=at)
        raise NotFound("")
    about = [subject(found.row), *queries.subjects_of([found.message])]
    look(by, page, found.row, subjects=about, ground=GROUND, at=at)
    return found


def read_orders(rows: Iterable[Any], by: Principal, *, at: dt.datetime) -> list[Order]:
    """Return orders as their messages say them; one whose message cannot be read is left out."""
    wanted = list(rows)
    keys = {row.told for row in wanted}
    messages = {one.pk: one for one in Message.objects.filter(pk__in=keys).prefetch_related("dossiers")}
    readings = {pk: content_of(message) for pk, message in messages.items()}
    reports = _reports_of(wanted, by, at=at)
    waiting, closed = _waiting_of(wanted, by, at=at), closed_among(messages.values())
    found = []
    for row in wanted:
        message, reading = messages[row.told], readings[row.told]
        if reading is None:
            continue
        client = reading.content.Client
        product = next(
            one for one in client.ToegewezenProducten.ToegewezenProduct if one.ToewijzingNummer == row.number
        )
        found.append(Order(
            row, message, client_of(client), product, tuple(reports.get(row.number, ())),
            tuple(waiting.get(row.pk, ())), message.pk in closed,
        ))  # fmt: skip
    return found


def client_of(content: Any) -> Client:
    """Return whom a JW301 is about, with the name as people say it."""
    family = content.Naam.Geslachtsnaam
    name = " ".join(filter(None, (content.Naam.Voornamen, family.Voorvoegsel, family.Achternaam)))
    born = content.Geboortedatum
    return Client(content.Bsn, name, None if born.DatumGebruik else day_of(born.Datum), content)


def _reports_of(rows: Sequence[Any], by: Principal, *, at: dt.datetime) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = {}
    deliveries = Delivery.objects.filter(
        number__in=[row.number for row in rows], message__municipality=by.municipality,
        message__sender__in=codes_of(by, at=at), deletes=False, taken_back_by=None,
    )  # fmt: skip
    for each in deliveries.order_by("message__at", "pk"):
        if each.number is not None:
            found.setdefault(each.number, []).append(each)
    return found


def _waiting_of(rows: Sequence[Any], by: Principal, *, at: dt.datetime) -> dict[UUID, list[Message]]:
    found: dict[UUID, list[Message]] = {}
    waiting = messages_for(by, at=at).filter(direction=Direction.OUT, state=State.SENT).order_by().values("pk")
    versions = AssignmentVersion.objects.filter(assignment__in=[row.pk for row in rows], message__in=waiting)
    for each in versions.select_related("message").order_by("message__at", "pk"):
        found.setdefault(each.assignment_id, []).append(each.message)
    return found


def messages_of(order: Order, by: Principal, *, at: dt.datetime) -> list[Message]:
    """Return every message about an order that the provider sent or got, in the order in which they went."""
    own = Q(versions__assignment=order.row) | Q(
        deliveries__number=order.number, municipality=by.municipality, direction=Direction.IN
    )
    firsts = Message.objects.filter(own).values("pk")
    rows = messages_for(by, at=at).filter(Q(pk__in=firsts) | Q(answers__in=firsts))
    return as_it_came(rows.order_by("at", "direction", "pk").distinct())


def order_behind(row: Message, by: Principal, *, at: dt.datetime) -> UUID | None:
    """Return the key of the order a message is about, when the provider has it; of several the first."""
    pair = [key for key in (row.pk, row.answers_id) if key]
    about = Q(versions__message__in=pair) | Q(allocation__deliveries__message__in=pair)
    found = orders_for(by, at=at).filter(about)
    key: UUID | None = found.order_by("number").values_list("allocation", flat=True).first()
    return key


# --- until when


def answer_until(message: Message) -> dt.date | None:
    """Return the last day for the return message (OP090), None while that is not known."""
    return add_working_days(clock.today(message.sent_at), queries.ANSWER_DAYS) if message.sent_at else None


def start_until(order: Order) -> dt.date:
    """Return the earliest day on which a start can be late: told within 5 working days of the real one (OP271)."""
    sent = clock.today(order.message.sent_at) if order.message.sent_at else order.first_day
    return add_working_days(max(order.first_day, sent), START_DAYS)


def stop_until(order: Order) -> dt.date | None:
    """Return the last day to tell the stop when help went on to the last ordered day (OP272); None: no end agreed."""
    return add_working_days(order.last_day, STOP_DAYS) if order.last_day else None


# --- what can be asked


def products_to_ask(by: Principal, *, at: dt.datetime) -> list[Product]:
    """Return what a provider can ask an order for: products of its contracts that go by message, with a price."""
    rows = products_on(by.municipality, clock.today(at)).filter(lot__contract__provider=by.organisation)
    return list(rows.exclude(unit=""))


# --- the books of the provider


class TheirBooks(OurBooks):
    """What the provider can know beside a message it judges: what it accepted and sent itself, of nobody else."""

    def __init__(self, message: Message, bsns: Iterable[str]) -> None:
        super().__init__(message.municipality, message.receiver, bsns=bsns, but=message.pk)
        self._ours = (State.ACCEPTED,)

    def assignment(self, number: int) -> knowing.Assignment | None:
        """The latest version that this provider accepted, of any of its clients."""
        found = super().assignment(number)
        return found if found is not None and found.provider == self.provider else None
