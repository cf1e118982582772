"""What rooms above offer or ask here: what follows on a worry and who sent it, and what bars the end
of a registration.

@following("decisions")
def as_application(concern): return Step(...) or None
"""

from collections.abc import Callable

from rondom.core.components import Step
from rondom.core.registry import Registry
from rondom.dossiers.models import Dossier
from rondom.entry.models import Concern, Referral

following: Registry[Callable[[Concern], Step | None]] = Registry("what follows on a worry")
origins: Registry[Callable[[Concern], str]] = Registry("whose system sent a worry")


def steps_after(concern: Concern) -> list[Step]:
    """Return the steps that rooms above offer for this worry."""
    return [found for _name, offer in following if (found := offer(concern))]


def origin_of(concern: Concern) -> str:
    """Return which organisation's connected system sent a worry that nobody of us wrote down, "" when none did."""
    if concern.entered_by_id:
        return ""
    return next((found for _name, ask in origins if (found := ask(concern))), "")


on_registration: Registry[Callable[[Referral], Step | None]] = Registry("what can be done on a registration")
"""Each offers a step for the page of a registered referral, or None."""


def steps_on(referral: Referral) -> list[Step]:
    """Return the steps that rooms above offer for this registration."""
    return [found for _name, offer in on_registration if (found := offer(referral))]


still_runs: Registry[Callable[[Dossier], str]] = Registry("what bars the end of a registration")
"""Each returns a sentence while something of a registered dossier still runs, else ""."""


def what_runs(dossier: Dossier) -> list[str]:
    """Return why a registration cannot end yet, in sentences."""
    return [sentence for _name, check in still_runs if (sentence := check(dossier))]
