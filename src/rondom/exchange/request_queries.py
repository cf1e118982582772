"""Requests within sight: those of the messages one may see, so never those of a shielded dossier in a list."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.dossiers.opening import ground_of
from rondom.exchange.enums import RequestState
from rondom.exchange.models import ProviderRequest
from rondom.exchange.queries import messages_for
from rondom.exchange.requests import subjects_of
from rondom.people.models import Authority
from rondom.people.whereabouts import has_right, secret_among
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.models import Contract, Product
from rondom.providers.queries import running_contracts


def requests_for(by: Principal, *, at: dt.datetime) -> QuerySet[ProviderRequest]:
    """Return the requests one may see, what has to be answered first on top."""
    seen: Any = messages_for(by, at=at).order_by().values("pk")
    rows = ProviderRequest.objects.filter(message__in=seen, municipality=by.municipality)
    return rows.select_related(
        "dossier__youth", "provider", "message", "answered_by", "allocation__product", "answer", "decision"
    ).order_by("due_on", "pk")


def in_state(rows: QuerySet[ProviderRequest], state: RequestState) -> QuerySet[ProviderRequest]:
    """Narrow to a state."""
    return rows.filter(state=state)


def to_decide(rows: QuerySet[ProviderRequest]) -> QuerySet[ProviderRequest]:
    """Narrow to those about which a decision has to be made and no team does."""
    return rows.filter(decide=True)


def open_request(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> ProviderRequest:
    """Return a request within sight and record the look. Raises NotFound; a refusal is recorded."""
    row = requests_for(by, at=at).filter(pk=pk).first()
    if row is None:
        hidden = ProviderRequest.objects.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of([hidden]), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=Sight.PRODUCT)
    look(by, page, row, subjects=subjects_of([row]), ground=ground, at=at)
    return row


def closed_among(rows: Iterable[ProviderRequest], by: Principal, *, at: dt.datetime) -> set[UUID]:
    """Return which requests are about a secret address that is kept from somebody, for a whole list at once."""
    listed = list(rows)
    youths = {row.dossier.youth_id for row in listed}
    around: dict[UUID, set[UUID]] = {youth: {youth} for youth in youths}
    for child, holder in Authority.objects.filter(child__in=youths, holder__isnull=False).values_list(
        "child", "holder"
    ):
        around[child].add(holder)
    refused = {one for one in secret_among(set().union(*around.values())) if not has_right(by, one, at=at)}
    return {row.pk for row in listed if around[row.dossier.youth_id] & refused}


def products_to_choose(row: ProviderRequest, day: dt.date) -> list[Product]:
    """Return the products of the contracts that the provider of a request has on a day."""
    if row.provider_id is None:
        return []
    contracts: list[Contract] = running_contracts([row.provider_id], day).get(row.provider_id, [])
    rows = Product.objects.filter(lot__contract__in=contracts).select_related("lot__contract__provider")
    return list(rows.order_by("code", "pk"))
