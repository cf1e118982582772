"""Forms of the functional administrator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import OrganisationKind, Role
from rondom.core.forms import DateField


class StaffForm(forms.Form):
    """A new colleague."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    username = forms.CharField(
        label=_("User name"), max_length=60, help_text=_("With this the colleague signs in, for example s.bakker.")
    )
    organisation = forms.ChoiceField(label=_("Organisation"))
    phone = forms.CharField(label=_("Phone at work"), max_length=20, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(o.pk), o.name) for o in organisations]  # type: ignore[attr-defined]


class AwardForm(forms.Form):
    """A role for a period."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    starts = DateField(label=_("From"))
    ends = DateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the role. Leave empty when there is no end yet."),
    )


class JoinForm(forms.Form):
    """A team of the own organisation."""

    team = forms.ChoiceField(label=_("Team"))

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(t.pk), t.name) for t in teams]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason, when something is unwise without one."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only needed when we ask for it. Name no family."),
    )  # fmt: skip


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=_("Name"), max_length=80)
