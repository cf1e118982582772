"""The forms of safety: a few questions per child, an agreement, a check, and where sight on safety lies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.forms import DateField
from rondom.people.models import Person
from rondom.safety.enums import Met, Occasion, Outcome, Outside


def _area(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.Textarea({"rows": 2}))


def _choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.name) for person in people]


class AssessForm(forms.Form):
    """Is each child safe? The same short questions for every child; which instrument is used is a local choice."""

    occasion = forms.ChoiceField(label=_("Why now?"), choices=Occasion)
    held_on = DateField(label=_("When did you see or speak them?"))
    signal = forms.CharField(
        label=_("What happened?"), max_length=300, required=False,
        help_text=_("Only for a signal. For example: the neighbor heard shouting and glass breaking."),
    )  # fmt: skip
    parents_spoken = forms.CharField(
        label=_("Which parents or carers did you speak?"), max_length=200, required=False,
        help_text=_("For example: mother at home, father by phone"),
    )  # fmt: skip
    not_spoken_because = forms.CharField(
        label=_("Nobody spoken? Why not?"), max_length=300, required=False,
        help_text=_("Only when no parent or carer was spoken."),
    )  # fmt: skip
    next_on = DateField(
        label=_("When do you look again?"), required=False,
        help_text=_("Empty only when every child is safe enough."),
    )  # fmt: skip

    def __init__(self, *args: Any, children: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = list(children)
        for number, child in enumerate(self.children):
            self._ask_about(number, {"name": child.short_name})

    def _ask_about(self, number: int, name: dict[str, str]) -> None:
        asked: dict[str, forms.Field] = {
            "met": forms.ChoiceField(
                label=_("Did you see or speak %(name)s?") % name, choices=Met, widget=forms.RadioSelect
            ),
            "not_met_because": forms.CharField(
                label=_("Not seen? Why not?"), max_length=300, required=False,
                help_text=_("Only when you did not see the child."),
            ),
            "child_says": _area(_("What does %(name)s say?") % name, _("In the words of the child.")),
            "worries": _area(_("What worries you about %(name)s?") % name, _("What was seen or heard, and when.")),
            "keeps_safe": _area(_("What keeps %(name)s safe?") % name, _("People, agreements, habits.")),
            "said_by": forms.CharField(
                label=_("Who said or saw this?"), max_length=120,
                help_text=_("For example: mother, juf Anja, seen myself"),
            ),
            "outcome": forms.ChoiceField(
                label=_("How safe is %(name)s?") % name, choices=Outcome, widget=forms.RadioSelect
            ),
        }  # fmt: skip
        self.fields.update({f"{field}_{number}": shown for field, shown in asked.items()})

    def groups(self) -> list[tuple[Person, list[Any]]]:
        """Return the questions per child, as the page shows them."""
        return [
            (child, [bound for bound in self if bound.name.endswith(f"_{number}")])
            for number, child in enumerate(self.children)
        ]

    def about(self, number: int) -> dict[str, Any]:
        """Return the answers about one child, by field of a judgement."""
        end = f"_{number}"
        return {name.removesuffix(end): value for name, value in self.cleaned_data.items() if name.endswith(end)}


class ConditionForm(forms.Form):
    """An agreement about safety: who does what, from when until when, and who checks it."""

    who = forms.CharField(label=_("Who?"), max_length=120, help_text=_("For example: father Peter"))
    what = forms.CharField(
        label=_("What does this person do, or not do?"), max_length=300,
        help_text=_("For example: comes to the door only together with grandma"),
    )  # fmt: skip
    concerns = forms.MultipleChoiceField(
        label=_("Which child does this keep safe?"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = DateField(label=_("From when?"))
    until = DateField(label=_("Until when?"), required=False, help_text=_("Empty: until you agree otherwise."))
    checked_by = forms.CharField(
        label=_("Who checks whether it is kept?"), max_length=120, help_text=_("For example: grandma Truus")
    )
    check_on = DateField(label=_("When do you ask that person?"))

    def __init__(self, *args: Any, children: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = _choices(children)  # type: ignore[attr-defined]


KEPT, BROKEN, END = "kept", "broken", "end"


class CheckForm(forms.Form):
    """Is an agreement about safety kept?"""

    how = forms.ChoiceField(
        label=_("Is it kept?"), widget=forms.RadioSelect,
        choices=[
            (KEPT, _("yes, and it stays")), (BROKEN, _("no, it was broken")), (END, _("it is not needed any more")),
        ],
    )  # fmt: skip
    said_by = forms.CharField(label=_("Who saw or said this?"), max_length=120, required=False)
    words = forms.CharField(label=_("What happened, or why is it not needed any more?"), max_length=300, required=False)
    next_on = DateField(
        label=_("When is it checked again?"), required=False, help_text=_("Only when the agreement stays.")
    )


class OutsideForm(forms.Form):
    """Sight on safety goes to Veilig Thuis or to a certified institution, where somebody accepted it."""

    where = forms.ChoiceField(label=_("Where does it lie from today?"), choices=Outside, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Which organisation?"), max_length=160, help_text=_("For example: Veilig Thuis Flevoland, 0800-2000")
    )
    accepted_by = forms.CharField(
        label=_("Who said yes there?"), max_length=120, required=False,
        help_text=_("A name. Until somebody says yes, sight on safety is yours."),
    )  # fmt: skip


class BackForm(forms.Form):
    """Whoever has sight on safety outside hands it back to a colleague, who accepts it."""

    to = forms.ChoiceField(label=_("To whom does it come back?"))
    passed_on = forms.CharField(
        label=_("What must this colleague know?"), widget=forms.Textarea({"rows": 3}),
        help_text=_("What did they find, what was agreed, when do they ring again?"),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(c.pk), c.name) for c in colleagues]  # type: ignore[attr-defined]
