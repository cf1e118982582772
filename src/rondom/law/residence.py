"""Which municipality is responsible: the residence principle (woonplaatsbeginsel; rules WPB).

Since 1 January 2022 the registered address of the youth decides: on the day itself without a stay, on the day before
the first day of an uninterrupted chain of stays with one. Before 2022 the address of who held authority decided; the
sources tell little more, so the rest is doubt. Before 2019 asylum centres were no municipal task.
"""

import dataclasses
import datetime as dt
import enum
import itertools
from typing import Any

from rondom.law import words
from rondom.law.calendar import ONE_DAY
from rondom.law.engine import Answer, Reading, Reasoning, fact, rule

TODAY_FROM = dt.date(2022, 1, 1)
ASYLUM_FROM = dt.date(2019, 1, 1)
NOT_MUNICIPAL = ""


class StayKind(enum.StrEnum):
    """Kinds of stay. The first seven count for the chain (Jw 1.1 woonplaats 2); the others do not (WPB-08, WPB-13)."""

    FOSTER_CARE = "foster_care"
    FAMILY_HOME = "family_home"
    RESIDENTIAL = "residential"
    SECURE = "secure"
    SHELTER = "wmo_shelter"
    PROTECTED_LIVING = "protected_living"
    JJI = "jji"
    PART_TIME = "part_time"
    WLZ = "wlz"


COUNTS = frozenset(StayKind) - {StayKind.PART_TIME, StayKind.WLZ}


@dataclasses.dataclass(frozen=True)
class RegisteredAddress:
    """An address in the population register: from a day, through a last day (empty: still)."""

    municipality: str
    starts: dt.date
    last_day: dt.date | None = None
    under_investigation: bool = False
    postal_only: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the address was registered on a day."""
        return self.starts <= day and (self.last_day is None or day <= self.last_day)


@dataclasses.dataclass(frozen=True)
class Stay:
    """A stay from a first day through a last day (empty: still)."""

    kind: StayKind
    starts: dt.date
    last_day: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the stay covers a day."""
        return self.starts <= day and (self.last_day is None or day <= self.last_day)


@dataclasses.dataclass(frozen=True)
class ResidenceFacts:
    """What is known of where a youth is registered and stays, on the day of help."""

    on: dt.date | None = fact("de dag waarvoor je het wilt weten")
    addresses: tuple[RegisteredAddress, ...] | None = fact("de adressen van de jeugdige in de BRP, met data")
    stays: tuple[Stay, ...] = fact("de periodes van verblijf, met soort en data", default=())
    mother_at_birth: str | None = fact("de gemeente waar de moeder bij de geboorte stond ingeschreven (leeg: onbekend)")
    actual_stay: str | None = fact("de gemeente waar de jeugdige werkelijk is op het moment van de vraag")
    unborn: bool = fact("of het kind nog niet geboren is", default=False)
    mother_now: str | None = fact("de gemeente waar de moeder nu woont")
    asylum_centre: bool = fact("of de jeugdige in een asielzoekerscentrum verblijft", default=False)
    authority_lives_in: tuple[str, ...] | None = fact("de gemeente van ieder die gezag heeft (voor data voor 2022)")
    institution_is_guardian: bool = fact("of een GI de voogd is (voor data voor 2022)", default=False)


@dataclasses.dataclass(frozen=True)
class Residence:
    """The responsible municipality (CBS code; empty: none), the step of the definition and the day it was read on."""

    municipality: str
    step: int
    read_on: dt.date


@rule(
    title="Verantwoordelijke gemeente", day="on", valid_from=dt.date(2015, 1, 1),
    ids=("WPB-01", "WPB-02", "WPB-03", "WPB-04", "WPB-05", "WPB-06", "WPB-07", "WPB-08", "WPB-09", "WPB-10", "WPB-11",
         "WPB-12", "WPB-13", "WPB-14", "WPB-15"),
)  # fmt: skip
def responsible_municipality(why: Reasoning[ResidenceFacts]) -> Answer[Residence]:
    """Return the municipality that is responsible on a day (Jw 1.1 *woonplaats*), with the step that decided."""
    facts = why.facts
    why.need("on")
    if facts.on < TODAY_FROM:
        return _before_2022(why)
    if facts.unborn:
        return _unborn(why)
    why.need("addresses")
    _check(why)
    if facts.asylum_centre:
        why.rests_on("WPB-11")
    chain = chain_on(facts.stays, facts.on, _counting(why))
    day = facts.on
    if chain:
        why.rests_on("WPB-02")
        day = chain - ONE_DAY
        why.say(f"Het verblijf loopt zonder onderbreking sinds {words.day(chain)}; het adres van de dag ervoor telt.")
        if any(chain <= a.starts <= facts.on for a in facts.addresses):
            why.rests_on("WPB-04")
            why.say("Een verhuizing of nieuwe inschrijving tijdens het verblijf verandert niets.")
    elif any(stay.kind is StayKind.WLZ and stay.holds_on(facts.on) for stay in facts.stays):
        why.rests_on("WPB-13")
        why.say("Een verblijf in een Wlz-instelling telt niet als verblijf.")
    elif any(stay.kind in COUNTS and stay.last_day and stay.last_day < facts.on for stay in facts.stays):
        why.rests_on("WPB-05")
        why.say("Het verblijf is voorbij; het adres van nu telt weer.")
    address = next((a for a in facts.addresses if a.holds_on(day)), None)
    if address is None or address.under_investigation or address.postal_only:
        return _third_step(why, address, day)
    if not chain:
        why.rests_on("WPB-01")
        why.say(f"Zonder verblijf telt het adres in de BRP op {words.day(day)}.")
    return why.answer(Residence(address.municipality, 2 if chain else 1, day))


def chain_on(stays: tuple[Stay, ...], day: dt.date, counting: frozenset[StayKind] = COUNTS) -> dt.date | None:
    """Return the first day of the uninterrupted chain of stays that covers a day, or None (WPB-02).

    A stay that begins on the last day of the former one, or the day after, belongs to the same chain.
    """
    first: dt.date | None = None
    through: dt.date | None = None
    for stay in sorted((s for s in stays if s.kind in counting), key=lambda s: s.starts):
        if stay.starts > day:
            break
        if first is None or (through is not None and stay.starts > through + ONE_DAY):
            first, through = stay.starts, stay.last_day
        elif through is not None:
            through = None if stay.last_day is None else max(through, stay.last_day)
    return first if first is not None and (through is None or day <= through) else None


def _third_step(why: Reasoning[Any], address: RegisteredAddress | None, day: dt.date) -> Answer[Residence]:
    facts = why.facts
    if address is None:
        why.rests_on("WPB-15")
        why.say(f"Op {words.day(day)} is er geen adres in de BRP.")
    elif address.under_investigation:
        why.rests_on("WPB-10")
        why.say("Het adres staat in onderzoek en telt daarom niet.")
    else:
        why.rests_on("WPB-09")
        why.say("Een briefadres is geen woonadres.")
    why.need("mother_at_birth")
    if facts.mother_at_birth:
        why.say("Dan telt de gemeente waar de moeder stond ingeschreven bij de geboorte.")
        return why.answer(Residence(facts.mother_at_birth, 3, day))
    why.need("actual_stay")
    why.say("Waar de moeder bij de geboorte stond, is niet bekend; dan telt de gemeente waar de jeugdige werkelijk is.")
    return why.answer(Residence(facts.actual_stay, 3, day))


def _unborn(why: Reasoning[Any]) -> Answer[Residence]:
    facts = why.facts
    why.need("mother_now")
    why.rests_on("WPB-12")
    why.say("Een ongeboren kind staat niet in de BRP; het adres van de moeder telt. Bepaal opnieuw na de geboorte.")
    why.doubts(
        "De wet noemt het ongeboren kind niet.",
        Reading("het adres van de moeder", Residence(facts.mother_now, 3, facts.on)),
        Reading("nog geen verantwoordelijke gemeente", Residence(NOT_MUNICIPAL, 3, facts.on)),
    )
    return why.answer(Residence(facts.mother_now, 3, facts.on))


def _check(why: Reasoning[Any]) -> None:
    for name in ("addresses", "stays"):
        for period in getattr(why.facts, name):
            ends_after = period.last_day is None or period.starts <= period.last_day
            why.expect(ends_after, f"{name}.last_day", "a day on or after starts")


def _counting(why: Reasoning[Any]) -> frozenset[StayKind]:
    """Return the kinds of stay that count; part-time stay is a choice with doubt (WPB-08)."""
    facts = why.facts
    if all(stay.kind is not StayKind.PART_TIME for stay in facts.stays):
        return COUNTS
    why.rests_on("WPB-08")
    counts = why.choice(
        "part_time_stay_counts_as_stay", facts.on,
        "Het is niet zeker of logeren of deeltijdverblijf als verblijf telt; laat een mens dit bevestigen.",
        yes="het telt wel: het adres voor het verblijf", no="het telt niet: het adres van nu", by="municipality",
    )  # fmt: skip
    return COUNTS | {StayKind.PART_TIME} if counts else COUNTS


def _before_2022(why: Reasoning[Any]) -> Answer[Residence]:
    facts = why.facts
    why.rests_on("WPB-01")
    if facts.asylum_centre and facts.on < ASYLUM_FROM:
        why.rests_on("WPB-11")
        why.say("Voor 1 januari 2019 was hulp in een asielzoekerscentrum geen taak van de gemeente.")
        return why.answer(Residence(NOT_MUNICIPAL, 0, facts.on))
    if facts.institution_is_guardian:
        why.rests_on("WPB-07")
        why.need("actual_stay")
        why.say("Voor 1 januari 2022 telde wie het gezag heeft; hier is een instelling de voogd.")
        why.doubts(
            "De bronnen zeggen niet welke gemeente dan gold.",
            Reading("waar de jeugdige werkelijk is", Residence(facts.actual_stay, 0, facts.on)),
        )
        return why.undecided()
    why.need("authority_lives_in")
    where = tuple(dict.fromkeys(facts.authority_lives_in))
    why.say("Voor 1 januari 2022 telde de gemeente van wie het gezag heeft.")
    if len(where) == 1:
        return why.answer(Residence(where[0], 0, facts.on))
    readings = [Reading(f"de gemeente {code}", Residence(code, 0, facts.on)) for code in where]
    if not where:
        why.need("actual_stay")
        readings = [Reading("waar de jeugdige werkelijk is", Residence(facts.actual_stay, 0, facts.on))]
    why.doubts("De bronnen zeggen niet wat geldt als niemand, of meer dan een gemeente, wordt gevonden.", *readings)
    return why.undecided()


@dataclasses.dataclass(frozen=True)
class PeriodFacts(ResidenceFacts):
    """The same facts, for all days from `on` through `through`."""

    through: dt.date | None = fact("de laatste dag waarvoor je het wilt weten")


@dataclasses.dataclass(frozen=True)
class Responsible:
    """A municipality that is responsible from a day through a day."""

    municipality: str
    starts: dt.date
    last_day: dt.date


@dataclasses.dataclass(frozen=True)
class Responsibility:
    """Who is responsible when, and which one municipality counts in statistics: the one on the last day (WPB-17)."""

    periods: tuple[Responsible, ...]
    in_statistics: str


@rule(
    title="Verantwoordelijke gemeenten in een periode", day="on", ids=("WPB-16", "WPB-17"),
    valid_from=dt.date(2015, 1, 1),
)  # fmt: skip
def responsible_municipalities(why: Reasoning[PeriodFacts]) -> Answer[Responsibility]:
    """Return who is responsible on each day of a period; the former one ends the day before, so care has no gap."""
    facts = why.facts
    why.need("on", "through", "addresses")
    why.expect(facts.through >= facts.on, "through", "a day on or after on")
    why.rests_on("WPB-16", "WPB-17")
    turns = {facts.on, TODAY_FROM, ASYLUM_FROM}
    for period in (*facts.addresses, *facts.stays):
        turns |= {period.starts, *([period.last_day + ONE_DAY] if period.last_day else [])}
    days = sorted(day for day in turns if facts.on <= day <= facts.through)
    found: list[Responsible] = []
    for day, next_day in zip(days, [*days[1:], facts.through + ONE_DAY], strict=True):
        answer = responsible_municipality(_on(facts, day), why.numbers)
        if answer.asks:
            return why.asking(*answer.asks)
        if answer.doubt:
            why.doubts(f"Op {words.day(day)}: {answer.doubt.why}", *answer.doubt.alternatives)
        if answer.outcome is None:
            return why.undecided()
        if found and found[-1].municipality == answer.outcome.municipality:
            found[-1] = dataclasses.replace(found[-1], last_day=next_day - ONE_DAY)
        else:
            found.append(Responsible(answer.outcome.municipality, day, next_day - ONE_DAY))
    for former, later in itertools.pairwise(found):
        why.say(
            f"Vanaf {words.day(later.starts)} is een andere gemeente verantwoordelijk; de vorige tot en met "
            f"{words.day(former.last_day)}. De hulp loopt door."
        )
    why.say(f"In de cijfers telt de gemeente op {words.day(facts.through)}.")
    return why.answer(Responsibility(tuple(found), found[-1].municipality))


def _on(facts: PeriodFacts, day: dt.date) -> ResidenceFacts:
    names = [field.name for field in dataclasses.fields(ResidenceFacts)]
    return ResidenceFacts(**{name: getattr(facts, name) for name in names} | {"on": day})


@dataclasses.dataclass(frozen=True)
class DisputeFacts:
    """Municipalities do not agree who is responsible."""

    on: dt.date | None = fact("de dag van het verzoek om hulp")
    received_by: str | None = fact("de gemeente die het verzoek kreeg")


@rule(title="Wie betaalt tijdens een geschil?", ids=("WPB-18",), day="on")
def payer_in_dispute(why: Reasoning[DisputeFacts]) -> Answer[str]:
    """Return which municipality pays for now: who received the request; help never waits for a dispute (WPB-18)."""
    why.need("on", "received_by")
    why.rests_on("WPB-18")
    why.say("De hulp wacht niet. De gemeente die het verzoek kreeg, betaalt voorlopig; daarna rekenen zij af.")
    return why.answer(why.facts.received_by)
