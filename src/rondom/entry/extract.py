"""What entry gives to the facts: dated, without names, without who reported. Read by the snapshot of a later room."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rondom.core import clock
from rondom.dossiers.enums import DossierKind
from rondom.entry.enums import ConcernState
from rondom.entry.models import AdviceCount, Concern, Referral


@dataclass(frozen=True)
class ConcernFact:
    """One worry that came in: its days, how it came, how it ended. `days_to_decide` in calendar days."""

    municipality: str
    received_on: dt.date
    channel: str
    state: str
    talked_with_family: bool
    kind: str
    route: str
    overruled: bool
    other_team: bool
    decided_on: dt.date | None
    days_to_decide: int | None


@dataclass(frozen=True)
class AdviceFact:
    """One advice after which somebody went on alone."""

    municipality: str
    given_on: dt.date
    channel: str
    asker: str


@dataclass(frozen=True)
class ReferralFact:
    """One referral past our triage: who referred, whether its day is known, and how long until the registration.

    `valid` is empty while it cannot be said, or for the court and a certified institution. `days_to_registration` in
    calendar days; negative when help began before the referral.
    """

    municipality: str
    kind: str
    received_on: dt.date
    day_known: bool
    valid: bool | None
    crisis: bool
    days_to_registration: int | None
    became_whole: bool


def concerns() -> Iterator[ConcernFact]:
    """Yield every worry that is on record, oldest first; those destroyed in time are counted where they ended."""
    rows = Concern.objects.select_related("triage", "team_proposal").order_by("received_at", "pk")
    for row in rows.iterator(chunk_size=500):
        triage = getattr(row, "triage", None)
        proposal = getattr(row, "team_proposal", None)
        received = clock.today(row.received_at)
        decided = clock.today(row.decided_at) if row.decided_at else None
        yield ConcernFact(
            row.municipality, received, row.channel, ConcernState(row.state).value, row.talked_on is not None,
            triage.kind if triage else "", triage.route if triage else "", bool(triage and triage.because),
            bool(proposal and proposal.because), decided,
            (decided - received).days if decided else None,
        )  # fmt: skip


def advice() -> Iterator[AdviceFact]:
    """Yield every counted advice, oldest first."""
    for row in AdviceCount.objects.order_by("given_on", "pk").iterator(chunk_size=500):
        yield AdviceFact(row.municipality, row.given_on, row.channel, row.asker)


def referrals() -> Iterator[ReferralFact]:
    """Yield every referral on record, oldest first."""
    rows = Referral.objects.select_related("dossier").order_by("received_on", "pk")
    for row in rows.iterator(chunk_size=500):
        days = (row.registered_on - row.referred_on).days if row.referred_on and row.registered_on else None
        yield ReferralFact(
            row.municipality, row.kind, row.received_on, row.referred_on is not None, row.valid, row.crisis,
            days, row.dossier.kind == DossierKind.FULL,
        )  # fmt: skip
