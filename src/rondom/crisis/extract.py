"""What the facts get of the register: one row per line that counts, with pseudonyms for keys."""

from collections.abc import Iterable, Iterator

from rondom.core import keys
from rondom.crisis import queries
from rondom.crisis.models import RegisterLine
from rondom.facts.crisis import CrisisLine

PURPOSE = "facts-crisis-line"


def crisis_lines(rows: Iterable[RegisterLine]) -> Iterator[CrisisLine]:
    """Yield the facts of register lines. The number in the register becomes a pseudonym of its own."""
    ring = keys.ring()
    for row in rows:
        days = (row.ended_on - row.started_on).days if row.started_on and row.ended_on else None
        yield CrisisLine(
            line_key=ring.mac(PURPOSE, row.report_id.encode(), row.region)[:16].hex(),
            youth_key=row.youth_key,
            region=row.region,
            municipality=row.municipality,
            reported_on=row.reported_on,
            age=row.age,
            form=row.form,
            no_help_reason=row.no_help_reason,
            started_on=row.started_on,
            ended_on=row.ended_on,
            days=days,
            follow_up=row.follow_up,
        )


def everything() -> Iterator[CrisisLine]:
    """Yield the facts of every line that counts, of every register, without holding them all."""
    for region in queries.regions_with_lines():
        yield from crisis_lines(queries.counting(region).iterator(chunk_size=2000))
