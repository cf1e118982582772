"""Waiting and crisis: norms, not statutes (rules WT, and the norms printed in policy documents as scoped parameters).

Calendar days, no Algemene termijnenwet. A reason never removes a wait: an accepted one (the client chose to wait) is
shown apart, an excluded one is not counted in the norm, and both stay visible.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.calendar import hours_later, in_amsterdam, working_days
from rondom.law.engine import Answer, Reasoning, fact, rule

PRINTED_FROM = dt.date(2013, 1, 1)  # the first policy document with norms that we know (Drenthe 2013-2016)


class Step(enum.StrEnum):
    """Which wait.

    INTAKE and TREATMENT: from registration at the provider, and from intake (WT-01); TOTAL is both together. HELP: from
    access given to help (DR29, DR44: 9 weeks in Drenthe). START: from the decision letter to help, bridging help or a
    place (F50: 14 days in Flevoland).
    """

    INTAKE = "intake"
    TREATMENT = "treatment"
    TOTAL = "total"
    HELP = "help"
    START = "start"


NORMS = {
    Step.INTAKE: "waiting_norm_intake_days",
    Step.TREATMENT: "waiting_norm_treatment_days",
    Step.TOTAL: "waiting_norm_total_days",
    Step.HELP: "waiting_norm_help_days",
    Step.START: "start_after_decision_days",
}


RESTS_ON = {
    Step.INTAKE: ("WT-01",), Step.TREATMENT: ("WT-01",), Step.TOTAL: ("WT-01",), Step.HELP: ("DR29", "DR44"),
    Step.START: ("F50",),
}  # fmt: skip


class Accepted(enum.StrEnum):
    """Reasons that are accepted: the wait counts and stays visible, apart (WT-02, DR44)."""

    OWN_WISH = "client_wants_to_wait"
    FOUND_RESPONSIBLE = "found_responsible_by_access"


class Excluded(enum.StrEnum):
    """Reasons why a wait is not measured against the norm (DR52)."""

    IN_CARE_ELSEWHERE = "in_care_elsewhere"
    THROUGH_LWI = "registered_through_lwi"


REASON_WORDS = {
    Accepted.OWN_WISH: "de jeugdige of ouder wil wachten",
    Accepted.FOUND_RESPONSIBLE: "de toegang vindt langer wachten verantwoord",
    Excluded.IN_CARE_ELSEWHERE: "de jeugdige krijgt elders hulp en kan nu niet komen",
    Excluded.THROUGH_LWI: "de aanmelding kwam via een LWI",
}


class Standing(enum.StrEnum):
    """How a wait stands to its norm."""

    WITHIN = "within_norm"
    OVER = "over_norm"
    ACCEPTED = "over_norm_with_accepted_reason"
    EXCLUDED = "not_counted"


@dataclasses.dataclass(frozen=True)
class WaitFacts:
    """A wait that runs or has ended."""

    step: Step | None = fact("welke wachttijd: tot de intake of tot de behandeling")
    started_on: dt.date | None = fact("de dag waarop het wachten begon")
    ended_on: dt.date | None = fact("de dag waarop het ophield; leeg als het nog loopt")
    as_of: dt.date | None = fact("de dag waarop je het wilt weten, als het nog loopt")
    accepted_reason: Accepted | None = fact("een reden die wordt aanvaard, zoals een eigen wens om te wachten")
    excluded_reason: Excluded | None = fact("een reden waarom deze wachttijd niet meetelt")
    norm_days: int | None = fact("de norm in dagen die regio, gemeente of contract stelt")


@dataclasses.dataclass(frozen=True)
class Wait:
    """Days waited, the last day within the norm, and how it stands."""

    days: int
    norm_until: dt.date
    standing: Standing


@rule(
    title="Staat deze wachttijd binnen de norm?",
    ids=("WT-01", "WT-02", "WT-06", "DR29", "DR44", "F50"),
    day="started_on",
)
def wait_against_norm(why: Reasoning[WaitFacts]) -> Answer[Wait]:
    """Return how long somebody waited and how that stands to the norm of the day the wait began.

    The norm is a fact, or the parameter of the product, municipality or region; without either it is asked for.
    """
    facts = why.facts
    why.need("step", "started_on")
    if facts.as_of is None:
        why.need("ended_on")
    why.rests_on(*RESTS_ON[facts.step], "WT-02")
    if facts.norm_days is not None:
        why.rests_on("WT-06")
    norm = why.number_or_fact(NORMS[facts.step], "norm_days", facts.started_on)
    until = facts.started_on + dt.timedelta(days=norm)
    end = facts.ended_on or facts.as_of
    why.expect(end >= facts.started_on, "ended_on", "a day on or after started_on")
    days = (end - facts.started_on).days
    why.say(f"{words.count(days, 'dag', 'dagen')} gewacht; de norm is {norm} dagen, tot en met {words.day(until)}.")
    return why.answer(Wait(days, until, _standing(why, within=end <= until)))


def _standing(why: Reasoning[Any], *, within: bool) -> Standing:
    facts = why.facts
    if facts.excluded_reason:
        why.say(f"Telt niet mee in de norm: {REASON_WORDS[facts.excluded_reason]}.")
        return Standing.EXCLUDED
    if within:
        return Standing.WITHIN
    if facts.accepted_reason:
        why.say(
            f"Langer, met een aanvaarde reden: {REASON_WORDS[facts.accepted_reason]}. De wachttijd blijft zichtbaar."
        )
        return Standing.ACCEPTED
    return Standing.OVER


class Urgency(enum.StrEnum):
    """How urgent a report is; each has its own clock (WT-05)."""

    ACUTE = "acute"
    CRISIS = "crisis"


CLOCKS = {Urgency.ACUTE: "acute_response_hours", Urgency.CRISIS: "crisis_response_hours"}


@dataclasses.dataclass(frozen=True)
class CrisisFacts:
    """A crisis report; hours run through nights, weekends and holidays."""

    reported_at: dt.datetime | None = fact("het moment van de crisismelding")
    urgency: Urgency = fact("hoe dringend het is: acute of crisis", default=Urgency.CRISIS)
    norm_hours: int | None = fact("de norm in uren van regio of contract")


@rule(title="Crisisklok in uren", ids=("WT-05", "JW-16"), day="reported_at", valid_from=PRINTED_FROM)
def crisis_clock(why: Reasoning[CrisisFacts]) -> Answer[dt.datetime]:
    """Return the moment a crisis clock runs out: elapsed hours, no holidays, also when summer time begins (WT-05)."""
    facts = why.facts
    why.need("reported_at")
    why.rests_on("WT-05", "JW-16", "CAL-06")
    day = in_amsterdam(facts.reported_at).date()
    hours = why.number_or_fact(CLOCKS[facts.urgency], "norm_hours", day)
    why.expect(hours >= 0, "norm_hours", "a whole number from 0")
    due = hours_later(facts.reported_at, hours)
    why.say(f"{hours} uur na de melding: {words.moment(due)}. Nachten, weekenden en feestdagen tellen mee.")
    return why.answer(due)


@dataclasses.dataclass(frozen=True)
class UrgentFacts:
    """A request that is urgent but no crisis, or a first request to the access team."""

    requested_on: dt.date | None = fact("de dag van de vraag")
    urgent: bool | None = fact("of het dringend is")
    norm_working_days: int | None = fact("de norm in werkdagen van de gemeente")


@rule(title="Wanneer is het eerste gesprek?", ids=("WT-03", "WT-05"), day="requested_on")
def first_talk_by(why: Reasoning[UrgentFacts]) -> Answer[dt.date]:
    """Return by when the first talk is held: a norm in working days; urgent has its own (WT-03, WT-05)."""
    facts = why.facts
    why.need("requested_on", "urgent")
    why.rests_on("WT-05" if facts.urgent else "WT-03")
    name = "urgent_response_working_days" if facts.urgent else "first_talk_working_days"
    days = why.number_or_fact(name, "norm_working_days", facts.requested_on)
    why.expect(0 < days <= 366, "norm_working_days", "a whole number from 1")
    return why.answer(working_days(why, facts.requested_on, days))


@dataclasses.dataclass(frozen=True)
class GuardedFacts:
    """Somebody waits."""

    on: dt.date | None = fact("de dag waarop je het wilt weten")
    owner: bool | None = fact("of iemand erop let")
    check_on: dt.date | None = fact("de dag waarop opnieuw wordt gekeken; leeg als die er niet is")


@rule(title="Let iemand op wie wacht?", ids=("WT-04",), day="on")
def wait_is_guarded(why: Reasoning[GuardedFacts]) -> Answer[bool]:
    """Return whether a wait has an owner and a check date that has not passed; nobody is lost while waiting (WT-04)."""
    facts = why.facts
    why.need("on", "owner")
    why.rests_on("WT-04")
    guarded = facts.owner and facts.check_on is not None and facts.check_on >= facts.on
    why.say(
        "Iemand let op en kijkt op tijd opnieuw."
        if guarded
        else "Wie wacht, heeft iemand nodig die oplet, en een dag waarop opnieuw wordt gekeken die nog moet komen."
    )
    return why.answer(bool(guarded))


class Start(enum.StrEnum):
    """What can be said of a start that should have been: a notice comes after the start itself."""

    IN_TIME = "in_time"
    NOT_YET = "norm_has_not_passed"
    UNKNOWN = "notice_may_still_come"
    LATE = "late"


@dataclasses.dataclass(frozen=True)
class StartFacts:
    """A start that was told or not, and the last day within the norm."""

    norm_until: dt.date | None = fact("de laatste dag waarop de hulp volgens de norm begint")
    as_of: dt.date | None = fact("de dag waarop je het wilt weten")
    started_on: dt.date | None = fact("de dag waarop de hulp echt begon; leeg als dat niet is gemeld")
    notice_working_days: int | None = fact("binnen hoeveel werkdagen na de start de aanbieder die meldt")


@dataclasses.dataclass(frozen=True)
class StartSeen:
    """How a start stands, and the day on which the notice of a start on the last good day must have come."""

    standing: Start
    notice_until: dt.date


@rule(
    title="Is de start te laat?", ids=("OP271",), day="norm_until", valid_from=dt.date(2023, 4, 3)
)  # iJw 3.2 in force; earlier releases were not seen
def start_is_late(why: Reasoning[StartFacts]) -> Answer[StartSeen]:
    """Return whether help began too late; as long as the notice of a start in time can come, nobody can say so.

    A provider tells a start within five working days after it (OP271), so a start on the last day of the norm is told
    five working days later: an alarm on the day after the norm accuses too early (practice 17).
    """
    facts = why.facts
    why.need("norm_until", "as_of")
    why.rests_on("OP271")
    days = why.number_or_fact("start_notice_working_days", "notice_working_days", facts.norm_until)
    until = working_days(why, facts.norm_until, days)
    if facts.started_on:
        in_time = facts.started_on <= facts.norm_until
        why.say(f"De hulp begon op {words.day(facts.started_on)}: {'op tijd' if in_time else 'later dan de norm'}.")
        return why.answer(StartSeen(Start.IN_TIME if in_time else Start.LATE, until))
    if facts.as_of <= facts.norm_until:
        why.say(f"De hulp kan nog op tijd beginnen, tot en met {words.day(facts.norm_until)}.")
        return why.answer(StartSeen(Start.NOT_YET, until))
    if facts.as_of <= until:
        why.say("Er is geen start gemeld.")
        why.say(f"Het bericht van een start op tijd kan nog komen tot en met {words.day(until)}.")
        return why.answer(StartSeen(Start.UNKNOWN, until))
    why.say("Er is geen start gemeld, en de tijd om dat te melden is voorbij.")
    return why.answer(StartSeen(Start.LATE, until))


@dataclasses.dataclass(frozen=True)
class NoticeFacts:
    """A real start."""

    started_on: dt.date | None = fact("de dag waarop de hulp echt begon")
    told_on: dt.date | None = fact("de dag waarop dat werd gemeld")
    ordered_on: dt.date | None = fact("de dag waarop de toewijzing kwam; telt als die later is dan de start")
    notice_working_days: int | None = fact("binnen hoeveel werkdagen na de start de aanbieder die meldt")


@rule(title="Is de start op tijd gemeld?", ids=("OP271",), day="started_on", valid_from=dt.date(2023, 4, 3))
def start_was_told_in_time(why: Reasoning[NoticeFacts]) -> Answer[bool]:
    """Return whether a start was told within five working days; when ordered afterwards, from that order (OP271)."""
    facts = why.facts
    why.need("started_on", "told_on")
    why.rests_on("OP271")
    since = max(facts.started_on, facts.ordered_on or facts.started_on)
    days = why.number_or_fact("start_notice_working_days", "notice_working_days", facts.started_on)
    until = working_days(why, since, days)
    in_time = facts.told_on <= until
    why.say(f"Gemeld op {words.day(facts.told_on)}: {'op tijd' if in_time else 'te laat'}.")
    return why.answer(in_time)
