"""The plan for parents and young people: read what concerns you, write at home, sign on your own device."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import DoorRequest, resident_door
from rondom.core import clock, once
from rondom.core.principals import Principal
from rondom.dossiers import resident as dossiers
from rondom.dossiers.doors import act_once, done, tried
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import open_dossier
from rondom.plans import actions, resident
from rondom.plans.enums import PlanState, SignatureState, WritingKind, WritingState
from rondom.plans.models import Writing
from rondom.privacy.enums import Sight


class WriteForm(forms.Form):
    """Something for the plan, in the writer's own words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is this?"), choices=WritingKind, widget=forms.RadioSelect, initial=WritingKind.GOAL
    )
    about = forms.ChoiceField(label=gettext_lazy("Who is this about?"), widget=forms.RadioSelect, initial="child")
    text = forms.CharField(
        label=gettext_lazy("My own words"), max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("For example: I sleep at home again. Or: we eat together every evening."),
    )  # fmt: skip

    def __init__(self, *args: Any, dossier: Dossier, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dossier.youth_id == by.person:
            del self.fields["about"]
        else:
            choices = [("child", dossier.youth.short_name), ("me", _("me"))]
            self.fields["about"].choices = choices  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """Yes, or what is not right."""

    reason = forms.CharField(
        label=gettext_lazy("What is not right?"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only for who does not sign."),
    )  # fmt: skip
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


def _page(request: DoorRequest, template: str, at: dt.datetime, **context: Any) -> HttpResponse:
    words = {"young": dossiers.is_young(request.principal, at=at), "once_key": once.fresh()}
    return render(request, template, {**words, **context})


@resident_door()
def plan(request: DoorRequest, familyplan: UUID) -> HttpResponse:
    """Show what of the plan concerns the reader, what they wrote themselves, and whether they are asked to sign."""
    by, at = request.principal, clock.now()
    row = resident.open_plan(by, familyplan, at=at, page="portal.plan_shown")
    part = resident.part_for(by, row, at=at)
    signature = resident.my_signature(by, row)
    asked = signature is not None and signature.state == SignatureState.ASKED
    return _page(
        request, "portal/plan.html", at, plan=row, part=part, signature=signature,
        goals=[(goal, [line for line in goal.lines.all() if line.dropped_on is None]) for goal in part.goals],
        to_sign=asked and bool(part.texts) and row.state != PlanState.ENDED,
        writings=[text for text in resident.writings_of(by, at=at) if text.case_id == row.case_id],
        dossiers=resident.dossiers_in(by, row, at=at),
    )  # fmt: skip


@resident_door()
def sign(request: DoorRequest, familyplan: UUID) -> HttpResponse:
    """Sign what one reads here, on one's own device; or say what is not right."""
    by, at = request.principal, clock.now()
    row = resident.open_plan(by, familyplan, at=at, page="portal.plan_shown")
    part = resident.part_for(by, row, at=at)
    signature = resident.my_signature(by, row)
    back = reverse("portal:plan", args=[row.pk])
    form: Any = SignForm(request.POST or None, initial={"digest": part.digest})
    if request.method == "POST" and form.is_valid():
        signs = request.POST.get("do") != "decline"

        def act() -> str:
            actions.answer_signature(
                by=by, at=at, plan=row, signs=signs, digest=form.cleaned_data["digest"],
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            return done(request, _("Signed. Thank you.") if signs else _("Passed on to the contact person."), back)

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
        form.data = {**form.data.dict(), "digest": part.digest}  # what is shown now is what can be signed
    return _page(
        request, "portal/plan_sign.html", at, plan=row, part=part, form=form, back=back,
        asked=signature is not None and signature.state == SignatureState.ASKED and bool(part.texts),
        goals=[(goal, [line for line in goal.lines.all() if line.dropped_on is None]) for goal in part.goals],
    )  # fmt: skip


@resident_door()
def write(request: DoorRequest, dossier: UUID) -> HttpResponse:
    """Write something for the plan; it stays the writer's own until it is shared."""
    by, at = request.principal, clock.now()
    row = open_dossier(by, dossier, at=at, page="portal.writing_begun", sight=Sight.RESIDENT)
    return _write(request, row, None, at)


@resident_door()
def writing(request: DoorRequest, writing: UUID) -> HttpResponse:
    """Read, write again, share or throw away something one wrote."""
    by, at = request.principal, clock.now()
    row = resident.open_writing(by, writing, at=at, page="portal.writing_shown")
    if row.state != WritingState.OWN:
        return _page(request, "portal/writing.html", at, writing=row, dossier=row.dossier)
    if request.method == "POST" and request.POST.get("do") == "throw":

        def throw() -> str:
            actions.throw_away(by=by, at=at, writing=row)
            return done(request, _("Thrown away."), reverse("portal:home"))

        return act_once(request, throw)
    return _write(request, row.dossier, row, at)


def _write(request: DoorRequest, dossier: Dossier, row: Writing | None, at: dt.datetime) -> HttpResponse:
    by = request.principal
    initial = (
        {"kind": row.kind, "text": row.text, "about": "me" if row.about_id == by.person else "child"} if row else {}
    )
    form = WriteForm(request.POST or None, dossier=dossier, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            kept = actions.keep_writing(
                by=by, at=at, dossier=dossier, kind=WritingKind(said["kind"]), text=said["text"],
                about_me=said.get("about") == "me", writing=row,
            )  # fmt: skip
            if request.POST.get("do") == "share":
                actions.share(by=by, at=at, writing=kept)
                words = _("Shared. The contact person reads it.")
            else:
                words = _("Kept. Nobody else sees it.")
            return done(request, words, reverse("portal:writing", args=[kept.pk]))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    contact = dossiers.contact_for(dossier, at=at)
    return _page(
        request, "portal/plan_write.html", at, form=form, dossier=dossier, writing=row, contact=contact,
        can_write=resident.case_to_write_in(dossier, at=at) is not None,
    )  # fmt: skip
