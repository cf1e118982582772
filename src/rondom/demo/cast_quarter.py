"""A quarter of the crisis register: 92 invented lines that give the printed table of the third quarter of 2016.

It was frozen; then somebody saw that an age was copied wrong. So the next edition has errata, and there is work: what
does not fit is still to be looked at, but for one flag.
"""

import datetime as dt
from pathlib import Path

from rondom.core.importing import Held
from rondom.crisis import importing
from rondom.crisis.quarter import Quarter
from rondom.demo.cast import Cast
from rondom.reports import crisis_quarter

LINES = Path(__file__).parent / "data" / "crisis-2016Q3.csv"
REGION, QUARTER = "flevoland", Quarter(2016, 3)


def add(cast: Cast) -> None:
    """Bring the lines in, look at one flag, freeze the first edition, and correct a line."""
    first = cast.at - dt.timedelta(days=20)
    by = cast.principal("anneke", first)
    importing.load(by=by, at=first, path=LINES, region=REGION)
    crisis_quarter.close(
        REGION, QUARTER, "CF03", note="Nagekeken in het register: dertien jongeren hebben twee regels.",
        name=cast.staff["anneke"].name, by=by, at=first + dt.timedelta(hours=1),
    )  # fmt: skip
    crisis_quarter.edition(REGION, QUARTER, 1, public=False, by=by, at=first + dt.timedelta(hours=2))
    later = cast.at - dt.timedelta(days=6)
    importing.load(
        by=cast.principal("anneke", later), at=later, path=Held("verbeterd.csv", _corrected()), region=REGION,
        correct="leeftijd verkeerd overgenomen",
    )  # fmt: skip


def _corrected() -> bytes:
    """Return the head and one line of the register: a child in Lelystad in foster care was 15, not younger than 12."""
    head, *lines = LINES.read_text("utf-8").splitlines()
    cells = next(line for line in lines if ",Lelystad," in line and ",pleegzorg," in line).split(",")
    cells[4] = "15"
    return "\n".join([head, ",".join(cells)]).encode()
