"""Pages of the words of letters: how each reads now, new words that one proposes and another puts in use, an example.

The example is about an invented case: nothing of a family is on these pages.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Pill, Row, Step
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.forms import DateField
from rondom.core.words import date_words
from rondom.documents import letters, wording
from rondom.documents.answering import as_file
from rondom.documents.enums import EXTENSION, TemplateState
from rondom.documents.letters import LETTERS, Wording
from rondom.documents.models import LetterTemplate
from rondom.documents.queries import letter_kind, proposal_of, template_of, templates_of, wording_on
from rondom.dossiers.doors import act_once, answered, done, tried
from rondom.reference.queries import municipality_name

words_door = staff_door(Role.JURIST, Role.BACK_OFFICE)
TONES = {TemplateState.PROPOSED: "due", TemplateState.IN_USE: "calm", TemplateState.LEFT: "plain"}


class WordingForm(forms.Form):
    """New words of a letter from a day on."""

    title = forms.CharField(label=gettext_lazy("Title of the letter"), max_length=160)
    text = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea({"rows": 30}),
        help_text=gettext_lazy(
            "An empty line ends a paragraph. A line that begins with # is a heading. A field stands between braces; "
            "a paragraph in which a field is empty is left out."
        ),
    )  # fmt: skip
    starts = DateField(label=gettext_lazy("From which day?"))
    because = forms.CharField(
        label=gettext_lazy("What changes, and why?"), max_length=300, required=False,
        help_text=gettext_lazy("Who reads along sees it beside the words."),
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Why words are not put in use."""

    reason = forms.CharField(
        label=gettext_lazy("What is not right yet?"), max_length=300,
        error_messages={"required": gettext_lazy("Write what is not right yet, so that it can be put right.")},
    )  # fmt: skip


@words_door
def templates(request: Any) -> HttpResponse:
    """List the kinds of letters, with since when their words hold, and what waits for a second person."""
    by, day = request.principal, today(now())
    rows = []
    for key, kind in LETTERS:
        held = wording_on(key, by.municipality, day)
        since = {"day": date_words(held.starts), "name": held.by} if held.starts else {}
        text = _("words of %(day)s, by %(name)s") % since if since else _("the first text, as it came with Rondom")
        address = reverse("documents:template", args=[key])
        rows.append(Row(kind.title, address, text, step=Step(_("Read and change"), address, about=kind.title)))
    waiting = [_waiting_row(row, by) for key, _kind in LETTERS if (row := proposal_of(key, by.municipality))]
    return render(request, "documents/templates.html", {"rows": rows, "waiting": waiting})


def _waiting_row(row: LetterTemplate, by: Any) -> Row:
    address, kind = reverse("documents:proposal", args=[row.pk]), letter_kind(row.kind)
    text = _("%(name)s proposes new words, from %(day)s") % {
        "name": row.written_by.name, "day": date_words(row.starts),
    }  # fmt: skip
    mine = row.written_by_id == by.key
    verb = _("Look at your proposal") if mine else _("Read and decide")
    return Row(kind.title, address, text, _pill(row), Step(verb, address, primary=not mine, about=kind.title))


def _pill(row: LetterTemplate) -> Pill:
    return Pill(row.get_state_display(), TONES[TemplateState(row.state)])


@words_door
def template(request: Any, letter_key: str) -> HttpResponse:
    """Show how a letter reads now, filled in with an example, and propose new words."""
    at, by = now(), request.principal
    kind = letter_kind(letter_key)
    held = wording_on(letter_key, by.municipality, today(at))
    form = WordingForm(request.POST or None, initial={"title": held.title, "text": held.text, "starts": today(at)})
    trying = request.POST.get("do") == "try"
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = wording.propose(by=by, at=at, kind=letter_key, written_by=staff_member(by), **said)
            words = _("Proposed. A colleague reads along and puts it in use.")
            return done(request, words, reverse("documents:proposal", args=[made.pk]))

        if trying:
            _checked(form, kind)
        else:
            answer = tried(form, lambda: act_once(request, act))
            if answer:
                return answer
    shown = form.cleaned_data if trying and form.is_valid() else {"title": held.title, "text": held.text}
    context = {
        "key": letter_key, "kind": kind, "form": form, "once_key": once.fresh(), "fields": kind.fields.items(),
        "trying": trying, **_read(kind, shown["title"], shown["text"]),
        "versions": list(templates_of(letter_key, by.municipality)), "waits": proposal_of(letter_key, by.municipality),
    }  # fmt: skip
    return render(request, "documents/template.html", context)


def _read(kind: letters.LetterKind, title: str, text: str) -> dict[str, Any]:
    """Return how words read, filled in with the example."""
    return {
        "title": "".join(block.text for block in letters.merged(title, kind.examples)),
        "blocks": letters.merged(text, kind.examples),
    }


def _checked(form: WordingForm, kind: letters.LetterKind) -> None:
    try:
        letters.checked(kind, form.cleaned_data["title"], form.cleaned_data["text"])
    except (BadInput, VoidByLaw) as refusal:
        form.add_error(refusal.field, str(refusal.sentence))


@words_door
def proposal(request: Any, lettertemplate: UUID) -> HttpResponse:
    """Read proposed words beside those of now: what changes, how it reads; leave them with a reason."""
    at, by = now(), request.principal
    row = template_of(by.municipality, lettertemplate)
    form = LeaveForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        wording.leave(by=by, at=at, wording=row, decided_by=staff_member(by), reason=said["reason"])
        return done(request, _("Left. The words of now stay in use."), reverse("documents:templates"))

    return answered(request, form, act) or render(
        request, "documents/proposal.html", _proposal_context(row, form, by, at)
    )


def _proposal_context(row: LetterTemplate, form: LeaveForm, by: Any, at: dt.datetime) -> dict[str, Any]:
    kind, held = letter_kind(row.kind), wording_on(row.kind, row.municipality, today(at))
    waits = row.state == TemplateState.PROPOSED
    return {
        "row": row, "kind": kind, "pill": _pill(row), "form": form, "once_key": once.fresh(), "waits": waits,
        "mine": row.written_by_id == by.key, "changes": letters.changed(held.text, row.text) if waits else [],
        "new_title": waits and held.title != row.title, **_read(kind, row.title, row.text),
    }  # fmt: skip


@words_door
@require_POST
def use(request: Any, lettertemplate: UUID) -> HttpResponse:
    """Put the words of a colleague in use."""
    at, by = now(), request.principal
    row = template_of(by.municipality, lettertemplate)

    def act() -> str:
        wording.put_in_use(by=by, at=at, wording=row, decided_by=staff_member(by))
        words = _("In use from %(day)s. Letters that were made keep their words.") % {"day": date_words(row.starts)}
        return done(request, words, reverse("documents:template", args=[row.kind]))

    return act_once(request, act)


@words_door
@require_safe
def example(request: Any, letter_key: str) -> HttpResponse:
    """Send the letter as it is now, about an invented case."""
    by, day = request.principal, today(now())
    return _example(letter_key, wording_on(letter_key, by.municipality, day), by.municipality, day)


@words_door
@require_safe
def proposal_example(request: Any, lettertemplate: UUID) -> HttpResponse:
    """Send the letter with the proposed words, about an invented case."""
    by = request.principal
    row = template_of(by.municipality, lettertemplate)
    return _example(row.kind, Wording(row.title, row.text, row.starts), by.municipality, row.starts)


def _example(key: str, words: Wording, municipality: str, day: dt.date) -> HttpResponse:
    sender = _("Municipality of %(name)s") % {"name": municipality_name(municipality, on=day)}
    letter = letters.example_of(letter_kind(key), words, sender=sender, dated=date_words(day))
    content, media_type = letters.made(letter)
    return as_file(HttpResponse(content, content_type=media_type), f"voorbeeld-{key}.{EXTENSION[media_type]}")
