"""The forms anybody can use without signing in: short, in plain words, with room for no more than is needed.

Each carries a signed key of its own, in the place of the one-time key of other forms: a second press is recognised; a
form of yesterday is refused, and so is a program that posts without opening the page. `leave_empty` is a field people
do not see; who fills it in is a program.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rondom.core import once
from rondom.core.forms import DateField
from rondom.core.ids import new_id
from rondom.entry.enums import AnswerWay, ReporterKind

SALT = "rondom.portal.public"
A_DAY = 24 * 60 * 60
LONGEST = 3000


def fresh_key() -> str:
    """Return the signed key of a newly shown form."""
    return signing.dumps(str(new_id()), salt=SALT)


class PublicForm(forms.Form):
    """What every form without signing in has: for which municipality, its key, and the field for programs."""

    organisation = forms.ChoiceField(label=_("Which municipality do you live in?"))
    leave_empty = forms.CharField(
        label=_("Leave this empty"), required=False, max_length=200,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, places: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = str(self.data.get(once.FIELD, "")) or fresh_key()
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*([("", "–")] if len(places) > 1 else []), *places.items()]

    def clean(self) -> dict[str, Any]:
        """Add the key of this form (`form_key`); one of more than a day ago, or of nobody, is refused."""
        said = super().clean() or self.cleaned_data
        try:
            said["form_key"] = UUID(signing.loads(self.key, salt=SALT, max_age=A_DAY))
        except (signing.BadSignature, ValueError, TypeError):
            self.key = fresh_key()
            raise ValidationError(_("This page was open too long. Your text is still here: send it again.")) from None
        return said

    def clean_leave_empty(self) -> str:
        """Refuse what a program filled in; a person whose browser did it reads what to do."""
        if self.cleaned_data["leave_empty"]:
            raise ValidationError(_("Your browser filled in a field that must stay empty. Please call us instead."))
        return ""


class NamelessForm(PublicForm):
    """A question without a name."""

    text = forms.CharField(
        label=_("What do you want to ask?"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}),
        help_text=_("Do not write names, a birth date, or an address. Then nobody knows who you are."),
    )  # fmt: skip


class NamedForm(PublicForm):
    """A question or worry of a parent, young person, neighbor or relative, with a name."""

    reporter_kind = forms.ChoiceField(
        label=_("Who are you?"), widget=forms.RadioSelect,
        choices=[
            (ReporterKind.PARENT.value, _("a parent or carer")), (ReporterKind.YOUTH.value, _("a young person myself")),
            (ReporterKind.NEIGHBOUR.value, _("a neighbor, relative or friend")),
        ],
    )  # fmt: skip
    reporter_name = forms.CharField(label=_("What is your name?"), max_length=120)
    reporter_contact = forms.CharField(
        label=_("How can we reach you?"), max_length=120, help_text=_("A phone number or an e-mail address")
    )
    answer_wanted = forms.ChoiceField(
        label=_("How do you want our answer?"), widget=forms.RadioSelect, choices=AnswerWay.to_ask,
        initial=AnswerWay.PHONE,
    )  # fmt: skip
    child_1 = forms.CharField(
        label=_("About which child?"), max_length=120, required=False,
        help_text=_("First name and family name. Is it about yourself? Then leave this empty."),
    )  # fmt: skip
    worry = forms.CharField(
        label=_("What is your question or worry?"), max_length=LONGEST, widget=forms.Textarea({"rows": 6})
    )
    not_talked_because = forms.CharField(
        label=_("Are you a neighbor, relative or friend: did you talk with the parents? What did they say?"),
        max_length=300, required=False,
        help_text=_("Could you not? Then write why. Parents and young people leave this empty."),
    )  # fmt: skip
    danger_now = forms.BooleanField(
        label=_("A child may be in danger now"), required=False,
        help_text=_("Call 112 first. This form is read on working days only."),
    )  # fmt: skip


class ProfessionalForm(PublicForm):
    """A worry of somebody who works with children: organisation, name, and how to call back."""

    reporter_kind = forms.ChoiceField(
        label=_("Where do you work?"), choices=[(kind.value, kind.label) for kind in ReporterKind.professional()]
    )
    reporter_place = forms.CharField(label=_("Name of your school or organisation"), max_length=120)
    reporter_name = forms.CharField(label=_("What is your name?"), max_length=120)
    reporter_contact = forms.CharField(
        label=_("Where can we call you back?"), max_length=120,
        help_text=_("We call back first, on the number of your organisation."),
    )  # fmt: skip
    child_1 = forms.CharField(
        label=_("About which child?"), max_length=120, help_text=_("First name and family name, as far as you know")
    )
    worry = forms.CharField(
        label=_("What is the worry?"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}),
        help_text=_("What did you see or hear, and when? The family may read this later, without who told it."),
    )  # fmt: skip
    talked_on = DateField(
        label=_("When did you talk about it with the parents or the young person?"), required=False,
        help_text=_("For example 3-4-2026"),
    )  # fmt: skip
    not_talked_because = forms.CharField(label=_("Not talked yet? Write why"), max_length=300, required=False)
    danger_now = forms.BooleanField(
        label=_("A child may be in danger now"), required=False,
        help_text=_("Call 112 or Veilig Thuis (0800-2000) first. This form is read on working days only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label = _("In which municipality does the child live?")


class CodeForm(forms.Form):
    """The code of a question without a name."""

    code = forms.CharField(
        label=_("Your code"), max_length=20, help_text=_("Three times four letters and numbers"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
