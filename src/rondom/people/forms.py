"""Forms of the data steward."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.people.models import Person


class MergeForm(forms.Form):
    """Which of two rows is kept, and why they are one person."""

    keep = forms.ChoiceField(
        label=_("Which one is kept?"), widget=forms.RadioSelect,
        help_text=_("What the other knows and this one does not is filled in."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("How do you know this is one person?"), max_length=200,
        help_text=_("For example: checked the BSN in the register, called the mother."),
    )  # fmt: skip

    def __init__(self, *args: Any, pair: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = (_("The one on the left"), _("The one on the right"))
        self.fields["keep"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), name) for p, name in zip(pair, names, strict=True)
        ]
