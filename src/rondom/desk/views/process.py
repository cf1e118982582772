"""Process coordination: ask it, leave the proposal, decide on a request, end it with what came of it (N54)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.queries import staff_member
from rondom.core.clock import now
from rondom.desk.doors import done, family_door, team_door
from rondom.dossiers import actions, queries
from rondom.dossiers.doors import answered, form_page
from rondom.dossiers.enums import ProcessGround
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.dossiers.process import open_to_decide, requests_for
from rondom.privacy.enums import Sight

WORDS = forms.Textarea({"rows": 4})
TAKES_UP, NOT_NEEDED = "yes", "no"


class AskForm(forms.Form):
    """Why process coordination is asked, and what was tried."""

    ground = forms.ChoiceField(label=gettext_lazy("Why?"), choices=ProcessGround, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("What is the matter, and what did you try?"), max_length=2000, widget=WORDS,
        help_text=gettext_lazy(
            "The process coordinator reads this before opening the family. Name no more than needed."
        ),
    )  # fmt: skip


class NotNowForm(forms.Form):
    """Why the proposal is left."""

    reason = forms.CharField(label=gettext_lazy("Why is it not needed now?"), max_length=300)


class DecideForm(forms.Form):
    """Take it up or not, and what is decided."""

    takes_up = forms.ChoiceField(
        label=gettext_lazy("Do you take it up?"), widget=forms.RadioSelect,
        choices=[(TAKES_UP, gettext_lazy("yes")), (NOT_NEEDED, gettext_lazy("no, it is not needed"))],
    )  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("What do you decide?"), max_length=2000, widget=WORDS,
        help_text=gettext_lazy("Who does what, and when. Who asked reads this with the family."),
    )  # fmt: skip


class EndForm(forms.Form):
    """What came of it."""

    result = forms.CharField(label=gettext_lazy("What came of it?"), max_length=2000, widget=WORDS)


@family_door
def ask(request: Any, case: UUID) -> HttpResponse:
    """Ask process coordination for a family, or a consult."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.family_shown")
    form = AskForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.ask_process(
            by=by, at=at, case=row, asked_by=staff_member(by), ground=said["ground"], words=said["words"]
        )
        words = _("Asked. A process coordinator of the team decides.")
        return done(request, words, reverse("desk:family", args=[case]))

    return answered(request, form, act) or form_page(
        request, row, form, at, tab="desk:family", title=_("Ask process coordination"), button=_("Ask"),
        intro=_("A process coordinator can call organisations to account and decide who does what."),
    )  # fmt: skip


@family_door
def not_now(request: Any, case: UUID) -> HttpResponse:
    """Leave the proposal to ask process coordination, with why."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.family_shown")
    form = NotNowForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.not_now(by=by, at=at, case=row, asked_by=staff_member(by), reason=said["reason"])
        return done(request, _("Kept. When nothing moves, it is proposed again."), reverse("desk:family", args=[case]))

    return answered(request, form, act) or form_page(
        request, row, form, at, tab="desk:family", title=_("Process coordination is not needed now"), button=_("Keep"),
    )  # fmt: skip


def _name(case: Case, by: Any, at: dt.datetime) -> str:
    return queries.case_names([case.pk], by, at=at, sight=Sight.ROW)[case.pk]


def _family_or(case: Case, by: Any, at: dt.datetime, page: str) -> str:
    """Return the page of the family while one may open it, else another page."""
    opens = case.pk in queries.openable(by, [case.pk], at=at)
    return reverse("desk:family", args=[case.pk]) if opens else reverse(page)


@team_door
def decide(request: Any, processrequest: UUID) -> HttpResponse:
    """Read why process coordination is asked, and decide."""
    at, by = now(), request.principal
    row = open_to_decide(by, processrequest, at=at, page="desk.process_shown")
    form = DecideForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        takes_up = said["takes_up"] == TAKES_UP
        actions.decide_process(
            by=by, at=at, request=row, decided_by=staff_member(by), takes_up=takes_up, decision=said["decision"]
        )
        return done(request, _("Decided."), _family_or(row.case, by, at, "desk:inbox"))

    return answered(request, form, act) or form_page(
        request, None, form, at, back=reverse("desk:inbox"), button=_("Decide"),
        title=_("Process coordination for %(family)s?") % {"family": _name(row.case, by, at)},
        intro=_("%(who)s asks it: %(why)s. “%(words)s”")
        % {"who": row.asked_by.name, "why": row.get_ground_display(), "words": row.words},
    )  # fmt: skip


@family_door
def end(request: Any, processrequest: UUID) -> HttpResponse:
    """End process coordination with what came of it."""
    at, by = now(), request.principal
    row = row_in_sight(by, requests_for(by, at=at), processrequest, at=at, page="desk.process_shown")
    case = open_case(by, row.case_id, at=at, page="desk.process_shown")
    form = EndForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.end_process(by=by, at=at, request=row, result=said["result"])
        return done(request, _("Ended."), _family_or(case, by, at, "desk:day"))

    return answered(request, form, act) or form_page(
        request, case, form, at, tab="desk:family", title=_("Process coordination ends"), button=_("End"),
    )  # fmt: skip
