"""A provider that asks: requests for an order and for a change, over the watched folder, and its answers to ours."""

import datetime as dt
from itertools import count
from typing import Any

from rondom.core import clock
from rondom.exchange.models import Delivery, Message, MessageDossier, ProviderRequest
from rondom.messages.checking import check
from rondom.messages.ijw32 import types as t
from rondom.messages.transport import OUT
from rondom.messages.writing import written
from tests.exchange.ends import AGB, US, Ends
from tests.messages import samples

_numbers = count(1)
FEW_HOURS = t.CDT_Omvang(Volume=2, Eenheid="04", Frequentie="2")


def forget_messages() -> None:
    """Let nothing have been exchanged yet: the cast has messages of its own."""
    ProviderRequest.objects.all().delete()
    Delivery.objects.all().delete()
    MessageDossier.objects.all().delete()
    Message.objects.update(answers=None)
    Message.objects.all().delete()


def days(ends: Ends, count_: int) -> dt.date:
    """Return the day that lies some days from now."""
    return clock.today(ends.at) + dt.timedelta(days=count_)


def wants(ends: Ends, reference: str = "V-1", code: str = "45A04", **but: Any) -> Any:
    """Return an AangevraagdProduct: two hours a week of a product from next week, after a doctor's referral."""
    return samples.asked(
        reference, **{
            "Product": t.CDT_Product(Categorie=code[:2], Code=code), "ToewijzingIngangsdatum": days(ends, 7),
            "ToewijzingEinddatum": days(ends, 187), "Omvang": FEW_HOURS,
        } | but,
    )  # fmt: skip


def send(ends: Ends, name: str, content: Any, agb: str = AGB) -> Message:
    """Let the provider send a message and our job take it in; return it as we keep it."""
    header = content.Header.but(Afzender=agb, Ontvanger=US)
    ends.drop(written(samples.message(name), content.but(Header=header)), f"{name}-{next(_numbers)}.xml")
    before = set(Message.objects.values_list("pk", flat=True))
    ends.work()
    return Message.objects.exclude(pk__in=before).get(direction="in", name=name)


def asks(ends: Ends, person: Any, *products: Any, agb: str = AGB, **but: Any) -> list[ProviderRequest]:
    """Let a provider ask an order for somebody; return the requests, in their order."""
    content = samples.jw315_good(*products, identification=f"A{next(_numbers)}", dated=clock.today(ends.at))
    client = {
        "Bsn": str(person.bsn), "Geboortedatum": t.CDT_Geboortedatum(Datum=person.born_on),
        "Naam": t.CDT_VerkorteNaam(
            Geslachtsnaam=t.CDT_Achternaam(Achternaam=person.family_name, Voorvoegsel=person.name_prefix or None),
            Voornamen=person.first_names or person.called,
        ),
    }  # fmt: skip
    row = send(ends, "JW315", content.but(Client=content.Client.but(**client | but)), agb)
    return list(row.requests.order_by("place"))


def asks_change(
    ends: Ends, person: Any, *, stay: Any = (), change: Any = (), fresh: Any = (), reference: str = "W-1"
) -> Any:
    """Let a provider ask a change; return the request, None when it was rejected."""
    content = samples.jw317_good(
        stay=stay, change=change, fresh=fresh, reference=reference, identification=f"W{next(_numbers)}",
        dated=clock.today(ends.at),
    )  # fmt: skip
    row = send(ends, "JW317", content.but(Client=content.Client.but(Bsn=str(person.bsn))))
    return row.requests.first()


def went_out(ends: Ends, name: str) -> list[Any]:
    """Return the messages of a kind that lie in our out folder, as declared, in the order in which they were made."""
    ends.work()
    files = sorted((ends.ours.root / OUT).glob(f"{name}-*.xml"))
    return [check(path.read_bytes()).reading.content for path in files]  # type: ignore[union-attr]
