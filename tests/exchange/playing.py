"""The provider as it talks back about an order it got: return messages, starts and stops, over the watched folder."""

import datetime as dt
from itertools import count
from typing import Any

from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.exchange.models import Assignment, Message
from rondom.exchange.queries import content_of
from rondom.messages.checking import check
from rondom.messages.ijw32 import jw305, jw307
from rondom.messages.ijw32 import types as t
from rondom.messages.writing import written
from tests.exchange.ends import AGB, US, Ends
from tests.messages import samples

_numbers = count(1)


def said(message: Message) -> Any:
    """Return a message of ours as declared."""
    return check(content_of(message)).reading.content  # type: ignore[union-attr]


def products(message: Message) -> list[Any]:
    """Return the assignments in a JW301."""
    return list(said(message).Client.ToegewezenProducten.ToegewezenProduct)


def number_of(row: Allocation) -> int:
    """Return the number of an order."""
    return Assignment.objects.get(allocation=row).number


def newest(row: Allocation) -> Message:
    """Return the last JW301 that tells of an order."""
    return Message.objects.filter(versions__assignment__allocation=row).latest("at", "pk")


def exchanged(ends: Ends) -> list[str]:
    """Let our post go, the provider answer, and the answers come back; return what went."""
    ends.work()
    went = ends.carry()
    ends.provider()
    went += ends.carry()
    ends.work()
    return went


def _of(row: Allocation, *, numbered: bool, code: bool) -> dict[str, Any]:
    product: Any = row.product
    told = bool(product.category) and t.CDT_Product(
        Categorie=product.category, Code=product.code or None if code else None
    )
    return {
        "ToewijzingNummer": number_of(row) if numbered else None,
        "ToewijzingIngangsdatum": row.starts if numbered else None,
        "Product": told or None,
    }


def start(row: Allocation, day: dt.date, *, deletes: bool = False, numbered: bool = True) -> Any:
    """Return a StartProduct of an order."""
    return jw305.StartProduct(
        **_of(row, numbered=numbered, code=True), Begindatum=day, StatusAanlevering="3" if deletes else "1"
    )


def stop(
    row: Allocation, began: dt.date, last: dt.date, reason: str = "31", *, deletes: bool = False, numbered: bool = True
) -> Any:
    """Return a StopProduct of an order."""
    return jw307.StopProduct(
        **_of(row, numbered=numbered, code=True), Begindatum=began, RedenBeeindiging=reason, Einddatum=last,
        StatusAanlevering="3" if deletes else "1",
    )  # fmt: skip


def tells(ends: Ends, row: Allocation, *reports: Any, agb: str = AGB, at: dt.datetime | None = None) -> Message:
    """Let the provider send one JW305 or JW307 with these reports, and our job take it in; return it as we keep it."""
    starts = isinstance(reports[0], jw305.StartProduct)
    make = samples.jw305_good if starts else samples.jw307_good
    content = make(*reports, identification=f"P{next(_numbers)}", dated=clock.today(at or ends.at))
    header = content.Header.but(Afzender=agb, Ontvanger=US)
    content = content.but(Header=header, Client=content.Client.but(Bsn=str(row.dossier.youth.bsn)))
    before = set(Message.objects.values_list("pk", flat=True))
    ends.drop(written(samples.message("JW305" if starts else "JW307"), content), f"p{next(_numbers)}.xml")
    ends.work()
    return Message.objects.exclude(pk__in=before).get(direction="in")
