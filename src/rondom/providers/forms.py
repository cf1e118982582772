"""Forms of the back office about providers."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.forms import DateField
from rondom.providers.enums import ContractKind, Funding, ProductKind, ProofKind, Scale
from rondom.reference.queries import choices

MONEY = _("For example 87,50")


class MoneyField(forms.CharField):
    """Euros as people type them: 87,50 or 1.062,50."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "rondom-control--short", "autocomplete": "off"})
        super().__init__(widget=widget, **({"help_text": MONEY} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        """Show an amount as people type it."""
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        plain = text.replace("€", "").replace(" ", "")
        plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
        try:
            found = Decimal(plain)
        except InvalidOperation as error:
            raise forms.ValidationError(_("Write an amount in euros, such as 87,50.")) from error
        if not found.is_finite() or abs(found) >= Decimal("1e8"):
            raise forms.ValidationError(_("Write an amount in euros, such as 87,50."))
        return found


class ProviderForm(forms.Form):
    """A new provider."""

    name = forms.CharField(label=_("Name"), max_length=160)
    agb_code = forms.CharField(
        label=_("AGB code"), max_length=10, required=False, help_text=_("Eight digits; messages go to it.")
    )
    kvk_number = forms.CharField(label=_("Chamber of Commerce number"), max_length=8, required=False)
    phone = forms.CharField(label=_("Phone for registrations"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail for registrations"), required=False)


class ContactForm(forms.Form):
    """How a provider is reached; the name has a form of its own."""

    kvk_number = forms.CharField(label=_("Chamber of Commerce number"), max_length=8, required=False)
    phone = forms.CharField(label=_("Phone for registrations"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail for registrations"), required=False)


class RenameForm(forms.Form):
    """Another name from a day."""

    name = forms.CharField(label=_("New name"), max_length=160)
    day = DateField(label=_("From which day?"))


class AliasForm(forms.Form):
    """A name people use."""

    name = forms.CharField(label=_("What is it called as well?"), max_length=160)


class AgbForm(forms.Form):
    """Another AGB code from a day."""

    agb_code = forms.CharField(label=_("AGB code"), max_length=10, help_text=_("Eight digits; messages go to it."))
    starts = DateField(label=_("From which day?"))


class LocationForm(forms.Form):
    """A place where help is given."""

    name = forms.CharField(label=_("Name of the place"), max_length=120)
    lines = forms.CharField(
        label=_("Address"), widget=forms.Textarea({"rows": 3}),
        help_text=_("Street and number, and below it postcode and place."),
    )  # fmt: skip
    shielded = forms.BooleanField(
        label=_("This place is shielded"), required=False,
        help_text=_("For a shelter or secure house: name and address are shown nowhere by themselves."),
    )  # fmt: skip


class MergeForm(forms.Form):
    """Into which provider, from which day."""

    kept = forms.ChoiceField(label=_("Goes on within"))
    day = DateField(label=_("From which day?"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = others  # type: ignore[attr-defined]


class ContractForm(forms.Form):
    """A new contract."""

    number = forms.CharField(label=_("Contract number"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=ContractKind)
    scale = forms.ChoiceField(label=_("Scale"), choices=Scale, initial=Scale.REGIONAL)
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Leave empty when no end is agreed."))


class ContractEndForm(forms.Form):
    """Another end."""

    last_day = DateField(label=_("Last day"), required=False, help_text=_("Leave empty when no end is agreed."))


class LotForm(forms.Form):
    """A part of a contract."""

    name = forms.CharField(label=_("Name of the lot"), max_length=120)
    funding = forms.ChoiceField(
        label=_("Funding form"), choices=Funding, widget=forms.RadioSelect,
        help_text=_("Effort-based and output-based get a rate per product; task-based a sum per year."),
    )  # fmt: skip
    yearly_sum = MoneyField(label=_("Sum per year"), required=False, help_text=_("Only for task-based."))


class YearlySumForm(forms.Form):
    """Another sum per year."""

    yearly_sum = MoneyField(label=_("Sum per year"))


class CeilingForm(forms.Form):
    """Since when the agreed sum has been used up."""

    reached_on = DateField(
        label=_("Used up since"), required=False,
        help_text=_("Empty: there is room. Help that runs goes on; who orders says why it is right all the same."),
    )  # fmt: skip


class ProductForm(forms.Form):
    """Help that can be ordered in a lot; what is asked depends on its funding form and on how much is left open."""

    kind = forms.ChoiceField(
        label=_("What is ordered?"), choices=ProductKind, initial=ProductKind.SPECIFIC, widget=forms.RadioSelect,
        help_text=_("What the provider chooses itself has no code, unit or rate here: its products have them."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Product category"), required=False)
    code = forms.CharField(label=_("Product code"), max_length=5, required=False, help_text=_("For example 45A01"))
    name = forms.CharField(label=_("What this help is called"), max_length=120)
    unit = forms.ChoiceField(label=_("Unit that is paid for"), required=False)
    result = forms.CharField(label=_("Which result is paid for?"), max_length=200, required=False)

    def __init__(self, *args: Any, funding: str, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["category"].choices = [("", "–"), *choices("product_category", on=day)]
        units = choices("unit", on=day)
        if funding == Funding.OUTPUT:
            units = [(code, label) for code, label in units if code in ("82", "83")]
        else:
            del self.fields["result"]
            units = [(code, label) for code, label in units if code not in ("82", "83")]
        if funding == Funding.TASK:
            del self.fields["unit"]
            del self.fields["kind"]
        else:
            fields["unit"].choices = [("", "–"), *units]

    def clean(self) -> dict[str, Any]:
        """Ask for what one product needs, and refuse what a kind of help or a budget cannot have."""
        said = super().clean() or {}
        kind = said.pop("kind", ProductKind.SPECIFIC)
        needed = {
            ProductKind.SPECIFIC: {"category", "code"}, ProductKind.ASPECIFIC: {"category"},
            ProductKind.GENERIC: set(),
        }[ProductKind(kind)]  # fmt: skip
        for name in ("category", "code"):
            if name in needed and not said.get(name):
                self.add_error(name, _("One product needs this; a kind of help needs its category."))
        for name in ("category", "code", "unit", "result"):
            open_ = kind != ProductKind.SPECIFIC and name not in needed
            if open_ and said.get(name):
                self.add_error(name, _("Leave this empty: the provider chooses it."))
        return said


class RateForm(forms.Form):
    """A rate from a day."""

    amount = MoneyField(label=_("Euros per unit"))
    starts = DateField(label=_("From which day?"))
    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("Usually empty: the next rate ends this one by itself.")
    )


class ProofForm(forms.Form):
    """A proof of quality that was seen."""

    kind = forms.ChoiceField(label=_("Which proof?"), choices=ProofKind)
    seen_on = DateField(label=_("Seen on"))
    valid_until = DateField(label=_("Valid until and including"))
    remark = forms.CharField(label=_("Remark"), max_length=160, required=False)


class WorkerForm(forms.Form):
    """Somebody of a provider who may sign in."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Floor Hendriks"))
    username = forms.CharField(
        label=_("How do they sign in?"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("The name that eHerkenning gives, mostly the e-mail address of their work."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class WorkerEndForm(forms.Form):
    """One question, one button."""
