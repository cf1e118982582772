"""What rules of levels 3 and 4 must know: earlier messages between two parties, and the world outside.

Two interfaces. Behind them stands the administration of whoever receives the message; `books.Books` is the one in
memory. Messages that were rejected count as not sent (OP286): they are never in here.
"""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

START, STOP = "start", "stop"
DELETED = ("13", "01")  # RedenWijziging: deleted; the old administrative correction
PIECES_OF_OUTPUT = ("82", "83")  # Eenheid of output; the other units are of effort (reference 13.1)


class RequestState(enum.Enum):
    """How far a request is, per ReferentieAanbieder (reference 12.5)."""

    PENDING = "pending"
    INVESTIGATED = "under investigation"
    REJECTED = "rejected"
    HONOURED = "honoured"


class Verdict(enum.Enum):
    """What became of a claimed line."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Assignment:
    """The latest version of an assignment, as its ToegewezenProduct says it (IV013), and whose it is."""

    bsn: str
    provider: str
    content: Any

    @property
    def deleted(self) -> bool:
        """Deleted: ends on its first day, for a reason that says so."""
        return self.content.RedenWijziging in DELETED and self.content.Einddatum == self.content.Ingangsdatum

    def current(self, on: dt.date) -> bool:
        """Valid on a day or later."""
        return not self.deleted and (self.content.Einddatum is None or self.content.Einddatum >= on)


@dataclass(frozen=True)
class Delivery:
    """A start or stop that was delivered and not deleted."""

    kind: str
    bsn: str
    content: Any


@dataclass(frozen=True)
class Request:
    """A requested product (JW315) or a request for change (JW317)."""

    reference: str
    bsn: str
    state: RequestState

    @property
    def open(self) -> bool:
        """Not yet ended in an assignment or a rejection."""
        return self.state in (RequestState.PENDING, RequestState.INVESTIGATED)


@dataclass(frozen=True)
class ClaimedLine:
    """A line of an earlier claim."""

    bsn: str
    content: Any
    verdict: Verdict
    credited: bool = False

    @property
    def _debit(self) -> bool:
        return bool(self.content.IngediendBedrag.DebetCredit == "D")

    @property
    def counts(self) -> bool:
        """A debit line that was granted, or waits for its answer, and is not credited."""
        return self._debit and self.verdict is not Verdict.REJECTED and not self.credited

    @property
    def granted_debit(self) -> bool:
        """A debit line that was granted."""
        return self._debit and self.verdict is Verdict.APPROVED

    @property
    def approved(self) -> bool:
        """A debit line that was granted and is not credited."""
        return self.granted_debit and not self.credited


@dataclass(frozen=True)
class Claim:
    """An earlier claim (JW323): the header and the claim without its lines."""

    header: Any
    number: str
    period: Any
    answered: bool = False


class Earlier(Protocol):
    """Earlier messages between one municipality and one provider, as the receiver of a message knows them."""

    def identification_used(self, message: str, sender: str, identification: str) -> bool:
        """Whether the sender used an identification before for this kind of message."""
        ...

    def client_known(self, bsn: str) -> bool:
        """Whether there is a client with this number."""
        ...

    def assignment(self, number: int) -> Assignment | None:
        """The assignment with a number, of any client and provider of the municipality."""
        ...

    def assignments(self, bsn: str) -> Sequence[Assignment]:
        """All assignments of a client at the provider."""
        ...

    def deliveries(self, bsn: str) -> Sequence[Delivery]:
        """All starts and stops of a client by the provider, in the order in which they were delivered."""
        ...

    def request(self, reference: str) -> Request | None:
        """The request with a reference of the provider."""
        ...

    def requests(self, bsn: str) -> Sequence[Request]:
        """All requests of the provider for a client."""
        ...

    def claim(self, number: str) -> Claim | None:
        """The claim with a number of the provider."""
        ...

    def claims(self) -> Sequence[Claim]:
        """All claims of the provider at the municipality."""
        ...

    def line(self, reference: str) -> ClaimedLine | None:
        """The claimed line with a reference of the provider."""
        ...

    def lines(self, number: int) -> Sequence[ClaimedLine]:
        """All claimed lines on the assignment with a number."""
        ...


@dataclass(frozen=True)
class Price:
    """The contracted tariff of a product: cents per unit (WJ756)."""

    unit: str
    cents: int


class Outside(Protocol):
    """The day, the lists and the contract. What is not known (None) is not judged."""

    def today(self) -> dt.date | None:
        """The day on which it is judged."""
        ...

    def municipality_exists(self, code: str, on: dt.date) -> bool | None:
        """Whether a municipality code is in the list of Statistics Netherlands (CBS) that is valid on a day."""
        ...

    def product_fits(self, category: str, code: str, on: dt.date) -> bool | None:
        """Whether a product code belongs to a category in the product list that is used."""
        ...

    def price(self, category: str, code: str, on: dt.date) -> Price | None:
        """The contracted tariff on a day."""
        ...


class NothingEarlier:
    """No earlier messages at all."""

    def identification_used(self, message: str, sender: str, identification: str) -> bool:
        """Never."""
        return False

    def client_known(self, bsn: str) -> bool:
        """Nobody."""
        return False

    def assignment(self, number: int) -> Assignment | None:
        """None."""
        return None

    def assignments(self, bsn: str) -> Sequence[Assignment]:
        """None."""
        return ()

    def deliveries(self, bsn: str) -> Sequence[Delivery]:
        """None."""
        return ()

    def request(self, reference: str) -> Request | None:
        """None."""
        return None

    def requests(self, bsn: str) -> Sequence[Request]:
        """None."""
        return ()

    def claim(self, number: str) -> Claim | None:
        """None."""
        return None

    def claims(self) -> Sequence[Claim]:
        """None."""
        return ()

    def line(self, reference: str) -> ClaimedLine | None:
        """None."""
        return None

    def lines(self, number: int) -> Sequence[ClaimedLine]:
        """None."""
        return ()


class NothingOutside:
    """Nothing is known of the day, the lists and the contract."""

    def today(self) -> dt.date | None:
        """Unknown."""
        return None

    def municipality_exists(self, code: str, on: dt.date) -> bool | None:
        """Unknown."""
        return None

    def product_fits(self, category: str, code: str, on: dt.date) -> bool | None:
        """Unknown."""
        return None

    def price(self, category: str, code: str, on: dt.date) -> Price | None:
        """Unknown."""
        return None
