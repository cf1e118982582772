"""The lanes of a family: what lasts and what happened, per child and per kind; every room registers its own.

A source gets the case, the viewer and the moment, respects sight itself, runs a fixed number of queries, and returns at
most `NEWEST` stretches. What is about a child that is not shown to the viewer is in no lane: `in_lanes` drops it again.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.enums import CaseRoleKind, Lane
from rondom.dossiers.models import Case, CaseRole
from rondom.dossiers.queries import dossiers_in
from rondom.people.enums import MeasureKind
from rondom.people.models import Measure, Person

NEWEST = 50
DAY = dt.timedelta(days=1)


class Form(enum.Enum):
    """How a stretch lasts: it is going on, somebody waits, or it is a moment."""

    RUNS = "runs"
    WAITS = "waits"
    MOMENT = "moment"


@dataclass(frozen=True)
class Stretch:
    """Something in a lane: its first day, the first day that no longer counts (None: it goes on), and in words what.

    `about` are the children it is about; empty: the whole family. A moment lasts one day, whatever `ends`.
    """

    lane: Lane
    form: Form
    title: str
    starts: dt.date
    ends: dt.date | None = None
    about: tuple[UUID, ...] = ()
    detail: str = ""
    link: str = ""
    link_args: dict[str, Any] = field(default_factory=dict, hash=False)

    def last_day(self, today: dt.date) -> dt.date:
        """The last day of it; of what goes on today, or its first day when that is still to come."""
        if self.form == Form.MOMENT:
            return self.starts
        return self.ends - DAY if self.ends else max(self.starts, today)


@dataclass(frozen=True)
class LaneShown:
    """One lane: of a child (None: of the family), of one kind, with what lies in it, the earliest first."""

    child: Person | None
    kind: Lane
    stretches: tuple[Stretch, ...]

    @property
    def title(self) -> str:
        """What the lane is called: "Lot: hulp", or "Gezin: plan"."""
        return f"{self.child.short_name if self.child else _('Family')}: {self.kind.label}"


Source = Callable[[Case, Principal, dt.datetime], Iterable[Stretch]]
lanes: Registry[Source] = Registry("lanes of a family")


def stretches(case: Case, by: Principal, *, at: dt.datetime) -> list[Stretch]:
    """Return what every room has of a case that was opened for this viewer."""
    return [each for _name, source in lanes for each in source(case, by, at)]


def in_lanes(found: Iterable[Stretch], children: Iterable[Person]) -> list[LaneShown]:
    """Lay stretches in lanes: the family first, then per child, in the order of the kinds; empty lanes are left out.

    `children` are those who are shown. What is about others only is dropped; who is not shown does not get a lane.
    """
    laid: dict[tuple[UUID | None, str], list[Stretch]] = {}
    for each in found:
        for whose in each.about or (None,):
            laid.setdefault((whose, each.lane), []).append(each)
    owners: list[Person | None] = [None, *children]
    return [
        LaneShown(child, kind, tuple(sorted(rows, key=lambda s: (s.starts, s.title))))
        for child in owners
        for kind in Lane
        if (rows := laid.get((child.pk if child else None, kind)))
    ]


@lanes("measures")
def _measures(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    youths = dossiers_in(case, by, at=at).order_by().values("youth")
    rows = Measure.objects.filter(child__in=youths).order_by("-starts", "pk")[:NEWEST]
    return [
        Stretch(
            Lane.MEASURE, Form.RUNS, str(MeasureKind(row.kind).label), row.starts, row.ends, (row.child_id,), row.body
        )
        for row in rows
    ]


@lanes("roles")
def _roles(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    rows = CaseRole.objects.filter(case=case).select_related("staff").order_by("-starts", "-pk")[:NEWEST]
    return [
        Stretch(
            Lane.PEOPLE, Form.RUNS, str(CaseRoleKind(row.kind).label), row.starts, row.ends,
            detail=row.staff.name if row.staff else row.outside,
        )
        for row in rows
    ]  # fmt: skip
