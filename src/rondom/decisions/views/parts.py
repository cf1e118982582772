"""What the pages of this room share: one form, words of a row, what the law said."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.components import Fact, Pill
from rondom.core.errors import Stale
from rondom.core.words import date_words
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState
from rondom.decisions.letters import extent_words
from rondom.decisions.models import Application, Decision
from rondom.decisions.saying import judged_rows, period_words
from rondom.decisions.standing import Judged
from rondom.dossiers.doors import form_page, tried
from rondom.dossiers.frame import pill_of
from rondom.law.money import euros

TAB = "decisions:of_family"
page = partial(form_page, tab=TAB)
TONES = {
    DecisionState.CONCEPT: "plain", DecisionState.ASKED: "due", DecisionState.SIGNED: "due",
    DecisionState.KNOWN: "calm", DecisionState.DROPPED: "plain",
}  # fmt: skip


def state_pill(row: Decision) -> Pill:
    """Return where a decision stands."""
    return Pill(row.get_state_display(), TONES[DecisionState(row.state)])


def due_pill(row: Application, at: dt.datetime) -> Pill:
    """Return how far off the last day of an application is, or that its time stands still."""
    if row.state not in ApplicationState.open_states():
        return Pill(row.get_state_display(), "calm")
    if row.decide_by is None:
        return Pill(_("stands still") if row.term_after else _("no time runs"), "plain")
    return pill_of(row.decide_by, at)


def saved(request: Any, form: Any, draft: Any, act: Callable[[], str]) -> HttpResponse | None:
    """Save a form with a draft; of two savers the second sees both. None: show it (again)."""
    if request.method != "POST" or not form.is_valid():
        return None

    def submit() -> HttpResponse:
        try:
            return draft.submit(act)  # type: ignore[no-any-return]
        except Stale as error:
            return draft.show_both(form, error)  # type: ignore[no-any-return]

    return tried(form, submit)


def judged_now(judged: list[Judged]) -> list[dict[str, Any]]:
    """Return the same for a decision that was not signed yet."""
    return judged_rows([each.values() for each in judged])


def decision_facts(row: Decision) -> list[Fact]:
    """Return what a decision says, label by label."""
    found = [
        Fact(_("For"), row.dossier.youth.name), Fact(_("What is decided"), row.get_kind_display()),
    ]  # fmt: skip
    if row.kind == DecisionKind.PENALTY:
        cents = row.penalty_cents
        found.append(Fact(_("Amount of the penalty"), _("not named") if cents is None else euros(cents)))
    elif row.kind not in DecisionKind.apart():
        found += [
            Fact(_("Help"), row.what or _("not filled in yet")), Fact(_("Form of the help"), row.get_form_display()),
            Fact(_("Extent"), extent_words(row) or _("not named")), Fact(_("Period"), period_words(row)),
        ]  # fmt: skip
    if row.application:
        asked = row.application
        words = f"{asked.asked} ({asked.asked_extent})" if asked.asked_extent else asked.asked
        found.insert(1, Fact(_("Asked"), words))
    if row.earlier:
        found.append(
            Fact(_("Earlier decision"), row.earlier.number, reverse("decisions:decision", args=[row.earlier_id]))
        )
    found.append(Fact(_("Prepared by"), row.prepared_by.name))
    if row.reader and not row.signed_by:
        found.append(Fact(_("Second pair of eyes"), row.reader.name))
    if row.signed_by and row.decided_on and row.mandate:
        found.append(Fact(_("Number of the decision"), row.number))
        found.append(Fact(_("Signed"), f"{row.signed_by.name}, {date_words(row.decided_on)}, {row.mandate.ground}"))
    if row.published_on and row.objection_until:
        found.append(Fact(_("Made known"), date_words(row.published_on)))
        found.append(Fact(_("Objection until"), date_words(row.objection_until)))
    return found
