"""A meeting to come, for who is invited: when it is, with whom, and whether one comes."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import DoorRequest, resident_door
from rondom.core import clock, once
from rondom.dossiers import actions, resident
from rondom.dossiers.doors import answered, done
from rondom.dossiers.enums import InvitationAnswer


class ComesForm(forms.Form):
    """I come, or I do not; and what one wants to say with it."""

    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"), widget=forms.RadioSelect,
        choices=[
            (InvitationAnswer.COMES, gettext_lazy("I come")), (InvitationAnswer.NOT, gettext_lazy("I do not come"))
        ],
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Anything to say with it?"), max_length=200, required=False,
        help_text=gettext_lazy("For example: I can only come after four. Who works with the family reads this."),
    )  # fmt: skip


@resident_door()
def invitation(request: DoorRequest, meetingparticipant: UUID) -> HttpResponse:
    """Show a meeting one is invited to and take the answer; until it begins the answer can change."""
    by, at = request.principal, clock.now()
    row = resident.open_invitation(by, meetingparticipant, at=at, page="portal.invitation_shown")
    seat = row.seat
    form = ComesForm(request.POST or None, initial={"answer": seat.answer, "words": seat.answer_words})

    def act(said: dict[str, str]) -> str:
        actions.answer_invitation(by=by, at=at, seat=seat, answer=said["answer"], words=said["words"])
        return done(request, _("The answer is kept. Until it begins it can still change."), reverse("portal:home"))

    context = {
        "young": resident.is_young(by, at=at), "planned": row, "form": form, "once_key": once.fresh(),
        "back": reverse("portal:home"),
    }  # fmt: skip
    return answered(request, form, act) or render(request, "portal/invitation.html", context)
