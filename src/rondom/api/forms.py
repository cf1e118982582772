"""The form of the functional administrator for a new key."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.api.enums import Scope
from rondom.core.forms import DateField

KINDS = {
    "partner": _("Practices and schools"), "provider": _("Providers"), "organisation": _("Our own organisations"),
}  # fmt: skip
Holders = Mapping[str, Iterable[Any]]


class KeyForm(forms.Form):
    """Whose system, which one, what it may do, and until when."""

    holder = forms.ChoiceField(label=_("Whose system is it?"))
    name = forms.CharField(
        label=_("Which system?"), max_length=120, help_text=_("For example: the pupil tracking system")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than it needs. It never reads a plan, a conversation or anything about safety."),
    )  # fmt: skip
    receiver = forms.ChoiceField(
        label=_("Who looks at the worries?"), required=False, help_text=_("Only when it may send worries.")
    )
    expires_on = DateField(
        label=_("Until and including"), help_text=_("At most thirteen months ahead. Then it gets a new key.")
    )

    def __init__(self, *args: Any, holders: Holders, receivers: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"{kind}:{row.pk}": row for kind, rows in holders.items() for row in rows}
        self.receivers = {str(row.pk): row for row in receivers}
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((KINDS[kind], [(f"{kind}:{row.pk}", row.name) for row in rows]) for kind, rows in holders.items()),
        ]
        self.fields["receiver"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody")), *((key, row.name) for key, row in self.receivers.items()),
        ]  # fmt: skip

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        day: dt.date = typed["expires_on"]
        return {
            "holder": self.rows[typed["holder"]], "receiver": self.receivers.get(typed["receiver"]),
            "name": typed["name"], "scopes": typed["scopes"], "expires_on": day,
        }  # fmt: skip


class SureForm(forms.Form):
    """Nothing to type: only whether it must really happen."""
