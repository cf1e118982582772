"""Forms of the desk: short, one column, with what the system knows filled in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.forms import DateField, DateTimeField
from rondom.dossiers.enums import CaseRoleKind, Channel, InvitationAnswer, MeetingGround, ReadableBy
from rondom.dossiers.models import CaseRole, MeetingParticipant
from rondom.people.enums import Sex
from rondom.people.models import Person
from rondom.privacy.enums import LookGround

Choices = list[tuple[str, Any]]


def people_choices(persons: Iterable[Person]) -> Choices:
    """Return persons to choose from, by id."""
    return [(str(person.pk), person.name) for person in persons]


def staff_choices(staff: Iterable[StaffMember]) -> Choices:
    """Return colleagues to choose from, by id."""
    return [(str(member.pk), member.name) for member in staff]


class NoteForm(forms.Form):
    """A note in the journal: what happened, whom it concerns, and what to do next."""

    text = forms.CharField(
        label=_("What happened?"), widget=forms.Textarea({"rows": 6, "autofocus": True}),
        help_text=_("In your own words. Facts first; say whose opinion it is."),
    )  # fmt: skip
    concerns = forms.MultipleChoiceField(
        label=_("Whom is it about?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whom this note is about.")},
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("How?"), choices=Channel, widget=forms.RadioSelect)
    happened_at = DateTimeField(label=_("When?"), help_text="")
    said_by = forms.CharField(
        label=_("Who said it?"), required=False, max_length=120, help_text=_("For example: mother, or the school")
    )
    readable_by = forms.ChoiceField(label=_("Who may read it?"), choices=ReadableBy, widget=forms.RadioSelect)
    reporter = forms.CharField(
        label=_("Told in confidence by"), required=False, max_length=120,
        help_text=_("This name is kept apart and never appears in a copy for the family."),
    )  # fmt: skip
    call_back_on = DateField(
        label=_("Call back on"), required=False, help_text=_("For example tomorrow, or 3-4-2026. It comes in your day.")
    )
    call_back_who = forms.ChoiceField(label=_("Call whom back?"), required=False)

    def __init__(self, *args: Any, persons: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = people_choices(persons)
        self.fields["concerns"].choices = known  # type: ignore[attr-defined]
        self.fields["call_back_who"].choices = [("", _("the one who said it")), *known]  # type: ignore[attr-defined]


class ChangeNoteForm(forms.Form):
    """Your own note, on the day it was written."""

    text = forms.CharField(label=_("What happened?"), widget=forms.Textarea({"rows": 8}))
    channel = forms.ChoiceField(label=_("How?"), choices=Channel, widget=forms.RadioSelect)
    happened_at = DateTimeField(label=_("When?"), help_text="")
    said_by = forms.CharField(label=_("Who said it?"), required=False, max_length=120)
    readable_by = forms.ChoiceField(label=_("Who may read it?"), choices=ReadableBy, widget=forms.RadioSelect)


class CorrectionForm(forms.Form):
    """What must be read beside an earlier note."""

    text = forms.CharField(
        label=_("What should it say?"), widget=forms.Textarea({"rows": 5}),
        help_text=_("The first note stays; your correction stands beside it."),
    )  # fmt: skip


class PrepareForm(forms.Form):
    """When, where, what for, and what to talk about."""

    purpose = forms.CharField(label=_("What for?"), max_length=120, help_text=_("For example: plan meeting"))
    planned_at = DateTimeField(label=_("When?"), help_text=_("For example tomorrow at 16.00"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=120)
    questions = forms.CharField(
        label=_("What do we want to talk about?"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Also what the family itself wants to ask."),
    )  # fmt: skip

    def __init__(self, *args: Any, secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if secret:
            self.fields["place"].help_text = _("The address of this family is secret. Do not write an address here.")


GROUND_LABEL = _("Why may this person take part?")
OUTSIDE = ("1", "2")


def ground_choices(consents: Choices) -> Choices:
    """Return the grounds for who comes from outside: each consent in force by itself, and no seat without a ground."""
    agreed = [(f"{MeetingGround.CONSENT}:{pk}", _("consent: %(what)s") % {"what": what}) for pk, what in consents]
    others = [(g.value, g.label) for g in MeetingGround if g not in (MeetingGround.CONCERNED, MeetingGround.CONSENT)]
    none = [(MeetingGround.CONSENT.value, _("consent that is not recorded yet"))]
    return [("", "–"), *agreed, *others, *([] if agreed else none)]


class PlanForm(PrepareForm):
    """A meeting and who comes, each on a ground.

    Who it is about, who must agree, and colleagues who work with the family come on the ground that is known. Of
    everybody else it is asked: `ground_<id>` for others of the family, `ground_1` and on for who comes from outside.
    """

    persons = forms.MultipleChoiceField(
        label=_("Who of the family?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    staff = forms.MultipleChoiceField(label=_("Which colleagues?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, people: Iterable[Person], colleagues: Iterable[StaffMember], asked: Iterable[Person] = (),
        consents: Choices | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people_choices(people)  # type: ignore[attr-defined]
        self.fields["staff"].choices = staff_choices(colleagues)  # type: ignore[attr-defined]
        self.asked, choices = list(asked), ground_choices(consents or [])
        family = [choices[0], (MeetingGround.CONCERNED.value, MeetingGround.CONCERNED.label), *choices[1:]]
        for person in self.asked:
            label = _("If %(name)s comes: why may this person take part?") % {"name": person.name}
            self.fields[f"ground_{person.pk}"] = forms.ChoiceField(label=label, required=False, choices=family)
        self.order_fields([*PrepareForm.base_fields, "persons", *(f"ground_{p.pk}" for p in self.asked), "staff"])
        for number in OUTSIDE:
            first = number == OUTSIDE[0]
            self.fields[f"outside_{number}"] = forms.CharField(
                label=_("Somebody else") if first else _("And somebody else"), required=False, max_length=160,
                help_text=_("Name and organisation") if first else "",
            )  # fmt: skip
            self.fields[f"ground_{number}"] = forms.ChoiceField(label=GROUND_LABEL, required=False, choices=choices)
        self.fields["reason"] = forms.CharField(
            label=_("Why in spite of doubt?"), required=False, max_length=200,
            help_text=_("Only needed when we ask for it. It stays with the meeting."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask a ground for everybody who comes and of whom it is not known."""
        said: dict[str, Any] = super().clean() or {}
        sentence = _("Say why this person may take part. Without a ground you may not share information about this "
                     "family.")  # fmt: skip
        for person in self.asked:
            if str(person.pk) in said.get("persons", ()) and not said.get(f"ground_{person.pk}"):
                self.add_error(f"ground_{person.pk}", sentence)
        for number in OUTSIDE:
            if said.get(f"outside_{number}") and not said.get(f"ground_{number}"):
                self.add_error(f"ground_{number}", sentence)
        return said


class HoldForm(forms.Form):
    """Who came and what was agreed."""

    agreed = forms.CharField(
        label=_("What did you agree?"), widget=forms.Textarea({"rows": 8, "autofocus": True}),
        help_text=_("Who does what, and when. Write it so that the family can read it."),
    )  # fmt: skip
    came = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seats: Iterable[MeetingParticipant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(str(s.pk), seat_name(s)) for s in seats]  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    """Who comes, of everybody who is invited: a question per seat."""

    def __init__(self, *args: Any, seats: Iterable[MeetingParticipant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in self.seats:
            self.fields[f"answer_{seat.pk}"] = forms.ChoiceField(
                label=seat_name(seat), required=False, initial=seat.answer, widget=forms.RadioSelect,
                choices=[*InvitationAnswer.choices, ("", _("not known yet"))],
            )  # fmt: skip

    def answers(self) -> dict[UUID, str]:
        """Return what was chosen, by id of the seat."""
        return {seat.pk: self.cleaned_data[f"answer_{seat.pk}"] for seat in self.seats}


def seat_name(seat: MeetingParticipant) -> str:
    """Return who sits on a seat."""
    if seat.person:
        return seat.person.name
    return seat.staff.name if seat.staff else seat.outside


class GroundForm(forms.Form):
    """Why a colleague opens a family that is not their own."""

    ground = forms.ChoiceField(label=_("Why?"), choices=LookGround, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=200, help_text=_("Without names of others.")
    )


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(label=_("Why?"), max_length=160)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class ClockForm(forms.Form):
    """An agreement with a date: what, when, who acts, and why that date."""

    title = forms.CharField(label=_("What must be done?"), max_length=160)
    due = DateField(label=_("On which day at the latest?"), help_text=_("For example 3-4-2026"))
    rests_with = forms.ChoiceField(label=_("Who does it?"))
    why = forms.CharField(
        label=_("Why this date?"), max_length=160, help_text=_("For example: agreed with mother on the phone")
    )

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rests_with"].choices = staff_choices(colleagues)  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why a case closes, and why in spite of what is still open."""

    reason = forms.CharField(label=_("Why do you close?"), max_length=160)
    despite = forms.CharField(
        label=_("Why although this is still open?"), required=False, max_length=160,
        help_text=_("Only when something is still open. It stays with the case."),
    )  # fmt: skip


class OfferForm(forms.Form):
    """A role offered to a colleague."""

    role = forms.ChoiceField(label=_("What do you hand over?"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("To whom?"))
    passed_on = forms.CharField(
        label=_("What must your colleague know?"), widget=forms.Textarea({"rows": 5}),
        help_text=_("What goes well, what is agreed, what is fragile. Your colleague reads it before accepting."),
    )  # fmt: skip
    family_present = forms.BooleanField(label=_("We hand over together with the family"), required=False)

    def __init__(self, *args: Any, held: Iterable[CaseRole], colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.kind, r.get_kind_display()) for r in held]  # type: ignore[attr-defined]
        self.fields["to"].choices = staff_choices(colleagues)  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """A role given at once: to a colleague of the team, or to somebody outside who accepted."""

    kind = forms.ChoiceField(label=_("Which role?"), choices=CaseRoleKind.to_give)
    staff = forms.ChoiceField(label=_("Colleague"), required=False)
    outside = forms.CharField(
        label=_("Or somebody outside the team"), required=False, max_length=160, help_text=_("Name and organisation")
    )
    accepted_by = forms.CharField(
        label=_("Who said yes there?"), required=False, max_length=120,
        help_text=_("Sight on safety moves only when somebody accepts it."),
    )  # fmt: skip
    passed_on = forms.CharField(
        label=_("What must your colleague know?"), required=False, max_length=2000,
        help_text=_("Only for sight on safety: your colleague reads it and accepts."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", "–"), *staff_choices(colleagues)]  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """Who takes the case up again."""

    coordinator = forms.ChoiceField(label=_("Who coordinates?"))
    safety = forms.ChoiceField(label=_("Who has sight on safety?"))

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].choices = staff_choices(colleagues)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """An adult who takes part."""

    person = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    part = forms.CharField(label=_("Who is this to the children?"), max_length=60, help_text=_("For example: aunt"))

    def __init__(self, *args: Any, candidates: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = candidates  # type: ignore[attr-defined]


class RhythmForm(forms.Form):
    """How often there is contact."""

    days = forms.IntegerField(
        label=_("Contact every how many days?"), required=False, min_value=1, max_value=365,
        help_text=_("Agree it with the family. Empty: no fixed rhythm."),
        widget=forms.NumberInput({"class": "rondom-control--short"}),
    )  # fmt: skip


class SearchForm(forms.Form):
    """What people remember of a family."""

    words = forms.CharField(
        label=_("Name, birth date or phone number"), max_length=120, required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("For example: lot 12-3-2018, de wit, or 06 1234 5678"),
    )  # fmt: skip


class ChildForm(forms.Form):
    """A child to register: what is known now; help does not wait for a BSN."""

    called = forms.CharField(label=_("First name"), max_length=60, required=False)
    name_prefix = forms.CharField(label=_("Prefix"), max_length=20, required=False, help_text=_("For example: de"))
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    born_on = DateField(label=_("Date of birth"), required=False)
    expected_on = DateField(label=_("Or, for an unborn child, expected on"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, initial=Sex.UNKNOWN)
    bsn = forms.CharField(
        label=_("BSN"), max_length=11, required=False, widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Only when you saw it on a document. It may come later."),
    )  # fmt: skip


class TakeOnForm(forms.Form):
    """Who works with the new family."""

    team = forms.ChoiceField(label=_("Which team?"))
    coordinator = forms.ChoiceField(label=_("Who coordinates?"))
    safety = forms.ChoiceField(label=_("Who has sight on safety?"), help_text=_("This is never empty."))

    def __init__(self, *args: Any, teams: Choices, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = staff_choices(colleagues)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["coordinator"].choices = people  # type: ignore[attr-defined]
        self.fields["safety"].choices = people  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    """Who sees to the families of an absent colleague, and until when."""

    absent = forms.ChoiceField(label=_("Who is away?"))
    taken_by = forms.ChoiceField(label=_("Who takes over for now?"))
    until = DateField(label=_("Up to and including"), help_text=_("For example 3-4-2026. It ends by itself."))

    def __init__(self, *args: Any, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = staff_choices(colleagues)
        self.fields["absent"].choices = people  # type: ignore[attr-defined]
        self.fields["taken_by"].choices = people  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Which families go to whom, and why."""

    cases = forms.MultipleChoiceField(
        label=_("Which families?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one family.")},
    )  # fmt: skip
    receiver = forms.ChoiceField(label=_("To whom?"))
    reason = forms.CharField(label=_("Why?"), max_length=160)

    def __init__(self, *args: Any, families: Choices, colleagues: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = families  # type: ignore[attr-defined]
        self.fields["receiver"].choices = staff_choices(colleagues)  # type: ignore[attr-defined]


def local_moment(at: dt.datetime) -> dt.datetime:
    """Return a moment cut to the minute, as people type it."""
    return at.replace(second=0, microsecond=0)
