"""What the pages of figures show: own figures beside published ones, as charts, maps and tables."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core import clock
from rondom.core.components import Cell, Chip, Column, Table
from rondom.core.principals import Principal
from rondom.indicators import atlas, drawing, published, showing, words
from rondom.indicators.declared import Direction, Indicator, Made, When, groupings, indicators
from rondom.indicators.layouts import LAYOUTS, NATION
from rondom.indicators.published import COMPARISONS, Comparison, Known, Values
from rondom.indicators.showing import Shown
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind

KEY_FIGURES = (
    "worries", "days_to_triage", "youths_with_help", "wait_start", "started_within_norm", "decisions_on_time",
    "evaluations_on_time", "helped_enough",
)  # fmt: skip
TEAM_FIGURES = ("days_to_triage", "wait_first_talk", "evaluations_on_time", "helped_enough")
HEADLINES = ("share", "trajectories_per_youth")
SUBJECT_NAMES = {
    "entry": gettext_lazy("What comes in"), "plans": gettext_lazy("Plans and looking back"),
    "safety": gettext_lazy("Safety"), "decisions": gettext_lazy("Decisions"), "help": gettext_lazy("Help"),
    "waits": gettext_lazy("Waiting"), "crisis": gettext_lazy("Crisis"),
}  # fmt: skip
BELONGS = {
    When.HAPPENED: gettext_lazy("what happened in the year"),
    When.AT_THE_END: gettext_lazy("what goes on after the last day of the year"),
    When.DURING: gettext_lazy("what ran on at least one day of the year"),
}
MADE = {
    Made.NUMBER: gettext_lazy("how many there are"), Made.SHARE: gettext_lazy("which part of them, in percent"),
    Made.MEDIAN: gettext_lazy("the middle one: half is less, half is more"), Made.AVERAGE: gettext_lazy("the average"),
}  # fmt: skip
BETTER = {
    Direction.MORE: gettext_lazy("more is better"), Direction.LESS: gettext_lazy("less is better"),
    Direction.NEITHER: gettext_lazy("neither more nor less is better by itself"),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One figure with its name, the year before, and the way to its definition."""

    name: Any
    question: Any
    now: Shown
    before: Shown
    url: str


def tiles(keys: Sequence[str], by: Principal, day: dt.date) -> list[Tile]:
    """Return the figures of this year, each beside the year before."""
    this, last = showing.years(day)[:2]
    scopes = showing.scopes_of(by, day)
    found = showing.totals(keys, (this, last), scopes)
    return [
        Tile(
            indicators[key].name, indicators[key].question, found[key, this], found[key, last],
            reverse("indicators:indicator", args=[key]),
        )
        for key in keys
    ]  # fmt: skip


def for_team(by: Principal) -> dict[str, Any]:
    """Return what the page of a team shows of figures: nothing without a snapshot."""
    made = showing.made_at()
    if made is None:
        return {}
    return {"figures": tiles(TEAM_FIGURES, by, clock.today(made)), "figures_made": made}


@dataclass(frozen=True)
class Headline:
    """What was published of the own municipality, beside the country and among the municipalities that are known."""

    comparison: Comparison
    period: str
    own: str
    key: str
    rank: str
    among: int
    url: str


def headlines(municipality: str) -> list[Headline]:
    """Return what is known of the own municipality of the few comparisons that matter."""
    found = []
    for key in HEADLINES:
        comparison = COMPARISONS[key]
        period = newest_of(comparison, municipality)
        if not period:
            continue
        known = published.values(comparison, period, level="GM").of("")
        found.append(
            Headline(
                comparison, period, words.known_words(comparison, known.get(municipality)),
                published_key(comparison, period, municipality, ""),
                words.rank_words(published.ranks(known).get(municipality)), len(known),
                reverse("indicators:published", args=[key]),
            )
        )  # fmt: skip
    return found


def newest_of(comparison: Comparison, place: str) -> str:
    """Return the newest period of which a comparison is known of a place; "" when none is."""
    return next(iter(published.periods_of(comparison, place)), "")


def published_key(comparison: Comparison, period: str, place: str, group: str) -> str:
    """Return the mark of a published figure."""
    return words.key_of(f"published:{comparison.key}", period, ["place", "group"], [place, group])


# --- the list of questions ---


def questions(subject: str) -> dict[str, Any]:
    """Return the indicators under their headings, all or of one subject, and the published comparisons."""
    rows: dict[str, list[list[Any]]] = {}
    for key, each in indicators.items():
        here = showing.SUBJECTS.get(each.table, "help")
        if subject in ("", here):
            line = [Cell(each.question, reverse("indicators:indicator", args=[key])), each.name, each.source]
            rows.setdefault(here, []).append(line)
    columns = [Column(_("Question")), Column(_("Indicator")), Column(_("Source of the definition"))]
    address = reverse("indicators:questions")
    return {
        "tables": [Table(SUBJECT_NAMES[name], columns, rows[name]) for name in SUBJECT_NAMES if name in rows],
        "chips": [
            Chip(label, address if name == subject else f"{address}?over={name}", name == subject)
            for name, label in SUBJECT_NAMES.items()
        ],
        "published": published_table() if not subject else None,
    }  # fmt: skip


def published_table() -> Table:
    """Return the comparisons of published figures as a table."""
    columns = [Column(_("Question")), Column(_("The figure")), Column(_("Source"))]
    rows = [
        [Cell(each.question, reverse("indicators:published", args=[key])), each.name, sources_of(each)]
        for key, each in COMPARISONS.items()
    ]
    return Table(_("Published by others"), columns, rows)


def sources_of(comparison: Comparison) -> str:
    """Return the tables the measures of a comparison stand in: those that hold all of them, if there are any."""
    wanted = {measure.key for measure in comparison.measures}
    held = {key: {measure for measure, _group in each.columns.values()} & wanted for key, each in LAYOUTS.items()}
    whole = [key for key, found in held.items() if found == wanted]
    used = whole or [key for key, found in held.items() if found]
    found = [f"{LAYOUTS[key].source}, {LAYOUTS[key].table}" for key in used]
    return "; ".join(dict.fromkeys(found))


# --- one indicator ---


def indicator_page(indicator: Indicator, by: Principal, day: dt.date, *, year: str, split: str) -> dict[str, Any]:
    """Return what the page of one indicator shows of a year, split in one of its ways or not."""
    scopes = showing.scopes_of(by, day)
    ways = [name for name in indicator.groups if name != "municipality" or len(scopes) > 1]
    split = split if split in ways else next(iter(ways), "")
    asked = [(indicator.key, one, "") for one in showing.years(day)] + ([(indicator.key, year, split)] if split else [])
    answers = dict(zip(asked, showing.ask(tuple(asked), scopes), strict=True))
    whole = answers[indicator.key, year, ""]
    context = {
        "indicator": indicator, "year": year, "split": split, "sql": whole.sql, "total": whole.figures[0],
        "years": [(one, one == year) for one in showing.years(day)],
        "ways": [(name, capfirst(str(groupings[name].name)), name == split) for name in ways],
        "over_years": over_years(indicator, [answers[one].figures[0] for one in asked if not one[2]], day),
        "definition": definition(indicator),
        "beside": beside(indicator, by.municipality),
    }  # fmt: skip
    if split:
        found = answers[indicator.key, year, split]
        context |= {
            "split_sql": found.sql, "closed": found.closed, **split_parts(indicator, found.figures, split, by, day)
        }  # fmt: skip
    return context


def split_parts(
    indicator: Indicator, figures: Sequence[Shown], split: str, by: Principal, day: dt.date
) -> dict[str, Any]:
    """Return a split as chart, table and (of wijken) map."""
    names = words.group_names(
        indicator.table, split, [each.group[0] for each in figures], municipality=by.municipality, day=day
    )
    items = [
        drawing.Item(names[each.group[0]], each.value, each.text, each.key)
        for each in sorted(figures, key=lambda each: (-(each.value or 0), names[each.group[0]]))
    ]
    way = capfirst(str(groupings[split].name))
    table = Table(
        _("%(name)s: %(way)s") % {"name": indicator.name, "way": groupings[split].name},
        [Column(way), Column(_("The figure"), numeric=True)],
        [[item.label, Cell(item.words, figure=item.key)] for item in items],
    )
    return {
        "table": table, "picture": picture(items), "summary": summary(items), "map": None,
        **(district_map(figures, names, by) if split == "district" and figures else {}),
        "hidden": any(each.hidden for each in figures),
    }  # fmt: skip


def district_map(figures: Sequence[Shown], names: Mapping[str, str], by: Principal) -> dict[str, Any]:
    """Return the wijken of the own municipality, shaded by a figure of ours."""
    mine = {each.group[0]: each for each in figures}
    codes = [code for code in atlas.outlines("WK") if code[2:6] == by.municipality[2:]]
    known = reference.labels(AreaKind.DISTRICT, codes) | dict(names)
    nothing = (None, "0")  # no row of this wijk: nothing was counted there
    told = {code: (each.value, each.text) for code, each in mine.items()}
    places = {code: (known.get(code, code), *told.get(code, nothing)) for code in codes}
    made = atlas.draw("WK", places)
    return {"map": made, "map_picture": map_picture(made), "map_source": atlas.source("WK")} if made else {}


def over_years(indicator: Indicator, figures: Sequence[Shown], day: dt.date) -> Table:
    """Return the figure of each year, with what is not whole yet marked."""
    rows = [
        [
            each.period, Cell(each.text, figure=each.key),
            "" if int(each.period) < day.year else _("not over yet; not comparable with a whole year"),
        ]
        for each in figures
    ]  # fmt: skip
    columns = [Column(_("Year")), Column(_("The figure"), numeric=True), Column(_("Comparable?"))]
    return Table(_("%(name)s per year") % {"name": indicator.name}, columns, rows)


def definition(indicator: Indicator) -> list[tuple[Any, Any]]:
    """Return the definition in words, from the declaration itself."""
    found = [
        (_("What is counted"), words.COUNTED[indicator.grain]),
        (_("What belongs to a year"), BELONGS[indicator.when]),
        (_("What is made of it"), MADE[indicator.made]),
        (_("Which way is better"), BETTER[indicator.direction]),
        (_("Source of the definition"), indicator.source),
    ]
    return [(label, capfirst(str(text))) for label, text in found]


def beside(indicator: Indicator, municipality: str) -> list[dict[str, Any]]:
    """Return what others published about the same question, with why it is another figure."""
    found = []
    for key, comparison in COMPARISONS.items():
        if comparison.beside != indicator.key:
            continue
        period = newest_of(comparison, municipality)
        if not period:
            continue
        values = published.values(comparison, period, within=municipality)
        found.append(
            {
                "comparison": comparison, "period": period, "url": reverse("indicators:published", args=[key]),
                "figures": [
                    (
                        words.published_group(group) if group else comparison.name,
                        words.known_words(comparison, values.known.get((municipality, group))),
                        published_key(comparison, period, municipality, group),
                    )
                    for group in comparison.groups
                ],
            }
        )  # fmt: skip
    return found


# --- one published comparison ---


def published_page(comparison: Comparison, by: Principal, day: dt.date, *, period: str, region: str) -> dict[str, Any]:
    """Return what the page of one published comparison shows of a period and a youth region."""
    periods = published.periods_of(comparison)
    period = period if period in periods else next(iter(periods), "")
    context: dict[str, Any] = {
        "comparison": comparison, "period": period, "periods": [(one, one == period) for one in periods],
        "imports": published.imports_of(comparison, period), "sources": sources_of(comparison),
        "rounding": rounding(comparison), "our": indicators.get(comparison.beside),
    }  # fmt: skip
    if not period:
        return context
    if comparison.national or comparison.split:
        return context | parts_page(comparison, period, NATION if comparison.national else by.municipality)
    values = published.values(comparison, period, level="GM")
    nation = published.values(comparison, period, within=NATION)
    own = reference.part_of(AreaKind.MUNICIPALITY, by.municipality, AreaKind.YOUTH_REGION, on=day)
    regions = regions_of(values, day)
    region = region if region in regions else own if own in regions else next(iter(regions), "")
    places = regions.get(region, {})
    return context | {
        "regions": [(code, reference.area_name(AreaKind.YOUTH_REGION, code), code == region) for code in regions],
        **municipalities(comparison, period, values, nation, by.municipality, places),
        **districts(comparison, period, by.municipality),
        "others": others(comparison, period),
    }  # fmt: skip


def regions_of(values: Values, day: dt.date) -> dict[str, dict[str, str]]:
    """Return the youth regions of which a municipality is known: per region the codes with their names."""
    found: dict[str, dict[str, str]] = {}
    links = reference.wholes_of(AreaKind.MUNICIPALITY, list(values.names), AreaKind.YOUTH_REGION, on=day)
    for place, name in values.names.items():
        if place in links:
            found.setdefault(links[place], {})[place] = name
    return dict(sorted(found.items()))


def municipalities(
    comparison: Comparison, period: str, values: Values, nation: Values, own: str, places: Mapping[str, str]
) -> dict[str, Any]:  # fmt: skip
    """Return the municipalities of a region as table, bars and map, with their rank among all that are known."""
    known = values.of("")
    ranks = published.ranks(known)
    ordered = sorted(places, key=lambda place: (-(known[place].value if place in known else -1), places[place]))
    rows = [line(comparison, period, place, places[place], known.get(place), ranks.get(place)) for place in ordered]
    if (NATION, "") in nation.known:
        rows.append(line(comparison, period, NATION, _("the Netherlands"), nation.known[NATION, ""], None))
    columns = [
        Column(_("Municipality")), Column(_("The figure"), numeric=True), Column(_("Can really be"), numeric=True),
        Column(_("Rank"), numeric=True),
    ]  # fmt: skip
    made = atlas.draw("GM", on_map(comparison, places, known))
    items = bars(comparison, period, ordered, places, known, own)
    return {
        "table": Table(_("%(name)s, %(period)s") % {"name": comparison.name, "period": period}, columns, rows),
        "among": len(known), "picture": picture(items), "summary": summary(items),
        "map": made, "map_picture": map_picture(made), "map_source": atlas.source("GM"),
    }  # fmt: skip


def districts(comparison: Comparison, period: str, municipality: str) -> dict[str, Any]:
    """Return the wijken of the own municipality as table and map; nothing when none is known."""
    values = published.values(comparison, period, within=f"WK{municipality[2:]}")
    known, names = values.of(""), values.names
    if not known:
        return {}
    called = reference.labels(AreaKind.DISTRICT, names) | {code: name for code, name in names.items() if name}
    ordered = sorted(names, key=lambda place: (-(known[place].value if place in known else -1), place))
    rows = [line(comparison, period, place, called.get(place, place), known.get(place), None)[:3] for place in ordered]
    columns = [Column(_("Wijk")), Column(_("The figure"), numeric=True), Column(_("Can really be"), numeric=True)]
    made = atlas.draw("WK", on_map(comparison, {code: called.get(code, code) for code in names}, known))
    return {
        "district_table": Table(
            _("%(name)s per wijk, %(period)s") % {"name": comparison.name, "period": period}, columns, rows
        ),
        "district_map": made, "district_picture": map_picture(made), "district_source": atlas.source("WK"),
    }  # fmt: skip


def others(comparison: Comparison, period: str) -> Table | None:
    """Return provinces and parts of the country of the newest period that is known of them; None when none is."""
    for one in [period, *published.periods_of(comparison)]:
        found = [(level, published.values(comparison, one, level=level)) for level in ("PV", "LD", "CR", "NL")]
        rows = [
            [*line(comparison, one, place, values.names[place], known, None)[:2], one]
            for _level, values in found
            for place, known in sorted(values.of("").items())
        ]  # fmt: skip
        if len(rows) > 1:
            columns = [Column(_("Place")), Column(_("The figure"), numeric=True), Column(_("Period"))]
            return Table(_("Larger places"), columns, rows)
    return None


def parts_page(comparison: Comparison, period: str, place: str) -> dict[str, Any]:
    """Return the parts of one place as bars and table."""
    values = published.values(comparison, period, within=place)
    items, rows = [], []
    for group in comparison.groups:
        known = values.known.get((place, group))
        name, text = words.published_group(group), words.known_words(comparison, known)
        key = published_key(comparison, period, place, group)
        items.append(bar(comparison, name, known, key))
        rows.append([name, Cell(text, figure=key), words.margin_words(comparison, known) if known else ""])
    columns = [Column(_("Part")), Column(_("The figure"), numeric=True), Column(_("Can really be"), numeric=True)]
    named = _("the Netherlands") if place == NATION else values.names.get(place) or place
    caption = _("%(name)s, %(place)s, %(period)s") % {"name": comparison.name, "place": named, "period": period}
    return {
        "table": Table(caption, columns, rows), "picture": picture(items), "summary": summary(items), "place": named,
    }  # fmt: skip


def line(
    comparison: Comparison, period: str, place: str, name: str, known: Known | None, rank: tuple[int, int] | None
) -> list[Any]:
    """Return one place of a table: its name, the figure, what it can really be, and its rank."""
    figure = Cell(words.known_words(comparison, known), figure=published_key(comparison, period, place, ""))
    return [name, figure, words.margin_words(comparison, known) if known else "", words.rank_words(rank)]


def bars(
    comparison: Comparison, period: str, ordered: Sequence[str], names: Mapping[str, str],
    known: Mapping[str, Known], own: str,
) -> list[drawing.Item]:  # fmt: skip
    """Return a bar per place, with the line of what rounding leaves open."""
    return [
        bar(comparison, names[place], known.get(place), published_key(comparison, period, place, ""), own=place == own)
        for place in ordered
    ]


def bar(comparison: Comparison, label: str, known: Known | None, key: str, *, own: bool = False) -> drawing.Item:
    """Return one published figure as a bar, with the line of what rounding leaves open."""
    text = words.known_words(comparison, known)
    if known is None:
        return drawing.Item(label, None, text, key, own=own)
    return drawing.Item(label, known.value, text, key, known.low, known.high, own)


def on_map(
    comparison: Comparison, names: Mapping[str, str], known: Mapping[str, Known]
) -> dict[str, tuple[str, float | None, str]]:
    """Return the places of a map: name, figure, figure in words."""
    return {
        place: (name, known[place].value if place in known else None, words.known_words(comparison, known.get(place)))
        for place, name in names.items()
    }


def rounding(comparison: Comparison) -> list[str]:
    """Return how the measures of a comparison were rounded, in sentences."""
    found = []
    for measure in comparison.measures:
        if measure.step == 5:
            found.append(_("%(name)s: rounded to a multiple of 5; small counts are left out.") % {"name": measure.name})
        elif measure.is_share:
            found.append(_("%(name)s: rounded to one decimal.") % {"name": measure.name})
        else:
            found.append(_("%(name)s: as counted; of a wijk rounded to a multiple of 5.") % {"name": measure.name})
    return found


# --- pictures ---


def picture(items: Sequence[drawing.Item]) -> Any:
    """Return the bars as SVG; None when there is nothing to draw."""
    chart = drawing.draw(items)
    return render_to_string("indicators/_bars.html", {"chart": chart}) if chart else None


def map_picture(made: atlas.Map | None) -> Any:
    """Return the map as SVG; None without one."""
    return render_to_string("indicators/_map.html", {"map": made}) if made else None


def summary(items: Sequence[drawing.Item]) -> str:
    """Return a picture in one sentence: what is highest and lowest of what is shown."""
    shown = [item for item in items if item.figure is not None]
    if not shown:
        return _("No figure of this is shown.")
    most, least = max(shown, key=lambda item: item.figure or 0), min(shown, key=lambda item: item.figure or 0)
    if len(shown) == 1 or most.figure == least.figure:
        return _("%(label)s: %(figure)s.") % {"label": most.label, "figure": most.words}
    return _("Highest: %(most)s (%(most_figure)s). Lowest: %(least)s (%(least_figure)s).") % {
        "most": most.label, "most_figure": most.words, "least": least.label, "least_figure": least.words,
    }  # fmt: skip
