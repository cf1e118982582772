"""From our rows to the classes of iJw 3.2, at the border only: what a JW301 says of a youth and of an order.

Only what the standard asks is sent (AVG 5 lid 1 c): no remark, no e-mail address, no legal status; an address never
when it is secret, a phone number only when it is marked as safe. What cannot be said raises `CannotSay`.
Reference: 6.1 (JW301), 13 (delivery forms), 14 (volumes); rules OP002, OP071, TR006, TR061, CD007, CS338, IV007.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rondom.allocations.enums import AllocationState, ChangeReason, Frequency, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.periods import on
from rondom.exchange.enums import Hindrance
from rondom.messages.current import jw301
from rondom.messages.current import types as t
from rondom.people.enums import AddressKind, AuthorityKind, ContactKind, ContactSafety
from rondom.people.models import Authority, ContactPoint, Person
from rondom.people.normalising import phone_digits, postcode_in
from rondom.people.whereabouts import is_secret, lines_to_send

ADULT = 18
DUTCH = "0031"
OWN_NAME = "1"
PARENT, GUARDIAN = "10", "11"  # COD472
GUARDIANSHIP = "06"  # WJ003
LANGUAGE, SIGNS = "1", "2"  # COD747
REGISTERED, CORRESPONDENCE, STAY = "01", "02", "03"  # COD757
KINDS = {AddressKind.REGISTERED: REGISTERED, AddressKind.STAY: STAY, AddressKind.POST: CORRESPONDENCE}
HOUSE = r"\s+(?P<number>[0-9]{1,5})\s*(?P<letter>[A-Za-z])?(?:[\s-]+(?P<more>\S{1,4}))?"
STREETS = (re.compile(r"(?P<street>.*\b1[89][0-9]{2})" + HOUSE), re.compile(r"(?P<street>\S.*?)" + HOUSE))
"""A street that ends with a year (Plein 1944), and any other."""
LONGEST_STREET, LONGEST_PREFIX, LONGEST_LANGUAGE, LONGEST_ID = 24, 10, 25, 20

FREQUENCIES = {Frequency.DAY: "1", Frequency.WEEK: "2", Frequency.MONTH: "4", Frequency.TOTAL: "6"}  # WMO757
NOT_PER_DAY = ("14", "16", "83", "84")  # CS338
DELETED = "13"  # JZ002: sent wrongly, counts as not sent

WHY_CHANGED = {
    ChangeReason.DIED: "02", ChangeReason.CONTRACT: "03", ChangeReason.LONGER: "04", ChangeReason.SHORTER: "05",
    ChangeReason.OTHER_DOMAIN: "06", ChangeReason.MOVED: "07", ChangeReason.PERSONAL_BUDGET: "08",
    ChangeReason.OTHER_PROVIDER: "09", ChangeReason.FUNDING: "10", ChangeReason.BOUNDARY: "11",
    ChangeReason.PROVIDER_ASKED: "12", ChangeReason.SENT_WRONGLY: DELETED, ChangeReason.CORRECTION: "14",
}  # fmt: skip
"""RedenWijziging (JZ002) of a change; deleted is only what is withdrawn (CS335)."""
OWN_MISTAKE = WHY_CHANGED[ChangeReason.CORRECTION]

WHY_WE_STOPPED = {
    StopReason.DIED: "02", StopReason.MUNICIPALITY: "05", StopReason.OTHER_DOMAIN: "06",
    StopReason.OTHER_PROVIDER: "09",
}  # fmt: skip
"""RedenWijziging of an assignment that ends because we stopped the help; other stops are the provider's to report."""

WHY_THEY_STOPPED = {
    "02": StopReason.DIED, "20": StopReason.FOR_A_WHILE, "31": StopReason.AS_PLANNED, "32": StopReason.BY_FAMILY,
    "33": StopReason.BY_PROVIDER, "34": StopReason.TOGETHER, "35": StopReason.CIRCUMSTANCES,
    "36": StopReason.MUNICIPALITY, "37": StopReason.CHANGED, "38": StopReason.OTHER_PROVIDER,
    "39": StopReason.OTHER_DOMAIN,
}  # fmt: skip
"""Why help stopped by RedenBeeindiging (JZ588)."""


class CannotSay(Exception):
    """Something the standard asks is not known here; `hindrance` says what and who puts it right, `rules` which."""

    def __init__(self, hindrance: Hindrance, rules: tuple[str, ...] = ()) -> None:
        super().__init__(hindrance)
        self.hindrance, self.rules = hindrance, rules


@dataclass(frozen=True)
class Said:
    """What a JW301 says of one assignment, in the codes of the standard. `last_day` belongs to the period.

    Without `code` it is aspecific, without `category` too generic; `budget` is in cents (reference 13.2).
    """

    number: int
    decided_at: dt.datetime
    category: str
    code: str
    first_day: dt.date
    last_day: dt.date | None
    reason: str = ""
    reference: str = ""
    volume: int | None = None
    unit: str = ""
    frequency: str = ""
    budget: int | None = None

    @property
    def deleted(self) -> bool:
        """Tell whether this version takes the assignment back as never sent."""
        return self.reason == DELETED

    def current(self, day: dt.date) -> bool:
        """Tell whether it holds on a day or later (iJw OP087)."""
        return not self.deleted and (self.last_day is None or self.last_day >= day)


def said_of(
    row: Allocation, number: int, decided_at: dt.datetime, *, cut_to: dt.date | None, reason: str, reference: str
) -> Said:
    """Return how an order reads as an assignment now. Raises CannotSay for what no message can hold."""
    product = row.product
    if product is None:
        raise ValueError("a free offer is no assignment")
    volume = {}
    if row.volume is not None:
        if row.frequency == Frequency.DAY and row.unit in NOT_PER_DAY:
            raise CannotSay(Hindrance.FREQUENCY)
        volume = {"volume": row.volume, "unit": row.unit, "frequency": FREQUENCIES[Frequency(row.frequency)]}
    return Said(
        number, decided_at, product.category, product.code, row.starts, cut_to or row.last_day, reason, reference,
        budget=row.budget, **volume,  # type: ignore[arg-type]
    )  # fmt: skip


def product_of(said: Said) -> Any:
    """Return the class ToegewezenProduct of a version."""
    moment = said.decided_at.astimezone(clock.AMSTERDAM)
    product = bool(said.category) and t.CDT_Product(Categorie=said.category, Code=said.code or None)
    amount = said.volume is not None and t.CDT_Omvang(Volume=said.volume, Eenheid=said.unit, Frequentie=said.frequency)
    return jw301.ToegewezenProduct(
        ToewijzingNummer=said.number, ReferentieAanbieder=said.reference or None,
        Product=product or None, Toewijzingsdatum=moment.date(),
        Toewijzingstijd=f"{moment:%H:%M:%S}", Ingangsdatum=said.first_day, Einddatum=said.last_day,
        RedenWijziging=said.reason or None, Omvang=amount or None, Budget=said.budget,
    )  # fmt: skip


# --- the youth


def client_of(youth: Person, said: list[Said], *, at: dt.datetime) -> Any:
    """Return the class Client of a youth with these assignments. Raises CannotSay."""
    if not youth.bsn:
        raise CannotSay(Hindrance.NO_BSN)
    if youth.born_on is None:
        raise CannotSay(Hindrance.NO_BIRTH)
    contacts = contacts_of(youth, at=at)
    if not contacts:
        raise CannotSay(Hindrance.SECRET if is_secret(youth.pk) else Hindrance.NO_CONTACT)
    held = _authority(youth, at)
    relations = _relations(held, youth, at)
    guardian = any(row.kind in (AuthorityKind.GUARDIAN, AuthorityKind.GUARDIAN_GI) for row in held)
    return jw301.Client(
        Bsn=str(youth.bsn), Geboortedatum=t.CDT_Geboortedatum(Datum=youth.born_on), Geslacht=_sex(youth),
        Naam=_name(youth), Communicatie=_communication(youth),
        WettelijkeVertegenwoordiging=GUARDIANSHIP if guardian else None,
        Relaties=jw301.Relaties(Relatie=relations) if relations else None,
        Contactgegevens=jw301.Contactgegevens(Contact=contacts),
        ToegewezenProducten=jw301.ToegewezenProducten(ToegewezenProduct=tuple(map(product_of, said))),
    )  # fmt: skip


def _sex(person: Person) -> str:
    return person.sex if person.sex in ("1", "2") else "0"


def _name(person: Person) -> Any:
    if not person.family_name.strip():
        raise CannotSay(Hindrance.NO_NAME)
    surname = t.CDT_Achternaam(
        Achternaam=person.family_name.strip(), Voorvoegsel=person.name_prefix.strip()[:LONGEST_PREFIX] or None
    )
    return t.CDT_VolledigeNaam(
        Geslachtsnaam=surname, Voornamen=(person.first_names or person.called).strip() or None, NaamGebruik=OWN_NAME
    )


def _communication(person: Person) -> Any:
    language = person.interpreter.strip()
    if not language:
        return None
    if "gebaren" in language.lower():
        return t.CDT_Communicatie(Vorm=SIGNS)
    return t.CDT_Communicatie(Vorm=LANGUAGE, Taal=language[:LONGEST_LANGUAGE])


def contacts_of(person: Person, *, at: dt.datetime) -> tuple[Any, ...]:
    """Return the contact of a person: the first address that can be sent, with a safe phone number; () for neither."""
    phone = _phone(person, at)
    for kind, lines in lines_to_send(person, kinds=KINDS, day=clock.today(at)):
        if address := address_of(lines):
            return (jw301.Contact(Soort=KINDS[kind], Adres=address, Telefoon=phone),)
    return (jw301.Contact(Soort=CORRESPONDENCE, Telefoon=phone),) if phone else ()


def address_of(lines: Sequence[str]) -> Any:
    """Return an address as the standard parts it, None when it is not a Dutch street, number, postcode and place."""
    at_postcode = next((line for line in lines[1:] if postcode_in(line)), "")
    fits = (street.fullmatch(lines[0].strip()) for street in STREETS) if lines else ()
    found = next(filter(None, fits), None)
    place = re.sub(r"^\s*[1-9][0-9]{3}\s?[A-Za-z]{2}\s*", "", at_postcode).strip()
    if found is None or not place:
        return None
    house = t.CDT_Huis(Huisnummer=int(found["number"]), Huisletter=found["letter"], HuisnummerToevoeging=found["more"])
    return t.CDT_Adres(
        Huis=house, Postcode=postcode_in(at_postcode), Straatnaam=found["street"].strip()[:LONGEST_STREET],
        Plaatsnaam=place, LandCode="NL",
    )  # fmt: skip


def _phone(person: Person, at: dt.datetime) -> Any:
    """Return the numbers that are safe to call, at most two; one abroad is left out: its country is not known apart."""
    rows = ContactPoint.objects.filter(
        on(clock.today(at)), person=person, kind=ContactKind.PHONE, safety=ContactSafety.SAFE
    ).order_by("starts", "pk")
    digits = [phone_digits(str(row.value)) for row in rows]
    dutch = [number for number in digits if number and not number.startswith("00")]
    phones = [t.CDT_Telefoon(Telefoonnummer=number, Landnummer=DUTCH) for number in dict.fromkeys(dutch)]
    return t.CDT_Telefoonnummers(Telefoon01=phones[0], Telefoon02=phones[1] if phones[1:] else None) if phones else None


# --- who has authority


def _authority(youth: Person, at: dt.datetime) -> list[Authority]:
    """Return who has authority over a minor (iJw OP002); of 18 it is the youth, who is not named again (OP002x2)."""
    day = clock.today(at)
    if youth.born_on is None or _age(youth.born_on, day) >= ADULT:
        return []
    rows = Authority.objects.filter(on(day), child=youth).select_related("holder")
    return list(rows.order_by("starts", "pk"))


def _age(born_on: dt.date, day: dt.date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _relations(held: list[Authority], youth: Person, at: dt.datetime) -> tuple[Any, ...]:
    """Return who has authority, as far as they can be reached: a relation without contact cannot be sent (OP130)."""
    found = []
    holders = {row.holder.pk: row for row in held if row.holder and row.holder.family_name.strip()}
    for row in holders.values():
        holder: Any = row.holder
        contacts = contacts_of(holder, at=at)
        if contacts:
            found.append(jw301.Relatie(
                Nummer=holder.pk.hex[-LONGEST_ID:], Soort=GUARDIAN if row.kind == AuthorityKind.GUARDIAN else PARENT,
                Geslacht=_sex(holder), Naam=_name(holder), Contact=contacts[0],
            ))  # fmt: skip
    return tuple(found)


def was_never_given(row: Allocation) -> bool:
    """Tell whether an order ended before help began: to the provider it was never sent (iJw RedenWijziging 13)."""
    ended = (AllocationState.WITHDRAWN, AllocationState.STOPPED)
    return row.started_on is None and row.state in ended
