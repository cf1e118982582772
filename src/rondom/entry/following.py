"""What can follow on a worry in a room above: it registers a step for the page of the worry, entry does not know it.

@following("decisions")
def as_application(concern): return Step(...) or None
"""

from collections.abc import Callable

from rondom.core.components import Step
from rondom.core.registry import Registry
from rondom.entry.models import Concern

following: Registry[Callable[[Concern], Step | None]] = Registry("what follows on a worry")


def steps_after(concern: Concern) -> list[Step]:
    """Return the steps that rooms above offer for this worry."""
    return [found for _name, offer in following if (found := offer(concern))]
