"""What entry gives to the timeline of a family: that a worry came in, never who reported it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, timeline
from rondom.entry.actions import FIRST_CONTACT
from rondom.entry.queries import beginnings


@timeline("entry")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return the worries with which a case began or that were added to it."""
    return [
        Entry(
            at=row.received_at, lane=_("Worry"), title=_("A worry came in"), link="entry:concern",
            link_args={"concern": row.pk},
        )
        for row in beginnings(case, by, at=at)[:NEWEST]
    ]  # fmt: skip


@steps(FIRST_CONTACT)
def write_note(clock: Clock) -> Step:
    """The first talk is written as a note; it meets the date."""
    return Step(_("Done"), reverse("desk:clock_meet", kwargs={"clock": clock.pk}), post=True)
