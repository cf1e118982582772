"""Waiting and crisis: norms, not statutes (rules WT, and the norms printed in policy documents as scoped parameters).

Calendar days, no Algemene termijnenwet. A reason never removes a wait: an accepted one (the client chose to wait) is
shown apart, an excluded one is not counted in the norm, and both stay visible.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law import words
from rondom.law.engine import Answer, Reasoning, fact, rule


class Step(enum.StrEnum):
    """Which wait: from registration at the provider to intake, or from intake to treatment (WT-01)."""

    INTAKE = "intake"
    TREATMENT = "treatment"


NORMS = {Step.INTAKE: "waiting_norm_intake_days", Step.TREATMENT: "waiting_norm_treatment_days"}


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
    accepted_reason: str = fact("een reden die wordt aanvaard, zoals een eigen wens om te wachten", default="")
    excluded_reason: str = fact("een reden waarom deze wachttijd niet meetelt", default="")


@dataclasses.dataclass(frozen=True)
class Wait:
    """Days waited, the last day within the norm, and how it stands."""

    days: int
    norm_until: dt.date
    standing: Standing


@rule(title="Staat deze wachttijd binnen de norm?", ids=("WT-01", "WT-02", "WT-06"), day="started_on")
def wait_against_norm(why: Reasoning[WaitFacts]) -> Answer[Wait]:
    """Return how long somebody waited and how that stands to the norm of the day the wait began."""
    facts = why.facts
    why.need("step", "started_on")
    if facts.as_of is None:
        why.need("ended_on")
    why.rests_on("WT-01", "WT-02")
    norm = why.number(NORMS[facts.step], facts.started_on)
    until = facts.started_on + dt.timedelta(days=norm)
    end = facts.ended_on or facts.as_of
    days = (end - facts.started_on).days
    why.say(f"{words.count(days, 'dag', 'dagen')} gewacht; de norm is {norm} dagen, tot en met {words.day(until)}.")
    return why.answer(Wait(days, until, _standing(why, within=end <= until)))


def _standing(why: Reasoning[Any], *, within: bool) -> Standing:
    facts = why.facts
    if facts.excluded_reason:
        why.say(f"Telt niet mee: {facts.excluded_reason}.")
        return Standing.EXCLUDED
    if within:
        return Standing.WITHIN
    if facts.accepted_reason:
        why.say(f"Langer, met een aanvaarde reden: {facts.accepted_reason}. De wachttijd blijft zichtbaar.")
        return Standing.ACCEPTED
    return Standing.OVER


@dataclasses.dataclass(frozen=True)
class CrisisFacts:
    """A crisis report; hours run through nights, weekends and holidays."""

    reported_at: dt.datetime | None = fact("het moment van de crisismelding")
    parameter: str = fact("welke klok: crisis_response_hours of een klok van de regio", default="crisis_response_hours")


@rule(title="Crisisklok in uren", ids=("WT-05",), day="reported_at")
def crisis_clock(why: Reasoning[CrisisFacts]) -> Answer[dt.datetime]:
    """Return the moment a crisis clock in hours runs out: elapsed time, no holidays (WT-05)."""
    facts = why.facts
    why.need("reported_at")
    why.rests_on("WT-05", "CAL-06")
    hours = why.number(facts.parameter, facts.reported_at.date())
    due = facts.reported_at + dt.timedelta(hours=hours)
    why.say(f"{hours} uur na de melding; nachten, weekenden en feestdagen tellen mee.")
    return why.answer(due)
