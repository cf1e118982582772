"""Ecogram and genogram: who is around a family, and how it is related, as positions on a drawing.

The layout is pure: things in, whole numbers out (a template prints no fraction, whatever the language). `ecogram_for`
and `genogram_for` gather what a viewer may see; what they may not see is left out before anything is placed. Staff are
told that a part is kept from them (`partial`), residents never are. Nothing is said by colour alone: every tie has a
line of its own kind, every drawing a summary and a table.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.people.enums import Derived, KinshipKind, Sex, TieStrength
from rondom.people.models import Kinship, NetworkTie, Person
from rondom.people.queries import INVERSE, ties_of
from rondom.people.sight import persons_in_sight
from rondom.people.whereabouts import secret_among, showable
from rondom.privacy.enums import Sight

# --- words


def age_on(person: Person, day: dt.date) -> int | None:
    """Return the age in whole years on a day (of death, for who died), None when the birth date is unknown."""
    if person.born_on is None:
        return None
    until = min(person.died_on, day) if person.died_on else day
    return until.year - person.born_on.year - ((until.month, until.day) < (person.born_on.month, person.born_on.day))


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Break a text in lines of at most `width` characters, at spaces where possible; at most `most` lines.

    What does not fit ends in an ellipsis; the table beside the drawing has the whole text.
    """
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and len(lines[-1]) + 1 + len(rest) <= width:
            lines[-1] += " " + rest
            continue
        while len(rest) > width:
            cut = max(1, min(width - 1, len(rest) - 4))  # no scrap of one or two letters on the next line
            lines.append(rest[:cut] + "-")
            rest = rest[cut:]
        lines.append(rest)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: width - 1].rstrip(" -") + "…"
    return lines


# --- ecogram

ECO_WIDTH, ECO_LEAST = 460, 280
ECO_LETTERS, ECO_LINES = 14, 3
LINE = 20  # height of a line of text
GAP = 14  # room between two labels
NAMES = 8  # names in the middle


@dataclass(frozen=True)
class TieSeen:
    """A tie as the drawing knows it: whose, with whom or what, how it feels, what they can do."""

    owners: tuple[str, ...]
    label: str
    strength: TieStrength
    can_do: str = ""


@dataclass(frozen=True)
class TextLine:
    """One line of text at a place; `minor` is printed smaller."""

    x: int
    y: int
    text: str
    minor: bool = False


@dataclass(frozen=True)
class Spoke:
    """A tie on the drawing: the line from the family, its label, and the box the label keeps free."""

    tie: TieSeen
    path: str
    marks: str
    anchor: str
    lines: tuple[TextLine, ...]
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Ecogram:
    """A drawn ecogram. `partial`: staff may be told that something was left out."""

    width: int
    height: int
    cx: int
    cy: int
    rx: int
    ry: int
    names: tuple[TextLine, ...]
    spokes: tuple[Spoke, ...]
    summary: str
    partial: bool = False

    @property
    def strengths(self) -> list[TieStrength]:
        """The kinds of line on this drawing, for the legend."""
        return [s for s in TieStrength if any(spoke.tie.strength == s for spoke in self.spokes)]

    @property
    def samples(self) -> list[tuple[TieStrength, str, str]]:
        """Kind, line and marks of each kind on the drawing, 46 wide and 16 high."""
        return [(s, *line_of(s, 2, 8, 44, 8)) for s in self.strengths]


def line_of(strength: TieStrength, x1: int, y1: int, x2: int, y2: int) -> tuple[str, str]:
    """Return the path of a tie and the marks over it: tense is a zigzag, broken has two strokes through it."""
    if strength == TieStrength.TENSE:
        return _zigzag(x1, y1, x2, y2), ""
    straight = f"M{x1} {y1}L{x2} {y2}"
    return straight, _strokes(x1, y1, x2, y2) if strength == TieStrength.BROKEN else ""


def _zigzag(x1: int, y1: int, x2: int, y2: int) -> str:
    length = math.hypot(x2 - x1, y2 - y1) or 1
    teeth = max(3, round(length / 9))
    nx, ny = -(y2 - y1) / length * 5, (x2 - x1) / length * 5
    points = [(x1, y1)]
    for i in range(1, teeth):
        side = 1 if i % 2 else -1
        t = i / teeth
        points.append((round(x1 + (x2 - x1) * t + nx * side), round(y1 + (y2 - y1) * t + ny * side)))
    points.append((x2, y2))
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _strokes(x1: int, y1: int, x2: int, y2: int, at: float = 0.5) -> str:
    """Two short strokes across the line at a part of its length."""
    length = math.hypot(x2 - x1, y2 - y1) or 1
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    mx, my = x1 + (x2 - x1) * at, y1 + (y2 - y1) * at
    out = []
    for shift in (-3, 3):
        cx, cy = mx + ux * shift, my + uy * shift
        # a slanting stroke: across the line and a little along it
        dx, dy = -uy * 8 + ux * 3, ux * 8 + uy * 3
        out.append(f"M{round(cx - dx)} {round(cy - dy)}L{round(cx + dx)} {round(cy + dy)}")
    return "".join(out)


def lay_out_ecogram(names: Sequence[str], ties: Sequence[TieSeen], *, summary: str, partial: bool = False) -> Ecogram:
    """Place the family in the middle and its ties in two bows beside it; labels never touch, whatever their number."""
    sides: tuple[list[TieSeen], list[TieSeen]] = ([], [])
    for number, tie in enumerate(ties):
        sides[number % 2].append(tie)
    shown = list(names[:NAMES])
    if len(names) > NAMES:
        shown.append(ngettext("and %(count)s more", "and %(count)s more", len(names) - NAMES) % {
            "count": len(names) - NAMES
        })  # fmt: skip
    blocks = [[_label(tie, len(names) > 1) for tie in side] for side in sides]
    ry = max(58, len(shown) * LINE // 2 + 24)
    tall = [sum(len(b) * LINE + GAP for b in side) for side in blocks]
    height = max(ECO_LEAST, *(t + 2 * GAP for t in tall), 2 * ry + 40)
    cx, cy, rx = ECO_WIDTH // 2, height // 2, 66
    spokes: list[Spoke] = []
    for which, side in enumerate(sides):
        y = (height - tall[which]) // 2 + GAP // 2
        for tie, block in zip(side, blocks[which], strict=True):
            spokes.append(_spoke(tie, block, which == 0, y, cx, cy, rx, ry, height))
            y += len(block) * LINE + GAP
    top = cy - (len(shown) - 1) * LINE // 2 + 5
    return Ecogram(
        ECO_WIDTH, height, cx, cy, rx, ry,
        tuple(TextLine(cx, top + i * LINE, wrapped(name, 15, 1)[0]) for i, name in enumerate(shown) if name.strip()),
        tuple(spokes), summary, partial,
    )  # fmt: skip


def _label(tie: TieSeen, several: bool) -> list[tuple[str, bool]]:
    lines = [(line, False) for line in wrapped(tie.label, ECO_LETTERS, ECO_LINES)]
    if several and tie.owners:
        lines.append((wrapped(", ".join(tie.owners), ECO_LETTERS + 1, 1)[0], True))
    return lines


def _spoke(
    tie: TieSeen, block: list[tuple[str, bool]], left: bool, y: int, cx: int, cy: int, rx: int, ry: int, height: int
) -> Spoke:  # fmt: skip
    tall = len(block) * LINE
    middle = y + tall // 2
    away = (middle - cy) / (height / 2)  # -1 top, 0 middle, 1 bottom
    reach = round(104 - 24 * min(1.0, away * away))  # a bow: further out in the middle
    sign = -1 if left else 1
    x = cx + sign * reach
    angle = math.atan2((middle - cy) / ry, sign * reach / rx)
    start = (round(cx + rx * math.cos(angle)), round(cy + ry * math.sin(angle)))
    path, marks = line_of(tie.strength, start[0], start[1], x, middle)
    text_x = x + sign * 6
    lines = tuple(TextLine(text_x, y + i * LINE + 15, text, minor) for i, (text, minor) in enumerate(block))
    width = ECO_WIDTH // 2 - reach - 6
    box = (text_x - width if left else text_x, y, width, tall)
    return Spoke(tie, path, marks, "end" if left else "start", lines, box)


def ecogram_for(persons: Iterable[Person], by: Principal, at: dt.datetime) -> Ecogram:
    """Draw the ties around these persons as far as this viewer may see them.

    Left out: persons outside sight, ties with somebody outside sight, and ties that point to a place while the
    whereabouts of anybody in the middle are secret for this viewer.
    """
    day, asked = clock.today(at), list(persons)
    seen = _seen(by, {p.pk for p in asked}, at=at)
    family = [p for p in asked if p.pk in seen]
    places = showable(seen, by=by, what=Derived.NETWORK, at=at) == seen
    rows = list(ties_of(family, day))
    others = _seen(by, {t.other_id for t in rows if t.other_id}, at=at)
    kept = [t for t in rows if (places or not t.points_to_place) and (t.other_id is None or t.other_id in others)]
    partial = by.kind == "staff" and (len(kept) < len(rows) or len(family) < len(asked))
    family.sort(key=lambda p: (p.born_on or dt.date.max, p.short_name))
    names = [_with_age(p, day) for p in family]
    ties = _joined(kept)
    return lay_out_ecogram(names, ties, summary=_eco_summary(family, ties), partial=partial)


def _seen(by: Principal, persons: set[UUID], *, at: dt.datetime) -> set[UUID]:
    if not persons:
        return set()
    sight = Sight.RESIDENT if by.kind == "resident" else Sight.OPEN
    return set(persons_in_sight(by, at=at, sight=sight).filter(pk__in=persons).values_list("pk", flat=True))


def _with_age(person: Person, day: dt.date) -> str:
    age = age_on(person, day)
    return person.short_name if age is None else f"{person.short_name} ({age})"


def _joined(rows: Iterable[NetworkTie]) -> list[TieSeen]:
    """One tie per name and kind: the school of two children is drawn once. Strong ones first."""
    found: dict[tuple[str, str], TieSeen] = {}
    for row in rows:
        key = (row.label.casefold(), row.strength)
        before = found.get(key)
        owners = (*(before.owners if before else ()), row.person.short_name)
        can_do = "; ".join(dict.fromkeys(filter(None, [before.can_do if before else "", row.can_do])))
        found[key] = TieSeen(owners, row.label, TieStrength(row.strength), can_do)
    order = list(TieStrength)
    return sorted(found.values(), key=lambda t: (order.index(t.strength), t.label.casefold()))


def _eco_summary(family: list[Person], ties: list[TieSeen]) -> str:
    """Say the drawing in words: how many ties, and which are strong, tense or broken."""
    if not ties:
        return _("Nobody has been drawn around this family yet.")
    count = ngettext("There is %(count)s tie.", "There are %(count)s ties.", len(ties)) % {"count": len(ties)}
    named = [
        _("%(kind)s: %(names)s.") % {"kind": str(strength.label).capitalize(), "names": ", ".join(labels)}
        for strength in TieStrength
        if (labels := [tie.label for tie in ties if tie.strength == strength])
    ]
    return " ".join([count, *named])


# --- genogram

UNIT, SYMBOL, ROW, MARGIN = 112, 46, 164, 30
LABEL = 44  # two lines below a symbol


@dataclass(frozen=True)
class KinSeen:
    """A person on the genogram."""

    key: Any
    name: str
    sex: str = Sex.UNKNOWN
    born_on: dt.date | None = None
    note: str = ""
    unborn: bool = False
    died: bool = False
    own: bool = False


@dataclass(frozen=True)
class Link:
    """`one` is parent, foster parent, partner, ex-partner or sibling of `other` (keys of KinSeen)."""

    one: Any
    kind: KinshipKind
    other: Any


@dataclass(frozen=True)
class Symbol:
    """A drawn person: a square (male), circle (female), diamond (not known), triangle (not born yet)."""

    person: KinSeen
    x: int
    y: int
    lines: tuple[TextLine, ...]

    @property
    def half(self) -> int:
        """Half the size of the symbol."""
        return SYMBOL // 2

    @property
    def left(self) -> int:
        """Left of the square."""
        return self.x - self.half

    @property
    def top(self) -> int:
        """Top of the square."""
        return self.y - self.half

    @property
    def shape(self) -> str:
        """Name of the shape."""
        if self.person.unborn:
            return "triangle"
        return {Sex.MALE: "square", Sex.FEMALE: "circle"}.get(Sex(self.person.sex), "diamond")

    @property
    def outline(self) -> str:
        """Path of a diamond or triangle."""
        x, y, h = self.x, self.y, self.half
        if self.shape == "triangle":
            return f"M{x} {y - h}L{x + h} {y + h}L{x - h} {y + h}Z"
        return f"M{x} {y - h}L{x + h} {y}L{x} {y + h}L{x - h} {y}Z"

    @property
    def cross(self) -> str:
        """Path of the cross through who died."""
        x, y, h = self.x, self.y, self.half - 3
        return f"M{x - h} {y - h}L{x + h} {y + h}M{x + h} {y - h}L{x - h} {y + h}"


@dataclass(frozen=True)
class Drawn:
    """A line of a kind: couple, ex, child, foster, sibling; `marks` are the strokes through it."""

    kind: str
    path: str
    marks: str = ""


@dataclass(frozen=True)
class Genogram:
    """A drawn genogram, and the same in words."""

    width: int
    height: int
    symbols: tuple[Symbol, ...]
    lines: tuple[Drawn, ...]
    rows: tuple[str, ...]
    summary: str
    partial: bool = False

    @property
    def kinds(self) -> set[str]:
        """Kinds of line and shape on this drawing, for the legend."""
        shapes = {s.shape for s in self.symbols} | ({"died"} if any(s.person.died for s in self.symbols) else set())
        return {line.kind for line in self.lines} | shapes


@dataclass
class _Union:
    """Parents (one or two) with their children; or partners without."""

    parents: tuple[Any, ...]
    children: list[Any] = field(default_factory=list)
    fostered: bool = False
    ex: bool = False


def generations(people: Sequence[KinSeen], links: Sequence[Link]) -> dict[Any, int]:
    """Return the generation of each person: 0 for the oldest. Partners and siblings share one."""
    level = {p.key: 0 for p in people}
    down = (KinshipKind.PARENT, KinshipKind.FOSTER_PARENT, KinshipKind.STEP_PARENT)
    for _round in range(len(people) + 1):
        changed = False
        for link in links:
            if link.one not in level or link.other not in level:
                continue
            step = 1 if link.kind in down else 2 if link.kind == KinshipKind.GRANDPARENT else 0
            if step == 0 and link.kind == KinshipKind.OTHER:
                continue
            if level[link.other] < level[link.one] + step:
                level[link.other], changed = level[link.one] + step, True
            if step == 0 and level[link.one] < level[link.other]:
                level[link.one], changed = level[link.other], True
            if step and level[link.one] < level[link.other] - step:
                # the parent of a child whose other parent stands lower joins that row
                level[link.one], changed = level[link.other] - step, True
        if not changed:
            break
    least = min(level.values(), default=0)
    return {key: value - least for key, value in level.items()}


def _unions(people: Sequence[KinSeen], links: Sequence[Link]) -> list[_Union]:
    known = {p.key: p for p in people}
    found: dict[tuple[tuple[Any, ...], bool], _Union] = {}
    together = {
        frozenset((k.one, k.other)): k.kind == KinshipKind.EX_PARTNER
        for k in links
        if k.kind in (KinshipKind.PARTNER, KinshipKind.EX_PARTNER)
    }
    order = {key: place for place, key in enumerate(known)}
    for fostered, kind in ((False, KinshipKind.PARENT), (True, KinshipKind.FOSTER_PARENT)):
        for child in known:
            parents = {k.one for k in links if k.kind == kind and k.other == child and k.one in known}
            if parents:
                pair = tuple(sorted(parents, key=order.__getitem__)[:2])
                union = found.setdefault((pair, fostered), _Union(pair, fostered=fostered))
                union.children.append(child)
    for pair_set in together:
        pair = tuple(sorted(pair_set, key=lambda k: order.get(k, -1)))
        if len(pair) == 2 and all(k in known for k in pair):
            found.setdefault((pair, False), _Union(pair))
    for union in found.values():
        union.ex = together.get(frozenset(union.parents), False)
        union.children.sort(key=lambda k: (known[k].born_on or dt.date.max, known[k].name))
    return list(found.values())


def _chain(start: Any, pairs: list[_Union]) -> list[Any]:
    """Return somebody with all partners of partners, partners beside each other: first partner, self, the others.

    `pairs` are unions of two within one generation, in the order of their eldest child.
    """
    members = {start}
    while True:
        more = {p for u in pairs if members & set(u.parents) for p in u.parents} - members
        if not more:
            break
        members |= more
    mine = [u for u in pairs if set(u.parents) <= members]
    hub = max(members, key=lambda k: (sum(k in u.parents for u in mine), k == start, str(k)))
    partners = list(dict.fromkeys(next(p for p in u.parents if p != hub) for u in mine if hub in u.parents))
    rest = [k for k in members if k != hub and k not in partners]
    return [*partners[:1], hub, *partners[1:], *sorted(rest, key=str)]


def _clusters(people: Sequence[KinSeen], unions: list[_Union], level: dict[Any, int]) -> list[list[list[Any]]]:
    """Return per generation the chains of partners, from left to right, so that children stand below their parents."""
    known = {p.key: p for p in people}

    def eldest(union: _Union) -> dt.date:
        return min((known[c].born_on or dt.date.max for c in union.children), default=dt.date.max)

    unions.sort(key=eldest)
    rows: list[list[list[Any]]] = [[] for _ in range(max(level.values(), default=0) + 1)]
    placed: set[Any] = set()

    def place(key: Any) -> None:
        if key not in placed:
            row = level[key]
            pairs = [u for u in unions if len(u.parents) == 2 and all(level[p] == row for p in u.parents)]
            chain = _chain(key, pairs)
            placed.update(chain)
            rows[row].append(chain)

    by_birth = sorted(known, key=lambda k: (known[k].born_on or dt.date.max, known[k].name))
    for row in range(len(rows)):
        above = [key for chain in rows[row - 1] for key in chain] if row else []
        families = [u for u in unions if any(p in above for p in u.parents)]
        families.sort(key=lambda u: max(above.index(p) for p in u.parents if p in above))
        for union in families:
            for child in union.children:
                if level[child] == row:
                    place(child)
        for key in by_birth:
            if level[key] == row:
                place(key)
    for row in range(len(rows) - 2, -1, -1):
        below = [key for chain in rows[row + 1] for key in chain]
        rows[row].sort(key=lambda chain: _mean([below.index(c) for c in _children(chain, unions) if c in below], 1e6))
    return rows


def _children(chain: Sequence[Any], unions: list[_Union]) -> list[Any]:
    return [c for u in unions if set(u.parents) & set(chain) for c in u.children]


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _columns(rows: list[list[list[Any]]], unions: list[_Union]) -> dict[Any, float]:
    """Return the place of each person from left to right, in units; nobody nearer to another than one unit."""
    x: dict[Any, float] = {}
    for row in reversed(rows):
        free = -1e9
        for chain in row:
            wanted = _wanted(chain, unions, x)
            start = wanted.get(chain[0], 0.0 if free < -1e8 else free)
            shift = max(0.0, free - start)
            at = start + shift
            for number, key in enumerate(chain):
                at = max(at, wanted.get(key, at) + shift) if number else at
                x[key] = at
                at += 1
            free = x[chain[-1]] + 1
    return x


def _wanted(chain: Sequence[Any], unions: list[_Union], x: dict[Any, float]) -> dict[Any, float]:
    """Return where each of a chain would stand right above its children; empty when none of them is placed."""
    means: dict[frozenset[Any], float] = {}
    for union in unions:
        spots = [x[c] for c in union.children if c in x]
        if spots and set(union.parents) & set(chain):
            means[frozenset(union.parents)] = _mean(spots, 0)
    if not means:
        return {}
    if len(chain) == 1:
        return {chain[0]: _mean(list(means.values()), 0)}
    hub_place = 1 if len(chain) > 2 else 0
    hub, middle = chain[hub_place], _mean(list(means.values()), 0)
    if len(chain) == 2:
        middle -= 0.5
    wanted = {hub: middle}
    for number, key in enumerate(chain):
        if key == hub:
            continue
        mean = means.get(frozenset((key, hub)))
        side = -1 if number < hub_place else 1
        apart = abs(number - hub_place)
        ideal = 2 * mean - middle if mean is not None else middle + side * apart
        wanted[key] = min(ideal, middle - apart) if side < 0 else max(ideal, middle + apart)
    return wanted


def lay_out_genogram(
    people: Sequence[KinSeen], links: Sequence[Link], *, rows: Sequence[str] = (), summary: str = "",
    partial: bool = False,
) -> Genogram:  # fmt: skip
    """Place people in generations: partners beside each other, children below by birth, eldest first."""
    known = {p.key: p for p in people}
    usable = [k for k in links if k.one in known and k.other in known]
    level = generations(people, usable)
    unions = _unions(people, usable)
    x = _columns(_clusters(people, unions, level), unions)
    least = min(x.values(), default=0)
    symbols = {}
    for key, person in known.items():
        px = round(MARGIN + UNIT / 2 + (x[key] - least) * UNIT)
        py = MARGIN + SYMBOL // 2 + level[key] * ROW
        below = py + SYMBOL // 2
        texts = [wrapped(person.name, 13, 1)[0] if person.name.strip() else "?", *wrapped(person.note, 16, 1)]
        text_lines = tuple(TextLine(px, below + 19 + i * 18, text, i > 0) for i, text in enumerate(texts))
        symbols[key] = Symbol(person, px, py, text_lines)
    lines = _lines(unions, usable, symbols, level)
    width = max((s.x for s in symbols.values()), default=0) + UNIT // 2 + MARGIN
    height = max((s.y for s in symbols.values()), default=0) + SYMBOL // 2 + LABEL + MARGIN // 2
    return Genogram(width, height, tuple(symbols.values()), tuple(lines), tuple(rows), summary, partial)


def _lines(
    unions: list[_Union], links: Sequence[Link], symbols: dict[Any, Symbol], level: dict[Any, int]
) -> list[Drawn]:
    lines: list[Drawn] = []
    half = SYMBOL // 2
    rank: dict[int, int] = {}
    for union in unions:
        parents = sorted((symbols[p] for p in union.parents), key=lambda s: s.x)
        if len(parents) == 2 and parents[0].y == parents[1].y:
            one, two = parents
            between = any(s.y == one.y and one.x < s.x < two.x for s in symbols.values())
            if between:  # over the heads of who stands between
                arch = one.y - half - 28
                path = f"M{one.x + 9} {one.y - half + 2}V{arch}H{two.x}V{two.y - half}"
                marks = _strokes(one.x, arch, two.x, arch, 0.5) if union.ex else ""
            else:
                path = f"M{one.x + half} {one.y}H{two.x - half}"
                marks = _strokes(one.x + half, one.y, two.x - half, one.y, 0.25) if union.ex else ""
            if not union.fostered:
                lines.append(Drawn("ex" if union.ex else "couple", path, marks))
            start = (two.x - UNIT // 2, one.y) if between or two.x - one.x > UNIT * 3 else ((one.x + two.x) // 2, one.y)
            if between:
                start = (two.x - UNIT // 2, arch)
        else:
            lowest = max(parents, key=lambda s: s.y)
            start = (lowest.x, lowest.y + half + LABEL - 2)
        if not union.children:
            continue
        children = [symbols[c] for c in union.children]
        row = min(level[c] for c in union.children)
        bar = min(c.y for c in children) - half - 14 - 9 * (rank.get(row, 0) % 3)
        rank[row] = rank.get(row, 0) + 1
        kind = "foster" if union.fostered else "child"
        spots = [c.x for c in children]
        path = f"M{start[0]} {start[1]}V{bar}M{min([*spots, start[0]])} {bar}H{max([*spots, start[0]])}"
        path += "".join(f"M{c.x} {bar}V{c.y - half}" for c in children)
        lines.append(Drawn(kind, path))
    with_parents = {c for u in unions for c in u.children}
    for link in links:
        if link.kind == KinshipKind.SIBLING and not {link.one, link.other} <= with_parents:
            one, two = symbols[link.one], symbols[link.other]
            top = min(one.y, two.y) - half - 12
            lines.append(Drawn("sibling", f"M{one.x} {one.y - half}V{top}H{two.x}V{two.y - half}"))
    return lines


def genogram_for(persons: Iterable[Person], by: Principal, at: dt.datetime) -> Genogram:
    """Draw how these persons are related, with their nearest relatives, as far as this viewer may see them.

    A foster child is drawn with a dashed line; whom the viewer may not see is left out. Where the whereabouts of a
    foster child or its family are secret, the foster tie points to a place and is left out too.
    """
    day, asked = clock.today(at), {p.pk: p for p in persons}
    near = Kinship.objects.filter(Q(person__in=asked) | Q(other__in=asked)).values_list("person", "other")
    around = {key for pair in near for key in pair}
    seen = _seen(by, set(asked) | around, at=at)
    kin = list(Kinship.objects.filter(person__in=seen, other__in=seen).select_related("person", "other").order_by("pk"))
    foster = {k for row in kin if row.kind == KinshipKind.FOSTER_PARENT for k in (row.person_id, row.other_id)}
    hidden = secret_among(foster) - showable(foster, by=by, what=Derived.HOUSEHOLD, at=at)
    drawn = [
        k for k in kin if k.kind != KinshipKind.FOSTER_PARENT or not {k.person_id, k.other_id} & hidden
    ]  # fmt: skip
    left_out = len(drawn) < len(kin) or bool((set(asked) | around) - seen)
    people = {k: p for row in drawn for k, p in ((row.person_id, row.person), (row.other_id, row.other))}
    people |= {key: p for key, p in asked.items() if key in seen}
    fostered = {row.other_id for row in drawn if row.kind == KinshipKind.FOSTER_PARENT}
    ordered = sorted(people.values(), key=lambda p: (p.born_on or dt.date.max, p.short_name))
    cast = [_kin_seen(p, day, own=p.pk in asked, fostered=p.pk in fostered) for p in ordered]
    links = [Link(row.person_id, KinshipKind(row.kind), row.other_id) for row in drawn]
    rows = [_said(row, forward) for row in drawn for forward in (True, False)]
    return lay_out_genogram(
        cast, links, rows=sorted(rows), summary=_geno_summary(cast, drawn), partial=by.kind == "staff" and left_out
    )


def _kin_seen(person: Person, day: dt.date, *, own: bool, fostered: bool) -> KinSeen:
    age = age_on(person, day)
    if person.is_unborn and person.expected_on:
        note = _("due %(date)s") % {"date": f"{person.expected_on:%d-%m-%Y}"}
    elif person.died_on:
        note = _("died %(year)s") % {"year": person.died_on.year}
    elif age is None:
        note = _("age unknown")
    else:
        note = ngettext("%(count)s year", "%(count)s years", age) % {"count": age}
    if fostered:
        note = _("%(age)s, foster") % {"age": age} if age is not None else _("foster child")
    return KinSeen(
        person.pk, person.short_name, person.sex, person.born_on, note, unborn=person.is_unborn,
        died=person.died_on is not None, own=own,
    )  # fmt: skip


def _said(row: Kinship, forward: bool) -> str:
    """Say one relation: "Mirjam Visser: parent of Lot de Wit"."""
    one, two = (row.person, row.other) if forward else (row.other, row.person)
    word = KinshipKind(row.kind).label if forward else INVERSE[row.kind]
    return _("%(one)s: %(word)s %(other)s") % {"one": one.name, "word": word, "other": two.name}


def _geno_summary(cast: list[KinSeen], rows: list[Kinship]) -> str:
    if not rows:
        return _("Nobody has recorded yet how this family is related.")
    people = ngettext("%(count)s person", "%(count)s persons", len(cast)) % {"count": len(cast)}
    said = [_said(row, True) for row in rows]
    return _("%(people)s. %(relations)s.") % {"people": people, "relations": "; ".join(said)}
