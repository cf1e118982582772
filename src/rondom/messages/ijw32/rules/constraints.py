"""Constraints (CS): what a value must be (reference 10.2). Level 2, code 0001; CS015, CS025 and CS319 are level 1."""

import calendar
import datetime as dt
import re
from typing import Any

from rondom.core.bsn import passes_eleven_test
from rondom.messages.ijw32.rules.conditions import DUTCH, EUROS, end_of, is_recent
from rondom.messages.judging import Case, each

OWN_NAME, ORGANISATION = "1", "6"
WITH_PARTNER = ("1", "2", "3", "4")
DELIVERED, DELETED = "1", "3"
REMOVED, ENDED_REASON = "13", "01"
PER_DAY = "1"
NOT_PER_DAY = ("14", "16", "83", "84")
DEBIT = "D"
FIRST_DECLARED = dt.date(2021, 1, 1)
ONE_DAY = dt.timedelta(days=1)
_DUTCH_POSTCODE = re.compile(r"[1-9][0-9]{3}[a-zA-Z]{2}")


@each("CS002", JW301="Client/Bsn", JW305="Client/Bsn", JW307="Client/Bsn", JW315="Client/Bsn", JW317="Client/Bsn",
      JW323="Client/Bsn", JW325="Client/Bsn")  # fmt: skip
def eleven_test(bsn: str, case: Case) -> bool:
    return passes_eleven_test(bsn)  # 000000000 passes the arithmetic and is refused all the same: nobody has it


@each("CS003", JW301="Contact/Periode > Einddatum")
def contact_ends_after_it_starts(period: Any, case: Case) -> bool:
    start, end = period.Begindatum, period.Einddatum
    return end is None or (start is not None and end >= start)


@each("CS003", JW301="ToegewezenProduct > Einddatum")
def assignment_ends_after_it_starts(assigned: Any, case: Case) -> bool:
    return assigned.Einddatum is None or assigned.Einddatum >= assigned.Ingangsdatum


@each("CS003", JW315="AangevraagdProduct > ToewijzingEinddatum")
def request_ends_after_it_starts(asked: Any, case: Case) -> bool:
    return asked.ToewijzingEinddatum is None or asked.ToewijzingEinddatum >= asked.ToewijzingIngangsdatum


@each("CS003", JW317="TeWijzigenProduct > Einddatum, NieuwProduct > Einddatum")
def change_ends_after_it_starts(wished: Any, case: Case) -> bool:
    return wished.Einddatum is None or wished.Einddatum >= wished.GewensteIngangsdatum


@each("CS050", JW301="Client/Naam > NaamGebruik, Relatie/Naam > NaamGebruik")
def use_of_names_there_are(name: Any, case: Case) -> bool:
    allowed = (OWN_NAME, ORGANISATION) if name.Partnernaam is None else WITH_PARTNER
    return name.NaamGebruik in allowed


@each("CS058", JW305="StartProduct/StatusAanlevering", JW307="StopProduct/StatusAanlevering")
def delivered_or_deleted(status: str, case: Case) -> bool:
    return status in (DELIVERED, DELETED)


@each("CS089", JW301="Contact/Adres > Postcode")
def dutch_postcode(address: Any, case: Case) -> bool:
    if address.LandCode != DUTCH or address.Postcode is None:
        return True
    return bool(_DUTCH_POSTCODE.fullmatch(address.Postcode))


@each("CS100", JW323="Declaratie/DeclaratiePeriode, Prestatie/ProductPeriode")
def declared_since_2021(period: Any, case: Case) -> bool:
    return period.Begindatum >= FIRST_DECLARED


@each("CS139", JW301="Client/Geboortedatum > DatumGebruik, Relatie/Geboortedatum > DatumGebruik",
      JW305="Client/Geboortedatum > DatumGebruik", JW307="Client/Geboortedatum > DatumGebruik",
      JW315="Client/Geboortedatum > DatumGebruik")  # fmt: skip
def unknown_part_of_birth_date(birth: Any, case: Case) -> bool:
    day = birth.Datum
    if birth.DatumGebruik == "3":
        return day == dt.date(1900, 1, 1)
    if birth.DatumGebruik == "2":
        return (day.month, day.day) == (1, 1)
    return birth.DatumGebruik != "1" or day.day == 1


@each("CS318", JW301="Client/Naam")
def client_is_no_organisation(name: Any, case: Case) -> bool:
    return name.NaamGebruik != ORGANISATION


@each("CS325", JW323="Declaratie/TotaalIngediendBedrag > DebetCredit, Prestatie/IngediendBedrag > DebetCredit",
      JW325="DeclaratieAntwoord/TotaalIngediendBedrag > DebetCredit, "
            "DeclaratieAntwoord/TotaalToegekendBedrag > DebetCredit, "
            "Prestatie/IngediendBedrag > DebetCredit")  # fmt: skip
def nothing_is_debit(amount: Any, case: Case) -> bool:
    return amount[0] != 0 or amount.DebetCredit == DEBIT


@each("CS335", JW301="ToegewezenProduct > RedenWijziging")
def deletion_ends_on_its_first_day(assigned: Any, case: Case) -> bool:
    return assigned.RedenWijziging != REMOVED or assigned.Einddatum == assigned.Ingangsdatum


@each("CS336", JW301="ToegewezenProduct/RedenWijziging")
def no_old_reason(reason: str, case: Case) -> bool:
    return reason != ENDED_REASON


@each("CS337", JW323="Prestatie/ProductPeriode")
def line_within_one_month(period: Any, case: Case) -> bool:
    start, end = period.Begindatum, period.Einddatum
    return start.month == end.month and start.year == end.year


@each("CS338", JW301="ToegewezenProduct > Omvang", JW317="TeWijzigenProduct > Omvang, NieuwProduct > Omvang")
@each("CS343", JW315="AangevraagdProduct > Omvang")
def unit_that_goes_with_a_day(thing: Any, case: Case) -> bool:
    how_much = thing.Omvang
    if how_much is None or not is_recent(end_of(thing)):
        return True
    return how_much.Eenheid not in NOT_PER_DAY or how_much.Frequentie != PER_DAY


@each("CS339", JW323="Prestatie > IngediendBedrag")
def euros_are_the_amount(line: Any, case: Case) -> bool:
    return line.Eenheid != EUROS or line.IngediendBedrag.Bedrag == line.GeleverdVolume


@each("CS340", JW323="Declaratie/DeclaratiePeriode")
def one_calendar_month(period: Any, case: Case) -> bool:
    start = period.Begindatum
    return start.day == 1 and period.Einddatum == last_of_month(start)


def last_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of a day."""
    return dt.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
