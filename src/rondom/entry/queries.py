"""Who may see a worry. While it waits: triage of its organisation. Handed out: who works with the family."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember, Team, TeamMembership
from rondom.aids import queries as aids
from rondom.aids.tables import Table
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.models import Case
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import about_kept_youth, case_names, cases_for, cases_of_persons
from rondom.entry.enums import ConcernState
from rondom.entry.models import AdviceCount, Concern, ConcernPerson, Triage
from rondom.people.models import Person
from rondom.people.search import search
from rondom.privacy.enums import Sight, SubjectKind
from rondom.reference import queries as reference

TRIAGERS = (Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
AID = "triage"
CANDIDATES = 5  # known persons offered for one name


def triages(by: Principal) -> bool:
    """Tell whether somebody looks at the worries that come in."""
    return by.kind == "staff" and by.organisation is not None and by.has(*TRIAGERS)


def concerns_for(by: Principal, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries somebody may read, without those that name a child whose dossier is kept from the viewer."""
    with_me = Q(case__in=cases_for(by, at=at).values("pk"))
    eyes = Q(organisation=by.organisation, case__isnull=True) if triages(by) else Q(pk__in=())
    kept = about_kept_youth(by, at, dossier__youth__in_concerns__concern=OuterRef("pk"))
    rows = Concern.objects.filter(with_me | eyes).exclude(kept)
    return rows.select_related("entered_by", "decided_by").prefetch_related("persons").order_by("received_at", "pk")


def waiting(by: Principal, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries that wait for triage: a child that may be in danger first, then what is due first."""
    rows = concerns_for(by, at=at).filter(state=ConcernState.WAITING)
    return rows.order_by("-danger_now", F("due_at").asc(nulls_last=True), "received_at", "pk")


def advised(by: Principal, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries that ended with advice and are not destroyed yet, newest first."""
    return concerns_for(by, at=at).filter(state=ConcernState.ADVISED).order_by("-decided_at", "pk")


def subjects_of(concern: Concern) -> list[Subject]:
    """Return what a look or act at a worry concerns: itself, its case, and persons known by now."""
    persons = [("person", p.person_id) for p in concern.persons.all() if p.person_id]
    return [subject(concern), *([("case", concern.case_id)] if concern.case_id else []), *persons]


def open_concern(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Concern:
    """Return a worry within sight and record the look. Raises NotFound; a refused look is recorded as well."""
    row = concerns_for(by, at=at).filter(pk=pk).first()
    if row is None:
        hidden = Concern.objects.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of(hidden), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.CASE, row.case_id, at=at, sight=Sight.OPEN) if row.case_id else "triage"
    look(by, page, row, subjects=subjects_of(row), ground=ground, at=at)
    return row


def triage_of(concern: Concern) -> Triage | None:
    """Return what triage found for a worry, if anybody did."""
    return Triage.objects.filter(concern=concern).select_related("made_by").first()


def triage_in(case: Case) -> Triage | None:
    """Return the newest triage of the worries with which a case began. The case was opened for the viewer."""
    rows = Triage.objects.filter(concern__case=case).select_related("made_by", "concern")
    return rows.order_by("-made_at").first()


def beginnings(case: Case, by: Principal, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries with which a case began, newest first."""
    return concerns_for(by, at=at).filter(case=case).order_by("-received_at", "pk")


def aid_on(day: dt.date, municipality: str) -> Table | None:
    """Return the decision table for triage of a day, None when the municipality uses none."""
    try:
        return aids.table_on(AID, day, municipality=municipality)
    except BadInput:
        return None


def days_for_triage(day: dt.date, municipality: str) -> reference.DatedValue | None:
    """Return within how many days triage looks here, None when nothing was chosen."""
    found = reference.parameter_set(day, reference.scopes_of(municipality, on=day))
    return found["concern_triage_days"] if "concern_triage_days" in found else None  # noqa: SIM401 - get() refuses


def weeks_kept(day: dt.date, municipality: str) -> int:
    """Return how many weeks the contact record of a worry is kept here; raises BadInput when nothing was chosen."""
    scopes = reference.scopes_of(municipality, on=day)
    return int(reference.value("concern_retention_weeks", on=day, scopes=scopes).value)


def teams_to_hand_to(by: Principal, day: dt.date) -> list[tuple[Team, list[StaffMember]]]:
    """Return the teams of one's organisation with their members of a day."""
    teams = Team.objects.filter(organisation=by.organisation, municipality=by.municipality).order_by("name")
    members = TeamMembership.objects.filter(on(day), team__in=teams).select_related("staff")
    found: dict[UUID, list[StaffMember]] = {}
    for row in members.order_by("staff__first_name", "staff__last_name"):
        found.setdefault(row.team_id, []).append(row.staff)
    return [(team, found[team.pk]) for team in teams if team.pk in found]


def candidates(by: Principal, who: ConcernPerson, *, at: dt.datetime) -> list[Person]:
    """Return known persons within sight who may be the one a worry names: same name, or same birth date and surname."""
    found = {p.pk: p for p in search(by, who.name, at=at)}
    if who.born_on:
        surname = who.name.split()[-1] if who.name.split() else ""
        typed = f"{surname} {who.born_on.day}-{who.born_on.month}-{who.born_on.year}"
        found |= {p.pk: p for p in search(by, typed, at=at)}
    return list(found.values())[:CANDIDATES]


def families_of(persons: Iterable[Person], by: Principal, *, at: dt.datetime) -> dict[UUID, str]:
    """Return the open cases in row sight in which one of these persons takes part, with what to call them."""
    cases = {pk for found in cases_of_persons([p.pk for p in persons], by, at=at).values() for pk in found}
    is_open = Case.objects.filter(pk__in=cases, closed_on=None).values_list("pk", flat=True)
    return case_names(is_open, by, at=at, sight=Sight.ROW)


def case_to_join(by: Principal, pk: UUID, *, at: dt.datetime) -> Case:
    """Return an open case in row sight to which a worry can be added; raises NotFound."""
    row = cases_for(by, at=at, sight=Sight.ROW).filter(pk=pk, closed_on=None).select_related("team").first()
    if row is None:
        raise NotFound("")
    return row


def advice_given(by: Principal, *, since: dt.date) -> int:
    """Return how often one's organisation gave advice since a day."""
    return AdviceCount.objects.filter(organisation=by.organisation, given_on__gte=since).count()


def to_destroy(at: dt.datetime) -> QuerySet[Concern]:
    """Return the contact records whose time is over."""
    return Concern.objects.filter(case__isnull=True, destroy_on__lte=clock.today(at)).order_by("pk")
