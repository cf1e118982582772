"""The personal budget (pgb): three tests, a ceiling, refusal grounds, in that order (rules PGB).

Amounts are whole cents. Rates are local parameters: they come in as facts, with the article of the ordinance.
"""

import dataclasses
import datetime as dt
import enum
from typing import Any

from rondom.law.engine import Answer, Reading, Reasoning, fact, rule


class Test(enum.StrEnum):
    """The three tests of Jw 8.1.1 lid 2, in the order in which they are asked."""

    CAPABLE = "capable"
    REASONED = "reasoned"
    QUALITY = "quality"


class Revision(enum.StrEnum):
    """Grounds on which a personal budget is revised or withdrawn (Jw 8.1.4 lid 1)."""

    WRONG_DATA = "a"
    NOT_NEEDED = "b"
    NOT_ENOUGH = "c"
    CONDITIONS = "d"
    OTHER_USE = "e"


WEIGHS = (Revision.WRONG_DATA, Revision.CONDITIONS, Revision.OTHER_USE)
TEST_WORDS = {
    Test.CAPABLE: "de taken van een pgb aankunnen, zelf of met hulp",
    Test.REASONED: "uitleggen waarom zorg in natura niet past",
    Test.QUALITY: "hulp van goede kwaliteit",
}


@dataclasses.dataclass(frozen=True)
class BudgetFacts:
    """A wish for a personal budget and what was found for each test."""

    on: dt.date | None = fact("de dag van het besluit")
    wanted: bool | None = fact("of de jeugdige of ouder een pgb wil")
    informed: bool | None = fact("of vooraf volledig en begrijpelijk is verteld wat een pgb is")
    capable: bool | None = fact("of zij de taken aankunnen, zelf of met hulp")
    reasoned: bool | None = fact("of zij hebben uitgelegd waarom zorg in natura niet past")
    quality: bool | None = fact("of de kwaliteit van de hulp goed is")
    earlier_revision: Revision | None = fact("waarom een eerder pgb is herzien: letter a tot en met e, of leeg")


@dataclasses.dataclass(frozen=True)
class BudgetAnswer:
    """Whether a personal budget must be granted, the first test that failed, and whether a person must weigh."""

    granted: bool
    failed: Test | None
    weigh_history: bool


@rule(title="Komt er een persoonsgebonden budget?", ids=("PGB-01", "PGB-02", "PGB-04"), day="on")
def personal_budget(why: Reasoning[BudgetFacts]) -> Answer[BudgetAnswer]:
    """Return whether the three tests are met, in the order of the law; a "no" refuses the budget, not the help."""
    facts = why.facts
    why.need("on", "wanted")
    why.rests_on("PGB-01")
    if not facts.wanted:
        why.say("Er is geen pgb gevraagd; de hulp komt in natura.")
        return why.answer(BudgetAnswer(granted=False, failed=None, weigh_history=False))
    why.need("informed")
    if not facts.informed:
        why.rests_on("PGB-02")
        why.say("Vertel eerst volledig en begrijpelijk wat een pgb is; daarna kan het worden getoetst.")
        return why.asking("informed")
    for test in Test:
        why.need(test.value)
        if not getattr(facts, test.value):
            why.say(f"Niet voldaan aan: {TEST_WORDS[test]}. Het pgb wordt geweigerd; bied de hulp in natura aan.")
            return why.answer(BudgetAnswer(granted=False, failed=test, weigh_history=False))
    why.say("Aan de drie eisen is voldaan.")
    weigh = facts.earlier_revision in WEIGHS
    if facts.earlier_revision and not weigh:
        why.rests_on("PGB-04")
        why.say(f"De eerdere herziening (letter {facts.earlier_revision}) is geen reden om te weigeren.")
    if weigh:
        why.rests_on("PGB-04")
        why.doubts(
            "Een eerder pgb is herzien; weigeren mag dan, maar hoeft niet. Een mens weegt dit en legt het uit.",
            Reading("toekennen", "granted"),
            Reading("weigeren met uitleg", "refused"),
        )
    return why.answer(BudgetAnswer(granted=True, failed=None, weigh_history=weigh))


@dataclasses.dataclass(frozen=True)
class CeilingFacts:
    """A budget that was asked, and what the same help costs in kind."""

    on: dt.date | None = fact("de dag van het besluit")
    requested_cents: int | None = fact("het gevraagde tarief per uur, in centen")
    in_kind_cents: int | None = fact("het tarief in natura per uur, in centen")
    hours: int | None = fact("het aantal uren")
    informal: bool = fact("of iemand uit het eigen netwerk helpt", default=False)
    informal_cents: int | None = fact("het tarief voor het eigen netwerk per uur volgens de verordening, in centen")


@dataclasses.dataclass(frozen=True)
class Ceiling:
    """What is granted, per hour and in all, and what stays for own account, in cents."""

    rate_cents: int
    granted_cents: int
    own_account_cents: int


@rule(title="Hoe hoog is het pgb?", ids=("PGB-03", "PGB-05"), day="on")
def budget_ceiling(why: Reasoning[CeilingFacts]) -> Answer[Ceiling]:
    """Return the amount: never refused for price alone, not above the price in kind (Jw 8.1.1 lid 4 a)."""
    facts = why.facts
    why.need("on", "requested_cents", "in_kind_cents", "hours")
    why.rests_on("PGB-03")
    for name in ("requested_cents", "in_kind_cents", "hours"):
        why.expect(getattr(facts, name) >= 0, name, "a whole number from 0")
    limit = facts.in_kind_cents
    if facts.informal:
        why.need("informal_cents")
        why.rests_on("PGB-05")
        limit = min(limit, facts.informal_cents)
        why.say(f"Voor hulp uit het eigen netwerk geldt het tarief van de verordening: {euros(facts.informal_cents)}.")
    rate = min(facts.requested_cents, limit)
    granted, asked = rate * facts.hours, facts.requested_cents * facts.hours
    why.say(f"{euros(rate)} per uur, {facts.hours} uur: {euros(granted)}.")
    if asked > granted:
        why.say(f"Gevraagd was {euros(asked)}; {euros(asked - granted)} blijft voor eigen rekening.")
    return why.answer(Ceiling(rate, granted, asked - granted))


def euros(cents: Any) -> str:
    """Return "3.120,00 euro"."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02} euro"


@dataclasses.dataclass(frozen=True)
class RecoveryFacts:
    """A personal budget was revised or withdrawn."""

    on: dt.date | None = fact("de dag van het besluit")
    ground: Revision | None = fact("waarom het pgb is herzien: letter a tot en met e")


@rule(title="Kan een pgb worden teruggevorderd?", ids=("PGB-07",), day="on")
def budget_recovery(why: Reasoning[RecoveryFacts]) -> Answer[bool]:
    """Return whether money may be claimed back from the holder: only for wrong or missing data (Jw 8.1.4)."""
    facts = why.facts
    why.need("on", "ground")
    why.rests_on("PGB-07")
    recover = facts.ground is Revision.WRONG_DATA
    why.say(
        "Terugvorderen kan: er waren onjuiste of onvolledige gegevens."
        if recover
        else "Terugvorderen kan alleen bij onjuiste of onvolledige gegevens; hier dus niet."
    )
    return why.answer(recover)
