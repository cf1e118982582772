"""Decisions, help and the plan as it was, for parents and young people: each reads what is theirs, in plain words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rondom.accounts.doors import DoorRequest, resident_door
from rondom.allocations.resident import help_for
from rondom.core import clock
from rondom.core.components import Fact
from rondom.core.words import date_words
from rondom.decisions import letters
from rondom.decisions import resident as decisions
from rondom.decisions.resident import Shown
from rondom.decisions.saying import judged_rows, period_words
from rondom.documents.answering import file_of
from rondom.dossiers import resident as dossiers
from rondom.dossiers.opening import open_dossier
from rondom.law.money import euros
from rondom.plans import resident as plans
from rondom.privacy.enums import Sight
from rondom.reference.queries import municipality_name


@resident_door()
@require_safe
def help_and_decisions(request: DoorRequest, dossier: UUID) -> HttpResponse:
    """Show which help runs or waits for one youth, and what was decided."""
    by, at = request.principal, clock.now()
    row = open_dossier(by, dossier, at=at, page="portal.help_shown", sight=Sight.RESIDENT)
    given = help_for(by, row, at=at)
    context = {
        "young": dossiers.is_young(by, at=at), "dossier": row, "is_me": row.youth_id == by.person,
        "contact": dossiers.contact_for(row, at=at), "now": [each for each in given if not each.is_over],
        "over": [each for each in given if each.is_over],
        "asked": decisions.asked_about(row, by, at=at), "advices": plans.advice_about(row, by, at=at),
        "decisions": [(each, letters.sentence(each)) for each in decisions.about(row, by, at=at)],
    }  # fmt: skip
    return render(request, "portal/help.html", context)


@resident_door()
@require_safe
def decision(request: DoorRequest, decision: UUID) -> HttpResponse:
    """Show one decision: what, why, what the law looked at and says, and how to object."""
    by, at = request.principal, clock.now()
    shown = decisions.open_decision(by, decision, at=at, page="portal.decision_shown")
    row, today = shown.decision, clock.today(at)
    context = {
        "young": dossiers.is_young(by, at=at), "row": row, "shown": shown, "facts": _facts(shown),
        "sentence": letters.sentence(row), "judged": judged_rows(row.law),
        "municipality": municipality_name(row.municipality, on=today),
        "in_time": bool(row.objection_until and today <= row.objection_until),
        "is_me": row.dossier.youth_id == by.person, "contact": dossiers.contact_for(row.dossier, at=at),
    }  # fmt: skip
    return render(request, "portal/decision.html", context)


def _facts(shown: Shown) -> list[Fact]:
    row = shown.decision
    found = [Fact(_("For"), row.dossier.youth.name)]
    if shown.asked:
        found.append(Fact(_("Asked"), f"{shown.asked.asked} ({date_words(shown.asked.received_on)})"))
    if row.what:
        found.append(Fact(_("Help"), row.what))
    if extent := letters.extent_words(row):
        found.append(Fact(_("How much"), extent))
    if row.penalty_cents is not None:
        found.append(Fact(_("Amount of the penalty"), euros(row.penalty_cents)))
    if row.starts:
        found.append(Fact(_("Period"), period_words(row)))
    found.append(Fact(_("Number of the decision"), row.number))
    if row.decided_on and row.signed_by:
        found.append(Fact(_("Signed"), f"{row.signed_by.name}, {date_words(row.decided_on)}"))
    return found


@resident_door()
@require_safe
def letter(request: DoorRequest, decisionletter: UUID) -> Any:
    """Send the reader's own letter of a decision."""
    row = decisions.open_letter(request.principal, decisionletter, at=clock.now(), page="portal.letter_downloaded")
    return file_of(request, row.document)


@resident_door()
@require_safe
def notice(request: DoorRequest, applicationletter: UUID) -> Any:
    """Send a letter about what the reader asked."""
    row = decisions.open_notice(request.principal, applicationletter, at=clock.now(), page="portal.notice_downloaded")
    return file_of(request, row.document)


@resident_door()
@require_safe
def earlier(request: DoorRequest, familyplan: UUID) -> HttpResponse:
    """Show how the reader's part of the plan read before, and the signed plans that lie in the files."""
    by, at = request.principal, clock.now()
    row = plans.open_plan(by, familyplan, at=at, page="portal.plan_earlier_shown")
    context = {
        "young": dossiers.is_young(by, at=at), "plan": row, "versions": plans.earlier_for(by, row, at=at),
        "filed": list(plans.filed_for(by, at=at).filter(plan=row)),
    }  # fmt: skip
    return render(request, "portal/plan_earlier.html", context)


@resident_door()
@require_safe
def filed(request: DoorRequest, filedplan: UUID) -> Any:
    """Send a signed plan of which the reader may read every word."""
    row = plans.open_filed(request.principal, filedplan, at=clock.now(), page="portal.filed_plan_downloaded")
    return file_of(request, row.document)
