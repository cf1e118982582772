"""Pages of worries: write a worry down, look at what came in, judge, hand out, advise, count."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.aids.evaluation import Outcome
from rondom.aids.tables import CHOICE, WHOLE, Table
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Pill, Row, Step
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.events import look
from rondom.core.why import of_law
from rondom.core.words import date_words, day_words
from rondom.dossiers.doors import act_once, answered, done, form_page, team_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import pill_of
from rondom.dossiers.queries import openable
from rondom.entry import actions, queries
from rondom.entry import registrations as places
from rondom.entry.enums import AskerKind, Channel, ConcernState, Part, ReporterKind
from rondom.entry.following import origin_of, steps_after
from rondom.entry.forms import (
    FAMILY_NEW,
    LEAVE,
    NEW,
    AdviseForm,
    ConcernForm,
    CountForm,
    HandOutForm,
    TriageForm,
)
from rondom.entry.models import Concern, OpenQuestion
from rondom.entry.rules import may_hear, reads_as_application
from rondom.entry.ways import REPORTERS, Opens
from rondom.law.person import age_on
from rondom.people.models import Person

NEW_CONCERN = "entry.concern"
entry_door = staff_door(Role.FRONT_OFFICE, Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
triage_door = staff_door(*queries.TRIAGERS)
FIRST_TALK = dt.timedelta(days=5)  # what the form proposes; who hands out agrees the day

FORMS.register(NEW_CONCERN, DraftForm(gettext_lazy("A question or worry"), lambda _key: reverse("entry:new")))


@entry_door
def new(request: Any) -> HttpResponse:
    """Write a worry down on behalf of a professional."""
    at, by = now(), request.principal
    form, draft = form_with_draft(
        request, ConcernForm, name=NEW_CONCERN, subject=by.key, initial={"channel": Channel.PHONE}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write() -> str:
            row = actions.receive(
                by=by, at=at, entered_by=staff_member(by), channel=Channel(said["channel"]), worry=said["worry"],
                going_well=said["going_well"], danger_now=said["danger_now"], talked_on=said["talked_on"],
                not_talked_because=said["not_talked_because"], agreed_with_family=said["agreed_with_family"],
                reporter=actions.Reporter(
                    ReporterKind(said["reporter_kind"]), said["reporter_name"], said["reporter_place"],
                    said["reporter_contact"],
                ),
                persons=[actions.Named(*named) for named in form.named()], answer_wanted=said["answer_wanted"],
            )  # fmt: skip
            if queries.hands_out(by) and REPORTERS[row.reporter_kind].opens == Opens.AT_ONCE:
                words = _("Kept. Now open the dossier: say who they are and who works with them.")
                return done(request, words, reverse("entry:hand_out", args=[row.pk]))
            if queries.triages(by):
                return done(request, _("Kept. You can look at it at once."), reverse("entry:concern", args=[row.pk]))
            return done(request, _("Kept. Triage looks at it; you need do nothing more."), reverse("entry:new"))

        answer = tried(form, lambda: draft.submit(write))
        if answer:
            return answer
    context = {"form": form, "draft": draft, "counting": CountForm(), "once_key": once.fresh()}
    return render(request, "entry/new.html", context)


@entry_door
def count(request: Any) -> HttpResponse:
    """Count an advice; nothing about who asked is kept."""
    at, by = now(), request.principal
    form, back = CountForm(request.POST or None), reverse("entry:new")
    if by.has(Role.FRONT_OFFICE):
        back = reverse("entry:contact_desk")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.count_advice(
                by=by, at=at, organisation=staff_member(by).organisation, channel=Channel(said["channel"]),
                asker=AskerKind(said["asker"]),
            )  # fmt: skip
            return done(request, _("Counted. Nothing else is kept."), back)

        return act_once(request, act)
    return form_page(
        request,
        None,
        form,
        at,
        title=_("Count an advice"),
        button=_("Count"),
        intro=_("For a question that was answered and needs nothing more. Only this is kept: who asked, and how."),
        back=back,
    )


@triage_door
def concerns(request: Any) -> HttpResponse:
    """What came in and waits, most pressing first; below it what ended with advice."""
    at, by = now(), request.principal
    rows, ended = list(queries.waiting(by, at=at)), list(queries.advised(by, at=at)[:20])
    questions = list(queries.unanswered(by))
    shown = [("concern", row.pk) for row in [*rows, *ended]] + [("openquestion", row.pk) for row in questions]
    look(by, "entry.concerns_shown", subjects=shown, ground="triage", at=at)
    context = {
        "waiting": [waiting_row(row, at) for row in rows],
        "ended": [_ended_row(row, at) for row in ended],
        "questions": [question_row(row, at) for row in questions],
        "advice": queries.advice_given(by, since=today(at).replace(day=1)),
    }
    return render(request, "entry/concerns.html", context)


def _title(row: Concern) -> str:
    return ", ".join(p.name for p in row.persons.all() if p.part == Part.CHILD)


def waiting_row(row: Concern, at: dt.datetime) -> Row:
    """Return the row of a worry that waits: whom it is about, since when, and until when triage looks."""
    address = reverse("entry:concern", args=[row.pk])
    if row.danger_now:
        pill = Pill(_("danger?"), "late")
    else:
        pill = pill_of(today(row.due_at - dt.timedelta(microseconds=1)), at) if row.due_at else Pill(_("no date"))
    text = _("came in %(day)s") % {"day": day_words(row.received_at, at)}
    return Row(_title(row), address, text, pill, Step(_("Look and decide"), address, about=_title(row)))


def question_row(row: OpenQuestion, at: dt.datetime) -> Row:
    """Return the row of a question without a name."""
    address = reverse("entry:question", args=[row.pk])
    text, title = _("came in %(day)s") % {"day": date_words(row.asked_on)}, Truncator(row.text).chars(80)
    return Row(title, address, text, None, Step(_("Answer"), address, about=title))


def _ended_row(row: Concern, at: dt.datetime) -> Row:
    address = reverse("entry:concern", args=[row.pk])
    text = _("advice given %(day)s; this record is destroyed on %(end)s") % {
        "day": day_words(row.decided_at or at, at), "end": date_words(row.destroy_on or at),
    }  # fmt: skip
    return Row(_title(row), address, text)


@entry_door
def concern(request: Any, concern: UUID) -> HttpResponse:
    """One worry: what was told, what triage found, and what can be done with it."""
    at, by = now(), request.principal
    row = queries.open_concern(by, concern, at=at, page="entry.concern_shown")
    day = today(at)
    table = queries.aid_on(day, row.municipality)
    found = queries.triage_of(row)
    mine = queries.triages(by) and row.state == ConcernState.WAITING
    initial = _answers_as_typed(found.answers) if found else {}
    form = TriageForm(request.POST or None, table=table, initial=initial)
    term = reads_as_application(row)
    if request.method == "POST":
        if not mine:
            raise NotAllowed(_("A worry is judged by the front office, the team lead or the process coordinator."))
        if form.is_valid():
            answer = _judged(request, row, form, table, at)
            if answer:
                return answer
    context = {
        "row": row, "children": [p for p in row.persons.all() if p.part == Part.CHILD],
        "adults": [p for p in row.persons.all() if p.part == Part.ADULT], "triage": found, "form": form,
        "aid": table, "mine": mine, "may_hear": may_hear(row.reporter_kind),
        "own": row.reporter_kind in ReporterKind.family(),
        "decide_by": term.outcome.last_day if term and term.outcome else None,
        "why": of_law(term, _("Why this date?")) if term else None, "once_key": once.fresh(),
        "pill": waiting_row(row, at).pill, "team": queries.proposal_of(row), "contact": _contact(row, day),
        "at_once": REPORTERS[row.reporter_kind].opens == Opens.AT_ONCE,
        "opens": row.case_id in openable(by, [row.case_id], at=at) if row.case_id else False,
        "following": steps_after(row), "hands_out": queries.hands_out(by), "known": queries.sent_by_known(row),
        "origin": origin_of(row),
    }  # fmt: skip
    return render(request, "entry/concern.html", context)


def _contact(row: Concern, day: dt.date) -> Any:
    """Return who of us the place where somebody works can call, when it is in the list."""
    return places.contact_of(places.partner_named(str(row.reporter_place or ""), row.municipality), day)


def _answers_as_typed(answers: dict[str, Any]) -> dict[str, str]:
    return {name: {True: "ja", False: "nee"}.get(value, value) for name, value in answers.items()}


def _judged(request: Any, row: Concern, form: TriageForm, table: Any, at: dt.datetime) -> HttpResponse | None:
    by, said = request.principal, form.cleaned_data

    def act() -> str:
        answers = {q.name: q.read(said[q.name]) for q in table.questions} if table else {}
        found = actions.judge(
            by=by, at=at, concern=row, made_by=staff_member(by), answers=answers, kind=said["kind"],
            because=said.get("because", ""),
        )  # fmt: skip
        return done(request, found.said, reverse("entry:concern", args=[row.pk]))

    return tried(form, lambda: act_once(request, act))


@triage_door
def advise(request: Any, concern: UUID) -> HttpResponse:
    """End a worry with advice to who reported."""
    at, by = now(), request.principal
    row = _waiting(request, concern, at)
    form = AdviseForm(request.POST or None, danger=row.danger_now, wanted=row.answer_wanted)

    def act(said: dict[str, Any]) -> str:
        actions.advise(by=by, at=at, concern=row, decided_by=staff_member(by), **said)
        return done(request, _("Ended with advice. Nothing was opened."), reverse("entry:concerns"))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        title=_("Advice is enough"),
        button=_("End with advice"),
        intro=_("No dossier is opened. The record is destroyed after some weeks; that advice was given is counted."),
        back=reverse("entry:concern", args=[row.pk]),
    )


def _waiting(request: Any, pk: UUID, at: dt.datetime) -> Concern:
    row = queries.open_concern(request.principal, pk, at=at, page="entry.concern_shown")
    if not queries.triages(request.principal) or row.state != ConcernState.WAITING:
        raise NotFound("")
    return row


@team_door
def hand_out(request: Any, concern: UUID) -> HttpResponse:
    """Hand a worry out: who they are, who works with them. Only now a case and dossiers come into being."""
    at, by = now(), request.principal
    row = _waiting(request, concern, at)
    people = sorted(row.persons.all(), key=lambda p: (p.part != Part.CHILD, p.pk))
    known = {p.pk: [p.person] if p.person else queries.candidates(by, p, at=at) for p in people}
    teams = queries.teams_to_hand_to(by, today(at))
    families = queries.families_of([p for found in known.values() for p in found], by, at=at)
    table = queries.aid_on(today(at), row.municipality, queries.TEAM_AID)
    guessed = _guessed(table, row, people, at) if table else {}
    proposed = _proposed(table, guessed, row, at)
    form = HandOutForm(
        request.POST or None, people=people, known=known, teams=teams, families=families, table=table,
        proposed=proposed[1] if proposed else "", initial={"first_contact_by": today(at) + FIRST_TALK, **guessed},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answer = tried(form, lambda: act_once(request, lambda: _hand_out(request, row, form, known, teams, table, at)))
        if answer:
            return answer
    shown = [("person", p.pk) for found in known.values() for p in found]
    look(by, "entry.candidates_shown", row, subjects=shown, ground="triage", at=at)
    return form_page(
        request,
        None,
        form,
        at,
        title=_("Hand out to a team"),
        button=_("Hand out"),
        intro=_("Now a dossier opens for each child, and one case for the family."),
        back=reverse("entry:concern", args=[row.pk]),
    )


def _guessed(table: Table, row: Concern, people: list[Any], at: dt.datetime) -> dict[str, str]:
    """Return what the worry already answers of the questions of the table: the age of the child, the school named.

    A choice that says "unknown" is the answer when nothing in the worry fits.
    """
    born = next((p.born_on for p in people if p.part == Part.CHILD and p.born_on), None)
    place, found = str(row.reporter_place or "").strip().casefold(), {}
    for question in table.questions:
        if question.type == WHOLE and question.name == "age" and born:
            found[question.name] = str(age_on(born, today(at)))
        elif question.type == CHOICE:
            named = {words.casefold(): answer for answer, words in question.answers}
            answer = named.get(place, "unknown" if "unknown" in dict(question.answers) else "")
            found |= {question.name: answer} if answer else {}
    return found


def _proposed(
    table: Table | None, guessed: dict[str, str], row: Concern, at: dt.datetime
) -> tuple[Outcome, str] | None:
    """Return the team that follows from what is known already, None while an answer is missing."""
    if table is None:
        return None
    try:
        answers = {q.name: q.read(guessed[q.name]) for q in table.questions if q.name in guessed}
        return queries.team_proposed(answers, today(at), row.municipality)
    except BadInput:
        return None


def _hand_out(
    request: Any, row: Concern, form: HandOutForm, known: dict[UUID, list[Person]], teams: Any, table: Table | None,
    at: dt.datetime,
) -> str:  # fmt: skip
    by, said = request.principal, form.cleaned_data
    people = list(_known(form, known))
    me = staff_member(by)
    family = said.get("family", FAMILY_NEW)
    if family != FAMILY_NEW:
        case = queries.case_to_join(by, UUID(family), at=at)
        actions.join(
            by=by, at=at, concern=row, decided_by=me, case=case, people_=people,
            first_contact_by=said["first_contact_by"],
        )  # fmt: skip
        return done(request, _("Added. The colleague who works with this family sees it."), reverse("entry:concerns"))
    team, to = next(
        (team, staff) for team, members in teams for staff in members if said["to"] == f"{team.pk}:{staff.pk}"
    )
    case = actions.hand_out(
        by=by, at=at, concern=row, decided_by=me, team=team, to=to, people_=people,
        first_contact_by=said["first_contact_by"], passed_on=said["passed_on"],
        team_answers={q.name: q.read(said[q.name]) for q in table.questions} if table else {},
        team_because=said.get("team_because", ""),
    )  # fmt: skip
    if to.pk == me.pk:
        return done(request, _("Handed out: the family is yours."), reverse("desk:family", args=[case.pk]))
    return done(
        request, _("Offered to %(name)s. Until your colleague accepts, the family is yours.") % {"name": to.name},
        reverse("entry:concerns"),
    )  # fmt: skip


def _known(form: HandOutForm, known: dict[UUID, list[Person]]) -> Any:
    said = form.cleaned_data
    for number, row in enumerate(form.people):
        who = said[f"who_{number}"]
        if who == LEAVE:
            continue
        person = None if who == NEW else next(p for p in known[row.pk] if str(p.pk) == who)
        yield actions.Known(row, person, said.get(f"name_{number}", ""), said.get(f"born_{number}"))
