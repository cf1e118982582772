"""Forms of who watches over the looks and over destruction."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.forms import DateField
from rondom.privacy.enums import LogGround, Verdict

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
