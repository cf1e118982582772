"""What who watches over the looks may ask: emergencies, who looked at one dossier, what stands out, destruction.

Never what is in a dossier: who, in which role, when, why, which kind of page, and whether something was done. Files
that are closed to the asker (relatives, own file) stay closed here too. ADR 0190, 0191.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember, TeamMembership
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.models import EventSubject, Look
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import Case, CaseDossier, CaseRole, Dossier
from rondom.dossiers.retention import retention_of
from rondom.dossiers.sight import dossier_closed
from rondom.law.engine import Answer
from rondom.people.models import Person
from rondom.people.normalising import asked_words
from rondom.people.whereabouts import at_one_address
from rondom.privacy.destruction import doomed_with
from rondom.privacy.enums import RelativeKind, SubjectKind
from rondom.privacy.looking import Listed, Opened, Seen, log_of, openings
from rondom.privacy.models import Destruction, EmergencyAccess, OwnRelative

LOG_LINES = 300
LOGS_A_DAY = 40
STANDING_OUT_DAYS = 30
ACTS_AFTER = dt.timedelta(days=7)


# Emergencies


def _open_to(by: Principal, at: dt.datetime) -> QuerySet[Any]:
    return Dossier.objects.exclude(dossier_closed("pk", by, at=at)).values("pk")


def emergencies_for(by: Principal, *, at: dt.datetime) -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses of others that one may judge, the most urgent first.

    The privacy officer: all of the municipality. A team lead: those by somebody of the team, or in a case of the team.
    """
    rows = EmergencyAccess.objects.filter(municipality=by.municipality).exclude(staff=by.key)
    closed = Dossier.objects.filter(dossier_closed("pk", by, at=at)).values("pk")
    rows = rows.exclude(dossier__in=closed).order_by("review_due_at", "pk")
    if by.has(Role.PRIVACY_OFFICER):
        return rows
    if not by.has(Role.TEAM_LEAD):
        return rows.none()
    mine: Any = TeamMembership.objects.filter(on(clock.today(at)), team__in=by.teams).values("staff")
    return rows.filter(Q(staff__in=mine) | Q(case__in=Case.objects.filter(team__in=by.teams).values("pk")))


def emergency_for(by: Principal, pk: UUID, *, at: dt.datetime) -> EmergencyAccess:
    """Return one emergency access one may judge; raises NotFound, and records the refused attempt."""
    row = emergencies_for(by, at=at).filter(pk=pk).first()
    if row is not None:
        return row
    hidden = EmergencyAccess.objects.filter(pk=pk).first()
    if hidden is not None:
        look(by, "desk.emergency_shown", hidden, subjects=[("dossier", hidden.dossier)], result="denied", at=at)
    raise NotFound("")


@dataclass(frozen=True)
class Story:
    """What an emergency access came to: who did it, whom to ask, what was opened, how often something was written."""

    row: EmergencyAccess
    staff: StaffMember
    ask: str
    seen: list[Seen]
    acts: int


def story_of(row: EmergencyAccess) -> Story:
    """Return what is known of an emergency access besides its reason; never what was read or written."""
    subjects = [row.dossier, *([row.case] if row.case else [])]
    seen = log_of([row.dossier], [], since=row.created_at, until=row.ends_at, limit=LOG_LINES)
    acts = _acts(subjects, [row.staff], since=row.created_at, until=row.created_at + ACTS_AFTER)
    return Story(
        row, StaffMember.objects.select_related("organisation").get(pk=row.staff), _coordinator(row.case),
        [s for s in seen if s.actor == row.staff], sum(acts.values()),
    )  # fmt: skip


def _coordinator(case: UUID | None) -> str:
    role = CaseRole.objects.filter(case=case, kind=CaseRoleKind.COORDINATION, ends=None).select_related("staff").first()
    return (role.staff.name if role.staff else role.outside) if role else ""


def _acts(
    subjects: Iterable[UUID], actors: Iterable[UUID], *, since: dt.datetime, until: dt.datetime
) -> dict[tuple[UUID, UUID], int]:
    """Return how often each actor did something about each dossier or case; getting access is no act."""
    rows = EventSubject.objects.filter(
        kind__in=(SubjectKind.DOSSIER, SubjectKind.CASE), subject__in=list(subjects), record__actor__in=list(actors),
        record__at__gte=since, record__at__lt=until,
    ).exclude(record__kind__startswith="privacy.")  # fmt: skip
    counted: dict[tuple[UUID, UUID], set[int]] = {}
    for actor, subject, number in rows.values_list("record__actor", "subject", "record_id"):
        if actor:
            counted.setdefault((actor, subject), set()).add(number)
    return {pair: len(numbers) for pair, numbers in counted.items()}


# The looking log


@dataclass(frozen=True)
class Log:
    """Looks at what an exact key fits, newest first; `more`: there are older ones in this period."""

    seen: list[Seen]
    subjects: list[tuple[str, UUID]]
    more: bool


def looking_log(by: Principal, person: Person | None, *, since: dt.date, until: dt.date, at: dt.datetime) -> Log:
    """Return who looked at the dossiers of a person from a day until and including another, or nothing at all.

    Nobody known and nobody who looked give the same empty log; so does a file that is closed to the asker.
    """
    if person is None:
        return Log([], [], more=False)
    dossiers = Dossier.objects.filter(youth=person, municipality=by.municipality)
    open_to = set(dossiers.filter(pk__in=_open_to(by, at)).values_list("pk", flat=True))
    if dossiers.count() != len(open_to):
        return Log([], [], more=False)
    links = CaseDossier.objects.filter(dossier__in=open_to)
    listed = [Listed(link.case_id, link.starts, link.ends) for link in links]
    seen = log_of(
        [person.pk, *open_to], listed, since=_begin(since), until=_begin(until + dt.timedelta(days=1)),
        limit=LOG_LINES + 1,
    )  # fmt: skip
    subjects = [("person", person.pk), *(("dossier", pk) for pk in open_to)]
    return Log(seen[:LOG_LINES], subjects, more=len(seen) > LOG_LINES)


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.AMSTERDAM)


def logs_left(by: Principal, *, at: dt.datetime) -> int:
    """Return how many looking logs one may still ask today."""
    asked = Look.objects.filter(actor=by.key, kind="desk.looking_log_shown", at__gte=_begin(clock.today(at)))
    return max(0, LOGS_A_DAY - asked.count())


# Looks that stand out


NAME, ADDRESS, NO_ACT = "name", "address", "no_act"
REASONS: dict[str, Any] = {
    NAME: _("has the same family name as the child"),
    ADDRESS: _("lives at the address of the child"),
    NO_ACT: _("opened it with a stated reason or in an emergency, and did nothing with it"),
}


@dataclass(frozen=True)
class StandsOut:
    """Looks of one staff member at one dossier that deserve a question; a reason to ask, never a proof."""

    staff: StaffMember
    opened: Opened
    acts: int
    reasons: tuple[str, ...]
    ask: str


def standing_out(by: Principal, *, at: dt.datetime, days: int = STANDING_OUT_DAYS) -> list[StandsOut]:
    """Return the looks of the last days that stand out, newest first.

    Listed are all looks, refused ones too, by who shares the family name of the child, or is registered at one address
    with it (known only of staff who declared who they or their family are); and looks with a stated ground or in an
    emergency that no act in that dossier followed. Secret addresses are never compared.
    """
    since = at - dt.timedelta(days=days)
    pairs = openings(since=since)
    dossiers = {
        d.pk: d
        for d in Dossier.objects.filter(
            pk__in={p.dossier for p in pairs} & set(_open_to(by, at).values_list("pk", flat=True)),
            municipality=by.municipality,
        ).select_related("youth")
    }
    pairs = [p for p in pairs if p.dossier in dossiers]
    actors = {p.actor for p in pairs}
    staff = {s.pk: s for s in StaffMember.objects.filter(pk__in=actors).select_related("organisation")}
    cases: dict[UUID, UUID] = dict(
        CaseDossier.objects.filter(dossier__in=dossiers).order_by("starts").values_list("dossier_id", "case_id")
    )
    acts = _acts({*dossiers, *cases.values()}, actors, since=since, until=at)
    homes = _shared_homes(actors, {d.youth_id for d in dossiers.values()}, clock.today(at))
    coordinators = _coordinators(set(cases.values()))
    found = []
    for pair in pairs:
        if pair.actor not in staff:
            continue
        youth, case = dossiers[pair.dossier].youth, cases.get(pair.dossier)
        done = max(acts.get((pair.actor, pair.dossier), 0), acts.get((pair.actor, case), 0) if case else 0)
        reasons = [
            *([NAME] if _same_name(staff[pair.actor].last_name, youth.family_name) else []),
            *([ADDRESS] if (pair.actor, youth.pk) in homes else []),
            *([NO_ACT] if pair.unusual and not done else []),
        ]
        if reasons:
            ask = coordinators.get(case, "") if case else ""
            found.append(StandsOut(staff[pair.actor], pair, done, tuple(reasons), ask))
    return sorted(found, key=lambda s: s.opened.last, reverse=True)


def _coordinators(cases: set[UUID]) -> dict[UUID, str]:
    roles = CaseRole.objects.filter(case__in=cases, kind=CaseRoleKind.COORDINATION, ends=None).select_related("staff")
    return {role.case_id: role.staff.name if role.staff else role.outside for role in roles}


def _same_name(one: str, other: str) -> bool:
    """Tell whether two family names share a word that says something: "van Rijn" and "Rijn-Bos" do."""
    return bool(set(asked_words(one)) & set(asked_words(other)))


def _shared_homes(actors: set[UUID], youths: set[UUID], day: dt.date) -> set[tuple[UUID, UUID]]:
    """Return (staff member, youth) for who is registered at one address, as far as staff declared who they are."""
    declared = OwnRelative.objects.filter(
        staff__in=actors, person__isnull=False, ended_at=None, kind__in=(RelativeKind.SELF, RelativeKind.FAMILY)
    )
    persons: dict[UUID, set[UUID]] = {}
    for person, one in declared.values_list("person", "staff"):
        if person:
            persons.setdefault(person, set()).add(one)
    return {(one, youth) for person, youth in at_one_address(persons, youths, day=day) for one in persons[person]}


# Destruction


DONE_SHOWN = 20


def destructions_for(by: Principal, *, at: dt.datetime) -> QuerySet[Destruction]:
    """Return the requests and proposals to destroy that one may judge or asked, the most urgent first.

    The privacy officer: all of the municipality. A team lead: of the own teams, and what one asked or decided.
    """
    rows = Destruction.objects.filter(municipality=by.municipality)
    rows = rows.exclude(dossier__in=Dossier.objects.filter(dossier_closed("pk", by, at=at)).values("pk"))
    rows = rows.order_by(F("due_on").asc(nulls_last=True), "asked_at", "pk")
    if by.has(Role.PRIVACY_OFFICER):
        return rows
    mine = CaseDossier.objects.filter(case__team__in=by.teams).values("dossier")
    return rows.filter(Q(dossier__in=mine) | Q(asked_by=by.key) | Q(approved_by=by.key))


def destruction_for(by: Principal, pk: UUID, *, at: dt.datetime) -> Destruction:
    """Return one request one may judge or asked; raises NotFound, and records the refused attempt."""
    row = destructions_for(by, at=at).filter(pk=pk).first()
    if row is not None:
        return row
    hidden = Destruction.objects.filter(pk=pk).first()
    if hidden is not None:
        look(by, "desk.destruction_shown", hidden, subjects=[("dossier", hidden.dossier)], result="denied", at=at)
    raise NotFound("")


@dataclass(frozen=True)
class Doom:
    """What a destruction would come to, in counts only; nothing of what is in the dossier."""

    counts: dict[str, int]
    case_stays: bool
    kept_until: Answer[dt.date]
    organisation: str
    ask: str


def doom_of(row: Destruction, *, at: dt.datetime) -> Doom | None:
    """Return what a request would destroy and until when the law keeps it; None when the dossier is gone."""
    dossier = Dossier.objects.select_related("organisation").filter(pk=row.dossier).first()
    if dossier is None:
        return None
    doomed = doomed_with(dossier.pk)
    cases = CaseDossier.objects.filter(dossier=dossier).order_by("-starts").values_list("case", flat=True)
    stays = set(cases) - doomed.of("dossiers.Case")
    return Doom(
        doomed.counts(), bool(stays), retention_of(dossier, on=clock.today(at)), dossier.organisation.name,
        _coordinator(cases.first()),
    )  # fmt: skip


def dossiers_of(by: Principal, person: Person | None, *, at: dt.datetime) -> list[Dossier]:
    """Return the dossiers of whom an exact key fits, for a request to destroy; none when the file is closed to one."""
    if person is None or not by.has(Role.PRIVACY_OFFICER):
        return []
    rows = Dossier.objects.filter(youth=person, municipality=by.municipality, pk__in=_open_to(by, at))
    return list(rows.select_related("youth").order_by("opened_on", "pk"))


def held_for(by: Principal, *, at: dt.datetime) -> QuerySet[Dossier]:
    """Return the dossiers of the municipality that may not be destroyed now, for the privacy officer.

    Each carries `kept_because` and `kept_since` of the request that was refused; the text of the hold itself is part of
    the dossier, and stays in it.
    """
    refused = Destruction.objects.filter(dossier=OuterRef("pk"), refused_at__isnull=False).order_by("-refused_at")
    rows = Dossier.objects.filter(municipality=by.municipality, pk__in=_open_to(by, at)).exclude(legal_hold="")
    rows = rows.annotate(
        kept_because=Subquery(refused.values("refused_reason")[:1]),
        kept_since=Subquery(refused.values("refused_at")[:1]),
    )
    return rows.select_related("organisation").order_by("kept_since", "pk")


def held_one(by: Principal, pk: UUID, *, at: dt.datetime) -> Dossier:
    """Return one dossier under a legal hold; raises NotFound otherwise."""
    row = held_for(by, at=at).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row
