"""The one way to cases, dossiers and persons: every query carries the permission. No door fetches them otherwise.

A shielded dossier is kept from colleagues who work in the same case. What is written about that child (notes, meetings,
clocks) is kept with it: `_of_hidden_youth` is the condition every query in a case carries.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, UUIDField

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember, Team, TeamMembership
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.enums import CaseRoleKind, ClockState, InvitationAnswer
from rondom.dossiers.models import (
    Case,
    CaseAdult,
    CaseDossier,
    CaseloadMove,
    CaseRole,
    Clock,
    Cover,
    Dossier,
    Meeting,
    MeetingParticipant,
    Note,
    RoleHandover,
)
from rondom.dossiers.rules import case_name
from rondom.dossiers.sight import case_seen, dossier_closed, dossier_seen, person_closed, person_seen
from rondom.people.models import KnownElsewhereRequest, Person
from rondom.people.search import unanswered_requests
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation
from rondom.privacy.queries import still_read

LAST_HELD = 100  # meetings read to find the last agreements of the cases of one day


def cases_for(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN, few: bool = False) -> QuerySet[Case]:
    """Return the cases within the principal's sight: as list rows (Sight.ROW) or open (Sight.OPEN).

    `few`: you narrow them to few yourself, by another index (`dossiers.sight`). The answer is the same.
    """
    return Case.objects.filter(case_seen("pk", by, at=at, sight=sight, few=few))


def dossiers_for(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN, few: bool = False) -> QuerySet[Dossier]:
    """Return the dossiers within the principal's sight; `few` as in `cases_for`."""
    return Dossier.objects.filter(dossier_seen("pk", by, at=at, sight=sight, few=few))


def is_barred(by: Principal, dossier: Dossier, *, at: dt.datetime) -> bool:
    """Tell whether a dossier is closed to the principal whatever relation there is or will be."""
    own = Relation.objects.filter(
        moment_filter(at), subject=dossier.pk, principal__in=by.keys, kind=RelationKind.BARRIER
    )
    return own.exists() or Dossier.objects.filter(dossier_closed("pk", by, at=at), pk=dossier.pk).exists()


def persons_for(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> QuerySet[Person]:
    """Return the persons within sight: by own relation, as youth of a dossier, or as adult in a case in sight."""
    return Person.objects.filter(person_seen("pk", by, at=at, sight=sight))


def dossiers_in(case: Case, by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> QuerySet[Dossier]:
    """Return the dossiers of a case that this principal may open; a shielded one may be kept from a colleague."""
    linked = CaseDossier.objects.filter(on(clock.today(at)), case=case).values("dossier")
    return dossiers_for(by, at=at, sight=sight, few=True).filter(pk__in=linked).select_related("youth")


def part_is_hidden(case: Case, by: Principal, *, at: dt.datetime) -> bool:
    """Tell whether a dossier of this case is kept from the viewer; staff are told, residents never are."""
    return _kept_links(by, at).filter(on(clock.today(at)), case=case).exists()


def _kept_links(by: Principal, at: dt.datetime, sight: Sight = Sight.OPEN) -> QuerySet[CaseDossier]:
    return CaseDossier.objects.exclude(dossier_seen("dossier", by, at=at, sight=sight, few=True))


def _of_hidden_youth(by: Principal, at: dt.datetime, sight: Sight = Sight.OPEN, **through: Any) -> Q:
    """Return "this row, in its case, is about a youth whose dossier is kept from the viewer"."""
    return Q(Exists(_kept_links(by, at, sight).filter(case=OuterRef("case"), **through)))


def about_kept_youth(by: Principal, at: dt.datetime, sight: Sight = Sight.OPEN, **through: Any) -> Q:
    """Return the same condition for rows of rooms above that have a `case`: exclude them from what a viewer sees.

    `through` leads from a youth whose dossier is kept to the row, e.g. `dossier__youth__goalconcern__goal`. With
    `Sight.ROW` for what is only counted in a list: then a dossier is kept that is in no list of the viewer.
    """
    return _of_hidden_youth(by, at, sight, **through)


def people_in(case: Case, by: Principal, *, at: dt.datetime) -> list[Person]:
    """Return everybody of the case whom the viewer may see, today: the children eldest first, then the adults."""
    youths = [d.youth for d in dossiers_in(case, by, at=at).order_by("youth__born_on", "youth_id")]
    adults = [a.person for a in adults_in(case, at=at)]
    seen = {p.pk for p in youths}
    return [*youths, *(p for p in adults if p.pk not in seen)]


def adults_in(case: Case, *, at: dt.datetime) -> QuerySet[CaseAdult]:
    """Return the adults who take part in a case today."""
    return case.adults.filter(on(clock.today(at))).select_related("person").order_by("starts", "pk")


def roles_in(case: Case, *, at: dt.datetime) -> QuerySet[CaseRole]:
    """Return the roles of a case that hold today."""
    return case.roles.filter(on(clock.today(at))).select_related("staff").order_by("kind")


def role_for(by: Principal, case: Case, kind: CaseRoleKind | str, *, at: dt.datetime) -> CaseRole | None:
    """Return who holds a role in a case today."""
    return roles_in(case, at=at).filter(kind=kind).first()


def notes_for(by: Principal, *, at: dt.datetime) -> QuerySet[Note]:
    """Return the notes of all cases the principal may open, newest first, without those about a kept dossier."""
    return (
        Note.objects.filter(case_seen("case", by, at=at, few=True))
        .exclude(_of_hidden_youth(by, at, dossier__youth__noteconcern__note=OuterRef("pk")))
        .filter(still_read(by, at=at, sight=Sight.OPEN))
        .select_related("written_by", "corrects")
        .prefetch_related("concerns", "corrected_by")
        .order_by("-happened_at", "-pk")
    )


def meetings_for(by: Principal, *, at: dt.datetime) -> QuerySet[Meeting]:
    """Return the meetings of all cases the principal may open, without those with a kept youth at the table."""
    seats = MeetingParticipant.objects.select_related("person", "staff").order_by("pk")
    return (
        Meeting.objects.filter(case_seen("case", by, at=at, few=True))
        .exclude(_of_hidden_youth(by, at, dossier__youth__meetings__meeting=OuterRef("pk")))
        .filter(still_read(by, at=at, sight=Sight.OPEN))
        .prefetch_related(Prefetch("participants", seats))
        .order_by("planned_at", "pk")
    )


def clocks_in_sight(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> QuerySet[Clock]:
    """Return the clocks of all cases the principal may open, earliest first, without those about a kept dossier.

    `Sight.ROW`: of all cases in a list of the principal, to count; their titles are not to be shown.
    """
    kept = _kept_links(by, at, sight).filter(
        Q(dossier=OuterRef("subject"))
        | Q(dossier__youth=OuterRef("subject"))
        | Q(dossier__youth__noteconcern__note=OuterRef("subject")),
        case=OuterRef("case"),
    )
    return (
        Clock.objects.filter(case_seen("case", by, at=at, sight=sight, few=True))
        .exclude(Exists(kept))
        .filter(still_read(by, at=at, sight=sight, outer="subject"))
        .select_related("rests_with")
        .order_by("due_at", "pk")
    )


def clocks_for(by: Principal, *, at: dt.datetime) -> QuerySet[Clock]:
    """Return the running clocks that rest with a staff member, or with a colleague this one covers for today."""
    covered = Cover.objects.filter(on(clock.today(at)), taken_by=by.key).values("absent")
    return clocks_in_sight(by, at=at).filter(
        Q(rests_with=by.key) | Q(rests_with__in=covered), state__in=ClockState.open_states()
    )


def _one(rows: QuerySet[Any], pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def adults_in_sight(by: Principal, *, at: dt.datetime) -> QuerySet[CaseAdult]:
    """Return the adults who take part in the cases the principal may open."""
    return CaseAdult.objects.filter(case_seen("case", by, at=at, few=True), ends=None).select_related("person")


def handovers_of(by: Principal) -> QuerySet[RoleHandover]:
    """Return the open handovers this colleague offered or was asked to accept."""
    mine = Q(to=by.key) | Q(offered_by=by.key)
    return RoleHandover.objects.filter(mine, ended_at=None).select_related("to", "offered_by")


def relatives_of(persons: Iterable[Person], by: Principal, *, at: dt.datetime) -> list[Person]:
    """Return the relatives of persons one may open: people to let take part.

    A relative who is a child with a dossier outside sight, or who is closed to the viewer, is left out: that they are
    known here is not to be told.
    """
    pks = [person.pk for person in persons]
    kin = Q(kin__other__in=pks) | Q(kin_of__person__in=pks)
    elsewhere = Exists(Dossier.objects.filter(youth=OuterRef("pk")))
    seen = Q(pk__in=persons_for(by, at=at).values("pk"))
    rows = Person.objects.filter(
        kin, seen | ~Q(elsewhere), ~person_closed("pk", by, at=at), merged_into=None
    ).distinct()
    return list(rows.order_by("family_name", "called", "pk")[:30])


def around(person: Person, by: Principal, *, at: dt.datetime) -> list[Person]:
    """Return the other people in the cases through which a viewer sees this person, and the relatives in sight."""
    listed = cases_of_persons([person.pk], by, at=at)[person.pk]
    members = members_of(openable(by, listed, at=at), by, at=at)
    found = {p.pk: p for children, adults in members.values() for p in [*adults, *children]}
    for relative in relatives_of([person], by, at=at):
        found.setdefault(relative.pk, relative)
    found.pop(person.pk, None)
    return list(found.values())


def youths_dossiers(person: Person, by: Principal, *, at: dt.datetime) -> list[Dossier]:
    """Return the dossiers of a person that the viewer may open; none for an adult who takes part."""
    return list(dossiers_for(by, at=at).filter(youth=person).select_related("organisation").order_by("opened_on", "pk"))


def families_of(person: Person, by: Principal, *, at: dt.datetime) -> list[tuple[UUID, str]]:
    """Return the cases with this person that the viewer may open, with what to call each."""
    listed = cases_of_persons([person.pk], by, at=at)[person.pk]
    opens = [pk for pk in listed if pk in openable(by, listed, at=at)]
    called = case_names(opens, by, at=at)
    return [(pk, called[pk]) for pk in opens]


def handovers_asked_of(by: Principal) -> QuerySet[RoleHandover]:
    """Return the open handovers that wait for this colleague's answer."""
    return RoleHandover.objects.filter(to=by.key, ended_at=None).select_related("case", "offered_by")


def handovers_offered_by(by: Principal) -> QuerySet[RoleHandover]:
    """Return the handovers this colleague offered and that nobody accepted yet: still answerable (N6)."""
    return RoleHandover.objects.filter(offered_by=by.key, ended_at=None).select_related("case", "to")


def handovers_in(case: Case) -> QuerySet[RoleHandover]:
    """Return the open handovers of a case that was opened for the viewer."""
    return RoleHandover.objects.filter(case=case, ended_at=None).select_related("to", "offered_by")


def cover_for(by: Principal, pk: UUID, *, at: dt.datetime) -> Cover:
    """Return a running cover between colleagues of one's teams; raises NotFound."""
    return _one(covers_on(clock.today(at), teams=by.teams), pk)


def move_for(by: Principal, pk: UUID) -> CaseloadMove:
    """Return a move of one's teams that waits for a decision; raises NotFound."""
    return _one(moves_to_decide(by), pk)


def covers_on(day: dt.date, *, teams: Iterable[UUID]) -> QuerySet[Cover]:
    """Return the covers of a day between members of these teams."""
    members = TeamMembership.objects.filter(on(day), team__in=list(teams)).values("staff")
    rows = Cover.objects.filter(on(day), absent__in=members).select_related("absent", "taken_by")
    return rows.prefetch_related("cases").order_by("ends", "pk")


def own_roles(by: Principal, *, at: dt.datetime) -> QuerySet[CaseRole]:
    """Return the roles a staff member holds today in open cases."""
    running = Case.objects.filter(pk=OuterRef("case"), closed_on=None)  # a join would lead from all open cases (SQLite)
    return CaseRole.objects.filter(on(clock.today(at)), Exists(running), staff=by.key)


def last_held(by: Principal, cases: Iterable[UUID], *, at: dt.datetime) -> QuerySet[Meeting]:
    """Return the meetings held in these cases, newest first: the first of a case holds its last agreements."""
    rows = meetings_for(by, at=at).filter(case__in=list(cases), held_at__isnull=False)
    return rows.order_by("-held_at", "-pk")[:LAST_HELD]


def staying_away(by: Principal, *, at: dt.datetime) -> QuerySet[MeetingParticipant]:
    """Return who said not to come to the meetings to come at which one has a seat oneself, the first meeting on top."""
    mine = meetings_for(by, at=at).filter(
        held_at=None, cancelled_reason="", planned_at__gt=at, participants__staff=by.key
    )  # fmt: skip
    rows = MeetingParticipant.objects.filter(answer=InvitationAnswer.NOT, meeting__in=mine.order_by().values("pk"))
    return rows.exclude(staff=by.key).select_related("meeting", "person", "staff").order_by("meeting__planned_at", "pk")


def moves_to_decide(by: Principal) -> QuerySet[CaseloadMove]:
    """Return the caseload moves of one's teams that wait for a second person other than the asker."""
    return (
        CaseloadMove.objects.filter(team__in=by.teams, approved=None)
        .select_related("team", "giver", "receiver", "asked_by")
        .prefetch_related("cases")
        .order_by("asked_at")
    )


def team_of(by: Principal, pk: UUID) -> Team:
    """Return one of one's own teams; raises NotFound."""
    return _one(Team.objects.filter(pk__in=by.teams).select_related("organisation"), pk)


def teams_of(by: Principal) -> list[Team]:
    """Return one's own teams, by name."""
    return list(Team.objects.filter(pk__in=by.teams).select_related("organisation").order_by("name"))


def colleagues_in(teams: Iterable[UUID], day: dt.date) -> QuerySet[StaffMember]:
    """Return the staff of teams on a day, by name."""
    members = TeamMembership.objects.filter(on(day), team__in=list(teams)).values("staff")
    return StaffMember.objects.filter(pk__in=members).order_by("first_name", "last_name")


def case_rows(by: Principal, *, at: dt.datetime, sight: Sight = Sight.ROW, few: bool = False) -> QuerySet[Any]:
    """Return cases with what a list row shows, in a fixed number of queries whatever their number.

    `few` as in `cases_for`: you narrow them to one's own, to one team, to ids at hand.

    Each case carries `shown_links` (its dossiers in row sight, with youth), `shown_roles`, `late_clocks` (count of
    running clocks that are late), `next_due` (earliest running clock), `next_meeting`, `last_contact` and `sort_name`
    (family name of the eldest child in sight). Titles of clocks and meetings are content and not in a row.
    """
    day = clock.today(at)
    visible = CaseDossier.objects.filter(on(day), dossier_seen("dossier", by, at=at, sight=sight, few=True))
    eldest = visible.filter(case=OuterRef("pk")).order_by("dossier__youth__born_on", "dossier__youth_id")
    running = Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING).order_by().values("case")
    meetings = Meeting.objects.filter(
        case=OuterRef("pk"), held_at=None, cancelled_reason="", planned_at__gte=at
    ).order_by()
    notes = Note.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return (
        cases_for(by, at=at, sight=sight, few=few)
        .select_related("team")
        .annotate(
            sort_name=Subquery(eldest.values("dossier__youth__family_name")[:1]),
            next_due=Subquery(running.annotate(first=Min("due_at")).values("first")),
            next_meeting=Subquery(meetings.values("case").annotate(first=Min("planned_at")).values("first")),
            last_contact=Subquery(notes.annotate(last=Max("happened_at")).values("last")),
        )
        .prefetch_related(
            Prefetch("dossier_links", visible.select_related("dossier__youth"), to_attr="shown_links"),
            Prefetch("roles", CaseRole.objects.filter(on(day)).select_related("staff"), to_attr="shown_roles"),
        )
        .order_by("sort_name", "opened_on", "pk")
    )


def late(rows: QuerySet[Case], *, at: dt.datetime) -> QuerySet[Case]:
    """Narrow case rows to those with a running clock that is late."""
    return rows.filter(Exists(Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING, due_at__lte=at)))


def without_role(rows: QuerySet[Case], kind: CaseRoleKind, *, at: dt.datetime) -> QuerySet[Case]:
    """Narrow case rows to those where nobody holds a role today."""
    return rows.filter(nobody_holds(kind, at=at))


def held_by(rows: QuerySet[Case], staff: UUID, *, at: dt.datetime) -> QuerySet[Case]:
    """Narrow case rows to those in which a staff member holds a role today."""
    return rows.filter(pk__in=CaseRole.objects.filter(on(clock.today(at)), staff=staff).values("case"))


def coordinated_by(rows: QuerySet[Case], staff: UUID, *, at: dt.datetime) -> QuerySet[Case]:
    """Narrow case rows to those a staff member coordinates today."""
    held = CaseRole.objects.filter(on(clock.today(at)), kind=CaseRoleKind.COORDINATION, staff=staff)
    return rows.filter(pk__in=held.values("case"))


def covered_by(rows: QuerySet[Case], staff: UUID, *, at: dt.datetime) -> QuerySet[Case]:
    """Narrow case rows to those a staff member sees to for an absent colleague today."""
    return rows.filter(pk__in=Cover.objects.filter(on(clock.today(at)), taken_by=staff).values("cases"))


def rests_with(by: Principal, *, at: dt.datetime) -> QuerySet[Any, Any]:
    """Return the ids of the open cases a staff member answers for: coordinates, or sees to for an absent colleague."""
    day = clock.today(at)
    mine = CaseRole.objects.filter(on(day), kind=CaseRoleKind.COORDINATION, staff=by.key).values("case")
    covered = Cover.objects.filter(on(day), taken_by=by.key).values("cases")
    return Case.objects.filter(Q(pk__in=mine) | Q(pk__in=covered), closed_on=None).order_by().values("pk")


def coordinators_of(cases: Iterable[UUID], *, at: dt.datetime) -> dict[UUID, StaffMember]:
    """Return who of us coordinates each of these cases today, in one query."""
    rows = CaseRole.objects.filter(
        on(clock.today(at)), case__in=list(cases), kind=CaseRoleKind.COORDINATION, staff__isnull=False
    )
    return {row.case_id: row.staff for row in rows.select_related("staff") if row.staff}


def last_contacts(cases: Iterable[UUID]) -> dict[UUID, dt.datetime]:
    """Return per case when there last was contact: a note or a meeting that was held. For cases that are listed."""
    found: dict[UUID, dt.datetime] = {}
    notes = Note.objects.filter(case__in=list(cases)).order_by().values("case").annotate(last=Max("happened_at"))
    held = Meeting.objects.filter(case__in=list(cases), held_at__isnull=False).order_by().values("case")
    for row in [*notes, *held.annotate(last=Max("held_at"))]:
        found[row["case"]] = max(row["last"], found.get(row["case"], row["last"]))
    return found


def rhythms_in(cases: QuerySet[Case]) -> list[int]:
    """Return the contact rhythms, in days, that were agreed in these cases."""
    rows = cases.filter(contact_rhythm_days__isnull=False).order_by().values_list("contact_rhythm_days", flat=True)
    return sorted({days for days in rows.distinct() if days})


def without_contact_since(moment: dt.datetime) -> Q:
    """Return the condition "this case had no note and no meeting since a moment, and was opened before it"."""
    noted = Exists(Note.objects.filter(case=OuterRef("pk"), happened_at__gte=moment))
    met = Exists(Meeting.objects.filter(case=OuterRef("pk"), held_at__gte=moment))
    return Q(~noted, ~met, opened_on__lt=clock.today(moment))


def nobody_holds(kind: CaseRoleKind, *, at: dt.datetime) -> Q:
    """Return the condition "nobody holds this role in this case today"."""
    return ~Q(Exists(CaseRole.objects.filter(on(clock.today(at)), case=OuterRef("pk"), kind=kind)))


def stuck(rows: QuerySet[Any], *, at: dt.datetime) -> QuerySet[Any]:
    """Narrow case rows to those that stand still: a late date, nobody who coordinates, nobody with sight on safety."""
    running_late = Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING, due_at__lte=at)
    return rows.filter(
        Q(Exists(running_late))
        | nobody_holds(CaseRoleKind.COORDINATION, at=at)
        | nobody_holds(CaseRoleKind.SIGHT_ON_SAFETY, at=at)
    ).order_by("next_due", "pk")


def chosen_persons(persons: Iterable[UUID], *, municipality: str) -> list[Person]:
    """Return persons a page carries under its own signature (just registered or found in sight), in that order."""
    wanted = list(persons)
    rows = {p.pk: p for p in Person.objects.filter(pk__in=wanted, municipality=municipality)}
    return [rows[pk] for pk in wanted if pk in rows]


def due_for_contact(by: Principal, *, at: dt.datetime) -> QuerySet[Any]:
    """Return one's own cases with an agreed rhythm, with `last_contact`; the door says when the next one falls."""
    mine = held_by(case_rows(by, at=at, sight=Sight.OPEN, few=True), by.key, at=at)
    return mine.filter(closed_on=None, contact_rhythm_days__isnull=False).order_by(
        F("last_contact").asc(nulls_first=True), "pk"
    )


def members_of(
    cases: Iterable[UUID], by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN
) -> dict[UUID, tuple[list[Person], list[Person]]]:
    """Return per case the children in sight (eldest first) and the adults, in two queries."""
    day, wanted = clock.today(at), list(cases)
    found: dict[UUID, tuple[list[Person], list[Person]]] = {pk: ([], []) for pk in wanted}
    links = CaseDossier.objects.filter(
        on(day), dossier_seen("dossier", by, at=at, sight=sight, few=True), case__in=wanted
    )
    for link in links.select_related("dossier__youth").order_by("dossier__youth__born_on", "dossier__youth_id"):
        found[link.case_id][0].append(link.dossier.youth)
    adults = CaseAdult.objects.filter(on(day), case__in=wanted).select_related("person").order_by("starts", "pk")
    for adult in adults:
        found[adult.case_id][1].append(adult.person)
    return found


def case_names(cases: Iterable[UUID], by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> dict[UUID, str]:
    """Return what to call these cases for this viewer: by the children in sight."""
    day = clock.today(at)
    return {pk: case_name(children, day) for pk, (children, _) in members_of(cases, by, at=at, sight=sight).items()}


def openable(by: Principal, cases: Iterable[UUID], *, at: dt.datetime) -> set[UUID]:
    """Return those of these cases that the principal may open without stating a ground."""
    return set(cases_for(by, at=at, few=True).filter(pk__in=list(cases)).values_list("pk", flat=True))


def cases_of_persons(persons: Iterable[UUID], by: Principal, *, at: dt.datetime) -> dict[UUID, list[UUID]]:
    """Return per person the cases in row sight in which that person is a child or an adult today."""
    day, wanted = clock.today(at), list(persons)
    row = case_seen("case", by, at=at, sight=Sight.ROW, few=True)
    shown = dossier_seen("dossier", by, at=at, sight=Sight.ROW, few=True)
    found: dict[UUID, list[UUID]] = {pk: [] for pk in wanted}
    links = CaseDossier.objects.filter(on(day), row, shown, dossier__youth__in=wanted)
    adults = CaseAdult.objects.filter(on(day), row, person__in=wanted)
    for pairs in (links.values_list("dossier__youth", "case"), adults.values_list("person", "case")):
        for person, case in pairs:
            if case not in found[person]:
                found[person].append(case)
    return found


def questions_for(by: Principal, *, at: dt.datetime) -> list[tuple[KnownElsewhereRequest, UUID]]:
    """Return the unanswered questions of others (exact keys) that rest with this colleague, each with its case.

    They rest with who coordinates the case, or covers for who does; of a case that is closed or without coordinator
    with who directs the team. Oldest first; a person in two cases rests with both.
    """
    day = clock.today(at)
    coordinating = CaseRole.objects.filter(on(day), case=OuterRef("pk"), kind=CaseRoleKind.COORDINATION)
    mine = Q(Exists(coordinating.filter(staff=by.key)), closed_on=None)
    mine |= Q(Exists(Cover.objects.filter(on(day), taken_by=by.key, cases=OuterRef("pk"))), closed_on=None)
    if by.has(Role.TEAM_LEAD, Role.PROCESS_COORDINATOR):
        mine |= Q(team__in=by.teams) & (Q(closed_on__isnull=False) | ~Q(Exists(coordinating)))
    rows = list(unanswered_requests(by))  # few: so the cases are found from the questions, not the other way round
    around = cases_of_persons({row.person_id for row in rows if row.person_id}, by, at=at)
    every = {case for cases in around.values() for case in cases}
    rests = set(Case.objects.filter(mine, pk__in=every).values_list("pk", flat=True))
    where = {person: next((case for case in cases if case in rests), None) for person, cases in around.items()}
    return [(row, case) for row in rows if row.person_id and (case := where[row.person_id])]


def question_for(by: Principal, pk: UUID, *, at: dt.datetime) -> tuple[KnownElsewhereRequest, UUID]:
    """Return one question that rests with this colleague, with its case; raises NotFound, and records the attempt."""
    found = next((pair for pair in questions_for(by, at=at) if pair[0].pk == pk), None)
    if found is not None:
        return found
    hidden = KnownElsewhereRequest.objects.filter(pk=pk).first()
    if hidden is not None:
        subjects = [("person", hidden.person_id)] if hidden.person_id else []
        look(by, "desk.question_shown", hidden, subjects=subjects, result="denied", at=at)
    raise NotFound("")


def colleagues_by_id(ids: Iterable[UUID]) -> dict[UUID, StaffMember]:
    """Return staff members with their organisation, by id: who asks, and how to ring them."""
    return {s.pk: s for s in StaffMember.objects.filter(pk__in=set(ids)).select_related("organisation")}


def team_load(by: Principal, team: UUID, *, at: dt.datetime) -> dict[UUID | None, tuple[int, int]]:
    """Return per coordinator of a team (None: nobody) the open cases in row sight, and how many have a late date."""
    day = clock.today(at)
    coordinators = CaseRole.objects.filter(on(day), case=OuterRef("pk"), kind=CaseRoleKind.COORDINATION)
    coordinator = Subquery(coordinators.values("staff")[:1], output_field=UUIDField())
    running_late = Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING, due_at__lte=at)
    rows = (
        cases_for(by, at=at, sight=Sight.ROW, few=True)
        .filter(team=team, closed_on=None)
        .annotate(coordinator=coordinator, is_late=Exists(running_late))
        .order_by()
        .values("coordinator")
        .annotate(cases=Count("pk"), late=Count("pk", filter=Q(is_late=True)))
    )
    return {row["coordinator"]: (row["cases"], row["late"]) for row in rows}


def counted_by_coordinator(rows: QuerySet[Any], *, at: dt.datetime) -> dict[tuple[UUID, UUID | None], int]:
    """Return per team and coordinator (None: nobody) how many of these cases there are."""
    coordinators = CaseRole.objects.filter(on(clock.today(at)), case=OuterRef("pk"), kind=CaseRoleKind.COORDINATION)
    who = Subquery(coordinators.values("staff")[:1], output_field=UUIDField())
    cases = Case.objects.filter(pk__in=rows.order_by().values("pk")).annotate(coordinator=who)
    counted = cases.order_by().values("team", "coordinator").annotate(n=Count("pk"))
    return {(row["team"], row["coordinator"]): row["n"] for row in counted}


def anchor_names(by: Principal, anchors: Iterable[tuple[str, UUID]], *, at: dt.datetime) -> dict[UUID, str]:
    """Return what to call the cases, dossiers and persons among `anchors` that this principal may open."""
    wanted: dict[str, set[UUID]] = {}
    for kind, pk in anchors:
        wanted.setdefault(kind, set()).add(pk)
    names = {p.pk: p.name for p in persons_for(by, at=at).filter(pk__in=wanted.get(SubjectKind.PERSON, ()))}
    dossiers = (
        dossiers_for(by, at=at, few=True).filter(pk__in=wanted.get(SubjectKind.DOSSIER, ())).select_related("youth")
    )
    names |= {d.pk: d.youth.name for d in dossiers}
    return names | case_names(openable(by, wanted.get(SubjectKind.CASE, ()), at=at), by, at=at)
