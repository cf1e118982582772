"""Forms for a value of a parameter and for a word."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rondom.core.forms import DateField
from rondom.reference.parameters import Level, ParameterKind, Type
from rondom.reference.vocabulary import ARTICLES

PROVIDER_KINDS = (
    ("formal_organisation", _("an organisation")),
    ("formal_self_employed", _("a self-employed professional")),
    ("informal", _("somebody of the own network")),
)


class ChangeForm(forms.Form):
    """Another value from a day, with its source."""

    def __init__(self, *args: Any, kind: ParameterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(kind)
        if Level.PRODUCT in kind.levels:
            self.fields["product"] = forms.SlugField(
                label=_("Only for this product code"), required=False, max_length=40
            )
        if Level.PROVIDER_KIND in kind.levels:
            self.fields["provider_kind"] = forms.ChoiceField(
                label=_("Only for help by"), required=False, choices=[("", _("everybody")), *PROVIDER_KINDS]
            )
        self.fields["starts"] = DateField(label=_("From which day?"))
        self.fields["source"] = forms.CharField(
            label=_("On what ground?"), max_length=300, help_text=_("For example: decision of the college, 3-11-2026")
        )
        self.fields["note"] = forms.CharField(label=_("Remark"), max_length=300, required=False)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def scope(self, municipality: str) -> str:
        """Return the scope that was chosen: the municipality, and what it was narrowed to."""
        parts = [municipality]
        parts += [f"{name}:{self.cleaned_data[name]}" for name in ("product", "provider_kind") if self._chosen(name)]
        return "/".join(parts)

    def _chosen(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name))


def _value_field(kind: ParameterKind) -> forms.Field:
    label = _("New value, in %(unit)s") % {"unit": kind.unit} if kind.unit else _("New value")
    if kind.type == Type.YES_NO:
        return forms.ChoiceField(label=label, choices=[("ja", _("yes")), ("nee", _("no"))], widget=forms.RadioSelect)
    if kind.type == Type.CHOICE:
        return forms.ChoiceField(label=label, choices=kind.choices, widget=forms.RadioSelect)
    if kind.type == Type.DATE:
        return DateField(label=label)
    short = forms.TextInput(attrs={"class": "rondom-control--short", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, widget=None if kind.type == Type.TEXT else short)


class WordForm(forms.Form):
    """The word a municipality uses for a term."""

    singular = forms.CharField(label=pgettext_lazy("form of a word", "One"), max_length=60)
    plural = forms.CharField(label=pgettext_lazy("form of a word", "More than one"), max_length=60)
    article = forms.ChoiceField(label=_("Article"), choices=ARTICLES, widget=forms.RadioSelect)
    starts = DateField(label=_("From which day?"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class DayForm(forms.Form):
    """The day for which a list is shown, and a word to look for."""

    words = forms.CharField(label=_("Code or meaning"), required=False, max_length=60)
    day = DateField(label=_("As it was on"), required=False, help_text="")


def tomorrow(day: dt.date) -> dt.date:
    """Return the first day a change can begin."""
    return day + dt.timedelta(days=1)


class SearchForm(forms.Form):
    """A word to look for among the parameters."""

    zoek = forms.CharField(label=_("Find a parameter"), required=False, max_length=60)
    soort = forms.CharField(required=False, widget=forms.HiddenInput)
