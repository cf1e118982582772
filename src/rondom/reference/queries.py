"""What can be asked: a code, a choice, an area, a parameter, a word; always for a day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.periods import on as holds_on
from rondom.law.engine import ParameterSet as LawParameters
from rondom.law.engine import UnknownParameter, national
from rondom.law.engine import Value as LawValue
from rondom.reference import parameters, scopes, vocabulary
from rondom.reference.enums import AreaKind, ChangeState
from rondom.reference.models import AreaLink, Code, CodeList, LocalWord, Parameter, ParameterChange
from rondom.reference.vocabulary import Word

# --- codes ---


def _list(key: str) -> CodeList:
    found = CodeList.objects.filter(key=key).first()
    if found is None:
        raise BadInput(_("There is no code list “%(key)s”.") % {"key": key[:40]}, field="list")
    return found


def code(key: str, value: str, *, on: dt.date) -> Code:
    """Return a code of a list as it holds on a day; raise BadInput with a sentence when it does not."""
    found = Code.objects.filter(holds_on(on), list=key, code=value).first()
    if found is not None:
        return found
    listed = _list(key)
    known = Code.objects.filter(list=key, code=value).order_by("-starts").first()
    words = {"code": value[:20], "list": listed.name, "day": date_format(on, "j F Y")}
    if known is None:
        sentence = _("“%(code)s” is not in the list %(list)s. Choose one from the list.")
    else:
        sentence = _("“%(code)s” (%(label)s) of the list %(list)s does not hold on %(day)s. Choose another one.")
        words["label"] = known.label
    raise BadInput(sentence % words, field="code")


def codes_on(key: str, *, on: dt.date) -> QuerySet[Code]:
    """Return the codes of a list that hold on a day, by code; raise BadInput for an unknown list."""
    _list(key)
    return Code.objects.filter(holds_on(on), list=key).order_by("code")


def choices(key: str, *, on: dt.date) -> list[tuple[str, str]]:
    """Return (code, meaning) of a list on a day, for a form."""
    return list(codes_on(key, on=on).values_list("code", "label"))


def labels(key: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the newest meaning of each of these codes of a list that has one."""
    rows = Code.objects.filter(list=key, code__in=list(codes)).order_by("starts")
    return dict(rows.values_list("code", "label"))


def lists() -> QuerySet[CodeList]:
    """Return all code lists by name."""
    return CodeList.objects.order_by("name")


def code_list(key: str) -> CodeList:
    """Return a code list; raise BadInput for an unknown one."""
    return _list(key)


def all_periods(key: str, *, search: str = "") -> QuerySet[Code]:
    """Return every period of every code of a list, narrowed by a part of code or meaning."""
    found = Code.objects.filter(list=key).order_by("code", "starts")
    return found.filter(Q(code__icontains=search) | Q(label__icontains=search)) if search else found


# --- areas ---


def municipality_name(value: str, *, on: dt.date) -> str:
    """Return the name of a municipality on a day; before or after its known periods the nearest name.

    A name on an old document must always be readable, so only a code that never existed raises BadInput.
    """
    periods = list(Code.objects.filter(list=AreaKind.MUNICIPALITY, code=value).order_by("starts"))
    if not periods:
        raise BadInput(_("“%(code)s” is not the code of a municipality.") % {"code": value[:20]}, field="municipality")
    begun = [period for period in periods if period.starts <= on]
    return (begun[-1] if begun else periods[0]).label


def municipality_named(name: str, *, on: dt.date) -> Code:
    """Return the municipality with a name (capitals do not matter); raise BadInput when there is none that day."""
    found = Code.objects.filter(holds_on(on), list=AreaKind.MUNICIPALITY, label__iexact=name.strip()).first()
    if found is None:
        sentence = _("There is no municipality “%(name)s”. Check the spelling, or choose it from the list.")
        raise BadInput(sentence % {"name": name[:60]}, field="municipality")
    return found


def area_name(kind: str, value: str) -> str:
    """Return the newest name of an area, or its code when the list does not know it."""
    found = Code.objects.filter(list=kind, code=value).order_by("-starts").first()
    return found.label if found else value


def part_of(kind: AreaKind, area: str, whole_kind: AreaKind, *, on: dt.date) -> str:
    """Return the code of the larger area an area was part of on a day, or "" when that is not known."""
    link = AreaLink.objects.filter(holds_on(on), kind=kind, area=area, whole_kind=whole_kind).first()
    return link.whole if link else ""


def wholes_of(kind: AreaKind, areas: Iterable[str], whole_kind: AreaKind, *, on: dt.date) -> dict[str, str]:
    """Return of each of these areas the larger one it was part of on a day, where that is known."""
    found = AreaLink.objects.filter(holds_on(on), kind=kind, area__in=list(areas), whole_kind=whole_kind)
    return dict(found.values_list("area", "whole"))


def areas_in(whole_kind: AreaKind, whole: str, kind: AreaKind, *, on: dt.date) -> list[str]:
    """Return the codes of the smaller areas within a larger one on a day."""
    found = AreaLink.objects.filter(holds_on(on), kind=kind, whole_kind=whole_kind, whole=whole)
    return list(found.order_by("area").values_list("area", flat=True))


def path_of(district_or_municipality: str, *, on: dt.date) -> dict[AreaKind, str]:
    """Return the codes from a district or municipality up to its province on a day, smallest first."""
    path: dict[AreaKind, str] = {}
    municipality = district_or_municipality
    if municipality.startswith("WK"):
        path[AreaKind.DISTRICT] = municipality
        municipality = part_of(AreaKind.DISTRICT, municipality, AreaKind.MUNICIPALITY, on=on)
    if municipality:
        path[AreaKind.MUNICIPALITY] = municipality
        for whole in (AreaKind.YOUTH_REGION, AreaKind.PROVINCE):
            found = part_of(AreaKind.MUNICIPALITY, municipality, whole, on=on)
            if found:
                path[whole] = found
    return path


# --- parameters ---


@dataclass(frozen=True)
class DatedValue:
    """The value of a parameter on a day, with where it comes from and since when it holds."""

    name: str
    value: Any
    unit: str
    scope: str
    source: str
    valid_from: dt.date
    valid_until: dt.date | None = None


class ParameterSet(Mapping[str, DatedValue]):
    """All parameters that hold on a day for somebody's scopes; handed to rules, and stored by name and date."""

    def __init__(self, on: dt.date, values: Mapping[str, DatedValue]) -> None:
        self.on = on
        self._values = dict(values)

    def __getitem__(self, name: str) -> DatedValue:
        if name not in self._values:
            raise _nothing(name, self.on)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class NoValue(BadInput, KeyError):
    """A parameter has no value on a day."""


def _nothing(name: str, day: dt.date) -> BadInput:
    kind = parameters.find(name)
    sentence = _("%(title)s has no value on %(day)s. A functional administrator can set one, with its source.")
    return NoValue(sentence % {"title": kind.title, "day": date_format(day, "j F Y")}, field=name)


def scopes_of(municipality: str, *, on: dt.date) -> tuple[str, ...]:
    """Return the scopes of a municipality on a day: its region of that day, and itself."""
    region = part_of(AreaKind.MUNICIPALITY, municipality, AreaKind.YOUTH_REGION, on=on)
    return (f"region:{region}", municipality) if region else (municipality,)


def parameter_set(on: dt.date, scopes_held: Iterable[str] = ()) -> ParameterSet:
    """Return every parameter as it holds on a day for these scopes; the most specific scope wins (one query).

    The numbers of the law are in it, under the names the law gives them.
    """
    values = {name: found for name in national().names() if (found := of_law(name, on=on))}
    return ParameterSet(on, {**values, **_stored(on, scopes_held)})


def _stored(day: dt.date, scopes_held: Iterable[str]) -> dict[str, DatedValue]:
    rows = Parameter.objects.filter(holds_on(day), scope__in=scopes.candidates(scopes_held))
    best: dict[str, Parameter] = {}
    for row in rows:
        held = best.get(row.name)
        if row.name in parameters.known and (held is None or scopes.weight(row.scope) > scopes.weight(held.scope)):
            best[row.name] = row
    return {name: dated(row) for name, row in best.items()}


def of_law(name: str, *, on: dt.date) -> DatedValue | None:
    """Return a number of the law as it holds on a day, or None when the law knows none then."""
    try:
        found = national().on(name, on)
    except UnknownParameter:
        return None
    unit = _unit(parameters.known[name]) if name in parameters.known else ""
    return DatedValue(name, found.value, unit, scopes.NATIONAL, found.source, found.valid_from)


def _unit(kind: parameters.ParameterKind) -> str:
    return str(kind.unit) if kind.unit else ""


def for_law(on: dt.date, scopes_held: Iterable[str] = ()) -> LawParameters:
    """Return the parameters to hand to a function of `law`: its national ones, and what holds here on this day."""
    local = _stored(on, scopes_held).values()
    rows = [LawValue(row.name, row.value, row.valid_from, row.source, row.scope) for row in local]
    return national().with_rows(rows)


def value(name: str, *, on: dt.date, scopes: Iterable[str] = ()) -> DatedValue:
    """Return one parameter as it holds on a day for these scopes; raise BadInput when it has no value then."""
    return parameter_set(on, scopes)[name]


def dated(row: Parameter) -> DatedValue:
    """Return a stored row as a value in its own type."""
    kind = parameters.find(row.name)
    return DatedValue(
        row.name, kind.read(row.value), _unit(kind), row.scope, row.source, row.starts, row.ends
    )  # fmt: skip


def history(name: str, *, municipality: str) -> QuerySet[Parameter]:
    """Return all rows of a parameter that a municipality can see: national, regional and its own; newest first."""
    return visible_to(municipality).filter(name=name).order_by("scope", "-starts")


def visible_to(municipality: str) -> QuerySet[Parameter]:
    """Return the parameters that bear no municipality, or this one."""
    return Parameter.objects.filter(municipality__in=("", municipality))


def latest(name: str, scope: str) -> Parameter | None:
    """Return the row with the latest start of a parameter in a scope."""
    return Parameter.objects.filter(name=name, scope=scope).order_by("-starts").first()


def newest(name: str, municipality: str) -> Parameter | None:
    """Return the row of a municipality that was entered last for a parameter, whatever its exact scope."""
    return Parameter.objects.filter(name=name, municipality=municipality).order_by("-created_at", "-pk").first()


def row(pk: UUID, *, municipality: str) -> Parameter | None:
    """Return a row of a municipality by its key."""
    return Parameter.objects.filter(pk=pk, municipality=municipality).first()


def change(pk: UUID, *, municipality: str) -> ParameterChange | None:
    """Return a proposed or decided change of a municipality by its key."""
    return ParameterChange.objects.filter(pk=pk, municipality=municipality).first()


def planned_names(municipality: str, *, after: dt.date) -> set[str]:
    """Return the parameters for which another value is planned that a municipality can see."""
    return set(visible_to(municipality).filter(starts__gt=after).values_list("name", flat=True))


def waiting_changes(municipality: str) -> QuerySet[ParameterChange]:
    """Return the changes of a municipality that wait for a second person, oldest first."""
    found = ParameterChange.objects.filter(state=ChangeState.PROPOSED, municipality=municipality)
    return found.order_by("created_at", "pk")


def decided_changes(name: str, municipality: str) -> QuerySet[ParameterChange]:
    """Return the decided changes of one parameter in a municipality, newest first."""
    found = ParameterChange.objects.filter(name=name, municipality=municipality)
    return found.exclude(state=ChangeState.PROPOSED).order_by("-decided_at", "-pk")


# --- words ---


def word_scopes(municipality: str, organisation: UUID | None = None) -> list[str]:
    """Return the scopes whose words somebody reads: the municipality's, and over it the organisation's."""
    if not municipality:
        return []
    own = [scopes.join([municipality, f"organisation:{organisation}"])] if organisation else []
    return [municipality, *own]


def words(municipality: str, *, organisation: UUID | None = None, on: dt.date) -> dict[str, Word]:
    """Return every word of the vocabulary as it is used here on a day (one query)."""
    found = {key: term.word for key, term in vocabulary.TERMS.items()}
    order = word_scopes(municipality, organisation)
    rows = LocalWord.objects.filter(holds_on(on), scope__in=order) if order else []
    for row in sorted(rows, key=lambda row: order.index(row.scope)):
        if row.key in found:
            found[row.key] = as_word(row.singular, row.plural, row.article)
    return found


def as_word(singular: str, plural: str, article: str) -> Word:
    """Return a chosen word with its article."""
    return Word(singular, plural, vocabulary.HET if article == "het" else vocabulary.DE)


def word(key: str, municipality: str, *, organisation: UUID | None = None, on: dt.date) -> Word:
    """Return one word as it is used here on a day; raise BadInput for a word that is not in the vocabulary."""
    vocabulary.find(key)
    return words(municipality, organisation=organisation, on=on)[key]


def own_word_keys(municipality: str, *, on: dt.date) -> set[str]:
    """Return the terms for which a municipality uses a word of its own on a day."""
    return set(LocalWord.objects.filter(holds_on(on), scope=municipality).values_list("key", flat=True))


def latest_word(key: str, scope: str) -> LocalWord | None:
    """Return the word with the latest start for a term in a scope."""
    return LocalWord.objects.filter(key=key, scope=scope).order_by("-starts").first()


def word_history(key: str, scope: str) -> QuerySet[LocalWord]:
    """Return the words used for a term in a scope, newest first."""
    return LocalWord.objects.filter(key=key, scope=scope).order_by("-starts")
