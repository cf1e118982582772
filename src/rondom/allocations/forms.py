"""The forms of an allocation."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.allocations.actions import CENTS
from rondom.allocations.changing import WITHDRAWN_FOR
from rondom.allocations.enums import (
    ChangeReason,
    Decision,
    Frequency,
    Ground,
    NoContract,
    StopReason,
    WaitReason,
)
from rondom.allocations.models import Allocation
from rondom.core.forms import DateField, DateTimeField
from rondom.core.words import date_words
from rondom.decisions.models import Decision as Award
from rondom.dossiers.models import Dossier, MeetingParticipant
from rondom.people.models import Person
from rondom.plans.models import Goal
from rondom.providers.enums import EURO_UNIT, ProductKind
from rondom.providers.forms import MoneyField
from rondom.providers.models import Product

WHAT = _("One product, or what the contracts leave to the provider: a kind of help, or a free choice within a budget.")
YES_NO = (("yes", _("yes")), ("no", _("no")))


def product_words(product: Product) -> str:
    """Return a product as people choose it: "Samen Sterk Polder: Kortdurende hulp (45A48)"."""
    return f"{product.lot.contract.provider.name}: {product.name} ({product.code_words})"


def award_words(award: Award) -> str:
    """Return a decision as people choose it: "Ruben: Kortdurende hulp (2026-0003, 24 november 2026)"."""
    what = award.help_words or (award.product.name if award.product else "")
    day = date_words(award.decided_on) if award.decided_on else ""
    return f"{award.dossier.youth.short_name}: {what} ({award.number}, {day})"


def product_choices(holds: Iterable[Product], others: Iterable[Product]) -> list[Any]:
    """Return what can be ordered, grouped by how much the provider chooses; what has no contract or rate comes last."""
    ready = list(holds)
    groups: list[Any] = [("", "–")]
    kinds = [(kind.label, [each for each in ready if each.kind == kind]) for kind in ProductKind]
    for label, products in (*kinds, (_("No contract or rate now"), others)):
        listed = [(str(p.pk), product_words(p)) for p in products]
        groups += [(label, listed)] if listed else []
    return groups


def _amount() -> MoneyField:
    return MoneyField(
        label=_("How much money?"), required=False,
        help_text=_("Only for a kind of help, a free choice within a budget, or help that is paid as a sum."),
    )  # fmt: skip


def sum_of(row: Allocation) -> Decimal | None:
    """Return the money of an order in euros, as it stands in a form: its budget, or its volume when that is a sum."""
    cents = row.volume if row.unit == EURO_UNIT else row.budget
    return Decimal(cents) / CENTS if cents is not None else None


def _offer_lookers(form: forms.Form, lookers: Sequence[StaffMember]) -> None:
    """Let a colleague of the back office be chosen, only where a dossier is shielded."""
    fields: Any = form.fields
    if lookers:
        fields["shown_to"].choices = [("", "–"), *((str(each.pk), each.name) for each in lookers)]
    else:
        del fields["shown_to"]


def _shown_to() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Who of the back office looks at it?"), required=False,
        help_text=_("Only when something is unusual: this dossier is shielded, so one named colleague looks."),
    )  # fmt: skip


class OrderForm(forms.Form):
    """What help, for whom, from when, on what basis."""

    dossier = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)
    goal = forms.ChoiceField(label=_("For which goal of the plan?"), required=False)
    product = forms.ChoiceField(label=_("Which help?"), required=False, help_text=WHAT)
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
    amount = _amount()
    ground = forms.ChoiceField(label=_("Along which way?"), choices=Ground, initial=Ground.MUNICIPAL)
    award = forms.ChoiceField(label=_("On which decision of ours does it rest?"), required=False)
    decision = forms.ChoiceField(label=_("Is there a decision?"), choices=Decision, widget=forms.RadioSelect)
    decision_reference = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_on = DateField(label=_("Date of the decision"), required=False)
    bridges = forms.ChoiceField(
        label=_("Does it bridge the wait for other help?"), required=False,
        help_text=_("Help until the ordered help begins. Then that help stays ordered."),
    )  # fmt: skip
    no_contract = forms.ChoiceField(
        label=_("No contract? Why can it be ordered all the same?"), required=False,
        choices=[("", "–"), *NoContract.choices],
    )  # fmt: skip
    mandate = forms.CharField(
        label=_("Number of the agreement or mandate"), max_length=60, required=False,
        help_text=_("Only without a contract. Not known yet? The back office writes it."),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("Why is it right all the same?"), max_length=300, required=False,
        help_text=_("Only when something is unusual. The back office reads it: nothing about the family."),
    )  # fmt: skip
    shown_to = _shown_to()

    def __init__(
        self, *args: Any, dossiers: Iterable[Dossier], goals: Iterable[Goal], holds: Iterable[Product],
        others: Iterable[Product], waiting: Iterable[Allocation] = (), awards: Sequence[Award] = (),
        lookers: Sequence[StaffMember] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        _offer_lookers(self, lookers)
        fields: Any = self.fields
        fields["dossier"].choices = [(str(d.pk), d.youth.name) for d in dossiers]
        fields["goal"].choices = [("", "–"), *((str(g.pk), g.text[:80]) for g in goals)]
        fields["product"].choices = product_choices(holds, others)
        listed = [(str(a.pk), award_words(a)) for a in awards]
        fields["award"].choices = [("", _("none of these")), *listed]
        if listed:
            fields["decision"].required = False
            fields["decision"].help_text = _("Only when you chose no decision of ours.")
        else:
            del self.fields["award"]
        waits = [(str(w.pk), f"{w.dossier.youth.short_name}: {w.what}") for w in waiting]
        fields["bridges"].choices = [("", "–"), *waits]
        if not waits:
            del self.fields["bridges"]

    def clean_decision(self) -> str:
        """Ask for a basis when no decision of ours is chosen."""
        said = str(self.cleaned_data["decision"])
        if not said and not self.cleaned_data.get("award"):
            asked = _("Choose a decision of ours, or say which decision there is or why there is none.")
            raise forms.ValidationError(asked)
        return said


class RegistrationOrderForm(forms.Form):
    """What help on a registration, from when, with which basis; along which way follows from who referred."""

    product = forms.ChoiceField(label=_("Which help?"), help_text=WHAT)
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end agreed"))
    volume = forms.IntegerField(
        label=_("How much?"), required=False, min_value=1, widget=forms.NumberInput({"class": "rondom-control--short"}),
        help_text=_("In the unit of the product. Empty for help with a fixed sum."),
    )  # fmt: skip
    frequency = forms.ChoiceField(label=_("Per what?"), required=False, choices=[("", "–"), *Frequency.choices])
    amount = _amount()
    decision = forms.ChoiceField(label=_("Is there a decision?"), widget=forms.RadioSelect)
    decision_reference = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_on = DateField(label=_("Date of the decision"), required=False)
    no_contract = forms.ChoiceField(
        label=_("No contract? Why can it be ordered all the same?"), required=False,
        choices=[("", "–"), *NoContract.choices],
    )  # fmt: skip
    mandate = forms.CharField(label=_("Number of the agreement or mandate"), max_length=60, required=False)
    despite = forms.CharField(
        label=_("Why is it right all the same?"), max_length=300, required=False,
        help_text=_("Only when something is unusual. A colleague of the back office looks at it."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, holds: Iterable[Product], others: Iterable[Product], decisions: Sequence[Decision],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["product"].choices = product_choices(holds, others)
        fields["decision"].choices = [(each.value, each.label) for each in decisions]
        if len(decisions) == 1:
            fields["decision"].initial = decisions[0].value


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
    ours = forms.ChoiceField(label=_("By which decision of ours does it end?"), required=False)
    end_decision = forms.CharField(
        label=_("Number of the decision about the end"), max_length=60, required=False,
        help_text=_("Only when the municipality ends what a decision gave."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, started: bool, decided: bool, rests: bool = False, taken: Sequence[Award] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        never = frozenset({StopReason.AS_PLANNED, StopReason.FOR_A_WHILE})
        left_out = StopReason.before_start() if started else never
        left_out |= {StopReason.FOR_A_WHILE} if rests else frozenset()
        fields: Any = self.fields
        fields["reason"].choices = [choice for choice in StopReason.choices if choice[0] not in left_out]
        fields["ours"].choices = decision_choices(taken)
        if not decided or not taken:
            del self.fields["ours"]
        if not decided:
            del self.fields["end_decision"]

    def clean(self) -> dict[str, Any]:
        """Take the number of the decision that was chosen."""
        said = super().clean() or {}
        if said.get("ours"):
            said["end_decision"] = said["ours"]
        return said


class SendBackForm(forms.Form):
    """What is not right in an order."""

    reason = forms.CharField(
        label=_("What is not right?"), max_length=300, help_text=_("The team reads it and puts it right.")
    )


class ResumeForm(forms.Form):
    """The day on which help goes on."""

    resumed_on = DateField(label=_("On which day did the help go on?"))


class LetThroughForm(forms.Form):
    """Under which agreement help without a contract is bought."""

    mandate = forms.CharField(
        label=_("Number of the agreement or mandate"), max_length=60, required=False,
        help_text=_("There is no contract for this help. For example: MAND-2026-14"),
    )  # fmt: skip


def decision_choices(taken: Sequence[Award]) -> list[Any]:
    """Return the decisions about a youth to choose from, by their number."""
    return [("", _("none of these"))] + [
        (each.number, f"{each.get_kind_display()}: {award_words(each)}") for each in taken
    ]


class Deciding(forms.Form):
    """Why, in words, and under which decision: one of ours by choosing it, another by its number and date."""

    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    ours = forms.ChoiceField(label=_("On which decision of ours does it rest?"), required=False)
    decision_reference = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False,
        help_text=_("What a decision gave becomes more, less or otherwise by decision only."),
    )  # fmt: skip
    decided_on = DateField(label=_("Date of the decision"), required=False)

    def __init__(self, *args: Any, taken: Sequence[Award] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if taken:
            fields["ours"].choices = decision_choices(taken)
        else:
            del self.fields["ours"]

    def clean(self) -> dict[str, Any]:
        """Take the number of the decision that was chosen; its date is known."""
        said = super().clean() or {}
        if said.get("ours"):
            said["decision_reference"], said["decided_on"] = said["ours"], None
        return said


class ChangeForm(Deciding):
    """How the help should be from now on, and why."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end agreed"))
    volume = forms.IntegerField(
        label=_("How much?"), required=False, min_value=1, widget=forms.NumberInput({"class": "rondom-control--short"})
    )
    frequency = forms.ChoiceField(label=_("Per what?"), required=False, choices=[("", "–"), *Frequency.choices])
    amount = _amount()
    product = forms.ChoiceField(label=_("Which help?"), required=False)
    starts = DateField(
        label=_("Otherwise from which day?"), required=False,
        help_text=_(
            "Only for other help or another amount: then this order ends the day before, and a new one follows."
        ),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why does it change?"),
        choices=[choice for choice in ChangeReason.choices if choice[0] != ChangeReason.SENT_WRONGLY],
        initial=ChangeReason.LONGER,
    )  # fmt: skip
    agreed_with_provider = forms.BooleanField(
        label=_("The provider agrees"), required=False,
        help_text=_("Needed for less, and for a last day that has passed."),
    )  # fmt: skip
    no_contract = forms.ChoiceField(
        label=_("No contract? Why can it be ordered all the same?"), required=False,
        choices=[("", "–"), *NoContract.choices],
    )  # fmt: skip
    mandate = forms.CharField(label=_("Number of the agreement or mandate"), max_length=60, required=False)
    despite = forms.CharField(
        label=_("Why is it right all the same?"), max_length=300, required=False,
        help_text=_("Only when something is unusual. The back office reads it: nothing about the family."),
    )  # fmt: skip
    shown_to = _shown_to()
    field_order = (
        "last_day", "volume", "frequency", "amount", "product", "starts", "reason", "words", "ours",
        "decision_reference", "decided_on", "agreed_with_provider", "no_contract", "mandate", "despite", "shown_to",
        "opened_version",
    )  # fmt: skip

    def __init__(
        self, *args: Any, priced: bool, holds: Iterable[Product], others: Iterable[Product],
        lookers: Sequence[StaffMember] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        _offer_lookers(self, lookers if priced else ())
        fields: Any = self.fields
        if priced:
            fields["product"].choices = product_choices(holds, others)
            fields["product"].required = True
            return
        for name in ("volume", "frequency", "amount", "product", "starts", "no_contract", "mandate", "despite"):
            del fields[name]


class WithdrawForm(Deciding):
    """Why an order is taken back before help began."""

    reason = forms.ChoiceField(
        label=_("Why is it withdrawn?"), choices=[(each.value, each.label) for each in WITHDRAWN_FOR]
    )
    field_order = ("reason", "words", "ours", "decision_reference", "decided_on")


class WaitForm(forms.Form):
    """What is known of a wait at the provider."""

    registered_on = DateField(
        label=_("Registered at the provider"), required=False,
        help_text=_("Empty: the day on which the order went out, along our own way."),
    )  # fmt: skip
    first_talk_on = DateField(label=_("First talk at the provider"), required=False)
    reason = forms.ChoiceField(
        label=_("May the wait be longer, or does it not count? Why?"), required=False,
        choices=[("", "–"), *WaitReason.choices], help_text=_("The wait stays visible, whatever the reason."),
    )  # fmt: skip
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class WatchForm(forms.Form):
    """Who looks after a wait, and when next."""

    watched_by = forms.ChoiceField(label=_("Who looks after it?"))
    check_on = DateField(
        label=_("On which day do you look again?"), help_text=_("Looked today? Then choose the next day.")
    )
    words = forms.CharField(
        label=_("What do you look at then?"), max_length=160,
        help_text=_("For example: whether the family can hold on until the intake."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["watched_by"].choices = [(str(each.pk), each.name) for each in colleagues]


class TalkForm(forms.Form):
    """The talk in which a youth is handed over: when, where, and who is at the table."""

    planned_at = DateTimeField(label=_("When?"), help_text=_("For example tomorrow at 16.00"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=120)
    persons = forms.MultipleChoiceField(
        label=_("Who of the family is there?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who of the family is there: you hand over together with them.")},
    )  # fmt: skip
    received_by = forms.CharField(
        label=_("Who comes for the provider?"), max_length=80,
        error_messages={"required": _("Write who comes for the provider.")},
        help_text=_("A name and what they do. For example: Ilse Vos, family coach"),
    )  # fmt: skip
    staff = forms.MultipleChoiceField(label=_("Which colleagues?"), required=False, widget=forms.CheckboxSelectMultiple)
    questions = forms.CharField(
        label=_("What do we want to talk about?"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Also what the family itself wants to ask."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Iterable[Person], colleagues: Iterable[StaffMember], secret: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["persons"].choices = [(str(p.pk), p.name) for p in people]
        fields["staff"].choices = [(str(c.pk), c.name) for c in colleagues]
        if secret:
            fields["place"].help_text = _("The address of this family is secret. Do not write an address here.")


class ToldForm(forms.Form):
    """How the talk went: who came, what was handed over, for which goals."""

    came = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("What did you hand over?"), widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write what you handed over, as it was said at the table.")},
        help_text=_("What the provider has to know, and what you agreed. Only what is needed for this help."),
    )  # fmt: skip
    goals = forms.MultipleChoiceField(
        label=_("Which goals of the plan?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("In the words of the family. You do not type them again."),
    )  # fmt: skip
    despite = forms.CharField(label=_("Nobody of the family was there? Why?"), max_length=300, required=False)

    def __init__(self, *args: Any, seats: Sequence[MeetingParticipant], goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["came"].choices = [
            (str(s.pk), s.person.name if s.person else s.staff.name if s.staff else s.outside) for s in seats
        ]
        fields["goals"].choices = [(str(g.pk), f"{g.text} ({g.said_by})") for g in goals]
        for name in ("came", "goals"):
            if not fields[name].choices:  # written on the page of the meeting already; no goal of this child
                del fields[name]


class AcceptForm(forms.Form):
    """Who of the provider said that they take over, and when."""

    accepted_by = forms.CharField(
        label=_("Who said so?"), max_length=80,
        error_messages={"required": _("Write who of the provider said that they take over.")},
    )  # fmt: skip
    accepted_on = DateField(label=_("On which day?"))


class NotNeededForm(forms.Form):
    """Why nobody is handed over."""

    reason = forms.CharField(
        label=_("Why is no handover needed?"), max_length=300,
        error_messages={"required": _("Write why no handover is needed.")},
        help_text=_("For example: the family knows this helper already."),
    )  # fmt: skip
