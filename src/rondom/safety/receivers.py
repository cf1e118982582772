"""Safety follows the roles of a case: at its start it is asked for; when sight on it moves, its dates move along."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, CaseRole, Clock
from rondom.dossiers.signals import role_assigned
from rondom.safety import queries
from rondom.safety.actions import ask
from rondom.safety.enums import Occasion


@receiver(role_assigned)
def sight_moved(sender: Any, role: CaseRole, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Whoever has sight on safety for the first time is asked for an assessment; else the dates go to the new holder.

    The first time: nobody had it since the case opened, or opened again.
    """
    if role.kind != CaseRoleKind.SIGHT_ON_SAFETY:
        return
    if more.get("first"):
        _ask_at_start(role.case, by, at)
    else:
        _hand_dates(role.case, by, at)


def _ask_at_start(case: Case, by: Principal, at: dt.datetime) -> None:
    day = clock.today(at)
    norm = queries.days_to_start(day, case.municipality)
    days = int(norm.value) if norm else 0
    words = {"days": days, "day": date_words(day)}
    why = Why(
        _("Safety is assessed at the start of a case."), norm.source if norm else "D34",
        _("%(days)s days from %(day)s") % words, norm=True,
    )  # fmt: skip
    ask(by=by, at=at, case=case, occasion=Occasion.START, due=day + dt.timedelta(days=days), why=why)


def _hand_dates(case: Case, by: Principal, at: dt.datetime) -> None:
    """Let every running date about safety rest with who has sight on it now, else with who coordinates."""
    holder = queries.rests_with(case, at=at)
    kinds = [*queries.KINDS.values(), queries.CHECK, queries.WEIGH]
    rows = Clock.objects.filter(case=case, kind__in=kinds, state__in=ClockState.open_states())
    for row in rows:
        if holder and row.rests_with_id != holder.pk:
            dossiers.hand_clock(by=by, at=at, row=row, to=holder)
