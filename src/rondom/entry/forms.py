"""The forms of entry: short, with examples instead of rules."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember, Team
from rondom.aids.tables import CHOICE, YES_NO, Table
from rondom.core.forms import DateField
from rondom.entry.enums import AskerKind, Channel, Kind, Part, ReporterKind
from rondom.entry.models import ConcernPerson
from rondom.people.models import Person

CHILDREN, ADULTS = 3, 2
NEW, LEAVE = "new", "leave"
FAMILY_NEW = "new"
Choices = list[tuple[str, Any]]


def _area(label: Any, rows: int, help_text: Any = "", *, required: bool = True, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea({"rows": rows, **attrs})
    )


class ConcernForm(forms.Form):
    """A worry, as a professional tells it: two minutes."""

    reporter_name = forms.CharField(
        label=_("Who asks or reports?"), max_length=120, help_text=_("For example: juf Anja")
    )
    reporter_kind = forms.ChoiceField(label=_("Who is this?"), choices=ReporterKind)
    reporter_place = forms.CharField(
        label=_("Which school or organisation?"), max_length=120, required=False,
        help_text=_("For example: basisschool De Wilgen"),
    )  # fmt: skip
    reporter_contact = forms.CharField(label=_("How can we call back?"), max_length=120, required=False)
    channel = forms.ChoiceField(label=_("How did it reach us?"), choices=Channel, initial=Channel.PHONE)
    worry = _area(
        _("What is the worry?"), 4,
        _("What did this person see or hear, and when? Write it so that the family may read it, without who told it."),
    )  # fmt: skip
    going_well = _area(_("What goes well?"), 2, _("Also a strong point counts."), required=False)
    danger_now = forms.BooleanField(
        label=_("A child may be in danger now"), required=False,
        help_text=_("Call 112 or Veilig Thuis (0800-2000) first. This form does not replace a call."),
    )  # fmt: skip
    talked_on = DateField(
        label=_("When did this person talk about it with the parents or the young person?"), required=False,
        help_text=_("For example 3-4-2026. Empty: not yet, or they ask for themselves."),
    )  # fmt: skip
    not_talked_because = forms.CharField(
        label=_("Why not talked with them yet?"), max_length=300, required=False,
        help_text=_("Only when there was no talk. Who looks at this worry reads it."),
    )  # fmt: skip
    agreed_with_family = forms.CharField(
        label=_("What is agreed with the parents or the young person?"), max_length=300, required=False,
        help_text=_("For example: mother knows that you will call"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CHILDREN + 1):
            self.fields[f"child_{number}"] = forms.CharField(
                label=_("Which child?") if number == 1 else _("Another child"), max_length=120, required=number == 1,
                help_text=_("Name, as far as it is known"),
            )  # fmt: skip
            self.fields[f"born_{number}"] = DateField(label=_("Date of birth"), required=False)
        for number in range(1, ADULTS + 1):
            self.fields[f"adult_{number}"] = forms.CharField(
                label=_("Name of a parent or carer"), max_length=120, required=False,
                help_text=_("Name, as far as it is known"),
            )  # fmt: skip
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Who is this to the child?"), max_length=60, required=False, help_text=_("For example: mother")
            )

    def named(self) -> Iterable[tuple[Part, str, dt.date | None, str]]:
        """Yield (part, name, date of birth, who this is) of everybody named."""
        said = self.cleaned_data
        for number in range(1, CHILDREN + 1):
            yield Part.CHILD, said[f"child_{number}"], said[f"born_{number}"], ""
        for number in range(1, ADULTS + 1):
            yield Part.ADULT, said[f"adult_{number}"], None, said[f"what_{number}"]


class TriageForm(forms.Form):
    """The questions of the decision aid in force; without one: what kind of question it is."""

    def __init__(self, *args: Any, table: Table | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in table.questions if table else ():
            if question.type == CHOICE:
                choices: Choices = list(question.answers)
            elif question.type == YES_NO:
                choices = [("nee", _("no")), ("ja", _("yes"))]
            else:
                self.fields[question.name] = forms.CharField(label=question.words)
                continue
            self.fields[question.name] = forms.ChoiceField(
                label=question.words, choices=choices, widget=forms.RadioSelect
            )
        label = _("Do you choose otherwise than the aid?") if table else _("What kind of question is this?")
        self.fields["kind"] = forms.ChoiceField(
            label=label, required=not table, choices=[("", _("no, as the aid says")), *Kind.choices] if table else Kind
        )
        if table:
            self.fields["because"] = forms.CharField(
                label=_("Why otherwise?"), max_length=300, required=False,
                help_text=_("Only when you choose otherwise. Both stay to be read."),
            )  # fmt: skip


class AdviseForm(forms.Form):
    """What was advised to who reported."""

    advice = _area(_("What did you advise?"), 4, _("One or two sentences: what they can do, and when they call again."))
    despite = forms.CharField(
        label=_("Why is advice enough, although a child may be in danger?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, danger: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not danger:
            del self.fields["despite"]


class CountForm(forms.Form):
    """An advice that is only counted."""

    asker = forms.ChoiceField(label=_("Who asked?"), choices=AskerKind)
    channel = forms.ChoiceField(label=_("How?"), choices=Channel)


def staff_key(team: Team, staff: StaffMember) -> str:
    """Return the value of a colleague in a team, in the list of whom to hand out to."""
    return f"{team.pk}:{staff.pk}"


class HandOutForm(forms.Form):
    """Who the named persons are, who works with them, and by when the first talk is."""

    def __init__(
        self, *args: Any, people: Iterable[ConcernPerson], known: dict[Any, list[Person]],
        teams: Iterable[tuple[Team, list[StaffMember]]], families: dict[Any, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for number, row in enumerate(self.people):
            self._ask_about(number, row, known.get(row.pk, []))
        if families:
            self.fields["family"] = forms.ChoiceField(
                label=_("A new family, or one a team works with already?"), widget=forms.RadioSelect,
                initial=FAMILY_NEW,
                choices=[(FAMILY_NEW, _("a new family")), *((str(pk), name) for pk, name in families.items())],
            )  # fmt: skip
        groups: list[Any] = [("", "–")]
        groups += [(team.name, [(staff_key(team, s), s.name) for s in members]) for team, members in teams]
        self.fields["to"] = forms.ChoiceField(
            label=_("Who works with this family?"), choices=groups,
            help_text=_("Until this colleague accepts, the family is yours."),
        )  # fmt: skip
        self.fields["first_contact_by"] = DateField(label=_("First talk at the latest on"))
        self.fields["passed_on"] = _area(
            _("What must your colleague know?"),
            3,
            _("What goes well, what is agreed, what is fragile."),
            required=False,
        )

    def _ask_about(self, number: int, row: ConcernPerson, known: list[Person]) -> None:
        who = row.name if not row.what else f"{row.name} ({row.what})"
        choices: Choices = [(str(p.pk), _known_words(p)) for p in known]
        choices.append((NEW, _("register as a new person")))
        if row.part == Part.ADULT:
            choices.append((LEAVE, _("not now")))
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_("Who is %(name)s?") % {"name": who}, choices=choices, widget=forms.RadioSelect, initial=NEW
        )
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Name, when you register %(name)s") % {"name": row.name}, max_length=120, required=False,
            initial=row.name,
        )  # fmt: skip
        self.fields[f"born_{number}"] = DateField(
            label=_("Date of birth of %(name)s") % {"name": row.name}, required=False, initial=row.born_on
        )


def _known_words(person: Person) -> str:
    day = person.born_on
    return f"{person.name}, {day.day}-{day.month}-{day.year}" if day else str(person.name)
