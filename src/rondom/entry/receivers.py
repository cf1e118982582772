"""A worry in which a child may be in danger asks for a safety assessment at once (D28, D34)."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.dossiers.actions import Why
from rondom.dossiers.models import Case
from rondom.entry.models import Concern, Triage
from rondom.entry.signals import concern_handed_out
from rondom.safety import actions as safety
from rondom.safety.enums import Occasion


@receiver(concern_handed_out)
def ask_for_safety(sender: Any, concern: Concern, case: Case, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Ask for it today when the worry says danger, or triage found a reason to check safety."""
    if concern.danger_now or Triage.objects.filter(concern=concern, safety_check=True).exists():
        why = Why(_("The worry that came in says that a child may be in danger: assess safety at once."), "D28; D34")
        safety.ask(by=by, at=at, case=case, occasion=Occasion.SIGNAL, due=clock.today(at), why=why)
