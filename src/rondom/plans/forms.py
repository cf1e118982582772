"""The forms of a plan: one question block at a time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.forms import DateField, DateTimeField
from rondom.documents.models import Document
from rondom.dossiers.models import Dossier
from rondom.people.models import Person
from rondom.plans.enums import Answer, Discipline, Doer, Gap, GoalState, Goes, Outcome, ScreeningOutcome
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
    effort = forms.CharField(
        label=_("How much help is that?"), max_length=200, required=False,
        help_text=_("Of the family, the people around it and us. For example: two hours a week, in the first months"),
    )  # fmt: skip
    perspective = forms.CharField(
        label=_("What do you work towards?"), max_length=300, required=False,
        help_text=_("On the long term. For example: the children grow up at home"),
    )  # fmt: skip
    cost = forms.CharField(
        label=_("What does the help cost?"), max_length=120, required=False,
        help_text=_("As far as you know. For example: nothing, grandma and the club"),
    )  # fmt: skip
    cannot_direct = forms.BooleanField(
        label=_("The parents cannot direct the plan now"), required=False,
        help_text=_("Then somebody keeps the plan going with them: a plan guardian."),
    )  # fmt: skip
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
    due_on = DateField(label=_("By when?"), required=False, help_text=_("For example: 1 June"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = _choices(people)  # type: ignore[attr-defined]


class FindingForm(forms.Form):
    """How something goes, on one life domain or none: only what somebody tells."""

    goes = forms.ChoiceField(label=_("How does it go?"), choices=Goes, widget=forms.RadioSelect, initial=Goes.WELL)
    text = _area(_("What do they say?"), 3, _("In their own words. For example: we eat together every evening"))
    said_by = forms.CharField(label=_("Whose words are these?"), max_length=120, help_text=_("For example: Lot"))
    concerns = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=forms.CheckboxSelectMultiple)
    domain = forms.ChoiceField(
        label=_("About what?"), required=False,
        help_text=_("May stay empty. Do not go through the list: what nobody tells, you do not ask."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], domains: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["concerns"].choices = _choices(people)
        fields["domain"].choices = [("", "–"), *domains]


class GuardianForm(forms.Form):
    """Who keeps the plan going while the parents cannot."""

    because = forms.CharField(
        label=_("Why can the parents not direct the plan now?"), max_length=300,
        help_text=_("So that they can read it. For example: mother is ill until the summer"),
    )  # fmt: skip
    staff = forms.ChoiceField(label=_("A colleague"), required=False)
    outside = forms.CharField(
        label=_("Or somebody around the family"), max_length=160, required=False,
        help_text=_("For example: aunt Geke"),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["staff"].choices = [("", "–"), *((str(c.pk), c.name) for c in colleagues)]


class PlanMeetingForm(forms.Form):
    """A meeting about the plan: when, where, who."""

    planned_at = DateTimeField(label=_("When?"), help_text=_("For example tomorrow at 16.00"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=120)
    persons = forms.MultipleChoiceField(
        label=_("Who of the family?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Who does not decide about help takes part because the family asks it."),
    )  # fmt: skip
    network = _area(
        _("Whom does the family bring along?"), 3, _("One on each line. For example: aunt Geke"), required=False
    )
    staff = forms.MultipleChoiceField(label=_("Which colleagues?"), required=False, widget=forms.CheckboxSelectMultiple)
    questions = _area(
        _("What do we want to talk about?"), 3, _("Also what the family itself wants to ask."), required=False
    )

    def __init__(
        self, *args: Any, people: Iterable[Person], colleagues: Iterable[StaffMember], secret: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["persons"].choices = _choices(people)
        fields["staff"].choices = [(str(c.pk), c.name) for c in colleagues]
        if secret:
            fields["place"].help_text = _("The address of this family is secret. Do not write an address here.")

    def clean_network(self) -> list[str]:
        """Return one name per line."""
        return [line.strip()[:160] for line in self.cleaned_data["network"].splitlines() if line.strip()]


class ScreeningForm(forms.Form):
    """Whom to ask to look at a goal, and by when."""

    asked_of = forms.ChoiceField(label=_("Which colleague looks at it?"))
    due_on = DateField(label=_("By when?"))

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["asked_of"].choices = [(str(c.pk), c.name) for c in colleagues]


class JudgeForm(forms.Form):
    """What the second person finds."""

    outcome = forms.ChoiceField(label=_("What do you find?"), choices=ScreeningOutcome, widget=forms.RadioSelect)
    words = _area(
        _("What must become better?"), 3,
        _("Only when it is not SMART yet. For example: write by when, and how you notice it"), required=False,
    )  # fmt: skip

    def clean_words(self) -> str:
        """Keep it as short as the row is."""
        return str(self.cleaned_data["words"])[:500]


class PaperForm(forms.Form):
    """A signature on paper: when, and the scan."""

    signed_on = DateField(label=_("When was it signed?"))
    document = forms.ChoiceField(
        label=_("Which document is the signed paper?"), required=False,
        help_text=_("Add the scan to the documents of this family first."),
    )  # fmt: skip

    def __init__(self, *args: Any, papers: Iterable[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].choices = [("", "–"), *((str(d.pk), d.title) for d in papers)]


class FileForm(forms.Form):
    """File the signed plan; with a reason when an answer is missing."""

    despite = forms.CharField(
        label=_("Why do you file it although not everybody signed?"), max_length=200, required=False,
        help_text=_("Only when somebody did not sign. It stands on the document."),
    )  # fmt: skip


class TakeOverForm(forms.Form):
    """A text of the family goes into the plan as it is; what is added is asked."""

    concerns = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=forms.CheckboxSelectMultiple)
    noticed_by = forms.CharField(label=_("How do you notice that it works?"), max_length=300, required=False)
    due_on = DateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], is_goal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["concerns"].choices = _choices(people)
        if not is_goal:
            del self.fields["noticed_by"], self.fields["due_on"]


class LeaveForm(forms.Form):
    """Why a text of the family does not go into the plan; the writer reads it."""

    answer = forms.CharField(
        label=_("Why is it not in the plan?"), max_length=300,
        help_text=_("Talk about it first. The writer reads this on the own page."),
    )  # fmt: skip


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
        help_text=_("Read it together first. After that you ask for signatures."),
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


class AdviceForm(forms.Form):
    """Whom you ask about which child, and what."""

    dossier = forms.ChoiceField(label=_("About whom?"), widget=forms.RadioSelect)
    discipline = forms.ChoiceField(label=_("What kind of expert?"), choices=Discipline)
    asked_of = forms.CharField(label=_("Whom do you ask?"), max_length=120)
    organisation = forms.CharField(label=_("Of which organisation?"), max_length=120, required=False)
    has_stake = forms.BooleanField(
        label=_("This person, or that organisation, gives the help itself"), required=False,
        help_text=_("Then it is said beside the advice."),
    )  # fmt: skip
    question = _area(_("What do you ask?"), 4, _("Talk with the family first. Write no more than the expert needs."))
    until = DateField(label=_("Until which day do you want to hear it?"))

    def __init__(self, *args: Any, dossiers: Iterable[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["dossier"].choices = [(str(d.pk), d.youth.name) for d in dossiers]


class AdviceAnswerForm(forms.Form):
    """What the specialist said."""

    answer = _area(
        _("What is the advice?"), 6,
        _("In plain words: everybody who decides about this child reads it. Write no address and no place."),
    )  # fmt: skip
    answered_on = DateField(label=_("On which day did you hear it?"))
    diagnosis = forms.BooleanField(label=_("A diagnosis was made"), required=False)
    lower_limit = forms.CharField(
        label=_("What must at least be in order?"), max_length=300, required=False,
        help_text=_("Only when safety asks it. As long as it is not in order, the plan does not end."),
    )  # fmt: skip


class LimitForm(forms.Form):
    """How it was seen that it is in order."""

    words = forms.CharField(label=_("How did you see that it is in order?"), max_length=300)
