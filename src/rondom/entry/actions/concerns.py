"""What can be done with a worry: receive, judge, hand out, advise, destroy in time; and counting an advice."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.accounts.actions import forget_asker
from rondom.accounts.models import Organisation, StaffMember, Team
from rondom.aids.evaluation import evaluate
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.events import record, subject
from rondom.core.principals import Principal, machine
from rondom.core.words import date_words
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, case_subjects
from rondom.dossiers.due import end_of
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.queries import adults_in, roles_in
from rondom.entry import queries, signals
from rondom.entry.enums import (
    ASKER_OF,
    ROUTE_OF,
    AnswerWay,
    AskerKind,
    Channel,
    ConcernState,
    Kind,
    Part,
    ReporterKind,
    Route,
)
from rondom.entry.models import AdviceCount, Concern, ConcernPerson, OpenQuestion, TeamProposal, Triage
from rondom.entry.relatives import close_to_relatives, is_relative
from rondom.entry.rules import split_name
from rondom.entry.ways import REPORTERS, Opens
from rondom.people import actions as people
from rondom.people.models import Person
from rondom.privacy import actions as sight
from rondom.privacy.enums import RelationKind, SubjectKind

FIRST_CONTACT = "entry.first_contact"


@dataclass(frozen=True)
class Named:
    """Somebody a worry is about, as it was told."""

    part: Part
    name: str
    born_on: dt.date | None = None
    what: str = ""


@dataclass(frozen=True)
class Reporter:
    """Who reports, as a professional: kept encrypted, and from residents always."""

    kind: ReporterKind
    name: str
    place: str = ""
    contact: str = ""


@action
def receive(
    *,
    by: Principal,
    at: dt.datetime,
    entered_by: StaffMember | None,
    channel: Channel,
    reporter: Reporter,
    worry: str,
    persons: Iterable[Named],
    going_well: str = "",
    danger_now: bool = False,
    talked_on: dt.date | None = None,
    not_talked_because: str = "",
    agreed_with_family: str = "",
    organisation: Organisation | None = None,
    form_key: UUID | None = None,
    registration: Dossier | None = None,
    answer_wanted: str = "",
) -> Concern:
    """Write down a worry or an own question; it waits for triage of the organisation that received it.

    Raises BadInput without a worry, a child or a reporter; Unwise (field not_talked_because) when nobody talked with
    the parents or the young person and no reason is given (D38); who asks for the own family needs neither. Nothing
    opens yet: no dossier, no case (practice 4). `entered_by` is empty for the web form, which names the organisation.
    """
    named = [who for who in persons if who.name.strip()]
    if not worry.strip():
        raise BadInput(_("Write what the worry is, in a few words."), field="worry")
    if not any(who.part == Part.CHILD for who in named):
        raise BadInput(_("Write which child this is about. A first name is enough."), field="child_1")
    if not reporter.name.strip():
        raise BadInput(_("Write who reports this, so that somebody can call back."), field="reporter_name")
    day = clock.today(at)
    if talked_on and talked_on > day:
        raise BadInput(_("This day lies in the future."), field="talked_on")
    asked = REPORTERS[reporter.kind].talked
    if asked and talked_on is None and not not_talked_because.strip():
        raise Unwise(
            _("First talk with the parents or the young person. Was that not possible? Then write why."),
            field="not_talked_because",
        )
    home = organisation or (entered_by.organisation if entered_by else None)
    if home is None:
        raise ValueError("a worry is received by an organisation")
    due, why = _due(day, home.municipality, reporter.kind, danger_now=danger_now)
    row = Concern.objects.create(
        municipality=home.municipality, organisation=home, entered_by=entered_by, received_at=at,
        channel=channel, worry=worry.strip(), going_well=going_well.strip(), danger_now=danger_now,
        form_key=form_key, registration=registration, answer_wanted=answer_wanted,
        talked_on=talked_on, not_talked_because="" if talked_on or not asked else not_talked_because.strip(),
        agreed_with_family=agreed_with_family.strip(), reporter_kind=reporter.kind, reporter_name=reporter.name.strip(),
        reporter_place=reporter.place.strip() or None, reporter_contact=reporter.contact.strip() or None,
        due_at=end_of(due) if due else None, explanation=why,
    )  # fmt: skip
    ConcernPerson.objects.bulk_create(
        [
            ConcernPerson(
                municipality=row.municipality, concern=row, part=who.part, name=who.name.strip(), born_on=who.born_on,
                what=who.what.strip(),
            )
            for who in named
        ]
    )  # fmt: skip
    record(by, "entry.concern_received", row, at=at, subjects=[subject(row)], municipality=row.municipality)
    close_to_relatives(by=by, at=at, concern=row)
    return row


def _due(day: dt.date, municipality: str, kind: str, *, danger_now: bool) -> tuple[dt.date | None, dict[str, str]]:
    """Return until when triage looks, and why: today in danger or at a handover, else by the norm of this place."""
    if REPORTERS[kind].opens == Opens.AT_ONCE:
        return day, {
            "rule": _("Veilig Thuis hands over: the dossier opens at once."), "article": REPORTERS[kind].source,
            "counted": "",
        }  # fmt: skip
    if danger_now:
        return day, {"rule": _("A child may be in danger now: look at once."), "article": "", "counted": ""}
    norm = queries.days_for_triage(day, municipality)
    if norm is None:
        return None, {}
    due = day + dt.timedelta(days=int(norm.value))
    words = {"days": norm.value, "day": date_words(day)}
    return due, {
        "rule": _("Triage looks within %(days)s days.") % words, "article": norm.source,
        "counted": _("%(days)s days from %(day)s") % words,
    }  # fmt: skip


def _may_triage(by: Principal, concern: Concern) -> None:
    if not queries.triages(by) or by.organisation != concern.organisation_id:
        raise NotAllowed(_("A worry is judged by the front office, the team lead or the process coordinator."))
    if concern.state != ConcernState.WAITING:
        raise BadInput(_("Somebody has decided about this worry already."))


def _may_hand_out(by: Principal, concern: Concern) -> None:
    _may_triage(by, concern)
    if not queries.hands_out(by):
        raise NotAllowed(_("A worry is handed out by the team lead or the process coordinator."))


@action
def judge(
    *,
    by: Principal,
    at: dt.datetime,
    concern: Concern,
    made_by: StaffMember,
    answers: Mapping[str, Any],
    kind: str = "",
    because: str = "",
) -> Triage:
    """Keep what triage found: the answers, what the aid in force says, and what a person decides (D26-D28).

    `kind` empty follows the aid; another kind than the aid gives asks `because` (Unwise), and both stay to be read.
    Without an aid in force the person chooses the kind. Judging again replaces the earlier answer. Raises AnswerNeeded
    (a BadInput) when the aid still needs an answer.
    """
    _may_triage(by, concern)
    table = queries.aid_on(clock.today(at), concern.municipality)
    outcome = evaluate(table, answers) if table else None
    says: dict[str, Any] = dict(outcome.values) if outcome else {}
    found = str(says.get("kind", ""))
    chosen = kind or found
    if chosen not in Kind.values:
        raise BadInput(_("Choose what kind of question this is."), field="kind")
    other = bool(found) and chosen != found
    if other and not because.strip():
        raise Unwise(_("The aid says something else. You may choose otherwise; write why."), field="because")
    route = str(ROUTE_OF[Kind(chosen)] if other else says.get("route") or ROUTE_OF[Kind(chosen)])
    words = {"kind": Kind(chosen).label, "route": Route(route).label if route in Route.values else route}
    values = {
        "municipality": concern.municipality, "answers": dict(answers), "aid": outcome.data if outcome else {},
        "kind": chosen, "route": route, "said": _("%(kind)s; %(route)s") % words,
        "safety_check": bool(says.get("safety_check")), "because": because.strip() if other else "",
        "made_by": made_by, "made_at": at,
    }  # fmt: skip
    row, made = Triage.objects.update_or_create(concern=concern, defaults=values)
    record(
        by, "entry.triage_made" if made else "entry.triage_changed", row, at=at, municipality=row.municipality,
        subjects=queries.subjects_of(concern), rules=[f"{outcome.key} {outcome.version}"] if outcome else [],
    )  # fmt: skip
    return row


def _decide(
    by: Principal, concern: Concern, state: ConcernState, decided_by: StaffMember, at: dt.datetime, **values: Any
) -> None:
    """The one place where the state of a worry moves: conditional, so of two people at once one wins.

    Who signed in to send it reads that for as long as a contact record is kept, whatever was decided: who could still
    see it later would learn that a dossier was opened.
    """
    taken = Concern.objects.filter(pk=concern.pk, state=ConcernState.WAITING).update(
        state=state, decided_by=decided_by, decided_at=at, changed_at=at, version=concern.version + 1, **values
    )
    if not taken:
        raise BadInput(_("Somebody has decided about this worry already."))
    concern.refresh_from_db()
    for relation in queries.heard_by(concern, at=at):
        until = at + dt.timedelta(weeks=queries.weeks_kept(clock.today(at), concern.municipality))
        sight.end_relation(by=by, at=at, relation=relation, ground="the worry was picked up")
        tell(by=by, at=at, concern=concern, who=relation.principal, until=until)


def tell(*, by: Principal, at: dt.datetime, concern: Concern, who: UUID, until: dt.datetime | None = None) -> None:
    """Give who signed in to send a worry sight of what may be heard of it; part of an action."""
    sight.relate(
        by=by, at=at, subject_kind=SubjectKind.CONCERN, subject=concern.pk, principal=who, kind=RelationKind.REPORTED,
        ground="shared this", municipality=concern.municipality, ends_at=until,
    )  # fmt: skip


@action
def advise(
    *,
    by: Principal,
    at: dt.datetime,
    concern: Concern,
    decided_by: StaffMember,
    advice: str,
    despite: str = "",
    answered_how: str = "",
) -> Concern:
    """End a worry with advice to who reported: counted, nothing opens, and the record is destroyed in time (S01).

    `answered_how` is how the answer was given (AnswerWay); who asked after signing in reads it on the own page. Raises
    Unwise (field despite) while a child may be in danger: then it asks why advice is enough, and that stays.
    """
    _may_triage(by, concern)
    if REPORTERS[concern.reporter_kind].opens == Opens.AT_ONCE:
        raise BadInput(_("Veilig Thuis hands this family over. Hand it out to a team; advice does not end it."))
    if not advice.strip():
        raise BadInput(_("Write what you advised, in one or two sentences."), field="advice")
    if concern.danger_now and not despite.strip():
        raise Unwise(
            _("A child may be in danger. Hand this out, or call Veilig Thuis. Is advice enough? Then write why."),
            field="despite",
        )
    day = clock.today(at)
    _decide(
        by, concern, ConcernState.ADVISED, decided_by, at, advice=advice.strip(),
        answered_how=answered_how or (concern.answer_wanted if concern.answer_wanted == AnswerWay.PAGE else ""),
        advised_despite=despite.strip() if concern.danger_now else "",
        destroy_on=day + dt.timedelta(weeks=queries.weeks_kept(day, concern.municipality)),
    )  # fmt: skip
    record(
        by, "entry.concern_advised", concern, at=at, subjects=queries.subjects_of(concern), fields=["state", "advice"],
        municipality=concern.municipality,
    )  # fmt: skip
    count_advice(
        by=by,
        at=at,
        organisation=concern.organisation,
        channel=Channel(concern.channel),
        asker=ASKER_OF.get(ReporterKind(concern.reporter_kind), AskerKind.PROFESSIONAL),
    )
    return concern


@action
def count_advice(
    *, by: Principal, at: dt.datetime, organisation: Organisation, channel: Channel, asker: AskerKind
) -> AdviceCount:
    """Count an advice after which somebody goes on alone; nothing about who asked or what about is kept (D37)."""
    row = AdviceCount.objects.create(
        municipality=organisation.municipality, organisation=organisation, given_on=clock.today(at), channel=channel,
        asker=asker,
    )  # fmt: skip
    record(by, "entry.advice_counted", row, at=at, municipality=row.municipality)
    return row


@dataclass(frozen=True)
class Known:
    """What the one who hands out makes of a named person: somebody we know (`person`), or to be registered."""

    row: ConcernPerson
    person: Person | None = None
    name: str = ""
    born_on: dt.date | None = None


@action
def hand_out(
    *,
    by: Principal,
    at: dt.datetime,
    concern: Concern,
    decided_by: StaffMember,
    team: Team,
    to: StaffMember,
    people_: Iterable[Known],
    first_contact_by: dt.date,
    passed_on: str = "",
    team_answers: Mapping[str, Any] | None = None,
    team_because: str = "",
) -> Case:
    """Hand a worry out to a team: now persons, dossiers and a case come into being (practice 4).

    Whoever hands out holds the roles until the colleague `to` accepts them (N6); handing out to oneself needs no
    acceptance. The first contact is a date. A dossier that only registered becomes whole and goes to the team. Raises
    BadInput without a child, for a day that has passed, for a colleague to whom the family is closed, or when the team
    works with a child already (use `join`);
    Unwise (field team_because) for another team than the table in force proposes.
    """
    _may_hand_out(by, concern)
    day = clock.today(at)
    _first_contact_is_ahead(first_contact_by, day)
    if to.pk != decided_by.pk and not passed_on.strip():
        raise BadInput(_("Write what your colleague must know to take over well."), field="passed_on")
    if is_relative(concern, to.pk):
        raise BadInput(_("This colleague cannot work with this family. Choose another one."), field="to")
    _keep_proposal(concern, team, day, team_answers or {}, team_because)
    found = [(known.row, known.person or _register(by, at, known)) for known in people_]
    children = [person for row, person in found if row.part == Part.CHILD]
    if concern.registration:
        _make_whole(by, at, concern, team)
    case = dossiers.take_on(
        by=by, at=at, team=team, youths=children, coordinator=decided_by, ground=REPORTERS[concern.reporter_kind].ground
    )
    _settle(by, at, concern, decided_by, case, found)
    clock_row = _first_contact(by, at, case, first_contact_by, decided_by)
    if to.pk != decided_by.pk:
        for role in roles_in(case, at=at):
            dossiers.offer_role(by=by, at=at, role=role, to=to, offered_by=decided_by, passed_on=passed_on)
        dossiers.hand_clock(by=by, at=at, row=clock_row, to=to)
    return case


@action
def join(
    *,
    by: Principal,
    at: dt.datetime,
    concern: Concern,
    decided_by: StaffMember,
    case: Case,
    people_: Iterable[Known],
    first_contact_by: dt.date,
) -> Case:
    """Add a worry to a family a team works with already: its coordinator is told by a date. Nothing new opens."""
    _may_hand_out(by, concern)
    if case.municipality != concern.municipality or case.closed_on:
        raise BadInput(_("This family cannot be chosen."), field="family")
    _first_contact_is_ahead(first_contact_by, clock.today(at))
    known = [(each.row, each.person) for each in people_ if each.person]
    _settle(by, at, concern, decided_by, case, known)
    holders = {role.kind: role.staff for role in roles_in(case, at=at)}
    holder = holders.get(CaseRoleKind.COORDINATION) or holders.get(CaseRoleKind.SIGHT_ON_SAFETY)
    _first_contact(by, at, case, first_contact_by, holder)
    return case


def _keep_proposal(concern: Concern, team: Team, day: dt.date, answers: Mapping[str, Any], because: str) -> None:
    """Ask the table of teams in force, if there is one, and keep what it said beside what was chosen."""
    found = queries.team_proposed(answers, day, concern.municipality)
    if found is None:
        return
    outcome, name = found
    other = team.name.casefold() != name.casefold()
    if other and not because.strip():
        raise Unwise(
            _("The aid proposes %(team)s. You may choose otherwise; write why.") % {"team": name}, field="team_because"
        )
    TeamProposal.objects.create(
        municipality=concern.municipality, concern=concern, answers=dict(answers), aid=outcome.data, proposed=name,
        because=because.strip() if other else "",
    )  # fmt: skip


def _make_whole(by: Principal, at: dt.datetime, concern: Concern, team: Team) -> None:
    """The family itself asked: the dossier that registered becomes a whole one of the team."""
    dossier = concern.registration
    if dossier is not None:
        dossiers.make_whole(
            by=by, at=at, dossier=dossier, organisation=team.organisation, because="family asks for help"
        )


def _first_contact_is_ahead(day: dt.date, today: dt.date) -> None:
    if day < today:
        raise BadInput(_("This day has passed. Choose today or later."), field="first_contact_by")


def _register(by: Principal, at: dt.datetime, known: Known) -> Person:
    called, prefix, family_name = split_name(known.name or known.row.name)
    return people.register_person(
        by=by, at=at, municipality=known.row.municipality, first_names=called, called=called, name_prefix=prefix,
        family_name=family_name, born_on=known.born_on or known.row.born_on,
    )  # fmt: skip


def _settle(
    by: Principal, at: dt.datetime, concern: Concern, decided_by: StaffMember, case: Case,
    found: Iterable[tuple[ConcernPerson, Person]],
) -> None:  # fmt: skip
    """Let the worry belong to the case, and its adults take part in it."""
    _decide(by, concern, ConcernState.HANDED_OUT, decided_by, at, case=case, destroy_on=None, registration=None)
    taking_part: set[UUID] = {a.person_id for a in adults_in(case, at=at)}
    for row, person in found:
        ConcernPerson.objects.filter(pk=row.pk).update(person=person, changed_at=at)
        if row.part == Part.ADULT and person.pk not in taking_part:
            dossiers.add_adult(by=by, at=at, case=case, person=person, part=row.what or _("carer"))
            taking_part.add(person.pk)
    record(
        by, "entry.concern_handed_out", concern, at=at, municipality=concern.municipality, fields=["state", "case"],
        subjects=[subject(concern), *case_subjects(case, day=clock.today(at))],
    )  # fmt: skip
    signals.concern_handed_out.send(sender=Concern, concern=concern, case=case, by=by, at=at)


def _first_contact(by: Principal, at: dt.datetime, case: Case, due: dt.date, rests_with: StaffMember | None) -> Any:
    return dossiers.start_clock(
        by=by, at=at, case=case, kind=FIRST_CONTACT, title=_("First talk about the worry that came in"), due=due,
        rests_with=rests_with, why=Why(_("Agreed when the worry was handed out.")),
    )  # fmt: skip


@action
def destroy(*, by: Principal, at: dt.datetime, concern: Concern) -> None:
    """Destroy a contact record whose time is over: the rows go, the event keeps that it happened."""
    if concern.case_id or concern.destroy_on is None or concern.destroy_on > clock.today(at):
        raise BadInput(_("This worry must still be kept."))
    record(
        by, "entry.concern_destroyed", concern, at=at, subjects=[subject(concern)], municipality=concern.municipality
    )
    for relation in queries.heard_by(concern, at=at):
        sight.end_relation(by=by, at=at, relation=relation, ground="the contact record is destroyed")
    concern.delete()


@action
def destroy_question(*, by: Principal, at: dt.datetime, question: OpenQuestion) -> None:
    """Destroy a question without a name whose time is over, answered or not; the event keeps that it happened."""
    if question.destroy_on > clock.today(at):
        raise BadInput(_("This question must still be kept."))
    record(by, "entry.question_destroyed", question, at=at, municipality=question.municipality)
    question.delete()


def expire(*, at: dt.datetime) -> int:
    """Destroy every contact record and question whose time is over; return how many. Run each night.

    Whoever signed in only to ask, and has no question here any more, is forgotten as well.
    """
    rows, questions = list(queries.to_destroy(at)), list(queries.questions_to_destroy(at))
    for row in rows:
        destroy(by=machine("entry", row.municipality), at=at, concern=row)
    for question in questions:
        destroy_question(by=machine("entry", question.municipality), at=at, question=question)
    for asker in queries.askers_without_question(at):
        forget_asker(by=machine("entry", asker.municipality), at=at, asker=asker)
    return len(rows) + len(questions)
