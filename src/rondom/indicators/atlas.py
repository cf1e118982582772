"""Maps of places, drawn on the server: outlines published by CBS and Kadaster, shaded by a figure. Pure numbers.

Outlines (`data/areas-*.json`) are in degrees times a thousand, simplified so that one step is about a pixel of the map.
Those of wijken are of 2022 and hold only the wijken that were the same in 2021: a figure is never drawn on ground that
it was not counted on.
"""

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
WIDTH, TALLEST, EDGE = 440, 460, 4
SHADES = 4
Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Shape:
    """One place on a map: its outline as an SVG path, its shade (0: not known, else 1 to SHADES), and its words."""

    code: str
    words: str
    path: str
    shade: int


@dataclass(frozen=True)
class Step:
    """One shade of the legend: from and up to which figure."""

    shade: int
    words: str


@dataclass(frozen=True)
class Map:
    """The whole map, in the units of its box. `legend`: what the shades mean; `unknown`: some place has no figure."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[Step, ...]
    unknown: bool


@functools.cache
def outlines(level: str) -> dict[str, tuple[Ring, ...]]:
    """Return the outlines of a level, "GM" (municipalities) or "WK" (wijken), by code."""
    name = {"GM": "areas-municipalities.json", "WK": "areas-districts.json"}[level]
    areas = json.loads((DATA / name).read_text("utf-8"))["areas"]
    return {code: tuple(_ring(text) for text in rings) for code, rings in areas.items()}


def source(level: str) -> str:
    """Return where the outlines of a level come from, with their licence."""
    if level == "GM":
        return "CBS/Kadaster, gebiedsindelingen 2023 (CC BY 4.0)"
    return "CBS/Kadaster, Wijk- en Buurtkaart 2022 (CC BY 4.0)"


def _ring(text: str) -> Ring:
    pairs = (pair.split(",") for pair in text.split())
    return tuple((int(x), int(y)) for x, y in pairs)


def draw(level: str, places: Mapping[str, tuple[str, float | None, str]]) -> Map | None:
    """Return the map of places that have an outline; None when none has.

    places  code -> its name, the figure that shades it (None: not known or not shown), and the figure in words
    """
    known = {code: rings for code, rings in outlines(level).items() if code in places}
    if not known:
        return None
    points = [point for rings in known.values() for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = math.cos(math.radians((south + north) / 2000))  # a degree of longitude is shorter than one of latitude
    scale = min((WIDTH - 2 * EDGE) / ((east - west) * narrow or 1), (TALLEST - 2 * EDGE) / ((north - south) or 1))

    def at(point: tuple[int, int]) -> str:
        return f"{(point[0] - west) * narrow * scale + EDGE:.1f} {(north - point[1]) * scale + EDGE:.1f}"

    steps = _steps([figure for code in known if (figure := places[code][1]) is not None])
    shapes = [
        Shape(
            code, f"{places[code][0]}: {places[code][2]}",
            "".join(f"M{'L'.join(at(point) for point in ring)}Z" for ring in rings), _shade(places[code][1], steps),
        )
        for code, rings in sorted(known.items())
    ]  # fmt: skip
    legend = tuple(
        Step(shade, words) for shade in range(1, SHADES + 1) if (words := _said(known, places, shade, steps))
    )
    return Map(
        width=WIDTH, height=math.ceil((north - south) * scale) + 2 * EDGE, shapes=tuple(shapes), legend=legend,
        unknown=any(shape.shade == 0 for shape in shapes),
    )  # fmt: skip


def _steps(figures: Sequence[float]) -> tuple[float, ...]:
    """Return the upper bounds of the shades: as many places in each, as far as figures differ."""
    ordered = sorted(figures)
    if not ordered:
        return ()
    return tuple(ordered[max(math.ceil(len(ordered) * number / SHADES), 1) - 1] for number in range(1, SHADES + 1))


def _shade(figure: float | None, steps: tuple[float, ...]) -> int:
    if figure is None:
        return 0
    return next(number for number, most in enumerate(steps, 1) if figure <= most)


def _said(
    known: Mapping[str, object], places: Mapping[str, tuple[str, float | None, str]], shade: int,
    steps: tuple[float, ...],
) -> str:  # fmt: skip
    """Return the least and the most figure with a shade, in the words of those places."""
    mine = sorted(
        (figure, places[code][2])
        for code in known
        if (figure := places[code][1]) is not None and _shade(figure, steps) == shade
    )
    if not mine:
        return ""
    least, most = mine[0][1], mine[-1][1]
    return least if least == most else f"{least} – {most}"
