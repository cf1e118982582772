"""The forms of a plan: one question block at a time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.forms import DateField
from rondom.people.models import Person
from rondom.plans.enums import Answer, Doer, Gap, GoalState, Outcome
from rondom.plans.models import Goal


def _area(label: Any, rows: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, widget=forms.Textarea({"rows": rows}))


def _choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(p.pk), p.name) for p in people]


class HeadForm(forms.Form):
    """What goes well, how long it takes, and when people look back for the first time."""

    going_well = _area(_("What goes well?"), 4, _("Begin with this, in the words of the family."))
    duration = forms.CharField(
        label=_("How long do we think it takes?"),
        max_length=120,
        required=False,
        help_text=_("For example: half a year"),
    )
    first_evaluation_on = DateField(label=_("When do we look back for the first time?"), required=False)

    def __init__(self, *args: Any, agreed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["first_evaluation_on"]


class BeginForm(HeadForm):
    """The beginning of a plan."""

    second_because = forms.CharField(label=_("Why a second plan?"), max_length=300, required=False)

    def __init__(self, *args: Any, second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not second:
            del self.fields["second_because"]


class GoalForm(forms.Form):
    """A goal, in the family's words."""

    text = _area(
        _("What do you want to reach?"), 3, _("In the words of the family. For example: I sleep at home again.")
    )
    said_by = forms.CharField(label=_("Whose words are these?"), max_length=120, help_text=_("For example: Lot"))
    concerns = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=forms.CheckboxSelectMultiple)
    noticed_by = forms.CharField(
        label=_("How do you notice that it works?"), max_length=300, required=False,
        help_text=_("For example: four weeks in a row at school in time"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = _choices(people)  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """Who does what, and when."""

    doer = forms.ChoiceField(label=_("Whose share is this?"), choices=Doer, widget=forms.RadioSelect)
    who = forms.CharField(label=_("Who?"), max_length=120, help_text=_("For example: grandma Truus"))
    what = forms.CharField(
        label=_("What does this person do?"), max_length=300, help_text=_("For example: brings Lot to school on Monday")
    )
    due_on = DateField(label=_("When, or from when?"))


class AgreeForm(forms.Form):
    """Who of the family agrees; and reasons for what is missing, asked only when it is."""

    agreed = forms.MultipleChoiceField(
        label=_("Who of the family agrees with this plan?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Read it together first. Signing on paper or screen comes beside this."),
    )  # fmt: skip
    without_agreement_because = forms.CharField(
        label=_("Nobody? Why do you go on without agreement?"), max_length=300, required=False
    )
    no_network_because = forms.CharField(
        label=_("Why does nobody around the family take part?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, people: Iterable[Person], gaps: Iterable[Gap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].choices = _choices(people)  # type: ignore[attr-defined]
        if Gap.NETWORK not in gaps:
            del self.fields["no_network_because"]


class EvaluateForm(forms.Form):
    """The same questions each time, and one outcome."""

    held_on = DateField(label=_("When did you look back together?"))
    helped = forms.ChoiceField(label=_("Did it help enough?"), choices=Answer, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label=_("Is the family content?"), choices=Answer, widget=forms.RadioSelect)
    alone = forms.ChoiceField(label=_("Can the family go on alone?"), choices=Answer, widget=forms.RadioSelect)
    more_problems = forms.BooleanField(label=_("More problems appeared"), required=False)
    words = _area(_("What does the family say about it?"), 3, required=False)
    said_by = forms.CharField(label=_("Who said it?"), max_length=120, required=False)
    outcome = forms.ChoiceField(label=_("What now?"), choices=Outcome, widget=forms.RadioSelect)
    next_on = DateField(
        label=_("When do you look back again?"),
        required=False,
        help_text=_("Empty only when the family goes on alone."),
    )
    talk_on = DateField(
        label=_("When does the team talk about more help, with the family?"), required=False,
        help_text=_("Only for more help."),
    )  # fmt: skip
    despite = forms.CharField(
        label=_("Why this outcome with these answers?"), max_length=300, required=False,
        help_text=_("Only when it is not what one would expect. It stays to be read."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for number, goal in enumerate(self.goals):
            self.fields[f"goal_{number}"] = forms.ChoiceField(
                label=_("How far is this goal: %(goal)s") % {"goal": goal.text[:120]}, choices=GoalState,
                initial=goal.state, widget=forms.RadioSelect,
            )  # fmt: skip
        names = [f"goal_{number}" for number in range(len(self.goals))]
        self.order_fields(["held_on", *names, *(n for n in self.fields if n not in names and n != "held_on")])
