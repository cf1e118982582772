"""`docs/reference/indicators.md`, made from the declared indicators."""

from collections.abc import Iterator

from django.utils import translation

from rondom.indicators.declared import Indicator, Made, When, groupings, indicators

HEAD = """
# Indicators

Every figure has one definition; pages, reports and the command `rondom facts figure` read it. Facts carry months and
periods are whole months, so what runs at the end of a period is counted exactly. A count of persons counts each once,
also when there are several rows.
"""
WHEN = {
    When.HAPPENED: "`{day}` lies in the period",
    When.AT_THE_END: "begun (`{day}`) and not over (`{until}`) at the end of the period",
    When.DURING: "ran (`{day}` to `{until}`) on a day of the period",
}


def page() -> str:
    """Return the page, without its first line."""
    with translation.override("en"):
        return HEAD + "".join(line for each in indicators.values() for line in _indicator(each))


def _indicator(each: Indicator) -> Iterator[str]:
    yield f"\n## {each.key}\n\n**{each.name}.** {each.question}\n\n| | |\n|---|---|\n"
    yield f"| Counted | {each.grain.value} of `{each.table}`{f', per `{each.per}`' if each.per else ''} |\n"
    yield f"| Belongs to a period | {WHEN[each.when].format(day=each.day, until=each.until)} |\n"
    if each.whole:
        yield f"| Of | `{each.whole}` |\n"
    yield f"| Figure | {_made(each)} |\n"
    yield f"| Split by | {', '.join(str(groupings[name].name) for name in each.groups)} |\n"
    yield f"| Better | {each.direction.value} |\n| Source | {each.source} |\n"


def _made(each: Indicator) -> str:
    if each.made is Made.SHARE:
        return f"share with `{each.part}`, in %"
    return f"{each.made.value} of `{each.of}`, in {each.unit}" if each.of else f"number, of `{each.counts or 'rows'}`"
