"""Sets of ids that are asked for in every query, compiled once.

Who may see what is a condition in every query. Django builds and compiles a condition anew each time, and for one that
is nested three deep this took four times as long as running it. `Prepared` keeps the compiled form and fills in the
values: a principal's keys, a moment, a day. The set itself is still asked of the database, every time.

    OPEN = Prepared(lambda keys: Relation.objects.filter(principal__in=keys, starts_at__lte=slot("at")).values("subject"))
    Case.objects.filter(OPEN.holds("pk", keys=by.keys, at=at))
"""

import datetime as dt
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup

FIELDS: dict[type, models.Field[Any, Any]] = {
    dt.datetime: models.DateTimeField(),
    dt.date: models.DateField(),
    UUID: models.UUIDField(),
    str: models.TextField(),
}


class _Mark:
    """Stands among the parameters of a compiled query where a value will come."""

    def __init__(self, name: str, place: int | None) -> None:
        self.name, self.place = name, place

    def value_in(self, values: dict[str, Any]) -> Any:
        """Return the value that belongs here."""
        value = values[self.name]
        return value if self.place is None else value[self.place]


class _Slot(Expression):
    """A place for a value in a query that is compiled once."""

    def __init__(self, name: str, place: int | None = None) -> None:
        super().__init__(output_field=None)
        self.mark = _Mark(name, place)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self.mark]


def slot(name: str) -> Any:
    """Return the place of a value, to be used in a filter as if it were the value."""
    return _Slot(name)


def slots(name: str, count: int) -> list[Any]:
    """Return the places of so many values, for `__in`."""
    return [_Slot(name, place) for place in range(count)]


class Prepared:
    """A query for ids, built once for every shape: `build(*shape)` returns it with slots where values come."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._compiled: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}

    def holds(self, column: str, *shape: Hashable, **values: Any) -> "Within":
        """Return the condition "this column is among these ids"; collections of values go in a fixed order."""
        plain = {
            name: tuple(sorted(value, key=str)) if isinstance(value, Collection) and not isinstance(value, str) else value
            for name, value in values.items()
        }
        return Within(models.F(column), _Asked(self, shape, tuple(sorted(plain.items()))))

    def compiled(self, connection: Any, shape: tuple[Hashable, ...]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL of a shape for this kind of database, and its parameters and marks."""
        key = (connection.vendor, *shape)
        if key not in self._compiled:
            sql, params = self.build(*shape).order_by().query.get_compiler(connection=connection).as_sql()
            self._compiled[key] = sql, tuple(params)
        return self._compiled[key]


@dataclass(frozen=True)
class _Asked:
    """A prepared query in one shape, with the values that are asked for."""

    prepared: Prepared
    shape: tuple[Hashable, ...]
    values: tuple[tuple[str, Any], ...]


class Within(Lookup[bool]):
    """The condition that a column is among the ids of a prepared query."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        asked: _Asked = self.rhs
        column, before = self.process_lhs(compiler, connection)
        sql, params = asked.prepared.compiled(connections[connection.alias], asked.shape)
        values = dict(asked.values)
        return f"{column} IN ({sql})", [*before, *(_bound(param, values, connection) for param in params)]


def _bound(param: Any, values: dict[str, Any], connection: Any) -> Any:
    if not isinstance(param, _Mark):
        return param
    value = param.value_in(values)
    return FIELDS[type(value)].get_db_prep_value(value, connection)
