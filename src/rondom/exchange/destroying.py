"""What becomes of messages when a dossier is destroyed: one that is about another dossier too stays for that one."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from rondom.documents import store
from rondom.exchange.models import Delivery, Message, MessageDossier, ProviderRequest
from rondom.exchange.post import name_of
from rondom.exchange.queries import folder_of
from rondom.privacy.destruction import ROOT, Doomed, follows, goes, keys_where, stays

MESSAGE = "exchange.Message"


def _messages(doomed: Doomed) -> Iterable[UUID]:
    of_others = MessageDossier.objects.exclude(dossier__in=doomed.of(ROOT)).values("message")
    parts = MessageDossier.objects.filter(dossier__in=doomed.of(ROOT)).exclude(message__in=of_others)
    yield from parts.values_list("message", flat=True)


def _parts(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(MessageDossier, "message__in", doomed.of(MESSAGE))
    yield from keys_where(MessageDossier, "dossier__in", doomed.of(ROOT))


def _loosen(doomed: Doomed) -> None:
    gone = doomed.of(MESSAGE)
    Message.objects.filter(answers__in=gone).exclude(pk__in=gone).update(answers=None, version=F("version") + 1)
    Delivery.objects.filter(taken_back_by__in=gone).exclude(message__in=gone).update(taken_back_by=None)
    orders = doomed.of("allocations.Allocation")
    Delivery.objects.filter(allocation__in=orders).exclude(message__in=gone).update(allocation=None)


def _loosen_requests(doomed: Doomed) -> None:
    """What stays names nothing that goes: the request of a brother, beside an order or decision that is destroyed."""
    kinds = (
        ("answer", MESSAGE), ("allocation", "allocations.Allocation"), ("decision", "decisions.Decision"),
        ("clock", "dossiers.Clock"),
    )  # fmt: skip
    for column, label in kinds:
        rows = ProviderRequest.objects.filter(**{f"{column}__in": doomed.of(label)})
        rows.exclude(pk__in=doomed.of("exchange.ProviderRequest")).update(**{column: None}, version=F("version") + 1)


def _contents(found: set[Any]) -> Callable[[], None]:
    rows = list(Message.objects.filter(pk__in=found))

    def remove() -> None:
        for row in rows:
            store.remove(row.blob)
            folder_of(row.municipality).forget(name_of(row))

    return remove


goes(MESSAGE, rows=_messages, loosen=_loosen, beside=_contents)
goes("exchange.MessageDossier", rows=_parts)
follows("exchange.Assignment", "allocation")
follows("exchange.AssignmentVersion", "assignment", "message")
follows("exchange.Delivery", "message")
follows("exchange.Rejection", "message")
goes(
    "exchange.ProviderRequest", loosen=_loosen_requests,
    rows=lambda doomed: [
        *keys_where(ProviderRequest, "dossier__in", doomed.of(ROOT)),
        *keys_where(ProviderRequest, "message__in", doomed.of(MESSAGE)),
    ],
)  # fmt: skip
stays("exchange.AssignmentNumbers", "a number that was given is never given again; it names nobody")
