"""The forms of entry: short, with examples instead of rules."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Organisation, StaffMember, Team
from rondom.aids.tables import CHOICE, YES_NO, Question, Table
from rondom.core.forms import DateField
from rondom.entry.enums import (
    AnswerWay,
    AskerKind,
    Channel,
    Kind,
    Part,
    PartnerKind,
    ReferralEnd,
    ReferrerKind,
    ReporterKind,
)
from rondom.entry.models import ConcernPerson, Partner
from rondom.people.models import Person
from rondom.providers.models import Provider

CHILDREN, ADULTS = 3, 2
NEW, LEAVE = "new", "leave"
FAMILY_NEW = "new"
Choices = list[tuple[str, Any]]


def _area(label: Any, rows: int, help_text: Any = "", *, required: bool = True, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea({"rows": rows, **attrs})
    )


class WorryForm(forms.Form):
    """A worry about children, whoever writes it down: two minutes."""

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


class OwnWorryForm(WorryForm):
    """The same worry, written by the professional who saw it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, text in (
            ("worry", _("What is the worry?"),
             _("What did you see or hear, and when? The family may read this later.")),
            ("talked_on", _("When did you talk about it with the parents or the young person?"),
             _("For example 3-4-2026. Empty: not yet.")),
            ("not_talked_because", _("Not talked yet? Write why"), _("Who looks at this worry reads it.")),
            ("agreed_with_family", _("What did you agree with them?"),
             _("For example: mother knows that you will call")),
        ):  # fmt: skip
            self.fields[name].label, self.fields[name].help_text = label, text


class ConcernForm(WorryForm):
    """A question or worry that somebody calls, writes or comes in with: also who it was, and how to answer."""

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
    answer_wanted = forms.ChoiceField(
        label=_("How do they want the answer?"), required=False, choices=[("", _("not asked")), *AnswerWay.to_ask()]
    )


def answer_field(question: Question) -> forms.Field:
    """Return the field for a question of a decision table."""
    if question.type not in (CHOICE, YES_NO):
        return forms.CharField(label=question.words)
    choices: Choices = list(question.answers)
    if question.type == YES_NO:
        choices = [("nee", _("no")), ("ja", _("yes"))]
    return forms.ChoiceField(label=question.words, choices=choices, widget=forms.RadioSelect)


class TriageForm(forms.Form):
    """The questions of the decision aid in force; without one: what kind of question it is."""

    def __init__(self, *args: Any, table: Table | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in table.questions if table else ():
            self.fields[question.name] = answer_field(question)
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

    answered_how = forms.ChoiceField(
        label=_("How did you give this advice?"), choices=[("", "–"), *AnswerWay.to_give()]
    )

    def __init__(self, *args: Any, danger: bool, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("answered_how", wanted)
        if not danger:
            del self.fields["despite"]
        if wanted == AnswerWay.PAGE:
            del self.fields["answered_how"]
            self.fields["advice"].help_text = _(
                "Who asked reads this on the own page. Write it to them, in plain words."
            )
        elif wanted:
            words = _("They asked for it %(how)s. Send or say it first, then write it down here.")
            self.fields["answered_how"].help_text = words % {"how": AnswerWay(wanted).label}


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
        teams: Iterable[tuple[Team, list[StaffMember]]], families: dict[Any, str], table: Table | None = None,
        proposed: str = "", **kwargs: Any,
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
        for question in table.questions if table else ():
            self.fields[question.name] = answer_field(question)
        groups: list[Any] = [("", "–")]
        groups += [(team.name, [(staff_key(team, s), s.name) for s in members]) for team, members in teams]
        self.fields["to"] = forms.ChoiceField(
            label=_("Who works with this family?"), choices=groups,
            help_text=_("The aid proposes %(team)s. Until your colleague accepts, the family is yours.")
            % {"team": proposed}
            if proposed
            else _("Until this colleague accepts, the family is yours."),
        )  # fmt: skip
        if table:
            self.fields["team_because"] = forms.CharField(
                label=_("Why another team?"), max_length=300, required=False,
                help_text=_("Only when you choose another team than the aid proposes. Both stay to be read."),
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
        if row.person_id is None:
            choices.append((NEW, _("register as a new person")))
        if row.part == Part.ADULT:
            choices.append((LEAVE, _("not now")))
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_("Who is %(name)s?") % {"name": who}, choices=choices, widget=forms.RadioSelect,
            initial=NEW if row.person_id is None else str(row.person_id),
        )  # fmt: skip
        if row.person_id is not None:
            return
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


class AnswerForm(forms.Form):
    """The answer to a question without a name."""

    answer = _area(
        _("Your answer"), 6, _("Who asked reads it with the code. Say whom to call when more is needed. No names.")
    )


def _one_of(rows: Iterable[Any]) -> Choices:
    return [("", "–"), *((str(row.pk), row.name) for row in rows)]


class ReferralForm(forms.Form):
    """What is known of a referral past our triage; the day of the referral is mostly not known."""

    kind = forms.ChoiceField(label=_("Who referred, determined or ordered?"), choices=ReferrerKind)
    partner = forms.ChoiceField(label=_("Which practice or organisation?"), required=False)
    referrer_name = forms.CharField(
        label=_("Name of who referred"), max_length=120, required=False, help_text=_("For example: dokter Aydın")
    )
    received_on = DateField(label=_("When did it reach us?"))
    referred_on = DateField(
        label=_("Day of the referral"), required=False,
        help_text=_("Often not known: it is in no message. Leave it empty then."),
    )  # fmt: skip
    provider = forms.ChoiceField(label=_("Which provider?"), required=False)
    registered_on = DateField(label=_("When did the family come to the provider?"), required=False)
    crisis = forms.BooleanField(label=_("The help began in a crisis, before the referral"), required=False)

    def __init__(self, *args: Any, partners: list[Partner], providers: list[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(row.pk): row for row in partners}
        self.providers = {str(row.pk): row for row in providers}
        for name, rows in (("partner", partners), ("provider", providers)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = _one_of(rows)


class RegistrationForm(ReferralForm):
    """A child that gets help past our triage, and its first referral."""

    name = forms.CharField(label=_("Which child?"), max_length=120, help_text=_("First name and family name"))
    born_on = DateField(label=_("Date of birth"), required=False)
    field_order = ("name", "born_on")


class ReferralChangeForm(ReferralForm):
    """What became known later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"], self.fields["received_on"]


class FamilyAsksForm(forms.Form):
    """The family of a registration asks for our help itself."""

    asker_name = forms.CharField(label=_("Who asks?"), max_length=120)
    asker_kind = forms.ChoiceField(
        label=_("Who is this?"),
        choices=[(kind.value, kind.label) for kind in (ReporterKind.PARENT, ReporterKind.YOUTH)],
    )
    asker_contact = forms.CharField(label=_("How can the team call back?"), max_length=120)
    channel = forms.ChoiceField(label=_("How did it reach us?"), choices=Channel, initial=Channel.PHONE)
    words = _area(_("What does the family ask?"), 4, _("In their own words, as far as you can."))
    organisation = forms.ChoiceField(label=_("Which team organisation?"))

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in organisations}
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, row.name) for key, row in self.organisations.items()]


class PartnerForm(forms.Form):
    """A practice or school that is not in the list yet."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: huisartsenpraktijk De Haven"))
    kind = forms.ChoiceField(label=_("What is it?"), choices=PartnerKind)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class ContactForm(forms.Form):
    """Who of us this place can call."""

    staff = forms.ChoiceField(label=_("Who is the contact person from today?"))

    def __init__(self, *args: Any, colleagues: list[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(row.pk): row for row in colleagues}
        field = self.fields["staff"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _one_of(colleagues)


class ReferrerForm(forms.Form):
    """Somebody of a practice or school who may sign in."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Henk Talsma"))
    what = forms.CharField(
        label=_("What is their work there?"), max_length=60, required=False, help_text=_("For example: mentor")
    )
    username = forms.CharField(
        label=_("How do they sign in?"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("The name that eHerkenning or the own sign-in gives, mostly the e-mail address of their work."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


class ReferralEndForm(forms.Form):
    """The last day of a referral, and why it ended."""

    ended_on = DateField(label=_("On which day did it end?"))
    because = forms.ChoiceField(label=_("Why does it end?"), choices=ReferralEnd, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"), max_length=300, required=False,
        help_text=_("Needed for a mistake. Nothing about the family itself."),
    )  # fmt: skip
