"""`docs/reference/facts.md`, made from the declared tables of facts."""

from collections.abc import Iterator

from rondom import facts  # noqa: F401 - declares every table
from rondom.facts.schema import Column, Table, tables

HEAD = """
# Facts

What can be counted. A table exists when a room produces it. Persons, lines, trajectories and claims are different
things: a table has one kind of row, and counts of different kinds are never added. `none`: never in a snapshot;
`coarse`: only made coarser (the month, a band of ages); `exact`: as it is; `renewed`: each snapshot gets a pseudonym of
its own, under a key that is thrown away; for the same person it is the same in all tables of that snapshot.
"""


def page() -> str:
    """Return the page, without its first line."""
    return HEAD + "".join(line for table in tables.values() for line in _table(table))


def _table(table: Table) -> Iterator[str]:
    yield f"\n## {table.name}\n\n{table.definition}"
    yield f" One row is a **{table.grain}**; produced by `{table.produced_by}`.\n\n"
    yield "| Column | Type | Meaning | Unit | Source | Release |\n|---|---|---|---|---|---|\n"
    for each in table.columns:
        cells = (f"`{each.name}`", each.type, each.definition, each.unit, each.source, _release(each))
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


def _release(each: Column) -> str:
    if each.renewed:
        return f"renewed ({each.renewed})"
    return f"{each.release.value} ({each.coarse})" if each.coarse else each.release.value
