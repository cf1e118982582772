"""Pages of advice: ask a specialist, read the advice, write it down, say that what must be in order is in order."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.core.clock import now, today
from rondom.dossiers import queries as dossiers
from rondom.dossiers.doors import answered, done, family_door
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.opening import open_case, row_in_sight
from rondom.plans import actions, queries
from rondom.plans.enums import Discipline
from rondom.plans.forms import AdviceAnswerForm, AdviceForm, LimitForm
from rondom.plans.models import Advice
from rondom.plans.views.plan import TAB, form_page

SOON = dt.timedelta(days=14)  # what the form proposes; who asks and who advises agree the day


@family_door
def advice_new(request: Any, case: UUID) -> HttpResponse:
    """Ask a specialist about one child of the family."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="plans.plan_shown")
    found = list(dossiers.dossiers_in(row, by, at=at).order_by("youth__born_on", "pk"))
    only = str(found[0].pk) if len(found) == 1 else ""
    form = AdviceForm(request.POST or None, dossiers=found, initial={"dossier": only, "until": today(at) + SOON})

    def act(said: dict[str, Any]) -> str:
        made = actions.ask_advice(
            by=by, at=at, case=row, dossier=next(d for d in found if str(d.pk) == said["dossier"]),
            expert=actions.Expert(
                said["asked_of"], Discipline(said["discipline"]), said["organisation"], said["has_stake"]
            ),
            question=said["question"], until=said["until"], asked_by=staff_member(by),
        )  # fmt: skip
        return done(request, _("Kept. Write the advice here when you hear it."), _page_of(made))

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("Ask a specialist for advice"), button=_("Keep"),
        intro=_("Who coordinates does not change. The family reads the advice."),
    )  # fmt: skip


def _page_of(row: Advice) -> str:
    return reverse("plans:advice", args=[row.pk])


def _opened(request: Any, pk: UUID, at: dt.datetime) -> Advice:
    by = request.principal
    row = row_in_sight(by, queries.advices_for(by, at=at), pk, at=at, page="plans.advice_shown")
    open_case(by, row.case_id, at=at, page="plans.advice_shown")
    return row


@family_door
def advice(request: Any, advice: UUID) -> HttpResponse:
    """One advice: what was asked, of whom, what was said, what must at least be in order."""
    at, by = now(), request.principal
    row = _opened(request, advice, at)
    waits = row.answered_on is None and row.advice_clock
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "row": row,
        "date": pill_of(row.advice_clock.due, at) if waits and row.advice_clock else None,
    }  # fmt: skip
    return render(request, "plans/advice.html", context)


@family_door
def advice_answer(request: Any, advice: UUID) -> HttpResponse:
    """Write down what the specialist said."""
    at, by = now(), request.principal
    row = _opened(request, advice, at)
    form = AdviceAnswerForm(request.POST or None, initial={"answered_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.write_advice(by=by, at=at, advice=row, said=actions.Said(**said))
        return done(request, _("Kept. The family reads it on its own page."), _page_of(row))

    return answered(request, form, act) or form_page(
        request, row.case, form, at, back=_page_of(row), title=_("Write the advice"), button=_("Keep"),
        intro=row.question,
    )  # fmt: skip


@family_door
def limit(request: Any, advice: UUID) -> HttpResponse:
    """Say that what at least must be in order is in order."""
    at, by = now(), request.principal
    row = _opened(request, advice, at)
    form = LimitForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        actions.meet_limit(by=by, at=at, advice=row, words=said["words"])
        return done(request, _("Kept."), _page_of(row))

    return answered(request, form, act) or form_page(
        request, row.case, form, at, back=_page_of(row), title=_("It is in order"), button=_("Keep"),
        intro=row.lower_limit,
    )  # fmt: skip
