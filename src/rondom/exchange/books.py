"""Our own books for the rules of levels 3 and 4: what was exchanged with one provider, read from the messages kept.

What counts is what was accepted. Of what we sent that is everything the provider has and did not reject: no message may
be rejected on what its sender cannot know (OP095). The messages about a client are booked in the order in which they
came and went, in the very books that the engine keeps in memory (`messages.books`): one reading of the standard.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from rondom.core import keys
from rondom.core.errors import BadInput
from rondom.core.fields import blind_index
from rondom.documents import store
from rondom.dossiers.models import Dossier
from rondom.exchange.enums import Direction, State
from rondom.exchange.models import Assignment as NumberOf
from rondom.exchange.models import Message, ProviderRequest
from rondom.messages.books import Books
from rondom.messages.knowing import (
    Assignment,
    Claim,
    ClaimedLine,
    Delivery,
    NothingEarlier,
    Price,
    Request,
)
from rondom.messages.opening import Unreadable
from rondom.messages.reading import Reading, read
from rondom.providers.models import Product
from rondom.providers.queries import provider_by_agb, rate_on
from rondom.reference import queries as reference

BOOKED = ("JW301", "JW305", "JW307", "JW315", "JW317", "JW319")
"""What is booked. A claim is answered by people, on its lines; none is booked here yet."""
THEIRS: tuple[State, ...] = (State.SENT, State.ACCEPTED)
"""Of what we sent: what the provider has, as far as we know."""
OURS: tuple[State, ...] = (*THEIRS, State.READY)
"""What we have made: what our own next message must not contradict."""


class OurBooks(NothingEarlier):
    """What one municipality exchanged with one provider (an AGB code), as the other side can know it.

    `bsns` are the clients of the message that is being judged, and `but` is that message, when it was taken in before.
    `made` counts what waits to be sent as well: for judging our own message.
    """

    def __init__(
        self, municipality: str, provider: str, *, bsns: Iterable[str] = (), but: UUID | None = None, made: bool = False
    ) -> None:
        self.municipality, self.provider, self.but = municipality, provider, but
        self._bsns, self._ours = tuple(bsns), OURS if made else THEIRS
        self._of: dict[str, Books] = {}

    def identification_used(self, message: str, sender: str, identification: str) -> bool:
        """Whether another message of this kind of this sender, that was not refused, carries it (TR056)."""
        rows = Message.objects.filter(
            municipality=self.municipality, name=message, sender=sender, identification=identification, trouble=""
        )
        return _without(rows, self.but).exists()

    def client_known(self, bsn: str) -> bool:
        """Whether we exchanged something about this client with this provider; others are nothing to this provider."""
        return self._books(bsn).client_known(bsn)

    def assignment(self, number: int) -> Assignment | None:
        """The latest version, of any client and provider: as we sent it."""
        for bsn in self._bsns:
            if found := self._books(bsn).assignment(number):
                return found
        rows = NumberOf.objects.filter(municipality=self.municipality, number=number)
        given = rows.select_related("allocation__dossier__youth").first()
        if given is None:
            return None
        about, bsn = _about([given.allocation.dossier_id], self.municipality), str(given.allocation.dossier.youth.bsn)
        return self._books_of(about, bsn).assignment(number)

    def assignments(self, bsn: str) -> Sequence[Assignment]:
        """Those of a client at this provider."""
        return self._books(bsn).assignments(bsn)

    def deliveries(self, bsn: str) -> Sequence[Delivery]:
        """The starts and stops of a client by this provider."""
        return self._books(bsn).deliveries(bsn)

    def request(self, reference: str) -> Request | None:
        """The request with a reference of this provider."""
        rows = ProviderRequest.objects.filter(
            municipality=self.municipality, provider_code=self.provider, reference=reference
        )
        if self.but:
            rows = rows.exclude(message=self.but)
        found = rows.select_related("dossier__youth").first()
        return self._books(str(found.dossier.youth.bsn)).request(reference) if found else None

    def requests(self, bsn: str) -> Sequence[Request]:
        """The requests of this provider for a client."""
        return self._books(bsn).requests(bsn)

    def claim(self, number: str) -> Claim | None:
        """None: claims are not booked yet."""
        return None

    def lines(self, number: int) -> Sequence[ClaimedLine]:
        """None: claims are not booked yet."""
        return ()

    def _books(self, bsn: str) -> Books:
        if bsn not in self._of:
            rows = _about([row.pk for row in dossiers_of([bsn], self.municipality)], self.municipality)
            self._of[bsn] = self._books_of(_with(rows, self.provider), bsn)
        return self._of[bsn]

    def _books_of(self, rows: QuerySet[Message], bsn: str) -> Books:
        """Book the messages about a client in their order. What refers to something that is not here is left out."""
        books = Books()
        for row in self._counting(rows):
            content = content_of(row)
            if content is None or _bsn_in(content, bsn) != bsn:
                continue
            try:
                books.take(content.message, content.content)
            except LookupError:
                continue
        return books

    def _counting(self, rows: QuerySet[Message]) -> QuerySet[Message]:
        counts = Q(direction=Direction.IN, state=State.ACCEPTED) | Q(direction=Direction.OUT, state__in=self._ours)
        return _without(rows.filter(counts, name__in=BOOKED, trouble=""), self.but).order_by("at", "pk")


def dossiers_of(bsns: Iterable[str], municipality: str) -> list[Dossier]:
    """Return the dossiers in a municipality of the people with these BSNs."""
    generations = keys.ring().generations
    indexes = [blind_index("bsn", bsn, municipality, generation) for bsn in set(bsns) for generation in generations]
    rows = Dossier.objects.filter(municipality=municipality, youth__bsn_index__in=indexes)
    return list(rows.order_by("pk"))


def _without(rows: QuerySet[Message], but: UUID | None) -> QuerySet[Message]:
    return rows.exclude(pk=but) if but else rows


def _about(dossiers: Iterable[UUID], municipality: str) -> QuerySet[Message]:
    return Message.objects.filter(municipality=municipality, dossiers__in=list(dossiers)).distinct()


def _with(rows: QuerySet[Message], provider: str) -> QuerySet[Message]:
    return rows.filter(Q(sender=provider) | Q(receiver=provider))


def _bsn_in(read: Any, bsn: str) -> str:
    """Return whom a message is about; an answer (JW319) tells no BSN: it is about whom its dossier is."""
    client = getattr(read.content, "Client", None)
    return str(client.Bsn) if client is not None else bsn


def content_of(row: Message) -> Reading | None:
    """Return a kept message as it is read, with `message` and `content`; None when it cannot be read any more."""
    try:
        reading = read(b"".join(store.read(row.blob)))
    except (store.Damaged, Unreadable):
        return None
    return reading if reading.content is not None else None


class OurOutside:
    """The day, the list of municipalities, and the products and rates agreed with one provider."""

    def __init__(self, municipality: str, provider: str, day: dt.date) -> None:
        self.municipality, self.code, self.day = municipality, provider, day

    def today(self) -> dt.date | None:
        """The day on which it is judged."""
        return self.day

    def municipality_exists(self, code: str, on: dt.date) -> bool | None:
        """Whether the list of Statistics Netherlands holds it on a day; None when we have no list of that day."""
        try:
            reference.code("municipality", f"GM{code}", on=on)
        except BadInput:
            known = reference.codes_on("municipality", on=on)
            return False if known.exists() else None
        return True

    def product_fits(self, category: str, code: str, on: dt.date) -> bool | None:
        """Whether the products of this municipality have this code in this category; None: no such code here."""
        rows = Product.objects.filter(municipality=self.municipality, code=code)
        categories = set(rows.values_list("category", flat=True))
        return category in categories if categories else None

    def price(self, category: str, code: str, on: dt.date) -> Price | None:
        """The rate agreed with this provider on a day."""
        if self._provider is None:
            return None
        rows = Product.objects.filter(
            municipality=self.municipality, category=category, code=code, lot__contract__provider=self._provider
        )
        for row in rows.select_related("lot__contract").order_by("pk"):
            amount = rate_on(row, on)
            if amount is not None:
                return Price(row.unit, int(amount * 100))
        return None

    @cached_property
    def _provider(self) -> Any:
        return provider_by_agb(self.code, self.municipality, self.day)
