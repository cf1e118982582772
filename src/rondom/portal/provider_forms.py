"""Forms of a provider: few fields, with everything the order says already in them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.forms import DateField
from rondom.messages.codes import lists
from rondom.providers.forms import MoneyField
from rondom.providers.models import Product

SHORT = forms.NumberInput({"class": "rondom-control--short"})


def codes(name: str) -> list[tuple[str, str]]:
    """Return (code, meaning) of a list of the standard."""
    return list(lists()[name].items())


class StartForm(forms.Form):
    """The first day of help."""

    began_on = DateField(label=_("On which day did help begin?"))


class StopForm(forms.Form):
    """The last day of help, and why it stopped."""

    last_day = DateField(label=_("What was the last day of help?"))
    reason = forms.ChoiceField(label=_("Why did it stop?"), choices=lambda: [("", "–"), *codes("JZ588")])


class ButtonForm(forms.Form):
    """One question, one button."""


class HelpForm(forms.Form):
    """Which help is asked for, and who referred."""

    product = forms.ChoiceField(label=_("Which help?"), help_text=_("The products of your contract here"))
    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end. Needed for help per week."))
    volume = forms.IntegerField(
        label=_("How much?"), min_value=1, max_value=99_999_999, widget=SHORT,
        help_text=_("In the unit of the product"),
    )  # fmt: skip
    frequency = forms.ChoiceField(label=_("Per what?"), choices=lambda: [("", "–"), *codes("WMO757")])
    referrer = forms.ChoiceField(label=_("Who referred?"), choices=lambda: [("", "–"), *codes("COD327")])
    referrer_name = forms.CharField(
        label=_("Name of who referred"), max_length=64, required=False,
        help_text=_("Or the AGB code below; one of the two for a doctor or certified institution."),
    )  # fmt: skip
    referrer_code = forms.RegexField(
        r"^\d{8}$", label=_("AGB code of who referred"), required=False,
        error_messages={"invalid": _("An AGB code has eight digits.")},
    )  # fmt: skip
    decision = forms.IntegerField(
        label=_("Number of the decision"), required=False, min_value=0, max_value=999_999_999, widget=SHORT,
        help_text=_("Only when the municipality decided already"),
    )  # fmt: skip
    decided_from = DateField(label=_("From when does that decision hold?"), required=False)

    def __init__(self, *args: Any, products: Iterable[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(row.pk): row for row in products}
        units = lists()["WJ756"]
        field: Any = self.fields["product"]
        field.choices = [
            ("", "–"),
            *(
                (key, f"{row.name} ({row.code}), {units.get(row.unit, row.unit).lower()}")
                for key, row in self.products.items()
            ),
        ]


class AskForm(HelpForm):
    """The same for somebody of whom there is no order here yet."""

    bsn = forms.CharField(label=_("BSN"), max_length=11, widget=forms.TextInput({"autocomplete": "off"}))
    first_names = forms.CharField(label=_("First names"), max_length=200, required=False)
    name_prefix = forms.CharField(
        label=_("Prefix"), max_length=10, required=False, help_text=_("For example: van der")
    )  # fmt: skip
    family_name = forms.CharField(label=_("Family name"), max_length=200)
    born_on = DateField(label=_("Date of birth"))
    sex = forms.ChoiceField(label=_("Sex"), choices=lambda: codes("COD046"), initial="0")
    field_order = ("bsn", "first_names", "name_prefix", "family_name", "born_on", "sex")

    def clean_bsn(self) -> str:
        """Return the digits alone."""
        return "".join(sign for sign in self.cleaned_data["bsn"] if sign.isalnum())


class WishForm(forms.Form):
    """How an order has to change."""

    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end"))
    volume = forms.IntegerField(label=_("How much?"), min_value=1, max_value=99_999_999, widget=SHORT)
    budget = MoneyField(label=_("Budget in euros"))
    from_day = DateField(
        label=_("From which day?"), required=False,
        help_text=_("Only for another amount per day, week or month: a day to come."),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Why?"), choices=lambda: [("", "–"), *codes("WJ758")])

    def __init__(self, *args: Any, amount: str, budget: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if amount:
            self.fields["volume"].help_text = amount
        else:
            del self.fields["volume"]
            del self.fields["from_day"]
        if not budget:
            del self.fields["budget"]
