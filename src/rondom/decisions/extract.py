"""What decisions give to the facts: what was asked and decided, when, in how many days; no words of anybody."""

import datetime as dt
from collections.abc import Collection, Iterator
from uuid import UUID

from rondom.core.keys import pseudonym
from rondom.decisions import rules
from rondom.decisions.enums import StepKind
from rondom.decisions.models import Application, Decision
from rondom.facts.decisions import ApplicationFact, DecisionFact


def applications(*, youths: Collection[UUID] | None = None) -> Iterator[ApplicationFact]:
    """Yield every application (for these youths), oldest first."""
    every = Application.objects.all() if youths is None else Application.objects.filter(dossier__youth__in=youths)
    rows = every.select_related("dossier").prefetch_related("steps", "decisions")
    for row in rows.order_by("received_on", "pk").iterator(chunk_size=500):
        kinds = {step.kind for step in row.steps.all()}
        known = rules.known_on(row)
        yield ApplicationFact(
            application_key=pseudonym("application", row.pk),
            youth_key=pseudonym("youth", row.dossier.youth_id),
            municipality=row.municipality,
            received_on=row.received_on,
            channel=row.channel,
            shape=row.shape,
            wants_budget=row.wants_budget,
            state=row.state,
            paused=bool(kinds & StepKind.pauses()),
            postponed=StepKind.POSTPONED in kinds,
            decided_on=known,
            days=(known - row.received_on).days if known else None,
            in_time=known <= row.decide_by if known and row.decide_by else None,
        )


def decisions(*, youths: Collection[UUID] | None = None) -> Iterator[DecisionFact]:
    """Yield every decision that was taken (for these youths), oldest first."""
    every = Decision.objects.all() if youths is None else Decision.objects.filter(dossier__youth__in=youths)
    rows = every.filter(decided_on__isnull=False).select_related("product", "dossier")
    for row in rows.order_by("decided_on", "pk").iterator(chunk_size=500):
        if row.decided_on:
            yield DecisionFact(
                decision_key=pseudonym("decision", row.pk),
                youth_key=pseudonym("youth", row.dossier.youth_id),
                municipality=row.municipality,
                kind=row.kind,
                form=row.form,
                product=row.product.code if row.product else "",
                decided_on=row.decided_on,
                published_on=row.published_on,
                starts=row.starts,
                last_on=row.ends - dt.timedelta(days=1) if row.ends else None,
                unwise=len(row.findings.split()),
            )
