"""Freezing, closing what does not fit, comparing with print, and checking a table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.crisis import printed as crisis_printed
from rondom.documents.reading import ReadField
from rondom.reports import printed
from rondom.reports.actions import LONGEST_NOTE


class FreezeForm(forms.Form):
    """Which edition is frozen, and the mark of the figures somebody saw."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CloseForm(forms.Form):
    """What was found when somebody looked."""

    note = forms.CharField(
        label=_("What did you find?"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: looked up, 13 youths have two lines. No name of a child."),
    )  # fmt: skip


class CompareForm(forms.Form):
    """Figures as they were printed."""

    file = ReadField(
        most=crisis_printed.LARGEST, accept=".csv,.json,text/csv,application/json", label=_("Which file?"),
        help_text=_("The CSV of a report, or JSON with its keys, as far as they were printed. At most 1 MB."),
    )  # fmt: skip

    def clean_file(self) -> str:
        """Return the text of the file."""
        content: Any = self.cleaned_data["file"]
        try:
            return str(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This file is not saved as UTF-8. Save it again as UTF-8.")) from error


class TableForm(forms.Form):
    """A printed table, and how its totals are called."""

    file = ReadField(
        most=printed.LARGEST, accept=".csv,text/csv", label=_("Which table?"),
        help_text=_("A CSV: the first line names the columns, the first cell of a line is its label."),
    )  # fmt: skip
    total = forms.CharField(
        label=_("Does the total have another name than Totaal?"), max_length=200, required=False,
        help_text=_("Type the name as it stands in the table. With more than one: a ; between them."),
    )  # fmt: skip

    def clean_total(self) -> list[str]:
        """Return the names of the totals."""
        return [name.strip() for name in self.cleaned_data["total"].split(";") if name.strip()]
