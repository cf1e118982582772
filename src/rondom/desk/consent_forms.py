"""Forms about consent to share, and the question whether something may be shared."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from rondom.core.forms import DateField
from rondom.desk.forms import Choices
from rondom.dossiers.enums import Receiver, SharePurpose, ShareWhat
from rondom.dossiers.sharing import Agreement, Giver
from rondom.entry.models import Partner

YES_NO = [("yes", _("yes")), ("no", _("no"))]
YES_NO_UNKNOWN = [*YES_NO, ("", _("I do not know"))]


class ConsentForm(forms.Form):
    """What is agreed: with whom, what for, which information; and who agreed."""

    parties = forms.CharField(
        label=_("Share with whom?"),
        max_length=200,
        help_text=_("Name and organisation. For example: Juf Anja, De Wilgen"),
    )
    purpose = forms.CharField(
        label=_("What for?"), max_length=200, help_text=_("For example: to see how it goes in class")
    )
    information = forms.CharField(
        label=_("Which information?"), max_length=200,
        help_text=_("No more than is needed. For example: the agreements of the plan about school"),
    )  # fmt: skip
    givers = forms.MultipleChoiceField(
        label=_("Who agreed?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who agreed.")},
    )  # fmt: skip
    points_to_place = forms.BooleanField(
        label=_("The name tells where somebody lives"), required=False,
        help_text=_("A school, a club, a church. It is kept from view while an address is secret."),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Is this a practice or school of our list?"), required=False,
        help_text=_("Then they read on their own page when help after their referral begins and ends, as long as "
                    "everybody who must agree does."),
    )  # fmt: skip
    ends = DateField(
        label=_("Until which day?"), required=False,
        help_text=_("The first day it no longer holds. Empty: until somebody takes it back."),
    )  # fmt: skip

    def __init__(self, *args: Any, givers: Iterable[Giver], places: Iterable[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        listed = [(key, place.name) for key, place in self.places.items()]
        self.fields["givers"].choices = [(g.key, g.name) for g in givers]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("no, or not to be read there")), *listed]  # type: ignore[attr-defined]

    def clean_place(self) -> UUID | None:
        """Return the place that was chosen, if any."""
        chosen = self.places.get(self.cleaned_data["place"])
        return chosen.pk if chosen else None


class ObjectionForm(forms.Form):
    """Who objects to sharing what, with whom, what for."""

    objector = forms.ChoiceField(
        label=_("Who objects?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who objects.")}
    )
    parties = forms.CharField(
        label=_("Sharing with whom?"), max_length=200, help_text=_("As in the consent, if there is one.")
    )
    purpose = forms.CharField(label=_("What for?"), max_length=200, help_text=_("As in the consent, if there is one."))
    information = forms.CharField(label=_("Which information?"), max_length=200)
    points_to_place = forms.BooleanField(
        label=_("The name tells where somebody lives"), required=False,
        help_text=_("A school, a club, a church. It is kept from view while an address is secret."),
    )  # fmt: skip

    def __init__(self, *args: Any, givers: Iterable[Giver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objector"].choices = [(g.key, g.name) for g in givers]  # type: ignore[attr-defined]


def agreement_choices(agreements: Iterable[Agreement]) -> Choices:
    """Return the agreements on which something may rest, to choose from, with none first."""
    listed = [
        (a.key, _("%(parties)s: %(purpose)s") % {"parties": a.parties, "purpose": a.purpose})
        for a in agreements
        if a.in_force
    ]
    return [("", _("there is no consent for this")), *listed]


class MayShareForm(forms.Form):
    """May this be shared? With whom, what for, and what is known. Nothing of it is kept."""

    receiver = forms.ChoiceField(label=_("Share with whom?"), choices=Receiver, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("What for?"), choices=SharePurpose, widget=forms.RadioSelect)
    what = forms.ChoiceField(label=_("Which information?"), choices=ShareWhat, widget=forms.RadioSelect)
    needed = forms.ChoiceField(
        label=_("Does the other need this for that?"), choices=YES_NO_UNKNOWN, required=False, widget=forms.RadioSelect
    )
    agreement = forms.ChoiceField(label=_("Is there consent for this?"), required=False)
    free = forms.ChoiceField(
        label=_("Could who agreed really say no?"), choices=YES_NO_UNKNOWN, required=False, widget=forms.RadioSelect,
        help_text=_("Only asked when another part of the municipality gets it."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreements: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = agreement_choices(agreements)  # type: ignore[attr-defined]


def yes_or_no(typed: str) -> bool | None:
    """Return what was chosen: yes, no, or None when it is not known."""
    return {"yes": True, "no": False}.get(typed)
