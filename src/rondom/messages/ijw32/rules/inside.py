"""Technical rules inside one message (TR, reference 10.3). Level 2, code 0001."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rondom.messages.declaring import MANY, Class, Group, group_of
from rondom.messages.ijw32.rules.conditions import CREDIT, end_of
from rondom.messages.ijw32.rules.constraints import DEBIT
from rondom.messages.judging import Case, across, among, each, whole
from rondom.messages.knowing import DELETED

UNKNOWN = "3"
OLDEST, LATEST_LINE = 120, 5  # years
NO_BIRTH_DATE = dt.date(1900, 1, 1)
REACHABLE = ("01", "02", "03")
RESIDENCE_PRINCIPLE = "8"
FINE = ("0200", "8001")


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; 29 February becomes the 28th."""
    year = max(day.year - years, dt.MINYEAR)
    try:
        return dt.date(year, day.month, day.day)
    except ValueError:
        return dt.date(year, day.month, 28)


BIRTHS = {
    "JW301": "Client/Geboortedatum > Datum, Relatie/Geboortedatum > Datum",
    "JW305": "Client/Geboortedatum > Datum",
    "JW307": "Client/Geboortedatum > Datum",
    "JW315": "Client/Geboortedatum > Datum",
}


@each("TR002", **BIRTHS)
def not_older_than_120(birth: Any, case: Case) -> bool:
    if birth.DatumGebruik == UNKNOWN and birth.Datum == NO_BIRTH_DATE:
        return True
    return birth.Datum >= years_before(case.dated, OLDEST)


@each("TR006", JW301="Contact")
def contact_reaches_somebody(contact: Any, case: Case) -> bool:
    address = contact.Adres
    return contact.Telefoon is not None or (
        address is not None and address.Huis is not None and address.Postcode is not None
    )


@each("TR018", JW307="StopProduct > Einddatum")
def stop_after_start(stop: Any, case: Case) -> bool:
    return stop.Einddatum >= stop.Begindatum


@each("TR061", JW301="Client")
def client_is_reachable(client: Any, case: Case) -> bool:
    return any(contact.Soort in REACHABLE for contact in client.Contactgegevens.Contact)


Place = tuple[tuple[str, int], ...]


@whole("TR101", **dict.fromkeys(("JW301", "JW305", "JW307", "JW315", "JW317", "JW323", "JW325"), ""))
def no_double_classes(case: Case) -> Iterator[Place]:
    """A class is double when its key, with the keys of the classes around it, stood in the message before.

    Compared as values: `007` is the same number as `7`. A missing part of a key is a value too.
    """
    return _doubles(case.content, (("Bericht", 0),), (), {})


def _doubles(group: Any, place: Place, keys: tuple[Any, ...], seen: dict[tuple[str, ...], set[Any]]) -> Iterator[Place]:
    for element, value in zip(group.elements, group, strict=True):
        below = group_of(element)
        if value is None or below is None or not issubclass(below, Group):
            continue
        if element.times != MANY:
            inner = (*keys, key_of(value)) if issubclass(below, Class) else keys
            yield from _doubles(value, (*place, (element.name, 0)), inner, seen)
            continue
        known = seen.setdefault((*(name for name, _ in place), element.name), set())
        deeper = any(group_of(e) and issubclass(e.type, Group) and not _plain(e.type) for e in below.elements)
        for number, each_one in enumerate(value, 1):
            key = (*keys, key_of(each_one))
            if key in known:
                yield (*place, (element.name, number))
            known.add(key)
            if deeper:
                yield from _doubles(each_one, (*place, (element.name, number)), key, seen)


def _plain(group: type[Group]) -> bool:
    """Tell whether no class stands in a group."""
    return not issubclass(group, Class) and not any(group_of(e) and not _plain(e.type) for e in group.elements)


def key_of(thing: Any) -> tuple[Any, ...]:
    """Return the logical key of a class (reference 6.0)."""
    return tuple([thing[place] for place in _key_places(type(thing))])


_KEYS: dict[type[Group], tuple[int, ...]] = {}


def _key_places(group: type[Group]) -> tuple[int, ...]:
    if group not in _KEYS:
        _KEYS[group] = tuple(place for place, element in enumerate(group.elements) if element.key)
    return _KEYS[group]


@each("TR134", JW301="Client/Geboortedatum/Datum, Relatie/Geboortedatum/Datum, ToegewezenProduct/Toewijzingsdatum",
      JW305="Client/Geboortedatum/Datum, StartProduct/Begindatum",
      JW307="Client/Geboortedatum/Datum, StopProduct/Einddatum", JW315="Client/Geboortedatum/Datum",
      JW323="Declaratie/DeclaratiePeriode/Begindatum, Prestatie/ProductPeriode/Begindatum",
      JW325="Prestatie/ProductPeriode/Begindatum")  # fmt: skip
def not_after_the_message(day: dt.date, case: Case) -> bool:
    return day <= case.dated


@each("TR137", JW323="Declaratie/DeclaratiePeriode > Einddatum, Prestatie/ProductPeriode > Einddatum",
      JW325="Prestatie/ProductPeriode > Einddatum")  # fmt: skip
def period_has_ended(period: Any, case: Case) -> bool:
    return period.Begindatum <= period.Einddatum <= case.dated


Stretch = tuple[Any, dt.date, dt.date | None]  # product, first day, last day (None: open)
ANY, GENERIC = "any", "generic"


class Days:
    """Days taken so far, as periods that do not touch each other; both ends belong to a period."""

    def __init__(self) -> None:
        self.first: list[dt.date] = []
        self.last: list[dt.date] = []

    def hold(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether any day of a period is taken."""
        after = bisect.bisect_right(self.first, last)
        return after > 0 and self.last[after - 1] >= first

    def take(self, first: dt.date, last: dt.date) -> None:
        """Take the days of a period."""
        start, stop = bisect.bisect_left(self.last, first), bisect.bisect_right(self.first, last)
        if start < stop:
            first, last = min(first, self.first[start]), max(last, self.last[stop - 1])
        self.first[start:stop], self.last[start:stop] = [first], [last]


def stacked(stretches: Sequence[Stretch]) -> list[int]:
    """Return the places of those that overlap an earlier one for the same product (reference 10.6).

    The same: category and code are equal; or one has no code and the categories are equal; or one is generic (None).
    """
    taken: defaultdict[Any, Days] = defaultdict(Days)
    wrong = []
    for place, (product, first, end) in enumerate(stretches):
        last = max(first, end or dt.date.max)  # a period that ends before it begins is CS003, not this
        compared, kept = _compared(product)
        if any(taken[kind].hold(first, last) for kind in compared):
            wrong.append(place)
        for kind in kept:
            taken[kind].take(first, last)
    return wrong


def _compared(product: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return with which kinds of product a product is compared, and under which kinds it is kept for others."""
    if product is None:
        return (ANY,), (ANY, GENERIC)
    category, code = product
    if code is None:
        return (category, GENERIC), (ANY, category, (category, None))
    return ((category, code), (category, None), GENERIC), (ANY, category, (category, code))


@among("TR302", JW301="ToegewezenProducten > ToegewezenProduct")
def assignments_do_not_stack(assigned: Sequence[Any], case: Case) -> Iterable[int]:
    def gone(one: Any) -> bool:
        return one.RedenWijziging in DELETED and one.Einddatum == one.Ingangsdatum

    kept = [place for place, one in enumerate(assigned) if not gone(one)]
    wrong = stacked([(assigned[p].Product, assigned[p].Ingangsdatum, assigned[p].Einddatum) for p in kept])
    return [kept[place] for place in wrong]


@among("TR386", JW315="AangevraagdeProducten > AangevraagdProduct")
def requests_do_not_stack(asked: Sequence[Any], case: Case) -> Iterable[int]:
    return stacked([(one.Product, one.ToewijzingIngangsdatum, end_of(one)) for one in asked])


@among("TR410", JW317="NieuweProducten > NieuwProduct")
def new_products_do_not_stack(wished: Sequence[Any], case: Case) -> Iterable[int]:
    return stacked([(one.Product, one.GewensteIngangsdatum, one.Einddatum) for one in wished])


@across("TR315", JW323="Prestatie > ProductReferentie")
def credited_once(lines: Sequence[Any], case: Case) -> Iterable[int]:
    seen: set[str] = set()
    for place, line in enumerate(lines):
        credited = line.ProductReferentie.VorigReferentieNummer
        if credited is not None:
            if credited in seen:
                yield place
            seen.add(credited)


@across("TR316", JW323="Prestatie > ProductReferentie")
def not_credited_in_the_same_message(lines: Sequence[Any], case: Case) -> Iterable[int]:
    credits = [(place, line.ProductReferentie.VorigReferentieNummer) for place, line in enumerate(lines)]
    credits = [(place, credited) for place, credited in credits if credited is not None]
    if not credits:
        return []
    numbers = {line.ProductReferentie.ReferentieNummer for line in lines}
    return [place for place, credited in credits if credited in numbers]


@each("TR335", JW323="Prestatie/ProductPeriode")
def line_of_the_last_five_years(period: Any, case: Case) -> bool:
    return period.Einddatum >= years_before(case.content.Declaratie.DeclaratieDagtekening, LATEST_LINE)


@whole("TR342", JW325="")
def shows_what_is_not_granted(case: Case) -> Iterator[Place]:
    answer = case.content.DeclaratieAntwoord
    if answer is None:
        return
    granted = signed(answer.TotaalToegekendBedrag)
    rejected = any(code not in FINE for code in answer.RetourCodes.RetourCode)
    clients = answer.Clienten.Client if answer.Clienten else ()
    shown = sum(signed(line.IngediendBedrag) for client in clients for line in client.Prestaties.Prestatie)
    expected = granted == 0 if rejected else shown == signed(answer.TotaalIngediendBedrag) - granted
    if not expected:
        yield (("Bericht", 0), ("DeclaratieAntwoord", 0), ("TotaalToegekendBedrag", 0))


def signed(amount: Any) -> int:
    """Return an amount in cents, credit negative."""
    cents: int = amount[0]
    return -cents if amount.DebetCredit == CREDIT else cents


@each("TR352", JW317="Client/Verzoek")
def something_runs(request: Any, case: Case) -> bool:
    return request.OngewijzigdeProducten is not None or request.TeWijzigenProducten is not None


@each("TR353", JW317="Client/Verzoek")
def something_changes(request: Any, case: Case) -> bool:
    return request.TeWijzigenProducten is not None or request.NieuweProducten is not None


@each("TR358", JW323="Declaratie > TotaalIngediendBedrag")
def total_is_the_sum(claim: Any, case: Case) -> bool:
    lines = (line.IngediendBedrag for client in claim.Clienten.Client for line in client.Prestaties.Prestatie)
    return signed(claim.TotaalIngediendBedrag) == sum(map(signed, lines))


@each("TR377", JW319="Antwoord > Woonplaatsbeginsel")
def names_the_other_municipality(answer: Any, case: Case) -> bool:
    return answer.RedenAfwijzingVerzoek != RESIDENCE_PRINCIPLE or answer.Woonplaatsbeginsel is not None


@each("TR409", JW319="Antwoord > Woonplaatsbeginsel")
def names_no_other_municipality(answer: Any, case: Case) -> bool:
    return answer.RedenAfwijzingVerzoek == RESIDENCE_PRINCIPLE or answer.Woonplaatsbeginsel is None


@each("TR380", JW317="NieuwProduct/GewensteIngangsdatum")
def wished_after_the_message(day: dt.date, case: Case) -> bool:
    return day > case.dated


@across("TR383", JW315="AangevraagdProduct > ReferentieAanbieder")
def one_reference_per_product(asked: Sequence[Any], case: Case) -> Iterable[int]:
    seen: set[str] = set()
    for place, one in enumerate(asked):
        if one.ReferentieAanbieder in seen:
            yield place
        seen.add(one.ReferentieAanbieder)


@among("TR416", JW323="Prestaties > Prestatie")
def one_debit_line_per_product_and_period(lines: Sequence[Any], case: Case) -> Iterable[int]:
    seen: set[tuple[Any, ...]] = set()
    for place, line in enumerate(lines):
        if line.IngediendBedrag.DebetCredit == DEBIT:
            key = what_is_claimed(line)
            if key in seen:
                yield place
            seen.add(key)


def what_is_claimed(line: Any) -> tuple[Any, ...]:
    """Return what there may be one debit line for: assignment, category, code, product period."""
    return line.ToewijzingNummer, line.ProductCategorie, line.ProductCode, line.ProductPeriode
