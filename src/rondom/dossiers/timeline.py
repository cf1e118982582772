"""The timeline of a family: every room registers a query that returns its dated entries; this page only merges them.

A query gets the case, the viewer and the moment, respects sight itself, runs a fixed number of queries, and returns at
most `NEWEST` entries, newest first.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.enums import CaseRoleKind, Channel
from rondom.dossiers.models import Case, CaseDossier, CaseRole
from rondom.dossiers.queries import meetings_for, notes_for
from rondom.dossiers.sight import dossier_seen

NEWEST = 50


@dataclass(frozen=True)
class Entry:
    """One dated fact: its moment, the lane it lies in, a title, a tone (calm, due, late) and a link by url name."""

    at: dt.datetime
    lane: str
    title: str
    detail: str = ""
    tone: str = "calm"
    whole_day: bool = False
    link: str = ""
    link_args: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Case, Principal, dt.datetime], Iterable[Entry]]
timeline: Registry[Source] = Registry("timeline")


def entries(case: Case, by: Principal, *, at: dt.datetime) -> list[Entry]:
    """Return the newest entries of all rooms, newest first, at most NEWEST."""
    found = [entry for _name, source in timeline for entry in source(case, by, at)]
    return sorted(found, key=lambda e: e.at, reverse=True)[:NEWEST]


def on_day(day: dt.date) -> dt.datetime:
    """Return the moment at which an entry of a whole day is placed: noon in Amsterdam."""
    return dt.datetime.combine(day, dt.time(12), clock.AMSTERDAM)


@timeline("notes")
def _notes(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    return [
        Entry(
            at=note.happened_at, lane=_("Contact"), title=str(Channel(note.channel).label),
            detail=", ".join(p.short_name for p in note.concerns.all()),
            link="desk:note_shown", link_args={"note": note.pk},
        )
        for note in notes_for(by, at=at).filter(case=case)[:NEWEST]
    ]  # fmt: skip


@timeline("meetings")
def _meetings(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    rows = meetings_for(by, at=at).filter(case=case, cancelled_reason="").order_by("-planned_at")[:NEWEST]
    return [
        Entry(
            at=row.held_at or row.planned_at, lane=_("Together"), title=row.purpose,
            detail=_("planned") if row.held_at is None else "", tone="calm" if row.held_at else "due",
            link="desk:meeting", link_args={"meeting": row.pk},
        )
        for row in rows
    ]  # fmt: skip


@timeline("roles")
def _roles(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    rows = CaseRole.objects.filter(case=case).select_related("staff").order_by("-starts", "-pk")[:NEWEST]
    return [
        Entry(
            at=on_day(row.starts), lane=_("Who does what"), title=str(CaseRoleKind(row.kind).label),
            detail=row.staff.name if row.staff else row.outside, whole_day=True,
        )
        for row in rows
    ]  # fmt: skip


@timeline("dossiers")
def _dossiers(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    links = CaseDossier.objects.filter(dossier_seen("dossier", by, at=at, few=True), case=case)
    opened = [
        Entry(
            at=on_day(link.starts), lane=_("Dossier"), title=_("Dossier opened"), detail=link.dossier.youth.short_name,
            whole_day=True,
        )
        for link in links.select_related("dossier__youth").order_by("-starts", "-pk")[:NEWEST]
    ]  # fmt: skip
    if case.closed_on:
        opened.append(
            Entry(
                at=on_day(case.closed_on),
                lane=_("Dossier"),
                title=_("Case closed"),
                detail=case.closing_reason,
                whole_day=True,
            )
        )
    return opened
