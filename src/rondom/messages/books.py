"""Earlier messages in memory: what a municipality and a provider have exchanged, for the rules of level 3.

`take` books a message that was accepted. Tests play both ends with it; a real administration answers the same
questions (`knowing.Earlier`) from its database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rondom.messages.declaring import Message
from rondom.messages.ijw32.rules.inside import key_of
from rondom.messages.knowing import (
    START,
    STOP,
    Assignment,
    Claim,
    ClaimedLine,
    Delivery,
    Request,
    RequestState,
    Verdict,
)

DELETED, INVESTIGATED, CREDIT, GRANTED = "3", "2", "C", "8001"
GOOD = ("0200", "8001")


@dataclass
class Books:
    """What has been exchanged and accepted."""

    identifications: set[tuple[str, str, str]] = field(default_factory=set)
    clients: set[str] = field(default_factory=set)
    known_assignments: dict[int, Assignment] = field(default_factory=dict)
    known_deliveries: list[Delivery] = field(default_factory=list)
    known_requests: dict[str, Request] = field(default_factory=dict)
    known_claims: dict[str, Claim] = field(default_factory=dict)
    known_lines: dict[str, ClaimedLine] = field(default_factory=dict)
    _lines_of: dict[int, list[str]] = field(default_factory=dict, repr=False)
    _lines_in: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def identification_used(self, message: str, sender: str, identification: str) -> bool:
        """Whether it was booked before."""
        return (message, sender, identification) in self.identifications

    def client_known(self, bsn: str) -> bool:
        """Whether a message about the client was booked."""
        return bsn in self.clients

    def assignment(self, number: int) -> Assignment | None:
        """The latest version."""
        return self.known_assignments.get(number)

    def assignments(self, bsn: str) -> Sequence[Assignment]:
        """Those of a client."""
        return [one for one in self.known_assignments.values() if one.bsn == bsn]

    def deliveries(self, bsn: str) -> Sequence[Delivery]:
        """Those of a client that were not deleted."""
        return [one for one in self.known_deliveries if one.bsn == bsn]

    def request(self, reference: str) -> Request | None:
        """The request."""
        return self.known_requests.get(reference)

    def requests(self, bsn: str) -> Sequence[Request]:
        """Those for a client."""
        return [one for one in self.known_requests.values() if one.bsn == bsn]

    def claim(self, number: str) -> Claim | None:
        """The claim."""
        return self.known_claims.get(number)

    def claims(self) -> Sequence[Claim]:
        """All."""
        return list(self.known_claims.values())

    def line(self, reference: str) -> ClaimedLine | None:
        """The line."""
        return self.known_lines.get(reference)

    def lines(self, number: int) -> Sequence[ClaimedLine]:
        """Those on an assignment."""
        return [self.known_lines[key] for key in self._lines_of.get(number, ()) if key in self.known_lines]

    def take(self, message: Message, content: Any) -> None:
        """Book an accepted forward message. Raises LookupError for a return message: it changes nothing here."""
        header = content.Header
        book = _BOOKED[message.name]
        self.identifications.add((message.name, header.Afzender, header.BerichtIdentificatie.Identificatie))
        book(self, content)

    def _assigned(self, content: Any) -> None:
        client = content.Client
        self.clients.add(client.Bsn)
        for one in client.ToegewezenProducten.ToegewezenProduct:
            known = self.known_assignments.get(one.ToewijzingNummer)
            moment = (one.Toewijzingsdatum, one.Toewijzingstijd)
            if known is None or moment >= (known.content.Toewijzingsdatum, known.content.Toewijzingstijd):
                self.known_assignments[one.ToewijzingNummer] = Assignment(client.Bsn, content.Header.Ontvanger, one)
            if one.ReferentieAanbieder in self.known_requests:
                self._set(one.ReferentieAanbieder, RequestState.HONOURED)

    def _set(self, reference: str, state: RequestState) -> None:
        self.known_requests[reference] = replace(self.known_requests[reference], state=state)

    def _started(self, content: Any) -> None:
        self._delivered(START, content.Client, content.Client.StartProducten.StartProduct)

    def _stopped(self, content: Any) -> None:
        self._delivered(STOP, content.Client, content.Client.StopProducten.StopProduct)

    def _delivered(self, kind: str, client: Any, delivered: Sequence[Any]) -> None:
        gone = {key_of(one) for one in delivered if one.StatusAanlevering == DELETED}
        self.known_deliveries = [
            one
            for one in self.known_deliveries
            if (one.kind, one.bsn) != (kind, client.Bsn) or key_of(one.content) not in gone
        ]
        self.known_deliveries += [
            Delivery(kind, client.Bsn, one) for one in delivered if one.StatusAanlevering != DELETED
        ]

    def _asked(self, content: Any) -> None:
        self.clients.add(content.Client.Bsn)
        for one in content.Client.AangevraagdeProducten.AangevraagdProduct:
            self._request(one.ReferentieAanbieder, content.Client.Bsn)

    def _wished(self, content: Any) -> None:
        self._request(content.Client.Verzoek.ReferentieAanbieder, content.Client.Bsn)

    def _request(self, reference: str, bsn: str) -> None:
        self.known_requests[reference] = Request(reference, bsn, RequestState.PENDING)

    def _answered(self, content: Any) -> None:
        answer = content.Antwoord
        investigated = answer.VerzoekAntwoord == INVESTIGATED
        self._set(answer.ReferentieAanbieder, RequestState.INVESTIGATED if investigated else RequestState.REJECTED)

    def _claimed(self, content: Any) -> None:
        claim = content.Declaratie
        self.known_claims[claim.DeclaratieNummer] = Claim(
            content.Header, claim.DeclaratieNummer, claim.DeclaratiePeriode
        )
        for client in claim.Clienten.Client:
            for line in client.Prestaties.Prestatie:
                reference = line.ProductReferentie.ReferentieNummer
                self.known_lines[reference] = ClaimedLine(client.Bsn, line, Verdict.PENDING)
                self._lines_of.setdefault(line.ToewijzingNummer, []).append(reference)
                self._lines_in.setdefault(claim.DeclaratieNummer, []).append(reference)

    def _granted(self, content: Any) -> None:
        """Book a JW325: every line of the claim is granted but those it shows; a rejected claim was never sent."""
        answer = content.DeclaratieAntwoord
        claim = next(
            one
            for one in self.known_claims.values()
            if one.header.BerichtIdentificatie == content.Header.DeclaratieIdentificatie
        )
        if answer is None or not set(answer.RetourCodes.RetourCode) <= set(GOOD):
            del self.known_claims[claim.number]
            for key in self._lines_in.pop(claim.number):
                del self.known_lines[key]
            return
        self.known_claims[claim.number] = replace(claim, answered=True)
        shown = {
            line.ProductReferentie.ReferentieNummer
            for client in (answer.Clienten.Client if answer.Clienten else ())
            for line in client.Prestaties.Prestatie
        }
        for key in self._lines_in[claim.number]:
            self._judge_line(key, Verdict.REJECTED if key in shown else Verdict.APPROVED)

    def _judge_line(self, key: str, verdict: Verdict) -> None:
        line = self.known_lines[key] = replace(self.known_lines[key], verdict=verdict)
        debit = line.content.ProductReferentie.VorigReferentieNummer
        if verdict is Verdict.APPROVED and debit in self.known_lines:
            self.known_lines[debit] = replace(self.known_lines[debit], credited=True)


_BOOKED = {
    "JW301": Books._assigned,
    "JW305": Books._started,
    "JW307": Books._stopped,
    "JW315": Books._asked,
    "JW317": Books._wished,
    "JW319": Books._answered,
    "JW323": Books._claimed,
    "JW325": Books._granted,
}
