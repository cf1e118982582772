"""What providers ask by message, and how long they wait for the answer."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "requests by message (iJw JW315, JW317), as they are kept"
TERM = "iJw OP274, OP346: 5 working days; 8 weeks after the date of the request when it is being looked into"


@table("provider_request", grain=Grain.CONTACT, produced_by="exchange")
class RequestFact:
    """One request of a provider for one youth: one product of a request for an order, or a whole request for change."""

    request_key: str = column("Pseudonym of the request.", source=SOURCE, release=Release.NONE, renewed="request")
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that was asked.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    provider: str = column(
        "AGB code of the provider; empty when the whereabouts of the youth are secret.",
        source=SOURCE,
        release=Release.EXACT,
    )
    kind: str = column("An order or a change: code.", source="iJw JW315, JW317", release=Release.EXACT)
    received_on: dt.date = column("Day on which it came in.", source=SOURCE, release=Release.COARSE, coarse="month")
    looked_into: bool = column(
        "The provider was told that it is being looked into, so that the longer term holds.",
        source=TERM,
        release=Release.EXACT,
    )
    state: str = column("Code of where it stands.", source="iJw OP344", release=Release.EXACT)
    reason: str = column(
        "Code of why it was refused; empty when it was not.", source="iJw WJ759", release=Release.EXACT
    )
    days: int = column(
        "Calendar days from receipt to the order or refusal; so far, while it is open.",
        source=SOURCE,
        release=Release.EXACT,
        unit="days",
    )
    ended: bool = column("It was ordered or refused.", source="iJw OP344", release=Release.EXACT)
    in_time: bool | None = column(
        "Ordered or refused by the last day of the term; no when that day passed, empty while it can still be.",
        source=TERM,
        release=Release.EXACT,
    )
