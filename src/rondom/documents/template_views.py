"""Pages of the words of letters: which kinds there are, how each reads now, and new words from a day on."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Row, Step
from rondom.core.errors import BadInput
from rondom.core.forms import DateField
from rondom.core.words import date_words
from rondom.documents import actions, letters
from rondom.documents.letters import LETTERS
from rondom.documents.queries import letter_kind, templates_of, wording_on
from rondom.dossiers.doors import act_once, done, tried

jurist = staff_door(Role.BACK_OFFICE)


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


@jurist
def templates(request: Any) -> HttpResponse:
    """List the kinds of letters, with since when their words hold."""
    by, day = request.principal, today(now())
    rows = []
    for key, kind in LETTERS:
        held = wording_on(key, by.municipality, day)
        since = {"day": date_words(held.starts), "name": held.by} if held.starts else {}
        text = _("words of %(day)s, by %(name)s") % since if since else _("the first text, as it came with Rondom")
        address = reverse("documents:template", args=[key])
        rows.append(Row(kind.title, address, text, step=Step(_("Read and change"), address, about=kind.title)))
    return render(request, "documents/templates.html", {"rows": rows})


@jurist
def template(request: Any, letter_key: str) -> HttpResponse:
    """Show how a letter reads now, filled in with an example, and give it new words."""
    at, by = now(), request.principal
    kind = letter_kind(letter_key)
    held = wording_on(letter_key, by.municipality, today(at))
    form = WordingForm(request.POST or None, initial={"title": held.title, "text": held.text, "starts": today(at)})
    trying = request.POST.get("do") == "try"
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.word_letter(
                by=by, at=at, kind=letter_key, starts=said["starts"], title=said["title"], text=said["text"],
                written_by=staff_member(by),
            )  # fmt: skip
            return done(request, _("Kept. Letters have these words from that day."), reverse("documents:templates"))

        if trying:
            _checked(form, kind)
        else:
            answer = tried(form, lambda: act_once(request, act))
            if answer:
                return answer
    shown = form.cleaned_data if trying and form.is_valid() else {"title": held.title, "text": held.text}
    context = {
        "kind": kind, "form": form, "once_key": once.fresh(), "fields": kind.fields.items(), "trying": trying,
        "title": "".join(block.text for block in letters.merged(shown["title"], kind.examples)),
        "blocks": letters.merged(shown["text"], kind.examples),
        "versions": list(templates_of(letter_key, by.municipality)),
    }  # fmt: skip
    return render(request, "documents/template.html", context)


def _checked(form: WordingForm, kind: letters.LetterKind) -> None:
    try:
        letters.checked(kind, form.cleaned_data["title"], form.cleaned_data["text"])
    except BadInput as refusal:
        form.add_error(refusal.field, str(refusal.sentence))
