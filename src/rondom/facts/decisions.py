"""What was asked of the municipality and what it decided; no words of anybody."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "applications and decisions, as they are kept"


@table("application", grain=Grain.CONTACT, produced_by="decisions")
class ApplicationFact:
    """One application for one youth."""

    application_key: str = column(
        "Pseudonym of the application.", source=SOURCE, release=Release.NONE, renewed="application"
    )
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    received_on: dt.date = column("Day on which it came in.", source=SOURCE, release=Release.COARSE, coarse="month")
    channel: str = column("How it came in: code.", source=SOURCE, release=Release.EXACT)
    shape: str = column("Form, letter or words taken down: code.", source=SOURCE, release=Release.EXACT)
    wants_budget: bool = column("A personal budget was asked.", source=SOURCE, release=Release.EXACT)
    state: str = column("Code of where it stands.", source=SOURCE, release=Release.EXACT)
    paused: bool = column("The term stood still for a while.", source="Awb 4:15", release=Release.EXACT)
    postponed: bool = column("The term was postponed.", source="Awb 4:14", release=Release.EXACT)
    decided_on: dt.date | None = column(
        "Day on which the decision was made known.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    days: int | None = column(
        "Calendar days from receipt to the decision made known.", source=SOURCE, release=Release.EXACT, unit="days"
    )
    in_time: bool | None = column(
        "Made known within the term; empty while it is not known.", source="Awb 4:13, 4:15", release=Release.EXACT
    )


@table("decision", grain=Grain.DECISION, produced_by="decisions")
class DecisionFact:
    """One decision that was taken, for one youth."""

    decision_key: str = column("Pseudonym of the decision.", source=SOURCE, release=Release.NONE, renewed="decision")
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    kind: str = column(
        "Award, refusal, part-refusal, revision, revocation or extension: code.", source=SOURCE, release=Release.EXACT
    )
    form: str = column("Care in kind or personal budget: code.", source=SOURCE, release=Release.EXACT)
    product: str = column("Code of the product; empty without one.", source=SOURCE, release=Release.EXACT)
    decided_on: dt.date = column("Day of the decision.", source=SOURCE, release=Release.COARSE, coarse="month")
    published_on: dt.date | None = column(
        "Day on which it was made known.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    starts: dt.date | None = column(
        "First day that was awarded.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    last_on: dt.date | None = column(
        "Last day that was awarded.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    unwise: int = column(
        "Findings in spite of which it was signed.", source=SOURCE, release=Release.EXACT, unit="findings"
    )
