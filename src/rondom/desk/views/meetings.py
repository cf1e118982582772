"""Meetings: plan, prepare, hold, cancel."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.why import Why
from rondom.desk import drafts
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.forms import OUTSIDE, AnswersForm, HoldForm, PlanForm, PrepareForm, ReasonForm
from rondom.dossiers import actions, queries
from rondom.dossiers.actions import Invited
from rondom.dossiers.doors import answered, form_page
from rondom.dossiers.drafts import form_with_draft
from rondom.dossiers.enums import MeetingGround
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.grounds import Seats, consents_for
from rondom.dossiers.models import Meeting
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.people.whereabouts import secret_among


@family_door
def meetings(request: Any, case: UUID) -> HttpResponse:
    """What is planned, what was agreed, what was cancelled."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.meetings_shown")
    rows = list(queries.meetings_for(by, at=at).filter(case=row).order_by("-planned_at")[:200])
    context = {
        "frame": frame_of(row, by, at=at, tab="desk:meetings"),
        "coming": [(m, pill_of(m.planned_at, at)) for m in reversed(rows) if not m.held_at and not m.cancelled_reason],
        "held": [m for m in rows if m.held_at],
        "cancelled": [m for m in rows if m.cancelled_reason],
        "now": at,
    }
    return render(request, "desk/meetings.html", context)


@family_door
def plan(request: Any, case: UUID) -> HttpResponse:
    """Plan a meeting and invite, each on a ground."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.meetings_shown")
    people = queries.people_in(row, by, at=at)
    colleagues = list(queries.colleagues_in([row.team_id], today(at)))
    seats = Seats(row, today(at))
    asked = [person for person in people if not seats.is_deciding(person.pk)]
    children = [person for person in seats.children if person in people]
    consents = [(str(consent.pk), words) for consent, words in consents_for(children, by, at=at)]
    form, draft = form_with_draft(
        request, PlanForm, name=drafts.PLAN, subject=row.pk, anchor=row, people=people, colleagues=colleagues,
        asked=asked, consents=consents, secret=bool(secret_among([p.pk for p in people])),
        initial={"staff": [str(by.key)]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write() -> str:
            meeting = actions.plan_meeting(
                by=by, at=at, case=row, planned_at=said["planned_at"], purpose=said["purpose"], place=said["place"],
                questions=said["questions"], invited=_invited(said, people, colleagues),
            )  # fmt: skip
            return done(request, _("The meeting is planned."), reverse("desk:meeting", args=[meeting.pk]))

        answer = tried(form, lambda: draft.submit(write))
        if answer:
            return answer
    context = {
        "frame": frame_of(row, by, at=at, tab="desk:meetings"), "form": form, "draft": draft,
        "title": _("Plan a meeting"), "button": _("Plan meeting"), "back": reverse("desk:meetings", args=[case]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


def _invited(said: dict[str, Any], people: list[Any], colleagues: list[Any]) -> list[Invited]:
    chosen = [
        _seat(said, said.get(f"ground_{p.pk}", MeetingGround.CONCERNED), person=p)
        for p in people
        if str(p.pk) in said["persons"]
    ]
    chosen += [Invited(MeetingGround.WORKS_WITH, staff=c) for c in colleagues if str(c.pk) in said["staff"]]
    for number in OUTSIDE:
        if said[f"outside_{number}"]:
            chosen.append(_seat(said, said[f"ground_{number}"], outside=said[f"outside_{number}"]))
    return chosen


def _seat(said: dict[str, Any], ground: str, **who: Any) -> Invited:
    """Return who comes, on the ground that was chosen: of consent also which one ("consent:<id>")."""
    kind, _colon, consent = str(ground).partition(":")
    return Invited(kind, consent=UUID(consent) if consent else None, reason=said["reason"], **who)


def _meeting(request: Any, pk: UUID, at: Any) -> Meeting:
    by = request.principal
    row = row_in_sight(by, queries.meetings_for(by, at=at), pk, at=at, page="desk.meeting_shown")
    open_case(by, row.case_id, at=at, page="desk.meeting_shown")
    return row


@family_door
def meeting_page(request: Any, meeting: UUID) -> HttpResponse:
    """One meeting: who comes and on which ground, what to talk about, the last agreements, and the next step."""
    at, by = now(), request.principal
    row = _meeting(request, meeting, at)
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:meetings"), "meeting": row,
        "pill": pill_of(row.planned_at, at), "seats": _seats(row, by, at),
        "answerable": not row.held_at and not row.cancelled_reason and row.planned_at > at,
        "last": queries.last_held(by, [row.case_id], at=at).first() if not row.held_at else None,
        "fixed": bool(row.held_at) and today(row.changed_at) != today(at),
    }  # fmt: skip
    return render(request, "desk/meeting.html", context)


def _seats(row: Meeting, by: Any, at: Any) -> list[tuple[Any, Any, Any, str]]:
    """Return who takes part, the ground in words, what the law says of it on that day, and the consent it rests on.

    A consent about somebody who is kept from this viewer, or that points to a secret place, is not told; nor is a
    reason that tells the age of a child who is kept from this viewer.
    """
    seats, found = Seats(row.case, today(row.planned_at)), []
    shown = {p.pk for p in queries.people_in(row.case, by, at=at)}
    secret = secret_among(shown)
    for seat in row.participants.all():
        law = seats.of(seat.ground, person=seat.person_id, consent=seat.consent)
        agreed = law.agreement
        about = agreed.given[0].row.person if agreed else None
        if agreed and (about not in shown or (agreed.points_to_place and about in secret)):
            agreed = None
        if law.about and law.about not in shown:
            law = replace(law, why=Why(law.why.question, ()))
        found.append((seat, _ground(seat.ground), law, f"{agreed.parties}, {agreed.purpose}" if agreed else ""))
    return found


def _ground(code: str) -> Any:
    return MeetingGround(code).label if code in MeetingGround.values else code


@family_door
def change(request: Any, meeting: UUID) -> HttpResponse:
    """Move or prepare a meeting."""
    at, by = now(), request.principal
    row = _meeting(request, meeting, at)
    people = queries.people_in(row.case, by, at=at)
    fields = ("purpose", "planned_at", "place", "questions")
    form, draft = form_with_draft(
        request, PrepareForm, name=drafts.PREPARE, subject=row.pk, anchor=row.case, record=row,
        secret=bool(secret_among([p.pk for p in people])),
        initial={name: getattr(row, name) for name in fields},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            actions.change_meeting(
                by=by, at=at, meeting=row, changes=form.cleaned_data, opened_version=draft.opened_version
            )
            return done(request, _("The meeting is changed."), reverse("desk:meeting", args=[meeting]))

        answer = tried(form, lambda: draft.submit(save))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:meetings"), "form": form, "draft": draft,
        "title": _("Prepare or move"), "button": _("Keep"), "back": reverse("desk:meeting", args=[meeting]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@family_door
def answers(request: Any, meeting: UUID) -> HttpResponse:
    """Write down who said that they come, and who does not."""
    at, by = now(), request.principal
    row = _meeting(request, meeting, at)
    form = AnswersForm(request.POST if request.method == "POST" else None, seats=row.participants.all())

    def act(_said: dict[str, Any]) -> str:
        actions.write_answers(by=by, at=at, meeting=row, answers=form.answers())
        return done(request, _("Kept."), reverse("desk:meeting", args=[meeting]))

    return answered(request, form, act) or form_page(
        request, row.case, form, at, tab="desk:meetings", title=_("Who comes?"), button=_("Keep"),
        back=reverse("desk:meeting", args=[meeting]),
        intro=_("Who signs in can also answer on the own page. When the meeting is moved, everybody is asked again."),
    )  # fmt: skip


@family_door
def hold(request: Any, meeting: UUID) -> HttpResponse:
    """Write who came and what was agreed."""
    at, by = now(), request.principal
    row = _meeting(request, meeting, at)
    seats = list(row.participants.all())
    form, draft = form_with_draft(
        request, HoldForm, name=drafts.HOLD, subject=row.pk, anchor=row.case, record=row, seats=seats,
        initial={"agreed": row.agreed, "came": [str(s.pk) for s in seats if s.came is not False]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            actions.hold_meeting(
                by=by, at=at, meeting=row, came={UUID(pk) for pk in form.cleaned_data["came"]},
                agreed=form.cleaned_data["agreed"], opened_version=draft.opened_version,
            )  # fmt: skip
            return done(request, _("What you agreed is kept."), reverse("desk:meeting", args=[meeting]))

        answer = tried(form, lambda: draft.submit(save))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:meetings"), "form": form, "draft": draft,
        "title": _("What was agreed"), "button": _("Keep what was agreed"), "meeting": row,
        "back": reverse("desk:meeting", args=[meeting]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@family_door
def cancel(request: Any, meeting: UUID) -> HttpResponse:
    """Cancel a meeting with the reason."""
    at, by = now(), request.principal
    row = _meeting(request, meeting, at)
    form = ReasonForm(request.POST or None, label=_("Why does it not take place?"))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.cancel_meeting(by=by, at=at, meeting=row, reason=form.cleaned_data["reason"])
            return done(request, _("The meeting is cancelled."), reverse("desk:meetings", args=[row.case_id]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:meetings"), "form": form, "once_key": once.fresh(),
        "title": _("Cancel the meeting"), "button": _("Cancel meeting"),
        "back": reverse("desk:meeting", args=[meeting]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)
