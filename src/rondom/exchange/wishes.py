"""What a provider asks in a JW315 or JW317, in our own words: plain values, read from the message as it was kept.

iJw counts up to and including a last day; here `ends` is the first day that no longer counts.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from rondom.allocations.enums import Frequency
from rondom.messages.reading import Reading

DAY = dt.timedelta(days=1)
FREQUENCIES = {"1": Frequency.DAY, "2": Frequency.WEEK, "4": Frequency.MONTH, "6": Frequency.TOTAL}
"""WMO757."""
MINUTES, HOURS, AN_HOUR = "01", "04", 60
BY_US, BY_GP, BY_YOUTH_DOCTOR, BY_GI, BY_SPECIALIST, BY_NOBODY, BY_COURT = "01", "02", "03", "04", "05", "06", "08"
"""COD327: who referred."""


@dataclass(frozen=True)
class Referred:
    """Who referred: code of COD327, the AGB code or the name when the message says it, the number of our decision."""

    kind: str
    code: str = ""
    name: str = ""
    decision: int | None = None


@dataclass(frozen=True)
class Wish:
    """One thing that is asked. `number` is the assignment it is about: empty for something new.

    `stays`: it has to go on as it is. Without `code` it is asked by category only, without both it may be anything.
    """

    starts: dt.date | None = None
    ends: dt.date | None = None
    category: str = ""
    code: str = ""
    volume: int | None = None
    unit: str = ""
    frequency: Frequency | str = ""
    budget: int | None = None
    number: int | None = None
    stays: bool = False

    @property
    def last_day(self) -> dt.date | None:
        """The last day that is asked."""
        return self.ends - DAY if self.ends else None

    def counted_in(self, unit: str) -> int | None:
        """Return the volume in the unit of a contract: the same, or hours as minutes; None when it cannot be said."""
        if self.volume is None or self.unit == unit:
            return self.volume
        return self.volume * AN_HOUR if (self.unit, unit) == (HOURS, MINUTES) else None


@dataclass(frozen=True)
class Named:
    """The client as the message names them; a JW317 tells the BSN only."""

    bsn: str
    born_on: dt.date | None = None
    sex: str = "0"
    first_names: str = ""
    prefix: str = ""
    family_name: str = ""


def named_in(read: Reading) -> Named:
    """Return the client of a message. A birth date of which a part is not known is left out (IV009)."""
    client = read.content.Client
    if read.message.name == "JW317":
        return Named(client.Bsn)
    family, born = client.Naam.Geslachtsnaam, client.Geboortedatum
    return Named(
        client.Bsn, None if born.DatumGebruik else day_of(born.Datum), client.Geslacht, client.Naam.Voornamen or "",
        family.Voorvoegsel or "", family.Achternaam,
    )  # fmt: skip


def day_of(found: Any) -> dt.date | None:
    """Return a date of a message as a date of the calendar; None for none."""
    return dt.date(found.year, found.month, found.day) if found is not None else None


def references_in(read: Reading) -> list[tuple[int, str]]:
    """Return (place, ReferentieAanbieder) of every request in a message; a JW317 is one whole, at place 0."""
    client = read.content.Client
    if read.message.name == "JW317":
        return [(0, client.Verzoek.ReferentieAanbieder)]
    asked = client.AangevraagdeProducten.AangevraagdProduct
    return [(place, one.ReferentieAanbieder) for place, one in enumerate(asked, 1)]


def wishes_in(read: Reading, place: int) -> list[Wish]:
    """Return what is asked at a place: one product of a JW315, or all of a JW317 in its order."""
    client = read.content.Client
    if place:
        one = client.AangevraagdeProducten.AangevraagdProduct[place - 1]
        return [_wish(one, one.ToewijzingIngangsdatum, one.ToewijzingEinddatum, product=one.Product)]
    asked = client.Verzoek
    stays = asked.OngewijzigdeProducten.OngewijzigdProduct if asked.OngewijzigdeProducten else ()
    changed = asked.TeWijzigenProducten.TeWijzigenProduct if asked.TeWijzigenProducten else ()
    new = asked.NieuweProducten.NieuwProduct if asked.NieuweProducten else ()
    return [
        *(Wish(number=one.ToewijzingNummer, stays=True) for one in stays),
        *(_wish(one, one.GewensteIngangsdatum, one.Einddatum, number=one.ToewijzingNummer) for one in changed),
        *(_wish(one, one.GewensteIngangsdatum, one.Einddatum, product=one.Product) for one in new),
    ]


def _wish(one: Any, starts: Any, last: Any, *, product: Any = None, number: int | None = None) -> Wish:
    extent, last_day = one.Omvang, day_of(last)
    return Wish(
        starts=day_of(starts), ends=last_day + DAY if last_day else None,
        category=product.Categorie if product else "", code=(product.Code or "") if product else "",
        volume=extent.Volume if extent else None, unit=extent.Eenheid if extent else "",
        frequency=FREQUENCIES[extent.Frequentie] if extent else "", budget=one.Budget, number=number,
    )  # fmt: skip


def referred_in(read: Reading, place: int) -> Referred | None:
    """Return who referred to what is asked at a place; a JW317 needs no new referral and names none."""
    if not place:
        return None
    one = read.content.Client.AangevraagdeProducten.AangevraagdProduct[place - 1]
    by = one.Verwijzer
    return Referred(by.Type, by.ZorgverlenerCode or "", by.Naam or "", one.BeschikkingNummer)
