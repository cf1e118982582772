"""Forms of the request desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.allocations.enums import Frequency, NoContract
from rondom.allocations.forms import product_words
from rondom.core.forms import DateField
from rondom.core.words import date_words
from rondom.decisions.models import Decision
from rondom.exchange.enums import Refusal, RequestKind
from rondom.providers.forms import MoneyField
from rondom.providers.models import Product

SHORT = forms.NumberInput({"class": "rondom-control--short"})


def decision_words(award: Decision) -> str:
    """Return a decision as the back office may see it: its number, day and product; not how the team says the help."""
    day = date_words(award.decided_on) if award.decided_on else ""
    return f"{award.number} ({day})" + (f": {award.product.name}" if award.product else "")


class DecisionFields(forms.Form):
    """Which decision it rests on, and what is unusual."""

    decision_reference = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False,
        help_text=_("Only when less or other is ordered than was asked, or when nobody else referred."),
    )  # fmt: skip
    decided_on = DateField(label=_("Date of the decision"), required=False)
    no_contract = forms.ChoiceField(
        label=_("No contract? Why can it be ordered all the same?"), required=False,
        choices=[("", "–"), *NoContract.choices],
    )  # fmt: skip
    mandate = forms.CharField(label=_("Number of the agreement or mandate"), max_length=60, required=False)
    despite = forms.CharField(
        label=_("Why is it right all the same?"), max_length=300, required=False,
        help_text=_("Only when something is not right or not certain. Nothing about the family."),
    )  # fmt: skip


class OrderForm(DecisionFields):
    """Order, as asked or otherwise. What stands in the fields is what was asked."""

    product = forms.ChoiceField(label=_("Which help?"))
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end agreed"))
    volume = forms.IntegerField(
        label=_("How much?"), required=False, min_value=1, widget=SHORT, help_text=_("In the unit of the product.")
    )
    frequency = forms.ChoiceField(label=_("Per what?"), required=False, choices=[("", "–"), *Frequency.choices])
    amount = MoneyField(
        label=_("How much money?"), required=False,
        help_text=_("Only for a kind of help, a free choice within a budget, or help that is paid as a sum."),
    )  # fmt: skip
    award = forms.ChoiceField(label=_("On which decision of ours does it rest?"), required=False)
    street = forms.CharField(
        label=_("Street and house number"), max_length=80, required=False,
        help_text=_("The order needs an address, and none is known here. Look it up in the population register."),
    )  # fmt: skip
    place = forms.CharField(label=_("Postcode and place"), max_length=80, required=False)
    field_order = (
        "product", "starts", "last_day", "volume", "frequency", "amount", "street", "place", "award",
        "decision_reference", "decided_on", "despite", "no_contract", "mandate",
    )  # fmt: skip

    def __init__(
        self, *args: Any, products: Iterable[Product], awards: Iterable[Decision], reachable: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.products = {str(row.pk): row for row in products}
        self.awards = {str(row.pk): row for row in awards}
        fields["product"].choices = [("", "–"), *((key, product_words(row)) for key, row in self.products.items())]
        fields["award"].choices = [
            ("", _("none of these")),
            *((k, decision_words(row)) for k, row in self.awards.items()),
        ]
        if not self.awards:
            del self.fields["award"]
        if reachable:
            del self.fields["street"]
            del self.fields["place"]


class ChangeForm(DecisionFields):
    """Carry out a request for change as it was asked."""


class RefuseForm(forms.Form):
    """Refuse, with the reason that the provider reads."""

    reason = forms.ChoiceField(label=_("Why is it refused?"))
    words = forms.CharField(
        label=_("Why, in your own words"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("For ourselves and for the decision; the provider reads only the reason."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Which municipality is responsible?"), required=False)
    agreed = forms.BooleanField(label=_("Agreed with that municipality"), required=False)

    def __init__(self, *args: Any, kind: str, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        new = kind == RequestKind.NEW
        reasons = [
            choice for choice in Refusal.choices
            if choice[0] != (Refusal.NEW_APPLICATION if new else Refusal.RESIDENCE)
        ]  # fmt: skip
        fields["reason"].choices = [("", "–"), *reasons]
        fields["place"].choices = [("", "–"), *places]
        fields["place"].help_text = _("Only with the woonplaatsbeginsel.")
        if not new:
            del self.fields["place"]
            del self.fields["agreed"]


class LookIntoForm(forms.Form):
    """Let it be looked into."""

    words = forms.CharField(
        label=_("Do you think of less or other help? Why?"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Then a draft of the decision lies ready with the team. Empty: no decision yet."),
    )  # fmt: skip


class DecidedForm(forms.Form):
    """Which decision was made."""

    reference = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = DateField(label=_("Date of the decision"))
