"""Trying an aid, and proposing the day from which it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.aids.cells import NO, YES
from rondom.aids.tables import CHOICE, YES_NO, Question, Table
from rondom.core.forms import DateField


class TryForm(forms.Form):
    """The questions of a table; every one may stay open, the aid asks what it needs."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in table.questions:
            self.fields[question.name] = _field(question)


def _field(question: Question) -> forms.Field:
    if question.type in (CHOICE, YES_NO):
        answers = list(question.answers) or [(YES, str(_("yes"))), (NO, str(_("no")))]
        return forms.ChoiceField(label=question.words, required=False, choices=answers, widget=forms.RadioSelect)
    short = forms.TextInput(attrs={"class": "rondom-control--short", "autocomplete": "off", "inputmode": "decimal"})
    return forms.CharField(label=question.words, required=False, max_length=20, widget=short)


class ProposeForm(forms.Form):
    """From which day a table should hold."""

    starts = DateField(label=_("From which day?"))
