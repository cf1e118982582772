"""How a table of facts is declared: typed columns that say what they are, and one kind of thing per row."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, dataclass_transform, get_type_hints


class Grain(StrEnum):
    """What one row is. Counts of different grains are never added or compared as if they were the same."""

    PERSON = "person"
    LINE = "line"
    TRAJECTORY = "trajectory"
    CLAIM = "claim"
    CONTACT = "contact"
    PLAN = "plan"
    EVALUATION = "evaluation"
    DECISION = "decision"
    ALLOCATION = "allocation"


class Release(StrEnum):
    """How a column may go into a snapshot: not at all, made coarser (month, age group), or as it is."""

    NONE = "none"
    COARSE = "coarse"
    EXACT = "exact"


TYPES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "yes or no",
    dt.date: "day",
    dt.date | None: "day, or empty",
    int | None: "whole number, or empty",
    bool | None: "yes or no, or empty",
}


@dataclass(frozen=True)
class Column:
    """A column: its type in words, what it means, its unit, where that comes from, and how it may be released.

    `coarse` names how it is made coarser (`facts.coarse`). `renewed` says of whom or what a key is: such a key is never
    released as it is, each snapshot gets a pseudonym of its own for it, under a key that is thrown away. Keys of the
    same kind get the same pseudonym in all tables of one snapshot.
    """

    name: str
    type: str
    definition: str
    unit: str
    source: str
    release: Release
    coarse: str = ""
    renewed: str = ""


@dataclass(frozen=True)
class Table:
    """A table of facts: the dataclass of its rows, what one row is, and the room that produces it."""

    name: str
    row: type
    grain: Grain
    definition: str
    produced_by: str
    columns: tuple[Column, ...]


tables: dict[str, Table] = {}


def column(
    definition: str, *, source: str, release: Release, unit: str = "", coarse: str = "", renewed: str = ""
) -> Any:
    """Declare a column of a table. One that is released coarser says how; one that is a key may be renewed."""
    said = {"definition": definition, "source": source, "release": release, "unit": unit}
    return dataclasses.field(metadata=said | {"coarse": coarse, "renewed": renewed}, kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def table(name: str, *, grain: Grain, produced_by: str) -> Callable[[type], Any]:
    """Make a class into the row of a table and register it under its name.

    Raises TypeError when a column is not declared with `column`, has a type no snapshot knows, or the name is taken.
    """

    def declare(row: type) -> type:
        made: type = dataclass(frozen=True, slots=True, kw_only=True)(row)
        hints = get_type_hints(made)
        columns = tuple(_column(name, field, hints[field.name]) for field in dataclasses.fields(made))
        if name in tables:
            raise TypeError(f"the table {name} is declared twice")
        tables[name] = Table(name, made, grain, (row.__doc__ or "").strip(), produced_by, columns)
        return made

    return declare


def _column(table_name: str, field: Any, kind: Any) -> Column:
    said = field.metadata
    if not said or kind not in TYPES:
        raise TypeError(f"{table_name}.{field.name} is no declared column of a known type")
    if (said["release"] is Release.COARSE) != bool(said["coarse"]) or (said["renewed"] and said["release"] != "none"):
        raise TypeError(f"{table_name}.{field.name} says of its release what does not go together")
    return Column(field.name, TYPES[kind], **said)
