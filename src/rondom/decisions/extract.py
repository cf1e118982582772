"""What decisions give to the facts: what was asked and decided, when, in how many days; no words of anybody."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rondom.decisions.enums import StepKind
from rondom.decisions.models import Application, Decision


@dataclass(frozen=True)
class ApplicationFact:
    """One application. `days` from the day it came in to the day its decision was made known; None: not yet.

    `in_time`: made known on or before the last day; None while it is not known or no time ran.
    """

    municipality: str
    dossier: str
    received_on: dt.date
    channel: str
    shape: str
    wants_budget: bool
    state: str
    paused: bool
    postponed: bool
    decided_on: dt.date | None
    days: int | None
    in_time: bool | None


@dataclass(frozen=True)
class DecisionFact:
    """One decision that was taken; the period is half-open. `unwise` is how many findings it was signed in spite of."""

    municipality: str
    dossier: str
    kind: str
    form: str
    product: str
    decided_on: dt.date
    published_on: dt.date | None
    starts: dt.date | None
    ends: dt.date | None
    unwise: int


def applications() -> Iterator[ApplicationFact]:
    """Yield every application, oldest first. `dossier` is a key that the snapshot replaces by its pseudonym."""
    rows = Application.objects.prefetch_related("steps", "decisions").order_by("received_on", "pk")
    for row in rows.iterator(chunk_size=500):
        kinds = {step.kind for step in row.steps.all()}
        known = min((d.published_on for d in row.decisions.all() if d.published_on), default=None)
        yield ApplicationFact(
            row.municipality, str(row.dossier_id), row.received_on, row.channel, row.shape, row.wants_budget, row.state,
            bool(kinds & StepKind.pauses()), StepKind.POSTPONED in kinds, known,
            (known - row.received_on).days if known else None,
            known <= row.decide_by if known and row.decide_by else None,
        )  # fmt: skip


def decisions() -> Iterator[DecisionFact]:
    """Yield every decision that was taken, oldest first."""
    rows = Decision.objects.filter(decided_on__isnull=False).select_related("product").order_by("decided_on", "pk")
    for row in rows.iterator(chunk_size=500):
        if row.decided_on:
            yield DecisionFact(
                row.municipality, str(row.dossier_id), row.kind, row.form, row.product.code if row.product else "",
                row.decided_on, row.published_on, row.starts, row.ends, len(row.findings.split()),
            )  # fmt: skip
