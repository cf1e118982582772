"""The forms of an allocation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.allocations.enums import Decision, Frequency, Ground, StopReason
from rondom.core.forms import DateField
from rondom.dossiers.models import Dossier
from rondom.plans.models import Goal
from rondom.providers.models import Product

YES_NO = (("yes", _("yes")), ("no", _("no")))


def product_words(product: Product) -> str:
    """Return a product as people choose it: "Samen Sterk Polder: Kortdurende hulp (45A48)"."""
    return f"{product.lot.contract.provider.name}: {product.name} ({product.code})"


class OrderForm(forms.Form):
    """What help, for whom, from when, on what basis."""

    dossier = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    goal = forms.ChoiceField(label=_("For which goal of the plan?"), required=False)
    product = forms.ChoiceField(label=_("Which help?"), required=False)
    free_offer = forms.CharField(
        label=_("Or which free offer?"), max_length=160, required=False,
        help_text=_("Help that everybody may use, and that is not ordered. For example: Home-Start"),
    )  # fmt: skip
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end agreed"))
    volume = forms.IntegerField(
        label=_("How much?"), required=False, min_value=1, widget=forms.NumberInput({"class": "rondom-control--short"}),
        help_text=_("In the unit of the product. Empty for help with a fixed sum and for a free offer."),
    )  # fmt: skip
    frequency = forms.ChoiceField(label=_("Per what?"), required=False, choices=[("", "–"), *Frequency.choices])
    ground = forms.ChoiceField(label=_("Along which way?"), choices=Ground, initial=Ground.MUNICIPAL)
    decision = forms.ChoiceField(label=_("Is there a decision?"), choices=Decision, widget=forms.RadioSelect)
    decision_reference = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_on = DateField(label=_("Date of the decision"), required=False)
    despite = forms.CharField(
        label=_("Why is it right all the same?"), max_length=300, required=False,
        help_text=_("Only when something is unusual. The back office reads it: nothing about the family."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, dossiers: Iterable[Dossier], goals: Iterable[Goal], holds: Iterable[Product],
        others: Iterable[Product], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["dossier"].choices = [(str(d.pk), d.youth.name) for d in dossiers]
        fields["goal"].choices = [("", "–"), *((str(g.pk), g.text[:80]) for g in goals)]
        groups: list[Any] = [("", "–")]
        for label, products in ((_("With a contract"), holds), (_("No contract or rate now"), others)):
            listed = [(str(p.pk), product_words(p)) for p in products]
            groups += [(label, listed)] if listed else []
        fields["product"].choices = groups


class StartForm(forms.Form):
    """The provider's two questions, and the first day."""

    right_address = forms.ChoiceField(
        label=_("Does the provider find this the right address?"), choices=YES_NO, widget=forms.RadioSelect
    )
    help_needed = forms.ChoiceField(
        label=_("Is help needed, is advice not enough?"), choices=YES_NO, widget=forms.RadioSelect
    )
    first_talk_on = DateField(label=_("When was the first talk at the provider?"), required=False)
    started_on = DateField(label=_("On which day did the help begin?"))


class StopForm(forms.Form):
    """The last day, and why."""

    stopped_on = DateField(label=_("Last day of the help"))
    reason = forms.ChoiceField(label=_("Why does it stop?"), choices=StopReason)
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    end_decision = forms.CharField(
        label=_("Number of the decision about the end"), max_length=60, required=False,
        help_text=_("Only when the municipality ends what a decision gave."),
    )  # fmt: skip

    def __init__(self, *args: Any, started: bool, decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = StopReason.before_start() if started else frozenset({StopReason.AS_PLANNED})
        fields: Any = self.fields
        fields["reason"].choices = [choice for choice in StopReason.choices if choice[0] not in left_out]
        if not decided:
            del self.fields["end_decision"]


class SendBackForm(forms.Form):
    """What is not right in an order."""

    reason = forms.CharField(
        label=_("What is not right?"), max_length=300, help_text=_("The team reads it and puts it right.")
    )
