"""What is still open when somebody wants to close a case. Rooms above register their own checks.

A check gets the case and the moment and returns sentences, each one thing that is still running. Closing with open
matters is unwise, not void: it asks a reason that stays with the case. A bar is void: while it says something the case
does not close, whoever asks (ADR 0530).
"""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import ngettext

from rondom.core.registry import Registry
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Meeting

Check = Callable[[Case, dt.datetime], list[str]]
checks: Registry[Check] = Registry("closing checks")
bars: Registry[Check] = Registry("bars to closing")


def open_matters(case: Case, *, at: dt.datetime) -> list[str]:
    """Return every sentence of every room about what is still open in this case."""
    return [sentence for _name, check in checks for sentence in check(case, at)]


def what_bars(case: Case, *, at: dt.datetime) -> list[str]:
    """Return every sentence of every room about why this case cannot close now."""
    return [sentence for _name, check in bars for sentence in check(case, at)]


@checks("clocks")
def _clocks(case: Case, at: dt.datetime) -> list[str]:
    count = Clock.objects.filter(case=case, state__in=ClockState.open_states()).count()
    words = ngettext("%(count)d date is still running.", "%(count)d dates are still running.", count)
    return [words % {"count": count}] if count else []


@checks("meetings")
def _meetings(case: Case, at: dt.datetime) -> list[str]:
    count = Meeting.objects.filter(case=case, held_at=None, cancelled_reason="", planned_at__gte=at).count()
    words = ngettext("%(count)d meeting is still planned.", "%(count)d meetings are still planned.", count)
    return [words % {"count": count}] if count else []
