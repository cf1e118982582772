"""What a resident may see, through the relations of this moment (Sight.RESIDENT) and nothing else.

Cut per person: a note is shown only when everybody it concerns is in sight of this resident. A place is shown only when
nobody in the case has secret whereabouts. A resident sees a meeting only when invited to it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from rondom.core import clock
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.enums import CaseRoleKind, ReadableBy
from rondom.dossiers.models import (
    Case,
    CaseAdult,
    CaseDossier,
    CaseRole,
    Dossier,
    Meeting,
    MeetingParticipant,
    Note,
    NoteConcern,
)
from rondom.dossiers.queries import dossiers_for
from rondom.law.person import age_on
from rondom.people.models import Authority, Person
from rondom.people.whereabouts import secret_among
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation

YOUNG_FROM, ADULT_FROM = 12, 18
SHOWN = 50


@dataclass(frozen=True)
class Contact:
    """Whom to call about a dossier: the case coordinator by name and phone; never a team or an office."""

    name: str
    phone: str


@dataclass(frozen=True)
class Planned:
    """A meeting the resident is invited to; `place` is empty when it is not shown, or not written down."""

    meeting: Meeting
    place: str
    with_staff: tuple[str, ...]


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


def cases_of(dossier: Dossier, *, at: dt.datetime) -> QuerySet[Case]:
    """Return the open cases a dossier is part of today."""
    links = CaseDossier.objects.filter(on(clock.today(at)), dossier=dossier).values("case")
    return Case.objects.filter(pk__in=links, closed_on=None)


def contact_for(dossier: Dossier, *, at: dt.datetime) -> Contact | None:
    """Return whom to call about this dossier, or None when nobody coordinates it (help through another route)."""
    roles = CaseRole.objects.filter(on(clock.today(at)), case__in=cases_of(dossier, at=at))
    role = roles.filter(kind=CaseRoleKind.COORDINATION).select_related("staff").order_by("starts", "pk").first()
    if role is None:
        return None
    return Contact(role.staff.name, role.staff.phone) if role.staff else Contact(role.outside, "")


def planned_for(by: Principal, dossier: Dossier, *, at: dt.datetime) -> list[Planned]:
    """Return the meetings to come that the resident is invited to, in the cases of this dossier."""
    staff = MeetingParticipant.objects.filter(staff__isnull=False).select_related("staff").order_by("pk")
    rows = (
        Meeting.objects.filter(
            case__in=cases_of(dossier, at=at), held_at=None, cancelled_reason="", planned_at__gte=at,
            participants__person=by.person,
        )
        .prefetch_related(Prefetch("participants", staff, to_attr="of_staff"))
        .order_by("planned_at", "pk")
        .distinct()[:SHOWN]
    )  # fmt: skip
    safe = _places_are_safe(dossier, at=at)
    return [
        Planned(
            m,
            m.place if safe else "",
            _names(m),
        )
        for m in rows
    ]


def _names(meeting: Any) -> tuple[str, ...]:
    return tuple(seat.staff.name for seat in meeting.of_staff)


def _places_are_safe(dossier: Dossier, *, at: dt.datetime) -> bool:
    """Tell whether nobody around this dossier has secret whereabouts: a place would point to them."""
    cases = cases_of(dossier, at=at).values("pk")
    youths = CaseDossier.objects.filter(case__in=cases).values_list("dossier__youth", flat=True)
    adults = CaseAdult.objects.filter(case__in=cases).values_list("person", flat=True)
    return not secret_among({dossier.youth_id, *youths, *adults})


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
        .select_related("written_by")
        .prefetch_related(Prefetch("corrected_by", Note.objects.filter(readable_by=ReadableBy.FAMILY)))
        .order_by("-happened_at", "-pk")[:SHOWN]
    )
