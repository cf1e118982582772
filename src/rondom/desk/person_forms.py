"""Forms about one person: short, one column, dates as people type them, errors beside the field."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.forms import DateField
from rondom.desk.forms import Choices, people_choices
from rondom.people.enums import (
    AddressKind,
    AddressPurpose,
    AuthorityKind,
    ContactKind,
    ContactSafety,
    ElsewhereAnswer,
    FactSource,
    HouseholdPart,
    KinshipKind,
    MeasureKind,
    RepresentationKind,
    ResidenceSource,
    Sex,
    TieStrength,
)
from rondom.people.models import Person
from rondom.people.queries import INVERSE

STARTS_HELP = _("The first day it holds. For example 3-4-2026, or today")
ENDS_HELP = _("The first day it no longer holds. For example 3-4-2026, or today")
SOURCE = _("Where is this known from?")
SHORT = {"class": "rondom-control--short", "inputmode": "numeric", "autocomplete": "off"}


def person_choices(persons: Iterable[Person], nobody: Any = "–") -> Choices:
    """Return persons to choose from, with nobody first."""
    return [("", nobody), *people_choices(persons)]


class IdentityForm(forms.Form):
    """Who somebody is."""

    called = forms.CharField(
        label=_("Called"), max_length=60, required=False, help_text=_("The name people use every day")
    )
    first_names = forms.CharField(label=_("First names"), max_length=120, required=False)
    name_prefix = forms.CharField(label=_("Prefix"), max_length=20, required=False, help_text=_("For example: de"))
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    born_on = DateField(label=_("Date of birth"), required=False)
    expected_on = DateField(label=_("Or, for an unborn child, expected on"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect)
    interpreter = forms.CharField(
        label=_("Interpreter"), max_length=40, required=False,
        help_text=_("The language, for example Turkish. Empty: no interpreter needed."),
    )  # fmt: skip
    died_on = DateField(label=_("Date of death"), required=False)


class BsnForm(forms.Form):
    """A BSN and how it was verified."""

    bsn = forms.CharField(
        label=_("BSN"), max_length=11, widget=forms.TextInput(SHORT), help_text=_("The nine digits you saw.")
    )
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect)


class ContactForm(forms.Form):
    """A phone number or e-mail address, and whether it is safe."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=ContactKind, widget=forms.RadioSelect, initial=ContactKind.PHONE
    )
    value = forms.CharField(
        label=_("Number or address"), max_length=254, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example 06 1234 5678, or name@example.nl"),
    )  # fmt: skip
    safety = forms.ChoiceField(
        label=_("Is it safe to use?"), choices=ContactSafety, widget=forms.RadioSelect, initial=ContactSafety.ASK,
        help_text=_("Who can pick up or read along? Not sure: choose “ask first”."),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), max_length=120, required=False, help_text=_("For example: after six, ask for Mirjam")
    )


class ChangeContactForm(forms.Form):
    """Whether a number is safe, and whether it is still used."""

    safety = forms.ChoiceField(label=_("Is it safe to use?"), choices=ContactSafety, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Remark"), max_length=120, required=False)
    stops = forms.BooleanField(label=_("It is not used any more"), required=False)


class HouseholdForm(forms.Form):
    """With whom somebody lives from a day."""

    other = forms.ChoiceField(label=_("With whom?"), required=False)
    part = forms.ChoiceField(label=_("As what?"), choices=HouseholdPart, widget=forms.RadioSelect)
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    second_home = forms.BooleanField(
        label=_("This is a second home: the first one stays"), required=False,
        help_text=_("For a child who lives part of the week with each parent."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = person_choices(  # type: ignore[attr-defined]
            persons, _("alone, or with somebody who is not registered here")
        )


class EndForm(forms.Form):
    """The day a fact ends."""

    ends = DateField(label=_("Until which day?"), help_text=ENDS_HELP)


class EndAuthorityForm(EndForm):
    """The day authority ends, and where that is known from."""

    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect)


class AddressForm(forms.Form):
    """A new address from a day."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=AddressKind, widget=forms.RadioSelect, initial=AddressKind.REGISTERED
    )
    lines = forms.CharField(
        label=_("Address"), widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=_("Street and number, then postcode and place, a line each."),
    )  # fmt: skip
    place = forms.CharField(label=_("Municipality"), max_length=80, required=False, help_text=_("For example: Dronten"))
    district = forms.ChoiceField(label=_("Neighbourhood"), required=False)
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    ends = DateField(label=_("Until which day?"), required=False, help_text=_("Only for an address of before."))
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect, initial=FactSource.DECLARED)
    in_investigation = forms.BooleanField(label=_("The population register investigates this address"), required=False)
    secret = forms.BooleanField(
        label=_("Keep secret"), required=False,
        help_text=_("Nobody sees any address of this person any more, old ones neither, until somebody lifts it."),
    )  # fmt: skip

    def __init__(self, *args: Any, districts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", "–"), *districts]  # type: ignore[attr-defined]
        if not districts:
            del self.fields["district"]


class PurposeForm(forms.Form):
    """What a secret address is needed for."""

    purpose = forms.ChoiceField(
        label=_("What do you need it for?"), widget=forms.RadioSelect,
        choices=[(p.value, p.label) for p in AddressPurpose if p != AddressPurpose.WORK],
    )  # fmt: skip


class AuthorityForm(forms.Form):
    """Who has authority, since when, and how that is known."""

    kind = forms.ChoiceField(label=_("Which authority?"), choices=AuthorityKind, widget=forms.RadioSelect)
    holder = forms.ChoiceField(label=_("Who has it?"), required=False)
    holder_organisation = forms.CharField(
        label=_("Or which certified institution?"), max_length=120, required=False,
        help_text=_("Only for guardianship of a certified institution."),
    )  # fmt: skip
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect)
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    ends = DateField(
        label=_("Until which day?"), required=False,
        help_text=_("Empty: until the 18th birthday; that ends by itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = person_choices(persons)  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A measure of the judge and who carries it out."""

    kind = forms.ChoiceField(label=_("Which measure?"), choices=MeasureKind, widget=forms.RadioSelect)
    body = forms.CharField(label=_("Which certified institution?"), max_length=120)
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    ends = DateField(label=_("Until which day?"), required=False, help_text=ENDS_HELP)
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect, initial=FactSource.COURT)


class RepresentationForm(forms.Form):
    """Who acts for somebody, other than by authority."""

    representative = forms.ChoiceField(label=_("Who acts?"))
    kind = forms.ChoiceField(label=_("As what?"), choices=RepresentationKind, widget=forms.RadioSelect)
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    ends = DateField(label=_("Until which day?"), required=False, help_text=ENDS_HELP)
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect, initial=FactSource.DECLARED)

    def __init__(self, *args: Any, persons: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["representative"].choices = person_choices(persons)  # type: ignore[attr-defined]


class TieForm(forms.Form):
    """Somebody or something around a person."""

    label = forms.CharField(
        label=_("Who or what?"), max_length=80, required=False, help_text=_("In their own words: oma, zwemclub")
    )
    other = forms.ChoiceField(label=_("Is this somebody we know here?"), required=False)
    strength = forms.ChoiceField(label=_("How does it feel?"), choices=TieStrength, widget=forms.RadioSelect)
    can_do = forms.CharField(
        label=_("What can they do?"), max_length=200, required=False, help_text=_("For example: cooks every Wednesday")
    )
    points_to_place = forms.BooleanField(
        label=_("The name tells where somebody lives"), required=False,
        help_text=_("A school, a club, a church. It is kept from view while an address is secret."),
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = person_choices(persons)  # type: ignore[attr-defined]


class ChangeTieForm(forms.Form):
    """A tie as it is now, or the day it ended."""

    label = forms.CharField(label=_("Who or what?"), max_length=80)
    strength = forms.ChoiceField(label=_("How does it feel?"), choices=TieStrength, widget=forms.RadioSelect)
    can_do = forms.CharField(label=_("What can they do?"), max_length=200, required=False)
    points_to_place = forms.BooleanField(label=_("The name tells where somebody lives"), required=False)
    ends = DateField(label=_("Until which day?"), required=False, help_text=_("Only when it ended."))


class KinForm(forms.Form):
    """How somebody is related to this person."""

    other = forms.ChoiceField(label=_("Who?"))
    word = forms.ChoiceField(label="", widget=forms.RadioSelect)
    source = forms.ChoiceField(label=SOURCE, choices=FactSource, widget=forms.RadioSelect, initial=FactSource.DECLARED)

    def __init__(self, *args: Any, persons: Iterable[Person], whose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = person_choices(persons)  # type: ignore[attr-defined]
        self.fields["word"].label = _("What is this to %(name)s?") % {"name": whose}
        forward = [(f"{kind.value}:1", kind.label) for kind in KinshipKind]
        backward = [
            (f"{kind.value}:0", INVERSE[kind])
            for kind in (
                KinshipKind.PARENT, KinshipKind.STEP_PARENT, KinshipKind.FOSTER_PARENT, KinshipKind.GRANDPARENT,
            )
        ]  # fmt: skip
        self.fields["word"].choices = [*forward[:3], *backward, *forward[3:]]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why an address becomes secret, or ordinary again."""

    reason = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("In one sentence. Only who may see the address reads it.")
    )


class GrantForm(forms.Form):
    """Which colleague may see the secret address of whom, and until when."""

    persons = forms.MultipleChoiceField(
        label=_("Whose address?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whose address it is about.")},
    )  # fmt: skip
    staff = forms.ChoiceField(label=_("Which colleague?"))
    until = DateField(
        label=_("Up to and including which day?"), help_text=_("At most 90 days ahead. It ends by itself.")
    )
    reason = forms.CharField(
        label=_("Why does this colleague need it?"), max_length=200, help_text=_("For example: home visit this week")
    )

    def __init__(self, *args: Any, people: Choices, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people  # type: ignore[attr-defined]
        self.fields["staff"].choices = colleagues  # type: ignore[attr-defined]


class ExactKeyForm(forms.Form):
    """A key that fits one person, and why one asks."""

    bsn = forms.CharField(label=_("BSN"), max_length=11, required=False, widget=forms.TextInput(SHORT))
    family_name = forms.CharField(
        label=_("Or family name"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Together with date of birth and postcode. With or without prefix."),
    )  # fmt: skip
    born_on = DateField(label=_("Date of birth"), required=False)
    postcode = forms.CharField(
        label=_("Postcode"), max_length=10, required=False, help_text=_("For example 8251 AB"),
        widget=forms.TextInput({"class": "rondom-control--short", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why do you ask?"), max_length=200,
        help_text=_("In one sentence. Who works with the family reads it, and it is kept."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What one did with the question of a colleague."""

    answer = forms.ChoiceField(label=_("What did you do?"), choices=ElsewhereAnswer, widget=forms.RadioSelect)


class ResidenceForm(forms.Form):
    """Which municipality is responsible, from when, and what shows it."""

    place = forms.CharField(label=_("Which municipality?"), max_length=80, help_text=_("For example: Dronten"))
    starts = DateField(label=_("From which day?"), help_text=STARTS_HELP)
    source = forms.ChoiceField(label=_("What does this rest on?"), choices=ResidenceSource, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("What shows it?"), max_length=200,
        help_text=_("For example: extract of 3-4-2026, or who agreed there. No street and no number."),
    )  # fmt: skip
    provisional = forms.BooleanField(
        label=_("Provisional: we do not agree yet"), required=False,
        help_text=_("Help goes on meanwhile. The question stays on the list."),
    )  # fmt: skip


class AdultForm(forms.Form):
    """Somebody who is not registered yet and takes part in a family: what is known now."""

    called = forms.CharField(label=_("First name"), max_length=60, required=False)
    name_prefix = forms.CharField(label=_("Prefix"), max_length=20, required=False, help_text=_("For example: de"))
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    born_on = DateField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect, initial=Sex.UNKNOWN)
    new_part = forms.CharField(
        label=_("Who is this to the children?"), max_length=60, help_text=_("For example: mother, or the neighbour")
    )
