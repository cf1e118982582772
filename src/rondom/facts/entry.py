"""What came in: worries and questions, advice, referrals past our triage."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "the contact record of the local team"


@table("concern", grain=Grain.CONTACT, produced_by="entry")
class ConcernFact:
    """One worry or question that came in and is on record. Of who reported it no more than a group."""

    concern_key: str = column("Pseudonym of the worry.", source=SOURCE, release=Release.NONE, renewed="worry")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    received_on: dt.date = column("Day on which it came in.", source=SOURCE, release=Release.COARSE, coarse="month")
    channel: str = column("How it came in: code of the channel.", source=SOURCE, release=Release.EXACT)
    reporter: str = column(
        "Who asked or reported: code of the kind.",
        source="D38, DR141",
        release=Release.COARSE,
        coarse="group of reporters",
    )
    state: str = column("waiting, handed_out or advised.", source=SOURCE, release=Release.EXACT)
    talked_with_family: bool = column(
        "Somebody talked with the family before it came in.", source=SOURCE, release=Release.EXACT
    )
    kind: str = column(
        "What triage found: single, multiple or multiproblem; empty while it waits.",
        source=SOURCE,
        release=Release.EXACT,
    )
    route: str = column("Which way it went; empty while it waits.", source=SOURCE, release=Release.EXACT)
    overruled: bool = column(
        "Triage decided otherwise than the decision aid said.", source=SOURCE, release=Release.EXACT
    )
    other_team: bool = column("It went to another team than was proposed.", source=SOURCE, release=Release.EXACT)
    decided_on: dt.date | None = column(
        "Day on which triage decided.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    days_to_decide: int | None = column(
        "Calendar days from the day it came in to the decision.", source=SOURCE, release=Release.EXACT, unit="days"
    )


@table("advice", grain=Grain.CONTACT, produced_by="entry")
class AdviceFact:
    """One question that ended with advice: counted, with nothing about who or what."""

    advice_key: str = column("Pseudonym of the advice.", source=SOURCE, release=Release.NONE, renewed="advice")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    given_on: dt.date = column(
        "Day on which the advice was given.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    channel: str = column("How the question came in: code of the channel.", source=SOURCE, release=Release.EXACT)
    asker: str = column(
        "As whom the asker is counted: parent, youth, professional or other.", source=SOURCE, release=Release.EXACT
    )


@table("referral", grain=Grain.CONTACT, produced_by="entry")
class ReferralFact:
    """One referral past our triage: by a doctor, a certified institution or the court."""

    referral_key: str = column("Pseudonym of the referral.", source=SOURCE, release=Release.NONE, renewed="referral")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    kind: str = column("Kind of referrer: code.", source="Jw 2.6 lid 1 e and g; CBS, verwijzer", release=Release.EXACT)
    received_on: dt.date = column(
        "Day on which the municipality heard of it.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    day_known: bool = column(
        "The day of the referral is known (often it is not).", source=SOURCE, release=Release.EXACT
    )
    valid: bool | None = column(
        "It was valid on the day of registration; empty while that cannot be said.",
        source="law, medical referral",
        release=Release.EXACT,
    )
    crisis: bool = column("Help began in a crisis.", source=SOURCE, release=Release.EXACT)
    days_to_registration: int | None = column(
        "Calendar days from the referral to the registration at the provider; negative when help began before.",
        source=SOURCE,
        release=Release.EXACT,
        unit="days",
    )
    became_whole: bool = column(
        "The dossier is no longer for registration only: the family asked for help.",
        source=SOURCE,
        release=Release.EXACT,
    )
