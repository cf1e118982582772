"""Forms of the clerk: why a message is sent after all, or put aside."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AgainForm(forms.Form):
    """Try again; only what is never sent by itself asks why."""


class SecretForm(forms.Form):
    """Send after all, on one's own name."""

    reason = forms.CharField(
        label=_("Why may this message go?"), max_length=200,
        help_text=_("For example: agreed by phone with the coordinator, the provider knows the address already."),
    )  # fmt: skip


class AsideForm(forms.Form):
    """Put aside."""

    reason = forms.CharField(
        label=_("Why is this put aside?"), max_length=200,
        help_text=_("For example: called the provider, they send a new message."),
    )  # fmt: skip
