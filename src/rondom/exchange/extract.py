"""What messages give to the facts: the requests of providers and how long they wait. Nothing of what a message says."""

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from rondom.core import clock
from rondom.core.keys import pseudonym
from rondom.exchange.models import ProviderRequest
from rondom.exchange.requests import ANSWER_DAYS
from rondom.facts.requests import RequestFact
from rondom.law.calendar import add_working_days
from rondom.people.whereabouts import secret_among

AT_ONCE = 500


def requests(*, at: dt.datetime, youths: Collection[UUID] | None = None) -> Iterator[RequestFact]:
    """Yield every request (for these youths), oldest first, as it stands at a moment."""
    today = clock.today(at)
    every = ProviderRequest.objects.all()
    rows = every if youths is None else every.filter(dossier__youth__in=youths)
    ordered = rows.select_related("dossier").order_by("received_on", "pk").iterator(chunk_size=AT_ONCE)
    for some in batched(ordered, AT_ONCE):
        secret = secret_among({row.dossier.youth_id for row in some})
        for row in some:
            yield _request(row, today, hidden=row.dossier.youth_id in secret)


def _request(row: ProviderRequest, today: dt.date, *, hidden: bool) -> RequestFact:
    ended = clock.today(row.answered_at) if row.answered_at and not row.open else None
    until = ended or max(today, row.received_on)
    late = until > row.due_on
    return RequestFact(
        request_key=pseudonym("request", row.pk),
        youth_key=pseudonym("youth", row.dossier.youth_id),
        municipality=row.municipality,
        provider="" if hidden else row.provider_code,
        kind=row.kind,
        received_on=row.received_on,
        looked_into=row.due_on != add_working_days(row.received_on, ANSWER_DAYS),
        state=row.state,
        reason=row.reason,
        days=(until - row.received_on).days,
        ended=ended is not None,
        in_time=not late if ended or late else None,
    )
