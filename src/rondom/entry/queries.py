"""Who may see a worry. While it waits: triage of its organisation. Handed out: who works with the family."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Asker, Organisation, StaffMember, Team, TeamMembership
from rondom.aids import queries as aids
from rondom.aids.evaluation import Outcome, evaluate
from rondom.aids.tables import Table
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.models import Case
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import about_kept_youth, case_names, cases_for, cases_of_persons
from rondom.dossiers.sight import person_closed
from rondom.entry.enums import ConcernState, QuestionState
from rondom.entry.models import AdviceCount, Concern, ConcernPerson, OpenQuestion, TeamProposal, Triage
from rondom.people.models import Person
from rondom.people.search import search
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation
from rondom.privacy.queries import relations_on, sight_of, still_read
from rondom.reference import queries as reference

HANDERS = (Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
TRIAGERS = (*HANDERS, Role.FRONT_OFFICE)
AID, TEAM_AID, TEAM = "triage", "team", "team"
CANDIDATES = 5  # known persons offered for one name


def triages(by: Principal) -> bool:
    """Tell whether somebody looks at the worries that come in."""
    return by.kind == "staff" and by.organisation is not None and by.has(*TRIAGERS)


def hands_out(by: Principal) -> bool:
    """Tell whether somebody may hand a worry out to a team: then the own roles hold until a colleague accepts."""
    return triages(by) and by.has(*HANDERS)


def concerns_for(by: Principal, *, at: dt.datetime) -> QuerySet[Concern]:
    """Return the worries somebody may read.

    Without those that name a child whose dossier is kept from the viewer, or somebody who is closed to the viewer, also
    by name alone (entry.relatives).
    """
    with_me = Q(case__in=cases_for(by, at=at).values("pk"))
    eyes = Q(organisation=by.organisation, case__isnull=True) if triages(by) else Q(pk__in=())
    kept = about_kept_youth(by, at, dossier__youth__in_concerns__concern=OuterRef("pk"))
    closed = ConcernPerson.objects.filter(person_closed("person", by, at=at)).values("concern")
    named = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.CONCERN, principal__in=by.keys, kind=RelationKind.BARRIER
    ).values("subject")
    rows = Concern.objects.filter(with_me | eyes).exclude(kept).exclude(pk__in=closed).exclude(pk__in=named)
    rows = rows.filter(still_read(by, at=at, sight=Sight.OPEN))
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


def aid_on(day: dt.date, municipality: str, key: str = AID) -> Table | None:
    """Return a decision table of a day (for triage, or for the team), None when the municipality uses none."""
    try:
        return aids.table_on(key, day, municipality=municipality)
    except BadInput:
        return None


def team_proposed(answers: Mapping[str, Any], day: dt.date, municipality: str) -> tuple[Outcome, str] | None:
    """Return which team the table in force proposes with these answers (school, age, area), None without a table.

    Raises AnswerNeeded (a BadInput) when an answer that decides is missing.
    """
    table = aid_on(day, municipality, TEAM_AID)
    if table is None:
        return None
    found = evaluate(table, answers)
    words = next(outcome.say(dict(found.values)[TEAM]) for outcome in table.outcomes if outcome.name == TEAM)
    return found, words


def proposal_of(concern: Concern) -> TeamProposal | None:
    """Return which team was proposed when a worry was handed out."""
    return TeamProposal.objects.filter(concern=concern).first()


def receivers(municipality: str = "") -> QuerySet[Organisation]:
    """Return the organisations that receive questions and worries: the local teams, of a municipality or of all."""
    rows = Organisation.objects.filter(kind=OrganisationKind.LOCAL_TEAM).order_by("municipality", "name")
    return rows.filter(municipality=municipality) if municipality else rows


def questions_for(by: Principal) -> QuerySet[OpenQuestion]:
    """Return the questions without a name that triage of one's organisation answers, the oldest first."""
    if not triages(by):
        return OpenQuestion.objects.none()
    return OpenQuestion.objects.filter(organisation=by.organisation).order_by("asked_on", "pk")


def unanswered(by: Principal) -> QuerySet[OpenQuestion]:
    """Return those that wait for an answer."""
    return questions_for(by).filter(state=QuestionState.WAITING)


def open_question(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> OpenQuestion:
    """Return a question within sight and record the look. Raises NotFound; a refused look is recorded as well."""
    row = questions_for(by).filter(pk=pk).first()
    hidden = None if row else OpenQuestion.objects.filter(pk=pk).first()
    if hidden is not None:
        look(by, page, hidden, subjects=[subject(hidden)], result="denied", at=at)
    if row is None:
        raise NotFound("")
    look(by, page, row, subjects=[subject(row)], ground="triage", at=at)
    return row


def question_with(digest: str) -> OpenQuestion | None:
    """Return the question that a code belongs to, by the digest of the code."""
    return OpenQuestion.objects.filter(code_digest=digest).select_related("organisation").first()


def questions_to_destroy(at: dt.datetime) -> QuerySet[OpenQuestion]:
    """Return the questions whose time is over."""
    return OpenQuestion.objects.filter(destroy_on__lte=clock.today(at)).order_by("pk")


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


def advice_by_channel(by: Principal, *, since: dt.date) -> dict[str, int]:
    """Return how often one's organisation gave advice since a day, by how people reached it."""
    rows = AdviceCount.objects.filter(organisation=by.organisation, given_on__gte=since)
    return dict(rows.values_list("channel").annotate(times=Count("pk")).order_by("channel"))


def judged_among(rows: Iterable[Concern]) -> set[UUID]:
    """Return which of these worries triage has judged already."""
    return set(Triage.objects.filter(concern__in=list(rows)).values_list("concern_id", flat=True))


def to_destroy(at: dt.datetime) -> QuerySet[Concern]:
    """Return the contact records whose time is over."""
    return Concern.objects.filter(case__isnull=True, destroy_on__lte=clock.today(at)).order_by("pk")


# --- who signed in to ask or to share: nobody of us


def heard_by(concern: Concern, *, at: dt.datetime) -> list[Relation]:
    """Return the relations through which who signed in to send a worry reads what may be heard of it."""
    return list(relations_on(SubjectKind.CONCERN, concern.pk, at=at).filter(kind=RelationKind.REPORTED))


def sent_by_known(concern: Concern) -> bool:
    """Tell whether who sent a worry had signed in, so that an identity provider vouches for who it was."""
    return Relation.objects.filter(
        subject_kind=SubjectKind.CONCERN, subject=concern.pk, kind=RelationKind.REPORTED
    ).exists()


def shared_by(by: Principal, *, at: dt.datetime, page: str) -> list[Concern]:
    """Return what somebody asked or shared after signing in, newest first, and record the look.

    Only through the relation that sharing gave; it ends some weeks after somebody picked it up, or with the role.
    """
    rows = Concern.objects.filter(sight_of(SubjectKind.CONCERN, by, at=at, sight=Sight.REPORTER))
    found = list(rows.prefetch_related("persons").order_by("-received_at", "-pk"))
    look(by, page, subjects=[("concern", row.pk) for row in found], ground=RelationKind.REPORTED, at=at)
    return found


def relations_of_sender(key: UUID, *, at: dt.datetime) -> list[Relation]:
    """Return the relations through which one sender reads what may be heard, at a moment."""
    return list(Relation.objects.filter(moment_filter(at), principal=key, kind=RelationKind.REPORTED))


def askers_without_question(at: dt.datetime) -> list[Asker]:
    """Return who signed in to ask, a day ago or longer, and has no question here (any more)."""
    asking = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.CONCERN, kind=RelationKind.REPORTED
    ).values("principal")
    rows = Asker.objects.filter(changed_at__lte=at - dt.timedelta(days=1)).exclude(pk__in=asking)
    return list(rows.select_related("account").order_by("pk"))
