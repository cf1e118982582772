"""Sets of ids that are asked for in every query, compiled once.

Who may see what is a condition in every query. Django builds and compiles a condition anew each time, and for one that
is nested three deep this took four times as long as running it. `Prepared` keeps the compiled form and fills in the
values: a principal's keys, a moment, a day. The set itself is still asked of the database, every time.

    def open_to(keys): return Relation.objects.filter(principal__in=slots("keys", keys), starts_at__lte=slot("at"))

    OPEN = Prepared(lambda keys: open_to(keys).values("subject"))
    Case.objects.filter(OPEN.holds("pk", len(by.keys), keys=by.keys, at=at))     among the ids: for lists

    EACH = Prepared(lambda keys: open_to(keys).filter(subject=outer()).values("subject"))
    Case.objects.filter(EACH.exists("pk", len(by.keys), keys=by.keys, at=at))    looked up per row: for few rows
"""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup

ALIAS = "given"  # what tables in a prepared query are called: no column of the query around it is taken for its own
OUTER = "\0"  # stands in compiled SQL where the outer column comes
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

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self.mark]


def slot(name: str) -> Any:
    """Return the place of a value, to be used in a filter as if it were the value."""
    return _Slot(name)


def slots(name: str, count: int) -> list[Any]:
    """Return the places of so many values, for `__in`."""
    return [_Slot(name, place) for place in range(count)]


class _Outer(Expression):
    """The column of the outer query, in a prepared query that is looked up per row."""

    def __init__(self) -> None:
        super().__init__(output_field=None)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return OUTER, []


def outer() -> Any:
    """Return the place of the outer column: one in a query, in its own filter and not deeper."""
    return _Outer()


class Prepared:
    """A query for ids, built once for every shape: `build(*shape)` returns it with slots where values come."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._compiled: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}

    def holds(self, column: str, *shape: Hashable, **values: Any) -> "Condition":
        """Return the condition "this column is among these ids"."""
        return Condition(models.F(column), self._asked("{column} IN ({sql})", shape, values))

    def exists(self, column: str, *shape: Hashable, **values: Any) -> "Condition":
        """Return the condition "for this column there is such a row"; the query has the column as `outer()`."""
        return Condition(models.F(column), self._asked("EXISTS({sql})", shape, values))

    def _asked(self, form: str, shape: tuple[Hashable, ...], values: dict[str, Any]) -> "_Asked":
        plain = {
            name: tuple(sorted(value, key=str)) if isinstance(value, frozenset | set) else value
            for name, value in values.items()
        }
        return _Asked(self, form, shape, tuple(sorted(plain.items())))

    def compiled(self, connection: Any, shape: tuple[Hashable, ...]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL of a shape for this kind of database, and its parameters and marks."""
        key = (connection.vendor, *shape)
        if key not in self._compiled:
            query = self.build(*shape).order_by().query
            query.get_initial_alias()
            query.change_aliases({alias: f"{ALIAS}{place}" for place, alias in enumerate(query.alias_map)})
            sql, params = query.get_compiler(connection=connection).as_sql()
            self._compiled[key] = sql, tuple(params)
        return self._compiled[key]


@dataclass(frozen=True)
class _Asked:
    """A prepared query in one shape and form, with the values that are asked for."""

    prepared: Prepared
    form: str
    shape: tuple[Hashable, ...]
    values: tuple[tuple[str, Any], ...]


class Condition(Lookup[bool]):
    """The condition on a column that a prepared query makes."""

    lookup_name = "prepared"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        asked: _Asked = self.rhs
        column, before = self.process_lhs(compiler, connection)
        if before or f'"{ALIAS}' in column:
            raise TypeError("A prepared condition is about a plain column of a query that is not itself prepared.")
        sql, params = asked.prepared.compiled(connections[connection.alias], asked.shape)
        values = dict(asked.values)
        text = asked.form.format(column=column, sql=sql.replace(OUTER, column))
        return text, [_bound(param, values, connection) for param in params]


def _bound(param: Any, values: dict[str, Any], connection: Any) -> Any:
    if not isinstance(param, _Mark):
        return param
    value = param.value_in(values)
    return FIELDS[type(value)].get_db_prep_value(value, connection)
