"""Safety is assessed whenever people look back at a plan (D34); the room below asks for it until it is done."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.dossiers.actions import Why
from rondom.plans.models import Evaluation
from rondom.plans.signals import plan_evaluated
from rondom.safety import actions as safety
from rondom.safety.enums import Occasion
from rondom.safety.queries import assessed_since


@receiver(plan_evaluated)
def ask_for_safety(sender: Any, evaluation: Evaluation, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Ask for an assessment today, unless one was made on the day people looked back or later."""
    if assessed_since(evaluation.case, evaluation.held_on):
        return
    why = Why(_("Safety is assessed whenever you look back at the plan."), "D34", norm=True)
    safety.ask(by=by, at=at, case=evaluation.case, occasion=Occasion.EVALUATION, due=clock.today(at), why=why)
