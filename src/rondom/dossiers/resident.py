"""What a resident may see, through the relations of this moment (Sight.RESIDENT) and nothing else.

Cut per person: a note is shown only when everybody it concerns is in sight of this resident. A place is shown only when
nobody in the case has secret whereabouts. A resident sees a meeting only when invited to it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.enums import CaseRoleKind, ReadableBy
from rondom.dossiers.models import (
    CaseAdult,
    CaseDossier,
    CaseRole,
    Dossier,
    Meeting,
    MeetingParticipant,
    Note,
    NoteConcern,
)
from rondom.dossiers.opening import around_case, around_person
from rondom.dossiers.queries import dossiers_for
from rondom.law.person import age_on
from rondom.people.models import Authority, Person
from rondom.people.whereabouts import secret_among
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Consent, Relation
from rondom.privacy.queries import consents_given_by, still_read

YOUNG_FROM, ADULT_FROM = 12, 18
SHOWN = 50


@dataclass(frozen=True)
class Contact:
    """Whom to call about a dossier: the case coordinator by name and phone; never a team or an office."""

    name: str
    phone: str


@dataclass(frozen=True)
class Eyes:
    """Whom a resident may read about, and of which youths nothing older than a moment.

    `still` is the condition on a row that nothing of it stayed after a destruction, or that it could be read then.
    """

    persons: set[UUID]
    since: dict[UUID, dt.datetime]
    still: Q

    def began(self, youth: UUID) -> dt.datetime | None:
        """Return from when the resident may read about a youth; None: from the beginning."""
        return self.since.get(youth)


@dataclass(frozen=True)
class Planned:
    """A meeting the resident is invited to, with the own seat; `place` is empty when not shown, or not written down."""

    meeting: Meeting
    place: str
    with_staff: tuple[str, ...]
    seat: MeetingParticipant


def name_of(by: Principal) -> str:
    """Return how the resident is called."""
    person = Person.objects.filter(pk=by.key).first()
    return person.name if person else ""


def is_young(by: Principal, *, at: dt.datetime) -> bool:
    """Tell whether the resident is a minor, who is spoken to as "je"."""
    born_on = Person.objects.filter(pk=by.key).values_list("born_on", flat=True).first()
    return born_on is not None and age_on(born_on, clock.today(at)) < ADULT_FROM


def my_dossiers(by: Principal, *, at: dt.datetime) -> list[Dossier]:
    """Return the dossiers in sight of the resident: the own one first, then the children, eldest first."""
    rows = dossiers_for(by, at=at, sight=Sight.RESIDENT).select_related("youth")
    return sorted(rows, key=lambda d: (d.youth_id != by.person, d.youth.born_on or dt.date.max, d.pk))


def _open_cases(dossiers: Iterable[Dossier], *, at: dt.datetime) -> dict[UUID, set[UUID]]:
    """Return per dossier the open cases it is part of today."""
    found: dict[UUID, set[UUID]] = {dossier.pk: set() for dossier in dossiers}
    links = CaseDossier.objects.filter(on(clock.today(at)), dossier__in=found, case__closed_on=None)
    for dossier, case in links.values_list("dossier", "case"):
        found[dossier].add(case)
    return found


def contacts_for(dossiers: Iterable[Dossier], *, at: dt.datetime) -> dict[UUID, Contact | None]:
    """Return per dossier whom to call, or None when nobody coordinates it (help through another route)."""
    cases = _open_cases(dossiers, at=at)
    roles = CaseRole.objects.filter(on(clock.today(at)), case__in=set().union(*cases.values()))
    held = list(roles.filter(kind=CaseRoleKind.COORDINATION).select_related("staff").order_by("starts", "pk"))
    first = {pk: next((role for role in held if role.case_id in mine), None) for pk, mine in cases.items()}
    return {pk: _contact(role) if role else None for pk, role in first.items()}


def contact_for(dossier: Dossier, *, at: dt.datetime) -> Contact | None:
    """Return whom to call about this dossier, as `contacts_for`."""
    return contacts_for([dossier], at=at)[dossier.pk]


def _contact(role: CaseRole) -> Contact:
    return Contact(role.staff.name, role.staff.phone) if role.staff else Contact(role.outside, "")


def planned_by_dossier(by: Principal, dossiers: Iterable[Dossier], *, at: dt.datetime) -> dict[UUID, list[Planned]]:
    """Return per dossier the meetings to come that the resident is invited to, in its cases."""
    rows = list(dossiers)
    cases = _open_cases(rows, at=at)
    staff = MeetingParticipant.objects.filter(staff__isnull=False).select_related("staff").order_by("pk")
    own = MeetingParticipant.objects.filter(person=by.person).order_by("pk")
    meetings: list[Any] = list(
        Meeting.objects.filter(
            case__in=set().union(*cases.values()), held_at=None, cancelled_reason="", planned_at__gte=at,
            participants__person=by.person,
        )
        .prefetch_related(Prefetch("participants", staff, to_attr="of_staff"))
        .prefetch_related(Prefetch("participants", own, to_attr="own"))
        .order_by("planned_at", "pk")
        .distinct()
    )  # fmt: skip
    unsafe = _with_secret_places(rows, cases)
    return {
        dossier.pk: [
            Planned(m, "" if dossier.pk in unsafe else m.place, tuple(s.staff.name for s in m.of_staff), m.own[0])
            for m in meetings
            if m.case_id in cases[dossier.pk]
        ][:SHOWN]
        for dossier in rows
    }


def planned_for(by: Principal, dossier: Dossier, *, at: dt.datetime) -> list[Planned]:
    """Return the meetings to come that the resident is invited to, in the cases of this dossier."""
    return planned_by_dossier(by, [dossier], at=at)[dossier.pk]


def open_invitation(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Planned:
    """Return a meeting to come by the own seat at it and record the look; raises NotFound, and records the attempt.

    A place that is kept at one of the children is kept here.
    """
    dossiers = my_dossiers(by, at=at)
    found = [
        (dossier, row)
        for dossier, rows in zip(dossiers, planned_by_dossier(by, dossiers, at=at).values(), strict=True)
        for row in rows
        if row.seat.pk == pk
    ]
    if found:
        look(by, page, found[0][1].seat, subjects=[("dossier", dossier.pk) for dossier, _row in found], at=at)
        return min((row for _dossier, row in found), key=lambda row: bool(row.place))
    hidden = MeetingParticipant.objects.select_related("meeting__case").filter(pk=pk).first()
    if hidden is not None:
        look(by, page, hidden, subjects=around_case(hidden.meeting.case), result="denied", at=at)
    raise NotFound("")


def _with_secret_places(dossiers: Iterable[Dossier], cases: dict[UUID, set[UUID]]) -> set[UUID]:
    """Return the dossiers around which somebody has secret whereabouts: a place would point to them."""
    every = set().union(*cases.values())
    youths = CaseDossier.objects.filter(case__in=every).values_list("case", "dossier__youth")
    adults = CaseAdult.objects.filter(case__in=every).values_list("case", "person")
    people = [*youths, *adults]
    around = {d.pk: {d.youth_id} | {person for case, person in people if case in cases[d.pk]} for d in dossiers}
    secret = secret_among(set().union(*around.values()))
    return {pk for pk, persons in around.items() if persons & secret}


def right_since(by: Principal, dossier: Dossier, *, at: dt.datetime) -> dt.datetime | None:
    """Return the moment from which the resident may read back; None: from the beginning.

    Who gains authority sees nothing older than that (practice 1); one's own dossier has no such limit.
    """
    if dossier.youth_id == by.person:
        return None
    day = clock.today(at)
    held = Authority.objects.filter(on(day), child=dossier.youth_id, holder=by.person).order_by("starts").first()
    if held is not None:
        return dt.datetime.combine(held.starts, dt.time(), clock.AMSTERDAM)
    relation = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, subject=dossier.pk, principal__in=by.keys,
        kind=RelationKind.AUTHORITY,
    ).order_by("starts_at")  # fmt: skip
    first = relation.first()
    return first.starts_at if first else at


def eyes_of(by: Principal, *, at: dt.datetime) -> Eyes:
    """Return whom a resident may read about: as `right_since`, for all dossiers in sight at once."""
    own = {by.person} if by.person else set()
    rows = dossiers_for(by, at=at, sight=Sight.RESIDENT).values_list("pk", "youth")
    youths = {youth: pk for pk, youth in rows if youth != by.person}
    held = Authority.objects.filter(on(clock.today(at)), child__in=youths, holder=by.person).order_by("-starts")
    since = {fact.child_id: dt.datetime.combine(fact.starts, dt.time(), clock.AMSTERDAM) for fact in held}
    others = {pk: youth for youth, pk in youths.items() if youth not in since}
    spoken = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, subject__in=others, principal__in=by.keys,
        kind=RelationKind.AUTHORITY,
    ).order_by("-starts_at")  # fmt: skip
    since |= {others[relation.subject]: relation.starts_at for relation in spoken}
    return Eyes(own | youths.keys(), since, still_read(by, at=at, sight=Sight.RESIDENT))


def notes_for(by: Principal, dossier: Dossier, *, at: dt.datetime) -> list[Note]:
    """Return the newest notes the family may read about this child, as far as everybody in them is in sight."""
    in_sight = {by.person, *(d.youth_id for d in dossiers_for(by, at=at, sight=Sight.RESIDENT))}
    cases = CaseDossier.objects.filter(dossier=dossier).values("case")
    rows: Any = Note.objects.filter(case__in=cases, readable_by=ReadableBy.FAMILY, concerns=dossier.youth_id)
    since = right_since(by, dossier, at=at)
    if since is not None:
        rows = rows.filter(happened_at__gte=since)
    others = NoteConcern.objects.exclude(person__in=in_sight).values("note")
    return list(
        rows.exclude(pk__in=others)
        .filter(still_read(by, at=at, sight=Sight.RESIDENT))
        .select_related("written_by")
        .prefetch_related(Prefetch("corrected_by", Note.objects.filter(readable_by=ReadableBy.FAMILY)))
        .order_by("-happened_at", "-pk")[:SHOWN]
    )


def own_consents(by: Principal, *, at: dt.datetime, page: str) -> list[tuple[Consent, str]]:
    """Return what a resident agreed to share about persons in sight, each with their name ("": oneself); a look."""
    dossiers = my_dossiers(by, at=at)
    names = {d.youth_id: d.youth.short_name for d in dossiers}
    look(by, page, subjects=[("dossier", d.pk) for d in dossiers], at=at)
    return [(row, "" if row.person == by.person else names[row.person]) for row in consents_given_by(by.key, names)]


def own_consent(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> tuple[Consent, str]:
    """Return one of the own consents; raises NotFound, and records the attempt when it is somebody else's."""
    found = next((one for one in own_consents(by, at=at, page=page) if one[0].pk == pk), None)
    if found is not None:
        return found
    hidden = Consent.objects.filter(pk=pk).first()
    about = Person.objects.filter(pk=hidden.person).first() if hidden else None
    if hidden and about:
        look(by, page, hidden, subjects=around_person(about), result="denied", at=at)
    raise NotFound("")
