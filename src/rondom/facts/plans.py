"""Family plans, the meetings about them, screening of goals, and evaluations."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "the family plan, as it is kept"


@table("family_plan", grain=Grain.PLAN, produced_by="plans")
class PlanFact:
    """One family plan of one case."""

    plan_key: str = column("Pseudonym of the plan.", source=SOURCE, release=Release.NONE, renewed="plan")
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    team: str = column("Team of the case: its id.", source=SOURCE, release=Release.EXACT)
    state: str = column("concept, agreed or ended.", source=SOURCE, release=Release.EXACT)
    agreed_on: dt.date | None = column(
        "Day on which it came into force.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    ended_on: dt.date | None = column("Last day of the plan.", source=SOURCE, release=Release.COARSE, coarse="month")
    first_evaluation_on: dt.date | None = column(
        "Day agreed for the first evaluation.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    goals: int = column("Goals in the plan.", source=SOURCE, release=Release.EXACT, unit="goals")
    goals_reached: int = column("Goals that were reached.", source=SOURCE, release=Release.EXACT, unit="goals")
    lines: int = column(
        "Agreements on who does what, without those that were dropped.",
        source=SOURCE,
        release=Release.EXACT,
        unit="agreements",
    )
    family_lines: int = column(
        "Agreements that are the share of the family itself.", source=SOURCE, release=Release.EXACT, unit="agreements"
    )
    network_lines: int = column(
        "Agreements that are the share of people around the family.",
        source=SOURCE,
        release=Release.EXACT,
        unit="agreements",
    )
    with_agreement: bool = column("Somebody of the family agreed.", source=SOURCE, release=Release.EXACT)
    written_by_family: bool = column(
        "Something the family wrote itself stands in it (N106: familiegroepsplan).",
        source=SOURCE,
        release=Release.EXACT,
    )
    guarded: bool = column(
        "Somebody guarded the plan for the family for a while (planbewaker).", source=SOURCE, release=Release.EXACT
    )
    signed: int = column("Signatures under any version.", source=SOURCE, release=Release.EXACT, unit="signatures")


@table("plan_meeting", grain=Grain.CONTACT, produced_by="plans")
class PlanMeetingFact:
    """One meeting in which a family and its people make the plan (N58: planbijeenkomst)."""

    meeting_key: str = column("Pseudonym of the meeting.", source=SOURCE, release=Release.NONE, renewed="meeting")
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    planned_on: dt.date = column("Day for which it was planned.", source=SOURCE, release=Release.COARSE, coarse="month")
    held_on: dt.date | None = column("Day on which it was held.", source=SOURCE, release=Release.COARSE, coarse="month")
    cancelled: bool = column("It was cancelled.", source=SOURCE, release=Release.EXACT)


@table("screening", grain=Grain.CONTACT, produced_by="plans")
class ScreeningFact:
    """One time a second person was asked to look at a goal (N63)."""

    screening_key: str = column("Pseudonym of the screening.", source=SOURCE, release=Release.NONE, renewed="screening")
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    asked_on: dt.date = column("Day on which it was asked.", source=SOURCE, release=Release.COARSE, coarse="month")
    judged_on: dt.date | None = column("Day of the judgement.", source=SOURCE, release=Release.COARSE, coarse="month")
    outcome: str = column("Code of the judgement; empty while it waits.", source=SOURCE, release=Release.EXACT)


@table("evaluation", grain=Grain.EVALUATION, produced_by="plans")
class EvaluationFact:
    """One time people looked back at a plan: its answers and its outcome (D46, D50, D56)."""

    evaluation_key: str = column(
        "Pseudonym of the evaluation.", source=SOURCE, release=Release.NONE, renewed="evaluation"
    )
    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    team: str = column("Team of the case: its id.", source=SOURCE, release=Release.EXACT)
    held_on: dt.date = column("Day on which it was held.", source=SOURCE, release=Release.COARSE, coarse="month")
    helped: str = column("Did it help enough: yes, partly or no.", source=SOURCE, release=Release.EXACT)
    satisfied: str = column("Is the family content: yes, partly or no.", source=SOURCE, release=Release.EXACT)
    alone: str = column("Can the family go on alone: yes, partly or no.", source=SOURCE, release=Release.EXACT)
    more_problems: bool = column("More problems appeared.", source=SOURCE, release=Release.EXACT)
    outcome: str = column("Code of what follows.", source=SOURCE, release=Release.EXACT)
    route_to: str = column(
        "Where the case goes with more or less help; empty otherwise.", source=SOURCE, release=Release.EXACT
    )
    days_after_agreed_day: int | None = column(
        "Calendar days from the day that was agreed to the day it was held; empty when none was agreed.",
        source=SOURCE,
        release=Release.EXACT,
        unit="days",
    )
