"""The known parameters: name, type, unit, bounds, where they may differ, and in Dutch what they mean.

A room above registers its own with `known.register(...)`; a name that is not known here cannot be given a value.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.registry import Registry


class Type(models.TextChoices):
    """What kind of value a parameter holds."""

    WHOLE = "whole", _("whole number")
    DECIMAL = "decimal", _("number")
    AMOUNTS = "amounts", _("amounts")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("choice")
    TEXT = "text", _("text")
    DATE = "date", _("date")


class Level(models.TextChoices):
    """Where a parameter may differ."""

    NATIONAL = "national", _("national")
    REGION = "region", _("region")
    MUNICIPALITY = "municipality", _("municipality")
    ORGANISATION = "organisation", _("organisation")
    PRODUCT = "product", _("product")
    PROVIDER_KIND = "provider_kind", _("kind of provider")


class Unit(NamedTuple):
    """A unit as it is said of one and of more: day, days."""

    one: Any
    many: Any

    def __str__(self) -> str:
        return str(self.many)


@dataclass(frozen=True)
class ParameterKind:
    """What is known of a parameter. `rule` is the id of the rule or requirement; `privileged` asks two persons.

    A statutory one has its values in the reviewed files of `law`; it is shown here and cannot be changed.
    """

    name: str
    title: Any
    meaning: Any
    type: Type
    unit: Unit | None = None
    levels: tuple[Level, ...] = (Level.NATIONAL,)
    lowest: Decimal | int | None = None
    highest: Decimal | int | None = None
    choices: tuple[tuple[str, Any], ...] = ()
    rule: str = ""
    privileged: bool = False
    statutory: bool = False

    def read(self, given: Any) -> Any:
        """Return a stored or typed value in its own type; raise BadInput when it cannot be one."""
        return READERS[self.type](self, given)

    def write(self, value: Any) -> Any:
        """Return the JSON form of a value: decimals and dates as text, so that nothing is rounded."""
        if isinstance(value, Decimal | dt.date):
            return str(value)
        return [str(part) for part in value] if isinstance(value, tuple) else value

    def show(self, value: Any) -> Any:
        """Return a value as people read it, without its unit."""
        if self.type == Type.YES_NO:
            return _("yes") if value else _("no")
        if self.type == Type.CHOICE:
            return dict(self.choices)[value]
        if self.type == Type.AMOUNTS:
            return " / ".join(str(part).replace(".", ",") for part in value)
        return str(value).replace(".", ",") if self.type == Type.DECIMAL else value

    def say(self, value: Any) -> str:
        """Return a value with its unit: "1 dag", "14 dagen"."""
        shown = str(self.show(value))
        if self.unit is None:
            return shown
        unit = self.unit.one if value == 1 else self.unit.many
        return str(_("%(value)s %(unit)s") % {"value": shown, "unit": unit})

    def within_bounds(self, number: Any) -> Any:
        """Return the number when it lies between the lowest and the highest; raise BadInput otherwise."""
        low, high = self.lowest, self.highest
        if (low is not None and number < low) or (high is not None and number > high):
            sentence = _("%(title)s lies between %(low)s and %(high)s, so %(number)s cannot be right.")
            words = {"title": self.title, "low": _bound(low), "high": _bound(high), "number": number}
            raise BadInput(sentence % words, field="value")
        return number

    def refuse(self, given: Any, example: str) -> BadInput:
        """Return the sentence for a value of another type."""
        sentence = _("“%(given)s” cannot be the value of %(title)s. Write it like this: %(example)s.")
        return BadInput(sentence % {"given": str(given)[:60], "title": self.title, "example": example}, field="value")


def _bound(bound: Decimal | int | None) -> Any:
    return _("no limit") if bound is None else bound


def _whole(kind: ParameterKind, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise kind.refuse(given, "14")
    try:
        return int(kind.within_bounds(int(str(given).strip())))
    except ValueError:
        raise kind.refuse(given, "14") from None


def _decimal(kind: ParameterKind, given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        raise kind.refuse(given, "14,51")
    try:
        number = Decimal(str(given).strip().replace(",", "."))
    except InvalidOperation:
        raise kind.refuse(given, "14,51") from None
    if not number.is_finite():
        raise kind.refuse(given, "14,51")
    return Decimal(kind.within_bounds(number))


def _amounts(kind: ParameterKind, given: Any) -> tuple[Decimal, ...]:
    pieces = given.split("/") if isinstance(given, str) else given
    if not isinstance(pieces, list | tuple) or not pieces:
        raise kind.refuse(given, "23 / 35 / 45")
    return tuple(_decimal(kind, piece) for piece in pieces)


def _yes_no(kind: ParameterKind, given: Any) -> bool:
    known = {True: True, False: False, "ja": True, "nee": False, "yes": True, "no": False}
    key = given.strip().lower() if isinstance(given, str) else given
    if not isinstance(key, bool | str) or key not in known:
        raise kind.refuse(given, "ja")
    return known[key]


def _choice(kind: ParameterKind, given: Any) -> str:
    if not isinstance(given, str) or given not in dict(kind.choices):
        raise kind.refuse(given, ", ".join(key for key, _label in kind.choices))
    return given


def _text(kind: ParameterKind, given: Any) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > 200:
        raise kind.refuse(given, "versie 7")
    return given.strip()


def _date(kind: ParameterKind, given: Any) -> dt.date:
    try:
        return given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given).strip())
    except ValueError:
        raise kind.refuse(given, "2026-07-01") from None


READERS: dict[Type, Callable[[ParameterKind, Any], Any]] = {
    Type.WHOLE: _whole,
    Type.DECIMAL: _decimal,
    Type.AMOUNTS: _amounts,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
    Type.TEXT: _text,
    Type.DATE: _date,
}

known: Registry[ParameterKind] = Registry("parameters")


def add(kind: ParameterKind) -> ParameterKind:
    """Register a parameter under its own name."""
    return known.register(kind.name, kind)


def find(name: str) -> ParameterKind:
    """Return what is known of a parameter; raise BadInput for an unknown name."""
    if name not in known:
        sentence = _("There is no parameter “%(name)s”. Choose one from the list of parameters.")
        raise BadInput(sentence % {"name": name[:60]}, field="name")
    return known[name]


def changeable(name: str) -> ParameterKind:
    """Return what is known of a parameter that can be given a value; raise BadInput for one of the law."""
    kind = find(name)
    if kind.statutory:
        sentence = _("%(title)s is set by law and cannot be changed here.")
        raise BadInput(sentence % {"title": kind.title}, field="name")
    return kind
