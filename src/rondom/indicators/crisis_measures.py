"""Indicators of the crisis register (Zorglandschap Jeugd Flevoland 2016/17; items F15-F27 of the requirements)."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from rondom.indicators.declared import (
    ROWS,
    YOUTH,
    Direction,
    Grouping,
    Indicator,
    Made,
    When,
    declare,
    declare_groupings,
)  # fmt: skip

SOURCE = "Zorglandschap Jeugd Flevoland 2016/17, registratiepunt"
HELPED = "form <> 'geen'"
STAYED = "form IN ('crisisbed', 'pleegzorg')"
ALL = ("municipality", "form", "age")

GROUPINGS = (
    Grouping("municipality", _("municipality"), "municipality"),
    Grouping("form", _("form of crisis help"), "form"),
    Grouping("age", _("12- and 12+"), "CASE WHEN age IN ('0-3', '4-11') THEN '12-' ELSE '12+' END"),
    Grouping("follow_up", _("what followed"), "follow_up"),
    Grouping("no_help_reason", _("why no help was given"), "no_help_reason"),
)

reported = partial(Indicator, table="crisis_line", when=When.HAPPENED, day="reported_on")
ended = partial(Indicator, table="crisis_line", when=When.HAPPENED, day="ended_on")

INDICATORS = (
    reported(
        key="crisis_lines", name=_("Crisis reports, lines"), question=_("How often was crisis help asked?"),
        made=Made.NUMBER, unit="line", groups=ALL, source=f"{SOURCE}, table 1 (F20, F23)",
    ),
    reported(
        key="crisis_youths", name=_("Youths in crisis"), question=_("For how many youths was crisis help asked?"),
        made=Made.NUMBER, counts=YOUTH, unit="youth", groups=ALL, source=f"{SOURCE} (F20)",
    ),
    reported(
        key="crisis_helped", name=_("Crisis reports with help"), question=_("How often was crisis help given?"),
        made=Made.NUMBER, whole=HELPED, unit="line", groups=ALL, source=f"{SOURCE}, table 1 (F20, F23)",
    ),
    reported(
        key="crisis_no_help", name=_("Crisis reports without help"),
        question=_("Of all reports, how many got no crisis help?"),
        made=Made.SHARE, part="form = 'geen'", unit="%", groups=("municipality", "age"),
        source=f"{SOURCE}, table 1 (F20, F23)",
    ),
    reported(
        key="crisis_why_no_help", name=_("Why no crisis help was given"),
        question=_("Why did a report get no crisis help?"),
        made=Made.NUMBER, whole="form = 'geen'", unit="line", groups=("municipality", "age", "no_help_reason"),
        source=f"{SOURCE} (F22)",
    ),
    reported(
        key="crisis_ambulatory_first", name=_("Ambulatory first"),
        question=_("Of all reports with help, how many were helped at home first?"),
        made=Made.SHARE, whole=HELPED, part="form = 'ambulant'", unit="%", groups=("municipality", "age"),
        direction=Direction.MORE, source="the region chooses ambulatory first, bed last (Flevoland)",
    ),
    reported(
        key="crisis_bed", name=_("Crisis bed"), question=_("Of all reports with help, how many led to a stay?"),
        made=Made.SHARE, whole=HELPED, part=STAYED, unit="%", groups=("municipality", "age"),
        direction=Direction.LESS, source=f"{SOURCE}, table 1 (F23)",
    ),
    reported(
        key="crisis_repeated", name=_("Youths with more than one report"),
        question=_("Of all youths in crisis, how many were reported more than once in the period?"),
        made=Made.SHARE, per=YOUTH, part=f"{ROWS} > 1", unit="%", groups=("municipality",), direction=Direction.LESS,
        source=f"{SOURCE} (F20)",
    ),
    ended(
        key="crisis_days_of_stay", name=_("Length of crisis stay"),
        question=_("How many days does a crisis stay last (median)?"),
        made=Made.MEDIAN, whole=STAYED, of="days", unit="days", groups=ALL, direction=Direction.LESS,
        source=f"{SOURCE}, figure 1 (F25)",
    ),
    ended(
        key="crisis_stay_over_28_days", name=_("Crisis stay of more than 28 days"),
        question=_("Of all crisis stays that ended, how many lasted more than 28 days?"),
        made=Made.SHARE, whole=f"{STAYED} AND days IS NOT NULL", part="days > 28", unit="%", groups=ALL,
        direction=Direction.LESS, source="Flevoland: a crisis stay lasts 28 days at most (undated)",
    ),
    ended(
        key="crisis_follow_up", name=_("What followed crisis help"),
        question=_("What happened after crisis help that ended?"),
        made=Made.NUMBER, whole=HELPED, unit="line", groups=(*ALL, "follow_up"),
        source=f"{SOURCE}, tables 2 and 3 (F26, F27)",
    ),
    Indicator(
        key="crisis_running", name=_("Crisis help at the end of the period"),
        question=_("How many forms of crisis help go on?"),
        table="crisis_line", when=When.AT_THE_END, day="started_on", until="ended_on",
        made=Made.NUMBER, whole=HELPED, unit="line", groups=ALL, source=f"{SOURCE} (F19)",
    ),
)  # fmt: skip


def register() -> None:
    """Make them known, once."""
    declare_groupings(GROUPINGS)
    declare(INDICATORS)
