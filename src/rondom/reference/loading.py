"""Storing a reference file: the plan first (pure comparison with what is stored), then the rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.core.principals import Principal
from rondom.reference import files, parameters, scopes
from rondom.reference.enums import AreaKind
from rondom.reference.merging import Merge, Stored, merge
from rondom.reference.models import AreaLink, Code, CodeList, Parameter

BATCH = 500


@dataclass
class LoadReport:
    """What a file did, or would do: numbers of rows, and the refused lines with their reason."""

    file: str
    what: str
    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    kept: int = 0
    refused: list[files.Refusal] = field(default_factory=list)

    @property
    def touched(self) -> set[str]:
        """The names of what happened, for the event."""
        return {name for name in ("new", "changed", "ended") if getattr(self, name)}


@dataclass
class Plan:
    """A file with the comparison and its report."""

    file: files.ReferenceFile
    merge: Merge
    report: LoadReport


def prepare(file: files.ReferenceFile, *, day: dt.date, history: bool = False) -> Plan:
    """Compare a file with what is stored; nothing is written. Refused lines stand in the report, by number."""
    comparison = merge(STORED[file.what](file), file.lines)
    refused = [*file.refused, *comparison.refused, *CHECKS[file.what](file, comparison, day, history)]
    report = LoadReport(
        file.name, file.what, len(comparison.new), len(comparison.changed), len(comparison.ended),
        comparison.unchanged, comparison.kept, sorted(refused, key=lambda refusal: refusal.number),
    )  # fmt: skip
    return Plan(file, comparison, report)


def store(plan: Plan, *, by: Principal, at: dt.datetime, progress: Callable[[int, int], None]) -> models.Model | None:
    """Write the plan in the running transaction; returns what the event is about."""
    return STORE[plan.file.what](plan, by, at, progress)


# --- codes ---


def _stored_codes(file: files.ReferenceFile) -> Iterator[Stored]:
    for row in Code.objects.filter(list=file.header["list"]):
        yield Stored(row.pk, (row.code,), row.starts, row.ends, {"label": row.label, "extra": row.extra})


def _check_codes(file: files.ReferenceFile, comparison: Merge, day: dt.date, history: bool) -> Iterator[files.Refusal]:
    yield from ()


def _store_codes(plan: Plan, by: Principal, at: dt.datetime, progress: Callable[[int, int], None]) -> models.Model:
    header = plan.file.header
    facts = {name: header.get(name, "") for name in ("name", "standard", "source", "licence", "note")}
    listed, _made = CodeList.objects.update_or_create(key=header["list"], defaults=facts)
    _write(
        Code, plan.merge, lambda line: {"list": listed, "code": line.series[0], **line.content}, ["label", "extra"],
        progress,
    )  # fmt: skip
    return listed


# --- areas ---


def _stored_areas(file: files.ReferenceFile) -> Iterator[Stored]:
    kind, whole = file.link_kinds
    for row in AreaLink.objects.filter(kind=kind, whole_kind=whole):
        yield Stored(row.pk, (row.area,), row.starts, row.ends, {"whole": row.whole})


def _check_areas(file: files.ReferenceFile, comparison: Merge, day: dt.date, history: bool) -> Iterator[files.Refusal]:
    kind, whole = file.link_kinds
    small, large = (set(Code.objects.filter(list=key).values_list("code", flat=True)) for key in (kind, whole))
    for line in file.lines:
        for value, known, key in ((line.series[0], small, kind), (line.content["whole"], large, whole)):
            if value not in known:
                sentence = _("“%(code)s” is not in the list %(list)s. Load that list first, or correct the code.")
                yield files.Refusal(line.number, sentence % {"code": value, "list": key})


def _store_areas(plan: Plan, by: Principal, at: dt.datetime, progress: Callable[[int, int], None]) -> models.Model:
    kind, whole = plan.file.link_kinds
    source = plan.file.header["source"][:300]

    def fields(line: files.Line) -> dict[str, Any]:
        return {"kind": kind, "area": line.series[0], "whole_kind": whole, "source": source, **line.content}

    _write(AreaLink, plan.merge, fields, ["whole"], progress)
    return CodeList.objects.get(key=kind)


# --- parameters ---


def _stored_parameters(file: files.ReferenceFile) -> Iterator[Stored]:
    named = {line.series[0] for line in file.lines}
    for row in Parameter.objects.filter(name__in=named):
        content = {"value": row.value, "source": row.source, "note": row.note}
        yield Stored(row.pk, (row.name, row.scope), row.starts, row.ends, content)


def _check_parameters(
    file: files.ReferenceFile, comparison: Merge, day: dt.date, history: bool
) -> Iterator[files.Refusal]:
    areas = {
        prefix: set(Code.objects.filter(list=key).values_list("code", flat=True))
        for prefix, key in (("GM", AreaKind.MUNICIPALITY), ("region:", AreaKind.YOUTH_REGION))
    }
    for line in file.lines:
        kind = parameters.find(line.series[0])
        levels = {scopes.kind_of(part) for part in scopes.parts(line.series[1])} or {"national"}
        if not levels <= set(kind.levels):
            yield files.Refusal(line.number, _("%(title)s cannot differ there.") % {"title": kind.title})
        for part in scopes.parts(line.series[1]):
            for prefix, known in areas.items():
                if part.startswith(prefix) and part.removeprefix("region:") not in known:
                    yield files.Refusal(line.number, _("“%(part)s” is not a known area.") % {"part": part})
    yield from _check_past(comparison, day, history)


def _check_past(comparison: Merge, day: dt.date, history: bool) -> Iterator[files.Refusal]:
    if history:
        return
    for line in comparison.new:
        if line.starts <= day:
            yield files.Refusal(line.number, _("It begins before tomorrow: answers already given would change."))
    for _key, line in comparison.ended:
        if line.ends is not None and line.ends <= day:
            yield files.Refusal(line.number, _("It ends before tomorrow: answers already given would change."))
    for _key, line in comparison.changed:
        if line.starts <= day:
            yield files.Refusal(line.number, _("It holds already: answers already given would change."))


def _store_parameters(
    plan: Plan, by: Principal, at: dt.datetime, progress: Callable[[int, int], None]
) -> models.Model | None:
    def fields(line: files.Line) -> dict[str, Any]:
        name, scope = line.series
        place = next((part for part in scopes.parts(scope) if part.startswith("GM")), "")
        return {
            "name": name, "scope": scope, "municipality": place, "entered_by": by.key, "created_at": at,
            "changed_at": at, **line.content,
        }  # fmt: skip

    _write(Parameter, plan.merge, fields, ["value", "source", "note"], progress)
    return None


# --- all ---


def _write(
    model: Any, plan: Merge, fields: Callable[[files.Line], dict[str, Any]], content: list[str],
    progress: Callable[[int, int], None],
) -> None:  # fmt: skip
    touched = [*plan.ended, *plan.changed]
    total, done = len(plan.new) + len(touched), 0
    rows = model.objects.in_bulk([key for key, _line in touched])
    for key, line in touched:
        row = rows[key]
        row.ends = line.ends
        for name in content:
            setattr(row, name, line.content[name])
        row.save(update_fields=["ends", *content])
        done += 1
        progress(done, total)
    for first in range(0, len(plan.new), BATCH):
        some = plan.new[first : first + BATCH]
        model.objects.bulk_create([model(starts=line.starts, ends=line.ends, **fields(line)) for line in some])
        done += len(some)
        progress(done, total)


STORED: dict[str, Callable[[files.ReferenceFile], Iterator[Stored]]] = {
    files.CODES: _stored_codes,
    files.AREAS: _stored_areas,
    files.PARAMETERS: _stored_parameters,
}
CHECKS: dict[str, Callable[[files.ReferenceFile, Merge, dt.date, bool], Iterator[files.Refusal]]] = {
    files.CODES: _check_codes,
    files.AREAS: _check_areas,
    files.PARAMETERS: _check_parameters,
}
STORE: dict[str, Callable[[Plan, Principal, dt.datetime, Callable[[int, int], None]], models.Model | None]] = {
    files.CODES: _store_codes,
    files.AREAS: _store_areas,
    files.PARAMETERS: _store_parameters,
}
