"""The family page and its tabs: one family, what now, and who looked."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.principals import Principal
from rondom.core.why import Why
from rondom.desk.day import works_of
from rondom.desk.doors import act_once, came_from, done, family_door, tried
from rondom.desk.forms import ClockForm, CloseForm, MemberForm, ReasonForm, RhythmForm, SearchForm
from rondom.desk.person_forms import AdultForm
from rondom.desk.seen import ground_words, page_words, role_words
from rondom.dossiers import actions, process, queries
from rondom.dossiers.closing import open_matters, what_bars
from rondom.dossiers.enums import ClockKind
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.dossiers.rules import may_change_note
from rondom.dossiers.why import kept_until, retention_why
from rondom.people.actions import register_person
from rondom.people.drawings import ecogram_for, genogram_for
from rondom.people.enums import Sex
from rondom.people.queries import living_with
from rondom.people.search import search
from rondom.privacy.enums import SubjectKind
from rondom.privacy.looking import looks_at

NOTES_A_PAGE = 50


@family_door
def overview(request: Any, case: UUID) -> HttpResponse:
    """Who they are, who stands around them, what comes first, the last contacts."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.family_shown")
    frame = frame_of(row, by, at=at, tab="desk:family")
    at_home = living_with(frame.children, today(at))
    return render(
        request,
        "desk/family.html",
        {
            "frame": frame,
            "work": works_of(frame.clocks, by, at=at),
            "meetings": frame.meetings[:5],
            "last": queries.last_held(by, [row.pk], at=at).first(),
            "notes": queries.notes_for(by, at=at).filter(case=row)[:3],
            "adults": queries.adults_in(row, at=at),
            "ecogram": ecogram_for([*frame.children, *(a for a in frame.adults if a.pk in at_home)], by, at),
            "process": process.standing_of(row, frame.clocks, by, at=at),
            "rhythm": RhythmForm(initial={"days": row.contact_rhythm_days}),
            "once_key": once.fresh(),
        },
    )


@family_door
def journal(request: Any, case: UUID) -> HttpResponse:
    """The contact journal, newest first, 50 on a page, of everybody or about one person."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.journal_shown")
    frame = frame_of(row, by, at=at, tab="desk:journal")
    persons = [*frame.children, *frame.adults]
    about = next((p for p in persons if str(p.pk) == request.GET.get("persoon")), None)
    notes = queries.notes_for(by, at=at).filter(case=row)
    if about:
        notes = notes.filter(concerns=about)
    page = Paginator(notes, NOTES_A_PAGE).get_page(request.GET.get("blad"))
    lines = [(note, may_change_note(by, note, at)) for note in page]
    return render(
        request, "desk/journal.html", {"frame": frame, "page": page, "lines": lines, "persons": persons, "about": about}
    )


@family_door
def looks(request: Any, case: UUID) -> HttpResponse:
    """Who looked at this family, in which role, on which ground, and who was refused."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.looks_shown")
    lines = [
        {"seen": s, "page": page_words(s), "role": role_words(s), "ground": ground_words(s)}
        for s in looks_at(SubjectKind.CASE, [row.pk], limit=100)
    ]
    return render(request, "desk/looks.html", {"frame": frame_of(row, by, at=at, tab="desk:looks"), "lines": lines})


@family_door
def new_clock(request: Any, case: UUID) -> HttpResponse:
    """Agree on a date: what, who, until when, and why that date."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.family_shown")
    colleagues = list(queries.colleagues_in([row.team_id], today(at)))
    form = ClockForm(request.POST or None, colleagues=colleagues, initial={"rests_with": str(by.key)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        holder = next(c for c in colleagues if str(c.pk) == said["rests_with"])

        def start() -> str:
            actions.start_clock(
                by=by, at=at, case=row, kind=ClockKind.AGREEMENT, title=said["title"], due=said["due"],
                rests_with=holder, why=actions.Why(said["why"]),
            )  # fmt: skip
            return done(request, _("The date is set."), reverse("desk:family", args=[case]))

        answer = tried(form, lambda: act_once(request, start))
        if answer:
            return answer
    context = {
        "frame": frame_of(row, by, at=at), "form": form, "once_key": once.fresh(), "title": _("Agree on a date"),
        "button": _("Set the date"), "back": reverse("desk:family", args=[case]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@family_door
def clock_page(request: Any, clock: UUID) -> HttpResponse:
    """One date: why it is that date, and what can be done with it: met, stopped, standing still, handed over."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.clocks_in_sight(by, at=at), clock, at=at, page="desk.family_shown")
    open_case(by, row.case_id, at=at, page="desk.family_shown")
    form = ReasonForm(request.POST if request.POST.get("do") in ("stop", "suspend") else None)
    if request.method == "POST":
        answer = _clock_act(request, row, form, at)
        if answer:
            return answer
    colleagues = queries.colleagues_in([row.case.team_id], today(at))
    context = {
        "frame": frame_of(row.case, by, at=at), "row": row, "form": form, "once_key": once.fresh(),
        "colleagues": colleagues, "work": works_of([row], by, at=at)[0],
    }  # fmt: skip
    return render(request, "desk/clock.html", context)


def _clock_act(request: Any, row: Any, form: ReasonForm, at: Any) -> HttpResponse | None:
    by, what = request.principal, request.POST.get("do")
    reason = request.POST.get("reason", "")
    to = next(
        (c for c in queries.colleagues_in([row.case.team_id], today(at)) if str(c.pk) == request.POST.get("to")),
        None,
    )

    def act() -> str:
        if what == "stop":
            actions.stop_clock(by=by, at=at, row=row, reason=reason)
        elif what == "suspend":
            actions.suspend_clock(by=by, at=at, row=row, reason=reason)
        elif what == "resume":
            actions.resume_clock(by=by, at=at, row=row)
        elif what == "hand" and to:
            actions.hand_clock(by=by, at=at, row=row, to=to)
        else:
            actions.meet_clock(by=by, at=at, row=row)
        return done(request, _("Done."), reverse("desk:family", args=[row.case_id]))

    return tried(form, lambda: act_once(request, act)) if form.is_bound else act_once(request, act)


@family_door
@require_POST
def clock_met(request: Any, clock: UUID) -> HttpResponse:
    """The button "done" on a row; back to where it was pressed."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.clocks_in_sight(by, at=at), clock, at=at, page="desk.family_shown")

    def act() -> str:
        actions.meet_clock(by=by, at=at, row=row)
        return done(request, _("Done: %(what)s") % {"what": row.title}, came_from(request) or reverse("desk:day"))

    return act_once(request, act)


@family_door
def members(request: Any, case: UUID) -> HttpResponse:
    """Who takes part without a dossier: add from relatives or from a search, and end."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.members_shown")
    frame = frame_of(row, by, at=at, tab="desk:members")
    at_home = living_with(frame.children, today(at))
    asked = SearchForm(request.POST if request.POST.get("do") == "search" else None)
    found = list(search(by, request.POST.get("words", ""), at=at)) if request.POST.get("words") else []
    known = {p.pk for p in [*frame.children, *frame.adults]}
    around = {
        p.pk: p
        for p in [*queries.relatives_of([*frame.children, *frame.adults], by, at=at), *found]
        if p.pk not in known
    }
    candidates = [(str(p.pk), p.name) for p in around.values()]
    what = request.POST.get("do", "")
    form = MemberForm(request.POST if what == "add" else None, candidates=candidates)
    new = AdultForm(request.POST if what == "register" else None)

    def add() -> str:
        person = around[UUID(form.cleaned_data["person"])]
        actions.add_adult(by=by, at=at, case=row, person=person, part=form.cleaned_data["part"])
        return done(request, _("Added."), reverse("desk:members", args=[case]))

    def register() -> str:
        said = dict(new.cleaned_data)
        part, sex = said.pop("new_part"), Sex(said.pop("sex"))
        person = register_person(
            by=by, at=at, municipality=row.municipality, first_names=said["called"], sex=sex, **said
        )
        actions.add_adult(by=by, at=at, case=row, person=person, part=part)
        return done(request, _("Registered. Add how to reach them."), reverse("desk:person", args=[person.pk]))

    for asking, act in ((form, add), (new, register)):
        if asking.is_bound and asking.is_valid():
            answer = tried(asking, lambda act=act: act_once(request, act))  # type: ignore[misc]
            if answer:
                return answer
    context = {
        "frame": frame, "adults": queries.adults_in(row, at=at), "form": form, "asked": asked, "new": new,
        "genogram": genogram_for([*frame.children, *frame.adults], by, at),
        "ecogram": ecogram_for([*frame.children, *(a for a in frame.adults if a.pk in at_home)], by, at),
        "searched": asked.is_bound, "found": found, "candidates": candidates, "once_key": once.fresh(),
        "registers": asked.is_bound or new.is_bound,
    }  # fmt: skip
    return render(request, "desk/members.html", context)


@family_door
@require_POST
def member_gone(request: Any, adult: UUID) -> HttpResponse:
    """Somebody takes part no longer."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.adults_in_sight(by, at=at), adult, at=at, page="desk.members_shown")
    open_case(by, row.case_id, at=at, page="desk.members_shown")

    def act() -> str:
        actions.remove_adult(by=by, at=at, adult=row)
        return done(request, _("This person takes part no longer."), reverse("desk:members", args=[row.case_id]))

    return act_once(request, act)


@family_door
def close(request: Any, case: UUID) -> HttpResponse:
    """Close a case, with what is still open in sight; or agree on the contact rhythm."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.family_shown")
    rhythm = RhythmForm(request.POST if "days" in request.POST else None, initial={"days": row.contact_rhythm_days})
    form = CloseForm(request.POST if "reason" in request.POST else None)

    def end() -> str:
        actions.close_case(by=by, at=at, case=row, **form.cleaned_data)
        return done(request, _("Closed. The dossiers keep their rights."), reverse("desk:families"))

    def agree() -> str:
        actions.set_rhythm(by=by, at=at, case=row, days=rhythm.cleaned_data["days"])
        return done(request, _("The rhythm is agreed."), reverse("desk:family", args=[case]))

    for asked, act in ((form, end), (rhythm, agree)):
        if asked.is_bound and asked.is_valid():
            answer = tried(asked, lambda act=act: act_once(request, act))  # type: ignore[misc]
            if answer:
                return answer
    context = {
        "frame": frame_of(row, by, at=at), "form": form, "matters": open_matters(row, at=at), "once_key": once.fresh(),
        "bars": what_bars(row, at=at), "me": staff_member(by), "retention": _retention(row, by, at),
    }  # fmt: skip
    return render(request, "desk/close.html", context)


def _retention(row: Case, by: Principal, at: dt.datetime) -> list[tuple[str, dt.date | None, Why]]:
    """Return per dossier in sight until when it is kept, and why."""
    day = today(at)
    rows = queries.dossiers_in(row, by, at=at).select_related("youth").order_by("youth__born_on", "youth_id")
    return [(d.youth.short_name, kept_until(d, day).outcome, retention_why(d, day)) for d in rows]
