"""The forms of applications, decisions and mandates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.core.forms import DateField
from rondom.decisions.enums import Channel, DecisionKind, Delivery, Form, Frequency, Shape, StepKind
from rondom.decisions.models import Decision, DecisionLetter
from rondom.dossiers.models import Dossier
from rondom.law.procedure import Offer, Route
from rondom.people.models import Person
from rondom.plans.models import Goal
from rondom.providers.models import Product

YES_NO = (("yes", _("yes")), ("no", _("no")))
OPEN_YES_NO = (("", _("not known yet")), *YES_NO)
AREA = forms.Textarea({"rows": 3})
Choices = Sequence[tuple[str, Any]]


def as_bool(word: str) -> bool | None:
    """Return the answer of a yes-or-no field; None when it is open."""
    return {"yes": True, "no": False}.get(word)


def as_word(value: bool | None) -> str:
    """Return what a yes-or-no field shows."""
    return "" if value is None else "yes" if value else "no"


class ApplicationForm(forms.Form):
    """What is asked, for which children, by whom, and how it came in."""

    dossiers = forms.MultipleChoiceField(
        label=_("For which child?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Each child gets an application and a decision of its own."),
    )  # fmt: skip
    received_on = DateField(label=_("On which day did it come in?"))
    channel = forms.ChoiceField(label=_("How did it come in?"), choices=Channel)
    shape = forms.ChoiceField(
        label=_("In which shape?"), choices=Shape, widget=forms.RadioSelect,
        help_text=_("With or without a form: the time to decide runs from the day it came in."),
    )  # fmt: skip
    asked_by = forms.ChoiceField(label=_("Who asks?"))
    asked = forms.CharField(label=_("What is asked, in their words?"), widget=AREA)
    asked_extent = forms.CharField(
        label=_("How much is asked?"), max_length=160, required=False, help_text=_("For example: two hours a week")
    )
    wants_budget = forms.BooleanField(label=_("They ask a personal budget (pgb)"), required=False)
    signed = forms.BooleanField(label=_("It is signed; one signature is enough"), required=False)
    has_name_and_address = forms.BooleanField(label=_("It has a name and an address"), required=False)

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["dossiers"].choices = [(str(d.pk), d.youth.name) for d in dossiers]
        fields["asked_by"].choices = [("", "–"), *((str(p.pk), p.name) for p in people)]


class CompletionForm(forms.Form):
    """What is missing, and when it was asked."""

    starts_on = DateField(label=_("On which day did you ask it?"))
    words = forms.CharField(
        label=_("What is missing?"), widget=AREA, help_text=_("For example: a signature, or the report of the school")
    )


class EndedForm(forms.Form):
    """The day on which the time runs again."""

    ended_on = DateField(
        label=_("On which day did it come in, or did the given time pass?"),
        help_text=_("For another reason: the last day on which the time stood still."),
    )  # fmt: skip


class PauseForm(forms.Form):
    """Why the time stands still, and since when."""

    ground = forms.ChoiceField(
        label=_("Why does the time stand still?"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (StepKind.CONSENT, StepKind.APPLICANT, StepKind.FORCE_MAJEURE)],
    )  # fmt: skip
    starts_on = DateField(label=_("From which day?"))
    words = forms.CharField(label=_("What happened, and how do you know?"), widget=AREA)


class PostponeForm(forms.Form):
    """Until when it takes longer, and when that was told."""

    until = DateField(label=_("Until which day?"))
    starts_on = DateField(label=_("On which day did you tell the applicant?"))
    words = forms.CharField(label=_("Why does it take longer?"), widget=AREA)


class DefaultForm(forms.Form):
    """A notice of default that came in."""

    starts_on = DateField(label=_("On which day did the notice come in?"))
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class ReasonForm(forms.Form):
    """A reason that stays to be read."""

    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class BeginForm(forms.Form):
    """What the decision is about, and what you expect to decide; it can be changed until it is asked to be signed."""

    about = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What do you think will be decided?"), choices=DecisionKind.about_help())

    def __init__(self, *args: Any, about: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = list(about)


class InquiryForm(forms.Form):
    """The five steps of the inquiry, the adviser, and hearing; what you do not know yet stays empty."""

    question = forms.CharField(label=_("1. What is the question?"), widget=AREA, required=False)
    problems = forms.CharField(label=_("2. Which problems or disorders are there?"), widget=AREA, required=False)
    help_needed = forms.CharField(label=_("3. Which help is needed?"), widget=AREA, required=False)
    extent = forms.CharField(
        label=_("How much help is needed, before own strength is taken off?"), max_length=160, required=False,
        help_text=_("For example: three hours a week, for half a year"),
    )  # fmt: skip
    own_strength = forms.CharField(
        label=_("4. What can the family and people around it do?"), widget=AREA, required=False
    )
    remaining_help = forms.CharField(label=_("5. Which help is still needed then?"), widget=AREA, required=False)
    wishes = forms.CharField(
        label=_("What does the family wish, and which choices did you offer?"), widget=AREA, required=False,
        help_text=_("If you do not follow a wish: why."),
    )  # fmt: skip
    adviser = forms.CharField(label=_("Did somebody advise? Who?"), max_length=160, required=False)
    advice = forms.CharField(label=_("What is the advice?"), widget=AREA, required=False)
    advice_checked = forms.CharField(
        label=_("How did you check the advice?"), widget=AREA, required=False,
        help_text=_("Is it complete, does it follow, who was spoken to? An advice alone does not carry a decision."),
    )  # fmt: skip
    differs = forms.ChoiceField(
        label=_("Does a refusal rest on other facts than they gave?"), choices=OPEN_YES_NO, required=False
    )
    heard_on = DateField(label=_("On which day were they heard about that?"), required=False)
    heard = forms.CharField(label=_("What did they say about it?"), widget=AREA, required=False)


class DecisionForm(forms.Form):
    """What is decided, for which goals, why, and on which article."""

    kind = forms.ChoiceField(label=_("What is decided?"), choices=DecisionKind.about_help())
    goals = forms.MultipleChoiceField(
        label=_("For which goals of the plan?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("They come into the letter in the words of the family. You do not type them again."),
    )  # fmt: skip
    product = forms.ChoiceField(label=_("Which help?"), required=False)
    help_words = forms.CharField(
        label=_("Or in words"), max_length=160, required=False, help_text=_("This stands in the letter when filled in.")
    )
    form = forms.ChoiceField(label=_("In which form?"), choices=Form, widget=forms.RadioSelect, initial=Form.IN_KIND)
    volume = forms.IntegerField(
        label=_("How much?"), required=False, min_value=1, widget=forms.NumberInput({"class": "rondom-control--short"})
    )
    unit = forms.CharField(label=_("Of what?"), max_length=30, required=False, help_text=_("For example: minutes"))
    frequency = forms.ChoiceField(label=_("Per what?"), required=False, choices=[("", "–"), *Frequency.choices])
    starts = DateField(label=_("First day"), required=False)
    last_day = DateField(label=_("Last day"), required=False)
    motivation = forms.CharField(
        label=_("Why is this decided?"), widget=forms.Textarea({"rows": 6}), required=False,
        help_text=_("From the problems and goals to the help: plain words, to the family."),
    )  # fmt: skip
    refusal = forms.CharField(
        label=_("What is not given, and why?"), widget=forms.Textarea({"rows": 4}), required=False
    )
    article = forms.CharField(label=_("On which article of the law does it rest?"), max_length=80, required=False)
    ordinance = forms.CharField(label=_("And on which article of the ordinance?"), max_length=80, required=False)

    def __init__(self, *args: Any, goals: Iterable[Goal], products: Iterable[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["goals"].choices = [(str(g.pk), f"{g.text} ({g.said_by})") for g in goals]
        if not fields["goals"].choices:  # no plan yet, or no goal of this youth
            del fields["goals"]
        fields["product"].choices = [("", "–"), *((str(p.pk), f"{p.name} ({p.code_words})") for p in products)]


class ApartForm(forms.Form):
    """A decision about the application itself: not treated, or the penalty for deciding late."""

    penalty = forms.DecimalField(
        label=_("How much is the penalty, in euros?"), required=False, min_value=0, decimal_places=2, localize=True,
        help_text=_("What the law gives stands here already; 0 when nothing is due."),
    )  # fmt: skip
    motivation = forms.CharField(
        label=_("Why is this decided?"), widget=forms.Textarea({"rows": 6}), required=False,
        help_text=_("In plain words, to who asked."),
    )  # fmt: skip
    article = forms.CharField(label=_("On which article of the law does it rest?"), max_length=80, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != DecisionKind.PENALTY:
            del self.fields["penalty"]


class BudgetForm(forms.Form):
    """The three tests of a personal budget, in the order of the law, and what it may cost."""

    informed = forms.ChoiceField(
        label=_("Did you tell beforehand, fully and plainly, what a personal budget is?"), choices=OPEN_YES_NO,
        required=False,
    )  # fmt: skip
    capable = forms.ChoiceField(
        label=_("1. Can they do the tasks, alone or with help?"), choices=OPEN_YES_NO, required=False
    )
    capable_words = forms.CharField(label=_("How did you find that out?"), widget=AREA, required=False)
    reasoned = forms.ChoiceField(
        label=_("2. Did they explain why care in kind does not fit?"), choices=OPEN_YES_NO, required=False
    )
    reasoned_words = forms.CharField(label=_("What did they say?"), widget=AREA, required=False)
    quality = forms.ChoiceField(label=_("3. Is the help of good quality?"), choices=OPEN_YES_NO, required=False)
    quality_words = forms.CharField(label=_("How did you find out about the quality?"), widget=AREA, required=False)
    requested = forms.DecimalField(
        label=_("Which rate per hour do they ask, in euros?"), required=False, min_value=0, decimal_places=2,
        localize=True,
    )  # fmt: skip
    in_kind = forms.DecimalField(
        label=_("What does the same help cost in kind per hour, in euros?"), required=False, min_value=0,
        decimal_places=2, localize=True,
    )  # fmt: skip
    hours = forms.IntegerField(label=_("How many hours in the whole period?"), required=False, min_value=1)


class AskForm(forms.Form):
    """Whom you ask to read along and sign, and for which decisions of this family."""

    decisions = forms.MultipleChoiceField(
        label=_("Which decisions?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Brothers and sisters together: one reading, a letter for each."),
    )  # fmt: skip
    reader = forms.ChoiceField(label=_("Who reads along and signs?"))
    until = DateField(label=_("Until which day?"))

    def __init__(
        self, *args: Any, decisions: Sequence[Decision], readers: Iterable[StaffMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.rows = list(decisions)
        fields["decisions"].choices = [
            (str(row.pk), f"{row.dossier.youth.name}: {row.get_kind_display()}, {row.what}") for row in self.rows
        ]
        fields["reader"].choices = [("", "–"), *((str(s.pk), s.name) for s in readers)]
        for number, row in enumerate(self.rows):
            self.fields[f"despite_{number}"] = forms.CharField(
                label=_("%(name)s: is something unwise, but right all the same? Why?")
                % {"name": row.dossier.youth.short_name},
                max_length=300, required=False, initial=row.despite,
            )  # fmt: skip

    def reasons(self) -> dict[Any, str]:
        """Return per decision why it is right all the same."""
        return {row.pk: self.cleaned_data[f"despite_{number}"] for number, row in enumerate(self.rows)}


class SendForm(forms.Form):
    """How and when a letter went out."""

    delivery = forms.ChoiceField(label=_("How did the letter go?"), choices=Delivery, widget=forms.RadioSelect)
    sent_on = DateField(label=_("On which day was it sent or handed over?"))

    def __init__(self, *args: Any, letter: DecisionLetter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if letter.no_address:
            field: Any = self.fields["delivery"]
            field.help_text = _("No address is printed on this letter. Hand it over, or ask how to reach this person.")


class ReceivedForm(forms.Form):
    """The day on which somebody received the letter."""

    received_on = DateField(label=_("On which day did they receive it?"))


class NeededForm(forms.Form):
    """Whether a decision is needed: nothing about a family, and nothing is kept."""

    route = forms.ChoiceField(
        label=_("Along which way does the help come?"),
        choices=[
            (Route.MUNICIPALITY.value, _("by our team, with the family")), (Route.MEDICAL.value, _("by a doctor")),
            (Route.INSTITUTION.value, _("by a certified institution")), (Route.JUSTICE.value, _("by the court")),
            (Route.CRISIS.value, _("by the crisis service")),
        ],
    )  # fmt: skip
    offer = forms.ChoiceField(
        label=_("Which help is it?"),
        choices=[
            (Offer.INDIVIDUAL.value, _("help for this youth, from a provider")),
            (Offer.TEAM.value, _("help by our own team")), (Offer.FREE.value, _("help that everybody may use")),
        ],
    )  # fmt: skip
    as_asked = forms.ChoiceField(
        label=_("Does it come as it was asked or referred?"), choices=OPEN_YES_NO, required=False
    )
    wants_budget = forms.BooleanField(label=_("They ask a personal budget (pgb)"), required=False)
    asked_for = forms.BooleanField(label=_("They ask for a decision"), required=False)
    lowers_award = forms.BooleanField(label=_("Something that a decision gave gets less, or ends"), required=False)


class MandateForm(forms.Form):
    """Who may sign which decisions, from when, by which mandate decision."""

    organisation = forms.ChoiceField(label=_("Of which organisation?"))
    role = forms.ChoiceField(label=_("Everybody in the role of"), choices=[("", "–"), *Role.choices], required=False)
    staff = forms.ChoiceField(label=_("Or one colleague"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Which decisions?"), choices=DecisionKind, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.CharField(
        label=_("By which mandate decision?"), max_length=160, required=False,
        help_text=_("For example: Mandaatbesluit jeugd 2026, artikel 3"),
    )  # fmt: skip
    most = forms.DecimalField(
        label=_("A personal budget up to how many euros?"), required=False, min_value=0, decimal_places=2,
        help_text=_("Empty: no bound."), localize=True,
    )  # fmt: skip
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty: no end agreed"))

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], colleagues: Iterable[StaffMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].choices = [(str(o.pk), o.name) for o in organisations]
        fields["staff"].choices = [("", "–"), *((str(s.pk), f"{s.name}, {s.organisation.name}") for s in colleagues)]


class MandateEndForm(forms.Form):
    """The last day of a mandate."""

    last_day = DateField(label=_("Last day"))
