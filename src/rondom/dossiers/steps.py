"""The next step of a clock: a button with a verb. Rooms above register the step of their own kind of clock."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.components import Step
from rondom.core.registry import Registry
from rondom.dossiers.enums import ClockKind
from rondom.dossiers.models import Clock

steps: Registry[Callable[[Clock], Step]] = Registry("next steps of clocks")


def step_of(clock: Clock) -> Step:
    """Return the next step of a clock; without one of its own kind: open the family."""
    if clock.kind in steps:
        return steps[clock.kind](clock)
    return Step(_("Open"), reverse("desk:family", kwargs={"case": clock.case_id}))


@steps(ClockKind.CALL_BACK)
def _call_back(clock: Clock) -> Step:
    address = reverse("desk:note_new", kwargs={"case": clock.case_id})
    return Step(_("Write note"), f"{address}?terug={clock.pk}")


@steps(ClockKind.AGREEMENT)
def _agreement(clock: Clock) -> Step:
    return Step(_("Done"), reverse("desk:clock_meet", kwargs={"clock": clock.pk}), post=True)
