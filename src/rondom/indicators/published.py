"""What can be asked of published figures, and how to reckon with figures that were rounded.

A published 105 stands for anything from 102.5 to 107.5. `Known` carries that interval through a ratio and a rank, so a
page never says that one municipality stands above another when rounding alone could have turned them round.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.indicators import layouts
from rondom.indicators.enums import ImportState
from rondom.indicators.layouts import MEASURES, Measure
from rondom.indicators.models import FigureImport, PublishedFigure

KEY = ("measure", "place", "period", "group")
Key = tuple[str, str, str, str]
JUST_UNDER = 1e-9  # a figure rounds up at the half: the most it can be lies just under it


def current() -> QuerySet[PublishedFigure]:
    """Return the figures that count: stored as a whole, and not replaced by a later import."""
    return PublishedFigure.objects.filter(batch__state=ImportState.STORED, replaced_at__isnull=True)


def unfinished() -> QuerySet[FigureImport]:
    """Return the imports that were begun and neither stored nor discarded."""
    return FigureImport.objects.filter(state=ImportState.STAGING)


def known(places: Iterable[str], periods: Iterable[str]) -> dict[Key, Decimal | None]:
    """Return the figures that count of these places and periods, by measure, place, period and group."""
    rows = current().filter(place__in=list(places), period__in=list(periods))
    return {(m, p, t, g): value for m, p, t, g, value in rows.values_list(*KEY, "value")}


# --- reckoning with rounded figures ---


@dataclass(frozen=True)
class Known:
    """A figure with the least and the most it can really be. `value` is what the printed figures give."""

    value: float
    low: float
    high: float

    @classmethod
    def printed(cls, value: Decimal, measure: Measure, place: str) -> "Known":
        """Return what a printed figure stands for: from half a step below, to just under half a step above."""
        half, number = measure.half(place), float(value)
        if not half:
            return cls(number, number, number)
        return cls(number, max(round(number - half, 6), 0.0), round(number + half, 6) - JUST_UNDER)

    def __add__(self, other: "Known") -> "Known":
        return Known(self.value + other.value, self.low + other.low, self.high + other.high)

    def over(self, other: "Known", times: float = 1) -> "Known | None":
        """Return this divided by another, `times` as large; None when the other can be nothing."""
        if other.low <= 0:
            return None
        return Known(
            times * self.value / other.value, times * self.low / other.high, times * self.high / other.low
        )  # fmt: skip


def ranks(values: Mapping[str, Known]) -> dict[str, tuple[int, int]]:
    """Return the best and the worst rank of each place within rounding; the highest figure ranks first.

    Above a place stands what is higher however both were rounded; what could be as high may stand above it.
    """
    lows, highs = sorted(each.low for each in values.values()), sorted(each.high for each in values.values())
    return {
        place: (1 + len(lows) - bisect_right(lows, mine.high), len(highs) - bisect_left(highs, mine.low))
        for place, mine in values.items()
    }


# --- what is compared ---


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A figure for every place, made of published measures: one of them, or a sum of some over a sum of others.

    top, under  measures with their groups; `under` empty: the figure is the measure itself
    times       100 for a percentage
    split       the figure has a value per group of `top`, each over `under`; else its groups are added
    decimals    how it is shown
    beside      the key of our own indicator that asks the same, and `differs`: why the two are not the same figure
    national    it is known of the whole country only
    """

    key: str
    name: Any
    question: Any
    definition: Any
    unit: str
    top: tuple[tuple[str, str], ...]
    under: tuple[tuple[str, str], ...] = ()
    times: float = 1
    split: bool = False
    decimals: int = 0
    beside: str = ""
    differs: Any = ""
    national: bool = False

    @property
    def measures(self) -> list[Measure]:
        """The measures it is made of, each once."""
        return [MEASURES[key] for key in dict.fromkeys(key for key, _group in (*self.top, *self.under))]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups it has a value for: one of all ("") when it is not split."""
        return tuple(group for _measure, group in self.top) if self.split else ("",)


YEAR_AND_KIND = _(
    "CBS counts all youth care in kind in 2021, protection and probation too; ours counts youths with help that our "
    "municipality ordered, in the year you choose."
)
ALL_REFERRERS = tuple(layouts.REFERRER_COLUMNS.values())

COMPARISONS = {
    each.key: each
    for each in (
        Comparison(
            key="share", name=_("Share of youths with youth care"),
            question=_("Of every hundred young people, how many have youth care?"),
            definition=MEASURES[layouts.SHARE].definition, unit="%", top=((layouts.SHARE, ""),), decimals=1,
            beside="youths_with_help", differs=YEAR_AND_KIND,
        ),
        Comparison(
            key="per_hundred", name=_("Youths with youth care per 100 inhabitants up to 24"),
            question=_("How many youths have youth care, next to how many young people live there?"),
            definition=_(
                "Youths with youth care, divided by inhabitants of 0 to 24, times 100. Compare it with the same figure "
                "of other places, not with the share of 0 to 22: that has other ages, and comes from another table."
            ),
            unit="", top=((layouts.YOUTHS, ""),),
            under=((layouts.INHABITANTS, "0-14"), (layouts.INHABITANTS, "15-24")), times=100, decimals=1,
            beside="youths_with_help", differs=YEAR_AND_KIND,
        ),
        Comparison(
            key="youths", name=_("Youths with youth care"), question=_("How many youths have youth care?"),
            definition=MEASURES[layouts.YOUTHS].definition, unit="youth", top=((layouts.YOUTHS, ""),),
            beside="youths_with_help", differs=YEAR_AND_KIND,
        ),
        Comparison(
            key="trajectories_per_youth", name=_("Trajectories per youth"),
            question=_("How many forms of youth care does a youth with youth care have on average?"),
            definition=_("Trajectories in the year, divided by youths with youth care in the year."),
            unit="trajectory", top=((layouts.TRAJECTORIES, ""),), under=((layouts.YOUTHS, ""),), decimals=2,
            beside="trajectories_per_youth",
            differs=_(
                "Both put overlapping help of one form at one provider together. CBS counts all youth care in kind in "
                "2021, protection and probation too; ours counts help that our municipality ordered, in the year you "
                "choose."
            ),
        ),
        Comparison(
            key="referrers", name=_("Who referred"), question=_("Who referred to youth care?"),
            definition=_(
                "Trajectories by who referred, as a part of all trajectories that have a referrer in the table. These "
                "are fewer than all trajectories; why the rest has none is not in our sources. Small counts are left "
                "out."
            ),
            unit="%", top=tuple((layouts.BY_REFERRER, group) for group in ALL_REFERRERS),
            under=tuple((layouts.BY_REFERRER, group) for group in ALL_REFERRERS), times=100, split=True, decimals=1,
            beside="referrals",
            differs=_("Ours counts referrals past our triage, not trajectories, and not what our own team found."),
        ),
        Comparison(
            key="referrers_begun", name=_("Who referred, of help that began"),
            question=_("Who referred to youth assistance that began in the year, in the whole country?"),
            definition=_(
                "Trajectories of youth assistance that began, by referrer, as a part of all that began. Youth "
                "assistance alone: do not lay it beside that of a municipality, which counts all youth care that ran."
            ),
            unit="%",
            top=tuple((layouts.BEGUN, group) for group in ALL_REFERRERS if group != "unknown"),
            under=((layouts.BEGUN, ""),), times=100, split=True, decimals=1, national=True,
        ),
        Comparison(
            key="durations", name=_("How long help lasted"),
            question=_("How long did youth assistance that ended last, in the whole country?"),
            definition=_(
                "Trajectories that ended in the year, by how long they had lasted, as a part of all that ended. Help "
                "that goes on is not in it. A first delivery misses what ended late."
            ),
            unit="%", top=tuple((layouts.ENDED, group) for group in layouts.DURATIONS.values()),
            under=tuple((layouts.ENDED, group) for group in layouts.DURATIONS.values()), times=100, split=True,
            decimals=1, national=True,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Values:
    """A comparison in a period: per place and group what is known, and the names of the places."""

    comparison: Comparison
    period: str
    known: Mapping[tuple[str, str], Known]
    names: Mapping[str, str]

    def of(self, group: str, places: Iterable[str] | None = None) -> dict[str, Known]:
        """Return the known figures of one group, of these places or all."""
        wanted = None if places is None else set(places)
        return {
            place: value
            for (place, one), value in self.known.items()
            if one == group and (wanted is None or place in wanted)
        }


def values(comparison: Comparison, period: str, *, level: str = "", within: str = "") -> Values:
    """Return a comparison for the places of a level ("GM", "WK", ...) or the places whose code begins with `within`.

    Two queries, whatever the number of places. A figure that needs one that is not published is not there.
    """
    keys = {key for key, _group in (*comparison.top, *comparison.under)}
    rows = current().filter(measure__in=keys, period=period)
    rows = rows.filter(place__startswith=within or level)
    cells: dict[tuple[str, str, str], Known] = {}
    names: dict[str, str] = {}
    for measure, place, group, name, value in rows.values_list("measure", "place", "group", "name", "value"):
        names[place] = names.get(place) or name
        if value is not None:
            cells[measure, group, place] = Known.printed(value, MEASURES[measure], place)
    found = {}
    for place in names:
        for group in comparison.groups:
            tops = [each for each in comparison.top if not comparison.split or each[1] == group]
            made = _made(comparison, tops, cells, place)
            if made is not None:
                found[place, group] = made
    return Values(comparison, period, found, names)


def _made(
    comparison: Comparison, tops: Sequence[tuple[str, str]], cells: Mapping[tuple[str, str, str], Known], place: str
) -> Known | None:
    top, under = _sum(tops, cells, place), _sum(comparison.under, cells, place, lenient=comparison.split)
    if not comparison.under or top is None:
        return top
    return top.over(under, comparison.times) if under else None


def _sum(
    parts: Sequence[tuple[str, str]], cells: Mapping[tuple[str, str, str], Known], place: str, *, lenient: bool = False
) -> Known | None:
    """Add the figures of a place; None when one is not published (`lenient`: what is published is enough)."""
    known = [cells.get((measure, group, place)) for measure, group in parts]
    there = [each for each in known if each is not None]
    if not there or (len(there) < len(known) and not lenient):
        return None
    return sum(there[1:], there[0])


def periods_of(comparison: Comparison, place: str = "") -> list[str]:
    """Return the periods of which the comparison can be made (of a place), newest first. One query."""
    keys = [measure.key for measure in comparison.measures]
    rows = current().filter(measure__in=keys).order_by()
    rows = rows.filter(place=place) if place else rows
    periods: dict[str, set[str]] = {}
    for measure, period in rows.values_list("measure", "period").distinct():
        periods.setdefault(period, set()).add(measure)
    return sorted((period for period, found in periods.items() if len(found) == len(keys)), reverse=True)


def imports_of(comparison: Comparison, period: str) -> list[FigureImport]:
    """Return the imports that its figures of a period came with, newest first."""
    keys = [measure.key for measure in comparison.measures]
    used = current().filter(measure__in=keys, period=period).order_by().values("batch").distinct()
    return list(FigureImport.objects.filter(pk__in=used).order_by("-ended_at", "pk"))


def is_there_any() -> bool:
    """Tell whether any published figure counts."""
    return current().exists()
