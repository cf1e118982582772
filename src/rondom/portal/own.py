"""What somebody asked after signing in, and what was answered (S01): no file is opened for it.

A resident who has a file here and somebody who has none see the same page: only their own questions, for as long as the
contact record is kept.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import asker_door
from rondom.core import navigation
from rondom.core.clock import now
from rondom.dossiers.doors import done, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.entry import actions, queries
from rondom.entry.enums import ConcernState, ReporterKind
from rondom.portal.forms import LONGEST

DRAFT = "portal.question"
FORMS.register(DRAFT, DraftForm(gettext_lazy("My question"), lambda _key: reverse("public:own_new")))


class OwnQuestionForm(forms.Form):
    """A question of a parent or young person who signed in."""

    organisation = forms.ChoiceField(label=gettext_lazy("Which team do you ask?"))
    reporter_kind = forms.ChoiceField(
        label=gettext_lazy("Who are you?"), widget=forms.RadioSelect, initial=ReporterKind.PARENT,
        choices=[
            (ReporterKind.PARENT.value, gettext_lazy("a parent or carer")),
            (ReporterKind.YOUTH.value, gettext_lazy("a young person myself")),
        ],
    )  # fmt: skip
    reporter_name = forms.CharField(label=gettext_lazy("What is your name?"), max_length=120)
    child_1 = forms.CharField(
        label=gettext_lazy("About which child?"), max_length=120, required=False,
        help_text=gettext_lazy("First name and family name. Is it about yourself? Then leave this empty."),
    )  # fmt: skip
    worry = forms.CharField(
        label=gettext_lazy("What is your question or worry?"), max_length=LONGEST, widget=forms.Textarea({"rows": 6})
    )
    reporter_contact = forms.CharField(
        label=gettext_lazy("May we also call or mail you?"), max_length=120, required=False,
        help_text=gettext_lazy("A phone number or an e-mail address. You may leave it empty."),
    )  # fmt: skip
    danger_now = forms.BooleanField(
        label=gettext_lazy("A child may be in danger now"), required=False,
        help_text=gettext_lazy("Call 112 first. This form is read on working days only."),
    )  # fmt: skip

    def __init__(self, *args: Any, receivers: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if len(receivers) < 2:
            del self.fields["organisation"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((key, row.name) for key, row in receivers.items())]


@asker_door()
def asked(request: Any) -> HttpResponse:
    """What I asked here, and what was answered."""
    rows = queries.shared_by(request.principal, at=now(), page="portal.asked_shown")
    return render(request, "portal/own/asked.html", {"rows": rows, "state": ConcernState})


@asker_door()
def ask(request: Any) -> HttpResponse:
    """Ask something about the own family; the answer comes on the own page."""
    at, by = now(), request.principal
    receivers = {str(row.pk): row for row in queries.receivers(by.municipality)}
    form, draft = form_with_draft(
        request, OwnQuestionForm, name=DRAFT, subject=by.key, receivers=receivers,
        initial={"reporter_name": str(navigation.name_of(by))},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and receivers:
        said = form.cleaned_data

        def send() -> str:
            actions.ask_for_family(
                by=by, at=at, organisation=receivers[said.get("organisation") or next(iter(receivers))],
                kind=ReporterKind(said["reporter_kind"]), name=said["reporter_name"], contact=said["reporter_contact"],
                child=said["child_1"], worry=said["worry"], danger_now=said["danger_now"],
            )  # fmt: skip
            return done(request, _("Sent. You read our answer here."), reverse("public:own"))

        answer = tried(form, lambda: draft.submit(send))
        if answer:
            return answer
    return render(request, "portal/own/ask.html", {"form": form, "draft": draft, "open": bool(receivers)})
