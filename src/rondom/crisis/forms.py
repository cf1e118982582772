"""Bringing lines in from a file, and withdrawing a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.importing import Held
from rondom.crisis.actions import LONGEST_REASON
from rondom.documents.reading import ReadField

LARGEST = 2 * 1024 * 1024  # bytes through a page: some 25,000 lines; the command takes more


class ImportForm(forms.Form):
    """The file, and why it may replace lines that are there already."""

    file = ReadField(
        most=LARGEST, accept=".csv,text/csv", label=_("Which file?"),
        help_text=_("A CSV of the register, for example of one quarter. At most 2 MB, some 25,000 lines."),
    )  # fmt: skip
    correct = forms.CharField(
        label=_("Does it correct lines that are in the register already? Say why"), max_length=LONGEST_REASON,
        required=False, help_text=_("For example: age copied wrong. Leave it empty for new lines."),
    )  # fmt: skip

    def clean_file(self) -> Held:
        """Return the file as an import takes it."""
        content: Any = self.cleaned_data["file"]
        return Held(str(_("The file")), content)


class WithdrawForm(forms.Form):
    """Why a line should never have been in the register."""

    because = forms.CharField(
        label=_("Why should this line not be in the register?"), max_length=LONGEST_REASON,
        help_text=_("For example: reported twice, belongs to R11. No name of a child."),
    )  # fmt: skip
