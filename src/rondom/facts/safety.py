"""How children were judged safe, and the agreements about it. Coarse; without words of anybody."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "the safety assessment, as it is kept"


@table("safety_judgement", grain=Grain.EVALUATION, produced_by="safety")
class AssessmentFact:
    """How one child was judged at one assessment."""

    judgement_key: str = column("Pseudonym of the judgement.", source=SOURCE, release=Release.NONE, renewed="judgement")
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    occasion: str = column(
        "At the start, at an evaluation or after a signal: code.", source=SOURCE, release=Release.EXACT
    )
    held_on: dt.date = column("Day of the assessment.", source=SOURCE, release=Release.COARSE, coarse="month")
    met: str = column("Whether the child was seen or spoken to: code.", source=SOURCE, release=Release.EXACT)
    outcome: str = column("Code of the outcome.", source=SOURCE, release=Release.EXACT)
    days_to_next: int | None = column(
        "Calendar days to the next look that was agreed.", source=SOURCE, release=Release.EXACT, unit="days"
    )


@table("safety_condition", grain=Grain.PLAN, produced_by="safety")
class ConditionFact:
    """One agreement about safety."""

    condition_key: str = column("Pseudonym of the condition.", source=SOURCE, release=Release.NONE, renewed="condition")
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    state: str = column("Code of where it stands.", source=SOURCE, release=Release.EXACT)
    starts_on: dt.date = column("First day of the agreement.", source=SOURCE, release=Release.COARSE, coarse="month")
    ended_on: dt.date | None = column(
        "Last day of the agreement.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    children: int = column("Children it is about.", source=SOURCE, release=Release.EXACT, unit="children")
    checks: int = column("Times it was checked.", source=SOURCE, release=Release.EXACT, unit="checks")
    kept: int = column("Times it was found kept.", source=SOURCE, release=Release.EXACT, unit="checks")
