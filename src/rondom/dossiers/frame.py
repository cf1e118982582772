"""The frame of every page about a family: the head that never moves and the tabs, the same for every family.

A room above adds its tab with `family_tabs.register(...)` and its pages extend "dossiers/family_base.html" with
`frame` in their context. `frame_of` asks what the viewer may see, in a fixed number of queries; it records no look:
that is what `opening.open_case` does.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.components import Pill, Tab
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.core.why import Why
from rondom.core.words import clock_words
from rondom.dossiers.badges import Badge, badges_of
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, CaseRole, Clock, Meeting
from rondom.dossiers.queries import (
    adults_in,
    clocks_in_sight,
    dossiers_in,
    meetings_for,
    part_is_hidden,
    roles_in,
)
from rondom.dossiers.rules import case_name
from rondom.dossiers.why import decides_from, decides_why
from rondom.law.person import age_on
from rondom.people.enums import ContactKind, ContactSafety, FactSource, MeasureKind
from rondom.people.models import ContactPoint, Measure, Person
from rondom.people.queries import AuthorityPicture, authority_over_many, contact_points_of


@dataclass(frozen=True)
class FamilyTab:
    """A tab of every family page: its words, the url name (with kwarg `case`), and its place in the row."""

    label: Any
    url_name: str
    order: int


family_tabs: Registry[FamilyTab] = Registry("tabs of the family page")


@dataclass(frozen=True)
class AuthorityLine:
    """Who has authority over which children, from which source; `note` says what is not known."""

    children: str
    holders: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Supervised:
    """Children under a supervision order: plan and sight on safety lie with this certified institution (practice 9)."""

    children: str
    body: str
    since: dt.date


@dataclass(frozen=True)
class Reach:
    """A phone number that is safe to ring, or the name of somebody to ask first."""

    name: str
    number: str = ""
    remark: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Next:
    """The first date to come: how far off, and what it is."""

    pill: Pill
    title: str


@dataclass(frozen=True)
class Frame:
    """What the head of a family shows; `clocks` run or rest, `meetings` are to come, both earliest first."""

    case: Case
    name: str
    children: list[Person]
    adults: list[Person]
    authority: list[AuthorityLine]
    deciders: list[str]
    decides: Why | None
    roles: dict[str, CaseRole]
    reach: list[Reach]
    next: Next | None
    part_hidden: bool
    clocks: list[Clock]
    meetings: list[Meeting]
    tabs: list[Tab] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    supervised: list[Supervised] = field(default_factory=list)

    @property
    def coordinator(self) -> CaseRole | None:
        """Who coordinates."""
        return self.roles.get(CaseRoleKind.COORDINATION)

    @property
    def safety(self) -> CaseRole | None:
        """Who has sight on safety; None is an alarm."""
        return self.roles.get(CaseRoleKind.SIGHT_ON_SAFETY)


def names(words: Iterable[str]) -> str:
    """Return "a, b and c"."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s and %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}


def authority_lines(
    children: Iterable[Person], day: dt.date, pictures: Mapping[UUID, AuthorityPicture] | None = None
) -> list[AuthorityLine]:
    """Return who has authority, children with the same holders together, eldest first.

    `pictures` of all children at hand, for who asks for many families (`authority_over_many`).
    """
    listed = list(children)
    pictures = authority_over_many(listed, day) if pictures is None else pictures
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for child in listed:
        picture = pictures[child.pk]
        if picture.adult:
            key = (_("decides alone"), "", "")
        elif child.is_unborn:
            key = (_("not born yet"), "", "")
        elif picture.unknown:
            key = (_("not known"), "", _("Find out before you share anything."))
        else:
            sources = dict.fromkeys(str(FactSource(fact.source).label) for fact in picture.facts)
            note = "" if picture.complete else _("A second holder is missing.")
            key = (names(picture.holders), ", ".join(sources), note)
        grouped.setdefault(key, []).append(child.short_name)
    return [AuthorityLine(names(shown), holders, source, note) for (holders, source, note), shown in grouped.items()]


SUPERVISION = (MeasureKind.SUPERVISION, MeasureKind.PROVISIONAL_SUPERVISION)


def measures_over(children: Iterable[Person], day: dt.date) -> dict[UUID, list[Measure]]:
    """Return the supervision orders over these children on a day, in one query."""
    found: dict[UUID, list[Measure]] = {}
    rows = Measure.objects.filter(on(day), child__in=[child.pk for child in children], kind__in=SUPERVISION)
    for row in rows.order_by("starts", "pk"):
        found.setdefault(row.child_id, []).append(row)
    return found


def supervised_among(children: Iterable[Person], over: Mapping[UUID, list[Measure]]) -> list[Supervised]:
    """Return which of these children are under supervision, with whom and since when (`measures_over`)."""
    grouped: dict[tuple[str, dt.date], dict[str, None]] = {}
    for child in children:
        for row in over.get(child.pk, ()):
            grouped.setdefault((row.body, row.starts), {})[child.short_name] = None
    return [Supervised(names(shown), body, since) for (body, since), shown in grouped.items()]


def reach_by_person(persons: Iterable[Person | UUID], day: dt.date) -> dict[UUID, list[Reach]]:
    """Return per person how to ring, in one query: safe numbers first; one that is not safe shows no number."""
    found: dict[UUID, list[Reach]] = {}
    for point in contact_points_of(persons, day).filter(kind=ContactKind.PHONE):
        found.setdefault(point.person_id, []).append(_reach(point))
    return {pk: sorted(listed, key=lambda r: (r.number == "", r.name)) for pk, listed in found.items()}


def _reach(point: ContactPoint) -> Reach:
    if point.safety == ContactSafety.SAFE:
        return Reach(point.person.name, spoken(str(point.value)), point.remark)
    warning = _("ask first") if point.safety == ContactSafety.ASK else _("do not ring")
    return Reach(point.person.name, remark=point.remark, warning=warning)


def spoken(number: str) -> str:
    """Return a phone number in groups, as it is read out: "06 1234 5001"."""
    mobile = len(number) == 10 and number.startswith("06")
    return f"{number[:2]} {number[2:6]} {number[6:]}" if mobile else number


def reach_of(persons: Iterable[Person], day: dt.date, known: Mapping[UUID, list[Reach]] | None = None) -> list[Reach]:
    """Return how these persons can be rung, safe numbers first; `known` of more persons at hand (`reach_by_person`)."""
    asked = list({person.pk: person for person in persons}.values())
    known = reach_by_person(asked, day) if known is None else known
    found = [reach for person in sorted(asked, key=lambda p: p.pk) for reach in known.get(person.pk, ())]
    return sorted(found, key=lambda r: (r.number == "", r.name))


def pill_of(due: dt.date | dt.datetime, at: dt.datetime) -> Pill:
    """Return how far off a date or moment is, as words with a tone."""
    said = clock_words(due, at)
    return Pill(said.text, said.tone)


def _next_of(clocks: list[Clock], meetings: list[Meeting], at: dt.datetime) -> Next | None:
    """Return what comes first: a running date or a planned meeting."""
    row = next((clock for clock in clocks if clock.state == ClockState.RUNNING), None)
    meeting = meetings[0] if meetings else None
    if meeting and (row is None or meeting.planned_at < row.due_at):
        return Next(pill_of(meeting.planned_at, at), meeting.purpose)
    return Next(pill_of(row.due, at), row.title) if row else None


def tabs_for(case: UUID, current: str) -> list[Tab]:
    """Return the tabs; `current` is the url name of the tab one is on."""
    ordered = sorted((tab for _name, tab in family_tabs), key=lambda tab: tab.order)
    return [Tab(tab.label, reverse(tab.url_name, kwargs={"case": case}), tab.url_name == current) for tab in ordered]


def frame_of(case: Case, by: Principal, *, at: dt.datetime, tab: str = "") -> Frame:
    """Return the frame of a case that was opened for this viewer."""
    day = clock.today(at)
    children = [d.youth for d in dossiers_in(case, by, at=at).order_by("youth__born_on", "youth_id")]
    adults = [a.person for a in adults_in(case, at=at)]
    pictures = authority_over_many(children, day)
    ages = [(child, age_on(child.born_on, day)) for child in children if child.born_on]
    from_age = decides_from(day)
    clocks = list(clocks_in_sight(by, at=at).filter(case=case, state__in=ClockState.open_states()))
    coming = meetings_for(by, at=at).filter(case=case, held_at=None, cancelled_reason="", planned_at__gte=at)
    meetings = list(coming)
    return Frame(
        case=case,
        name=case_name(children, day),
        children=children,
        adults=adults,
        authority=authority_lines(children, day, pictures),
        deciders=[child.short_name for child, age in ages if age >= from_age],
        decides=decides_why(children, pictures, day),
        roles={role.kind: role for role in roles_in(case, at=at)},
        reach=reach_of([*children, *adults], day),
        next=_next_of(clocks, meetings, at),
        part_hidden=part_is_hidden(case, by, at=at),
        clocks=clocks,
        meetings=meetings,
        tabs=tabs_for(case.pk, tab),
        badges=badges_of([case.pk], by, at=at)[case.pk],
        supervised=supervised_among(children, measures_over(children, day)),
    )
