"""One key opens a note from anywhere, and one comes back to where one was."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.core.clock import now
from rondom.core.events import look
from rondom.desk import drafts
from rondom.desk.doors import came_from, case_in, done, family_door, tried
from rondom.desk.forms import ChangeNoteForm, CorrectionForm, NoteForm, local_moment
from rondom.dossiers import actions, queries
from rondom.dossiers.drafts import form_with_draft
from rondom.dossiers.enums import Channel, ClockKind, ClockState, ReadableBy
from rondom.dossiers.frame import frame_of
from rondom.dossiers.models import Case, Note
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.dossiers.rules import may_change_note
from rondom.privacy.enums import Sight

RECENT = 50


@family_door
def pick(request: Any) -> HttpResponse:
    """For which family? On a page of a family one is asked nothing; else: one's own families, last contact first."""
    at, by = now(), request.principal
    back = came_from(request)
    here = case_in(back)
    if here and queries.openable(by, [here], at=at):
        return HttpResponseRedirect(f"{reverse('desk:note_new', args=[here])}?{urlencode({'naar': back})}")
    own = queries.case_rows(by, at=at, sight=Sight.OPEN).filter(closed_on=None)
    rows = list(own.order_by(F("last_contact").desc(nulls_last=True), "pk")[:RECENT])
    look(by, "desk.families_shown", subjects=[("case", row.pk) for row in rows], at=at)
    names = queries.case_names([row.pk for row in rows], by, at=at)
    families = [(row.pk, names[row.pk], row.last_contact) for row in rows]
    return render(request, "desk/note_pick.html", {"families": families, "back": back})


@family_door
def new_note(request: Any, case: UUID) -> HttpResponse:
    """Write a note: what, about whom, how, when; and call back on a day."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.note_begun")
    persons = queries.people_in(row, by, at=at)
    calling = _call_back(request, row, at)
    back = request.POST.get("_next") or request.GET.get("naar") or came_from(request)
    form, draft = form_with_draft(
        request, NoteForm, name=drafts.NOTE, subject=row.pk, anchor=row, persons=persons,
        initial={
            "channel": Channel.PHONE, "happened_at": local_moment(at), "readable_by": ReadableBy.FAMILY,
            "concerns": [str(calling.subject)] if calling else [str(p.pk) for p in persons if len(persons) == 1],
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by_key = {str(p.pk): p for p in persons}

        def write() -> str:
            note = actions.write_note(
                by=by, at=at, case=row, author=staff_member(by), text=said["text"],
                concerns=[by_key[key] for key in said["concerns"]], channel=Channel(said["channel"]),
                happened_at=said["happened_at"], said_by=said["said_by"], reporter=said["reporter"],
                readable_by=ReadableBy(said["readable_by"]),
            )  # fmt: skip
            if said["call_back_on"]:
                actions.ask_call_back(
                    by=by, at=at, note=note, day=said["call_back_on"], rests_with=staff_member(by),
                    person=by_key.get(said["call_back_who"]),
                )  # fmt: skip
            if calling:
                actions.meet_clock(by=by, at=at, row=calling)
            return done(request, _("Note kept."), safe(back) or reverse("desk:journal", args=[case]))

        answer = tried(form, lambda: draft.submit(write))
        if answer:
            return answer
    context = {"frame": frame_of(row, by, at=at), "form": form, "draft": draft, "back": safe(back), "calling": calling}
    return render(request, "desk/note_form.html", context)


def safe(address: str) -> str:
    """Return an address of our own, or ""."""
    return address if address.startswith("/") and not address.startswith("//") else ""


def _call_back(request: Any, row: Case, at: Any) -> Any:
    """Return the promise to call back that this note fulfils, if the row of my day led here."""
    try:
        pk = UUID(request.POST.get("_call_back") or request.GET.get("terug", ""))
    except ValueError:
        return None
    rows = queries.clocks_in_sight(request.principal, at=at)
    return rows.filter(pk=pk, case=row, kind=ClockKind.CALL_BACK, state__in=ClockState.open_states()).first()


def _may_read_reporter(note: Note, by: Any, at: Any) -> bool:
    """Who told in confidence is read by the writer and by those who hold a role in the case."""
    return note.written_by_id == by.key or queries.roles_in(note.case, at=at).filter(staff=by.key).exists()


@family_door
def shown(request: Any, note: UUID) -> HttpResponse:
    """One note with its corrections; below it, write a correction."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.notes_for(by, at=at), note, at=at, page="desk.note_shown")
    open_case(by, row.case_id, at=at, page="desk.note_shown")
    form, draft = form_with_draft(request, CorrectionForm, name=drafts.CORRECTION, subject=row.pk, anchor=row.case)
    if request.method == "POST" and form.is_valid():

        def correct() -> str:
            actions.correct_note(by=by, at=at, note=row, author=staff_member(by), text=form.cleaned_data["text"])
            return done(request, _("Your correction stands beside the note."), reverse("desk:note_shown", args=[note]))

        answer = tried(form, lambda: draft.submit(correct))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:journal"), "note": row, "form": form, "draft": draft,
        "changeable": may_change_note(by, row, at),
        "reporter": row.reporter if _may_read_reporter(row, by, at) else "",
    }  # fmt: skip
    return render(request, "desk/note.html", context)


@family_door
def change(request: Any, note: UUID) -> HttpResponse:
    """Change your own note on its day."""
    at, by = now(), request.principal
    row = row_in_sight(by, queries.notes_for(by, at=at), note, at=at, page="desk.note_shown")
    open_case(by, row.case_id, at=at, page="desk.note_shown")
    if not may_change_note(by, row, at):
        return HttpResponseRedirect(reverse("desk:note_shown", args=[note]))
    fields = ("text", "channel", "happened_at", "said_by", "readable_by")
    form, draft = form_with_draft(
        request, ChangeNoteForm, name=drafts.CHANGE, subject=row.pk, anchor=row.case, record=row,
        initial={name: getattr(row, name) for name in fields},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            actions.change_note(by=by, at=at, note=row, changes=form.cleaned_data, opened_version=draft.opened_version)
            return done(request, _("Note kept."), reverse("desk:note_shown", args=[note]))

        answer = tried(form, lambda: draft.submit(save))
        if answer:
            return answer
    context = {
        "frame": frame_of(row.case, by, at=at, tab="desk:journal"), "form": form, "draft": draft,
        "title": _("Change your note"), "button": _("Keep note"), "back": reverse("desk:note_shown", args=[note]),
    }  # fmt: skip
    return render(request, "desk/form.html", context)
