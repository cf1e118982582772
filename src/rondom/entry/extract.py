"""What entry gives to the facts: dated, without names; of who reported the kind, that is made coarser."""

from collections.abc import Iterator

from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.dossiers.enums import DossierKind
from rondom.entry.enums import ConcernState, ReferralEnd
from rondom.entry.models import AdviceCount, Concern, Referral
from rondom.facts.entry import AdviceFact, ConcernFact, ReferralFact


def concerns() -> Iterator[ConcernFact]:
    """Yield every worry that is on record, oldest first; those destroyed in time are counted where they ended."""
    rows = Concern.objects.select_related("triage", "team_proposal").order_by("received_at", "pk")
    for row in rows.iterator(chunk_size=500):
        triage, proposal = getattr(row, "triage", None), getattr(row, "team_proposal", None)
        received = clock.today(row.received_at)
        decided = clock.today(row.decided_at) if row.decided_at else None
        yield ConcernFact(
            concern_key=pseudonym("worry", row.pk),
            municipality=row.municipality,
            received_on=received,
            channel=row.channel,
            reporter=row.reporter_kind,
            state=ConcernState(row.state).value,
            talked_with_family=row.talked_on is not None,
            kind=triage.kind if triage else "",
            route=triage.route if triage else "",
            overruled=bool(triage and triage.because),
            other_team=bool(proposal and proposal.because),
            decided_on=decided,
            days_to_decide=(decided - received).days if decided else None,
        )


def advice() -> Iterator[AdviceFact]:
    """Yield every counted advice, oldest first."""
    for row in AdviceCount.objects.order_by("given_on", "pk").iterator(chunk_size=500):
        yield AdviceFact(
            advice_key=pseudonym("advice", row.pk),
            municipality=row.municipality,
            given_on=row.given_on,
            channel=row.channel,
            asker=row.asker,
        )


def referrals() -> Iterator[ReferralFact]:
    """Yield every referral on record, oldest first; not what was registered by mistake: it never was one."""
    real = Referral.objects.exclude(ended_because=ReferralEnd.MISTAKE)
    rows = real.select_related("dossier").order_by("received_on", "pk")
    for row in rows.iterator(chunk_size=500):
        referred, registered = row.referred_on, row.registered_on
        yield ReferralFact(
            referral_key=pseudonym("referral", row.pk),
            municipality=row.municipality,
            kind=row.kind,
            received_on=row.received_on,
            day_known=referred is not None,
            valid=row.valid,
            crisis=row.crisis,
            days_to_registration=(registered - referred).days if referred and registered else None,
            became_whole=row.dossier.kind == DossierKind.FULL,
        )
