"""The lines of a crisis register."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

REGISTER = "crisis register of the youth region (Zorglandschap Jeugd Flevoland 2016/17, registratiepunt)"


@table("crisis_line", grain=Grain.LINE, produced_by="crisis")
class CrisisLine:
    """One form of crisis help that was asked for one youth: a line of the register. A youth can have several lines."""

    line_key: str = column(
        "Pseudonym of the number under which the line stands in the register.", source=REGISTER, release=Release.NONE
    )
    youth_key: str = column(
        "Pseudonym of the youth: the same on every line of one youth in one register.",
        source=REGISTER, release=Release.NONE, renewed="youth in a crisis register",
    )  # fmt: skip
    region: str = column("Key of the youth region that keeps the register.", source="CBS", release=Release.EXACT)
    municipality: str = column(
        "CBS code of the municipality of the youth; empty when the register says only that it lies elsewhere.",
        source="CBS, gemeentelijke indeling", release=Release.EXACT,
    )  # fmt: skip
    reported_on: dt.date = column(
        "Day on which the crisis was reported.", source=REGISTER, release=Release.COARSE, coarse="month"
    )
    age: int = column(
        "Completed years of the youth on the day of the report.",
        unit="years", source=REGISTER, release=Release.COARSE, coarse="age band",
    )  # fmt: skip
    form: str = column(
        "Form of crisis help: ambulant, crisisbed, pleegzorg, or geen when none was given.",
        source="Zorglandschap Jeugd Flevoland 2016/17, tabel 1", release=Release.EXACT,
    )  # fmt: skip
    no_help_reason: str = column(
        "Code of the reason why no crisis help was given; empty with help, or when the register names none.",
        source="code list crisis_no_help_reason", release=Release.EXACT,
    )  # fmt: skip
    started_on: dt.date | None = column(
        "Day on which the help started.", source=REGISTER, release=Release.COARSE, coarse="month"
    )
    ended_on: dt.date | None = column(
        "Day on which the help ended.", source=REGISTER, release=Release.COARSE, coarse="month"
    )
    days: int | None = column(
        "Days from start to end, the last day not counted; empty while it runs or when a day is missing.",
        unit="days", source=REGISTER, release=Release.EXACT,
    )  # fmt: skip
    follow_up: str = column(
        "Code of what followed when the help ended; empty when it runs, or when the register names nothing.",
        source="code lists crisis_followup_ambulatory and crisis_followup_stay", release=Release.EXACT,
    )  # fmt: skip
