"""What allocations give to the rest of a case: a closing check, the step of their date, entries on the timeline."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.allocations.actions import START
from rondom.allocations.models import Allocation
from rondom.allocations.queries import allocations_for, running_in
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.closing import checks
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline


@checks("allocations")
def help_runs(case: Case, at: dt.datetime) -> list[str]:
    """A case closes when no help runs any more."""
    count = running_in(case).count()
    words = ngettext("%(count)d order of help is still open.", "%(count)d orders of help are still open.", count)
    return [words % {"count": count}] if count else []


@steps(START)
def to_help(clock: Clock) -> Step:
    """Look at the help of the family: start it, stop it, order again."""
    return Step(_("To the help"), reverse("allocations:of_family", kwargs={"case": clock.case_id}))


@timeline("allocations")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return when help was ordered, started and stopped, of the dossiers in sight."""
    rows = allocations_for(by, at=at).filter(case=case)[:NEWEST]
    found = [entry for row in rows for entry in _of(row)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:NEWEST]


def _of(row: Allocation) -> list[Entry]:
    moments = (
        (row.ordered_on, _("Help ordered")), (row.started_on, _("Help started")), (row.stopped_on, _("Help stopped")),
    )  # fmt: skip
    return [
        Entry(
            at=on_day(day), lane=_("Help"), title=title, detail=f"{row.what}, {row.dossier.youth.short_name}",
            whole_day=True, link="allocations:allocation", link_args={"allocation": row.pk},
        )
        for day, title in moments
        if day
    ]  # fmt: skip
