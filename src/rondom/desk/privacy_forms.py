"""Forms of who watches over the looks and over destruction."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.forms import DateField
from rondom.dossiers.models import Dossier
from rondom.privacy.enums import DestructionReason, LogGround, Requester, Verdict

LOG_DAYS = 365


class KeyForm(forms.Form):
    """An exact key: the BSN, or family name, date of birth and postcode together. Sent by post, never in an address."""

    bsn = forms.CharField(label=_("BSN"), required=False, max_length=11)
    family_name = forms.CharField(
        label=_("Or the family name"), required=False, max_length=120, help_text=_("Without a prefix such as van.")
    )
    born_on = DateField(label=_("with the date of birth"), required=False)
    postcode = forms.CharField(label=_("and the postcode"), required=False, max_length=8)


class LogForm(KeyForm):
    """Of whom the looking log is asked, why, and over which days."""

    ground = forms.ChoiceField(label=_("Why do you ask this?"), choices=LogGround, widget=forms.RadioSelect)
    since = DateField(label=_("From"), required=False, help_text=_("Nothing filled in: a year back."))
    until = DateField(label=_("Until and including"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        until: dt.date = said.get("until") or clock.today()
        said |= {"until": until, "since": said.get("since") or until - dt.timedelta(days=LOG_DAYS)}
        if said["since"] > until:
            self.add_error("since", _("The first day lies after the last day."))
        return said


class JudgeForm(forms.Form):
    """What was found of an emergency access."""

    verdict = forms.ChoiceField(label=_("What did you find?"), choices=Verdict, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("What was wrong, and what happens next?"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed when there was no good reason. Without names of the family."),
    )  # fmt: skip


class DestroyForm(forms.Form):
    """Why a dossier is destroyed, who asks it, and whose interests were weighed."""

    reason = forms.ChoiceField(
        label=_("Why is this dossier destroyed?"), choices=DestructionReason, widget=forms.RadioSelect
    )
    requester = forms.ChoiceField(
        label=_("Who asks it?"), choices=[("", _("nobody asks it")), *Requester.choices], required=False
    )
    received_on = DateField(label=_("When did the request come in?"), required=False)
    balancing = forms.CharField(
        label=_("Why does nobody else have a great interest in keeping it?"), widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Think of a brother or sister, a complaint, a case in court. The second person reads this. Without names."
        ),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("If the case is still open: why all the same?"), required=False, widget=forms.Textarea({"rows": 2})
    )


class AskForm(DestroyForm):
    """The same, for one child of a family."""

    dossier = forms.ChoiceField(label=_("Whose dossier?"), widget=forms.RadioSelect)
    field_order = ("dossier", "reason", "requester", "received_on", "balancing", "despite")

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].choices = [(str(d.pk), d.youth.name) for d in dossiers]  # type: ignore[attr-defined]


class RequestForm(DestroyForm, KeyForm):
    """The same, for whom an exact key fits: the privacy officer sees no families."""

    field_order = (
        "bsn", "family_name", "born_on", "postcode", "reason", "requester", "received_on", "balancing", "despite",
    )  # fmt: skip


class WeighForm(forms.Form):
    """What somebody weighed who takes up a proposal."""

    balancing = DestroyForm.base_fields["balancing"]  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """Why a dossier is kept after all."""

    reason = forms.CharField(
        label=_("Why is it kept?"), max_length=200, help_text=_("Who asked it gets this answer. Without names.")
    )
    hold = forms.BooleanField(
        label=_("It may not be destroyed until I lift this (an objection, complaint or incident runs)"), required=False
    )
