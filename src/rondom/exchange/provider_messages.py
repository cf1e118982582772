"""What a provider sends from its pages, as the standard declares it: start, stop, request for an order or a change.

Everything known is copied from the JW301 that reached the provider: nobody types a number, name or product again, and
nothing of the family is read elsewhere. Reference: 6.2 to 6.5, 12.3 to 12.6; rules IV008, IV052, IV075, IV092, TR382.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rondom.exchange.enums import Delivered
from rondom.exchange.models import Delivery
from rondom.exchange.provider_queries import Order
from rondom.messages.current import XSD_VERSION, CDT_BerichtIdentificatie, CDT_XsdVersie, jw305, jw307, jw315, jw317
from rondom.messages.current import types as t
from rondom.messages.declaring import Message
from rondom.messages.knowing import Assignment

NEW, DELETED = "1", "3"  # COD467
TOTAL = "6"  # WMO757: in total during the period
REFERRERS_WITH_CODE = ("02", "03", "04", "05")  # COD327: named by code or name (CD066 to CD068)


@dataclass(frozen=True)
class Head:
    """Who sends to whom, with an identification that was not used before, on a day."""

    sender: str
    receiver: str
    identification: str
    dated: dt.date


def _header(module: Any, head: Head) -> Any:
    header: Any = module.Bericht.elements[0].type
    return header(
        BerichtCode=module.MESSAGE.code, BerichtVersie=3, BerichtSubversie=2, Afzender=head.sender,
        Ontvanger=head.receiver,
        BerichtIdentificatie=CDT_BerichtIdentificatie(Identificatie=head.identification, Dagtekening=head.dated),
        XsdVersie=CDT_XsdVersie(BasisschemaXsdVersie=XSD_VERSION, BerichtXsdVersie=XSD_VERSION),
    )  # fmt: skip


def _short(name: Any) -> Any:
    """Return a whole name (JW301) as the short one of the messages of a provider."""
    return t.CDT_VerkorteNaam(
        Geslachtsnaam=name.Geslachtsnaam, Voornamen=name.Voornamen, Voorletters=name.Voorletters
    )  # fmt: skip


def _named(order: Order) -> dict[str, Any]:
    client = order.client.content
    return {
        "Bsn": client.Bsn, "Geboortedatum": client.Geboortedatum, "Geslacht": client.Geslacht,
        "Naam": _short(client.Naam),
    }  # fmt: skip


# --- start and stop


def _told(order: Order) -> dict[str, Any]:
    """Return what a new report copies of the assignment (IV075)."""
    return {
        "ToewijzingNummer": order.number, "Product": order.product.Product,
        "ToewijzingIngangsdatum": order.product.Ingangsdatum, "StatusAanlevering": NEW,
    }  # fmt: skip


def _same(row: Delivery) -> dict[str, Any]:
    """Return a report that was sent, to delete it: the same key (IV008)."""
    found = {
        "ToewijzingNummer": row.number,
        "Product": t.CDT_Product(Categorie=row.category, Code=row.code or None) if row.category else None,
        "ToewijzingIngangsdatum": row.assigned_from, "Begindatum": row.began_on, "StatusAanlevering": DELETED,
    }  # fmt: skip
    if row.kind == Delivered.STOP:
        found |= {"Einddatum": row.ended_on, "RedenBeeindiging": row.reason}
    return found


def start(
    head: Head, order: Order, began_on: dt.date | None, *, deletes: Delivery | None = None
) -> tuple[Message, Any]:
    """Return a JW305: help began on a day, and (or only) an earlier report is deleted, first (reference 12.6)."""
    reports = [jw305.StartProduct(**_same(deletes))] if deletes else []
    if began_on is not None:
        reports.append(jw305.StartProduct(**_told(order), Begindatum=began_on))
    client = jw305.Client(**_named(order), StartProducten=jw305.StartProducten(StartProduct=tuple(reports)))
    return jw305.MESSAGE, jw305.Bericht(Header=_header(jw305, head), Client=client)


def stop(
    head: Head, order: Order, began_on: dt.date | None, last_day: dt.date | None, reason: str, *,
    deletes: Delivery | None = None,
) -> tuple[Message, Any]:  # fmt: skip
    """Return a JW307: help that began on a day stopped after a last day, and (or only) an earlier report is deleted."""
    reports = [jw307.StopProduct(**_same(deletes))] if deletes else []
    if last_day is not None:
        reports.append(
            jw307.StopProduct(**_told(order), Begindatum=began_on, Einddatum=last_day, RedenBeeindiging=reason)
        )
    client = jw307.Client(**_named(order), StopProducten=jw307.StopProducten(StopProduct=tuple(reports)))
    return jw307.MESSAGE, jw307.Bericht(Header=_header(jw307, head), Client=client)


# --- asking


@dataclass(frozen=True)
class Person:
    """For whom an order is asked, as the provider writes it; `sex` of COD046."""

    bsn: str
    born_on: dt.date
    sex: str
    first_names: str
    prefix: str
    family_name: str


@dataclass(frozen=True)
class Extent:
    """Which help, from when to when, how much. `last_day` belongs to the period; unit and frequency of the standard."""

    category: str
    code: str
    first_day: dt.date
    last_day: dt.date | None
    volume: int
    unit: str
    frequency: str

    @property
    def amount(self) -> Any:
        """The class Omvang."""
        return t.CDT_Omvang(Volume=self.volume, Eenheid=self.unit, Frequentie=self.frequency)


@dataclass(frozen=True)
class Referrer:
    """Who referred (COD327): an AGB code, or else a name; `decision` and its first day when we decided (IV052)."""

    kind: str
    code: str = ""
    name: str = ""
    decision: int | None = None
    decided_from: dt.date | None = None


def new_order(
    head: Head, who: Order | Person, extent: Extent, referrer: Referrer, *, reference: str
) -> tuple[Message, Any]:
    """Return a JW315 for one product, for somebody of whom there is an order already or for somebody new."""
    by = t.CDT_Verwijzer(Type=referrer.kind, Naam=referrer.name or None, ZorgverlenerCode=referrer.code or None)
    product = jw315.AangevraagdProduct(
        ReferentieAanbieder=reference, BeschikkingNummer=referrer.decision,
        Product=t.CDT_Product(Categorie=extent.category, Code=extent.code),
        BeschikkingIngangsdatum=referrer.decided_from, ToewijzingIngangsdatum=extent.first_day,
        ToewijzingEinddatum=extent.last_day, Omvang=extent.amount, Verwijzer=by,
    )  # fmt: skip
    named = _named(who) if isinstance(who, Order) else _written(who)
    client = jw315.Client(
        **named, AangevraagdeProducten=jw315.AangevraagdeProducten(AangevraagdProduct=(product,))
    )  # fmt: skip
    return jw315.MESSAGE, jw315.Bericht(Header=_header(jw315, head), Client=client)


def _written(who: Person) -> dict[str, Any]:
    surname = t.CDT_Achternaam(Achternaam=who.family_name, Voorvoegsel=who.prefix or None)
    return {
        "Bsn": who.bsn, "Geboortedatum": t.CDT_Geboortedatum(Datum=who.born_on), "Geslacht": who.sex,
        "Naam": t.CDT_VerkorteNaam(Geslachtsnaam=surname, Voornamen=who.first_names or None),
    }  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """How one order has to change: until a last day, with a volume or a budget (cents), from a day.

    `from_day` is the first day of the order when the change is about the whole of it.
    """

    from_day: dt.date
    last_day: dt.date | None
    volume: int | None = None
    budget: int | None = None


def change(
    head: Head, order: Order, wish: Wish, beside: Sequence[Assignment], *, reason: str, reference: str
) -> tuple[Message, Any]:
    """Return a JW317: this order changes, and everything else that is assigned to this client stays (IV092, TR349)."""
    now = order.product.Omvang
    extent = now.but(Volume=wish.volume) if now is not None and wish.volume is not None else now
    changing = jw317.TeWijzigenProduct(
        ToewijzingNummer=order.number, GewensteIngangsdatum=wish.from_day, Einddatum=wish.last_day, Omvang=extent,
        Budget=wish.budget if order.product.Budget is not None else None,
    )  # fmt: skip
    stay = tuple(
        jw317.OngewijzigdProduct(ToewijzingNummer=one.content.ToewijzingNummer)
        for one in beside
        if one.content.ToewijzingNummer != order.number
    )
    asked = jw317.Verzoek(
        ReferentieAanbieder=reference, RedenVerzoek=reason,
        OngewijzigdeProducten=jw317.OngewijzigdeProducten(OngewijzigdProduct=stay) if stay else None,
        TeWijzigenProducten=jw317.TeWijzigenProducten(TeWijzigenProduct=(changing,)),
    )  # fmt: skip
    client = jw317.Client(Bsn=order.client.bsn, Verzoek=asked)
    return jw317.MESSAGE, jw317.Bericht(Header=_header(jw317, head), Client=client)
