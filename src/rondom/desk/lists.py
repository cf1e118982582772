"""Lists of families: rows with row-level facts only, filters that say what they filter, 50 on a page."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.components import Chip, Pill, Step
from rondom.core.principals import Principal
from rondom.core.words import day_words
from rondom.dossiers import queries
from rondom.dossiers.badges import Badge, badges_of
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.frame import pill_of
from rondom.dossiers.models import Case
from rondom.dossiers.rules import case_name, directs
from rondom.privacy.enums import Sight

ON_A_PAGE = 50


@dataclass(frozen=True)
class FamilyRow:
    """One family in a list; nothing of its content."""

    case: UUID
    name: str
    coordinator: str
    safety: str
    pill: Pill
    text: str
    step: Step
    opens: bool = False
    badges: tuple[Badge, ...] = ()


Narrow = Callable[[QuerySet[Case], Principal, dt.datetime], QuerySet[Case]]


@dataclass(frozen=True)
class Filter:
    """A filter: its word in the address, what it says on the chip, and what it leaves over."""

    code: str
    label: Any
    narrow: Narrow


FILTERS = (
    Filter("van-mij", _("My families"), lambda rows, by, at: queries.held_by(rows, by.key, at=at)),
    Filter("tijdelijk", _("With me for now"), lambda rows, by, at: queries.covered_by(rows, by.key, at=at)),
    Filter("te-laat", _("A date is late"), lambda rows, by, at: queries.late(rows, at=at)),
    Filter(
        "zonder-regie", _("Without coordinator"),
        lambda rows, by, at: queries.without_role(rows, CaseRoleKind.COORDINATION, at=at),
    ),
    Filter(
        "zonder-zicht", _("Without sight on safety"),
        lambda rows, by, at: queries.without_role(rows, CaseRoleKind.SIGHT_ON_SAFETY, at=at),
    ),
)  # fmt: skip
CLOSED = "afgesloten"
FEW = frozenset({"van-mij", "tijdelijk"})  # filters that leave few rows


def chosen(words: Iterable[str]) -> list[str]:
    """Return the known filters among words from an address, in their own order."""
    asked = set(words)
    return [f.code for f in FILTERS if f.code in asked] + ([CLOSED] if CLOSED in asked else [])


def narrowed(rows: QuerySet[Case], filters: Iterable[str], by: Principal, at: dt.datetime) -> QuerySet[Case]:
    """Apply filters to case rows; closed cases are shown only when asked for."""
    codes = set(filters)
    for each in FILTERS:
        if each.code in codes:
            rows = each.narrow(rows, by, at)
    return rows.filter(closed_on__isnull=CLOSED not in codes)


def chips(filters: list[str], path: str, keep: str = "") -> list[Chip]:
    """Return the filters as chips; each address switches its own filter and leaves the others."""
    every = [(f.code, f.label) for f in FILTERS] + [(CLOSED, _("Closed"))]
    found = []
    for code, label in every:
        on = code in filters
        rest = [c for c in filters if c != code] if on else [*filters, code]
        query = "&".join([*(f"filter={c}" for c in rest), *([keep] if keep else [])])
        found.append(Chip(label, f"{path}?{query}" if query else f"{path}?filter=", on))
    return found


def page_of(rows: QuerySet[Case], by: Principal, *, at: dt.datetime, number: Any) -> tuple[Page[Case], list[FamilyRow]]:
    """Return one page of rows, in a fixed number of queries whatever their number."""
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    shown = list(page)
    opens = queries.openable(by, [row.pk for row in shown], at=at)
    marks = badges_of(_with_badges(shown, opens, by), by, at=at, sight=Sight.ROW)
    return page, [_row(row, row.pk in opens, at, tuple(marks.get(row.pk, ()))) for row in shown]


def _with_badges(shown: list[Case], opens: set[UUID], by: Principal) -> list[UUID]:
    """Return the cases whose badges a viewer sees in a list: those one may open, and those of a team one directs."""
    return [row.pk for row in shown if not row.closed_on and (row.pk in opens or directs(by, row.team))]


def _row(case: Any, opens: bool, at: dt.datetime, badges: tuple[Badge, ...]) -> FamilyRow:
    children = [link.dossier.youth for link in case.shown_links]
    holders = {role.kind: role.staff.name if role.staff else role.outside for role in case.shown_roles}
    name = case_name(children, clock.today(at))
    return FamilyRow(
        case=case.pk, name=name, coordinator=holders.get(CaseRoleKind.COORDINATION, ""),
        safety=holders.get(CaseRoleKind.SIGHT_ON_SAFETY, ""), pill=_pill(case, at), text=_text(case, at),
        step=step_to(case, name, opens=opens), opens=opens, badges=badges,
    )  # fmt: skip


def _pill(case: Any, at: dt.datetime) -> Pill:
    if case.closed_on:
        return Pill(_("closed"), "plain")
    moments = [m for m in (case.next_due, case.next_meeting) if m]
    if not moments:
        return Pill(_("no date"), "plain")
    first = min(moments)
    return pill_of(clock.today(first - dt.timedelta(microseconds=1)), at)


def _text(case: Any, at: dt.datetime) -> str:
    if not case.last_contact:
        return ""
    return str(_("Last contact: %(day)s")) % {"day": day_words(clock.today(case.last_contact), at)}


def step_to(case: Case, name: str, *, opens: bool) -> Step:
    """Return how to go on: open what is yours, state a ground for what is your team's, open again what is closed."""
    if case.closed_on:
        return Step(_("Open again"), reverse("desk:family_reopen", args=[case.pk]), about=name)
    if opens:
        return Step(_("Open"), reverse("desk:family", args=[case.pk]), about=name)
    return Step(_("Say why and open"), reverse("desk:state_ground", args=[case.pk]), about=name)


def rows_in_sight(by: Principal, *, at: dt.datetime, few: bool = False) -> QuerySet[Case]:
    """Return all case rows within sight; `few` as in `queries.cases_for`."""
    return queries.case_rows(by, at=at, sight=Sight.ROW, few=few)


def colleague(worker: str, by: Principal, at: dt.datetime) -> Any:
    """Return the colleague of one's teams a list is narrowed to, or None."""
    if not worker:
        return None
    return next((c for c in queries.colleagues_in(by.teams, clock.today(at)) if str(c.pk) == worker), None)
